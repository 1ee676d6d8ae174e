# SPDX-License-Identifier: Apache-2.0
"""Work calendars for tests of pure rules, made from the package that carries the State Council's notices."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

import chinese_calendar

from jiayuan.standards.rules.calendar import OFFICE_HOURS, SHANGHAI, CalendarDay, Hours, WorkCalendar

FIRST, LATEST = date(2024, 1, 1), date(2026, 12, 31)


def days_of(first: date = FIRST, latest: date = LATEST, *, provisional_from: date | None = None) -> list[CalendarDay]:
    """Each day as the yearly notices have it."""
    dates = [first + timedelta(days=number) for number in range((latest - first).days + 1)]
    return [
        CalendarDay(
            on=on,
            is_working=chinese_calendar.is_workday(on),
            provisional=provisional_from is not None and on >= provisional_from,
        )
        for on in dates
    ]


@cache
def office_calendar() -> WorkCalendar:
    """The years 2024 to 2026 with ordinary office hours."""
    return WorkCalendar(days_of())


def calendar_with(hours: Iterable[Hours] = OFFICE_HOURS, *, provisional_from: date | None = None) -> WorkCalendar:
    """The same years with other hours or with an unconfirmed tail."""
    return WorkCalendar(days_of(provisional_from=provisional_from), hours)


def at(text: str) -> datetime:
    """A moment on the wall clocks of Asia/Shanghai: ``2025-01-03 16:30``."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
