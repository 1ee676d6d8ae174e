# SPDX-License-Identifier: Apache-2.0
"""Handles: read aloud, copied by hand, mistyped once – and never mistaken for another."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.kernel.handles import ALPHABET, CHECKS, LENGTH, new_handle, read_handle, seeded

HANDLES = st.integers().map(lambda seed: new_handle(seeded(seed)))


@given(HANDLES)
def test_a_handle_is_read_as_it_was_made(handle: str) -> None:
    assert read_handle(handle) == handle
    assert len(handle) == LENGTH + 1


@given(HANDLES)
def test_a_handle_never_holds_a_letter_that_looks_like_another_or_that_no_phone_offers(handle: str) -> None:
    assert not set(handle) & set("ILO*~$=")
    assert "U" not in handle[:LENGTH]


@given(HANDLES)
def test_a_handle_is_found_in_lower_case_full_width_and_with_pauses(handle: str) -> None:
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in handle)

    assert read_handle(handle.lower()) == handle
    assert read_handle(f" {handle[:4]}-{handle[4:8]} {handle[8:]}\u3000") == handle
    assert read_handle(full_width) == handle


@given(HANDLES)
def test_what_the_hand_writes_alike_is_read_alike(handle: str) -> None:
    assert read_handle(handle.replace("0", "O").replace("1", "l")) == handle
    assert read_handle(handle.replace("0", "o").replace("1", "I")) == handle


@given(HANDLES)
def test_every_single_wrong_letter_is_noticed(handle: str) -> None:
    for at, right in enumerate(handle):
        for wrong in CHECKS:
            if wrong != right:
                assert read_handle(handle[:at] + wrong + handle[at + 1 :]) is None


@given(HANDLES)
def test_every_swap_of_neighbours_is_noticed(handle: str) -> None:
    for at in range(LENGTH):
        swapped = handle[:at] + handle[at + 1] + handle[at] + handle[at + 2 :]
        assert swapped == handle or read_handle(swapped) is None


@given(st.text(max_size=14))
def test_nothing_that_is_typed_breaks_the_reading(typed: str) -> None:
    found = read_handle(typed)

    assert found is None or read_handle(found) == found


@pytest.mark.parametrize("typed", ["", "0" * 10, "0" * 12, "ßßßßßßßßßßß", "<script>alert(1)", "一二三四五六七八九十一"])
def test_what_cannot_be_a_handle_is_none(typed: str) -> None:
    assert read_handle(typed) is None


def test_ten_zeros_check_as_zero() -> None:
    assert read_handle("0" * 11) == "0" * 11


def test_the_alphabet_is_crockfords() -> None:
    assert sorted(ALPHABET) == sorted(set(string.digits + string.ascii_uppercase) - set("ILOU"))
    assert len(CHECKS) == len(set(CHECKS)) == 37


def test_the_same_seed_gives_the_same_handle_and_the_system_never_does() -> None:
    assert new_handle(seeded("suizhou")) == new_handle(seeded("suizhou"))
    assert len({new_handle() for _ in range(1000)}) == 1000


def test_fifty_bits_are_used_to_the_last() -> None:
    letters = [set(column) for column in zip(*(new_handle(seeded(seed)) for seed in range(2000)), strict=True)]

    assert all(column == set(ALPHABET) for column in letters[:LENGTH])
