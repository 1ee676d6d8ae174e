# SPDX-License-Identifier: Apache-2.0
"""A table of routing rules ↔ typed rows: codes or the names that stand on screens, Chinese or English headings."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import Hours, Source, Target
from jiayuan.cases.intake.routing import RuleInput, rule_from
from jiayuan.kernel.errors import Problems, Refused
from jiayuan.standards.intake import decoded, table

HEADINGS = {
    "number": "编号",
    "kinds": "类别",
    "places": "地点",
    "weekdays": "星期",
    "hours": "时段",
    "starts": "起",
    "ends": "止",
    "sources": "来源",
    "setting": "城乡",
    "unit": "单位",
    "priority": "优先级",
    "valid_from": "启用日",
    "valid_until": "截止日",
    "at_once": "自动派遣",
    "basis": "依据",
    "is_off": "停用",
}
MOST_LINES = 600
YES = ("是", "yes", "1", "true", "y")
_NAMES = {heading: name for name, heading in HEADINGS.items()}
_BETWEEN = re.compile(r"[\s;；、,，]+")
_SPACE = UUID("6a3f1f0e-6d0a-4a57-9a55-0d2d0a6f4b11")
_SETTINGS = {"乡村": "rural", "农村": "rural", "城区": "urban"}
_HOURS = {"工作时间": Hours.WORKING, "工作时间内": Hours.WORKING, "工作时间以外": Hours.OFF, "非工作时间": Hours.OFF}
Finder = Callable[[str], str]
"""Turns a word of a cell into a code; what it does not know it gives back as it is, to be refused as unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finders:
    """How the names in a table become codes; given by the door, which knows what its screens call things."""

    kind: Finder
    place: Finder
    unit: Finder
    source: Finder


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A line of the table: the rule's number if it has one, what it says (None: switched off), what is wrong."""

    line: int
    number: int | None
    given: RuleInput | None
    client_id: UUID
    refusals: tuple[Refused, ...] = ()


def rules_from_table(data: bytes, *, finders: Finders, today: date) -> list[TableRow]:
    """Every line as a typed row with what is wrong in it; a file that is no such table is refused as a whole."""
    text = decoded(data)
    first, _, rest = text.partition("\n")
    cells = [_NAMES.get(cell.strip().strip('"'), cell.strip().strip('"')) for cell in first.split(",")]
    lines = table(f"{','.join(cells)}\n{rest}".encode(), columns=("unit", "valid_from"))
    if len(lines) > MOST_LINES:
        message = pgettext_lazy("cases", "The table has more than %(most)s lines.")
        raise Refused("too_many_lines", message, field="file", most=MOST_LINES)
    return [
        _row(line.line, line.values, uuid5(_SPACE, f"{line.line}\n{text}"), finders, today)
        for line in lines
        if any(line.values.values())
    ]


def _row(line: int, values: Mapping[str, str], client_id: UUID, finders: Finders, today: date) -> TableRow:
    number = values.get("number", "")
    wrong: list[Refused] = []
    if number and not (number.isdecimal() and len(number) < 10):
        wrong.append(
            Refused("unknown_rule", pgettext_lazy("cases", "There is no rule with this number."), field="number")
        )
    if values.get("is_off", "").lower() in YES:
        return TableRow(line=line, number=_number(number), given=None, client_id=client_id, refusals=tuple(wrong))
    try:
        given = rule_from(_raw(values, finders), today=today)
    except Problems as problems:
        given = None
        wrong += problems.refusals
    return TableRow(line=line, number=_number(number), given=given, client_id=client_id, refusals=tuple(wrong))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _raw(values: Mapping[str, str], finders: Finders) -> Mapping[str, Sequence[str]]:
    """The cells as the form would have sent them."""

    def cell(name: str) -> str:
        # A spreadsheet must not read a cell as a formula, so the export put an apostrophe before some.
        return values.get(name, "").removeprefix("'")

    def codes(name: str, finder: Finder) -> list[str]:
        return [finder(word) for word in _BETWEEN.split(cell(name)) if word]

    unit = finders.unit(cell("unit")) if cell("unit") else ""
    return {
        "kinds": codes("kinds", finders.kind),
        "places": codes("places", finders.place),
        "sources": codes("sources", finders.source),
        "setting": [_SETTINGS.get(cell("setting"), cell("setting"))],
        "weekdays": [re.sub(r"[\s;；、,，]", "", cell("weekdays"))],
        "hours": [_hours(cell)],
        "starts": [cell("starts")],
        "ends": [cell("ends")],
        "target": [Target.UNIT if unit else Target.GOVERNING],
        "unit": [unit],
        "priority": [cell("priority")],
        "valid_from": [cell("valid_from")],
        "valid_until": [cell("valid_until")],
        "at_once": ["1"] if cell("at_once").lower() in YES else [],
        "basis": [cell("basis")],
    }


def _hours(cell: Callable[[str], str]) -> str:
    said = cell("hours")
    if not said and cell("starts"):
        return Hours.SPAN
    return _HOURS.get(said, said)


def source_named(word: str) -> str:
    """The code of a source by its code or by what it is called in the reader's language."""
    return next((source.value for source in Source if word in (source.value, str(source.label))), word)
