# SPDX-License-Identifier: Apache-2.0
"""A list as a table in a spreadsheet and back: names for people, the room's typed entries behind them."""

import json
from collections.abc import Iterable, Mapping
from io import BytesIO

from django.conf import settings
from xlsxwriter import Workbook

from jiayuan.cases.intake.ledger import read_file
from jiayuan.duties.intake import HEADINGS, MOST_ENTRIES, PART_WORDS, WHOEVER_GOVERNS, Finders
from jiayuan.duties.queries import Entry
from jiayuan.kernel.tables import harmless
from jiayuan.places import queries as places
from jiayuan.web.duties import wording

DEMO_MARK = "演示数据·非公文"
_WIDTHS = (8, 14, 44, 28, 8, 18, 26, 36, 36, 24)
Lines = list[tuple[int, list[str]]]


def book(entries: Iterable[Entry]) -> bytes:
    """The bytes of a book with these entries below the headings; the template where there are none."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as made:
        page = made.add_worksheet("Sheet1")
        words = wording.class_words()
        bold, wrapped = (
            made.add_format({"bold": True}),
            made.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        )
        as_text = made.add_format({"num_format": "@"})
        first = 1 if settings.DEMO else 0
        if first:
            page.write_string(0, 0, DEMO_MARK)
        for place, heading in enumerate(HEADINGS.values()):
            page.write_string(first, place, heading, bold)
            # As text: a spreadsheet would make the number 2.1 of entry 2.10.
            page.set_column(place, place, _WIDTHS[place], as_text)
        part = list(HEADINGS).index("part")
        choices = {"validate": "list", "source": list(PART_WORDS)}
        page.data_validation(first + 1, part, first + MOST_ENTRIES, part, choices)
        for number, entry in enumerate(entries, start=first + 1):
            for place, text in enumerate(cells_of(entry, words)):
                page.write_string(number, place, harmless(text), wrapped)
        page.freeze_panes(first + 1, 1)
    return out.getvalue()


def cells_of(entry: Entry, class_words: Mapping[str, str]) -> list[str]:
    """An entry as the cells of its row."""
    words = {part.value: word for word, part in PART_WORDS.items()}
    said = {
        "key": entry.key,
        "group": entry.group,
        "task": entry.task,
        "classes": "；".join(class_words.get(key, key) for key in entry.classes),
        "part": words[entry.part],
        "lead": wording.organisation_name(entry.lead) if entry.lead else WHOEVER_GOVERNS,
        "cooperating": "；".join(wording.organisation_name(code) for code in entry.cooperating),
        "department_does": entry.department_does,
        "town_does": entry.town_does,
        "clause": entry.clause,
    }
    return [said[name] for name in HEADINGS]


def lines_of(data: bytes, *, file_name: str) -> Lines:
    """The lines of the first sheet of a file that hold anything, as texts with their numbers."""
    sheet = read_file(data, file_name=file_name)[0]
    return [(line.number, [_unquoted(cell.text) for cell in line.cells]) for line in sheet.lines]


def _unquoted(text: str) -> str:
    # The download put an apostrophe before what a spreadsheet would take for a formula.
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text


def packed(lines: Lines) -> str:
    """The lines as they wait in the page between the trial and the import."""
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Lines | None:
    """The lines that waited in the page; None when somebody changed them into something else."""
    try:
        lines = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(lines, list) or not all(_is_line(line) for line in lines):
        return None
    return [(line[0], line[1]) for line in lines]


def _is_line(line: object) -> bool:
    return (
        isinstance(line, list)
        and [type(item) for item in line] == [int, list]
        and all(isinstance(cell, str) for cell in line[1])
    )


def finders() -> Finders:
    """Names on screens, or codes, as codes."""
    kinds = {word: key for key, word in wording.class_words().items()}
    units = {name: unit.code for unit in places.organisations() for name in (unit.name, unit.short_name, unit.code)}
    keys = set(kinds.values())
    return Finders(
        kind=lambda word: word if word in keys else kinds.get(word), unit=units.get, class_name=wording.class_name
    )
