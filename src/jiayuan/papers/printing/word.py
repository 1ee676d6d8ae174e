# SPDX-License-Identifier: Apache-2.0
"""The Word file of a sheet: real styles and headings, fonts named as the standard names them, everything editable.

Fonts are named and never put inside: the reader's machine has them. The record block stands at the foot of whatever
page the text ends on, for only the reader's program knows where pages end.
"""

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import segno
from docx.api import Document as NewFile
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.section import Section, _Footer, _Header
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from jiayuan.papers.document import Table
from jiayuan.papers.enums import Form
from jiayuan.papers.printing import markup
from jiayuan.papers.printing.pictures import NONE, Pictures
from jiayuan.papers.printing.sheet import SYNTHETIC, Plate, Printed, Sheet, broken, spaced
from jiayuan.papers.printing.word_plates import plate

FANGSONG, KAITI, HEITI, BIAOSONG, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
RED = RGBColor(230, 0, 18)
PITCH = Pt(28.99)
"""225 mm hold 22 lines."""
RECORD_LINE = Pt(26)
_HEADINGS = {1: HEITI, 2: KAITI, 3: FANGSONG, 4: FANGSONG}
_OWN = {
    # name: font, points, characters of indent, alignment
    "红头": (BIAOSONG, 40, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "文号": (FANGSONG, 16, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "主送机关": (FANGSONG, 16, 0, WD_ALIGN_PARAGRAPH.LEFT),
    "附件说明": (FANGSONG, 16, 2, WD_ALIGN_PARAGRAPH.LEFT),
    "附件": (HEITI, 16, 0, WD_ALIGN_PARAGRAPH.LEFT),
    "署名": (FANGSONG, 16, 0, WD_ALIGN_PARAGRAPH.RIGHT),
    "编者按": (KAITI, 16, 2, WD_ALIGN_PARAGRAPH.LEFT),
    "表题": (HEITI, 14, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "表文": (FANGSONG, 12, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "照片": (FANGSONG, 12, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "图题": (FANGSONG, 12, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "版记": (FANGSONG, 14, 0, WD_ALIGN_PARAGRAPH.LEFT),
}


def docx(sheet: Sheet, pictures: Pictures = NONE) -> bytes:
    """The file; the same bytes for the same sheet and pictures."""
    file = NewFile()
    _properties(file, sheet)
    _styles(file)
    _page(file, sheet)
    _head(file, sheet)
    _text(file, sheet, pictures)
    _end(file, sheet)
    _annexes(file, sheet, pictures)
    _record_block(file, sheet)
    out = BytesIO()
    file.save(out)
    return _without_moments(out.getvalue())


def _without_moments(data: bytes) -> bytes:
    """The same archive without the moment at which each part was written."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()


def _properties(file: WordDocument, sheet: Sheet) -> None:
    told, day = file.core_properties, datetime.combine(sheet.document.on, time(0))
    told.title, told.author, told.last_modified_by = "".join(sheet.title_lines), sheet.document.office, ""
    told.subject, told.keywords = sheet.number, SYNTHETIC if sheet.is_synthetic else ""
    told.comments, told.language = sheet.verify_address, "zh-CN"
    told.created = told.modified = day
    told.revision = 1


# ── styles ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _styles(file: WordDocument) -> None:
    _style(file.styles["Normal"], FANGSONG, 16)
    for level, font in _HEADINGS.items():
        _style(file.styles[f"Heading {level}"], font, 16, indent=2)
    _style(file.styles["Title"], BIAOSONG, 22, alignment=WD_ALIGN_PARAGRAPH.CENTER)
    for name in ("Header", "Footer"):
        _style(file.styles[name], SONGTI, 14)
        markup.without_tabs(file.styles[name].element)
    for name, (font, size, indent, alignment) in _OWN.items():
        made = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = file.styles["Normal"]
        _style(made, font, size, indent=indent, alignment=alignment)
    body = file.styles["Body Text"]
    _style(body, FANGSONG, 16, indent=2, alignment=WD_ALIGN_PARAGRAPH.JUSTIFY)
    file.styles["红头"].font.color.rgb = RED
    for name in ("表文", "照片", "图题", "红头"):
        file.styles[name].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    markup.off_the_grid(file.styles["图题"].element)


def _style(
    style: object, font: str, size: float, *, indent: int = 0, alignment: WD_ALIGN_PARAGRAPH | None = None
) -> None:
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{style} is no style of paragraphs")
    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    markup.name_font(style.element, font)
    kept = style.paragraph_format
    kept.space_before = kept.space_after = Pt(0)
    kept.line_spacing_rule, kept.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    kept.alignment = alignment
    markup.indent_characters(style.element, indent)
    # 156 mm hold 28 characters of 16 points only if each is a little narrower.
    markup.closer(style.element, 5 if size == 16 else 0)
    markup.without_borders(style.element)


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _page(file: WordDocument, sheet: Sheet) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(10), Mm(20 if sheet.document.form is Form.LETTER else 24)
    file.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = True
    markup.grid(section._sectPr, pitch=PITCH.pt)
    for header in (section.header, section.even_page_header, section.first_page_header):
        _mark(header, sheet)
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    _first_footer(section, sheet)


def _mark(header: _Header, sheet: Sheet) -> None:
    paragraph = header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if sheet.is_synthetic:
        run = paragraph.add_run(SYNTHETIC)
        run.font.size = Pt(10.5)
        markup.name_font(run._r, HEITI)
        markup.boxed(run._r)


def _number(footer: _Footer, alignment: WD_ALIGN_PARAGRAPH) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.alignment = alignment
    indent = paragraph.paragraph_format
    indent.left_indent, indent.right_indent = Pt(14), Pt(14)
    _page_number(paragraph)


def _page_number(paragraph: Paragraph) -> None:
    runs = [paragraph.add_run(text) for text in ("— ", "1", " —")]
    markup.field(runs[1]._r, "PAGE")


def _first_footer(section: Section, sheet: Sheet) -> None:
    """What leads to the verification page, and the number of the page, which a letter's first page has not."""
    paragraph = section.first_page_footer.paragraphs[0]
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    picture = BytesIO()
    segno.make(sheet.verify_address, error="m", micro=False).save(picture, kind="png", scale=6, border=0)
    paragraph.add_run().add_picture(picture, width=Mm(10))
    words = paragraph.add_run(f"  扫码验证本件真伪  验证码 {spaced(sheet.handle)}")
    words.font.size = Pt(7)
    markup.name_font(words._r, HEITI)
    if sheet.document.form is Form.LETTER:
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = Mm(-8), Mm(-6)
        markup.border(paragraph._p, "thinThickSmallGap", "E60012", bottom=24)
        return
    markup.right_tab(paragraph._p, Mm(156) - Pt(14))
    paragraph.add_run("\t")
    # The picture is higher than a line; so the number stands where it stands on the other pages.
    markup.centred_in_line(paragraph._p)
    _page_number(paragraph)


# ── what stands on them ───────────────────────────────────────────────────────────────────────────────────────────


def _masthead(file: WordDocument, sheet: Sheet, *, most: float, room_mm: float) -> Paragraph:
    """The name in red, narrower rather than small when it is long."""
    count, room = len(sheet.masthead), room_mm / 25.4 * 72
    size = min(most, max(room / count, min(40.0, room / (count * 0.62))))
    paragraph = file.add_paragraph(style="红头")
    run = paragraph.add_run(sheet.masthead)
    run.font.size = Pt(round(size * 2) / 2)
    markup.narrowed(run._r, min(100, int(room / (count * size) * 100)))
    return paragraph


def _head(file: WordDocument, sheet: Sheet) -> None:
    document = sheet.document
    if document.urgency:
        file.add_paragraph(document.urgency, style="附件")
    if document.form is Form.LETTER:
        _letter_head(file, sheet)
    elif document.form is Form.NOTE:
        _masthead(file, sheet, most=60, room_mm=150).paragraph_format.space_before = Mm(8)
        file.add_paragraph(sheet.number, style="文号").paragraph_format.space_before = Pt(10)
        _two_sides(file, document.office, sheet.day)
    else:
        _masthead(file, sheet, most=60, room_mm=150).paragraph_format.space_before = Mm(35)
        _blank(file, 2)
        if document.signer:
            _two_sides(file, sheet.number, f"签发人：{document.signer}")
        else:
            _red_line(file.add_paragraph(sheet.number, style="文号"))
    _blank(file, 1 if document.form is Form.NOTE else 2)


def _letter_head(file: WordDocument, sheet: Sheet) -> None:
    paragraph = _masthead(file, sheet, most=36, room_mm=170)
    # In a frame of its own, 30 mm below the edge of the page and wider than the text.
    markup.framed(paragraph._p, x_mm=20, y_mm=30, width_mm=170)
    markup.border(paragraph._p, "thickThinSmallGap", "E60012", space=11, bottom=24)
    number = file.add_paragraph(sheet.number, style="文号")
    number.alignment, number.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.RIGHT, Pt(52)


def _two_sides(file: WordDocument, left: str, right: str) -> None:
    paragraph = file.add_paragraph(style="文号")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(0)
    markup.right_tab(paragraph._p, Mm(156) - Pt(16))
    paragraph.add_run(f"　{left}\t{right}")
    _red_line(paragraph)


def _red_line(paragraph: Paragraph) -> None:
    markup.border(paragraph._p, "single", "E60012", space=11, bottom=16)


def _blank(file: WordDocument, lines: int) -> None:
    for _ in range(lines):
        file.add_paragraph()


def _title(file: WordDocument, lines: tuple[str, ...]) -> None:
    paragraph = file.add_paragraph(style="Title")
    for n, line in enumerate(lines):
        run = paragraph.add_run(line)
        if n < len(lines) - 1:
            run.add_break(WD_BREAK.LINE)


def _text(file: WordDocument, sheet: Sheet, pictures: Pictures) -> None:
    if sheet.document.editors_note:
        file.add_paragraph(f"编者按：{sheet.document.editors_note}", style="编者按")
        _blank(file, 1)
    _title(file, sheet.title_lines)
    _blank(file, 1)
    if sheet.recipients:
        file.add_paragraph(sheet.recipients, style="主送机关")
    _blocks(file, sheet.body, pictures)


def _blocks(file: WordDocument, blocks: tuple[Printed, ...], pictures: Pictures) -> None:
    for one in blocks:
        if isinstance(one, Table):
            _table(file, one)
        elif isinstance(one, Plate):
            plate(file, one, pictures)
        else:
            file.add_paragraph(one.text, style=f"Heading {one.level}" if one.level else "Body Text")


def _table(file: WordDocument, given: Table) -> None:
    if given.caption:
        file.add_paragraph(given.caption, style="表题").paragraph_format.keep_with_next = True
    table = file.add_table(rows=0, cols=len(given.head))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    total = sum(given.shares)
    widths = [Mm(156 * share / total) for share in given.shares]
    for row in (given.head, *given.rows):
        _row(table, row, widths)
    markup.repeated(table.rows[0]._tr)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            markup.name_font(run._r, HEITI)


def _row(table: WordTable, values: tuple[str, ...], widths: Sequence[Length]) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx says no types here
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = width
        cell.paragraphs[0].style = "表文"
        cell.paragraphs[0].add_run(value)


def _end(file: WordDocument, sheet: Sheet) -> None:
    for n, note in enumerate(sheet.annex_notes):
        if n == 0:
            _blank(file, 1)
        file.add_paragraph(f"附件：{note}" if n == 0 else f"　　　{note}", style="附件说明")
    if sheet.signature:
        _blank(file, 2)
        _signing(file, sheet)
    if sheet.document.rolls:
        _blank(file, 1)
    for roll in sheet.document.rolls:
        paragraph = file.add_paragraph(style="附件说明")
        markup.name_font(paragraph.add_run(roll.label)._r, HEITI)
        paragraph.add_run(f"：{roll.names}")
        # Further lines begin below the first name.
        markup.hanging(paragraph._p, first=2, others=len(roll.label) + 3)
    if sheet.document.remark:
        file.add_paragraph(f"（{sheet.document.remark}）", style="Body Text")


def _signing(file: WordDocument, sheet: Sheet) -> None:
    """The office centred over the day, which stands four characters in; a long name stands two in."""
    name, day = len(sheet.signature) * 16.0, sum(8.0 if one.isdigit() else 16.0 for one in sheet.day)
    day_right = max(64.0, 32.0 + name / 2 - day / 2)
    for text, right in ((sheet.signature, day_right + day / 2 - name / 2), (sheet.day, day_right)):
        paragraph = file.add_paragraph(text, style="署名")
        paragraph.paragraph_format.right_indent = Pt(right)
        paragraph.paragraph_format.keep_with_next = text is sheet.signature


def _annexes(file: WordDocument, sheet: Sheet, pictures: Pictures) -> None:
    for label, title, body in sheet.annexes:
        file.add_paragraph(label, style="附件").paragraph_format.page_break_before = True
        _blank(file, 1)
        _title(file, broken(title))
        _blank(file, 1)
        _blocks(file, body, pictures)


def _record_block(file: WordDocument, sheet: Sheet) -> None:
    printed, when = sheet.printed
    lines = [f"{label}：{names}" for label, names in sheet.foot]
    if printed:
        lines.append(f"{printed}\t{when}")
    if not lines:
        return
    table = file.add_table(rows=0, cols=1)
    table.autofit = False
    for line in lines:
        row = table.add_row()
        row.height, row.height_rule = RECORD_LINE, WD_ROW_HEIGHT_RULE.AT_LEAST
        row.cells[0].width = Mm(156)
        paragraph = row.cells[0].paragraphs[0]
        paragraph.style = "版记"
        paragraph.add_run(line)
        markup.right_tab(paragraph._p, Mm(156) - Pt(28))
    top = Mm(262) - len(lines) * RECORD_LINE
    markup.placed(table._tbl, x=Mm(28), y=top, is_ruled=sheet.document.form is not Form.LETTER)
    # A file must not end with a table; a low paragraph does not open a page.
    file.add_paragraph().paragraph_format.line_spacing = Pt(1)
