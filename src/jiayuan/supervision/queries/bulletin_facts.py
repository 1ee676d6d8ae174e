# SPDX-License-Identifier: Apache-2.0
"""What is known when a bulletin is drafted: of a round of inspection, and of the cases of a span of days.

The same question gives the same answer while the record stands still, so every number of a bulletin can be asked again.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import override, pgettext_lazy

from jiayuan.cases.queries import figures as counted
from jiayuan.cases.queries.figures import Cut, Division, Period
from jiayuan.inspections import queries as inspections
from jiayuan.inspections.enums import Manner
from jiayuan.kernel import clock
from jiayuan.kernel.access import Area
from jiayuan.kernel.errors import Refused
from jiayuan.papers import queries as papers
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind
from jiayuan.supervision.enums import SheetKind
from jiayuan.supervision.queries.sheets import figures_of
from jiayuan.supervision.queries.wording import PAPER_LANGUAGE
from jiayuan.supervision.rules.bulletins import (
    Band,
    MonthBefore,
    PeriodFacts,
    Place,
    Proposal,
    Rate,
    RoundFacts,
    bulletin_of_period,
    bulletin_of_round,
    month_before,
)

DAYS = 5
"""Working days that the requirements of a bulletin give; whoever edits it may say another day."""


def proposal_for_round(handle: str, *, office: str, on: date) -> Proposal:
    """The bulletin of a published round as it is proposed. Refused while the round is not published."""
    with override(PAPER_LANGUAGE):
        return bulletin_of_round(_of_round(handle, office=office, on=on))


def proposal_for_period(area: str, *, since: date, until: date, office: str, on: date) -> Proposal:
    """The bulletin of the cases of some days in an area as it is proposed. Refused while the city is loading."""
    with override(PAPER_LANGUAGE):
        return bulletin_of_period(_of_period(area, since=since, until=until, office=office, on=on))


def _rectify_by(on: date) -> date:
    start = datetime.combine(on, time(9), clock.ZONE)
    due = standards.deadline_for(start=start, limit=standards.Limit(kind=LimitKind.WORKING_DAYS, value=DAYS))
    return clock.on(due.at)


def _office_name(code: str) -> str:
    found = papers.office(code)
    return found.name if found else code


def _of_round(handle: str, *, office: str, on: date) -> RoundFacts:
    view = inspections.published_round(handle)
    if view is None:
        message = pgettext_lazy("supervision", "A bulletin is drafted once the scores of the round are published.")
        raise Refused("not_published", message, field="round")
    results = inspections.results_of(view)
    findings = [(village, one) for village, one in inspections.findings_of_round(view.id) if one.times]
    appeals = inspections.appeals_of_round(view.id)
    line = next(iter(inspections.plan_lines(ids=[view.line_id])), None)
    worst = _worst(view.version_id, findings)
    listed = sum(mean.whole for mean in results.towns)
    return RoundFacts(
        key=handle,
        title=view.title,
        office=_office_name(office),
        line=line.subject if line else "",
        is_undercover=view.manner is Manner.UNDERCOVER,
        starts_on=view.starts_on,
        ends_on=view.ends_on,
        rectify_by=_rectify_by(on),
        listed=listed,
        towns=len(results.towns),
        places=tuple(
            Place(name=places.path_name(one.village), points=one.points, worst=worst.get(one.village, ""))
            for one in results.places
            if one.points is not None
        ),
        red_from=_whole_points(view.red_from),
        black_below=_whole_points(view.black_below),
        bands=tuple(
            Band(units=tuple((_unit(mean.key), inspections.printed(mean.points), mean.n) for mean in band))
            for band in results.bands
        ),
        findings=sum(one.times for _, one in findings),
        cases=sum(one.times for _, one in findings if one.case_id is not None),
        classes=_by_class(view.version_id, findings),
        appeals=len(appeals),
        upheld=sum(one.state == "upheld" for one in appeals),
    )


def _whole_points(hundredths: int | None) -> int | None:
    return None if hundredths is None else hundredths // 100


def _unit(prefix: str) -> str:
    return places.path_name(f"{prefix:0<12}")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a finding is in words: by its class or by the line of the sheet; and what it takes each time."""

    kind: str
    words: str
    amount: int


def said_of(version_id: int) -> dict[tuple[str, str], _Said]:
    """What each ground of a score sheet is called where somebody reads it without the sheet."""
    return {
        (item.key, ground.key): _Said(
            _class_name(ground.class_key) or item.title,
            ground.words if ground.class_key else f"{item.title}：{ground.words}",
            ground.amount,
        )
        for item in inspections.sheet_of(version_id).items
        for ground in item.grounds
    }


