# SPDX-License-Identifier: Apache-2.0
"""Deadlines in the four kinds of time. The worked examples of docs/rooms/standards.md are the first tests."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jiayuan.standards.enums import LimitKind
from jiayuan.standards.rules.calendar import SHANGHAI, CalendarEnds, hours_of
from jiayuan.standards.rules.deadlines import DAY_END, Limit, deadline, due, elapsed
from tests.standards.calendars import FIRST, LATEST, at, calendar_with, office_calendar

WORKING_HOURS = [
    ("2025-01-03 10:00", 4, "2025-01-03 16:00"),
    ("2025-01-03 16:30", 4, "2025-01-06 10:30"),
    ("2025-01-03 12:30", 2, "2025-01-03 16:00"),
    ("2025-01-04 09:00", 2, "2025-01-06 10:00"),
    ("2025-01-24 17:00", 2, "2025-01-26 09:00"),
    ("2025-01-27 17:00", 4, "2025-02-05 11:00"),
    ("2025-09-30 17:30", 2, "2025-10-09 09:30"),
    ("2026-02-13 17:00", 4, "2026-02-14 11:00"),
]
WORKING_DAYS = [
    ("2025-01-03", 1, "2025-01-06"),
    ("2025-01-24", 2, "2025-01-27"),
    ("2025-09-26", 5, "2025-10-10"),
    ("2026-02-12", 5, "2026-02-26"),
    ("2026-04-30", 3, "2026-05-08"),
]

# Start and end stay far enough inside the calendar for the longest limit drawn below.
moments = st.datetimes(
    datetime.combine(FIRST, time()),
    datetime.combine(date(2026, 6, 1), time()),
    timezones=st.just(SHANGHAI),
    allow_imaginary=False,
)
limits = st.builds(Limit, st.sampled_from(LimitKind), st.integers(0, 60))


@pytest.mark.parametrize(("start", "hours", "expected"), WORKING_HOURS)
def test_working_hours_run_inside_the_segments_of_working_days(start: str, hours: int, expected: str) -> None:
    limit = Limit(LimitKind.WORKING_HOURS, hours)

    assert deadline(at(start), limit, office_calendar()) == at(expected)


@pytest.mark.parametrize(("start", "days", "expected"), WORKING_DAYS)
def test_working_days_begin_the_day_after_and_end_with_the_day(start: str, days: int, expected: str) -> None:
    limit = Limit(LimitKind.WORKING_DAYS, days)

    assert deadline(at(f"{start} 10:00"), limit, office_calendar()) == at(f"{expected} 23:59:59")


def test_urgent_hours_run_through_the_new_years_night() -> None:
    assert deadline(at("2025-01-28 20:00"), Limit(LimitKind.URGENT, 2), office_calendar()) == at("2025-01-28 22:00")


def test_calendar_days_count_holidays_and_end_with_the_day() -> None:
    limit = Limit(LimitKind.CALENDAR_DAYS, 3)

    assert deadline(at("2025-01-28 20:00"), limit, office_calendar()) == at("2025-01-31 23:59:59")


def test_a_start_in_universal_time_means_the_same_moment() -> None:
    limit = Limit(LimitKind.WORKING_HOURS, 4)

    found = deadline(datetime(2025, 1, 3, 2, 0, tzinfo=UTC), limit, office_calendar())

    assert found == at("2025-01-03 16:00")


def test_a_report_after_midnight_counts_for_its_own_day_in_shanghai() -> None:
    # 17:00 on the 2nd in universal time is 01:00 on the 3rd in Shanghai.
    found = deadline(datetime(2025, 1, 2, 17, 0, tzinfo=UTC), Limit(LimitKind.WORKING_DAYS, 1), office_calendar())

    assert found == at("2025-01-06 23:59:59")


def test_a_limit_that_fills_the_morning_ends_at_noon_and_not_after_lunch() -> None:
    limit = Limit(LimitKind.WORKING_HOURS, 4)

    assert deadline(at("2025-01-03 08:00"), limit, office_calendar()) == at("2025-01-03 12:00")


def test_summer_hours_move_the_afternoon() -> None:
    calendar = calendar_with(
        [hours_of("01-01", "08:00-12:00,14:00-18:00"), hours_of("06-01", "08:00-12:00,15:00-19:00")]
    )
    limit = Limit(LimitKind.WORKING_HOURS, 2)

    assert deadline(at("2025-05-30 11:00"), limit, calendar) == at("2025-05-30 15:00")
    assert deadline(at("2025-06-03 11:00"), limit, calendar) == at("2025-06-03 16:00")


def test_a_season_that_begins_late_in_the_year_still_holds_in_january() -> None:
    calendar = calendar_with(
        [hours_of("05-01", "08:00-12:00,15:00-19:00"), hours_of("10-01", "08:30-12:00,14:00-17:30")]
    )

    assert deadline(at("2025-01-03 08:00"), Limit(LimitKind.WORKING_HOURS, 1), calendar) == at("2025-01-03 09:30")


def test_a_deadline_past_the_confirmed_calendar_says_so() -> None:
    calendar = calendar_with(provisional_from=date(2026, 1, 1))

    early = due(at("2025-12-26 10:00"), Limit(LimitKind.WORKING_DAYS, 3), calendar)
    late = due(at("2025-12-31 10:00"), Limit(LimitKind.WORKING_DAYS, 1), calendar)

    assert not early.provisional
    assert late.provisional


def test_urgent_hours_are_never_provisional() -> None:
    calendar = calendar_with(provisional_from=date(2025, 1, 1))

    assert not due(at("2025-06-01 10:00"), Limit(LimitKind.URGENT, 2), calendar).provisional


@pytest.mark.parametrize("kind", [LimitKind.WORKING_HOURS, LimitKind.WORKING_DAYS])
def test_a_deadline_past_the_end_of_the_calendar_is_refused_loudly(kind: LimitKind) -> None:
    with pytest.raises(CalendarEnds) as refusal:
        deadline(at("2026-12-30 10:00"), Limit(kind, 30), office_calendar())

    assert refusal.value.latest == LATEST


def test_a_start_before_the_calendar_is_refused_loudly() -> None:
    with pytest.raises(CalendarEnds):
        deadline(at("2023-12-29 10:00"), Limit(LimitKind.WORKING_DAYS, 1), office_calendar())


def test_a_negative_limit_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="negative"):
        Limit(LimitKind.URGENT, -1)


@given(moments, st.sampled_from(LimitKind))
def test_a_limit_of_nothing_ends_where_it_begins(start: datetime, kind: LimitKind) -> None:
    assert deadline(start, Limit(kind, 0), office_calendar()) == start


@given(moments, limits)
def test_a_deadline_never_lies_before_its_start(start: datetime, limit: Limit) -> None:
    assert deadline(start, limit, office_calendar()) >= start


@given(moments, limits)
def test_a_longer_limit_never_ends_earlier(start: datetime, limit: Limit) -> None:
    longer = Limit(limit.kind, limit.value + 1)

    assert deadline(start, longer, office_calendar()) > deadline(start, limit, office_calendar())


@given(moments, moments, limits)
def test_a_later_start_never_ends_earlier(one: datetime, other: datetime, limit: Limit) -> None:
    earlier, later = sorted((one, other))

    assert deadline(earlier, limit, office_calendar()) <= deadline(later, limit, office_calendar())


@given(moments, st.integers(1, 60))
def test_working_hours_end_inside_a_working_segment(start: datetime, value: int) -> None:
    end = deadline(start, Limit(LimitKind.WORKING_HOURS, value), office_calendar())

    segments = office_calendar().hours_on(end.date()).segments
    assert office_calendar().is_working(end.date())
    assert any(begin < end.time() <= finish for begin, finish in segments)


@given(moments, st.integers(1, 60))
def test_working_days_end_with_a_working_day(start: datetime, value: int) -> None:
    end = deadline(start, Limit(LimitKind.WORKING_DAYS, value), office_calendar())

    assert end.time() == DAY_END
    assert office_calendar().is_working(end.date())
    assert office_calendar().working_days_between(start.date(), end.date()) == value


@given(moments, st.integers(0, 60))
def test_the_working_time_up_to_a_deadline_is_the_limit(start: datetime, value: int) -> None:
    end = deadline(start, Limit(LimitKind.WORKING_HOURS, value), office_calendar())

    assert elapsed(start, end, office_calendar()) == timedelta(hours=value)


@given(moments, moments)
def test_a_deadline_for_the_elapsed_time_is_not_later_than_the_end(one: datetime, other: datetime) -> None:
    start, end = sorted((one, other))
    hours = elapsed(start, end, office_calendar()) // timedelta(hours=1)
    assume(hours > 0)

    assert deadline(start, Limit(LimitKind.WORKING_HOURS, hours), office_calendar()) <= end


@given(moments, moments, moments)
def test_elapsed_time_adds_up_and_turns_its_sign(one: datetime, other: datetime, third: datetime) -> None:
    calendar = office_calendar()

    whole = elapsed(one, third, calendar)

    assert whole == elapsed(one, other, calendar) + elapsed(other, third, calendar)
    assert whole == -elapsed(third, one, calendar)
