# SPDX-License-Identifier: Apache-2.0
"""Means of towns and counties with the weights they were made with, and bands instead of ranks.

A town of which one village was drawn may be two points better by chance alone. So nobody gets a rank: units stand in
one band as long as the difference between them is smaller than what the number of places can tell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST_GAP = Fraction(1)
"""Points. Two inspectors of one place differ by as much; a smaller difference is never told, however many are drawn."""
STANDARD_ERRORS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A place or a mean with what it counts for when the next mean is made."""

    key: str
    points: Fraction
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """The mean of a unit: from ``n`` places out of ``whole``; ``weight`` is the sum of what it was made from."""

    key: str
    points: Fraction
    n: int
    whole: int
    weight: Fraction = Fraction(1)


def mean_of(measured: Sequence[Measured]) -> Fraction:
    """The weighted mean of at least one."""
    total = sum((one.weight for one in measured), Fraction(0))
    return sum((one.points * one.weight for one in measured), Fraction(0)) / total


def spread_of(groups: Iterable[Sequence[Fraction]]) -> Fraction | None:
    """How much places of one unit differ, as a variance pooled over all units; None where no unit has two."""
    squares, freedom = Fraction(0), 0
    for points in groups:
        if len(points) > 1:
            middle = sum(points, Fraction(0)) / len(points)
            squares += sum(((one - middle) ** 2 for one in points), Fraction(0))
            freedom += len(points) - 1
    return squares / freedom if freedom else None


def banded(means: Iterable[Mean], spread: Fraction | None) -> tuple[tuple[Mean, ...], ...]:
    """The units in bands, the best first; in a band by key, for there is no order inside it.

    The best unit opens a band; whoever cannot be told from it stands with it. The first that can opens the next one.
    A unit of which every place was inspected has no error of drawing.
    """
    bands: list[list[Mean]] = []
    for mean in sorted(means, key=lambda one: (-one.points, one.key)):
        if bands and not _can_be_told(bands[-1][0], mean, spread):
            bands[-1].append(mean)
        else:
            bands.append([mean])
    return tuple(tuple(sorted(band, key=lambda one: one.key)) for band in bands)


def _can_be_told(best: Mean, other: Mean, spread: Fraction | None) -> bool:
    gap = best.points - other.points
    errors = [_error(one, spread) for one in (best, other)]
    if gap < LEAST_GAP or None in errors:
        return False
    # Squares are compared, so that no root is taken and everything stays exact.
    return gap**2 > STANDARD_ERRORS**2 * sum((error for error in errors if error is not None), Fraction(0))


def _error(mean: Mean, spread: Fraction | None) -> Fraction | None:
    """The variance of a mean by drawing; None where the places say nothing about it."""
    left_out = 1 - Fraction(mean.n, max(mean.whole, mean.n))
    if not left_out:
        return Fraction(0)
    return None if spread is None else spread / mean.n * left_out
