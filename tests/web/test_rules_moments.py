# SPDX-License-Identifier: Apache-2.0
"""Moments and days in words: local time, the year only when it is another one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from jiayuan.web.templatetags.jiayuan import day, full_moment, moment

BEFORE_MIDNIGHT_UTC = datetime(2025, 1, 2, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_january() -> Iterator[None]:
    with time_machine.travel(datetime(2025, 1, 3, 4, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "1月3日 07:30"), ("zh-hant", "1月3日 07:30"), ("en", "3 Jan 07:30")]
)
def test_a_moment_is_said_in_local_time_without_the_year(language: str, said: str) -> None:
    with translation.override(language):
        assert moment(BEFORE_MIDNIGHT_UTC) == said


def test_a_moment_of_another_year_says_the_year() -> None:
    new_year_in_shanghai = datetime(2024, 12, 31, 15, 59, tzinfo=UTC)

    with translation.override("zh-hans"):
        assert moment(new_year_in_shanghai) == "2024年12月31日 23:59"


def test_a_full_moment_always_says_the_year() -> None:
    with translation.override("en"):
        assert full_moment(BEFORE_MIDNIGHT_UTC) == "3 Jan 2025 07:30"


def test_a_day_says_the_year_only_when_it_is_another() -> None:
    with translation.override("zh-hans"):
        assert day(date(2025, 1, 3)) == "1月3日"
        assert day(date(2024, 1, 3)) == "2024年1月3日"
