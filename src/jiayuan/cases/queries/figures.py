# SPDX-License-Identifier: Apache-2.0
"""Figures: indicators over a period, and how much was put right by the tasks of a campaign; each with its proof.

The present is read from the counters. An earlier day is folded from the record – what had happened before its end, and,
with ``known_at``, only what was recorded up to that position – so a printed figure can be told again for ever.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import HANDLED as IS_HANDLED
from jiayuan.cases.enums import ON_DUTY, RUNNING, State
from jiayuan.cases.models import Case, ClearingCount
from jiayuan.cases.queries.figure_words import WORDS, IndicatorWords
from jiayuan.cases.rules import figures as rules
from jiayuan.cases.rules.figures import (
    CAME,
    CAME_PATROL,
    CLEARED,
    CLEARED_SELF,
    CLOSED,
    CLOSED_IN_TIME,
    DUE,
    FEW,
    FILED,
    FORMULAS,
    HANDLED,
    HANDLED_IN_TIME,
    REACHED,
    UNCLEAR,
    VILLAGES,
    Formula,
    Numbers,
    Ranked,
    Turn,
    Value,
)
from jiayuan.kernel import clock
from jiayuan.kernel.errors import Refused
from jiayuan.places import queries as places
from jiayuan.places.enums import Kind, Level
from jiayuan.record import counters
from jiayuan.record.counters import Slice
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import Setting

__all__ = [
    "CAME",
    "CAME_PATROL",
    "CLEARED",
    "CLEARED_SELF",
    "CLOSED",
    "CLOSED_IN_TIME",
    "DUE",
    "FEW",
    "FORMULAS",
    "HANDLED",
    "HANDLED_IN_TIME",
    "NEWEST",
    "PROOF_LINES",
    "STILL_DUE",
    "UNCLEAR",
    "Cut",
    "Division",
    "Figures",
    "Formula",
    "Half",
    "IndicatorWords",
    "Line",
    "Numbers",
    "Period",
    "Proof",
    "Ranked",
    "TaskFigure",
    "Turn",
    "Value",
    "figures",
    "hold_progress",
    "in_words",
    "indicator",
    "lines_of_task",
    "live_measures",
    "loading",
    "proof_of_measure",
    "proof_of_task",
    "ranked",
    "refuse_while",
    "roundly",
    "task_figures",
    "value_of",
    "words_of",
]

ranked, value_of, roundly = rules.ranked, rules.value_of, rules.roundly_in_chinese
LEVELS = {4: "city", 6: "county", 9: "town", 12: "village"}
BELOW = {4: "county", 6: "town"}


def _whole() -> int | None:
    return None


_progress: list[Callable[[], int | None]] = [_whole]


def hold_progress(loading: Callable[[], int | None]) -> None:
    """Let the roof say who knows how many percent of a city are loaded; None means all of it."""
    _progress[:] = [loading]


def loading() -> int | None:
    """How many percent of a city are loaded while it is loading; None once it is whole."""
    return _progress[0]()


def refuse_while(loading_percent: int | None) -> None:
    """Refuse to tell figures while a city is still being loaded: a part of it looks like a bad month.

    Whoever shows figures asks this once, before all questions.
    """
    if loading_percent is not None:
        raise Refused(
            "still_loading",
            pgettext_lazy(
                "cases", "The records are still being loaded (%(percent)s %%). Figures come when they are whole."
            ),
            percent=str(loading_percent),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From one day to another, both included."""

    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """As of when figures are told: by the day that things happened, and by the position at which they were known."""

    as_of: date
    known_at: int | None = None

    @property
    def is_present(self) -> bool:
        """Whether nothing is to be left out, so that the counters answer."""
        return self.known_at is None and self.as_of >= clock.today()

    @property
    def before(self) -> datetime:
        """The first moment that is too late: midnight in Shanghai after the day."""
        return datetime.combine(self.as_of + timedelta(days=1), time.min, clock.ZONE)


