# SPDX-License-Identifier: Apache-2.0
"""User names and numbers: what is taken, how it is stored, what outsiders see."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.people.intake import canonical_login, canonical_name, canonical_phone
from jiayuan.people.names import username_validators
from jiayuan.people.rules import covering_codes, masked_name, masked_phone

TAKEN = ["张三", "李春花2025", "wang.xiao_man-1", "涢水街道", "㵐山", "ＡＢＣ", "欧阳〇"]
REFUSED = {
    "a single letter": "张",
    "more than twenty": "张" * 21,
    "emoji": "张三😀",
    "a blank inside": "张 三",
    "a line end": "张\n三",
    "an escape": "张\x1b三",
    "an invisible joiner": "张\u200d三",
    "a zero-width blank": "张\u200b三",
    "right-to-left override": "abc\u202ecba",
    "Cyrillic that looks Latin": "аdmin",
    "Arabic": "مدير",
    "angle brackets": "<b>张</b>",
    "an e-mail address": "zhang@example.org",
    "somebody's number": "13800138000",
    "somebody's number in full": "＋８６１３８００１３８０００",
}


def refused(name: str) -> bool:
    try:
        for validate in username_validators:
            validate(name)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("name", TAKEN)
def test_names_people_really_have_are_taken(name: str) -> None:
    assert not refused(name)


@pytest.mark.parametrize("name", REFUSED.values(), ids=REFUSED.keys())
def test_a_name_that_hides_something_is_refused(name: str) -> None:
    assert refused(name)


def test_full_width_and_capitals_are_the_same_name() -> None:
    assert canonical_name("ＷＡＮＧ小满") == canonical_name("wang小满") == "wang小满"


@given(st.text(max_size=30))
def test_a_canonical_name_is_its_own_canonical_name(typed: str) -> None:
    once = canonical_name(typed)

    if not refused(typed):
        assert canonical_name(once) == once


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13800138000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("+86 138-0013-8000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("0722-3312345", "+867223312345"),
        ("+85291234567", "+85291234567"),
        ("12345", ""),
        ("+8612345678901", ""),
        ("张三", ""),
        ("", ""),
    ],
)
def test_a_number_is_stored_in_one_form(typed: str, stored: str) -> None:
    assert canonical_phone(typed) == stored


def test_signing_in_takes_names_numbers_and_addresses_as_people_type_them() -> None:
    assert canonical_login(" 138 0013 8000 ") == "+8613800138000"
    assert canonical_login("Zhang@Example.org") == "zhang@example.org"
    assert canonical_login("ＺＨＡＮＧ三") == "zhang三"


def test_outsiders_see_the_first_character_alone() -> None:
    assert masked_name("张三") == "张*"
    assert masked_name("欧阳春花") == "欧***"
    assert masked_name("张") == "*"
    assert masked_name("") == ""


def test_a_number_shows_enough_to_be_recognised_by_its_owner() -> None:
    assert masked_phone("+8613800138000") == "+86138******00"
    assert masked_phone("12345") == "*****"


def test_a_place_is_covered_by_itself_its_town_its_county_and_its_city() -> None:
    assert covering_codes("990101001001") == ("990100000000", "990101000000", "990101001000", "990101001001")
    assert covering_codes("990101000000") == ("990100000000", "990101000000")
