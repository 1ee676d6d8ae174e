# SPDX-License-Identifier: Apache-2.0
"""Files into rows: what a table for import must look like, and what is wrong with the one at hand, line by line.

A file with one wrong line changes nothing, so that a city is never half imported; all wrong lines are told at once.
"""

import csv
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any, Generic, TypeVar

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.errors import Refused
from jiayuan.places import rules
from jiayuan.places.coordinates import BadCoordinates, to_wgs84
from jiayuan.places.enums import (
    KIND_WORDS,
    Change,
    CodeSystem,
    Crs,
    JurisdictionRole,
    Kind,
    Level,
    OrganisationKind,
    UrbanRural,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one line of a file, at which column, and what to do."""

    line: int
    field: str
    message: Any


class RowsRefused(Refused):
    """A file that was not imported; ``errors`` says why, line by line."""

    def __init__(self, errors: Collection[RowError]) -> None:
        message = pgettext_lazy("places", "Nothing was imported: %(count)s lines need correction.")
        super().__init__("rows_wrong", message, field="file", count=len({error.line for error in errors}))
        self.errors = tuple(errors)


@dataclass(slots=True)
class Line:
    """One line under reading: typed values are taken from it, and what is wrong is noted."""

    number: int
    cells: Mapping[str, str]
    errors: list[RowError]

    def text(self, field: str, *, longest: int, needed: bool = False) -> str:
        """The words of a cell; notes what is missing, too long or invisible."""
        text = self.cells.get(field, "").strip()
        if needed and not text:
            self.wrong(field, pgettext_lazy("places", "Fill in this column."))
        if len(text) > longest:
            self.wrong(field, pgettext_lazy("places", "This is too long for the column. Shorten it."))
        if not text.isprintable():
            self.wrong(field, pgettext_lazy("places", "There are invisible characters in this cell. Type it again."))
        return text

    def code(self, field: str, *, needed: bool = True) -> str:
        """A division code in its stored form, or empty."""
        text = self.text(field, longest=15, needed=needed)
        try:
            return rules.full_code(text) if text else ""
        except rules.BadCode:
            self.wrong(field, pgettext_lazy("places", "A division code has 2, 4, 6, 9, 12 or 15 digits."))
            return ""

    def day(self, field: str, *, needed: bool = False) -> date | None:
        """A day written 2023-06-30, or None."""
        text = self.text(field, longest=20, needed=needed)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.wrong(field, pgettext_lazy("places", "Write days as 2023-06-30."))
            return None

    def needed_day(self, field: str) -> date:
        """A day that must be there; a missing one is noted as wrong, so its stand-in is never stored."""
        return self.day(field, needed=True) or date.min

    def one_of(self, field: str, words: Mapping[str, str], *, otherwise: str | None = None) -> str:
        """The stored code for one of some words; ``otherwise`` stands for an empty cell."""
        text = self.text(field, longest=40, needed=otherwise is None)
        if text and text not in words:
            self.wrong(field, pgettext_lazy("places", "This word is not known here."))
        return words.get(text, otherwise or "")

    def number_in(self, field: str) -> float:
        """A decimal number."""
        try:
            return float(self.text(field, longest=30, needed=True) or 0)
        except ValueError:
            self.wrong(field, pgettext_lazy("places", "This is not a number."))
            return 0.0

    def wrong(self, field: str, message: Any) -> None:
        """Note what is wrong with a cell."""
        self.errors.append(RowError(self.number, field, message))


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """The columns of a file, which of them it must have, and how a line becomes a row."""

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    read: Callable[[Line], T]


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8 or in the GB 18030 that spreadsheets in China save."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = pgettext_lazy("places", "The characters of this file cannot be read. Save it as UTF-8 and send it again.")
    raise Refused("encoding", message, field="file")


def read_table(data: bytes, table: Table[T]) -> tuple[list[tuple[Line, T]], list[RowError]]:
    """Every line with its row, and everything that is wrong so far; refuses a file whose columns do not fit."""
    reader = csv.DictReader(StringIO(decoded(data), newline=""), restkey="", restval="")
    columns = [column.strip() for column in reader.fieldnames or ()]
    _check_columns(columns, table)
    reader.fieldnames = columns
    errors: list[RowError] = []
    try:
        lines = [Line(reader.line_num, row, errors) for row in reader]
    except csv.Error as broken:
        message = pgettext_lazy("places", "This file is no table of comma-separated values.")
        raise Refused("no_table", message, field="file") from broken
    for line in lines:
        if "" in line.cells:
            line.wrong("", pgettext_lazy("places", "This line has more cells than the table has columns."))
    return [(line, table.read(line)) for line in lines], errors


def _check_columns(columns: list[str], table: Table[T]) -> None:
    missing = [column for column in table.needed if column not in columns]
    strange = [column for column in columns if column not in table.columns]
    if missing:
        message = pgettext_lazy("places", "The table lacks these columns: %(columns)s")
        raise Refused("columns_missing", message, field="file", columns=", ".join(missing))
    if strange or len(set(columns)) < len(columns):
        message = pgettext_lazy("places", "These columns are not known here or stand twice: %(columns)s")
        doubled = [column for column in dict.fromkeys(columns) if columns.count(column) > 1]
        raise Refused("columns_strange", message, field="file", columns=", ".join(strange or doubled))


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionRow:
    """A line of divisions.csv. What the code says need not be filled in."""

    code: str
    name: str
    short_name: str
    kind: str
    urban_rural: str
    system: str
    valid_from: date
    valid_to: date | None
    pinyin: str
    initials: str


def _division(line: Line) -> DivisionRow:
    code = line.code("code")
    name = line.text("name", longest=80, needed=True)
    level = line.one_of("level", {level.value: level.value for level in Level}, otherwise="")
    if level and code and level != rules.level_of(code):
        line.wrong("level", pgettext_lazy("places", "The code belongs to another level."))
    pinyin = " ".join(line.text("pinyin", longest=300).lower().replace("ü", "v").split())
    if not pinyin.replace(" ", "").isascii():
        line.wrong("pinyin", pgettext_lazy("places", "Write pinyin in plain letters without tones."))
    start, end = _span(line)
    return DivisionRow(
        code=code,
        name=name,
        short_name=line.text("short_name", longest=80) or rules.short_name_of(name),
        kind=line.one_of("kind", _KINDS, otherwise=rules.kind_of(code).value if code else ""),
        urban_rural=line.one_of("urban_rural", {item.value: item.value for item in UrbanRural}, otherwise=""),
        system=line.one_of(
            "system", {item.value: item.value for item in CodeSystem}, otherwise=CodeSystem.STATISTICS.value
        ),
        valid_from=start,
        valid_to=end,
        pinyin=pinyin,
        initials=line.text("initials", longest=80).lower() or rules.initials_of(pinyin),
    )


_KINDS = {**{word: kind.value for word, kind in KIND_WORDS.items()}, **{kind.value: kind.value for kind in Kind}}


def _span(line: Line) -> tuple[date, date | None]:
    start, end = line.needed_day("valid_from"), line.day("valid_to")
    if end and end <= start:
        line.wrong("valid_to", pgettext_lazy("places", "The end must lie after the beginning."))
    return start, end


DIVISIONS = Table(
    (
        *("code", "name", "short_name", "level", "kind", "urban_rural", "system"),
        *("valid_from", "valid_to", "pinyin", "initials"),
    ),
    ("code", "name", "valid_from"),
    _division,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A line of links.csv: one division became another on a day."""

    predecessor: str
    successor: str
    change: str
    on: date


def _link(line: Line) -> LinkRow:
    row = LinkRow(
        predecessor=line.code("predecessor"),
        successor=line.code("successor"),
        change=line.one_of("change", {change.value: change.value for change in Change}),
        on=line.needed_day("on"),
    )
    if row.predecessor == row.successor:
        line.wrong("successor", pgettext_lazy("places", "A division cannot become itself."))
    return row


LINKS = Table(("predecessor", "successor", "change", "on"), ("predecessor", "successor", "change", "on"), _link)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """A line of organisations.csv."""

    code: str
    name: str
    short_name: str
    kind: str
    uscc: str
    parent: str
    division: str


def _organisation(line: Line) -> OrganisationRow:
    uscc = line.text("uscc", longest=18).upper()
    if uscc and not rules.is_uscc(uscc):
        message = pgettext_lazy(
            "places", "This unified social credit code has a wrong character. Check it or leave it empty."
        )
        line.wrong("uscc", message)
    name = line.text("name", longest=80, needed=True)
    return OrganisationRow(
        code=line.text("code", longest=32, needed=True),
        name=name,
        short_name=line.text("short_name", longest=40) or name[:40],
        kind=line.one_of("kind", {kind.value: kind.value for kind in OrganisationKind}),
        uscc=uscc,
        parent=line.text("parent", longest=32),
        division=line.code("division", needed=False),
    )


ORGANISATIONS = Table(
    ("code", "name", "short_name", "kind", "uscc", "parent", "division"), ("code", "name", "kind"), _organisation
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JurisdictionRow:
    """A line of jurisdictions.csv."""

    organisation: str
    division: str
    role: str
    valid_from: date
    valid_to: date | None
    document: str


def _jurisdiction(line: Line) -> JurisdictionRow:
    start, end = _span(line)
    return JurisdictionRow(
        organisation=line.text("organisation", longest=32, needed=True),
        division=line.code("division"),
        role=line.one_of("role", {role.value: role.value for role in JurisdictionRole}),
        valid_from=start,
        valid_to=end,
        document=line.text("document", longest=200),
    )


JURISDICTIONS = Table(
    ("organisation", "division", "role", "valid_from", "valid_to", "document"),
    ("organisation", "division", "role", "valid_from"),
    _jurisdiction,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """A line of points.csv, already in WGS-84."""

    code: str
    lon: float
    lat: float
    source: str


def _point(line: Line) -> PointRow:
    system = line.one_of("crs", {crs.value: crs.value for crs in Crs}, otherwise=Crs.WGS84.value)
    lon, lat = line.number_in("lon"), line.number_in("lat")
    try:
        lon, lat = to_wgs84(lon, lat, crs=Crs(system or Crs.WGS84))
    except BadCoordinates:
        line.wrong("lon", pgettext_lazy("places", "This is no place in China. Longitude comes first."))
    return PointRow(code=line.code("code"), lon=lon, lat=lat, source=line.text("source", longest=200))


POINTS = Table(("code", "lon", "lat", "crs", "source"), ("code", "lon", "lat"), _point)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """A line of honeycomb.csv."""

    code: str
    q: int
    r: int


def _cell(line: Line) -> CellRow:
    return CellRow(code=line.code("code"), q=round(line.number_in("q")), r=round(line.number_in("r")))


CELLS = Table(("code", "q", "r"), ("code", "q", "r"), _cell)
