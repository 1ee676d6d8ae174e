# SPDX-License-Identifier: Apache-2.0
"""Moments are aware and UTC, days are days of Asia/Shanghai, and only the demonstration's clock is set ahead."""

from datetime import UTC, date, datetime, timedelta

import time_machine
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from jiayuan.kernel import clock
from tests.conftest import FRIDAY_MORNING

# Shanghai has known summer time until 1991. Bounds of a strategy must be without a zone.
YEARS = (datetime.fromisoformat("1995-01-01"), datetime.fromisoformat("2100-01-01"))


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now() == FRIDAY_MORNING
    assert clock.now().tzinfo is UTC


def test_the_demonstration_is_ahead_by_its_offset_and_the_machine_is_not(settings: Settings) -> None:
    settings.DEMO_OFFSET_SECONDS = -3 * 24 * 3600

    assert clock.now() == FRIDAY_MORNING - timedelta(days=3)
    assert clock.today() == date(2024, 12, 31)
    assert clock.real_now() == FRIDAY_MORNING


def test_without_an_offset_both_clocks_agree() -> None:
    assert clock.offset() == timedelta()
    assert clock.now() == clock.real_now()


def test_a_day_begins_at_midnight_in_shanghai() -> None:
    midnight = datetime(2025, 1, 2, 16, 0, tzinfo=UTC)

    assert clock.on(midnight) == date(2025, 1, 3)
    assert clock.on(midnight - timedelta(microseconds=1)) == date(2025, 1, 2)


def test_today_changes_at_midnight_in_shanghai(still_clock: time_machine.Traveller) -> None:
    still_clock.move_to(datetime(2025, 1, 3, 15, 59, 59, tzinfo=UTC))
    assert clock.today() == date(2025, 1, 3)

    still_clock.move_to(datetime(2025, 1, 3, 16, 0, tzinfo=UTC))
    assert clock.today() == date(2025, 1, 4)


@given(st.datetimes(*YEARS, timezones=st.timezones()))
def test_the_wall_clock_shows_the_same_moment_eight_hours_ahead(moment: datetime) -> None:
    shown = clock.local(moment)

    assert shown.astimezone(UTC) == moment.astimezone(UTC)
    assert shown.utcoffset() == timedelta(hours=8)
    assert clock.on(moment) == shown.date()
