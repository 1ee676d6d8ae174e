# SPDX-License-Identifier: Apache-2.0
"""Which pictures count as nearly the same: copies do, other places do not, and plain walls say nothing."""

import io
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from jiayuan.media.alike import is_near, is_same_view, keys, probes
from jiayuan.media.fingerprint import dhash, fine
from jiayuan.media.illustrations import Scene, Setting, Stage, illustration
from tests.media.pictures import encoded

Picture = Image.Image
hash64 = st.integers(min_value=-(2**63), max_value=2**63 - 1)


def drawn(seed: int, *, scene: Scene = Scene.RUBBISH, setting: Setting = Setting.VILLAGE) -> Picture:
    return Image.open(io.BytesIO(illustration(scene, setting, Stage.AFTER, seed=seed))).convert("RGB")


def hashes(picture: Picture) -> tuple[int, str]:
    return dhash(picture), fine(picture)


def again(picture: Picture, quality: int = 70) -> Picture:
    return Image.open(io.BytesIO(encoded(picture, quality=quality))).convert("RGB")


def cropped(picture: Picture, share: float) -> Picture:
    width, height = picture.size
    return picture.crop((int(width * share), int(height * share), int(width * (1 - share)), int(height * (1 - share))))


COPIES: dict[str, Callable[[Picture], Picture]] = {
    "saved again": lambda picture: again(picture, 25),
    "shrunk": lambda picture: again(picture.resize((320, 240))),
    "brightened": lambda picture: again(ImageEnhance.Brightness(picture).enhance(1.15)),
    "darkened": lambda picture: again(ImageEnhance.Brightness(picture).enhance(0.75)),
    "cropped": lambda picture: again(cropped(picture, 0.015)),
}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_nine_of_ten_copies_are_nearly_the_same(copied: Callable[[Picture], Picture]) -> None:
    pictures = [drawn(seed, setting=setting) for seed in range(10) for setting in Setting]

    found = [is_near(hashes(picture), hashes(copied(picture))) for picture in pictures]

    assert sum(found) >= 0.9 * len(found)


def test_a_picture_saved_again_is_the_same_view_and_another_photo_of_the_spot_is_not() -> None:
    picture = drawn(3)
    step_aside = picture.crop((120, 90, 960, 720)).resize(picture.size)

    assert is_same_view(hashes(picture), hashes(again(picture, 50)))
    assert not is_same_view(hashes(picture), hashes(step_aside))


@pytest.mark.parametrize("level", [0, 90, 255])
def test_a_plain_surface_is_not_compared(level: int) -> None:
    rng = Random(level)
    wall = Image.new("L", (320, 240), level)
    wall.putdata([max(0, min(255, level + rng.randrange(-6, 7))) for _ in range(320 * 240)])

    assert fine(wall) == ""


def test_a_sky_that_only_grows_brighter_downwards_is_not_compared() -> None:
    sky = Image.linear_gradient("L").resize((320, 240))

    assert fine(sky) == ""


@given(one=hash64, turned=st.sets(st.integers(min_value=0, max_value=63), max_size=7))
def test_whatever_differs_in_seven_bits_or_fewer_lies_under_a_key_that_is_asked(one: int, turned: set[int]) -> None:
    other = one
    for bit in turned:
        other ^= -(2**63) if bit == 63 else 1 << bit

    assert set(keys(other)) & set(probes(one))


@given(one=hash64)
def test_a_picture_has_four_keys_and_sixty_eight_probes_that_fit_their_column(one: int) -> None:
    assert len(set(keys(one))) == 4
    assert len(set(probes(one))) == 68
    assert all(0 <= key < 2**31 for key in probes(one))


def test_without_the_fine_hash_only_the_nearest_counts() -> None:
    assert is_near((0b1111, ""), (0, "00" * 32))
    assert not is_near((0b11111, ""), (0, "00" * 32))
