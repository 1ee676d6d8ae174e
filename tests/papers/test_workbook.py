# SPDX-License-Identifier: Apache-2.0
"""The tables of a paper as a workbook: numbers as numbers, words never as formulas."""

from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook

from jiayuan.papers.document import Annex, Table, paragraph
from jiayuan.papers.printing import xlsx
from tests.papers.sample import document, sheet


def test_each_table_of_text_and_annexes_is_a_leaf_with_number_and_mark() -> None:
    more = Table(head=("甲",), rows=(("1",),))
    given = replace(document(), annexes=(Annex(title="附", body=(more,)),))

    book = load_workbook(BytesIO(xlsx(sheet(given))))

    assert book.sheetnames == ["表1", "表2"]
    assert list(book["表1"].values) == [
        ("附表", None), ("演清办〔2025〕7号", None), ("演示数据·非公文", None),
        ("村", "三堆（个）"), ("示范村甲", 3), ("示范村乙", 0),
    ]  # fmt: skip


def test_words_stay_words_and_codes_keep_their_zeros() -> None:
    rows = (("=1+1", "-3.5"), ("007", "+86"), ("https://x", "9" * 20))
    given = replace(document(), body=(Table(head=("a", "b"), rows=rows),), annexes=())

    cells = list(load_workbook(BytesIO(xlsx(sheet(given))))["表1"].values)[-3:]

    assert cells == [("'=1+1", -3.5), ("007", "'+86"), ("https://x", "9" * 20)]


def test_a_paper_without_tables_has_no_workbook_and_the_same_sheet_gives_the_same_bytes() -> None:
    assert xlsx(sheet(replace(document(), body=(paragraph("无表。"),)))) == b""
    assert xlsx(sheet()) == xlsx(sheet())
