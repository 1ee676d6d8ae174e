# SPDX-License-Identifier: Apache-2.0
"""Seeding the work calendar."""

from datetime import date

import chinese_calendar
import pytest

from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.errors import NotPermitted
from jiayuan.standards import models, queries, services
from tests.standards.conftest import AT, BY


def test_the_calendar_is_confirmed_as_far_as_notices_reach(loaded: services.LoadReport) -> None:
    calendar = queries.work_calendar()

    assert (calendar.first, calendar.latest) == (date(2020, 1, 1), date(2028, 12, 31))
    assert calendar.confirmed_to == date(2026, 12, 31)


def test_each_confirmed_day_is_as_the_notice_has_it(loaded: services.LoadReport) -> None:
    confirmed = models.WorkDay.objects.filter(provisional=False)

    assert all(day.is_working == chinese_calendar.is_workday(day.on) for day in confirmed)


def test_a_provisional_year_has_the_statutory_days_and_no_make_up_days(loaded: services.LoadReport) -> None:
    calendar = queries.work_calendar()

    assert not calendar.is_working(date(2027, 10, 1))
    assert not any(calendar.is_working(day.on) for day in calendar.days if day.provisional and day.on.weekday() >= 5)


def test_make_up_days_and_holidays_carry_their_reason_and_plain_weekends_none(loaded: services.LoadReport) -> None:
    reasons = dict(models.WorkDay.objects.filter(on__year=2025).values_list("on", "reason"))

    assert reasons[date(2025, 1, 26)] == "春节"
    assert reasons[date(2025, 1, 29)] == "春节"
    assert reasons[date(2025, 1, 4)] == ""
    assert reasons[date(2025, 1, 6)] == ""


def test_seeding_again_adds_nothing(loaded: services.LoadReport) -> None:
    assert services.seed_calendar(by=BY, at=AT) == 0


def test_nobody_without_the_post_seeds_the_calendar(db: None) -> None:
    with pytest.raises(NotPermitted):
        services.seed_calendar(by=ANONYMOUS, at=AT)
