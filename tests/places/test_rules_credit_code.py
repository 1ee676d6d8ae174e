# SPDX-License-Identifier: Apache-2.0
"""The unified social credit code of GB 32100-2015."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.places.rules import is_uscc, uscc_check_character

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# The example of the standard, and the one in the documentation of an independent implementation (python-stdnum).
KNOWN = ["91350100M000100Y43", "91110000600037341L"]


@pytest.mark.parametrize("code", KNOWN)
def test_a_known_code_is_right(code: str) -> None:
    assert is_uscc(code)


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_a_body_with_its_check_character_is_right(body: str) -> None:
    assert is_uscc(body + uscc_check_character(body))


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_seen(body: str, place: int, letter: str) -> None:
    code = body + uscc_check_character(body)
    wrong = code[:place] + letter + code[place + 1 :]

    assert is_uscc(wrong) == (wrong == code)


@pytest.mark.parametrize("text", ["", "91350100M000100Y4", "91350100M000100Y4I", "91350100m000100y43", "9" * 19])
def test_what_has_the_wrong_shape_is_no_code(text: str) -> None:
    assert not is_uscc(text)
