# SPDX-License-Identifier: Apache-2.0
"""Means with their weights, and bands in which nobody is ranked whom the numbers cannot tell apart."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from jiayuan.inspections.rules import Mean, Measured, banded, mean_of, spread_of

POINTS = some.integers(0, 10_000).map(lambda n: Fraction(n, 100))


def unit(key: str, points: float, n: int = 1, whole: int = 40) -> Mean:
    return Mean(key=key, points=Fraction(str(points)), n=n, whole=whole)


@given(some.lists(some.tuples(POINTS, some.integers(1, 50)), min_size=1, max_size=12))
def test_a_mean_is_what_its_weights_say_and_lies_among_its_places(rows: list[tuple[Fraction, int]]) -> None:
    measured = [Measured(key=str(n), points=points, weight=Fraction(weight)) for n, (points, weight) in enumerate(rows)]
    spelled_out = [points for points, weight in rows for _ in range(weight)]

    found = mean_of(measured)
    assert found == sum(spelled_out, Fraction(0)) / len(spelled_out)
    assert min(spelled_out) <= found <= max(spelled_out)


@given(
    some.lists(some.tuples(POINTS, some.integers(1, 30), some.integers(0, 30)), max_size=15),
    some.none() | some.integers(0, 900).map(Fraction),
)
def test_bands_hold_everybody_once_and_nobody_better_than_somebody_above(
    rows: list[tuple[Fraction, int, int]], spread: Fraction | None
) -> None:
    means = [Mean(key=str(k), points=p, n=n, whole=n + more) for k, (p, n, more) in enumerate(rows)]
    bands = banded(means, spread)

    assert sorted(one.key for band in bands for one in band) == sorted(one.key for one in means)
    for upper, lower in pairwise(bands):
        assert min(one.points for one in upper) >= max(one.points for one in lower)
    assert banded(means[::-1], spread) == bands


def test_with_one_village_each_two_points_tell_nothing() -> None:
    towns = [unit("a", 92.0), unit("b", 90.0), unit("c", 89.5)]

    # Not even how much villages of one town differ is known.
    assert len(banded(towns, None)) == 1
    assert len(banded(towns, Fraction(9))) == 1


def test_with_many_villages_each_the_same_gap_is_told() -> None:
    towns = [unit("a", 92.0, n=30), unit("b", 90.0, n=30)]

    assert [[one.key for one in band] for band in banded(towns, Fraction(9))] == [["a"], ["b"]]


def test_where_every_village_was_inspected_the_draw_makes_no_error() -> None:
    full = [unit("a", 91.2, n=12, whole=12), unit("b", 90.0, n=9, whole=9), unit("c", 89.9, n=9, whole=9)]

    # Less than a point is never told: two inspectors differ by as much.
    assert [[one.key for one in band] for band in banded(full, None)] == [["a"], ["b", "c"]]


def test_the_spread_comes_from_units_with_two_places_or_more() -> None:
    assert spread_of([[Fraction(90)], [Fraction(80)]]) is None
    assert spread_of([[Fraction(90), Fraction(94)], [Fraction(70)], [Fraction(80), Fraction(80)]]) == 4
