# SPDX-License-Identifier: Apache-2.0
"""The yearly notice of the State Council: spans of days off and make-up days, turned into every day of a year."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jiayuan.standards.rules.calendar import CalendarDay

SATURDAY = 5
LONGEST_SPAN = 12
"""Days; the longest holiday so far had nine. A longer one is a slip of the pen."""
LEAST_DAYS_OFF = 11
"""Days; the regulation has 13 statutory days since 2025 and had 11 before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Consecutive days that the notice gives off or makes worked."""

    first: date
    latest: date
    is_working: bool
    reason: str = ""

    @property
    def days(self) -> Iterator[date]:
        """Each day of the span."""
        return (self.first + timedelta(days=number) for number in range((self.latest - self.first).days + 1))


def is_weekend(on: date) -> bool:
    """Saturday or Sunday."""
    return on.weekday() >= SATURDAY


def year_of(spans: Iterable[Span]) -> int:
    """The year that most days of a notice lie in; New Year's holiday may begin in the year before."""
    years = [on.year for span in spans for on in span.days]
    return max(sorted(set(years)), key=years.count)


def days_of_year(year: int, spans: Iterable[Span], *, source: str) -> tuple[CalendarDay, ...]:
    """Every day of the year as the notice has it, and what days of the neighbouring years it names."""
    named = {on: span for span in spans for on in span.days}
    own = (
        date(year, 1, 1) + timedelta(days=number) for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    )
    return tuple(_day(on, named, source) for on in sorted({*own, *named}))


def _day(on: date, named: Mapping[date, Span], source: str) -> CalendarDay:
    if on in named:
        return CalendarDay(on=on, is_working=named[on].is_working, reason=named[on].reason, source=source)
    return CalendarDay(on=on, is_working=not is_weekend(on), source=source)
