# SPDX-License-Identifier: Apache-2.0
"""A clock that stood still: what was left of the limit then is left again, in the unit in which the limit counts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.standards.enums import LimitKind
from jiayuan.standards.rules.deadlines import Due, Limit, after_pause, due, elapsed
from tests.standards.calendars import at, calendar_with, office_calendar

K = LimitKind
CALENDAR = office_calendar()


@pytest.mark.parametrize(
    ("kind", "due_at", "paused", "resumed", "new"),
    [
        # Two urgent hours were left; nights and holidays count.
        (K.URGENT, "2025-01-28 22:00", "2025-01-28 20:00", "2025-02-03 07:30", "2025-02-03 09:30"),
        # From Friday 16:30, one and a half working hours of that day and two of Monday were left.
        (K.WORKING_HOURS, "2025-01-06 10:00", "2025-01-03 16:30", "2025-01-10 09:00", "2025-01-10 14:30"),
        # Four hours were left; of the Spring Festival in between not a minute counts.
        (K.WORKING_HOURS, "2025-02-05 11:00", "2025-01-27 17:00", "2025-02-05 08:00", "2025-02-05 12:00"),
        # Three working days were left: 6, 7 and 8 January; counted again from Friday the 17th.
        (K.WORKING_DAYS, "2025-01-08 23:59:59", "2025-01-03 10:00", "2025-01-17 09:00", "2025-01-22 23:59:59"),
        # Paused on the last day: the day of resuming is the last one, or the next that is worked.
        (K.WORKING_DAYS, "2025-01-08 23:59:59", "2025-01-08 10:00", "2025-01-17 09:00", "2025-01-17 23:59:59"),
        (K.WORKING_DAYS, "2025-01-08 23:59:59", "2025-01-08 10:00", "2025-01-18 09:00", "2025-01-20 23:59:59"),
        (K.CALENDAR_DAYS, "2025-01-08 23:59:59", "2025-01-03 10:00", "2025-01-17 09:00", "2025-01-22 23:59:59"),
        # Late before the pause: late after it, by the same deadline.
        (K.WORKING_HOURS, "2025-01-03 10:00", "2025-01-03 16:30", "2025-01-10 09:00", "2025-01-03 10:00"),
    ],
)
def test_what_was_left_is_left_again(kind: LimitKind, due_at: str, paused: str, resumed: str, new: str) -> None:
    found = after_pause(
        Due(at=at(due_at), provisional=False), kind, paused_at=at(paused), resumed_at=at(resumed), calendar=CALENDAR
    )

    assert found.at == at(new)


minutes = st.integers(0, 60 * 24 * 90)


@given(kind=st.sampled_from(list(K)), value=st.integers(1, 30), first=minutes, length=minutes)
def test_a_pause_never_brings_a_deadline_nearer(kind: LimitKind, value: int, first: int, length: int) -> None:
    start = at("2024-10-08 09:00")
    before = due(start, Limit(kind, value), CALENDAR)
    paused = start + timedelta(minutes=first)
    resumed = paused + timedelta(minutes=length)

    after = after_pause(before, kind, paused_at=paused, resumed_at=resumed, calendar=CALENDAR)

    assert after.at >= before.at
    if paused < before.at <= resumed:
        assert after.at >= resumed


@given(value=st.integers(1, 60), first=minutes, length=minutes)
def test_the_working_time_left_is_the_same_before_and_after(value: int, first: int, length: int) -> None:
    start = at("2024-10-08 09:00")
    before = due(start, Limit(K.WORKING_HOURS, value), CALENDAR)
    paused = start + timedelta(minutes=first)
    resumed = paused + timedelta(minutes=length)

    after = after_pause(before, K.WORKING_HOURS, paused_at=paused, resumed_at=resumed, calendar=CALENDAR)

    if paused < before.at:
        assert elapsed(resumed, after.at, CALENDAR) == elapsed(paused, before.at, CALENDAR)


def test_a_deadline_that_the_pause_moved_into_an_unconfirmed_year_is_provisional() -> None:
    calendar = calendar_with(provisional_from=at("2026-01-01 00:00").date())
    before = Due(at=at("2025-12-31 23:59:59"), provisional=False)

    after = after_pause(
        before, K.WORKING_DAYS, paused_at=at("2025-12-29 09:00"), resumed_at=at("2025-12-31 09:00"), calendar=calendar
    )

    assert after.provisional
