# SPDX-License-Identifier: Apache-2.0
"""The rows to be corrected as a sheet of their own that can be imported again; its last column says what is wrong."""

from io import BytesIO

from django.conf import settings
from xlsxwriter import Workbook

from jiayuan.cases.intake.ledger import REMARKS, Remark
from jiayuan.cases.intake.ledger.book import Cell, Kind
from jiayuan.cases.queries import WrongSheet

DEMO_MARK = "演示数据·非公文"


def wrong_rows_book(sheet: WrongSheet) -> bytes:
    """The bytes of the book. Texts are written as texts: what begins with = + - @ is never a formula."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, options)
    page = book.add_worksheet("Sheet1")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    titles = (*((DEMO_MARK,) if settings.DEMO else ()), *sheet.titles)
    for number, title in enumerate(titles):
        page.write_string(number, 0, title)
    first = len(titles)
    labels = [label for label in sheet.labels if label != REMARKS]
    for place, label in enumerate((*labels, REMARKS)):
        page.write_string(first, place, label, bold)
    for number, (_, cells, remarks) in enumerate(sheet.rows, start=first + 1):
        for place, cell in enumerate(cells[: len(labels)]):
            _write(page, number, place, cell)
        page.write_string(number, len(labels), "\n".join(map(_said, remarks)), wrapped)
    page.set_column(0, max(len(labels) - 1, 0), 14)
    page.set_column(len(labels), len(labels), 60)
    book.close()
    return out.getvalue()


def _said(remark: Remark) -> str:
    return f"{remark.column}：{remark.sentence}" if remark.column else remark.sentence


def _write(page: object, row: int, column: int, cell: Cell) -> None:
    if cell.kind is Kind.NUMBER:
        page.write_number(row, column, float(cell.text))  # type: ignore[attr-defined]
    elif cell.text:
        page.write_string(row, column, cell.text)  # type: ignore[attr-defined]
