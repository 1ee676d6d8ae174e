# SPDX-License-Identifier: Apache-2.0
"""Pictures for the tests of the media room, drawn and written here so that every byte is known."""

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw

from jiayuan.kernel.handles import seeded

SUIZHOU = {1: "N", 2: (31.0, 41.0, 24.0), 3: "E", 4: (113.0, 22.0, 48.0)}
SUIZHOU_E6 = (113_380_000, 31_690_000)
CAMERA = {0x0131: "HarmonyOS 5.0", 0x010F: "HUAWEI"}
SHOT = {0x9003: "2025:01:03 09:30:15", 0x9011: "+08:00"}


def scene(size: tuple[int, int] = (640, 480), *, seed: int = 1, mode: str = "RGB") -> Image.Image:
    """A picture with large shapes, different for each seed."""
    rng = seeded(seed)
    picture = Image.new("RGB", size, tuple(rng.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y = rng.randrange(size[0]), rng.randrange(size[1])
        across, down = rng.randrange(size[0] // 8, size[0] // 2), rng.randrange(size[1] // 8, size[1] // 2)
        draw.ellipse((x - across, y - down, x + across, y + down), fill=tuple(rng.randrange(256) for _ in range(3)))
    return picture.convert(mode)


def exif(
    *, gps: Mapping[int, object] | None = None, shot: Mapping[int, object] | None = None, **main: object
) -> Image.Exif:
    """An EXIF block; keywords are ``orientation`` and ``software``."""
    block = Image.Exif()
    for tag, value in CAMERA.items():
        block[tag] = value
    if "orientation" in main:
        block[0x0112] = main["orientation"]
    if "software" in main:
        block[0x0131] = main["software"]
    block.get_ifd(0x8769).update(shot or {})
    block.get_ifd(0x8825).update(gps or {})
    return block


def encoded(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """The picture as a file of this format."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def pixel(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """Red, green and blue of one point."""
    found = picture.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return found
