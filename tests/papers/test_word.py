# SPDX-License-Identifier: Apache-2.0
"""The Word file has real styles and headings, names the fonts of the standard, and opens in another program."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pdfplumber
import pytest
from docx.api import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from jiayuan.papers.document import Heading, Items, Text, paragraph
from jiayuan.papers.enums import Form
from jiayuan.papers.printing import docx
from jiayuan.papers.samples import samples, sheet_of
from tests.papers.sample import document, sheet

OFFICE_PROGRAM = shutil.which("soffice") or ""
FONTS = {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"}


def file_of(**more: Any) -> Any:
    return Opened(BytesIO(docx(sheet(replace(document(), **more)))))


def east_asian(style: Any) -> str:
    return str(style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")))


def parts_of(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_headings_are_real_headings_in_the_fonts_of_their_levels() -> None:
    body = tuple(Heading(level, f"第{level}级") for level in (1, 2, 3, 4))

    file = file_of(body=body)

    found = [(one.style.name, one.text) for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert found == [
        ("Heading 1", "一、第1级"), ("Heading 2", "（一）第2级"), ("Heading 3", "1.第3级"), ("Heading 4", "（1）第4级"),
    ]  # fmt: skip
    fonts = [east_asian(file.styles[f"Heading {level}"]) for level in (1, 2, 3, 4)]
    assert fonts == ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]


def test_every_style_names_its_font_for_chinese_and_none_is_left_to_the_theme() -> None:
    parts = parts_of(docx(sheet()))

    assert {east_asian(file_of().styles[name]) for name in ("Normal", "Title", "红头", "Footer", "附件")} <= FONTS
    styled = file_of().styles
    for name in ("Normal", "Title", "Heading 1", "Body Text", "红头", "版记", "表文"):
        fonts = styled[name].element.rPr.find(qn("w:rFonts"))
        assert not [key for key in fonts.attrib if "Theme" in key]
    assert not [name for name in parts if "font" in name.lower() and name.endswith((".odttf", ".ttf"))]


def test_the_page_is_a4_with_the_margins_and_the_lines_of_the_standard() -> None:
    section = file_of().sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    near = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
    assert {side: round(getattr(section, side).mm) for side in near} == near
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "580"
    normal = file_of().styles["Normal"]
    assert normal.font.size == Pt(16)
    assert normal.paragraph_format.line_spacing.pt == pytest.approx(225 / 22 * 72 / 25.4, abs=0.05)
    # 28 characters of 16 points, each 0.25 points narrower, fit into 156 millimetres; of 29 the last would not.
    closer = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + closer) <= 156 / 25.4 * 72 < 29 * (16 + closer)


def test_page_numbers_are_fields_right_on_odd_and_left_on_even_pages() -> None:
    file = file_of()
    section = file.sections[0]

    assert file.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        (line,) = footer.paragraphs
        assert [one.text for one in line._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert line.text == "— 1 —"
        assert line.alignment.name == side


def test_the_red_head_is_text_that_can_be_edited_with_a_red_line_below_the_number() -> None:
    file = file_of()

    head = next(one for one in file.paragraphs if one.style.name == "红头")
    number = next(one for one in file.paragraphs if one.text == "演清办〔2025〕7号")

    assert head.text == "云溪市清洁家园行动领导小组办公室文件"
    assert str(head.style.font.color.rgb) == "E60012"
    assert head.paragraph_format.space_before.mm == pytest.approx(35, abs=0.1)
    assert number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom")).get(qn("w:color")) == "E60012"


def test_tables_are_tables_whose_head_is_repeated() -> None:
    table = file_of().tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["村", "三堆（个）"],
        ["示范村甲", "3"],
        ["示范村乙", "0"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.columns[0].cells[0].width == pytest.approx(Mm(104), abs=1000)


@pytest.mark.parametrize("form", Form)
def test_a_synthetic_file_says_so_on_first_odd_and_even_pages(form: Form) -> None:
    section = file_of(form=form).sections[0]

    for header in (section.first_page_header, section.header, section.even_page_header):
        assert [one.text for one in header.paragraphs] == ["演示数据·非公文"]


def test_the_same_sheet_gives_the_same_bytes_and_no_moment() -> None:
    data = docx(sheet())

    assert data == docx(sheet())
    with ZipFile(BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "2025-01-03" in parts_of(data)["docProps/core.xml"]
    assert "python-docx" not in parts_of(data)["docProps/core.xml"]


def test_what_somebody_writes_is_text() -> None:
    evil = '<w:p>&"]]> {{ x }}'

    assert any(one.text == evil for one in file_of(body=(paragraph(evil),)).paragraphs)


def test_counted_items_stand_as_paragraphs_of_the_text() -> None:
    items = Items(items=((Text("甲"),), (Text("乙"),)), is_numbered=True)

    texts = [one.text for one in file_of(body=(items,), annexes=()).paragraphs if one.style.name == "Body Text"]

    assert texts == ["1.甲", "2.乙"]


@pytest.mark.skipif(
    not OFFICE_PROGRAM, reason="LibreOffice is not here. Debian: apt-get install libreoffice-writer-nogui"
)
def test_libreoffice_opens_the_samples_and_prints_them_whole(tmp_path: Path) -> None:
    files, told = [], {}
    for sample in samples():
        file = tmp_path / f"{sample.kind}.docx"
        file.write_bytes(docx(sheet_of(sample)))
        files.append(file)
        told[sample.kind] = (sample.number, sheet_of(sample).title_lines[0], sheet_of(sample).masthead)

    subprocess.run(
        [OFFICE_PROGRAM, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", tmp_path, *files],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip

    for kind, words in told.items():
        with pdfplumber.open(tmp_path / f"{kind}.pdf") as printed:
            text = "".join(page.extract_text() for page in printed.pages).replace(" ", "")
            assert {(round(page.width), round(page.height)) for page in printed.pages} == {(595, 842)}
        assert [word for word in words if word.replace(" ", "") not in text] == []
        assert "涢" in text
        assert "澴" in text
