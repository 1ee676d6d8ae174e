# SPDX-License-Identifier: Apache-2.0
"""From a frozen document to pages and files. The same sheet and the same fonts give the same bytes."""

from jiayuan.papers.printing.fonts import fonts
from jiayuan.papers.printing.pdf import pages_of, pdf, qr
from jiayuan.papers.printing.pictures import Picture, Pictures, printable
from jiayuan.papers.printing.sheet import Line, Sheet
from jiayuan.papers.printing.word import docx
from jiayuan.papers.printing.workbook import xlsx

__all__ = ["Line", "Picture", "Pictures", "Sheet", "docx", "fonts", "pages_of", "pdf", "printable", "qr", "xlsx"]
