# SPDX-License-Identifier: Apache-2.0
"""The drawing surface: shapes in picture coordinates, smooth edges, and the mark that every picture carries."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 720
# Drawn twice as large and halved: smooth edges for a few milliseconds.
SCALE = 2
MARK = Path(__file__).resolve().parents[2] / "data" / "demo_mark.png"

Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a place was looked at: which part of the sheet, from which side, in what light."""

    across: float = 0.5
    down: float = 0.5
    part: float = 1.0
    mirrored: bool = False
    light: float = 1.0


DRAWN_BY = "Jiayuan illustration"
_SOFTWARE = 0x0131
INK: Colour = (44, 50, 56)


class Sheet:
    """A drawing surface in picture coordinates."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self._draw = ImageDraw.Draw(self._image)

    def fade(self, top: Colour, bottom: Colour, y: int) -> None:
        """Fill down to y from one colour to another."""
        strip = Image.new("RGB", (1, 2))
        strip.putpixel((0, 0), top)
        strip.putpixel((0, 1), bottom)
        self._image.paste(strip.resize((WIDTH * SCALE, y * SCALE), Image.Resampling.BILINEAR), (0, 0))

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def box(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        """A filled rectangle."""
        self.shape([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill)

    def round(self, x: float, y: float, across: float, down: float, fill: Colour) -> None:
        """A filled ellipse around a point."""
        self._draw.ellipse([(x - across) * SCALE, (y - down) * SCALE, (x + across) * SCALE, (y + down) * SCALE], fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A line through points."""
        self._draw.line([(x * SCALE, y * SCALE) for x, y in points], fill, round(width * SCALE), joint="curve")

    def seen(self, view: View) -> None:
        """Look at the sheet through a view; what is drawn afterwards lies on top of it."""
        width, height = self._image.size
        left, top = width * (1 - view.part) * view.across, height * (1 - view.part) * view.down
        box = (left, top, left + width * view.part, top + height * view.part)
        seen = self._image.resize(self._image.size, Image.Resampling.BILINEAR, box=box)
        if view.mirrored:
            seen = seen.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        self._image = seen.point(lambda level: min(255, round(level * view.light)))
        self._draw = ImageDraw.Draw(self._image)

    def jpeg(self, exif: Image.Exif | None = None) -> bytes:
        """The finished picture with its mark, and with what a camera would have written if that is given."""
        picture = self._image.reduce(SCALE)
        mark = _mark()
        plate = Image.new("RGB", (mark.width + 24, mark.height + 16), INK)
        plate.paste((255, 255, 255), (12, 8), mark)
        picture.paste(plate, (20, HEIGHT - plate.height - 20))
        out = io.BytesIO()
        # The bytes say it too, for whoever looks at the file and not at the picture.
        said = exif or Image.Exif()
        said.setdefault(_SOFTWARE, DRAWN_BY)
        picture.save(out, "JPEG", quality=86, exif=said)
        return out.getvalue()


@lru_cache(maxsize=1)
def _mark() -> Image.Image:
    """演示数据 as a mask, kept as a drawing so that no font is needed."""
    with Image.open(MARK) as mark:
        return mark.convert("L").resize((mark.width // 2, mark.height // 2), Image.Resampling.LANCZOS)


def tone(colour: Colour, by: float) -> Colour:
    """The colour lighter (above 1) or darker (below 1)."""
    red, green, blue = (max(0, min(255, round(part * by))) for part in colour)
    return red, green, blue
