# SPDX-License-Identifier: Apache-2.0
"""Photos as they are printed: upright JPEGs, no finer than paper shows them. Pure.

The same photo gives the same bytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

LONGEST_SIDE = 720
"""Two photos in a line are 75 mm wide each: 240 points an inch."""
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG and its size in points of the picture."""

    data: bytes
    width: int
    height: int


Pictures = Mapping[str, Picture]
NONE: Pictures = {}


def printable(photos: Iterable[tuple[str, bytes | None]]) -> Pictures:
    """The pictures that there are, by the handles of their photos."""
    return {handle: _drawn(data) for handle, data in photos if data is not None}


def _drawn(data: bytes) -> Picture:
    with Image.open(BytesIO(data)) as read:
        read.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = read.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return Picture(out.getvalue(), picture.width, picture.height)
