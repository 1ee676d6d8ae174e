# SPDX-License-Identifier: Apache-2.0
"""The difference hash against what is known about it."""

import io

import pytest
from PIL import Image, ImageDraw

from jiayuan.media.fingerprint import apart, dhash
from tests.media.pictures import encoded, scene


def stripes(*shades: int) -> Image.Image:
    """Nine vertical stripes of 20 pixels."""
    picture = Image.new("L", (180, 160))
    draw = ImageDraw.Draw(picture)
    for place, shade in enumerate(shades):
        draw.rectangle((place * 20, 0, place * 20 + 19, 159), fill=shade)
    return picture


def test_a_plain_surface_has_no_bits() -> None:
    assert dhash(Image.new("RGB", (300, 200), (120, 120, 120))) == 0


def test_growing_brighter_to_the_right_sets_every_bit_which_is_minus_one() -> None:
    assert dhash(stripes(*range(10, 190, 20))) == -1


def test_growing_darker_to_the_right_sets_none() -> None:
    assert dhash(stripes(*range(250, 70, -20))) == 0


def test_each_row_reads_from_left_to_right_with_the_first_bit_highest() -> None:
    hashed = dhash(stripes(10, 200, 150, 100, 60, 40, 30, 20, 10)) & (2**64 - 1)

    assert hashed == int("80" * 8, 16)


@pytest.mark.parametrize("seed", range(8))
def test_a_brighter_copy_hashes_alike(seed: int) -> None:
    picture = scene(seed=seed).point(lambda level: level // 2 + 20)
    brighter = picture.point(lambda level: level + 60)

    assert apart(dhash(picture), dhash(brighter)) <= 2


@pytest.mark.parametrize("seed", range(8))
def test_a_smaller_recompressed_copy_is_near(seed: int) -> None:
    picture = scene((1280, 960), seed=seed)
    copy = Image.open(io.BytesIO(encoded(picture.resize((320, 240)), quality=40)))

    assert apart(dhash(picture), dhash(copy)) <= 4


def test_different_pictures_are_far_from_each_other() -> None:
    hashes = [dhash(scene(seed=seed)) for seed in range(12)]

    assert min(apart(one, other) for one in hashes for other in hashes if one is not other) > 10


def test_a_hash_fits_a_signed_column() -> None:
    assert all(-(2**63) <= dhash(scene(seed=seed)) < 2**63 for seed in range(20))
