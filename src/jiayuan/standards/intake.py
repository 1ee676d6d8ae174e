# SPDX-License-Identifier: Apache-2.0
"""Words → typed input: CSV files from officers' desks, and the yearly notice written as one."""

import unicodedata
from collections.abc import Mapping
from csv import DictReader
from csv import Error as CsvError
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.errors import Refused
from jiayuan.standards.rules import notice
from jiayuan.standards.rules.notice import Span

_HEADINGS = {"开始日期": "from", "结束日期": "to", "安排": "day", "节日": "reason", "说明": "reason"}
_DAYS = {"放假": False, "休": False, "off": False, "上班": True, "班": True, "work": True}
_NOTICE_COLUMNS = ("from", "to", "day", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """What is wrong in a line of a file; ``column`` is empty when it concerns the whole line or file."""

    line: int
    column: str
    message: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table with its number in the file."""

    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearNotice:
    """The notice as read: its year, its spans, or what must be put right first."""

    year: int
    spans: tuple[Span, ...]
    errors: tuple[RowError, ...]


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or in GB 18030 as Chinese spreadsheets save it; anything else is refused."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(
        "encoding",
        pgettext_lazy("standards", "This file cannot be read as text. Save the table as CSV in UTF-8 and try again."),
        field="file",
    )


def table(data: bytes, *, columns: tuple[str, ...]) -> list[Row]:
    """The lines of a CSV file that has at least these columns; headings may be the Chinese ones."""
    try:
        reader = DictReader(StringIO(decoded(data), newline=""), restval="")
        reader.fieldnames = [_HEADINGS.get(name.strip(), name.strip()) for name in reader.fieldnames or ()]
        missing = [name for name in columns if name not in reader.fieldnames]
        found = [] if missing else [Row(line=reader.line_num, values=_stripped(values)) for values in reader]
    except CsvError as fault:
        message = pgettext_lazy(
            "standards", "This file is not a CSV table. Save the table as CSV in UTF-8 and try again."
        )
        raise Refused("not_csv", message, field="file") from fault
    if missing:
        raise Refused(
            "missing_columns",
            pgettext_lazy(
                "standards", "The first line of the file must name the columns %(columns)s; missing: %(missing)s."
            ),
            field="file",
            columns=", ".join(columns),
            missing=", ".join(missing),
        )
    return [row for row in found if any(row.values.values())]


def _stripped(values: Mapping[str | None, str]) -> dict[str, str]:
    # DictReader files surplus cells under None.
    return {name: text.strip() for name, text in values.items() if name is not None}


def _plain(text: str) -> str:
    """Full-width digits and letters made plain, as they come from Chinese keyboards."""
    return unicodedata.normalize("NFKC", text).casefold()


def year_notice(data: bytes) -> YearNotice:
    """The yearly notice from a CSV of spans: from, to (empty for one day), day (放假 or 上班), reason."""
    errors: list[RowError] = []
    read = [(row, _span(row, errors)) for row in table(data, columns=_NOTICE_COLUMNS)]
    spans = [(row.line, span) for row, span in read if span is not None]
    year = notice.year_of([span for _, span in spans]) if spans else 0
    for line, span in spans:
        _check_year(line, span, year=year, errors=errors)
    _check_overlaps(spans, errors)
    if not errors:
        _check_whole([span for _, span in spans], errors)
    return YearNotice(year=year, spans=tuple(span for _, span in spans), errors=tuple(errors))


def _span(row: Row, errors: list[RowError]) -> Span | None:
    first = _date(row, "from", errors)
    latest = _date(row, "to", errors) if row["to"] else first
    is_working = _DAYS.get(_plain(row["day"]))
    if is_working is None:
        message = pgettext_lazy("standards", "Write 放假 (off) or 上班 (work) here.")
        errors.append(RowError(line=row.line, column="day", message=message))
    if first is None or latest is None or is_working is None:
        return None
    if not 0 <= (latest - first).days < notice.LONGEST_SPAN:
        message = pgettext_lazy(
            "standards", "The last day must not lie before the first, and no holiday is longer than 12 days."
        )
        errors.append(RowError(line=row.line, column="to", message=message))
        return None
    span = Span(first=first, latest=latest, is_working=is_working, reason=row["reason"][:60])
    _check_make_up(row.line, span, errors)
    return span


def _date(row: Row, column: str, errors: list[RowError]) -> date | None:
    try:
        year, month, day = (int(part) for part in _plain(row[column]).replace("/", "-").replace(".", "-").split("-"))
        return date(year, month, day)
    except ValueError:
        message = pgettext_lazy("standards", "This is not a date. Write it like 2027-02-06.")
        errors.append(RowError(line=row.line, column=column, message=message))
        return None


def _check_make_up(line: int, span: Span, errors: list[RowError]) -> None:
    if span.is_working and not all(notice.is_weekend(on) for on in span.days):
        message = pgettext_lazy("standards", "Make-up days are Saturdays or Sundays; this day is worked anyway.")
        errors.append(RowError(line=line, column="from", message=message))


def _check_year(line: int, span: Span, *, year: int, errors: list[RowError]) -> None:
    # New Year's holiday reaches back into December at times, never far.
    if not (date(year - 1, 12, 25) <= span.first and span.latest <= date(year + 1, 1, 7)):
        message = pgettext_lazy("standards", "This day lies in another year than the rest of the notice.")
        errors.append(RowError(line=line, column="from", message=message))


def _check_overlaps(spans: list[tuple[int, Span]], errors: list[RowError]) -> None:
    told: set[date] = set()
    for line, span in spans:
        days = set(span.days)
        if days & told:
            message = pgettext_lazy("standards", "A day of this line was named in a line above.")
            errors.append(RowError(line=line, column="from", message=message))
        told |= days


def _check_whole(spans: list[Span], errors: list[RowError]) -> None:
    days_off = sum(len(set(span.days)) for span in spans if not span.is_working)
    if days_off < notice.LEAST_DAYS_OFF:
        message = pgettext_lazy("standards", "A year's notice gives at least 11 days off; this file has fewer.")
        errors.append(RowError(line=1, column="", message=message))
