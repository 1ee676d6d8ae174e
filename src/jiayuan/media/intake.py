# SPDX-License-Identifier: Apache-2.0
"""What a door hands over beside the bytes."""

from dataclasses import dataclass

from jiayuan.media.enums import PositionSource
from jiayuan.media.inspection import MAX_BYTES

MOST_BYTES = MAX_BYTES
"""More than this of a file need not be read: it is refused as too large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A position in WGS-84 that came with the page, used when the photo itself carries none."""

    lon: float
    lat: float
    accuracy_m: int | None = None
    source: PositionSource = PositionSource.PAGE


WHOLE = 10_000
"""Parts of a picture are told in ten-thousandths of its width and height: no rounding differs between machines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of a picture."""

    left: int
    top: int
    width: int
    height: int


def box_from(words: str) -> Box | None:
    """``left,top,width,height`` in ten-thousandths as a page sends it, cut to the picture; None for anything else."""
    parts = words.split(",")
    if len(parts) != 4 or not all(part.strip().isdecimal() and len(part) <= 6 for part in parts):
        return None
    left, top, width, height = (int(part) for part in parts)
    width, height = min(width, WHOLE - left), min(height, WHOLE - top)
    return Box(left=left, top=top, width=width, height=height) if width > 0 and height > 0 else None
