# SPDX-License-Identifier: Apache-2.0
"""The PDF is read and measured: what GB/T 9704-2012 says in millimetres stands there in millimetres."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pytest_django import Settings

from jiayuan.papers.document import Document, Table, paragraph
from jiayuan.papers.enums import Form
from jiayuan.papers.printing import fonts, pages_of, pdf
from tests.papers.sample import document, sheet

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28, 210 - 26, 37, 297 - 35
RED = (230 / 255, 0, 18 / 255)
LONG = "清洁家园行动从房前屋后做起涢水澴河两岸一起动手把沙土堆粪便堆杂物堆清走" * 60


@pytest.fixture(autouse=True)
def _no_fonts_of_the_house(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


@pytest.fixture(scope="module")
def filled() -> Iterator[Any]:
    """An official document whose second page is full of plain characters."""
    with opened(replace(document(), body=(paragraph(LONG),), annexes=(), rolls=())) as file:
        yield file


def opened(given: Document, **more: Any) -> Any:
    return pdfplumber.open(BytesIO(pdf(sheet(given, **more))))


def lines_of(page: Any, *, size: float = 16) -> list[list[Any]]:
    """The characters of a size in the type area, line by line."""
    rows: dict[int, list[Any]] = defaultdict(list)
    for one in page.chars:
        if round(one["size"]) == size and one["top"] < BOTTOM * MM:
            rows[round(one["top"])].append(one)
    return [sorted(rows[top], key=lambda one: one["x0"]) for top in sorted(rows)]


def place_of(page: Any, words: str) -> dict[str, float]:
    """Where words stand, in millimetres."""
    found = page.search(words, regex=False)
    assert found, f"{words} is not on the page: {page.extract_text()[:300]}"
    return {side: found[0][side] / MM for side in ("x0", "x1", "top", "bottom")}


def red_lines(page: Any) -> list[Any]:
    return [one for one in page.lines if one["stroking_color"] == pytest.approx(RED, abs=0.01)]


@pytest.mark.parametrize("form", Form)
def test_every_page_is_a4(form: Form) -> None:
    with opened(document(form=form)) as file:
        assert {(round(page.width / MM), round(page.height / MM)) for page in file.pages} == {(210, 297)}


def test_a_full_page_has_22_lines_of_28_characters(filled: Any) -> None:
    lines = lines_of(filled.pages[1])

    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}


def test_the_type_area_is_156_by_225_millimetres_with_its_margins(filled: Any) -> None:
    lines = lines_of(filled.pages[1])

    assert min(line[0]["x0"] for line in lines) / MM == pytest.approx(LEFT, abs=0.1)
    # The last character stands in its cell of the grid, so its own width ends just before or after the edge.
    assert max(line[-1]["x1"] for line in lines) / MM == pytest.approx(RIGHT, abs=0.3)
    assert lines[0][0]["top"] / MM == pytest.approx(TOP, abs=0.3)
    assert lines[-1][0]["bottom"] / MM < BOTTOM
    assert (BOTTOM - lines[-1][0]["bottom"] / MM) < 225 / 22


def test_lines_are_an_even_225_22nds_of_a_millimetre_apart(filled: Any) -> None:
    tops = [line[0]["top"] / MM for line in lines_of(filled.pages[1])]

    assert [later - earlier for earlier, later in pairwise(tops)] == pytest.approx([225 / 22] * 21, abs=0.02)


def test_paragraphs_begin_two_characters_in(filled: Any) -> None:
    first = next(line for line in lines_of(filled.pages[0]) if line[0]["text"] == "清")

    assert first[0]["x0"] / MM == pytest.approx(LEFT + 2 * 156 / 28, abs=0.1)
    assert len(first) == 26


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages_seven_millimetres_below(filled: Any) -> None:
    for n, page in enumerate(filled.pages, start=1):
        number = place_of(page, f"— {n} —")
        dash_middle = (number["top"] + number["bottom"]) / 2
        assert dash_middle == pytest.approx(BOTTOM + 7, abs=0.8)
        if n % 2:
            assert number["x1"] == pytest.approx(RIGHT - 14 / MM, abs=0.6)
        else:
            assert number["x0"] == pytest.approx(LEFT + 14 / MM, abs=0.6)


def test_the_red_head_stands_35_millimetres_below_the_top_and_the_line_4_below_the_number(filled: Any) -> None:
    page = filled.pages[0]

    head, number = place_of(page, "云溪市清洁家园行动领导小组办公室文件"), place_of(page, "演清办〔2025〕7号")
    (line,) = red_lines(page)

    assert head["top"] == pytest.approx(TOP + 35, abs=0.5)
    assert all(one["non_stroking_color"] == pytest.approx(RED, abs=0.01) for one in page.chars if one["size"] > 30)
    assert line["top"] / MM - number["bottom"] == pytest.approx(4, abs=0.3)
    assert (line["x0"] / MM, line["x1"] / MM) == (pytest.approx(LEFT, abs=0.1), pytest.approx(RIGHT, abs=0.1))
    assert (number["x0"] + number["x1"]) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.8)


def test_the_title_stands_two_lines_below_the_red_line_in_22_points(filled: Any) -> None:
    page = filled.pages[0]

    title = place_of(page, "关于开展清洁家园月末检查的通知")

    assert {round(one["size"]) for one in page.chars if one["text"] == "检"} == {22}
    assert title["top"] - red_lines(page)[0]["bottom"] / MM == pytest.approx(2 * 225 / 22 + 4, abs=2)
    assert (title["x0"] + title["x1"]) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_an_upward_document_has_its_number_left_and_its_signer_right() -> None:
    with opened(replace(document(), signer="示范员甲")) as file:
        number, signer = place_of(file.pages[0], "演清办〔2025〕7号"), place_of(file.pages[0], "签发人：示范员甲")

    assert number["x0"] == pytest.approx(LEFT + 156 / 28, abs=0.5)
    assert signer["x1"] == pytest.approx(RIGHT - 156 / 28, abs=0.5)


def test_the_record_block_closes_an_even_page_between_its_lines(filled: Any) -> None:
    page = filled.pages[-1]

    rules = sorted((one for one in page.lines if one["width"] > 400), key=lambda one: one["top"])

    assert len(filled.pages) % 2 == 0
    assert [round(one["linewidth"] / MM, 2) for one in rules] == [0.35, 0.25, 0.35]
    assert rules[-1]["top"] / MM == pytest.approx(BOTTOM, abs=0.3)
    assert place_of(page, "2025年1月3日印发")["x1"] == pytest.approx(RIGHT - 14 / MM, abs=0.5)
    assert place_of(page, "抄送：")["x0"] == pytest.approx(LEFT + 14 / MM, abs=0.5)


def test_the_office_is_centred_over_the_day_and_stays_in_the_type_area() -> None:
    with opened(replace(document(), annexes=(), rolls=(), body=(paragraph("特此通知。"),))) as file:
        signed = file.pages[0].search("云溪市清洁家园行动领导小组办公室", regex=False)[-1]
        day = place_of(file.pages[0], "2025年1月3日")

    assert (signed["x0"] + signed["x1"]) / 2 / MM == pytest.approx((day["x0"] + day["x1"]) / 2, abs=0.5)
    assert signed["x1"] / MM <= RIGHT - 2 * 156 / 28 + 0.5


def test_a_letter_has_its_head_at_30_millimetres_two_double_lines_of_170_and_no_first_number() -> None:
    with opened(document(form=Form.LETTER)) as file:
        page = file.pages[0]
        head, number = place_of(page, "云溪市清洁家园行动领导小组办公室"), place_of(page, "演清办〔2025〕7号")
        lines = sorted(red_lines(page), key=lambda one: one["top"])
        assert "— 1 —" not in page.extract_text()
        assert "— 2 —" in file.pages[1].extract_text()

    assert head["top"] == pytest.approx(30, abs=0.5)
    assert number["x1"] == pytest.approx(RIGHT, abs=0.3)
    assert [round(one["width"] / MM) for one in lines] == [170] * 4
    thick = [one["linewidth"] > 1 for one in lines]
    assert thick == [True, False, False, True]
    assert lines[-1]["top"] / MM == pytest.approx(277, abs=0.3)


def test_a_note_has_its_issue_its_office_and_its_day_above_the_red_line() -> None:
    note = replace(document(form=Form.NOTE), reports_to=("市领导小组",), sent_to=("各县",), editors_note="供参考。")
    with opened(note, number="第7期") as file:
        page, last = file.pages[0], file.pages[-1].extract_text()
        office, day = place_of(page, "第7期"), place_of(page, "2025年1月3日")
        (line,) = red_lines(page)

    assert office["bottom"] < day["top"] < line["top"] / MM
    assert [word for word in ("报：市领导小组。", "送：市人民政府办公室。", "发：各县。") if word not in last] == []


def test_minutes_name_who_was_there_and_are_not_signed() -> None:
    with opened(document(form=Form.MINUTES)) as file:
        text = "\n".join(page.extract_text() for page in file.pages)

    assert "会议纪要" in text
    assert "出席：甲、乙" in text
    # Only the red head and the record block name the office.
    assert text.count("云溪市清洁家园行动领导小组办公室") == 2


def test_annexes_begin_pages_of_their_own_and_are_listed_under_the_text() -> None:
    with opened(document()) as file:
        pages = [page.extract_text() for page in file.pages]

    assert any("附件：检查表" in page for page in pages)
    page = next(page for page in pages if "逐项检查。" in page)
    assert page.index("附件") < page.index("检查表") < page.index("逐项检查。")
    assert "现有" not in page


@pytest.mark.parametrize("form", Form)
def test_a_synthetic_paper_says_so_on_every_page_and_no_other_does(form: Form) -> None:
    for is_synthetic in (True, False):
        with opened(document(form=form), is_synthetic=is_synthetic) as file:
            assert {"演示数据·非公文" in page.extract_text() for page in file.pages} == {is_synthetic}


@pytest.mark.parametrize("form", Form)
def test_rare_characters_are_drawn_and_can_be_read_out(form: Form) -> None:
    with opened(document(form=form)) as file:
        chars = [one for page in file.pages for one in page.chars]

    for rare in "涢澴":
        drawn = [one for one in chars if one["text"] == rare]
        # A character that its font has not would come out as the box of glyph 0, which has no text.
        assert drawn
        assert {one["fontname"].split("+")[1] for one in drawn} <= {"NotoSerifSC-Regular"}
    assert not [one for one in chars if one["text"] in ("\ufffd", "\x00", "")]


def test_the_first_page_leads_to_its_verification_and_says_which_font_stands_for_which() -> None:
    with opened(document()) as file:
        text, told = file.pages[0].extract_text(), file.metadata

    assert "验证码 ABCD 1234 XY2" in text
    assert "思源宋体代仿宋_GB2312" in text
    assert "思源宋体代方正小标宋简体" in told["Keywords"]
    assert (told["Title"], told["Author"]) == ("关于开展清洁家园月末检查的通知", "云溪市清洁家园行动领导小组办公室")
    assert told["CreationDate"].startswith("D:20250103")


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert pdf(sheet()) == pdf(sheet())
    assert pages_of(pdf(sheet())) == 4


def test_what_somebody_writes_is_text_and_never_source() -> None:
    evil = '#panic("x") $x^2$ *bold* @ref \\ #read("/etc/passwd") // <b>'
    table = Table(head=("#1", "]"), rows=(("*a*", "$b$"),))

    with opened(replace(document(), title=evil, body=(paragraph(evil), table))) as file:
        text = "".join(page.extract_text() for page in file.pages).replace("\n", "")

    assert '#panic("x")' in text
    assert "*a*" in text


def test_fonts_of_the_house_are_named_when_they_are_there(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path / "empty"
    bare = fonts()

    assert bare.families["fangsong"] == ("Noto Serif SC",)
    assert bare.families["heiti"] == ("Noto Sans SC",)
    assert set(bare.replaced) == {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"}


def test_a_table_of_many_rows_repeats_its_head_on_each_page() -> None:
    rows = tuple((f"示范村{n}", str(n)) for n in range(80))
    with opened(replace(document(), annexes=(), body=(Table(head=("村名", "三堆"), rows=rows),))) as file:
        with_rows = [page.extract_text() for page in file.pages if "示范村" in page.extract_text()]

    assert len(with_rows) > 2
    assert all("三堆" in page for page in with_rows)


def test_the_record_block_stands_on_an_even_page_wherever_the_text_ends() -> None:
    counts, blank = set(), 0
    for lines in range(4, 40):
        given = replace(document(), annexes=(), rolls=(), body=(paragraph("清" * (28 * lines - 2)),))
        with opened(given, is_synthetic=False) as file:
            texts = [page.extract_text() for page in file.pages]
        assert len(texts) % 2 == 0
        assert "印发" in texts[-1]
        counts.add(len(texts))
        if "" in texts:
            # A page that had to stay empty, and the block's behind it, bear no number.
            blank += 1
            assert texts.index("") == len(texts) - 2
            assert "—" not in texts[-1]

    assert counts == {2, 4}
    assert blank
