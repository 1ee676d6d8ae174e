# SPDX-License-Identifier: Apache-2.0
"""What a place scored on a sheet, exactly. Nothing is rounded before it is printed: fractions stand in between.

For each module: full marks of the items that apply, less what was taken off (each ground by its step, each item no
further than its cap), divided by those full marks, times the weight. The weights of the modules that apply are brought
back to a hundred. Bonus points come on top, each item and all together within their caps.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from jiayuan.inspections.enums import Effect
from jiayuan.inspections.rules.sheets import ZEROES, Ground, Item, Module, Sheet

GroundKey = tuple[str, str]
"""The key of an item and of a ground in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What an inspector found: how often each ground, and the items of which the place has nothing."""

    counts: Mapping[GroundKey, int] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScore:
    """What an item scored, in hundredths: of ``full``, or for a bonus item what it added."""

    key: str
    full: int
    got: int
    is_absent: bool = False
    is_zeroed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleScore:
    """What a module scored: ``got`` of ``full`` in hundredths; ``full`` is 0 where nothing of it applies."""

    key: str
    weight: int
    full: int
    got: int
    items: tuple[ItemScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetScore:
    """What a sheet scored, in points: 0 to 100 with ``bonus`` on top. ``total`` is None where nothing applies."""

    total: Fraction | None
    base: Fraction | None
    bonus: int
    modules: tuple[ModuleScore, ...]
    is_zeroed: bool = False


def conflicts(sheet: Sheet, marks: Marks) -> tuple[str, ...]:
    """The keys in which marks contradict the sheet: unknown ones, negative counts, an item that cannot be absent, or
    one that is absent and has findings."""
    items = {item.key: item for item in sheet.items}
    grounds = {(item.key, ground.key) for item in sheet.items for ground in item.grounds}
    wrong = [f"{item}{ground}" for (item, ground), n in marks.counts.items() if (item, ground) not in grounds or n < 0]
    found = {item for (item, _), n in marks.counts.items() if n}
    wrong += [key for key in marks.absent if key not in items or not items[key].may_be_absent or key in found]
    return tuple(sorted(wrong))


def score(sheet: Sheet, marks: Marks) -> SheetScore:
    """What a place scored; the marks must not contradict the sheet."""
    if wrong := conflicts(sheet, marks):
        raise ValueError(f"marks contradict the sheet: {', '.join(wrong)}")
    hit = {
        ground.effect
        for item in sheet.items
        for ground in item.grounds
        if ground.effect in ZEROES and marks.counts.get((item.key, ground.key))
    }
    modules = tuple(_module(module, marks) for module in sheet.modules)
    applying = [module for module in modules if module.full]
    if not applying:
        return SheetScore(total=None, base=None, bonus=0, modules=modules)
    is_zeroed = Effect.ZERO_SHEET in hit
    weights = sum(module.weight for module in applying)
    weighed = sum((Fraction(module.weight * module.got, module.full) for module in applying), Fraction(0))
    base = Fraction(0) if is_zeroed else 100 * weighed / weights
    bonus = 0 if is_zeroed else min(sheet.bonus_cap, _bonus(sheet, modules))
    return SheetScore(total=base + Fraction(bonus, 100), base=base, bonus=bonus, modules=modules, is_zeroed=is_zeroed)


def _bonus(sheet: Sheet, modules: tuple[ModuleScore, ...]) -> int:
    extra = {item.key for item in sheet.items if item.is_bonus}
    return sum(item.got for module in modules for item in module.items if item.key in extra)


def _module(module: Module, marks: Marks) -> ModuleScore:
    items = tuple(_item(item, marks) for item in module.items)
    counted = [score for score in items if score.full]
    is_zeroed = any(
        ground.effect is Effect.ZERO_MODULE and marks.counts.get((item.key, ground.key))
        for item in module.items
        for ground in item.grounds
    )
    return ModuleScore(
        key=module.key,
        weight=module.weight,
        full=sum(score.full for score in counted),
        got=0 if is_zeroed else sum(score.got for score in counted),
        items=items,
    )


def _item(item: Item, marks: Marks) -> ItemScore:
    if item.key in marks.absent:
        return ItemScore(key=item.key, full=0, got=0, is_absent=True)
    counted = [(ground, marks.counts.get((item.key, ground.key), 0)) for ground in item.grounds]
    moved = _moved(counted)
    if item.is_bonus:
        return ItemScore(key=item.key, full=0, got=min(moved, item.cap))
    is_zeroed = any(n and ground.effect is Effect.ZERO_ITEM for ground, n in counted)
    got = 0 if is_zeroed else item.full - min(moved, item.most_lost)
    return ItemScore(key=item.key, full=item.full, got=got, is_zeroed=is_zeroed)


def _moved(counted: list[tuple[Ground, int]]) -> int:
    """How many hundredths the grounds of an item move, before any cap; of one choice the heaviest alone."""
    chosen: dict[str, int] = defaultdict(int)
    moved = 0
    for ground, n in counted:
        points = ground.amount * (min(n, ground.most) if ground.most else n)
        if ground.choice:
            chosen[ground.choice] = max(chosen[ground.choice], points)
        else:
            moved += points
    return moved + sum(chosen.values())


def millionths(points: Fraction) -> int:
    """How a score is kept: in millionths of a point, finer than anything that is printed or compared."""
    return round(points * 1_000_000)


def hundredths(points: Fraction) -> int:
    """A score as it is printed, in hundredths; a half goes up."""
    return int((points * 200 + 1) // 2)


def printed(points: Fraction | None) -> str:
    """A score with two decimals, or a dash where there is none."""
    if points is None:
        return "–"
    whole = hundredths(points)
    return f"{whole // 100}.{whole % 100:02d}"