def _worst(version_id: int, findings: "list[tuple[str, inspections.FindingView]]") -> dict[str, str]:
    """What took most at each place, in the words of the sheet."""
    grounds, found = said_of(version_id), dict[str, tuple[int, str]]()
    for village, one in findings:
        ground = grounds.get((one.item, one.ground))
        if ground is not None and ground.amount * one.times > found.get(village, (0, ""))[0]:
            found[village] = (ground.amount * one.times, ground.words)
    return {village: words for village, (_, words) in found.items()}


def _by_class(version_id: int, findings: "list[tuple[str, inspections.FindingView]]") -> tuple[tuple[str, int], ...]:
    grounds, sums = said_of(version_id), Counter[str]()
    for _, one in findings:
        ground = grounds.get((one.item, one.ground))
        if ground is not None:
            sums[ground.kind] += one.times
    return tuple(sums.most_common())


def _class_name(key: str) -> str:
    found = standards.class_by_key(standards.ClassKey.read(key)) if key else None
    return str(found.name) if found else ""


def _of_period(area: str, *, since: date, until: date, office: str, on: date) -> PeriodFacts:
    counted.refuse_while(counted.loading())
    under = Area(area).key
    # By the day on which things happened, as they are known now: the counters answer. A fold of the whole record as of
    # the last day would take seconds for what differs only by what was entered late.
    period, cut = Period(since=since, until=until), Cut(as_of=clock.today())
    told = counted.figures(under=under, period=period, cut=cut, by=Division.UNIT)
    by_class = counted.figures(under=under, period=period, cut=cut, by=Division.CLASS).classes
    end = datetime.combine(until + timedelta(days=1), time(0), clock.ZONE)
    lists = figures_of(kind=SheetKind.LIST, until=end, area=area)
    return PeriodFacts(
        key=f"{area}:{since.isoformat()}:{until.isoformat()}",
        area=places.path_name(area),
        office=_office_name(office),
        since=since,
        until=until,
        rectify_by=_rectify_by(on),
        came=told.total.flowed.get(counted.CAME, 0),
        filed=_value("file_rate", told.total).n,
        closed=_rate("close_rate", told.total),
        in_time=_rate("close_in_time_rate", told.total),
        rework=_rate("rework_rate", told.total),
        overdue=max(_value("overdue", told.total).n, 0),
        classes=_classes(by_class),
        late_units=_late(told.units, under),
        lists=lists.issued,
        struck=Rate(n=lists.struck, of=lists.due),
        before=_month_before(under, since=since, until=until),
    )


def _month_before(under: str, *, since: date, until: date) -> MonthBefore | None:
    days = month_before(since, until)
    if days is None:
        return None
    period, cut = Period(since=days[0], until=days[1]), Cut(as_of=clock.today())
    total = counted.figures(under=under, period=period, cut=cut, by=Division.UNIT).total
    came = total.flowed.get(counted.CAME, 0)
    return MonthBefore(since=days[0], until=days[1], came=came, closed=_rate("close_rate", total))


def _value(code: str, numbers: counted.Numbers) -> counted.Value:
    formula = counted.indicator(code)
    if formula is None:
        raise LookupError(code)
    return counted.value_of(formula, numbers)


def _rate(code: str, numbers: counted.Numbers) -> Rate:
    found = _value(code, numbers)
    return Rate(n=found.n, of=found.of or 0)


def _classes(found: dict[str, counted.Numbers]) -> tuple[tuple[str, int], ...]:
    sums = Counter[str]()
    for key, numbers in found.items():
        # Two schemes may have a class of one name.
        if name := _class_name(key):
            sums[name] += _value("file_rate", numbers).n
    return tuple((name, n) for name, n in sums.most_common() if n)


def _late(units: dict[int, counted.Numbers], under: str) -> tuple[tuple[str, Rate], ...]:
    """The units with most overdue among those that answer for places inside the area alone."""
    today = clock.today()
    inside = [unit_id for unit_id in units if _is_inside(places.answers_for(unit_id, on=today), under)]
    sums = Counter({unit_id: _value("overdue", units[unit_id]).n for unit_id in inside})
    named = ((unit_id, places.organisation(unit_id), n) for unit_id, n in sums.most_common() if n > 0)
    return tuple(
        (unit.short_name, Rate(n=n, of=units[unit_id].ever.get(counted.DUE, 0)))
        for unit_id, unit, n in named
        if unit is not None
    )


def _is_inside(answers_for: Collection[str], under: str) -> bool:
    return bool(answers_for) and all(code.startswith(under) for code in answers_for)
