# SPDX-License-Identifier: Apache-2.0
"""Keeping the work calendar: seeded from two packages, then confirmed year by year from the notice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import chinese_calendar
import holidays
from chinese_calendar import constants

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.record.events import Ref
from jiayuan.record.log import record
from jiayuan.standards import intake
from jiayuan.standards.access import May
from jiayuan.standards.events import CalendarYearConfirmed
from jiayuan.standards.intake import RowError
from jiayuan.standards.models import WorkDay
from jiayuan.standards.rules import notice
from jiayuan.standards.rules.calendar import CalendarDay
from jiayuan.standards.services.writing import BATCH, WHOLE_CITY, Upsert, changed_now

FIRST_DAY = date(2020, 1, 1)
"""Loaded history and old cases lie after this day."""
YEARS_AHEAD = 3
NOTICES = "State Council notice, by chinesecalendar"
LAW = "Statutory days by law, without make-up days, by holidays"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReport:
    """What an import of a notice did or would do: days that change, or what must be put right first."""

    year: int
    changed: tuple[date, ...]
    confirmed: int
    errors: tuple[RowError, ...]
    is_dry_run: bool


@command
def seed_calendar(*, by: Actor, at: datetime) -> int:
    """Fill the work calendar some years ahead; days that are there stay. Returns the days added."""
    require(by, May.KEEP_CALENDAR, at=WHOLE_CITY)
    latest = date(clock.on(at).year + YEARS_AHEAD, 12, 31)
    there = set(WorkDay.objects.order_by("on").values_list("on", flat=True))
    missing = [_row(day) for day in _seeded(latest) if day.on not in there]
    WorkDay.objects.bulk_create(missing, batch_size=BATCH)
    if missing:
        changed_now()
    return len(missing)


@command
def import_year_notice(*, data: bytes, source: str, is_dry_run: bool, by: Actor, at: datetime) -> NoticeReport:
    """Put the yearly notice in the place of a provisional year; with errors or as a dry run nothing is written.

    Months are never half confirmed: a notice confirms each day of its year, the unnamed ones as ordinary weeks.
    """
    require(by, May.KEEP_CALENDAR, at=WHOLE_CITY)
    read = intake.year_notice(data)
    if read.errors or not read.spans:
        return NoticeReport(year=read.year, changed=(), confirmed=0, errors=read.errors, is_dry_run=is_dry_run)
    wanted = notice.days_of_year(read.year, read.spans, source=source)
    report = NoticeReport(
        year=read.year, changed=_changes(wanted), confirmed=len(wanted), errors=(), is_dry_run=is_dry_run
    )
    if not is_dry_run:
        _write(wanted, report, by=by, at=at)
    return report


def _write(wanted: tuple[CalendarDay, ...], report: NoticeReport, *, by: Actor, at: datetime) -> None:
    upsert = Upsert()
    _fill_up_to(wanted[0].on)
    upsert((_row(day) for day in wanted), key=("on",))
    if upsert.tally:
        changed_now()
        ref = Ref("work_calendar", report.year)
        record(CalendarYearConfirmed(subject=ref, year=report.year, changed_days=len(report.changed)), by=by, at=at)


def _fill_up_to(first: date) -> None:
    """Seed what lies between the calendar's end and a notice that skips a year: a calendar has no gaps."""
    latest = WorkDay.objects.order_by("-on").values_list("on", flat=True).first()
    start = latest + timedelta(days=1) if latest else min(FIRST_DAY, first)
    WorkDay.objects.bulk_create([_row(day) for day in _seeded(first - timedelta(days=1)) if day.on >= start])


def _changes(wanted: tuple[CalendarDay, ...]) -> tuple[date, ...]:
    there = dict(
        WorkDay.objects.filter(on__gte=wanted[0].on, on__lte=wanted[-1].on)
        .order_by("on")
        .values_list("on", "is_working")
    )
    return tuple(day.on for day in wanted if there.get(day.on) != day.is_working)


def _row(day: CalendarDay) -> WorkDay:
    return WorkDay(
        on=day.on, is_working=day.is_working, reason=day.reason, source=day.source, provisional=day.provisional
    )


def _seeded(latest: date) -> Iterator[CalendarDay]:
    """Each day as the notices have it, and after the last notice as the law alone would have it."""
    known = max(constants.holidays).year
    by_law = holidays.country_holidays("CN", years=range(known + 1, latest.year + 1), language="zh_CN")
    for number in range((latest - FIRST_DAY).days + 1):
        on = FIRST_DAY + timedelta(days=number)
        yield _noticed(on) if on.year <= known else _by_law(on, by_law)


def _noticed(on: date) -> CalendarDay:
    is_named, name = chinese_calendar.get_holiday_detail(on)
    is_working = chinese_calendar.is_workday(on)
    # The package names a holiday by its English word; weekends have none.
    reason = constants.Holiday(name).chinese if name and (is_named or notice.is_weekend(on)) else ""
    return CalendarDay(on=on, is_working=is_working, reason=reason, source=NOTICES)


def _by_law(on: date, by_law: holidays.HolidayBase) -> CalendarDay:
    return CalendarDay(
        on=on,
        is_working=on not in by_law and not notice.is_weekend(on),
        reason=str(by_law.get(on) or "")[:60],
        source=LAW,
        provisional=True,
    )
