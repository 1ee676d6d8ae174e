# SPDX-License-Identifier: Apache-2.0
"""What is flagged at a picture and what is not."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.cases.enums import Flag, Weight
from jiayuan.cases.rules import Errand, Picture, Point, Raised, Twin, flags_of, metres_between
from tests.cast import MORNING

HERE = Point(lon=113.38, lat=31.69, accuracy_m=10)
ERRAND = Errand(place=HERE, since=MORNING, within_m=60)
LATER = MORNING + timedelta(hours=5)
CASE, OTHER = 7, 8
METRE = 1 / 111_195


def at(metres: int, **more: Any) -> Point:
    """So far north of the case."""
    return Point(lon=HERE.lon, lat=HERE.lat + metres * METRE, **{"accuracy_m": 10} | more)


def after(**facts: Any) -> Picture:
    given: dict[str, Any] = {"photo_id": 2, "is_after": True, "received_at": LATER}
    return Picture(**given | facts)


def before(**facts: Any) -> Picture:
    given: dict[str, Any] = {"photo_id": 1, "is_after": False, "received_at": MORNING}
    return Picture(**given | facts)


def raised(*pictures: Picture, errand: Errand = ERRAND) -> list[Flag]:
    return [flag.flag for flag in flags_of(errand, pictures, case_id=CASE)]


def only(*pictures: Picture, errand: Errand = ERRAND) -> Raised:
    (flag,) = flags_of(errand, pictures, case_id=CASE)
    return flag


def test_a_picture_from_the_spot_in_time_raises_nothing() -> None:
    assert raised(before(taken_at=MORNING, readings=(at(5),)), after(taken_at=LATER, readings=(at(20),))) == []


moments = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2026, 1, 1)).map(  # noqa: DTZ001 – a zone is added
    lambda moment: moment.replace(tzinfo=MORNING.tzinfo)
)


@given(
    place=st.none() | st.builds(Point, lon=st.floats(73, 136), lat=st.floats(3, 54)),
    since=st.none() | moments,
    within_m=st.integers(min_value=1, max_value=1000),
    received=st.lists(st.tuples(st.booleans(), moments), max_size=6),
)
def test_what_a_picture_does_not_say_is_never_held_against_it(
    place: Point | None, since: datetime | None, within_m: int, received: list[tuple[bool, datetime]]
) -> None:
    errand = Errand(place=place, since=since, within_m=within_m)
    silent = [
        Picture(photo_id=number, is_after=is_after, received_at=moment)
        for number, (is_after, moment) in enumerate(received)
    ]

    assert flags_of(errand, silent, case_id=CASE) == ()


@pytest.mark.parametrize(
    ("metres", "weight"), [(0, None), (139, None), (141, Weight.HINT), (559, Weight.HINT), (562, Weight.STRONG)]
)
def test_far_begins_beyond_twice_the_spread_of_the_class_and_both_accuracies(
    metres: int, weight: Weight | None
) -> None:
    found = flags_of(ERRAND, [after(readings=(at(metres),))], case_id=CASE)

    assert [(flag.flag, flag.weight) for flag in found] == ([(Flag.FAR, weight)] if weight else [])


def test_the_distance_is_told() -> None:
    assert only(after(readings=(at(3000),))).metres == pytest.approx(3000, abs=5)


def test_a_phone_without_a_word_about_its_accuracy_gets_fifty_metres() -> None:
    vague = Errand(place=Point(lon=HERE.lon, lat=HERE.lat), since=None, within_m=60)

    assert raised(after(readings=(at(215, accuracy_m=None),)), errand=vague) == []
    assert raised(after(readings=(at(225, accuracy_m=None),)), errand=vague) == [Flag.FAR]


def test_a_long_ditch_may_be_photographed_from_farther_along_than_a_bin() -> None:
    ditch = Errand(place=HERE, since=None, within_m=200)

    assert raised(after(readings=(at(400),)), errand=ditch) == []
    assert raised(after(readings=(at(400),))) == [Flag.FAR]


def test_a_position_that_is_near_in_either_reading_is_near() -> None:
    assert raised(after(readings=(at(600), at(30)))) == []


def test_without_a_position_of_the_case_nothing_is_far() -> None:
    assert raised(after(readings=(at(9000),)), errand=Errand(place=None, since=None, within_m=60)) == []


def test_a_picture_from_before_the_unit_had_the_case_is_early() -> None:
    flag = only(after(taken_at=MORNING - timedelta(hours=2)))

    assert (flag.flag, flag.weight, flag.minutes) == (Flag.EARLY, Weight.STRONG, 120)


def test_half_an_hour_is_forgiven_to_a_camera() -> None:
    assert raised(after(taken_at=MORNING - timedelta(minutes=30))) == []


def test_a_picture_before_may_well_be_older_than_the_dispatch() -> None:
    assert raised(before(taken_at=MORNING - timedelta(days=3))) == []


def test_a_picture_before_that_was_taken_after_the_one_afterwards_is_the_wrong_way_round() -> None:
    errand = Errand(place=None, since=None, within_m=60)
    flag = only(before(taken_at=LATER, received_at=LATER), after(taken_at=LATER - timedelta(minutes=90)), errand=errand)

    assert (flag.flag, flag.photo_id, flag.minutes) == (Flag.BACKWARDS, 2, 90)


@pytest.mark.parametrize("taken_at", [LATER + timedelta(hours=1), LATER - timedelta(days=3000)])
def test_a_camera_clock_that_cannot_be_right_is_said_and_not_called_early(taken_at: datetime) -> None:
    flag = only(after(taken_at=taken_at))

    assert (flag.flag, flag.weight) == (Flag.CLOCK, Weight.HINT)


def test_an_editor_is_named_as_a_hint() -> None:
    flag = only(after(editor="Snapseed"))

    assert (flag.flag, flag.weight, flag.word) == (Flag.EDITED, Weight.HINT, "Snapseed")


def test_the_picture_before_saved_again_is_named() -> None:
    flag = only(before(), after(same_as=1))

    assert (flag.flag, flag.photo_id, flag.other_photo) == (Flag.SAME_AS_BEFORE, 2, 1)


@pytest.mark.parametrize(("is_same", "code"), [(True, Flag.SAME), (False, Flag.NEARLY_SAME)])
def test_a_picture_of_another_case_is_named_with_that_case(is_same: bool, code: Flag) -> None:
    flag = only(after(twins=(Twin(photo_id=5, case_id=OTHER, is_same=is_same),)))

    assert (flag.flag, flag.weight, flag.other_photo, flag.other_case) == (code, Weight.STRONG, 5, OTHER)


def test_an_earlier_picture_of_the_same_case_is_no_twin() -> None:
    assert raised(after(twins=(Twin(photo_id=5, case_id=CASE, is_same=False),))) == []


def test_the_weighty_flags_come_first() -> None:
    found = flags_of(ERRAND, [after(editor="Snapseed", readings=(at(3000),))], case_id=CASE)

    assert [flag.weight for flag in found] == [Weight.STRONG, Weight.HINT]


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert metres_between(Point(lon=113, lat=31), Point(lon=113, lat=32)) == pytest.approx(111_195, abs=30)
    assert metres_between(HERE, HERE) == 0
