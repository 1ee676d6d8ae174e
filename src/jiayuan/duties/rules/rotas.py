# SPDX-License-Identifier: Apache-2.0
"""On which days a turn of a rota falls. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Every so many weeks from the week of the first day, on some days of the week (Monday is the lowest bit)."""

    every: int
    weekdays: int
    starts_on: date
    ends_on: date | None


def monday_of(on: date) -> date:
    """The Monday of the week in which a day lies."""
    return on - timedelta(days=on.weekday())


def week_of(on: date) -> tuple[date, ...]:
    """The seven days of the week in which a day lies."""
    return tuple(monday_of(on) + timedelta(days=number) for number in range(WEEK))


def bits_of(weekdays: Iterable[int]) -> int:
    """Days of the week, 1 to 7, as they are kept."""
    return sum(1 << (day - 1) for day in set(weekdays))


def weekdays_of(bits: int) -> list[int]:
    """Days of the week, 1 to 7, as they were kept."""
    return [day for day in range(1, WEEK + 1) if bits >> (day - 1) & 1]


def days_of(pattern: Pattern, week_on: date, *, until: date | None = None, but: Collection[date] = ()) -> list[date]:
    """The days of the week of a day on which the turn falls; none after ``until``, none of ``but``."""
    weeks = (monday_of(week_on) - monday_of(pattern.starts_on)).days // WEEK
    if weeks % pattern.every:
        return []
    ends = [end for end in (pattern.ends_on, until) if end is not None]
    return [
        on
        for on in week_of(week_on)
        if pattern.weekdays >> on.weekday() & 1
        and pattern.starts_on <= on
        and all(on <= end for end in ends)
        and on not in but
    ]
