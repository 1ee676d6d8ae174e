# SPDX-License-Identifier: Apache-2.0
"""The shapes of the demonstration's season, without a database: dealt totals are exact, tails heavy, days uneven."""

from datetime import date
from pathlib import Path

import pytest

import jiayuan
from jiayuan.cases.rules.season import (
    Chooser,
    Shapes,
    cut,
    day_weights,
    days_of,
    deal,
    place_weights,
    read_shapes,
    share_of_top,
    smaller,
)
from jiayuan.kernel.handles import seeded

SHIPPED = Path(jiayuan.__file__).parent / "data" / "demo" / "season.toml"
HOLIDAYS = {date(2024, 10, day) for day in range(1, 8)}


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return read_shapes(SHIPPED.read_text(encoding="utf-8"))


def test_the_published_figures_are_declared(shapes: Shapes) -> None:
    told = {figure.code: (figure.setting, figure.total) for figure in shapes.figures}

    assert (told["F1"], told["F2"], told["F3"]) == (("rural", 14_200), ("rural", 12_100), ("rural", 11_900))
    assert told["F5"] == ("urban", 5_240)
    assert told["F4"][0] == "urban"
    assert 25_201 <= told["F4"][1] <= 25_299


@pytest.mark.parametrize("total", [1, 7, 500, 25_243])
@pytest.mark.parametrize("mean", [1.2, 2.1, 3.1])
def test_what_is_dealt_sums_up_exactly_and_has_about_the_wanted_mean(total: int, mean: float) -> None:
    dealt = deal(total, mean=mean, rng=seeded("deal"))

    assert sum(dealt) == total
    assert min(dealt) >= 1
    if total > 1_000:
        assert abs(total / len(dealt) - mean) < 0.35


def test_a_tenth_of_the_places_holds_the_declared_share(shapes: Shapes) -> None:
    weights = place_weights([f"{n:012d}" for n in range(842)], shapes, seeded(1))

    assert share_of_top([round(weight * 1_000_000) for weight in weights.values()], percent=10) == pytest.approx(
        shapes.places["top_holds_percent"] / 100, abs=0.01
    )
    assert 0.30 <= shapes.places["top_holds_percent"] / 100 <= 0.40


def test_another_seed_makes_other_places_heavy(shapes: Shapes) -> None:
    codes = [f"{n:012d}" for n in range(200)]
    first, second = (place_weights(codes, shapes, seeded(seed)) for seed in (1, 2))

    assert max(first, key=lambda code: first[code]) != max(second, key=lambda code: second[code])


def test_weekends_and_holidays_dip_and_both_deadlines_bring_a_rush(shapes: Shapes) -> None:
    weights = day_weights(shapes, setting="rural", is_holiday=HOLIDAYS.__contains__)

    assert weights[date(2024, 11, 10)] < weights[date(2024, 11, 8)] * 0.6
    assert weights[date(2024, 10, 3)] < weights[date(2024, 9, 26)] * 0.5
    assert weights[date(2024, 12, 3)] > weights[date(2024, 11, 19)] * 1.5
    assert weights[date(2024, 12, 31)] > weights[date(2024, 12, 17)] * 1.5
    assert set(weights) == set(days_of(shapes))


def test_built_up_places_join_in_with_the_second_phase(shapes: Shapes) -> None:
    urban = day_weights(shapes, setting="urban", is_holiday=HOLIDAYS.__contains__)
    rural = day_weights(shapes, setting="rural", is_holiday=HOLIDAYS.__contains__)

    before, after = date(2024, 11, 12), date(2024, 12, 17)
    assert urban[after] / urban[before] > 1.5 * rural[after] / rural[before]


def test_whoever_draws_by_weight_draws_the_heavy_more_often() -> None:
    chooser: Chooser[str] = Chooser([("often", 9), ("never", 0), ("seldom", 1)])
    drawn = [chooser.draw(rng) for rng in [seeded("draw")] for _ in range(1_000)]

    assert 850 < drawn.count("often") < 950
    assert "never" not in drawn


def test_pieces_keep_the_order_and_lose_nothing() -> None:
    pieces = cut(list(range(50)), smallest=2, largest=7, rng=seeded("cut"))

    assert [one for piece in pieces for one in piece] == list(range(50))
    assert max(len(piece) for piece in pieces) <= 7


def test_a_smaller_season_has_smaller_sums_and_the_same_shares(shapes: Shapes) -> None:
    small = smaller(shapes, 0.05)

    assert [figure.total for figure in small.figures] == [710, 605, 595, 1262, 262]
    assert small.shares == shapes.shares
