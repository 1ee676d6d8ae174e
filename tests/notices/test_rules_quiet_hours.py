# SPDX-License-Identifier: Apache-2.0
"""No push between 22:00 and 07:00, except in an emergency."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.notices.rules import PAUSES, TRIES, earliest, is_quiet, next_try
from tests.notices.story import ZONE

moments = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 – hypothesis adds the zone


def wall(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 1, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (wall(3, 21, 59), wall(3, 21, 59)),
        (wall(3, 22), wall(4, 7)),
        (wall(3, 23, 59), wall(4, 7)),
        (wall(4, 0), wall(4, 7)),
        (wall(4, 6, 59), wall(4, 7)),
        (wall(4, 7), wall(4, 7)),
        (wall(31, 22), datetime(2025, 2, 1, 7, 0, tzinfo=ZONE)),
    ],
)
def test_what_falls_into_the_night_waits_for_seven(at: datetime, expected: datetime) -> None:
    assert earliest(at, emergency=False) == expected


def test_the_night_is_the_one_of_the_city_whatever_zone_the_moment_is_written_in() -> None:
    assert earliest(datetime(2025, 1, 3, 14, 30, tzinfo=UTC), emergency=False) == datetime(
        2025, 1, 3, 23, 0, tzinfo=UTC
    )


@given(moments)
def test_an_emergency_never_waits(at: datetime) -> None:
    assert earliest(at, emergency=True) == at


@given(moments)
def test_nothing_is_sent_at_night_and_nothing_waits_longer_than_the_night(at: datetime) -> None:
    sent = earliest(at, emergency=False)

    assert not is_quiet(sent)
    assert timedelta(0) <= sent - at <= timedelta(hours=9)
    assert (sent == at) == (not is_quiet(at))


@given(moments, st.integers(1, TRIES - 1))
def test_each_new_try_comes_after_its_pause_and_by_day(at: datetime, attempts: int) -> None:
    again = next_try(at, attempts=attempts, emergency=False)

    assert again is not None
    assert again >= at + PAUSES[attempts - 1]
    assert not is_quiet(again)


def test_after_six_tries_it_is_given_up() -> None:
    assert next_try(wall(3, 12), attempts=6, emergency=False) is None


def test_pauses_grow() -> None:
    assert list(PAUSES) == sorted(PAUSES)
