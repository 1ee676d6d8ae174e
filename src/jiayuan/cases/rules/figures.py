# SPDX-License-Identifier: Apache-2.0
"""What is counted about the flow of cases, and what the indicators make of it: whole numbers and fractions, no floats.

A rate whose denominator is 0 is undefined: it is neither 0 nor 100 %, and whoever has it stands in no ranking.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import floor

FEW = 30
"""A rate over fewer than so many things says little; whoever has it is shown, but not ranked."""

# Measures. What is due is kept on the day on which it was due, all else on the day on which it happened.
CAME, CAME_PATROL = "cases.came", "came.patrol"
FILED, FILED_PUBLIC, FILED_PATROL = "file.done", "file.public", "file.patrol"
DISPATCHED, MISSENT = "dispatch.done", "dispatch.wrong"
DUE, HANDLED, HANDLED_IN_TIME = "handle.due", "handle.done", "handle.in_time"
CLOSED, CLOSED_IN_TIME, FORCED = "close.done", "close.in_time", "close.forced"
OVERRUN, EXCUSED, UNCLEAR = "close.overrun", "close.excused", "handle.unclear"
FED_BACK, SENT_BACK = "check.fed_back", "check.sent_back"
SATISFIED, UNSATISFIED = "call.satisfied", "call.unsatisfied"
LOOKED, RELAPSED = "look.done", "look.relapsed"
TWICE, EXTENDED, SHELVED = "same.twice", "grant.extension", "grant.shelving"
CLEARED, CLEARED_SELF = "cleared.full", "cleared.self"
# Not counters of their own: how many villages there are, and from how many of them something was reported.
VILLAGES, REACHED = "places.villages", "places.reached"


class StageLimit(StrEnum):
    """A stage before or after the unit's own, whose limit binds acceptors, dispatchers or checkers."""

    VERIFY = "verify"
    DISPATCH = "dispatch"
    CHECK = "check"

    @property
    def due(self) -> str:
        """The measure of what was due, on the day on which it was."""
        return f"stage.{self}.due"

    @property
    def in_time(self) -> str:
        """The measure of what was done in time, on the day on which it was due."""
        return f"stage.{self}.in_time"


@dataclass(frozen=True, slots=True)
class Sum:
    """Measures that are added and measures that are taken off."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    def of(self, numbers: Mapping[str, int]) -> int:
        """What the sum comes to; a measure of which nothing is known is nought."""
        return sum(numbers.get(one, 0) for one in self.plus) - sum(numbers.get(one, 0) for one in self.minus)


class Turn(StrEnum):
    """Which way an indicator is better; neither for what is only told."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """An indicator: what stands above the line and what below it; nothing below makes it a plain number.

    ``standing`` counts everything up to the last day, whenever it began; all others count what lies in the period.
    ``is_index`` makes points of 100 from other indicators; its sums only name what it is made of.
    """

    code: str
    above: Sum
    below: Sum | None = None
    turn: Turn = Turn.HIGHER
    standing: bool = False
    top_classes: int = 0
    of_units: bool = False
    is_index: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An indicator's value: numerator and, for a rate, denominator."""

    code: str
    n: int
    of: int | None = None

    @property
    def rate(self) -> Fraction | None:
        """The exact rate; None for a plain number and where nothing is below the line."""
        return Fraction(self.n, self.of) if self.of else None

    @property
    def percent(self) -> str | None:
        """The rate as a percentage with two decimals, halves rounded up; None where it is undefined."""
        return None if self.rate is None else percentage(self.rate)


