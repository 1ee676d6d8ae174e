# SPDX-License-Identifier: Apache-2.0
"""What stands on a sheet: heads that follow from the office, titles broken at the ends of words, the foot."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.papers.document import Annex, paragraph
from jiayuan.papers.enums import Form
from jiayuan.papers.printing.sheet import TITLE_CHARACTERS, broken, spaced
from tests.papers.sample import document, sheet


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于开展月末检查的通知", ("关于开展月末检查的通知",)),
        ("关于开展清洁家园行动\n月末检查的通知", ("关于开展清洁家园行动", "月末检查的通知")),
        (
            "关于转发市领导小组关于清洁家园行动意见的通知",
            ("关于转发市领导小组", "关于清洁家园行动意见的通知"),
        ),
        (
            "关于印发《清洁家园行动月末现场检查办法》的通知",
            ("关于印发《清洁家园行动", "月末现场检查办法》的通知"),
        ),
        (
            "关于2024年12月1日至12月15日问题办理情况的通报",
            ("关于2024年12月1日至", "12月15日问题办理情况的通报"),
        ),
    ],
)
def test_a_title_is_broken_where_it_says_or_where_words_end(title: str, lines: tuple[str, ...]) -> None:
    assert broken(title) == lines


@given(st.text(st.sampled_from("清洁家园的通知、关于《》和"), min_size=1, max_size=90))
def test_no_line_of_a_title_is_too_long_and_none_of_it_is_lost(title: str) -> None:
    lines = broken(title)

    assert "".join(lines) == title
    assert all(0 < len(line) <= TITLE_CHARACTERS for line in lines)


@pytest.mark.parametrize(
    ("form", "ends"), [(Form.OFFICIAL, "文件"), (Form.NOTE, "工作简报"), (Form.MINUTES, "会议纪要"), (Form.LETTER, "")]
)
def test_the_head_follows_from_the_office_unless_it_is_said(form: Form, ends: str) -> None:
    assert sheet(document(form=form)).masthead == "云溪市清洁家园行动领导小组办公室" + ends
    assert sheet(replace(document(form=form), masthead="专报")).masthead == "专报"


def test_several_annexes_are_counted_and_one_is_not() -> None:
    two = (Annex(title="甲表", body=(paragraph("一"),)), Annex(title="乙表", body=(paragraph("二"),)))

    assert sheet().annex_notes == ("检查表",)
    assert sheet(replace(document(), annexes=two)).annex_notes == ("1.甲表", "2.乙表")
    assert [label for label, _, _ in sheet(replace(document(), annexes=two)).annexes] == ["附件1", "附件2"]


def test_a_handle_is_written_as_people_copy_it() -> None:
    assert spaced("ABCD1234XY2") == "ABCD 1234 XY2"
