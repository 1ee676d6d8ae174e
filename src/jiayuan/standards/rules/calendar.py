# SPDX-License-Identifier: Apache-2.0
"""The work calendar as one line of working time, which can be read forwards and backwards.

For every day the working time up to its start is summed once. "How much working time lies between" is then a
difference, and "when is this much used up" is a search: both cost the same for an hour and for a year.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_DAY = timedelta(days=1)
_MIDNIGHT = time()


class CalendarError(ValueError):
    """The calendar itself is wrong: a gap, a day told twice, working hours that overlap."""


class CalendarEnds(LookupError):
    """A day outside the calendar was needed. ``on`` names it, ``first`` and ``latest`` what there is."""

    def __init__(self, *, on: date, first: date, latest: date) -> None:
        super().__init__(f"the work calendar runs from {first} to {latest}; {on} was needed")
        self.on, self.first, self.latest = on, first, latest


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day: whether it is worked, why if that is not plain, and whether the yearly notice confirms it."""

    on: date
    is_working: bool
    reason: str = ""
    source: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """The working segments of a day that hold from one day of the year (month, day) on."""

    since: tuple[int, int]
    segments: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        ends = [moment for segment in self.segments for moment in segment]
        if not ends or any(later <= earlier for earlier, later in pairwise(ends)):
            raise CalendarError(f"working hours since {self.since} overlap, run backwards or are empty")

    @property
    def length(self) -> timedelta:
        """Working time of one day."""
        return sum((_span(*segment) for segment in self.segments), timedelta())

    def spans(self, moment: time) -> bool:
        """Whether a time of day lies between the first segment's start and the last one's end."""
        return self.segments[0][0] <= moment < self.segments[-1][1]

    def worked_by(self, moment: time) -> timedelta:
        """Working time of the day that lies before a time of day."""
        done = (_span(start, min(end, moment)) for start, end in self.segments if start < moment)
        return sum(done, timedelta())

    def moment_at(self, worked: timedelta) -> time:
        """The earliest time of day by which this much of the day's working time has passed."""
        for start, end in self.segments:
            length = _span(start, end)
            if worked <= length:
                return (datetime.combine(date.min, start) + worked).time()
            worked -= length
        raise CalendarError("more working time than the day has")


def _span(start: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, start)


OFFICE_HOURS = (Hours((1, 1), ((time(8), time(12)), (time(14), time(18)))),)
"""08:00–12:00 and 14:00–18:00 all year: the default where a city says nothing else."""


def hours_of(since: str, segments: str) -> Hours:
    """Working hours from words: ``"05-01"`` and ``"08:00-12:00,14:30-18:00"``. Anything else is a CalendarError."""
    try:
        start = datetime.strptime(f"2000-{since}", "%Y-%m-%d").replace(tzinfo=UTC)
        pairs = [pair.split("-") for pair in segments.split(",")]
        times = tuple((time.fromisoformat(begin.strip()), time.fromisoformat(end.strip())) for begin, end in pairs)
    except ValueError as fault:
        raise CalendarError(f"cannot read the working hours {since} {segments}") from fault
    return Hours((start.month, start.day), times)


class WorkCalendar:
    """A run of days without a gap, with working hours that may change by season."""

    def __init__(self, days: Iterable[CalendarDay], hours: Iterable[Hours] = OFFICE_HOURS) -> None:
        self.days = tuple(sorted(days, key=lambda day: day.on))
        self._hours = tuple(sorted(hours, key=lambda item: item.since))
        if not self.days or not self._hours:
            raise CalendarError("a work calendar needs days and working hours")
        for earlier, later in pairwise(self.days):
            if later.on - earlier.on != _DAY:
                raise CalendarError(f"the work calendar jumps from {earlier.on} to {later.on}")
        self.first, self.latest = self.days[0].on, self.days[-1].on

    @cached_property
    def confirmed_to(self) -> date | None:
        """The last day before the first provisional one; None when nothing is confirmed."""
        doubtful = next((day.on for day in self.days if day.provisional), self.latest + _DAY)
        return doubtful - _DAY if doubtful > self.first else None

    def is_working(self, on: date) -> bool:
        """Whether a day is worked, make-up Saturdays and Sundays included."""
        return self.days[self._index(on)].is_working

    def holiday(self, on: date) -> str:
        """What a day off is called that is no plain weekend; empty for any other day."""
        day = self.days[self._index(on)]
        return "" if day.is_working else day.reason

    def is_provisional(self, on: date) -> bool:
        """Whether no yearly notice confirms this day yet."""
        return self.days[self._index(on)].provisional

    def hours_on(self, on: date) -> Hours:
        """The working hours of the season; before the year's first season last year's latest one still holds."""
        place = bisect_right([item.since for item in self._hours], (on.month, on.day))
        return self._hours[place - 1]

    def is_in_hours(self, at: datetime) -> bool:
        """Whether a moment lies between the start and the end of a working day; the noon break belongs to the day."""
        there = at.astimezone(SHANGHAI)
        return self.is_working(there.date()) and self.hours_on(there.date()).spans(there.time())

    def working_day(self, start: date, number: int) -> date:
        """The n-th working day after a day; the day itself is day 0."""
        place = bisect_right(self._working_days, start) + number - 1
        if start < self.first or place >= len(self._working_days):
            raise self._ends(start if start < self.first else self.latest + _DAY)
        return self._working_days[place]

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after one day up to and including another; negative when they lie the other way round."""
        for on in (start, end):
            self._index(on)
        return bisect_right(self._working_days, end) - bisect_right(self._working_days, start)

    def worked_before(self, at: datetime) -> timedelta:
        """Working time from the start of the calendar to a moment."""
        there = at.astimezone(SHANGHAI)
        place = self._index(there.date())
        today = self.hours_on(there.date()).worked_by(there.time()) if self.days[place].is_working else timedelta()
        return self._sums[place] + today

    def moment_worked(self, worked: timedelta) -> datetime:
        """The earliest moment by which this much working time of the calendar has passed."""
        place = bisect_left(self._sums, worked) - 1
        if place >= len(self.days):
            raise self._ends(self.latest + _DAY)
        if place < 0:
            return datetime.combine(self.first, _MIDNIGHT, SHANGHAI)
        on = self.days[place].on
        return datetime.combine(on, self.hours_on(on).moment_at(worked - self._sums[place]), SHANGHAI)

    @cached_property
    def _working_days(self) -> tuple[date, ...]:
        return tuple(day.on for day in self.days if day.is_working)

    @cached_property
    def _sums(self) -> tuple[timedelta, ...]:
        lengths = (self.hours_on(day.on).length if day.is_working else timedelta() for day in self.days)
        return tuple(accumulate(lengths, initial=timedelta()))

    def _index(self, on: date) -> int:
        place = (on - self.first).days
        if not 0 <= place < len(self.days):
            raise self._ends(on)
        return place

    def _ends(self, on: date) -> CalendarEnds:
        return CalendarEnds(on=on, first=self.first, latest=self.latest)
