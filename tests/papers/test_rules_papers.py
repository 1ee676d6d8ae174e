# SPDX-License-Identifier: Apache-2.0
"""Numbers, days and headings are written as GB/T 9704-2012 has them."""

from datetime import date

import pytest

from jiayuan.papers.rules import Number, chinese, day_in_words, ordinals, unprintable


@pytest.mark.parametrize(
    ("mark", "year", "n", "text"),
    [
        ("演清办", 2025, 7, "演清办〔2025〕7号"),
        ("演清办函", 2025, 120, "演清办函〔2025〕120号"),
        ("", 2025, 3, "第3期"),
    ],
)
def test_a_number_is_written_in_six_cornered_brackets_without_zeros(mark: str, year: int, n: int, text: str) -> None:
    assert Number(kind="official", office="YXQB", mark=mark, year=year, n=n).text == text


def test_a_day_is_written_in_arabic_numerals_without_zeros() -> None:
    assert day_in_words(date(2025, 1, 3)) == "2025年1月3日"


@pytest.mark.parametrize(
    ("n", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_headings_count_in_chinese_numerals(n: int, words: str) -> None:
    assert chinese(n) == words


@pytest.mark.parametrize("n", [0, 100])
def test_what_no_heading_counts_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        chinese(n)


def test_a_higher_heading_begins_the_lower_ones_anew() -> None:
    levels = [1, 2, 2, 3, 4, 4, 1, 2, 3]

    told = list(ordinals(levels))

    assert told == ["一、", "（一）", "（二）", "1.", "（1）", "（2）", "二、", "（一）", "1."]


@pytest.mark.parametrize(
    ("text", "bad"), [("涢水\n澴河", ""), ("甲\x07乙", "\x07"), ("\ud800", "\ud800"), ("\x00", "\x00")]
)
def test_what_no_page_can_hold_is_found(text: str, bad: str) -> None:
    assert unprintable(["好的", text]) == bad
