# SPDX-License-Identifier: Apache-2.0
"""What is served: smaller, upright, and empty of everything the camera wrote."""

import io

import pytest
from PIL import Image, ImageCms

from jiayuan.kernel.errors import Refused
from jiayuan.media.enums import PictureFormat, Variant
from jiayuan.media.fingerprint import apart, dhash
from jiayuan.media.pictures import derive_pictures
from tests.media.pictures import SHOT, SUIZHOU, encoded, exif, pixel, scene


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("form", "kind"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp"), ("HEIF", "heic")], ids=lambda value: value
)
def test_both_variants_are_webp_of_their_size_and_show_the_same_scene(form: str, kind: str) -> None:
    source = scene((2000, 1500))

    made = derive_pictures(encoded(source, form), PictureFormat(kind))

    assert {variant: opened(data).size for variant, data in made.items()} == {
        Variant.LARGE: (1600, 1200),
        Variant.THUMB: (360, 270),
    }
    assert {opened(data).format for data in made.values()} == {"WEBP"}
    assert all(apart(dhash(source), dhash(opened(data))) <= 4 for data in made.values())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_the_camera_wrote_is_in_the_served_bytes(form: str) -> None:
    kind = PictureFormat({"HEIF": "heic"}.get(form, form.lower()))
    data = encoded(
        scene(),
        form,
        exif=exif(gps=SUIZHOU, shot=SHOT),
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )

    for served in derive_pictures(data, kind).values():
        assert not opened(served).getexif()
        assert set(opened(served).info) <= {"loop", "background", "timestamp", "duration"}
        assert not any(
            trace in served for trace in (b"EXIF", b"Exif", b"XMP", b"ICCP", b"HUAWEI", b"Harmony", b"2025:01")
        )


@pytest.mark.parametrize(("orientation", "corner"), [(1, "tl"), (3, "br"), (6, "tr"), (8, "bl"), (2, "tr"), (4, "bl")])
def test_the_picture_stands_as_the_camera_was_held(orientation: int, corner: str) -> None:
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste("red", (0, 0, 100, 100))

    made = opened(
        derive_pictures(encoded(picture, quality=95, exif=exif(orientation=orientation)), PictureFormat.JPEG)[
            Variant.THUMB
        ]
    )

    x = 20 if corner[1] == "l" else made.width - 20
    y = 20 if corner[0] == "t" else made.height - 20
    red, green, _blue = pixel(made, x, y)
    assert red > 200 > 80 > green


def test_see_through_parts_become_white() -> None:
    picture = Image.new("RGBA", (100, 100), (0, 0, 0, 0))

    made = opened(derive_pictures(encoded(picture, "PNG"), PictureFormat.PNG)[Variant.THUMB])

    assert min(pixel(made, 50, 50)) > 250


def test_a_small_picture_is_not_blown_up() -> None:
    made = derive_pictures(encoded(scene((200, 100))), PictureFormat.JPEG)

    assert opened(made[Variant.LARGE]).size == (200, 100)


def test_a_broken_colour_profile_costs_only_its_colours() -> None:
    made = derive_pictures(encoded(scene(), icc_profile=b"nonsense" * 40), PictureFormat.JPEG)

    assert opened(made[Variant.LARGE]).size == (640, 480)


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "CMYK"])
def test_every_colour_mode_can_be_served(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"

    made = derive_pictures(
        encoded(scene(mode=mode) if mode != "LA" else scene().convert("LA"), form), PictureFormat(form.lower())
    )

    assert opened(made[Variant.THUMB]).mode == "RGB"


def test_a_damaged_picture_is_refused_by_name() -> None:
    whole = encoded(scene())

    with pytest.raises(Refused) as caught:
        derive_pictures(whole[: len(whole) // 2], PictureFormat.JPEG)

    assert caught.value.code == "photo_truncated"
