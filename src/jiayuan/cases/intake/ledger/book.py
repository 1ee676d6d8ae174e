# SPDX-License-Identifier: Apache-2.0
"""An .xlsx file as sheets of plain cells: merged cells hold for all their lines, formulas by the value that was stored.

Nothing in a file is ever calculated, and no file is unpacked before it is known to be small enough.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import pgettext_lazy
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jiayuan.kernel.errors import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 48 * 1024 * 1024
"""Twenty thousand lines of fifteen columns unpack to about 25 MB; a file that unpacks to more is no ledger."""
MOST_MERGED = 200_000
"""Cells under merged ones. The reader makes an object of each, so a title merged over all columns and lines would
never end."""
MOST_CHARACTERS = 20_000_000
"""A sheet says a text once and may point to it a million times."""
MOST_LINES = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_FORMULA = re.compile(rb"<f[ />]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref\s*=\s*["\']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})')
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class Kind(StrEnum):
    """What a cell holds. A stored code: grids are kept between upload and import."""

    EMPTY = "e"
    TEXT = "t"
    NUMBER = "n"
    DAY = "d"
    FAULT = "f"
    UNCALCULATED = "u"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it holds as text, and whether it only repeats a merged one. Days are ISO dates."""

    kind: Kind = Kind.EMPTY
    text: str = ""
    spread: bool = False

    @property
    def is_own(self) -> bool:
        """Whether something was typed into this very cell."""
        return self.kind is not Kind.EMPTY and not self.spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a sheet by its number as the sheet shows it."""

    number: int
    cells: tuple[Cell, ...]
    is_hidden: bool = False

    @property
    def own(self) -> tuple[Cell, ...]:
        """The cells into which something was typed."""
        return tuple(cell for cell in self.cells if cell.is_own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet with its lines; hidden ones are read too, and said to be hidden."""

    name: str
    lines: tuple[Line, ...]
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False

    @property
    def width(self) -> int:
        """How many columns the broadest line has."""
        return max((len(line.cells) for line in self.lines), default=0)


def letter(column: int) -> str:
    """The name of a column counted from 0: A, B, … AA."""
    return str(get_column_letter(column + 1))


def read_book(data: bytes, *, file_name: str) -> tuple[Sheet, ...]:
    """The sheets of a file that hold anything, or a refusal that says what to do instead."""
    _check_kind(data, file_name)
    has_formulas = _check_inside(data)
    stored = _loaded(data, values=True)
    typed = _loaded(data, values=False) if has_formulas else None
    sheets = [_sheet(sheet, typed[sheet.title] if typed else None) for sheet in stored.worksheets]
    found = tuple(sheet for sheet in sheets if sheet.lines)
    if not found:
        raise empty()
    return found


def empty() -> Refused:
    """The refusal of a file in which nothing stands."""
    return refused("empty_book", pgettext_lazy("cases", "There is nothing in this file."))


def refused(code: str, message: Any, **facts: Any) -> Refused:
    """A refusal beside the file."""
    return Refused(code, message, field="file", **facts)


def check_size(data: bytes) -> None:
    """Refuse a file that is larger than a ledger without pictures can be."""
    if len(data) > MOST_BYTES:
        raise refused(
            "too_large",
            pgettext_lazy("cases", "The file is larger than %(most)s MB. Take the pictures out, or split it by town."),
            most=MOST_BYTES // 1024 // 1024,
        )


def _check_kind(data: bytes, file_name: str) -> None:
    check_size(data)
    ending = file_name.rpartition(".")[2].lower()
    if data.startswith(_OLD_EXCEL) or ending in ("xls", "et"):
        raise refused(
            "old_excel",
            pgettext_lazy(
                "cases", "This is the old format, or it has a password. Open it in WPS or Excel and save it as .xlsx."
            ),
        )
    if not data.startswith(b"PK"):
        raise refused(
            "not_xlsx",
            pgettext_lazy(
                "cases", "Only .xlsx and .csv files can be read. Open this one in WPS or Excel and save it as .xlsx."
            ),
        )


