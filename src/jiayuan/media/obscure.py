# SPDX-License-Identifier: Apache-2.0
"""The picture that everybody may see: what is covered is gone for good. Pure: bytes in, bytes out.

A blur can be computed back and a mosaic can be guessed, plates first of all, for both are made of what they hide. A
cover here is made of what lies around it alone: two pictures that differ only below it become the same public picture.
"""

import io
from collections.abc import Mapping, Sequence

from PIL import Image, ImageStat

from jiayuan.media.enums import PublicVariant
from jiayuan.media.intake import WHOLE, Box
from jiayuan.media.pictures import encoded

SIDES = {PublicVariant.LARGE: 1280, PublicVariant.THUMB: 360}
"""Smaller than the desk's own: what was found by nobody is smaller too."""
QUALITY = {PublicVariant.LARGE: 78, PublicVariant.THUMB: 72}
TILES = 4
SHADE = 14
"""A chequered cover, so that nobody takes it for something that was there."""
RING = 0.15
UNKNOWN = (128, 128, 128)


def public_pictures(data: bytes, covered: Sequence[Box]) -> Mapping[PublicVariant, bytes]:
    """Both public variants as WebP without metadata, made from the stripped large picture."""
    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGB")
    parts = [_pixels(box, picture.size) for box in covered]
    hidden = Image.new("L", picture.size, 255)
    for part in parts:
        hidden.paste(0, part)
    for part, tone in [(part, _around(picture, part, hidden)) for part in parts]:
        _chequer(picture, part, tone)
    return {variant: encoded(picture, side=SIDES[variant], quality=QUALITY[variant]) for variant in PublicVariant}


Part = tuple[int, int, int, int]
Colour = tuple[int, int, int]


def _pixels(box: Box, size: tuple[int, int]) -> Part:
    width, height = size
    return (
        box.left * width // WHOLE,
        box.top * height // WHOLE,
        min(width, -(-(box.left + box.width) * width // WHOLE)),
        min(height, -(-(box.top + box.height) * height // WHOLE)),
    )


def _around(picture: Image.Image, part: Part, hidden: Image.Image) -> Colour:
    """The mean colour of a ring around a part, without anything that is itself hidden."""
    left, top, right, bottom = part
    across, down = (max(4, int(length * RING)) for length in (right - left, bottom - top))
    ring = (left - across, top - down, right + across, bottom + down)
    inside = (max(0, ring[0]), max(0, ring[1]), min(picture.width, ring[2]), min(picture.height, ring[3]))
    mask = hidden.crop(inside)
    if mask.getextrema()[1] == 0:
        return UNKNOWN
    red, green, blue = (round(mean) for mean in ImageStat.Stat(picture.crop(inside), mask).mean)
    return red, green, blue


def _chequer(picture: Image.Image, part: Part, tone: Colour) -> None:
    left, top, right, bottom = part
    tiles = Image.new("RGB", (TILES, TILES))
    for number in range(TILES * TILES):
        column, row = number % TILES, number // TILES
        shade = SHADE if (column + row) % 2 else -SHADE
        tiles.putpixel((column, row), (*(max(0, min(255, level + shade)) for level in tone),))
    picture.paste(tiles.resize((right - left, bottom - top), Image.Resampling.NEAREST), (left, top))
