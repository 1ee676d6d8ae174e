# SPDX-License-Identifier: Apache-2.0
"""What the door makes of received bytes: facts, or a refusal with a name."""

import struct
import zlib
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.kernel.errors import Refused
from jiayuan.media.enums import PictureFormat
from jiayuan.media.inspection import MAX_BYTES, inspect
from tests.media.pictures import SHOT, SUIZHOU, SUIZHOU_E6, encoded, exif, scene


def refused(data: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(Refused) as caught:
        inspect(data, name)
    assert caught.value.field == "photos"
    assert "%(" not in caught.value.message
    return caught.value.code


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("JPEG", PictureFormat.JPEG),
        ("PNG", PictureFormat.PNG),
        ("WEBP", PictureFormat.WEBP),
        ("HEIF", PictureFormat.HEIC),
    ],
)
def test_each_accepted_format_is_recognised_by_its_bytes_whatever_its_name(form: str, expected: PictureFormat) -> None:
    data = encoded(scene(), form)

    found = inspect(data, "整改前.pdf")

    assert (found.format, found.width, found.height) == (expected, 640, 480)
    assert found.sha256 == sha256(data).hexdigest()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_position_time_and_software_are_read_before_anything_is_stripped(form: str) -> None:
    data = encoded(scene(), form, exif=exif(gps=SUIZHOU, shot=SHOT))

    found = inspect(data)

    assert (found.lon_e6, found.lat_e6) == SUIZHOU_E6
    assert found.taken_at == datetime(2025, 1, 3, 1, 30, 15, tzinfo=UTC)
    assert found.software == "HarmonyOS 5.0"


def test_a_photo_without_metadata_has_no_position_no_time_and_no_software() -> None:
    found = inspect(encoded(scene()))

    assert (found.lon_e6, found.lat_e6, found.taken_at, found.software) == (None, None, None, "")


def test_a_camera_without_a_zone_is_read_on_the_clock_of_the_city() -> None:
    data = encoded(scene(), exif=exif(shot={0x9003: "2025:01:03 09:30:15"}))

    assert inspect(data).taken_at == datetime(2025, 1, 3, 1, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize("written", ["0000:00:00 00:00:00", "1970:01:01 08:00:00", "yesterday", "    "])
def test_a_clock_that_was_never_set_gives_no_time(written: str) -> None:
    assert inspect(encoded(scene(), exif=exif(shot={0x9003: written}))).taken_at is None


@pytest.mark.parametrize(
    "gps",
    [
        {**SUIZHOU, 9: "V"},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (131.0, 0.0, 0.0), 3: "E", 4: (113.0, 0.0, 0.0)},
        {1: "N", 2: (31.0, 0.0), 3: "E", 4: (113.0, 0.0, 0.0)},
        {1: "N", 2: (31.0, 0.0, 0.0)},
    ],
    ids=["no fix", "null island", "beyond the pole", "two parts only", "latitude alone"],
)
def test_a_position_that_cannot_be_true_is_no_position(gps: dict[int, object]) -> None:
    found = inspect(encoded(scene(), exif=exif(gps=gps)))

    assert (found.lon_e6, found.lat_e6) == (None, None)


def test_south_and_west_are_negative() -> None:
    data = encoded(scene(), exif=exif(gps={1: "S", 2: (33.0, 30.0, 0.0), 3: "W", 4: (70.0, 0.0, 36.0)}))

    found = inspect(data)

    assert (found.lon_e6, found.lat_e6) == (-70_010_000, -33_500_000)


def test_a_photo_taken_upright_counts_as_upright() -> None:
    found = inspect(encoded(scene((640, 480)), exif=exif(orientation=6)))

    assert (found.width, found.height) == (480, 640)


def test_control_characters_and_length_of_the_software_are_cut() -> None:
    found = inspect(encoded(scene(), exif=exif(software="Cam\x07era " + "x" * 400)))

    assert found.software.startswith("Camera xxx")
    assert len(found.software) == 120


def test_an_empty_file_is_refused() -> None:
    assert refused(b"") == "photo_empty"


def test_more_than_twenty_megabytes_are_refused_before_anything_is_decoded() -> None:
    assert refused(encoded(scene()) + b"\0" * MAX_BYTES) == "photo_too_large"


@pytest.mark.parametrize("data", [b"hello", b"%PDF-1.7 ...", b"MZ\x90\0", b"<html><script>alert(1)</script>"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert refused(data, "report.bin") == "photo_not_a_picture"


@pytest.mark.parametrize("name", ["photo.jpg", "照片.JPEG", "x.heic", "y.webp"])
def test_a_program_named_like_a_photo_is_refused_as_disguised(name: str) -> None:
    assert refused(b"MZ\x90\0" + b"\0" * 200, name) == "photo_disguised"


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "AVIF"])
def test_other_kinds_of_pictures_are_refused_with_the_kinds_that_are_taken(form: str) -> None:
    assert refused(encoded(scene((64, 64)), form)) == "photo_unsupported"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_photo_whose_end_is_missing_is_refused(form: str, kept: float) -> None:
    whole = encoded(scene(), form)

    assert refused(whole[: int(len(whole) * kept)]) == "photo_truncated"


def test_a_progressive_jpeg_cut_short_is_refused() -> None:
    whole = encoded(scene(), progressive=True)

    assert refused(whole[: len(whole) // 2]) == "photo_truncated"


@pytest.mark.parametrize(("width", "height"), [(10_000, 6_001), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_small_file_that_unfolds_into_a_giant_is_refused_unopened(width: int, height: int) -> None:
    assert refused(png_header(width, height)) == "photo_bomb"


def test_a_picture_with_packed_text_that_explodes_is_refused() -> None:
    flood = zlib.compress(b"\0" * (80 << 20))
    body = b"Comment\0\0" + flood
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    plain = encoded(scene((64, 64)), "PNG")

    assert refused(plain[:33] + chunk + plain[33:]) == "photo_truncated"


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGBA", "LA", "I;16"])
def test_unusual_colour_modes_are_accepted(mode: str) -> None:
    picture = scene((64, 48)).convert("L").convert("I;16") if mode == "I;16" else scene((64, 48)).convert(mode)

    assert inspect(encoded(picture, "PNG")).format == PictureFormat.PNG


def test_a_cmyk_jpeg_is_accepted() -> None:
    assert inspect(encoded(scene(mode="CMYK"))).format == PictureFormat.JPEG


@given(
    st.binary(min_size=1, max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"]),
)
def test_any_bytes_at_all_are_answered_with_a_named_refusal(tail: bytes, head: bytes) -> None:
    assert refused(head + tail).startswith("photo_")


@given(st.data())
def test_a_photo_with_flipped_bytes_is_taken_or_refused_by_name_and_never_crashes(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP"]))
    spoiled = bytearray(encoded(scene((48, 36)), form, exif=exif(gps=SUIZHOU, shot=SHOT)))
    for _ in range(data.draw(st.integers(1, 8))):
        spoiled[data.draw(st.integers(0, len(spoiled) - 1))] = data.draw(st.integers(0, 255))

    try:
        found = inspect(bytes(spoiled))
    except Refused as answer:
        assert answer.code.startswith("photo_")
    else:
        assert found.width > 0
