# SPDX-License-Identifier: Apache-2.0
"""What a due line says: so much left, or so much overdue, in the unit in which the limit counts."""

import pytest

from jiayuan.standards.enums import LimitKind, Unit
from jiayuan.standards.rules.deadlines import remaining
from tests.standards.calendars import at, office_calendar

WH, WD, CD, URGENT = LimitKind.WORKING_HOURS, LimitKind.WORKING_DAYS, LimitKind.CALENDAR_DAYS, LimitKind.URGENT


@pytest.mark.parametrize(
    ("now", "due_at", "kind", "amount", "unit"),
    [
        ("2025-01-03 10:00", "2025-01-03 16:00", WH, 4, Unit.WORKING_HOURS),
        ("2025-01-03 17:30", "2025-01-06 10:30", WH, 3, Unit.WORKING_HOURS),
        ("2025-01-03 17:30", "2025-01-06 08:10", WH, 0, Unit.WORKING_HOURS),
        ("2025-01-28 20:00", "2025-01-28 22:00", URGENT, 2, Unit.HOURS),
        ("2025-01-28 21:15", "2025-01-28 22:00", URGENT, 45, Unit.MINUTES),
        ("2025-01-28 20:00", "2025-01-30 20:00", URGENT, 48, Unit.HOURS),
        ("2025-01-03 10:00", "2025-01-06 23:59:59", WD, 1, Unit.WORKING_DAYS),
        ("2025-01-04 10:00", "2025-01-06 23:59:59", WD, 1, Unit.WORKING_DAYS),
        ("2025-01-06 10:00", "2025-01-06 23:59:59", WD, 13, Unit.HOURS),
        ("2025-01-03 10:00", "2025-01-10 23:59:59", CD, 7, Unit.CALENDAR_DAYS),
        ("2025-01-10 23:30", "2025-01-10 23:59:59", CD, 29, Unit.MINUTES),
    ],
)
def test_time_left_is_told_in_the_unit_of_the_limit(
    now: str, due_at: str, kind: LimitKind, amount: int, unit: Unit
) -> None:
    left = remaining(at(now), at(due_at), kind, office_calendar())

    assert (left.overdue, left.amount, left.unit) == (False, amount, unit)


@pytest.mark.parametrize(
    ("now", "due_at", "kind", "amount", "unit"),
    [
        ("2025-01-03 17:00", "2025-01-03 16:00", WH, 1, Unit.WORKING_HOURS),
        ("2025-01-06 09:00", "2025-01-03 16:00", WH, 3, Unit.WORKING_HOURS),
        ("2025-01-07 10:00", "2025-01-03 23:59:59", WD, 2, Unit.WORKING_DAYS),
        ("2025-01-04 10:00", "2025-01-03 23:59:59", WD, 10, Unit.HOURS),
        ("2025-02-03 10:00", "2025-01-27 23:59:59", WD, 7, Unit.CALENDAR_DAYS),
        ("2025-01-05 10:00", "2025-01-03 23:59:59", CD, 2, Unit.CALENDAR_DAYS),
    ],
)
def test_time_overdue_is_told_in_the_unit_of_the_limit(
    now: str, due_at: str, kind: LimitKind, amount: int, unit: Unit
) -> None:
    late = remaining(at(now), at(due_at), kind, office_calendar())

    assert (late.overdue, late.amount, late.unit, late.soon) == (True, amount, unit, False)


def test_the_last_day_of_the_clock_is_soon() -> None:
    assert remaining(at("2025-01-06 10:00"), at("2025-01-06 23:59:59"), WD, office_calendar()).soon
    assert not remaining(at("2025-01-03 10:00"), at("2025-01-06 23:59:59"), WD, office_calendar()).soon


def test_a_thing_is_not_overdue_at_its_very_deadline() -> None:
    assert not remaining(at("2025-01-03 16:00"), at("2025-01-03 16:00"), WH, office_calendar()).overdue
