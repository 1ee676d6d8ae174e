# SPDX-License-Identifier: Apache-2.0
"""What a door hands over beside the bytes."""

from dataclasses import dataclass

from jiayuan.media.enums import PositionSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A position in WGS-84 that came with the page, used when the photo itself carries none."""

    lon: float
    lat: float
    accuracy_m: int | None = None
    source: PositionSource = PositionSource.PAGE