class Division(StrEnum):
    """By what the numbers of an area are divided."""

    AREA = "area"
    UNIT = "unit"
    CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The numbers of an area, and those of what it was divided into: what lies below it, its units or its classes."""

    under: str
    period: Period
    total: Numbers
    below: dict[str, Numbers]
    units: dict[int, Numbers]

    @property
    def classes(self) -> dict[str, Numbers]:
        """The numbers of the area by class."""
        return {code: Numbers(flowed=row) for code, row in self.total.by_class.items()}


def figures(*, under: str, period: Period, cut: Cut, by: Division = Division.AREA) -> Figures:
    """The numbers behind every indicator inside a code prefix of 4, 6 or 9 digits: one query, or one fold.

    Only what ``by`` names is divided: all units and classes of a season are a quarter of a million numbers.
    """
    level = LEVELS[len(under)]
    of_units = rules.measures(one for one in FORMULAS if one.of_units)
    in_classes = of_units if by is Division.CLASS else ()
    slices = [
        Slice(level=level, under=under),
        Slice(level=level, under=under, by_class=True, measures=(*in_classes, FILED)),
    ]
    if by is Division.UNIT:
        slices.append(Slice(level=counters.UNIT, measures=of_units))
    if by is Division.AREA and len(under) in BELOW:
        slices.append(Slice(level=BELOW[len(under)], under=under))
    counted = Period(since=period.since, until=min(period.until, cut.as_of))
    if not cut.is_present:
        slices.append(Slice(level="village", under=under))
    flows = _flows(rules.measures(), slices, since=counted.since, until=counted.until, cut=cut)
    return _assembled(under, counted, flows, _covered(under, counted, flows, cut))


def _covered(under: str, period: Period, flows: Iterable[counters.Flow], cut: Cut) -> dict[str, dict[str, int]]:
    """How many villages there are, and from how many something was reported, inside each prefix that is told of."""
    known = (place for place in places.known(Level.VILLAGE) if place.code.startswith(under))
    villages = [place.code for place in known if place.valid_to is None or place.valid_to > period.until]
    if cut.is_present:
        reached = counters.codes_with(CAME, level="village", among=villages, since=period.since, until=period.until)
    else:
        reached = frozenset(row.code for row in flows if (row.level, row.measure) == ("village", CAME) and row.n)
    digits = {"county": 6, "town": 9}.get(BELOW.get(len(under), ""), 0)
    found: dict[str, dict[str, int]] = {}
    for code in villages:
        for prefix in {under, code[:digits] or under}:
            counts = found.setdefault(prefix, {VILLAGES: 0, REACHED: 0})
            counts[VILLAGES] += 1
            counts[REACHED] += code in reached
    return found


def _flows(
    measures: Sequence[str], slices: Sequence[Slice], *, since: date, until: date, cut: Cut
) -> list[counters.Flow]:
    if cut.is_present:
        return counters.summed(measures=measures, slices=slices, since=since, until=until)
    return counters.folded(
        measures=measures, slices=slices, since=since, until=until, before=cut.before, known_at=cut.known_at
    )


def _assembled(
    under: str, period: Period, flows: Iterable[counters.Flow], covered: Mapping[str, dict[str, int]]
) -> Figures:
    flowed: dict[tuple[str, str], dict[str, int]] = {}
    ever: dict[tuple[str, str], dict[str, int]] = {}
    by_class: dict[str, dict[str, int]] = {}
    for row in flows:
        if row.class_code != counters.ALL:
            by_class.setdefault(row.class_code, {})[row.measure] = row.n
            continue
        flowed.setdefault((row.level, row.code), {})[row.measure] = row.n
        ever.setdefault((row.level, row.code), {})[row.measure] = row.until
    for code, counts in covered.items():
        key = (LEVELS[len(code)], code)
        flowed[key], ever[key] = flowed.get(key, {}) | counts, ever.get(key, {})
    told = {key: Numbers(flowed=row, ever=ever[key]) for key, row in flowed.items()}
    whole = told.get((LEVELS[len(under)], under), Numbers())
    return Figures(
        under=under,
        period=period,
        total=Numbers(flowed=whole.flowed, ever=whole.ever, by_class=by_class),
        below={code: row for (level, code), row in told.items() if level == BELOW.get(len(under))},
        units={int(code): row for (level, code), row in told.items() if level == counters.UNIT},
    )


def indicator(code: str) -> Formula | None:
    """One formula by its code."""
    return next((formula for formula in FORMULAS if formula.code == code), None)


def words_of(code: str) -> IndicatorWords:
    """What an indicator is called and how it is computed."""
    return WORDS[code]


def in_words(n: int, unit: standards.Words | str, language: str) -> str:
    """A number as a release says it, in a language: "1.42万个", "2.52萬餘個", "more than 25,200"."""
    if language.startswith("zh"):
        return rules.in_chinese(n, str(unit), traditional=language == "zh-hant")
    return rules.in_english(n)


# ── what was put right, by the tasks of a campaign ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One of the two ways in which things are put right: how much, and the query that says so."""

    measure: str
    n: int
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFigure:
    """How much of a task was put right up to a day: through cases that were checked, and by villages themselves."""

    task: standards.Task
    since: date
    as_of: date
    class_codes: tuple[str, ...]
    full: Half
    by_themselves: Half

    @property
    def n(self) -> int:
        """Both together."""
        return self.full.n + self.by_themselves.n


