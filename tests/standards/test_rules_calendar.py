# SPDX-License-Identifier: Apache-2.0
"""The work calendar: agreement with both packages, and what it refuses."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from jiayuan.standards.rules.calendar import CalendarDay, CalendarEnds, CalendarError, WorkCalendar, hours_of
from tests.standards.calendars import calendar_with, days_of, office_calendar


def _whole_year(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=number) for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_both_packages_and_the_calendar_agree_on_every_day(year: int, working: int) -> None:
    days = _whole_year(year)
    other = holidays.country_holidays("CN", years=[year])

    ours = [office_calendar().is_working(on) for on in days]

    assert ours == [chinese_calendar.is_workday(on) for on in days]
    assert ours == [other.is_working_day(on) for on in days]
    assert sum(ours) == working


@pytest.mark.parametrize(
    "on", ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-02-14", "2026-10-10"]
)
def test_make_up_days_at_the_weekend_are_worked(on: str) -> None:
    assert office_calendar().is_working(date.fromisoformat(on))


def test_a_missing_day_is_refused() -> None:
    days = days_of()
    del days[100]

    with pytest.raises(CalendarError, match="jumps from 2024-04-09 to 2024-04-11"):
        WorkCalendar(days)


def test_a_day_told_twice_is_refused() -> None:
    days = days_of()

    with pytest.raises(CalendarError, match="jumps"):
        WorkCalendar([*days, days[7]])


def test_an_empty_calendar_is_refused() -> None:
    with pytest.raises(CalendarError):
        WorkCalendar([])


def test_a_day_outside_names_the_calendars_ends() -> None:
    with pytest.raises(CalendarEnds, match="2024-01-01 to 2026-12-31; 2027-01-01 was needed"):
        office_calendar().is_working(date(2027, 1, 1))


def test_the_confirmed_part_ends_before_the_first_provisional_day() -> None:
    assert calendar_with(provisional_from=date(2026, 1, 1)).confirmed_to == date(2025, 12, 31)
    assert calendar_with(provisional_from=date(2024, 1, 1)).confirmed_to is None
    assert office_calendar().confirmed_to == date(2026, 12, 31)


def test_days_may_be_given_in_any_order() -> None:
    days = [CalendarDay(on=date(2025, 1, number), is_working=True) for number in (3, 1, 2)]

    assert WorkCalendar(days).first == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("since", "segments"),
    [
        ("13-01", "08:00-12:00"),
        ("01-01", "08:00"),
        ("01-01", "eight-noon"),
        ("01-01", "12:00-08:00"),
        ("01-01", "08:00-12:00,11:00-18:00"),
        ("01-01", ""),
    ],
)
def test_working_hours_that_cannot_be_are_refused(since: str, segments: str) -> None:
    with pytest.raises(CalendarError):
        hours_of(since, segments)