def _check_inside(data: bytes) -> bool:
    """Refuse what would unpack too far or names entities of its own; whether there are formulas."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            # The sizes that the file states are checked against what really comes out, which zipfile enforces.
            if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > 2_000:
                raise too_much()
            texts = [packed.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))]
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, zlib.error) as wrong:
        raise broken() from wrong
    # What is looked for below is looked for in plain bytes; every program writes these parts in UTF-8.
    if any(_ENTITY.search(text) or b"\x00" in text[:64] for text in texts):
        raise broken()
    if sum(_area(found) for text in texts for found in _MERGED.finditer(text)) > MOST_MERGED:
        raise too_much()
    return any(_FORMULA.search(text) for text in texts)


def _area(found: re.Match[bytes]) -> int:
    """How many cells a merged one covers."""
    left, top, right, bottom = (part.decode() for part in found.groups())
    columns = int(column_index_from_string(right)) - int(column_index_from_string(left)) + 1
    return max(columns * (int(bottom) - int(top) + 1), 0)


def too_much() -> Refused:
    """The refusal of a file that holds more than people write."""
    return refused("unpacks_too_far", pgettext_lazy("cases", "This file unpacks to more than a ledger can."))


def broken() -> Refused:
    """The refusal of a file that is not whole."""
    return refused(
        "broken_book",
        pgettext_lazy(
            "cases", "This file cannot be opened. Open it in WPS or Excel, save it again and choose the new one."
        ),
    )


def too_long(name: str) -> Refused:
    """The refusal of a sheet with more lines than are tried out at once."""
    return refused(
        "too_long",
        pgettext_lazy("cases", "The sheet “%(sheet)s” has more than %(most)s lines. Split it by town."),
        sheet=name,
        most=MOST_LINES,
    )


def too_broad(name: str) -> Refused:
    """The refusal of a sheet with more columns than anybody fills."""
    return refused(
        "too_broad",
        pgettext_lazy("cases", "The sheet “%(sheet)s” has more than %(most)s columns."),
        sheet=name,
        most=MOST_COLUMNS,
    )


def _loaded(data: bytes, *, values: bool) -> Any:
    try:
        return load_workbook(BytesIO(data), data_only=values)
    except Exception as wrong:
        raise broken() from wrong


def _sheet(sheet: Worksheet, typed: Worksheet | None) -> Sheet:
    if sheet.max_column > MOST_COLUMNS and _last_column(sheet) > MOST_COLUMNS:
        raise too_broad(sheet.title)
    hidden = frozenset(_hidden_columns(sheet))
    return Sheet(
        name=sheet.title,
        lines=tuple(_lines(sheet, typed)),
        hidden_columns=hidden,
        is_hidden=sheet.sheet_state != "visible",
    )


def _last_column(sheet: Worksheet) -> int:
    """The last column that holds anything: a border drawn to the end of the sheet makes it look endless."""
    return max((column for (_, column), cell in _filled(sheet)), default=0)


def _filled(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], Any]]:
    """The cells that hold anything, in the order of lines. Asked for rows, the library would make a cell for every
    place up to the last one, sixty million of them after one stray letter at the end of a sheet."""
    cells: Mapping[tuple[int, int], Any] = sheet._cells
    return ((place, cell) for place, cell in sorted(cells.items()) if cell.value is not None)


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            yield from range(dimension.min - 1, min(dimension.max, MOST_COLUMNS))


def _lines(sheet: Worksheet, typed: Worksheet | None) -> Iterator[Line]:
    width = min(sheet.max_column, MOST_COLUMNS)
    grid: dict[int, list[Cell]] = {}
    said = 0
    for (number, column), cell in _filled(sheet):
        line = grid.setdefault(number, [Cell()] * width)
        line[column - 1] = cell_of(cell.value)
        said += len(line[column - 1].text)
        if said > MOST_CHARACTERS:
            raise too_much()
    if typed is not None:
        _mark_uncalculated(grid, typed, width)
    _spread(grid, sheet, width)
    count = 0
    for number, cells in sorted(grid.items()):
        if all(cell.kind is Kind.EMPTY for cell in cells):
            continue
        count += 1
        if count > MOST_LINES:
            raise too_long(sheet.title)
        yield Line(number=number, cells=tuple(cells), is_hidden=bool(sheet.row_dimensions[number].hidden))


def cell_of(value: Any) -> Cell:
    """What a value of a file is, as a cell."""
    match value:
        case None:
            return Cell()
        case bool():
            return Cell(Kind.TEXT, "是" if value else "否")
        case int() | float():
            return Cell(Kind.NUMBER, _plain_number(value))
        case datetime() | date():
            return Cell(Kind.DAY, value.isoformat()[:10])
        case time() | timedelta():
            return Cell(Kind.TEXT, str(value))
    text = str(value).replace("_x000D_", "").replace("\u200b", "").replace("\ufeff", "").strip()
    if text.startswith("#") and text.rstrip("!?") in ("#REF", "#N/A", "#VALUE", "#NAME", "#DIV/0", "#NULL", "#NUM"):
        return Cell(Kind.FAULT, text)
    return Cell(Kind.TEXT, text[:LONGEST_CELL]) if text else Cell()


def _plain_number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)


def _mark_uncalculated(grid: dict[int, list[Cell]], typed: Worksheet, width: int) -> None:
    """Formulas whose result was never stored must not look like empty cells."""
    for (number, column), cell in _filled(typed):
        line = grid.setdefault(number, [Cell()] * width)
        if cell.data_type == "f" and line[column - 1].kind is Kind.EMPTY:
            line[column - 1] = Cell(Kind.UNCALCULATED)


def _spread(grid: dict[int, list[Cell]], sheet: Worksheet, width: int) -> None:
    """Let a merged cell hold for every cell under it."""
    for area in sheet.merged_cells.ranges:
        first = grid.get(area.min_row)
        if first is None or area.min_col > width or first[area.min_col - 1].kind is Kind.EMPTY:
            continue
        repeated = replace(first[area.min_col - 1], spread=True)
        for number in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col - 1, min(area.max_col, width)):
                if (number, column) != (area.min_row, area.min_col - 1) and number in grid:
                    grid[number][column] = repeated


def packed(sheets: Sequence[Sheet]) -> bytes:
    """Sheets as the few bytes in which they wait for their import."""
    plain = [
        {
            "name": sheet.name,
            "hidden": sheet.is_hidden,
            "columns": sorted(sheet.hidden_columns),
            "lines": [
                [
                    line.number,
                    int(line.is_hidden),
                    [[cell.kind.value, cell.text, int(cell.spread)] for cell in line.cells],
                ]
                for line in sheet.lines
            ],
        }
        for sheet in sheets
    ]
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpacked(data: bytes) -> tuple[Sheet, ...]:
    """The sheets that ``packed`` packed."""
    return tuple(
        Sheet(
            name=sheet["name"],
            is_hidden=sheet["hidden"],
            hidden_columns=frozenset(sheet["columns"]),
            lines=tuple(
                Line(
                    number=number,
                    is_hidden=bool(hidden),
                    cells=tuple(Cell(Kind(kind), text, bool(spread)) for kind, text, spread in cells),
                )
                for number, hidden, cells in sheet["lines"]
            ),
        )
        for sheet in json.loads(zlib.decompress(data))
    )