def task_figures(*, campaign: standards.Campaign, cut: Cut, area: str = "") -> tuple[TaskFigure, ...]:
    """How much was put right of each task of a campaign, from its first day to the cut, inside a code prefix.

    A thing counts where the task belongs: heaps in the countryside, street order in what is built up. A class that
    serves both counts by the place.
    """
    measures = (CLEARED, CLEARED_SELF)
    slices = [Slice(level="village", under=area, by_class=True)]
    sums: dict[tuple[str, int], int] = {}
    targets = {
        str(standards.problem_class(class_id).key): task
        for class_id, task in standards.targets_of(campaign.code).items()
    }
    for row in _flows(measures, slices, since=campaign.starts_on, until=cut.as_of, cut=cut):
        task = targets.get(row.class_code)
        if task is not None and setting_at(row.code) is task.setting:
            sums[(row.measure, task.id)] = sums.get((row.measure, task.id), 0) + row.n
    return tuple(_task_figure(task, campaign, cut, area, targets, sums) for task in campaign.tasks)


def _task_figure(
    task: standards.Task,
    campaign: standards.Campaign,
    cut: Cut,
    area: str,
    targets: dict[str, standards.Task],
    sums: dict[tuple[str, int], int],
) -> TaskFigure:
    codes = tuple(sorted(code for code, target in targets.items() if target.id == task.id))

    def half(measure: str) -> Half:
        sql = _sql(measure, codes, task.setting, since=campaign.starts_on, until=cut.as_of, area=area)
        return Half(measure=measure, n=sums.get((measure, task.id), 0), sql=sql)

    return TaskFigure(
        task=task,
        since=campaign.starts_on,
        as_of=cut.as_of,
        class_codes=codes,
        full=half(CLEARED),
        by_themselves=half(CLEARED_SELF),
    )


def setting_at(village: str) -> Setting:
    """Whether a village counts as countryside or as built-up."""
    place = places.division(village)
    if place is None:
        return standards.setting_of()
    return standards.setting_of(urban_rural=place.urban_rural, kind=place.kind)


def _sql(measure: str, codes: Sequence[str], setting: Setting, *, since: date, until: date, area: str) -> str:
    """The same sum as one statement that anybody with a reading account can run; it answers for the present."""
    classes = ", ".join(f"'{code}'" for code in codes) or "''"
    built_up = ", ".join(f"'{kind.value}'" for kind in Kind if standards.setting_of(kind=kind) is Setting.URBAN)
    rural = ", ".join(f"'{value}'" for value in _rural_values())
    is_rural = f"(d.urban_rural IN ({rural}) OR (d.urban_rural = '' AND d.kind NOT IN ({built_up})))"
    where = f" AND c.code LIKE '{area}%'" if area else ""
    return (
        f"SELECT COALESCE(SUM(c.n), 0) FROM record_counter c JOIN places_division d ON d.code = c.code "  # noqa: S608 – printed, never run
        f"WHERE c.measure = '{measure}' AND c.level = 'village' AND c.class_code IN ({classes}) "
        f"AND c.\"on\" BETWEEN '{since.isoformat()}' AND '{until.isoformat()}' "
        f"AND {'' if setting is Setting.RURAL else 'NOT '}{is_rural}{where}"
    )


def _rural_values() -> list[str]:
    values = ("111", "112", "121", "122", "123", "210", "220")
    return [value for value in values if standards.setting_of(urban_rural=value) is Setting.RURAL]


# ── the very records ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A line behind a figure: a case, where it is, when it was due or ended, and how much it counts."""

    id: int
    handle: str
    state: State
    village: str
    problem_class_id: int
    unit_id: int | None
    due_at: datetime | None
    ended_at: datetime | None
    in_time: bool | None
    quantity: int


_PROOF = (
    "id",
    "handle",
    "state",
    "village",
    "problem_class_id",
    "unit_id",
    "due_at",
    "ended_at",
    "in_time",
    "quantity",
)
_AREA_COLUMN = {6: "county", 9: "town", 12: "village"}
PROOF_LINES = 50
NEWEST = 2**63 - 1
"""Above every key."""


def proof_of_task(
    *, campaign: standards.Campaign, task: standards.Task, area: str = "", before: int = NEWEST, size: int = PROOF_LINES
) -> tuple[Proof, ...]:
    """The closed cases whose quantities are the fully processed part of a task's figure now, the newest first."""
    return _lines(cases_of_task(campaign=campaign, task=task, area=area), before, size)


