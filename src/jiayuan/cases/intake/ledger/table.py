# SPDX-License-Identifier: Apache-2.0
"""A .csv file as one sheet of plain cells, in the encodings in which Excel, WPS and other systems write them."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from django.utils.translation import pgettext_lazy

from jiayuan.cases.intake.ledger.book import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_LINES,
    Cell,
    Kind,
    Line,
    Sheet,
    broken,
    cell_of,
    check_size,
    empty,
    read_book,
    refused,
    too_broad,
    too_long,
    too_much,
)
from jiayuan.kernel.errors import Refused

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENCODINGS = ("utf-8", "gb18030")
"""In this order: hardly any text of more than a few characters in GB18030 happens to be good UTF-8."""
_SEPARATORS = ",\t;"
_LOOKED_AT = 20
_PACKED = (b"PK", b"\xd0\xcf\x11\xe0")


def read_file(data: bytes, *, file_name: str) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx file, or the one of a .csv file; or a refusal that says what to do instead."""
    stem, _, ending = file_name.rpartition(".")
    # A workbook that only calls itself .csv is still a workbook.
    if ending.lower() != "csv" or data.startswith(_PACKED):
        return read_book(data, file_name=file_name)
    check_size(data)
    return (_sheet(_decoded(data), name=stem),)


def _decoded(data: bytes) -> str:
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return text
    raise _not_text()


def _not_text() -> Refused:
    return refused(
        "not_text",
        pgettext_lazy(
            "cases", "The characters of this file cannot be read. Save it as .xlsx, or as .csv in UTF-8 or GB18030."
        ),
    )


def _sheet(text: str, *, name: str) -> Sheet:
    if len(text) > MOST_CHARACTERS:
        raise too_much()
    try:
        lines = dict(_lines(csv.reader(StringIO(text, newline=""), delimiter=_separator(text)), name))
    except csv.Error as wrong:
        raise broken() from wrong
    if not lines:
        raise empty()
    # Every line is as broad as the broadest, as in a workbook: a head of two lines is read column by column.
    width = max(map(len, lines.values()))
    return Sheet(
        name=name,
        lines=tuple(
            Line(number=number, cells=(*cells, *[Cell()] * (width - len(cells)))) for number, cells in lines.items()
        ),
    )


def _separator(text: str) -> str:
    """What stands between the cells: the sign that the first lines have most of."""
    first = "".join(text.splitlines(keepends=True)[:_LOOKED_AT])
    return max(_SEPARATORS, key=first.count)


def _lines(rows: Iterator[Sequence[str]], name: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The lines that hold anything, by their number as a sheet would show it."""
    count = 0
    for number, row in enumerate(rows, start=1):
        cells = _cells(row)
        if not cells:
            continue
        count += 1
        if count > MOST_LINES:
            raise too_long(name)
        if len(cells) > MOST_COLUMNS:
            raise too_broad(name)
        yield number, cells


def _cells(row: Sequence[str]) -> tuple[Cell, ...]:
    """The cells of a line up to the last one that holds anything."""
    cells = [cell_of(value) for value in row]
    while cells and cells[-1].kind is Kind.EMPTY:
        cells.pop()
    return tuple(cells)
