# SPDX-License-Identifier: Apache-2.0
"""A list as a table to take away: CSV row by row, or a workbook from a file on disk. Never anything about reporters."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import urlencode

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import Column, Form, Source, State
from jiayuan.cases.queries import Row
from jiayuan.cases.services import MOST_EXPORTED
from jiayuan.kernel import clock
from jiayuan.kernel.tables import harmless
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import wording
from jiayuan.web.cases.lists import columns_of, narrowed_by
from jiayuan.web.guards import needs

Value = str | int
MARK = "演示数据·非公文"
_BOM = "\ufeff"
_LINES = 500
_WIDTHS = {Column.WHERE: 30, Column.WHAT: 18, Column.UNIT: 18}
_KINDS = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@needs(May.SEE)
@require_POST
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The whole list of the address in the chosen columns; who took how many rows is kept before the first one goes."""
    if form not in Form.values:
        raise Http404
    actor, kind = actor_of(request), Form(form)
    asked, narrowed = narrowed_by(request)
    total = queries.total_of(actor, narrowed=narrowed, at_most=MOST_EXPORTED)
    services.note_export(form=kind, asked=asked, rows=total, by=actor, at=clock.now())
    columns = _columns(columns_of(queries.saved_lists(actor), urlencode(asked)))
    rows = queries.every_case(actor, narrowed=narrowed, at_most=MOST_EXPORTED)
    name = f"{pgettext('cases', 'Cases')}-{clock.today():%Y%m%d}{'-' + MARK if settings.DEMO else ''}.{kind.value}"
    if kind is Form.XLSX:
        return FileResponse(_workbook(columns, rows), as_attachment=True, filename=name, content_type=_KINDS[kind])
    answer = StreamingHttpResponse(_lines(columns, rows, translation.get_language()), content_type=_KINDS[kind])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _columns(chosen: Sequence[Column]) -> list[Column]:
    """The chosen columns as a table can hold them: no pictures, the moment of the limit instead of what is left."""
    wanted = {Column.HANDLE, *chosen} - {Column.PHOTO}
    if Column.DUE in wanted:
        wanted = (wanted - {Column.DUE}) | {Column.DUE_AT}
    return [column for column in Column if column in wanted]


# ── values ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _moment(at: datetime | None) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}" if at is not None else ""


def _values() -> Mapping[Column, Callable[[Row], Value]]:
    """How a row is said, column by column; names are looked up once for a table, not once for a row."""
    what, unit = cache(wording.class_name), cache(wording.unit_name)
    where = cache(lambda code: wording.place_name(code, with_county=True))
    state = cache(lambda code: str(State(code).label))
    source = cache(lambda code: str(Source(code).label))
    return {
        Column.HANDLE: lambda row: row.handle,
        Column.WHAT: lambda row: what(row.problem_class_id),
        Column.WHERE: lambda row: where(row.village),
        Column.UNIT: lambda row: unit(row.unit_id),
        Column.STATE: lambda row: state(row.state),
        Column.REPORTED: lambda row: _moment(row.reported_at),
        Column.SOURCE: lambda row: source(row.source),
        Column.QUANTITY: lambda row: row.quantity,
        Column.REWORKS: lambda row: row.reworks,
        Column.RETURNS: lambda row: row.returns,
        Column.DUE_AT: lambda row: _moment(row.due_at),
        Column.ENDED_AT: lambda row: _moment(row.ended_at),
    }


def _table(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[list[Value]]:
    """The heads, then every row, each text made harmless for a spreadsheet."""
    yield [str(column.label) for column in columns]
    values = _values()
    said = [values[column] for column in columns]
    for row in rows:
        yield [harmless(value) if isinstance(value, str) else value for value in (say(row) for say in said)]


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, text: str) -> str:
        return text


def _lines(columns: Sequence[Column], rows: Iterable[Row], language: str | None) -> Iterator[bytes]:
    """The table as CSV, some hundred lines at a time; the first bytes tell a spreadsheet that it is UTF-8."""
    writer = csv.writer(_Echo())
    # The answer leaves after the middleware has gone: the language has to be said once more.
    with translation.override(language or settings.LANGUAGE_CODE):
        table = _table(columns, rows)
        start = _BOM
        while some := list(islice(table, _LINES)):
            yield (start + "".join(writer.writerow(line) for line in some)).encode()
            start = ""


def _workbook(columns: Sequence[Column], rows: Iterable[Row]) -> IO[bytes]:
    """The table as a workbook in a file that goes when it is closed; row by row, so memory stays the same."""
    file = TemporaryFile()  # noqa: SIM115 – the answer closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(MARK if settings.DEMO else pgettext("cases", "Cases"))
    for number, column in enumerate(columns):
        sheet.set_column(number, number, _WIDTHS.get(column, 16))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    head = book.add_format({"bold": True})
    for number, line in enumerate(_table(columns, rows)):
        sheet.write_row(number, 0, line, head if number == 0 else None)
    book.close()
    file.seek(0)
    return file
