# SPDX-License-Identifier: Apache-2.0
"""A table → a sheet that can be scored, with everything that is wrong in it at once. Pure.

A line is a ground. Where module, weight, key and item are empty, the ground belongs to the item above. Grounds are
lettered in their order, modules numbered by what stands before the point in the keys of their items.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import pgettext_lazy

from jiayuan.inspections.enums import Effect, Unit
from jiayuan.inspections.rules import Flaw, Ground, Item, Module, Sheet, flaws
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line

COLUMNS = {
    "module": "部分",
    "weight": "权重",
    "key": "编号",
    "item": "项目",
    "full": "满分",
    "cap": "最多扣（加）分",
    "absent": "可以没有",
    "bonus": "加分项",
    "words": "扣（加）分情形",
    "effect": "效果",
    "amount": "每次分值",
    "unit": "计数",
    "most": "最多次数",
    "choice": "只取最重的一组",
    "class": "问题类别",
}
"""The columns of a table in their order, and what they are called in Chinese."""
MOST_LINES = 400
_NAMES = {heading: name for name, heading in COLUMNS.items()} | {name: name for name in COLUMNS}
_NEEDED = {"module", "weight", "key", "item", "full", "words", "effect", "amount"}
_KEY = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_YES = ("1", "是", "yes")
_FLAWS = {
    "weights": pgettext_lazy("inspections", "The weights of the parts must sum to 100."),
    "key_twice": pgettext_lazy("inspections", "The number %(where)s stands twice."),
    "module_without_marks": pgettext_lazy("inspections", "Part %(where)s needs a weight and an item with full marks."),
    "bonus_cap": pgettext_lazy(
        "inspections", "Say how much all bonus items add at most, and only where there are any."
    ),
    "bonus_item": pgettext_lazy("inspections", "Bonus item %(where)s needs the most that it adds, and no full marks."),
    "item_marks": pgettext_lazy("inspections", "Item %(where)s needs full marks, and a cap no higher than they are."),
    "item_without_grounds": pgettext_lazy("inspections", "Item %(where)s names no ground."),
    "ground": pgettext_lazy(
        "inspections",
        "Ground %(where)s: a step of points unless it takes everything, and additions in bonus items only.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What is wrong in a line of a table; line 0 is the whole table."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetInput:
    """A sheet as read from a table, and what must be put right before it is taken over."""

    sheet: Sheet
    wrong: tuple[Wrong, ...]


def points_from(text: str, *, field: str) -> int:
    """Points with at most two decimals, as hundredths; nothing typed is 0."""
    said = text.strip().removesuffix("分")
    if not said:
        return 0
    try:
        found = Decimal(said)
        hundredths = int(found * 100)
        is_exact = Decimal(hundredths) == found * 100 and 0 <= hundredths <= 100_000
    except (InvalidOperation, ValueError, OverflowError):
        is_exact = False
    if not is_exact:
        message = pgettext_lazy("inspections", "“%(said)s” are no points: a number with at most two decimals.")
        raise Refused("points", message, field=field, said=said[:20])
    return hundredths


def sheet_from_table(
    lines: Sequence[tuple[int, Sequence[str]]], *, bonus_cap: int, kind: Callable[[str], str | None]
) -> SheetInput:
    """The sheet in numbered lines of cells; refused where no line names the columns.

    ``kind`` turns a class's name or key into its key, or None.
    """
    place, columns = _headings(lines)
    rows = [(number, cells) for number, cells in lines[place + 1 :] if any(cell.strip() for cell in cells)]
    if len(rows) > MOST_LINES:
        message = pgettext_lazy("inspections", "The table has more than %(most)s lines.")
        raise Refused("too_many_lines", message, field="file", most=MOST_LINES)
    reading = _Reading(kind)
    for number, cells in rows:
        reading.take(number, {name: cells[at].strip() for name, at in columns.items() if at < len(cells)})
    sheet = Sheet(modules=tuple(reading.modules), bonus_cap=bonus_cap)
    wrong = reading.wrong or [Wrong(line=0, message=_said(flaw)) for flaw in flaws(sheet)]
    return SheetInput(sheet=sheet, wrong=tuple(wrong))


def _headings(lines: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, dict[str, int]]:
    for place, (_, cells) in enumerate(lines[:10]):
        columns = {_NAMES[cell.strip()]: at for at, cell in enumerate(cells) if cell.strip() in _NAMES}
        if set(columns) >= _NEEDED:
            return place, columns
    message = pgettext_lazy("inspections", "No line of this table names the columns. Download one and change it.")
    raise Refused("no_headings", message, field="file")


def _said(flaw: Flaw) -> str:
    text = str(_FLAWS[flaw.code])
    return text % {"where": flaw.where} if flaw.where else text


class _Reading:
    """Reads line after line; what is wrong is kept with its line."""

    def __init__(self, kind: Callable[[str], str | None]) -> None:
        self.kind = kind
        self.modules: list[Module] = []
        self.wrong: list[Wrong] = []

    def take(self, number: int, raw: dict[str, str]) -> None:
        try:
            self._take(raw)
        except Refused as refusal:
            self.wrong.append(Wrong(line=number, message=refusal.message))

    def _take(self, raw: dict[str, str]) -> None:
        ground = self._ground(raw)
        if raw.get("key"):
            item = _item(raw)
            module = self._module(raw, item)
        elif self.modules and self.modules[-1].items:
            module, item = self.modules[-1], self.modules[-1].items[-1]
        else:
            message = pgettext_lazy("inspections", "This ground stands below no item.")
            raise Refused("no_item", message, field="key")
        lettered = replace(ground, key=_LETTERS[len(item.grounds) % len(_LETTERS)])
        grown = replace(item, grounds=(*item.grounds, lettered))
        others = module.items if raw.get("key") else module.items[:-1]
        self.modules[-1] = replace(module, items=(*others, grown))

    def _module(self, raw: dict[str, str], item: Item) -> Module:
        """The module of an item: a new one where the line names one, else the one above."""
        if raw.get("module"):
            title = one_line(raw["module"], field="module", longest=60, needed=True)
            weight = points_from(raw.get("weight", ""), field="weight")
            self.modules.append(Module(key=item.key.partition(".")[0], title=title, weight=weight, items=()))
        if not self.modules:
            message = pgettext_lazy("inspections", "This item stands in no part.")
            raise Refused("no_module", message, field="module")
        return self.modules[-1]

    def _ground(self, raw: dict[str, str]) -> Ground:
        said = raw.get("effect", "") or Effect.DEDUCT.value
        effect = next((one for one in Effect if said in (one.value, str(one.label))), None)
        counted = raw.get("unit", "") or Unit.PLACE.value
        unit = next((one for one in Unit if counted in (one.value, str(one.label))), None)
        if effect is None or unit is None:
            message = pgettext_lazy("inspections", "“%(said)s” is not known here.")
            raise Refused("unknown_word", message, said=(said if effect is None else counted)[:20])
        most = raw.get("most", "") or "0"
        if not (most.isascii() and most.isdigit() and len(most) < 4):
            raise Refused("most", pgettext_lazy("inspections", "“%(said)s” is no number."), said=most[:20])
        return Ground(
            key="",
            words=one_line(raw.get("words", ""), field="words", longest=300, needed=True),
            effect=effect,
            amount=points_from(raw.get("amount", ""), field="amount"),
            unit=unit,
            most=int(most),
            choice=one_line(raw.get("choice", ""), field="choice", longest=10),
            class_key=self._class(raw.get("class", "")),
        )

    def _class(self, said: str) -> str:
        found = self.kind(said) if said else ""
        if found is None:
            message = pgettext_lazy("inspections", "No kind of problem is called “%(said)s” in the standards.")
            raise Refused("unknown_class", message, said=said[:60])
        return found


def _item(raw: dict[str, str]) -> Item:
    if not _KEY.fullmatch(raw["key"]):
        message = pgettext_lazy("inspections", "Number the item like 2.3; the figure before the point is its part's.")
        raise Refused("item_key", message, field="key")
    full, cap = (points_from(raw.get(name, ""), field=name) for name in ("full", "cap"))
    return Item(
        key=raw["key"],
        title=one_line(raw.get("item", ""), field="item", longest=200, needed=True),
        full=full,
        cap=cap or full,
        may_be_absent=raw.get("absent", "") in _YES,
        is_bonus=raw.get("bonus", "") in _YES,
    )
