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

SATURDAY = 5
_RUSH = pgettext_lazy("cases", "A working day in the rush before %(day)s")


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
    counts = _by_village()
    wanted = drawn.places
    top = f"{wanted['top_holds_percent']:g} %"
    return [
        Measured(
            name=pgettext_lazy("cases", "Share of all reports and lists in the top tenth of villages"),
            declared=top,
            measured=f"{share_of_top(counts, percent=wanted['top_percent']) * 100:.1f} %",
        ),
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


def _by_village() -> list[int]:
    """How much lies in each village and community, those with nothing too."""
    found: Counter[str] = Counter()
    for table in (Case, ClearingList):
        found.update(dict(table.objects.order_by().values_list("village").annotate(n=Count("pk"))))
    city = places.city()
    counties = places.children(city.code) if city else ()
    towns = [town for county in counties for town in places.children(county.code)]
    villages = [place for town in towns for place in places.children(town.code) if place.level is Level.VILLAGE]
    return [found[place.code] for place in villages] or list(found.values())


def _cluster() -> int:
    again = LookBack.objects.filter(relapse__isnull=False).order_by().values_list("case__village")
    return max((n for _, n in again.annotate(n=Count("pk"))), default=0)


def _when(drawn: Shapes) -> list[Measured]:
    found: Counter[date] = Counter()
    found.update(dict(Case.objects.order_by().values_list("reported_on").annotate(n=Count("pk"))))
    found.update(dict(ClearingList.objects.order_by().values_list("made_on").annotate(n=Count("pk"))))
    calendar, days = standards.work_calendar(), days_of(drawn)[:-1]
    quiet = [day for day in days if not any(_in_rush(day, rush.until, rush.days) for rush in drawn.rushes)]
    usual = _mean(found, [day for day in quiet if calendar.is_working(day)])
    ends = _mean(found, [day for day in quiet if day.weekday() >= SATURDAY and not calendar.is_working(day)])
    holidays = _mean(found, [day for day in quiet if day.weekday() < SATURDAY and not calendar.is_working(day)])
    week = drawn.days["week"]
    rows = [
        Measured(
            name=pgettext_lazy("cases", "A day of a weekend, measured by a working day"),
            declared=f"{sum(week[5:]) / 2 / (sum(week[:5]) / 5) * 100:.0f} %",
            measured=_percent(ends, usual),
        ),
        Measured(
            name=pgettext_lazy("cases", "A public holiday, measured by a working day"),
            declared=f"{drawn.days['holiday'] * 100:.0f} %",
            measured=_percent(holidays, usual),
        ),
    ]
    for rush in drawn.rushes:
        inside = [day for day in days if _in_rush(day, rush.until, rush.days) and calendar.is_working(day)]
        around = [
            day
            for day in quiet
            if abs((day - rush.until).days) < 4 * rush.days // 2 + rush.days and calendar.is_working(day)
        ]
        rows.append(
            Measured(
                name=pgettext_lazy("cases", "A working day in the rush before %(day)s")
                % {"day": rush.until.isoformat()},
                declared=f"{rush.times * 100:.0f} %",
                measured=_percent(_mean(found, inside), _mean(found, around)),
            )
        )
    return rows


def _in_rush(day: date, until: date, days: int) -> bool:
    return until - timedelta(days=days) < day <= until


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
    (pgettext_lazy("cases", "Shelved for a while"), "", "shelved", "shelved", "dispatched"),
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
            declared=f"≥ {drawn.shares['late_slow_class']:g} %",
            measured=late(Q(problem_class_id__in=slow) & ~Q(unit_id__in=weak)),
        ),
        Measured(
            name=pgettext_lazy("cases", "Late with the two invented contractors that do badly"),
            declared=f"≥ {drawn.shares['late_weak_unit']:g} %",
            measured=late(Q(unit_id__in=weak)),
        ),
    ]
