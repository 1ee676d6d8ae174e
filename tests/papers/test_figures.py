# SPDX-License-Identifier: Apache-2.0
"""Photos in papers: counted through the whole paper, named in the text, set side by side, in every format."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from docx.api import Document as Opened
from PIL import Image
from pytest_django import Settings

from jiayuan.media.illustrations import Scene, Setting, Stage, illustration
from jiayuan.papers.document import Annex, Document, Figure, Figures, Mention, paragraph
from jiayuan.papers.printing import Pictures, docx, pdf, printable
from tests.papers.sample import document, sheet

MM = 72 / 25.4
PHOTOS = tuple(f"00000000-0000-4000-8000-{n:012}" for n in range(7))


@pytest.fixture(autouse=True)
def _no_fonts_of_the_house(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    """Six drawn photos and one that stands upright; nobody has the last."""
    drawn = [illustration(Scene("stacks"), Setting.VILLAGE, Stage.BEFORE, seed=n) for n in range(6)]
    upright = BytesIO()
    Image.new("RGB", (600, 800), "green").save(upright, "WEBP")
    return printable(zip(PHOTOS, [*drawn[:5], upright.getvalue(), None], strict=True))


def figures(*numbers: int, per_row: int = 2) -> Figures:
    shown = tuple(Figure(photo=PHOTOS[n], caption=f"示范村甲第{n}处", alt=f"柴草垛之{n}") for n in numbers)
    return Figures(figures=shown, per_row=per_row)


def illustrated() -> Document:
    """Two photos in the text, four and the missing one in the annex; the text mentions one of each."""
    body = (paragraph("沙土堆见", Mention(PHOTOS[1]), "，柴草垛见", Mention(PHOTOS[4]), "。"), figures(0, 1))
    annex = Annex(title="问题照片", body=(figures(2, 3, 4, 5, per_row=4), figures(6)))
    return replace(document(), body=body, annexes=(annex,), rolls=())


def opened(given: Document, pictures: Pictures) -> Any:
    return pdfplumber.open(BytesIO(pdf(sheet(given), None, pictures)))


def test_figures_are_counted_through_text_and_annexes_and_named_where_they_are_mentioned() -> None:
    given = sheet(illustrated())

    text, (_, _, annex) = given.body, given.annexes[0]

    assert text[0].text == "沙土堆见图2，柴草垛见图5。"  # type: ignore[union-attr]
    assert [n for n, _ in text[1].figures] == [1, 2]  # type: ignore[union-attr]
    assert [[n for n, _ in plate.figures] for plate in annex] == [[3, 4, 5, 6], [7]]  # type: ignore[union-attr]


def test_a_text_cannot_mention_a_photo_that_the_paper_does_not_show() -> None:
    with pytest.raises(ValueError, match="mentions"):
        replace(document(), body=(paragraph("见", Mention(PHOTOS[0])),))


@pytest.mark.parametrize("per_row", [1, 5])
def test_rows_hold_two_to_four(per_row: int) -> None:
    with pytest.raises(ValueError, match="two to four"):
        figures(0, per_row=per_row)


def test_a_document_with_photos_comes_back_from_its_text_as_it_was() -> None:
    given = illustrated()

    assert Document.from_json(given.to_json()) == given
    assert [one.photo for one in given.figures()] == list(PHOTOS)


@pytest.mark.parametrize(("per_row", "width"), [(2, 76), (3, 49.3), (4, 36)])
def test_photos_stand_side_by_side_in_the_type_area_with_their_words_below(
    per_row: int, width: float, pictures: Pictures
) -> None:
    given = replace(illustrated(), body=(paragraph("如下。"), figures(*range(per_row), per_row=per_row)), annexes=())

    with opened(given, pictures) as file:
        page = next(page for page in file.pages if page.images)
        shown = sorted(page.images, key=lambda one: one["x0"])
        words = page.search("图1", regex=False)[0]

    assert [round((one["x1"] - one["x0"]) / MM, 1) for one in shown] == pytest.approx([width] * per_row, abs=0.1)
    assert [one["height"] / one["width"] for one in shown] == pytest.approx([0.75] * per_row, abs=0.01)
    assert (shown[0]["x0"] / MM, shown[-1]["x1"] / MM) == (pytest.approx(28, abs=0.2), pytest.approx(184, abs=0.2))
    assert all(right["x0"] - left["x1"] == pytest.approx(4 * MM, abs=0.5) for left, right in pairwise(shown))
    assert 0 < words["top"] - shown[0]["bottom"] < 3 * MM


def test_an_upright_photo_keeps_its_shape_inside_its_place(pictures: Pictures) -> None:
    with opened(illustrated(), pictures) as file:
        shown = [one for page in file.pages for one in page.images]

    upright = next(one for one in shown if one["height"] > one["width"])
    assert upright["width"] / upright["height"] == pytest.approx(3 / 4, abs=0.01)
    assert upright["height"] / MM == pytest.approx(36 * 0.75, abs=0.1)


def test_a_row_is_never_parted_from_its_words(pictures: Pictures) -> None:
    for lines in range(8, 18):
        given = replace(illustrated(), body=(paragraph("清" * (28 * lines)), figures(0, 1)), annexes=())
        with opened(given, pictures) as file:
            pages = [n for n, page in enumerate(file.pages) if page.images]
            told = [n for n, page in enumerate(file.pages) if "示范村甲第0处" in page.extract_text()]
        assert pages == told


def test_what_is_not_there_is_a_frame_that_says_so(pictures: Pictures) -> None:
    with opened(illustrated(), pictures) as file:
        pages = [page.extract_text() for page in file.pages]

    assert sum(text.count("照片未公开") for text in pages) == 1
    assert any("图7" in text and "示范村甲第6处" in text for text in pages)


def test_the_words_of_a_photo_are_text_and_its_name_leads_to_no_file(pictures: Pictures) -> None:
    evil = Figures(figures=(Figure(photo="../../etc/passwd", caption='#image("/1.jpg") $x$', alt='"#panic()'),))

    with opened(replace(illustrated(), body=(evil,), annexes=()), pictures) as file:
        told = file.pages[0].extract_text()
        drawn = sum(len(page.images) for page in file.pages)

    assert '#image("/1.jpg")' in told
    assert drawn == 0


def test_the_same_photos_give_the_same_bytes(pictures: Pictures) -> None:
    given = sheet(illustrated())

    assert pdf(given, None, pictures) == pdf(given, None, pictures)
    assert docx(given, pictures) == docx(given, pictures)


def test_the_word_file_holds_the_photos_named_told_and_as_wide_as_on_paper(pictures: Pictures) -> None:
    file = Opened(BytesIO(docx(sheet(illustrated()), pictures)))

    shown = [shape for shape in file.inline_shapes if shape._inline.docPr.get("descr")]
    styles = [cell.paragraphs[0].style.name for table in file.tables for row in table.rows for cell in row.cells]

    assert [one._inline.docPr.get("descr") for one in shown] == [f"柴草垛之{n}" for n in range(6)]
    assert [one._inline.docPr.get("name") for one in shown] == [f"图{n}" for n in range(1, 7)]
    assert [round(one.width / 36_000, 1) for one in shown] == [76, 76, 36, 36, 36, 20.2]
    assert styles.count("图题") == 7
    texts = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert "图5　示范村甲第4处" in texts
    assert "照片未公开" in texts


def test_a_printed_photo_is_no_finer_than_paper_shows_and_carries_nothing_else() -> None:
    large = BytesIO()
    Image.new("RGB", (4000, 3000), "red").save(large, "JPEG", exif=b"Exif\x00\x00" + b"secret" * 40)

    picture = printable([("a", large.getvalue())])["a"]

    assert (picture.width, picture.height) == (720, 540)
    assert b"secret" not in picture.data
