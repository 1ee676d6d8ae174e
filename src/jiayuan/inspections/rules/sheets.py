# SPDX-License-Identifier: Apache-2.0
"""A score sheet as plain values, and what would make one unusable. Points are integers of a hundredth.

Modules carry the weights, which sum to 100; items carry full marks; grounds say what is taken off, and for what. A
weighted sum of modules and a plain sheet of a hundred points are the same thing: in the latter each weight is the sum
of its module's full marks.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from jiayuan.inspections.enums import Effect, Unit

WHOLE = 10_000
"""A hundred points, or a hundred per cent, in hundredths."""
ZEROES = (Effect.ZERO_ITEM, Effect.ZERO_MODULE, Effect.ZERO_SHEET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One reason for which points go or come: so many each time, or everything at once.

    ``most`` limits how often it is counted, 0 is without a limit. Of the grounds of one ``choice`` only the heaviest
    counts. ``class_key`` is the class of the case that a finding creates; empty where none can be created.
    """

    key: str
    words: str
    effect: Effect = Effect.DEDUCT
    amount: int = 0
    unit: Unit = Unit.PLACE
    most: int = 0
    choice: str = ""
    class_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a sheet: its full marks, how much of them can go at most, and the grounds.

    A bonus item has no full marks; its ``cap`` is the most that it adds. ``may_be_absent`` says that a place may have
    nothing of the kind (a village without a pond): then the rest is measured by what applies.
    """

    key: str
    title: str
    full: int = 0
    cap: int = 0
    may_be_absent: bool = False
    is_bonus: bool = False
    grounds: tuple[Ground, ...] = ()

    @property
    def most_lost(self) -> int:
        """How much of the full marks can go by counting (扣完为止); a zero-out takes everything."""
        return min(self.cap or self.full, self.full)


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A part of a sheet with its weight in hundredths of a per cent."""

    key: str
    title: str
    weight: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its modules, and how much all bonus items together may add."""

    modules: tuple[Module, ...]
    bonus_cap: int = 0

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the sheet."""
        return tuple(item for module in self.modules for item in module.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong with a sheet, by a code, and where: the key of a module, an item, or an item and its ground."""

    code: str
    where: str = ""


def flaws(sheet: Sheet) -> tuple[Flaw, ...]:
    """All that makes a sheet unusable; nothing for one that can be scored."""
    return tuple(_flaws(sheet))


def _flaws(sheet: Sheet) -> Iterator[Flaw]:
    if sum(module.weight for module in sheet.modules) != WHOLE:
        yield Flaw(code="weights")
    keys = Counter([module.key for module in sheet.modules])
    keys += Counter([item.key for item in sheet.items])
    yield from (Flaw(code="key_twice", where=key) for key, n in keys.items() if n > 1)
    for module in sheet.modules:
        if module.weight <= 0 or not any(item.full and not item.is_bonus for item in module.items):
            yield Flaw(code="module_without_marks", where=module.key)
        for item in module.items:
            yield from _flaws_of_item(item)
    if any(item.is_bonus for item in sheet.items) != (sheet.bonus_cap > 0):
        yield Flaw(code="bonus_cap")


def _flaws_of_item(item: Item) -> Iterator[Flaw]:
    if item.is_bonus and (item.full or item.cap <= 0 or item.may_be_absent):
        yield Flaw(code="bonus_item", where=item.key)
    if not item.is_bonus and (item.full <= 0 or not 0 <= item.cap <= item.full):
        yield Flaw(code="item_marks", where=item.key)
    if not item.grounds:
        yield Flaw(code="item_without_grounds", where=item.key)
    twice = Counter(ground.key for ground in item.grounds)
    yield from (Flaw(code="key_twice", where=f"{item.key}{key}") for key, n in twice.items() if n > 1)
    for ground in item.grounds:
        if not _is_sound(ground, item):
            yield Flaw(code="ground", where=f"{item.key}{ground.key}")


def _is_sound(ground: Ground, item: Item) -> bool:
    """A zero-out has no amount, anything else has one; bonus items add, all others take."""
    if ground.effect in ZEROES:
        return ground.amount == 0 and not item.is_bonus
    return ground.amount > 0 and ground.most >= 0 and (ground.effect is Effect.ADD) == item.is_bonus


def differ(one: Sheet, other: Sheet) -> bool:
    """Whether two sheets say anything differently."""
    return one != other
