# SPDX-License-Identifier: Apache-2.0
"""The tables of a sheet as a workbook, a leaf for each: whoever works on with the figures need not type them again."""

import re
from datetime import datetime, time
from io import BytesIO

import xlsxwriter

from jiayuan.kernel.tables import harmless
from jiayuan.papers.document import Table
from jiayuan.papers.printing.sheet import SYNTHETIC, Sheet

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,6})?")


def xlsx(sheet: Sheet) -> bytes:
    """The file; empty when the sheet has no table. The same bytes for the same sheet."""
    if not sheet.tables:
        return b""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = datetime.combine(sheet.document.on, time(0))
    book.set_properties({"title": "".join(sheet.title_lines), "author": sheet.document.office, "created": day})
    for n, table in enumerate(sheet.tables, start=1):
        _leaf(book, f"表{n}", table, sheet)
    book.close()
    return out.getvalue()


def _leaf(book: xlsxwriter.Workbook, name: str, table: Table, sheet: Sheet) -> None:
    leaf = book.add_worksheet(name)
    bold = book.add_format({"font_name": "黑体", "font_size": 14})
    head = book.add_format(
        {"font_name": "黑体", "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    cell = book.add_format({"font_name": "仿宋_GB2312", "border": 1, "valign": "vcenter", "text_wrap": True})
    above = [table.caption or "".join(sheet.title_lines), sheet.number, *([SYNTHETIC] if sheet.is_synthetic else [])]
    for row, text in enumerate(above):
        leaf.write_string(row, 0, text, bold if row == 0 else None)
    for column, text in enumerate(table.head):
        leaf.write_string(len(above), column, text, head)
    for row, values in enumerate(table.rows, start=len(above) + 1):
        for column, text in enumerate(values):
            if _NUMBER.fullmatch(text):
                leaf.write_number(row, column, float(text), cell)
            else:
                leaf.write_string(row, column, harmless(text), cell)
    total = sum(table.shares)
    for column, share in enumerate(table.shares):
        leaf.set_column(column, column, max(8, round(90 * share / total)))
    leaf.freeze_panes(len(above) + 1, 0)
    leaf.set_paper(9)
    leaf.repeat_rows(len(above))
