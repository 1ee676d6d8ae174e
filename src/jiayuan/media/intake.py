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
