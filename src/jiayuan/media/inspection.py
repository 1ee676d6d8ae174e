# SPDX-License-Identifier: Apache-2.0
"""What received bytes really are: read from the content, never from the name, or refused for a named reason.

Pure: bytes in, facts out. Runs outside commands because decoding a twelve-megapixel photo takes a tenth of a second.
"""

import hashlib
import io
import math
import struct
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pillow_heif
from django.utils.translation import pgettext_lazy
from PIL import Image

from jiayuan.kernel.errors import Refused
from jiayuan.media.enums import PictureFormat
from jiayuan.media.fingerprint import dhash, fine

pillow_heif.register_heif_opener()

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
SOFTWARE_LENGTH = 120
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".bmp", ".tif", ".tiff", ".avif")
# Some cameras write no zone: then the wall clock of the city is meant, because that is where the campaign is.
CAMERA_ZONE = ZoneInfo("Asia/Shanghai")

_PLUGIN = {
    PictureFormat.JPEG: "JPEG",
    PictureFormat.PNG: "PNG",
    PictureFormat.WEBP: "WEBP",
    PictureFormat.HEIC: "HEIF",
}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_OTHER_PICTURES = (b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*", b"8BPS", b"\0\0\x01\0", b"\xff\x0a", b"qoif")
_DRAFT_SIDE = 720
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_QUARTER_TURNED = (5, 6, 7, 8)

REFUSALS = {
    "photo_empty": pgettext_lazy("media", "The photo arrived empty. Please choose it again."),
    "photo_too_large": pgettext_lazy(
        "media", "The photo is larger than %(limit_mb)s MB. Take it again with a smaller picture size."
    ),
    "photo_not_a_picture": pgettext_lazy("media", "This file is not a photo. Please choose a photo."),
    "photo_disguised": pgettext_lazy(
        "media", "This file is named like a photo but holds something else. Please choose a photo."
    ),
    "photo_truncated": pgettext_lazy("media", "Part of the photo is missing. Please send it again."),
    "photo_bomb": pgettext_lazy(
        "media", "The photo has more than %(limit_mp)s million pixels. Take it again with a smaller picture size."
    ),
    "photo_unsupported": pgettext_lazy(
        "media", "This kind of picture cannot be taken in. Please use JPEG, PNG, WebP or HEIC."
    ),
}
_LIMITS = {"photo_too_large": {"limit_mb": MAX_BYTES >> 20}, "photo_bomb": {"limit_mp": MAX_PIXELS // 1_000_000}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What a photo says about itself. Width and height are as it is looked at; the moment is UTC."""

    format: PictureFormat
    width: int
    height: int
    taken_at: datetime | None
    lon_e6: int | None
    lat_e6: int | None
    software: str
    sha256: str
    dhash: int
    fine: str


def inspect(data: bytes, declared_name: str = "") -> Inspected:
    """The facts of an acceptable photo; refused when empty, too large, no picture, disguised, damaged or a bomb."""
    if not data:
        raise refusal("photo_empty")
    if len(data) > MAX_BYTES:
        raise refusal("photo_too_large")
    kind = _recognise(data, declared_name)
    with opened(data, kind) as picture:
        exif = _exif(picture)
        width, height = picture.size
        # A JPEG is decoded at a fraction of its size, four times faster; every byte is still read, so a missing
        # end is still found.
        picture.draft("RGB", (_DRAFT_SIDE, _DRAFT_SIDE))
        standing = upright(picture)
        turned = exif.main.get(_ORIENTATION) in _QUARTER_TURNED
        lon, lat = _position(exif)
        return Inspected(
            format=kind,
            width=height if turned else width,
            height=width if turned else height,
            taken_at=_moment(exif),
            lon_e6=lon,
            lat_e6=lat,
            software=_software(exif),
            sha256=hashlib.sha256(data).hexdigest(),
            dhash=dhash(standing),
            fine=fine(standing),
        )


def refusal(code: str) -> Refused:
    """The named refusal of a photo, to be shown beside the photo field."""
    return Refused(code, REFUSALS[code], field="photos", **_LIMITS.get(code, {}))


@contextmanager
def opened(data: bytes, kind: PictureFormat) -> Iterator[Image.Image]:
    """The picture, opened by the one plugin of its format; whatever goes wrong inside becomes a named refusal."""
    try:
        with warnings.catch_warnings():
            # Pillow only warns between its own limit and twice that; ours is lower and is checked below.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=[_PLUGIN[kind]]) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise refusal("photo_bomb")
                yield picture
    except Image.DecompressionBombError as bomb:
        raise refusal("photo_bomb") from bomb
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, RuntimeError, struct.error) as damage:
        # Decoders answer broken files with whatever their parser trips over; all of it means the same here.
        raise refusal("photo_truncated") from damage


def upright(picture: Image.Image) -> Image.Image:
    """The picture decoded whole and turned as the camera was held."""
    picture.load()
    turn = _TURNS.get(_exif(picture).main.get(_ORIENTATION, 1))
    return picture.transpose(turn) if turn is not None else picture.copy()


def _recognise(data: bytes, declared_name: str) -> PictureFormat:
    found = signature(data)
    if found is not None:
        return found
    if data.startswith(_OTHER_PICTURES) or (data[4:8] == b"ftyp" and b"avi" in data[8:32]):
        raise refusal("photo_unsupported")
    named_like_one = declared_name.lower().endswith(PICTURE_ENDINGS)
    raise refusal("photo_disguised" if named_like_one else "photo_not_a_picture")


def signature(data: bytes) -> PictureFormat | None:
    """The accepted format whose signature the bytes carry."""
    if data.startswith(b"\xff\xd8\xff"):
        return PictureFormat.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureFormat.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return PictureFormat.WEBP
    if data[4:8] == b"ftyp" and _HEIC_BRANDS & _brands(data):
        return PictureFormat.HEIC
    return None


def _brands(data: bytes) -> set[bytes]:
    end = min(int.from_bytes(data[:4], "big"), 128)
    return {data[start : start + 4] for start in range(8, end, 4)}


@dataclass(frozen=True, slots=True)
class _Exif:
    """The three EXIF directories, already read; all are empty when they cannot be parsed."""

    main: Mapping[int, Any]
    shot: Mapping[int, Any]
    gps: Mapping[int, Any]


def _exif(picture: Image.Image) -> _Exif:
    try:
        exif = picture.getexif()
        return _Exif(dict(exif), dict(exif.get_ifd(0x8769)), dict(exif.get_ifd(0x8825)))
    except (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, struct.error):
        # A camera's broken notes are no reason to turn a good picture away.
        return _Exif({}, {}, {})


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return "".join(letter for letter in str(value or "") if letter.isprintable()).strip()


def _software(exif: _Exif) -> str:
    return _text(exif.main.get(0x0131))[:SOFTWARE_LENGTH]


def _moment(exif: _Exif) -> datetime | None:
    written = _text(exif.shot.get(0x9003)) or _text(exif.main.get(0x0132))
    zone = _text(exif.shot.get(0x9011))
    for text, form in ((written + zone, "%Y:%m:%d %H:%M:%S%z"), (written, "%Y:%m:%d %H:%M:%S")):
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 – the second form has no zone, the next line adds it
        except ValueError:
            continue
        aware = moment if moment.tzinfo else moment.replace(tzinfo=CAMERA_ZONE)
        return aware.astimezone(UTC) if moment.year >= 1990 else None
    return None


def _position(exif: _Exif) -> tuple[int | None, int | None]:
    """Longitude and latitude in millionths of a degree; both or neither."""
    if _text(exif.gps.get(9)).upper() == "V":  # the receiver itself says that it had no fix
        return None, None
    lat = _degrees(exif.gps.get(2), _text(exif.gps.get(1)), furthest=90)
    lon = _degrees(exif.gps.get(4), _text(exif.gps.get(3)), furthest=180)
    if lat is None or lon is None or (lat, lon) == (0, 0):  # 0, 0 is what phones write when they know nothing
        return None, None
    return lon, lat


def _degrees(parts: Any, side: str, *, furthest: int) -> int | None:
    try:
        value = sum(float(part) / scale for part, scale in zip(parts, (1, 60, 3600), strict=True))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not math.isfinite(value) or value > furthest:
        return None
    return round((-value if side.upper() in ("S", "W") else value) * 1_000_000)
