# SPDX-License-Identifier: Apache-2.0
"""What is covered is gone: the cover is made of what lies around it and of nothing else."""

import io

import pytest
from PIL import Image

from jiayuan.media.enums import PublicVariant
from jiayuan.media.intake import WHOLE, Box
from jiayuan.media.obscure import public_pictures
from tests.media.pictures import encoded, exif, pixel, scene
from tests.media.plates import with_plate

PLATE = (240, 300, 400, 351)
OVER = Box(left=3600, top=6000, width=2800, height=1500)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("variant", PublicVariant)
def test_pictures_that_differ_only_under_the_cover_become_the_same_public_picture(variant: PublicVariant) -> None:
    one, other = (encoded(with_plate(PLATE, words=words), "PNG") for words in (3, 4))
    assert one != other
    assert public_pictures(one, [])[variant] != public_pictures(other, [])[variant]

    assert public_pictures(one, [OVER])[variant] == public_pictures(other, [OVER])[variant]


def test_covers_that_overlap_tell_nothing_of_each_other() -> None:
    one, other = (encoded(with_plate(PLATE, words=words), "PNG") for words in (3, 4))
    halves = [Box(left=3600, top=6000, width=1500, height=1500), Box(left=5000, top=6000, width=1400, height=1500)]

    first, second = (public_pictures(data, halves)[PublicVariant.LARGE] for data in (one, other))

    assert first == second


def test_a_picture_that_is_covered_whole_shows_nothing() -> None:
    whole = [Box(left=0, top=0, width=WHOLE, height=WHOLE)]

    pictures = {public_pictures(encoded(scene(seed=seed), "PNG"), whole)[PublicVariant.LARGE] for seed in (1, 2)}

    assert len(pictures) == 1


def test_what_is_not_covered_stays_as_it_was() -> None:
    picture = scene((1280, 960), seed=4)

    shown = opened(public_pictures(encoded(picture, "PNG"), [OVER])[PublicVariant.LARGE])

    assert shown.size == (1280, 960)
    for at in ((40, 40), (1200, 100), (100, 900)):
        assert all(abs(a - b) < 24 for a, b in zip(pixel(shown, *at), pixel(picture, *at), strict=True))


def test_nothing_of_the_camera_comes_along() -> None:
    data = encoded(scene(), exif=exif(software="HarmonyOS 5.0"))

    for made in public_pictures(data, []).values():
        assert dict(opened(made).getexif()) == {}
        assert b"EXIF" not in made
        assert b"HarmonyOS" not in made