def cases_of_task(*, campaign: standards.Campaign, task: standards.Task, area: str = "") -> QuerySet[Case]:
    """The same as a set, for sums."""
    classes = [one for one, target in standards.targets_of(campaign.code).items() if target.id == task.id]
    found = Case.objects.filter(
        state=State.CLOSED,
        forced=False,
        problem_class_id__in=classes,
        ended_at__gte=datetime.combine(campaign.starts_on, time.min, clock.ZONE),
        village__in=_villages_in(task.setting, area),
    )
    return _inside(found, area)


def _villages_in(setting: Setting, area: str) -> list[str]:
    """Every village of a setting inside a code prefix, also those that have gone: what was cleared there counts."""
    known = (place.code for place in places.known(Level.VILLAGE) if place.code.startswith(area))
    return [code for code in known if setting_at(code) is setting]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line behind a figure: a row of a clearing list, and on which day it began or ceased to count."""

    id: int
    handle: str
    number: int
    village: str
    problem_class_id: int
    on: date
    quantity: int


def lines_of_task(
    *, campaign: standards.Campaign, task: standards.Task, area: str = "", before: int = NEWEST, size: int = PROOF_LINES
) -> tuple[Line, ...]:
    """The rows whose quantities are the part of a task's figure that villages cleared themselves, the newest first."""
    classes = [one for one, target in standards.targets_of(campaign.code).items() if target.id == task.id]
    found = ClearingCount.objects.filter(
        problem_class_id__in=classes,
        on__gte=campaign.starts_on,
        village__in=_villages_in(task.setting, area),
        pk__lt=before,
    )
    columns = ("pk", "row__list__handle", "row__number", "village", "problem_class_id", "on", "quantity")
    return tuple(
        Line(id=pk, handle=handle, number=number, village=village, problem_class_id=class_id, on=on, quantity=n)
        for pk, handle, number, village, class_id, on, n in found.order_by("-pk").values_list(*columns)[:size]
    )


def live_measures(formula: Formula) -> tuple[str, ...]:
    """The measures of a formula whose very cases the living table still shows; the others only the record knows."""
    if formula.standing:
        return (STILL_DUE,)
    sums = [one for one in (formula.above, formula.below) if one is not None]
    named = (name for one in sums if not one.minus for name in one.plus)
    return tuple(dict.fromkeys(name for name in named if name in _LIVE))


def proof_of_measure(
    measure: str, *, period: Period, area: str = "", before: int = NEWEST, size: int = PROOF_LINES
) -> tuple[Proof, ...]:
    """The cases that a measure counts in a period now, the newest first; none where the record alone knows them."""
    found = cases_of_measure(measure, period=period, area=area)
    return () if found is None else _lines(found, before, size)


def cases_of_measure(measure: str, *, period: Period, area: str = "") -> QuerySet[Case] | None:
    """The same as a set, for counts."""
    narrowed = _LIVE.get(measure)
    if measure == STILL_DUE:
        before = datetime.combine(period.until + timedelta(days=1), time.min, clock.ZONE)
        return _inside(Case.objects.filter(state__in=RUNNING, due_at__lt=before), area)
    if narrowed is None:
        return None
    column, condition = narrowed
    since = datetime.combine(period.since, time.min, clock.ZONE)
    before = datetime.combine(period.until + timedelta(days=1), time.min, clock.ZONE)
    within = {f"{column}__gte": since, f"{column}__lt": before}
    return _inside(Case.objects.filter(condition, **within), area)


STILL_DUE = "handle.overdue"
"""Not a counter: what is due less what is handled, up to the last day."""

_DUE = Q(state__in=[*RUNNING, *IS_HANDLED])
_IN_TIME = Q(in_time=True) | Q(excused=True)
_LIVE: dict[str, tuple[str, Q]] = {
    CAME: ("reported_at", Q()),
    CAME_PATROL: ("reported_at", Q(source__in=ON_DUTY)),
    DUE: ("due_at", _DUE),
    HANDLED: ("due_at", Q(state__in=IS_HANDLED)),
    HANDLED_IN_TIME: ("due_at", Q(state__in=IS_HANDLED) & _IN_TIME),
    CLOSED: ("due_at", Q(state=State.CLOSED)),
    CLOSED_IN_TIME: ("due_at", Q(state=State.CLOSED) & _IN_TIME),
}
"""By which column and condition the living table shows what a measure counts."""


def _inside(found: QuerySet[Case], area: str) -> QuerySet[Case]:
    return found.filter(**{_AREA_COLUMN[len(area)]: area}) if len(area) in _AREA_COLUMN else found


def _lines(found: QuerySet[Case], before: int, size: int) -> tuple[Proof, ...]:
    return tuple(Proof(**row) for row in found.filter(pk__lt=before).order_by("-pk").values(*_PROOF)[:size])
