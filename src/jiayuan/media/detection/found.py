# SPDX-License-Identifier: Apache-2.0
"""What a detector says: a rectangle in pixels and how sure it is. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

SAME = 0.3
"""Two rectangles that share more than this part of what they cover together are one find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rectangle in pixels of the picture that was looked through; ``sure`` is between 0 and 1."""

    left: float
    top: float
    right: float
    bottom: float
    sure: float

    @property
    def area(self) -> float:
        """Its pixels."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def overlap(self, other: "Found") -> float:
        """What two rectangles share, as a part of what they cover together."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        shared = max(0.0, across) * max(0.0, down)
        return shared / (self.area + other.area - shared) if shared else 0.0

    def grown(self, by: float, *, width: int, height: int) -> "Found":
        """Larger by a part of its sides on each side, inside the picture: hair and ears belong to a face."""
        across, down = (self.right - self.left) * by, (self.bottom - self.top) * by
        return Found(
            left=max(0.0, self.left - across),
            top=max(0.0, self.top - down),
            right=min(float(width), self.right + across),
            bottom=min(float(height), self.bottom + down),
            sure=self.sure,
        )

    def scaled(self, by: float) -> "Found":
        """The same rectangle in a picture that many times as large."""
        return Found(
            left=self.left * by, top=self.top * by, right=self.right * by, bottom=self.bottom * by, sure=self.sure
        )


def distinct(found: Iterable[Found]) -> tuple[Found, ...]:
    """The surest of each heap of rectangles that mean the same."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: -one.sure):
        if all(one.overlap(other) < SAME for other in kept):
            kept.append(one)
    return tuple(kept)
