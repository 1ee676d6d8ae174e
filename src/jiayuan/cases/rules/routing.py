# SPDX-License-Identifier: Apache-2.0
"""Which unit a case goes to by the rules of an administrator: conditions, a total order, and what is wrong with them.

The order, from the first that is asked to the last: priority (1 before 9); then the narrower place; then the narrower
kind of problem; then a rule with a time before one without; then a source; then a setting; then the older number. No
two rules are equal in it, so a decision never depends on how rows happen to come out of a table.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from itertools import combinations, product
from typing import TypeVar

from jiayuan.cases.enums import Hours

HOUR = 60
WEEK = range(1, 8)
T = TypeVar("T")


class Breadth(IntEnum):
    """How wide the kinds of problem are that a rule names; the widest of them counts."""

    ANY = 0
    GROUP = 1
    TILE = 2
    CLASS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment as a rule reads it: its day and weekday (1 is Monday), the minute of the day, whether desks are manned.

    The night belongs to the evening before: at two o'clock on Saturday a rule from 18:00 to 08:00 reads Friday.
    """

    on: date
    minute: int
    in_hours: bool

    @classmethod
    def at(cls, local: datetime, *, in_hours: bool) -> "Moment":
        """The moment that a wall clock shows."""
        return cls(on=local.date(), minute=local.hour * HOUR + local.minute, in_hours=in_hours)

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return self.on.isoweekday()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a rule may ask of a case."""

    class_id: int
    village: str
    source: str
    setting: str
    moment: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule ready for use. Empty conditions hold always; ``places`` are beginnings of codes of 6, 9 or 12 digits.

    Without ``unit_id`` the case goes to whoever governs its place. ``valid_until`` is the last day.
    """

    number: int
    version: int = 1
    priority: int = 5
    classes: frozenset[int] = frozenset()
    breadth: Breadth = Breadth.ANY
    places: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    setting: str = ""
    weekdays: frozenset[int] = frozenset()
    hours: Hours = Hours.ANY
    starts: int = 0
    ends: int = 0
    valid_from: date = date.min
    valid_until: date | None = None
    unit_id: int | None = None
    at_once: bool = False

    @property
    def order(self) -> tuple[int, ...]:
        """Where the rule stands among the others; smaller is asked earlier, and no two are equal."""
        return (self.priority, *(-part for part in self.specificity), self.number)

    @property
    def specificity(self) -> tuple[int, ...]:
        """How narrow the rule is: by place, by kind, by time, by source, by setting."""
        return (
            min((len(key) for key in self.places), default=0),
            int(self.breadth),
            int(bool(self.weekdays)) + int(self.hours is not Hours.ANY),
            int(bool(self.sources)),
            int(bool(self.setting)),
        )

    def holds_for(self, facts: Facts) -> bool:
        """Whether all conditions hold."""
        fits = not self.classes or facts.class_id in self.classes
        return fits and facts.village.startswith(tuple(self.places) or ("",)) and self.holds_besides(facts)

    def holds_besides(self, facts: Facts) -> bool:
        """Whether everything but kind and place holds."""
        return (
            (not self.sources or facts.source in self.sources)
            and (not self.setting or facts.setting == self.setting)
            and self.is_valid_on(facts.moment.on)
            and self.holds_at(facts.moment)
        )

    def is_valid_on(self, on: date) -> bool:
        """Whether the day lies between the first and the last day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def holds_at(self, moment: Moment) -> bool:
        """Whether weekday and time of day fit."""
        on = moment.on
        if self.hours is Hours.WORKING and not moment.in_hours:
            return False
        if self.hours is Hours.OFF and moment.in_hours:
            return False
        if self.hours is Hours.SPAN:
            if not self._spans(moment.minute):
                return False
            if self.starts > self.ends and moment.minute < self.ends:
                on -= timedelta(days=1)
        return not self.weekdays or on.isoweekday() in self.weekdays

    def _spans(self, minute: int) -> bool:
        if self.starts < self.ends:
            return self.starts <= minute < self.ends
        return minute >= self.starts or minute < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who may get a case at a village: the units that answer for it, and the one that governs it most narrowly."""

    unit_ids: frozenset[int]
    governing: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The rule that decided and the unit it names; neither when no rule fits.

    ``passed_over`` are rules that fitted and were left out because their unit does not answer for the place.
    """

    rule: Rule | None = None
    unit_id: int | None = None
    passed_over: tuple[Rule, ...] = ()


class Rulebook:
    """Rules in their order, ready to be asked about many cases: those of other kinds are never looked at."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.order))
        self._of_class: dict[int, tuple[tuple[Rule, tuple[str, ...]], ...]] = {}

    def route(self, facts: Facts, *, answering: Callable[[str], Answering]) -> Decision:
        """The decision of the first rule that holds and whose unit may get the case."""
        passed_over: list[Rule] = []
        for rule, keys in self._for_class(facts.class_id):
            if facts.village.startswith(keys) and rule.holds_besides(facts):
                unit_id = _unit_of(rule, answering(facts.village))
                if unit_id is not None:
                    return Decision(rule, unit_id, tuple(passed_over))
                passed_over.append(rule)
        return Decision(passed_over=tuple(passed_over))

    def _for_class(self, class_id: int) -> tuple[tuple[Rule, tuple[str, ...]], ...]:
        """The rules whose kind fits, in their order, each with the beginnings of the codes of its places."""
        if class_id not in self._of_class:
            self._of_class[class_id] = tuple(
                (rule, tuple(rule.places) or ("",))
                for rule in self.rules
                if not rule.classes or class_id in rule.classes
            )
        return self._of_class[class_id]

    def with_rule(self, rule: Rule | None, *, instead_of: int | None) -> "Rulebook":
        """The rules after one was added, changed or taken out."""
        kept = [one for one in self.rules if one.number != instead_of]
        return Rulebook(kept if rule is None else [*kept, rule])


