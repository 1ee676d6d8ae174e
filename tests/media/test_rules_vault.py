# SPDX-License-Identifier: Apache-2.0
"""Sealing at rest."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from jiayuan.media.vault import Unreadable, seal, unseal

OLD, NEW = (urlsafe_b64encode(bytes([fill]) * 32).decode() for fill in (1, 2))


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens_as_it_was(data: bytes) -> None:
    assert unseal(seal(data, owner="a"), owner="a") == data


def test_the_same_bytes_never_look_the_same() -> None:
    assert seal(b"photo", owner="a") != seal(b"photo", owner="a")


def test_sealed_bytes_do_not_open_for_another_photo() -> None:
    with pytest.raises(Unreadable):
        unseal(seal(b"photo", owner="a"), owner="b")


@given(st.integers(0, 35), st.integers(1, 255))
def test_one_changed_byte_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(seal(b"photo", owner="a"))
    sealed[place] ^= change

    with pytest.raises(Unreadable):
        unseal(bytes(sealed), owner="a")


def test_after_a_new_key_old_photos_still_open_and_new_ones_need_the_new_key(settings: Settings) -> None:
    settings.MEDIA_KEY = OLD
    before = seal(b"old photo", owner="a")
    settings.MEDIA_KEY = f"{NEW}, {OLD}"
    after = seal(b"new photo", owner="a")

    assert unseal(before, owner="a") == b"old photo"
    settings.MEDIA_KEY = NEW
    assert unseal(after, owner="a") == b"new photo"
    with pytest.raises(Unreadable):
        unseal(before, owner="a")
