# SPDX-License-Identifier: Apache-2.0
"""When a thing is due, how much of its time is used, and how much is left.

Urgent hours run day and night. Working hours run inside the working segments of working days. Working days and
calendar days begin on the day after the start and end at 23:59:59 in Asia/Shanghai.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jiayuan.standards.enums import LimitKind, Unit
from jiayuan.standards.rules.calendar import SHANGHAI, WorkCalendar

DAY_END = time(23, 59, 59)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many urgent hours, working hours, working days or calendar days."""

    kind: LimitKind
    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError("a limit cannot be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a thing is due; ``provisional`` when a day on the way is not yet confirmed by a yearly notice."""

    at: datetime
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """What a due line says: ``overdue`` by, or left, so many ``unit``; ``amount`` 0 means less than one.

    ``soon`` colours it: less than a day of the clock is left.
    """

    overdue: bool
    amount: int
    unit: Unit
    soon: bool


def deadline(start: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """The moment at which a limit that began at ``start`` is used up; a limit of nothing ends where it began."""
    if limit.value == 0:
        return start
    on = start.astimezone(SHANGHAI).date()
    match limit.kind:
        case LimitKind.URGENT:
            return start + limit.value * _HOUR
        case LimitKind.WORKING_HOURS:
            return calendar.moment_worked(calendar.worked_before(start) + limit.value * _HOUR)
        case LimitKind.WORKING_DAYS:
            return _end_of(calendar.working_day(on, limit.value))
        case LimitKind.CALENDAR_DAYS:
            return _end_of(on + timedelta(days=limit.value))


def due(start: datetime, limit: Limit, calendar: WorkCalendar) -> Due:
    """The deadline, and whether it rests on days that no notice confirms yet.

    Urgent and calendar time ask no calendar, so they are never provisional.
    """
    at = deadline(start, limit, calendar)
    return Due(at=at, provisional=_asks_calendar(limit.kind) and _past_confirmed(at, calendar))


def after_pause(due: Due, kind: LimitKind, *, paused_at: datetime, resumed_at: datetime, calendar: WorkCalendar) -> Due:
    """A deadline whose clock stood still between two moments: what was left of the limit then is left again.

    A limit that was used up before the pause stays used up. Days that were left are counted from the day of resuming;
    when the pause began on the last day, the day of resuming, or the first working day after it, is the last one.
    """
    if paused_at >= due.at or resumed_at <= paused_at:
        return due
    at = _moved(due.at, kind, paused_at, resumed_at, calendar)
    return Due(at=at, provisional=_asks_calendar(kind) and _past_confirmed(at, calendar))


def _moved(
    due_at: datetime, kind: LimitKind, paused_at: datetime, resumed_at: datetime, calendar: WorkCalendar
) -> datetime:
    stopped_on, went_on, last_on = (at.astimezone(SHANGHAI).date() for at in (paused_at, resumed_at, due_at))
    match kind:
        case LimitKind.URGENT:
            return due_at + (resumed_at - paused_at)
        case LimitKind.WORKING_HOURS:
            return calendar.moment_worked(calendar.worked_before(due_at) + elapsed(paused_at, resumed_at, calendar))
        case LimitKind.WORKING_DAYS:
            left = calendar.working_days_between(stopped_on, last_on)
            return _end_of(calendar.working_day(went_on, left) if left else calendar.working_day(went_on - _DAY, 1))
        case LimitKind.CALENDAR_DAYS:
            return _end_of(last_on + (went_on - stopped_on))


def elapsed(start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """Working time between two moments; negative when they lie the other way round."""
    return calendar.worked_before(end) - calendar.worked_before(start)


def remaining(now: datetime, due_at: datetime, kind: LimitKind, calendar: WorkCalendar) -> Remaining:
    """How much of a limit is left, or by how much it is passed, in the unit in which the limit counts."""
    overdue = now > due_at
    earlier, later = (due_at, now) if overdue else (now, due_at)
    amount, unit = _between(earlier, later, kind, calendar)
    return Remaining(overdue=overdue, amount=amount, unit=unit, soon=not overdue and due_at - now < _DAY)


def remaining_by_the_clock(now: datetime, due_at: datetime) -> Remaining:
    """The same without a calendar, in calendar days or hours: for dates that no calendar reaches."""
    overdue = now > due_at
    earlier, later = (due_at, now) if overdue else (now, due_at)
    span = later - earlier
    amount, unit = _on_the_clock(span) if span < _DAY else (span.days, Unit.CALENDAR_DAYS)
    return Remaining(overdue=overdue, amount=amount, unit=unit, soon=not overdue and span < _DAY)


def _between(earlier: datetime, later: datetime, kind: LimitKind, calendar: WorkCalendar) -> tuple[int, Unit]:
    """Whole units between two moments, in the unit of the limit as long as at least one of it fits."""
    if kind is LimitKind.WORKING_HOURS:
        # Never minutes: thirty working minutes on a Friday evening may end on Monday.
        return elapsed(earlier, later, calendar) // _HOUR, Unit.WORKING_HOURS
    if kind is LimitKind.URGENT:
        return _on_the_clock(later - earlier)
    first, last = (moment.astimezone(SHANGHAI).date() for moment in (earlier, later))
    if kind is LimitKind.WORKING_DAYS and (days := calendar.working_days_between(first, last)):
        return days, Unit.WORKING_DAYS
    if later - earlier < _DAY:
        return _on_the_clock(later - earlier)
    return (last - first).days, Unit.CALENDAR_DAYS


def _on_the_clock(span: timedelta) -> tuple[int, Unit]:
    """Whole hours of the clock; less than one is told in minutes."""
    return (span // _HOUR, Unit.HOURS) if span >= _HOUR else (span // _MINUTE, Unit.MINUTES)


def _asks_calendar(kind: LimitKind) -> bool:
    return kind in (LimitKind.WORKING_HOURS, LimitKind.WORKING_DAYS)


def _past_confirmed(at: datetime, calendar: WorkCalendar) -> bool:
    confirmed = calendar.confirmed_to
    return confirmed is None or at.astimezone(SHANGHAI).date() > confirmed


def _end_of(on: date) -> datetime:
    return datetime.combine(on, DAY_END, SHANGHAI)
