# SPDX-License-Identifier: Apache-2.0
"""What the loaded season really looks like, measured in the tables and set beside what its data file declares."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import State
from jiayuan.cases.models import Case, ClearingList, LookBack
from jiayuan.cases.queries.season import shapes
from jiayuan.cases.rules.season import Shapes, days_of, share_of_top
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import Setting

SATURDAY = 5
NEAR = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A shape in words: what the data file declares and what was measured, both as they are printed."""

    name: Any
    declared: str
    measured: str


def measured() -> tuple[Measured, ...]:
    """Every shape of the season with its measured value; a dozen queries, to be kept by whoever asks."""
    drawn = shapes()
    return (*_where(drawn), *_when(drawn), *_shares(drawn), *_who(drawn))


def _percent(part: float, whole: float) -> str:
    return f"{part * 100 / whole:.1f} %" if whole else "–"


def _where(drawn: Shapes) -> list[Measured]:
    rows = []
    for setting, name in _SETTINGS:
        share = share_of_top(_by_place(setting), percent=drawn.places["top_percent"])
        top = f"{drawn.places['top_holds_percent']:g} %"
        rows.append(Measured(name=name, declared=top, measured=f"{share * 100:.1f} %"))
    return [
        *rows,
        Measured(
            name=pgettext_lazy("cases", "Reports of one problem that were merged, at most"),
            declared=str(drawn.cases["storm"]),
            measured=str(Case.objects.order_by("-me_toos").values_list("me_toos", flat=True).first() or 0),
        ),
        Measured(
            name=pgettext_lazy("cases", "Relapses at one place, at most"),
            declared=str(drawn.cases["cluster"]),
            measured=str(_cluster()),
        ),
    ]


_SETTINGS = (
    (
        Setting.RURAL,
        pgettext_lazy("cases", "What the top tenth of villages hold of all reports and lists in villages"),
    ),
    (
        Setting.URBAN,
        pgettext_lazy("cases", "What the top tenth of built-up places hold of all reports there"),
    ),
)
"""Each is drawn by itself: most villages report less in a season than a street in a week."""


def _by_place(setting: Setting) -> list[int]:
    """How much lies in each place of a setting, those with nothing too."""
    found: Counter[str] = Counter()
    for table in (Case, ClearingList):
        found.update(dict(table.objects.order_by().values_list("village").annotate(n=Count("pk"))))
    return [found[code] for code in _codes(setting)]


def _codes(setting: Setting) -> list[str]:
    city = places.city()
    counties = places.children(city.code) if city else ()
    towns = [town for county in counties for town in places.children(county.code)]
    return [
        place.code
        for town in towns
        for place in places.children(town.code)
        if place.level is Level.VILLAGE
        and standards.setting_of(urban_rural=place.urban_rural, kind=place.kind) is setting
    ]


def _cluster() -> int:
    again = LookBack.objects.filter(relapse__isnull=False).order_by().values_list("case__village")
    return max((n for _, n in again.annotate(n=Count("pk"))), default=0)


def _when(drawn: Shapes) -> list[Measured]:
    found, in_villages = _by_day(Q()), _by_day(Q(village__in=_codes(Setting.RURAL)))
    calendar, days = standards.work_calendar(), days_of(drawn)[:-1]
    quiet = [day for day in days if not any(_in_rush(day, rush.until, rush.days) for rush in drawn.rushes)]
    usual = [day for day in quiet if calendar.is_working(day)]
    ends = [day for day in quiet if day.weekday() >= SATURDAY and not calendar.is_working(day)]
    holidays = [day for day in quiet if day.weekday() < SATURDAY and not calendar.is_working(day)]
    week = drawn.days["week"]
    rows = [
        Measured(
            name=pgettext_lazy("cases", "A day of a weekend, measured by a working day"),
            declared=f"{sum(week[5:]) / 2 / (sum(week[:5]) / 5) * 100:.0f} %",
            measured=_percent(_mean(found, ends), _mean(found, usual)),
        ),
        Measured(
            name=pgettext_lazy("cases", "A public holiday, measured by a working day"),
            declared=f"{drawn.days['holiday'] * 100:.0f} %",
            measured=_percent(_mean(found, holidays), _mean(found, usual)),
        ),
    ]
    for rush in drawn.rushes:
        inside = [day for day in days if _in_rush(day, rush.until, rush.days) and calendar.is_working(day)]
        rows.append(
            Measured(
                name=pgettext_lazy("cases", "A working day of villages in the rush before %(day)s")
                % {"day": rush.until.isoformat()},
                declared=f"{rush.times * 100:.0f} %",
                measured=_beside(in_villages, inside, usual),
            )
        )
    return rows


def _by_day(which: Q) -> Counter[date]:
    found: Counter[date] = Counter()
    found.update(dict(Case.objects.filter(which).order_by().values_list("reported_on").annotate(n=Count("pk"))))
    found.update(dict(ClearingList.objects.filter(which).order_by().values_list("made_on").annotate(n=Count("pk"))))
    return found


