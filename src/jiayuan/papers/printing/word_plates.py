# SPDX-License-Identifier: Apache-2.0
"""Photos side by side in a Word file: a table without lines, the pictures in one row, what is said of them below."""

from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Length, Mm
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from jiayuan.papers.document import Figure
from jiayuan.papers.printing import markup
from jiayuan.papers.printing.pictures import Picture, Pictures
from jiayuan.papers.printing.sheet import TAKEN_DOWN, Plate, below_figure, figure_label

LINE_MM, GAP_MM = 156, 4


def plate(file: WordDocument, given: Plate, pictures: Pictures) -> None:
    """The photos with their words, row by row; a row is not parted from its words."""
    width = Mm(LINE_MM / given.per_row)
    for row in given.rows:
        table = file.add_table(rows=0, cols=len(row))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        above, below = _row(table, width), _row(table, width)
        for (n, figure), shown, said in zip(row, above.cells, below.cells, strict=True):
            _picture(shown, n, figure, pictures.get(figure.photo), given.per_row)
            said.paragraphs[0].style = "图题"
            said.paragraphs[0].add_run(below_figure(n, figure))
        # Two tables without a paragraph between them are one to Word.
        file.add_paragraph(style="图题")


def _row(table: WordTable, width: Length) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx says no types here
    markup.unparted(row._tr)
    for cell in row.cells:
        cell.width = width
    return row


def _picture(cell: _Cell, n: int, figure: Figure, picture: Picture | None, per_row: int) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "照片"
    paragraph.paragraph_format.keep_with_next = True
    if picture is None:
        markup.boxed(paragraph.add_run(TAKEN_DOWN)._r)
        return
    widest = (LINE_MM - (per_row - 1) * GAP_MM) / per_row
    width = min(widest, widest * 0.75 * picture.width / picture.height)
    shape = paragraph.add_run().add_picture(BytesIO(picture.data), width=Mm(width))
    markup.named(shape._inline, name=figure_label(n), told=figure.told)
