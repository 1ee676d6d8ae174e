# SPDX-License-Identifier: Apache-2.0
"""Typed words: kept as they were written, or refused beside their field with a reason; never cut, never an accident."""

import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line, phone, words


def reason(raw: str, *, longest: int = 2000, needed: bool = False) -> str:
    with pytest.raises(Refused) as refused:
        words(raw, field="text", longest=longest, needed=needed)
    assert refused.value.field == "text"
    assert "%(" not in refused.value.message
    return refused.value.code


def line_reason(raw: str) -> str:
    with pytest.raises(Refused) as refused:
        one_line(raw, field="place_text", longest=100)
    assert refused.value.field == "place_text"
    return refused.value.code


@pytest.mark.parametrize("raw", ["", " ", "\u3000\u3000", "\r\n\t", "\x1c\x85"])
def test_nothing_is_empty_and_refused_only_where_something_is_needed(raw: str) -> None:
    assert words(raw, field="text", longest=10) == ""
    assert reason(raw, needed=True) == "empty"


def test_five_thousand_characters_are_refused_with_both_lengths() -> None:
    with pytest.raises(Refused) as refused:
        words("垃" * 5000, field="text", longest=2000)

    assert refused.value.code == "too_long"
    assert refused.value.facts == {"length": 5000, "longest": 2000}
    assert "5000" in refused.value.message


def test_exactly_as_many_as_fit_are_kept() -> None:
    assert words("垃" * 2000, field="text", longest=2000) == "垃" * 2000


def test_characters_that_did_not_arrive_whole_are_refused() -> None:
    assert reason("垃圾\ufffd\ufffd没人收") == "encoding"


@pytest.mark.parametrize(
    "letter",
    [
        *"\x00\x07\x0b\x1b\x7f\x85",
        *"\u200b\u200c\u200e\u200f",
        *"\u202a\u202e\u2066\u2069\u061c\u2060\u00ad\ufeff\u206f\ufff9",
        *"\u115f\u3164\uffa0\u2800\ue000\ufdd0\ufffe\U0010ffff",
        "\ud800",
    ],
    ids=lambda letter: f"U+{ord(letter):04X}",
)
def test_what_nobody_sees_is_refused(letter: str) -> None:
    assert reason(f"垃圾{letter}没人收") == "control_characters"


@pytest.mark.parametrize(
    "markup",
    ["<b>垃圾</b>", "<script>alert(1)</script>", "垃圾<!-- x -->", "<img src=x onerror='1<2'>", "<?php ?>", "</a\n>"],
)
def test_markup_is_refused(markup: str) -> None:
    assert reason(markup) == "markup"


@pytest.mark.parametrize("plain", ["路宽<3米", "5 < 6 > 4", "垃圾 <-- 这里", "a<b"])
def test_angle_brackets_that_are_no_markup_are_kept(plain: str) -> None:
    assert words(plain, field="text", longest=100) == plain


@pytest.mark.parametrize("signs", ["。。。！！", "🙏🙏", "???", "——", "👨‍👩‍👧"])
def test_signs_alone_say_too_little(signs: str) -> None:
    assert reason(signs) == "no_words"


@pytest.mark.parametrize(
    "raw",
    [
        "垃圾没人收🙏",
        "全家👨‍👩‍👧都来了",
        "英格兰🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f队",
        "第一行\n\n第二行\t缩进",
        "㐂和𠮷",
        "𰻝面馆",
    ],
)
def test_what_people_write_is_kept_to_the_letter(raw: str) -> None:
    assert words(raw, field="text", longest=100) == raw


def test_line_ends_of_every_machine_become_one_kind() -> None:
    assert words(" 一\r\n二\r三\n四 ", field="text", longest=100) == "一\n二\n三\n四"


def test_letters_that_unicode_added_later_are_not_called_invisible() -> None:
    assert words("名字有\U00031350字", field="text", longest=100)


@pytest.mark.parametrize("raw", ["桥头🏠", "张三👨‍👩‍👧", "1️⃣号", "🇨🇳村", "王\u200d五", "新\U0001fae8脸", "★旁"])
def test_picture_characters_are_refused_in_names_and_places(raw: str) -> None:
    assert line_reason(raw) == "picture_characters"


@pytest.mark.parametrize("raw", ["二○二五年", "冷库3℃", "№3 院", "20㎡棚", "村委会（东）·2号", "𠮷野家"])
def test_signs_of_measure_are_kept_in_names_and_places(raw: str) -> None:
    assert one_line(raw, field="place_text", longest=100) == raw


def test_a_line_has_no_breaks_and_single_blanks() -> None:
    assert one_line(" 桥头\n\n街道\u3000 2号 ", field="place_text", longest=100) == "桥头 街道 2号"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_kept_or_refused(raw: str) -> None:
    try:
        kept = words(raw, field="text", longest=50)
    except Refused as refused:
        assert refused.field == "text"
        return

    assert len(kept) <= 50
    assert kept in raw.replace("\r\n", "\n").replace("\r", "\n")
    assert words(kept, field="text", longest=50) == kept
    kept.encode()


@given(st.text(max_size=60))
def test_whatever_is_typed_on_one_line_is_one_line_or_refused(raw: str) -> None:
    try:
        kept = one_line(raw, field="text", longest=50)
    except Refused as refused:
        assert refused.field == "text"
        return

    assert len(kept.splitlines()) <= 1
    assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in kept)
    assert one_line(kept, field="text", longest=50) == kept


@pytest.mark.parametrize("letters", ["<a", "<a>", "\u200b", "<", "\r"])
def test_two_megabytes_of_malice_are_turned_down_at_once(letters: str) -> None:
    start = perf_counter()

    assert reason("字" + letters * (2_000_000 // len(letters)) + "字") == "too_long"

    assert perf_counter() - start < 2


def test_many_opened_tags_take_no_longer_than_their_length() -> None:
    start = perf_counter()

    kept = words("<a" * 100_000, field="text", longest=1_000_000)

    assert len(kept) == 200_000
    assert perf_counter() - start < 2


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("13800000000", "13800000000"),
        ("138 0000-0000", "13800000000"),
        ("（0722）3591234", "07223591234"),
        ("0722—3591234", "07223591234"),
        ("１３８００００００００", "13800000000"),
        ("+86 138 0000 0000", "+8613800000000"),
        ("12345", "12345"),
    ],
)
def test_a_telephone_number_is_its_digits(raw: str, kept: str) -> None:
    assert phone(raw, field="contact_phone") == kept


@pytest.mark.parametrize(
    "raw",
    ["1234", "1" * 16, "abc", "138+0000", "٠١٢٣٤٥٦٧", "१२३४५६", "138\x000000", "<b>13800000000</b>", "+", "\ufffd"],
)
def test_what_is_no_telephone_number_is_refused(raw: str) -> None:
    with pytest.raises(Refused) as refused:
        phone(raw, field="contact_phone")

    assert (refused.value.code, refused.value.field) == ("phone", "contact_phone")


@given(st.text(max_size=40))
def test_a_kept_telephone_number_is_ascii_digits(raw: str) -> None:
    try:
        kept = phone(raw, field="contact_phone")
    except Refused:
        return

    assert kept == "" or (kept.lstrip("+").isdecimal() and kept.isascii() and len(kept) <= 16)
