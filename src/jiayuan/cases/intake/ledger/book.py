# SPDX-License-Identifier: Apache-2.0
"""An .xlsx file as sheets of plain cells: merged cells hold for all their lines, formulas by the value that was stored.

Nothing in a file is ever calculated, and no file is unpacked before it is known to be small enough. Of the library only
its reader of rows is used: asked for a whole workbook it makes a cell for each place under a merged cell, a link or a
remark that spans a range, and five kilobytes name a whole sheet.
"""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import pgettext_lazy
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import COL_TAG, FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from jiayuan.kernel.errors import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 48 * 1024 * 1024
"""Twenty thousand lines of fifteen columns unpack to about 25 MB; a file that unpacks to more is no ledger."""
MOST_TAGS = 3_000_000
"""Whatever is read becomes an object, also what holds nothing; so many fill the bytes above."""
MOST_MERGED = 200_000
"""Cells under merged ones."""
MOST_CHARACTERS = 20_000_000
"""A sheet says a text once and may point to it a million times. Of all sheets together, as the next two."""
MOST_LINES_OF_BOOK = 60_000
MOST_SHEETS = 200
MOST_LINES = 20_000
"""Of one sheet, as the rest."""
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED_TAG = f"{{{SHEET_MAIN_NS}}}mergeCell"
_YES = ("1", "true", "on")


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
    _check_inside(data)
    found = tuple(sheet for sheet in _loaded(data) if sheet.lines)
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


def _check_inside(data: bytes) -> None:
    """Refuse what would unpack too far or names entities of its own, whatever its parts call themselves."""
    tags = 0
    try:
        with ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            # The sizes that the file states are checked against what really comes out, which zipfile enforces.
            if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > 2_000:
                raise too_much()
            for part in parts:
                text = packed.read(part)
                # What is looked for is looked for in plain bytes; every program writes these parts in UTF-8.
                is_wide = part.filename.endswith((".xml", ".rels")) and b"\x00" in text[:64]
                if is_wide or _ENTITY.search(text):
                    raise broken()
                tags += text.count(b"<")
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, zlib.error) as wrong:
        raise broken() from wrong
    if tags > MOST_TAGS:
        raise too_much()


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


@dataclass(slots=True)
class _Read:
    """How much of a book has been read: all its sheets together are one file."""

    sheets: int = 0
    lines: int = 0
    characters: int = 0
    merged: int = 0

    def count(self, *, sheets: int = 0, lines: int = 0, characters: int = 0, merged: int = 0) -> None:
        """Add what was read, or refuse the book."""
        self.sheets, self.lines = self.sheets + sheets, self.lines + lines
        self.characters, self.merged = self.characters + characters, self.merged + merged
        if (
            self.sheets > MOST_SHEETS
            or self.lines > MOST_LINES_OF_BOOK
            or self.characters > MOST_CHARACTERS
            or self.merged > MOST_MERGED
        ):
            raise too_much()


class _Rows(WorkSheetParser):  # type: ignore[misc]
    """The rows of a sheet as they stand in the file, with its hidden columns and merged ranges, and nothing else."""

    def __init__(self, source: Any, book: Any) -> None:
        formats = (book.wb.epoch, book.wb._date_formats, book.wb._timedelta_formats)
        super().__init__(source, book.shared_strings, True, *formats)
        self.merged: list[tuple[int, int, int, int]] = []
        self.broadest = 0

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Each cell that holds anything, by its line and column as the sheet counts them."""
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield from self._cells_of(element)
            elif element.tag == COL_TAG:
                self.parse_column_dimensions(element)
            elif element.tag == _MERGED_TAG:
                left, top, right, bottom = range_boundaries(element.get("ref"))
                self.merged.append((left or 1, top or 1, right or MOST_COLUMNS, bottom or MOST_LINES))
            else:
                continue
            element.clear()

    def _cells_of(self, row: Any) -> Iterator[tuple[int, int, Cell]]:
        inside = list(row)
        row[:] = []
        self.parse_row(row)
        for element in inside:
            read = self.parse_cell(element)
            self.broadest = max(self.broadest, read["column"])
            cell = cell_of(read["value"])
            if cell.kind is Kind.EMPTY and element.find(FORMULA_TAG) is not None:
                # A formula whose result was never stored must not look like an empty cell.
                cell = Cell(Kind.UNCALCULATED)
            if cell.kind is not Kind.EMPTY:
                yield read["row"], read["column"], cell


def _loaded(data: bytes) -> list[Sheet]:
    """The sheets of a book, read row by row."""
    read = _Read()
    try:
        book = ExcelReader(BytesIO(data), data_only=True, keep_links=False)
        book.read_manifest()
        book.read_strings()
        book.read_workbook()
        apply_stylesheet(book.archive, book.wb)
        return [_sheet(book, part, sheet, read) for sheet, part in _parts(book)]
    except Refused:
        raise
    except Exception as wrong:
        raise broken() from wrong


def _parts(book: Any) -> Iterator[tuple[Any, str]]:
    """The sheets of cells that a book names, with the part that holds each."""
    for sheet, relation in book.parser.find_sheets():
        if relation.target in book.valid_files and "chartsheet" not in relation.Type:
            yield sheet, relation.target


def _sheet(book: Any, part: str, sheet: Any, read: _Read) -> Sheet:
    read.count(sheets=1)
    with book.archive.open(part) as source:
        rows = _Rows(source, book)
        grid = _grid(rows, sheet.name, read)
    width = min(max([rows.broadest, *(right for _, _, right, _ in rows.merged)]), MOST_COLUMNS)
    cells = {number: [line.get(column, Cell()) for column in range(1, width + 1)] for number, line in grid.items()}
    _spread(cells, rows.merged, width, read)
    hidden = {int(number) for number, row in rows.row_dimensions.items() if row.get("hidden") in _YES}
    return Sheet(
        name=sheet.name,
        lines=tuple(
            Line(number=number, cells=tuple(line), is_hidden=number in hidden) for number, line in sorted(cells.items())
        ),
        hidden_columns=frozenset(_hidden_columns(rows)),
        is_hidden=sheet.state != "visible",
    )


def _grid(rows: _Rows, name: str, read: _Read) -> dict[int, dict[int, Cell]]:
    """The cells that hold anything by line and column: a border drawn to the end of a sheet makes it look endless."""
    grid: dict[int, dict[int, Cell]] = {}
    for number, column, cell in rows.cells():
        if column > MOST_COLUMNS:
            raise too_broad(name)
        if number not in grid:
            if len(grid) == MOST_LINES:
                raise too_long(name)
            read.count(lines=1)
            grid[number] = {}
        grid[number][column] = cell
        read.count(characters=len(cell.text))
    return grid


def _hidden_columns(rows: _Rows) -> Iterator[int]:
    for dimension in rows.column_dimensions.values():
        if dimension.get("hidden") in _YES:
            yield from range(int(dimension["min"]) - 1, min(int(dimension["max"]), MOST_COLUMNS))


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


def _spread(grid: dict[int, list[Cell]], merged: Sequence[tuple[int, int, int, int]], width: int, read: _Read) -> None:
    """Let a merged cell hold for every cell under it."""
    for left, top, right, bottom in merged:
        read.count(merged=max(right - left + 1, 0) * max(bottom - top + 1, 0))
        if top not in grid or left > width or grid[top][left - 1].kind is Kind.EMPTY:
            continue
        repeated = replace(grid[top][left - 1], spread=True)
        for number in range(top, bottom + 1):
            for column in range(left - 1, min(right, width)):
                if (number, column) != (top, left - 1) and number in grid:
                    read.count(characters=len(repeated.text))
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