def _unit_of(rule: Rule, answering: Answering) -> int | None:
    if rule.unit_id is None:
        return answering.governing
    return rule.unit_id if rule.unit_id in answering.unit_ids else None


class Fault(StrEnum):
    """What may be wrong with a rule beside others."""

    CONFLICT = "conflict"
    CROSSING = "crossing"
    SHADOWED = "shadowed"
    HOMELESS = "homeless"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that something is wrong with, and the other one that has to do with it (0 where none has)."""

    fault: Fault
    number: int
    other: int = 0


Reaches = Callable[[int, str], bool]
"""Whether a unit answers for the whole of an area, given as the beginning of its codes."""


def findings(rules: Iterable[Rule], *, reaches: Reaches, touches: Reaches) -> Iterator[Finding]:
    """What an administrator should look at: rules that contradict each other, that never decide, that lead nowhere."""
    ordered = Rulebook(rules).rules
    pairs = tuple(combinations(ordered, 2))
    shadowed = {
        late.number: early.number
        for early, late in pairs
        if shadows(early, late, reaches) and not _are_twins(early, late)
    }
    for rule in ordered:
        if not _leads_somewhere(rule, touches):
            yield Finding(Fault.HOMELESS, rule.number)
        elif rule.number in shadowed:
            yield Finding(Fault.SHADOWED, rule.number, shadowed[rule.number])
    for early, late in pairs:
        if late.number not in shadowed and contradict(early, late):
            fault = Fault.CONFLICT if early.specificity == late.specificity else Fault.CROSSING
            yield Finding(fault, early.number, late.number)


def _are_twins(one: Rule, other: Rule) -> bool:
    """Whether only their age puts one before the other: that they contradict each other says more than their order."""
    same = (one.priority, one.specificity) == (other.priority, other.specificity)
    return same and one.unit_id != other.unit_id


def _leads_somewhere(rule: Rule, touches: Reaches) -> bool:
    return rule.unit_id is None or any(touches(rule.unit_id, key) for key in rule.places or ("",))


def contradict(one: Rule, other: Rule) -> bool:
    """Whether two rules of one priority send some case to different units, and neither is simply the finer one."""
    return (
        one.priority == other.priority
        and one.unit_id != other.unit_id
        and overlap(one, other)
        and (one.specificity == other.specificity or not (includes(one, other) or includes(other, one)))
    )


def shadows(early: Rule, late: Rule, reaches: Reaches) -> bool:
    """Whether the earlier rule takes every case that the later one could, so that the later one never decides."""
    sure = early.unit_id is None or all(reaches(early.unit_id, key) for key in late.places or ("",))
    return sure and includes(early, late)


def overlap(one: Rule, other: Rule) -> bool:
    """Whether some case fits both."""
    return (
        _meet(one.classes, other.classes)
        and _meet(one.sources, other.sources)
        and (not one.setting or not other.setting or one.setting == other.setting)
        and any(a.startswith(b) or b.startswith(a) for a in one.places or ("",) for b in other.places or ("",))
        and one.valid_from <= (other.valid_until or date.max)
        and other.valid_from <= (one.valid_until or date.max)
        and any(one.holds_at(moment) and other.holds_at(moment) for moment in _moments(one, other))
    )


def includes(wide: Rule, narrow: Rule) -> bool:
    """Whether every case that fits the narrow rule fits the wide one too."""
    return (
        _within(narrow.classes, wide.classes)
        and _within(narrow.sources, wide.sources)
        and wide.setting in ("", narrow.setting)
        and all(any(a.startswith(b) for b in wide.places or ("",)) for a in narrow.places or ("",))
        and wide.valid_from <= narrow.valid_from
        and (narrow.valid_until or date.max) <= (wide.valid_until or date.max)
        and all(wide.holds_at(moment) for moment in _moments(wide, narrow) if narrow.holds_at(moment))
    )


def _meet(one: frozenset[T], other: frozenset[T]) -> bool:
    return not one or not other or not one.isdisjoint(other)


def _within(narrow: frozenset[T], wide: frozenset[T]) -> bool:
    return not wide or (bool(narrow) and narrow <= wide)


_SOME_MONDAY = date(2024, 1, 1)


def _moments(*rules: Rule) -> Iterator[Moment]:
    """One moment of every stretch of a week in which none of the rules changes its mind."""
    minutes = {0, *(minute for rule in rules for minute in (rule.starts, rule.ends))}
    for day, minute, in_hours in product(WEEK, sorted(minutes), (True, False)):
        yield Moment(on=_SOME_MONDAY + timedelta(days=day - 1), minute=minute, in_hours=in_hours)