def percentage(rate: Fraction) -> str:
    """A rate as a percentage with two decimals; halves go up, and no binary fraction is involved."""
    hundredths = floor(rate * 10_000 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _stage(stage: StageLimit) -> Formula:
    return Formula(code=f"{stage}_in_time_rate", above=Sum((stage.in_time,)), below=Sum((stage.due,)))


_SENT_RIGHT = Sum((DISPATCHED,), (MISSENT,))

FORMULAS: tuple[Formula, ...] = (
    Formula(code="close_rate", above=Sum((CLOSED,)), below=Sum((DUE,)), of_units=True),
    Formula(code="close_in_time_rate", above=Sum((CLOSED_IN_TIME,)), below=Sum((DUE,)), of_units=True),
    Formula(code="handle_rate", above=Sum((HANDLED,)), below=Sum((DUE,)), of_units=True),
    Formula(code="handle_in_time_rate", above=Sum((HANDLED_IN_TIME,)), below=Sum((DUE,)), of_units=True),
    Formula(code="overdue", above=Sum((DUE,), (HANDLED,)), turn=Turn.LOWER, standing=True, of_units=True),
    Formula(code="rework_rate", above=Sum((SENT_BACK,)), below=Sum((FED_BACK,)), turn=Turn.LOWER, of_units=True),
    Formula(code="file_rate", above=Sum((FILED,)), below=Sum((CAME,)), turn=Turn.NEITHER),
    Formula(code="dispatch_rate", above=_SENT_RIGHT, below=Sum((FILED,))),
    Formula(code="right_dispatch_rate", above=_SENT_RIGHT, below=Sum((DISPATCHED,))),
    _stage(StageLimit.VERIFY),
    _stage(StageLimit.DISPATCH),
    _stage(StageLimit.CHECK),
    Formula(code="public_rate", above=Sum((FILED_PUBLIC,)), below=Sum((FILED,)), turn=Turn.LOWER),
    Formula(code="patrol_rate", above=Sum((FILED_PATROL,)), below=Sum((FILED,))),
    Formula(code="valid_report_rate", above=Sum((FILED_PATROL,)), below=Sum((CAME_PATROL,))),
    Formula(code="missed_rate", above=Sum((FILED_PUBLIC,)), below=Sum((FILED_PUBLIC, FILED_PATROL)), turn=Turn.LOWER),
    Formula(code="covered_rate", above=Sum((REACHED,)), below=Sum((VILLAGES,)), turn=Turn.NEITHER),
    Formula(code="satisfied_rate", above=Sum((SATISFIED,)), below=Sum((SATISFIED, UNSATISFIED)), of_units=True),
    Formula(code="relapse_rate", above=Sum((RELAPSED,)), below=Sum((LOOKED,)), turn=Turn.LOWER, of_units=True),
    Formula(code="twice_rate", above=Sum((TWICE,)), below=Sum((CAME,)), turn=Turn.LOWER),
    Formula(code="top_classes", above=Sum((FILED,)), below=Sum((FILED,)), turn=Turn.NEITHER, top_classes=3),
    Formula(
        code="area_index",
        above=Sum((FILED, FILED_PUBLIC, CLOSED, CLOSED_IN_TIME)),
        below=Sum((DUE,)),
        turn=Turn.NEITHER,
        is_index=True,
    ),
    Formula(code="overrun", above=Sum((OVERRUN,)), turn=Turn.LOWER, of_units=True),
    Formula(code="excused", above=Sum((EXCUSED,)), turn=Turn.NEITHER, of_units=True),
    Formula(code="forced", above=Sum((FORCED,)), turn=Turn.NEITHER, of_units=True),
    Formula(code="extensions", above=Sum((EXTENDED,)), turn=Turn.NEITHER, of_units=True),
    Formula(code="shelvings", above=Sum((SHELVED,)), turn=Turn.NEITHER, of_units=True),
)
"""Every indicator, in the order in which pages and tables show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What the measures of one division or unit come to: in the period, ever up to its last day, and by class."""

    flowed: Mapping[str, int] = field(default_factory=dict)
    ever: Mapping[str, int] = field(default_factory=dict)
    by_class: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def value_of(formula: Formula, numbers: Numbers) -> Value:
    """What an indicator comes to over some numbers."""
    if formula.is_index:
        return area_index(numbers.flowed) or Value(code=formula.code, n=0, of=0)
    if formula.top_classes:
        sizes = sorted((formula.above.of(row) for row in numbers.by_class.values()), reverse=True)
        above = sum(sizes[: formula.top_classes])
    else:
        above = formula.above.of(numbers.ever if formula.standing else numbers.flowed)
    return Value(code=formula.code, n=above, of=formula.below.of(numbers.flowed) if formula.below else None)


_FILED_POINTS = ((1, 100), (3, 90), (5, 75), (7, 60), (9, 40))
"""Fewer filed than the first gives the second."""


def area_index(flowed: Mapping[str, int]) -> Value | None:
    """Points of 100, in hundredths: 10 % share found by the public, turned round, 20 % number filed, 30 % closing rate,
    40 % closed in time. None where nothing was filed or due: an index with a hole in it says nothing.

    Source: the implementation of domain.md §2.8. Its scale for the number filed fits a quarter and a week, not a city.
    """
    filed, due = flowed.get(FILED, 0), flowed.get(DUE, 0)
    if filed == 0 or due == 0:
        return None
    few = next((points for below, points in _FILED_POINTS if filed < below), 0)
    points = (
        (1 - Fraction(flowed.get(FILED_PUBLIC, 0), filed)) * 10
        + Fraction(few, 100) * 20
        + Fraction(flowed.get(CLOSED, 0), due) * 30
        + Fraction(flowed.get(CLOSED_IN_TIME, 0), due) * 40
    )
    return Value(code="area_index", n=floor(points * 100 + Fraction(1, 2)), of=10_000)


def measures(formulas: Iterable[Formula] = FORMULAS) -> tuple[str, ...]:
    """Every measure that some indicators need, each once; what is only worked out is none."""
    sums = [one for formula in formulas for one in (formula.above, formula.below) if one is not None]
    named = (name for one in sums for name in (*one.plus, *one.minus) if name not in (VILLAGES, REACHED))
    return tuple(dict.fromkeys([*named, UNCLEAR]))


@dataclass(frozen=True, slots=True)
class Ranked:
    """Names by what may be said of them: in order of their rate, too few to be compared, and with nothing due."""

    ranked: tuple[str, ...]
    few: tuple[str, ...]
    none: tuple[str, ...]


def ranked(values: Mapping[str, Value], turn: Turn) -> Ranked:
    """Who stands where. Nobody is ranked by a rate over fewer than ``FEW`` things, and nobody at all by none."""
    none = tuple(name for name, value in values.items() if value.rate is None)
    few = tuple(name for name, value in values.items() if value.rate is not None and (value.of or 0) < FEW)
    rates = {name: value.rate for name, value in values.items() if value.rate is not None and (value.of or 0) >= FEW}
    down = turn is not Turn.LOWER
    order = sorted(rates, key=lambda name: (-rates[name] if down else rates[name], name))
    return Ranked(tuple(order), few, none)


# ── how large numbers are said ─────────────────────────────────────────────────────────────────────────────────────

TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Said:
    """A number as a release says it: the digits, whether they count ten thousands, and what is left out."""

    digits: str
    in_ten_thousands: bool
    more: bool


def said(n: int) -> Said:
    """A number in words: from ten thousand on in ten thousands cut off after two decimals, below that as it is."""
    if n < TEN_THOUSAND:
        return Said(str(n), in_ten_thousands=False, more=False)
    whole, left = divmod(n, TEN_THOUSAND)
    digits = f"{whole}.{left // 100:02d}".rstrip("0").rstrip(".")
    return Said(digits, in_ten_thousands=True, more=left % 100 > 0)


def said_roundly(n: int, *, step: int) -> Said:
    """A number cut off to a step: 213 by hundreds is "200 and more"."""
    return Said(str(n // step * step), in_ten_thousands=False, more=n % step > 0)


def is_nearly(n: int, threshold: int) -> bool:
    """Whether a number lies so little below a threshold that a release says "nearly": at most a twentieth."""
    return threshold * 19 <= n * 20 < threshold * 20


def in_chinese(n: int, unit: str, *, traditional: bool = False) -> str:
    """ "1.42万个", "2.52万余个", "5240项": computed from the number, never typed."""
    words = said(n)
    return _chinese(words, "餘" if traditional else "余", "萬" if traditional else "万") + unit


def roundly_in_chinese(n: int, unit: str, *, step: int) -> str:
    """ "200余份", "2000余份", "20多场次": 多 after tens, 余 from hundreds on, nothing where nothing is left out."""
    words = said_roundly(n, step=step)
    return _chinese(words, "多" if step < 100 else "余", "万") + unit


def nearly_in_chinese(n: int, threshold: int, unit: str) -> str:
    """ "近1万名" when little is missing; else the number itself."""
    return f"近{in_chinese(threshold, unit)}" if is_nearly(n, threshold) else in_chinese(n, unit)


def at_least_in_chinese(percent: int) -> str:
    """ "79%以上": a threshold that was held, not a value."""
    return f"{percent}%以上"


def _chinese(words: Said, more: str, ten_thousand: str) -> str:
    return words.digits + (ten_thousand if words.in_ten_thousands else "") + (more if words.more else "")


def in_english(n: int, unit: str = "") -> str:
    """ "14,200" or "more than 25,200"."""
    words = said(n)
    digits = f"{n // 100 * 100:,}" if words.more else f"{n:,}"
    return f"{'more than ' if words.more else ''}{digits}{' ' + unit if unit else ''}"


def added(rows: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Numbers by measure, added up over rows."""
    total: dict[str, int] = {}
    for row in rows:
        for measure, n in row.items():
            total[measure] = total.get(measure, 0) + n
    return total