def _in_rush(day: date, until: date, days: int) -> bool:
    return until - timedelta(days=days) < day <= until


def _beside(found: Mapping[date, int], some: Sequence[date], usual: Sequence[date]) -> str:
    """Some days by the usual ones around each of them: the season grows, and far days say nothing of these."""
    level = sum(_mean(found, [other for other in usual if abs(other - day) <= NEAR]) for day in some)
    return _percent(sum(found.get(day, 0) for day in some), level)


def _mean(found: Mapping[date, int], days: Sequence[date]) -> float:
    return sum(found.get(day, 0) for day in days) / len(days) if days else 0.0


def _shares(drawn: Shapes) -> list[Measured]:
    told: dict[str, int] = Case.objects.aggregate(
        all=Count("pk"),
        dispatched=Count("pk", filter=Q(dispatched_at__isnull=False)),
        fed_back=Count("pk", filter=Q(fed_back_at__isnull=False)),
        closed=Count("pk", filter=Q(state=State.CLOSED)),
        late=Count("pk", filter=Q(state=State.CLOSED, in_time=False)),
        rejected=Count("pk", filter=Q(state=State.REJECTED)),
        returned=Count("pk", filter=Q(returns__gte=1)),
        thrice=Count("pk", filter=Q(returns__gte=3)),
        rework=Count("pk", filter=Q(reworks__gte=1)),
        extended=Count("pk", filter=Q(extensions__gte=1)),
        shelved=Count("pk", filter=Q(shelvings__gte=1)),
        appealed=Count("pk", filter=Q(appealed=True)),
        called=Count("pk", filter=~Q(callback="")),
        satisfied=Count("pk", filter=Q(callback="satisfied")),
        reopened=Count("pk", filter=Q(reopens__gte=1)),
        void=Count("pk", filter=Q(state=State.VOID)),
        merged=Count("pk", filter=Q(state=State.MERGED)),
    )
    shares = drawn.shares
    rows: list[tuple[Any, str, str]] = [
        (pgettext_lazy("cases", "Not filed"), "≈ 7 %", _percent(told["rejected"], told["all"])),
        (pgettext_lazy("cases", "Returned three times"), f"{shares['third_returns']:g}", str(told["thrice"])),
        (pgettext_lazy("cases", "Void"), str(drawn.cases["void"]), str(told["void"])),
        (pgettext_lazy("cases", "Merged into another case"), f"≥ {drawn.cases['duplicates']}", str(told["merged"])),
        (pgettext_lazy("cases", "Taken up again on request"), "≤ 1 %", _percent(told["reopened"], told["closed"])),
    ]
    for name, sign, share, part, whole in _BRANCHES:
        rows.append((name, f"{sign}{shares[share]:g} %", _percent(told[part], told[whole])))
    return [Measured(name=name, declared=declared, measured=value) for name, declared, value in rows]


_BRANCHES = (
    (pgettext_lazy("cases", "Returned by a unit"), "", "returned", "returned", "dispatched"),
    (pgettext_lazy("cases", "Sent back for rework"), "", "rework", "rework", "fed_back"),
    (pgettext_lazy("cases", "Given more time"), "≤ ", "extended", "extended", "dispatched"),
    (pgettext_lazy("cases", "Shelved for a while"), "≤ ", "shelved", "shelved", "dispatched"),
    (pgettext_lazy("cases", "Closed after the limit"), "≥ ", "late", "late", "closed"),
    (pgettext_lazy("cases", "Appeals against an overrun"), "≤ ", "appealed_of_late", "appealed", "late"),
    (pgettext_lazy("cases", "Satisfied when called back"), "", "satisfied", "satisfied", "called"),
)
"""What is said of a branch, how its declared share binds, which share that is, and what is measured of what."""


def _who(drawn: Shapes) -> list[Measured]:
    weak = [unit.id for row in drawn.weak if (unit := places.organisation_by_code(row.code)) is not None]
    slow = [
        found.id for key in drawn.slow if (found := standards.class_by_key(standards.ClassKey.read(key))) is not None
    ]
    closed = Case.objects.filter(state=State.CLOSED, forced=False)

    def late(which: Q) -> str:
        told = closed.filter(which).aggregate(late=Count("pk", filter=Q(in_time=False)), all=Count("pk"))
        return _percent(told["late"], told["all"])

    return [
        Measured(
            name=pgettext_lazy("cases", "Late in the classes that are slow by nature"),
            declared=f"≈ {drawn.shares['late_slow_class']:g} %",
            measured=late(Q(problem_class_id__in=slow) & ~Q(unit_id__in=weak)),
        ),
        Measured(
            name=pgettext_lazy("cases", "Late with the two invented contractors that do badly"),
            declared=f"≈ {drawn.shares['late_weak_unit']:g} %",
            measured=late(Q(unit_id__in=weak)),
        ),
    ]
