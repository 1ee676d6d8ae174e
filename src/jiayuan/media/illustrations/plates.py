# SPDX-License-Identifier: Apache-2.0
"""Number plates that no car carries, for tests and for measuring what is found: invented characters on real colours."""

from enum import StrEnum

from PIL import Image, ImageDraw, ImageFont

from jiayuan.kernel.handles import seeded


class Ground(StrEnum):
    """What a plate is painted in, with the size of its kind in millimetres."""

    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    REAR = "rear"
    """Yellow in two rows, at the rear of trucks."""


_SIZES = {Ground.BLUE: (440, 140), Ground.GREEN: (480, 140), Ground.YELLOW: (440, 140), Ground.REAR: (440, 220)}
_PAINT = {Ground.BLUE: (24, 68, 170), Ground.YELLOW: (240, 180, 30), Ground.REAR: (240, 180, 30)}
_PALE, _LEAF = (230, 245, 235), (70, 185, 110)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def plate(ground: Ground, *, seed: int) -> Image.Image:
    """A plate seen straight, a pixel per millimetre, without the sign of any province."""
    rng = seeded(seed)
    across, down = _SIZES[ground]
    picture = _painted(ground, across, down)
    draw = ImageDraw.Draw(picture)
    ink = (245, 245, 245) if ground is Ground.BLUE else (20, 20, 20)
    draw.rounded_rectangle((6, 6, across - 7, down - 7), 10, outline=ink, width=4)
    text = "".join(rng.choice(_LETTERS) for _ in range(8 if ground is Ground.GREEN else 7))
    rows = [text[:2], text[2:]] if ground is Ground.REAR else [text]
    for number, row in enumerate(rows):
        _write(draw, row, ink, top=18 + number * (down - 30) // len(rows), across=across, tall=(down - 36) // len(rows))
    return picture


def _painted(ground: Ground, across: int, down: int) -> Image.Image:
    if ground is not Ground.GREEN:
        return Image.new("RGB", (across, down), _PAINT[ground])
    strip = Image.new("RGB", (1, 2), _PALE)
    strip.putpixel((0, 1), _LEAF)
    return strip.resize((across, down), Image.Resampling.BILINEAR)


def _write(draw: ImageDraw.ImageDraw, row: str, ink: tuple[int, int, int], *, top: int, across: int, tall: int) -> None:
    font = ImageFont.load_default(size=tall)
    each = (across - 40) / len(row)
    for number, letter in enumerate(row):
        middle = 20 + each * (number + 0.5)
        draw.text((middle, top + tall / 2), letter, ink, font=font, anchor="mm", stroke_width=2)
