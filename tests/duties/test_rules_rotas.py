# SPDX-License-Identifier: Apache-2.0
"""On which days a turn falls: weeks count from that of the first day, and nothing lies outside its span."""

from datetime import date, timedelta

import pytest

from jiayuan.duties.rules import Pattern, bits_of, days_of, monday_of, week_of, weekdays_of

WEDNESDAY = date(2025, 1, 1)
FIRST_MONDAY = date(2024, 12, 30)


def turn(*weekdays: int, every: int = 1, starts_on: date = WEDNESDAY, ends_on: date | None = None) -> Pattern:
    return Pattern(every=every, weekdays=bits_of(weekdays), starts_on=starts_on, ends_on=ends_on)


def test_a_week_runs_from_monday_to_sunday_over_the_turn_of_the_year() -> None:
    assert monday_of(WEDNESDAY) == FIRST_MONDAY
    assert week_of(WEDNESDAY)[-1] == date(2025, 1, 5)
    assert monday_of(date(2025, 1, 5)) == FIRST_MONDAY


def test_days_of_the_week_are_kept_and_read_again() -> None:
    assert bits_of([7, 1, 1]) == 65
    assert weekdays_of(65) == [1, 7]


def test_the_first_week_begins_with_the_first_day() -> None:
    assert days_of(turn(1, 3, 5), FIRST_MONDAY) == [WEDNESDAY, date(2025, 1, 3)]


@pytest.mark.parametrize(("every", "weeks"), [(1, [0, 1, 2, 3, 4]), (2, [0, 2, 4]), (3, [0, 3]), (12, [0])])
def test_it_comes_every_so_many_weeks(every: int, weeks: list[int]) -> None:
    one = turn(5, every=every)

    found = [n for n in range(5) if days_of(one, FIRST_MONDAY + timedelta(weeks=n))]

    assert found == weeks


def test_two_shops_that_begin_a_week_apart_never_meet() -> None:
    first, second = turn(6, every=2), turn(6, every=2, starts_on=date(2025, 1, 6))

    both = [bool(days_of(one, FIRST_MONDAY + timedelta(weeks=n))) for n in range(9) for one in (first, second)]

    assert both[2:] == [False, True, True, False] * 4


def test_nothing_falls_before_the_first_day_after_the_last_or_on_days_left_out() -> None:
    one = turn(*range(1, 8), ends_on=date(2025, 1, 3))

    assert days_of(one, FIRST_MONDAY - timedelta(days=1)) == []
    assert days_of(one, WEDNESDAY) == [date(2025, 1, day) for day in (1, 2, 3)]
    assert days_of(one, WEDNESDAY, until=date(2025, 1, 2), but={WEDNESDAY}) == [date(2025, 1, 2)]
