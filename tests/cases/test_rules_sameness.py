# SPDX-License-Identifier: Apache-2.0
"""How likely two reports mean the same thing: place first, then days, words and pictures."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from jiayuan.cases.rules.sameness import LIKELY, Seen, box_of, likeness, metres, pair_set, pairs_of, words_of
from tests.cast import COMMUNITY, MORNING, NEXT_VILLAGE

LIMITS: Mapping[str, Any] = {"within_m": 60, "within_days": 30}
TEN_METRES = 10 / 111_320


def seen(**given: Any) -> Seen:
    values: dict[str, Any] = {"village": COMMUNITY, "class_id": 1, "tile": "rubbish", "at": MORNING}
    return Seen(**values | given)


def at_point(metres_north: float = 0, **given: Any) -> Seen:
    return seen(lon=113.0, lat=31.0 + metres_north * TEN_METRES / 10, **given)


def test_the_same_kind_in_the_same_village_is_shown_and_the_nearer_the_higher() -> None:
    without = likeness(seen(), seen(), **LIMITS)
    near, far = (likeness(at_point(), at_point(north), **LIMITS) for north in (5, 55))

    assert LIKELY <= without <= far < near


@pytest.mark.parametrize(
    "other",
    [
        at_point(70),
        at_point(class_id=2, tile="water"),
        at_point(at=MORNING - timedelta(days=31)),
    ],
    ids=["too far", "another kind", "too long ago"],
)
def test_what_lies_outside_the_limits_of_the_class_is_not_the_same(other: Seen) -> None:
    assert likeness(at_point(), other, **LIMITS) == 0


def test_another_village_without_a_position_is_not_the_same() -> None:
    assert likeness(seen(), seen(village=NEXT_VILLAGE), **LIMITS) == 0


def test_near_points_are_the_same_across_the_border_of_two_villages() -> None:
    assert likeness(at_point(), at_point(10, village=NEXT_VILLAGE), **LIMITS) >= LIKELY


def test_the_same_words_and_the_same_picture_weigh() -> None:
    words = pair_set(["桥头路口有一堆垃圾"])
    plain = likeness(seen(), seen(), **LIMITS)

    with_words = likeness(seen(pairs=words), seen(pairs=pair_set(["路口一堆垃圾没人管"])), **LIMITS)
    with_picture = likeness(seen(), seen(), same_picture=True, **LIMITS)

    assert plain < with_words < with_picture <= 100


def test_one_picture_speaks_louder_than_two_positions() -> None:
    assert likeness(at_point(), at_point(500), same_picture=True, **LIMITS) >= LIKELY


def test_a_class_that_was_changed_at_filing_still_fits_by_its_picture_tile() -> None:
    assert likeness(seen(), seen(class_id=9), **LIMITS) >= LIKELY


def test_a_text_is_cut_into_pairs_that_do_not_cross_its_signs() -> None:
    assert pairs_of("路口，垃圾堆 A1") == [["路口"], ["垃圾", "圾堆"], ["a1"]]
    assert words_of("路口，垃圾堆") == "路口 垃圾 圾堆"
    assert pairs_of("，。") == []


def test_a_box_holds_everything_within_its_metres() -> None:
    west, south, east, north = box_of(113.0, 31.0, within_m=60)

    assert metres(113.0, 31.0, east, 31.0) == pytest.approx(60, abs=0.5)
    assert metres(113.0, 31.0, 113.0, south) == pytest.approx(60, abs=0.5)
    assert west < 113.0 < east and south < 31.0 < north
