# SPDX-License-Identifier: Apache-2.0
"""Asking for standards. All answers come from memory; no question here costs a query of its own."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import pgettext_lazy

from jiayuan.kernel import clock
from jiayuan.kernel.errors import Refused
from jiayuan.standards import kept
from jiayuan.standards.book import (
    Campaign,
    ClassKey,
    Condition,
    Mapped,
    Phase,
    PhotoRule,
    ProblemClass,
    Sameness,
    Task,
    Tile,
    Words,
)
from jiayuan.standards.enums import LimitKind, Relation, Setting
from jiayuan.standards.kept import forget
from jiayuan.standards.rules import deadlines
from jiayuan.standards.rules.calendar import CalendarEnds, WorkCalendar
from jiayuan.standards.rules.deadlines import Due, Limit, Remaining
from jiayuan.standards.rules.settings import setting_of

__all__ = [
    "Campaign", "ClassKey", "Condition", "Due", "Finding", "Limit", "Mapped", "Phase", "PhotoRule", "ProblemClass",
    "Remaining", "Sameness", "Task", "Tile", "Words", "calendar_findings", "campaign", "campaign_on", "campaigns",
    "class_by_key", "class_findings", "classes", "condition", "conditions_of", "deadline_after_pause", "deadline_for",
    "forget", "guess_tiles", "holiday_on", "is_in_hours", "is_working_day", "mapped", "photo_rule", "problem_class",
    "remaining", "sameness", "setting_of", "target_of", "targets_of", "tasks_of", "tile", "tiles", "time_between",
    "work_calendar",
]  # fmt: skip

logger = logging.getLogger(__name__)

FRIDAY = 5
WARN_DAYS = 60
"""The confirmed calendar must reach this far ahead; the coming year's notice appears each November."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that an administrator should put right: a stable code and a translated sentence."""

    code: str
    message: str


def classes(scheme: str = "") -> tuple[ProblemClass, ...]:
    """Classes in the order of their codes, of one scheme or of all."""
    return tuple(row for row in kept.book().classes.values() if scheme in ("", row.key.scheme))


def problem_class(class_id: int) -> ProblemClass:
    """One class by id; KeyError if there is none."""
    return kept.book().classes[class_id]


def class_by_key(key: ClassKey) -> ProblemClass | None:
    """One class by scheme, kind and code."""
    return kept.book().by_key.get(key)


def photo_rule(class_id: int) -> PhotoRule:
    """How many pictures a class needs before and after; KeyError if there is no such class."""
    return problem_class(class_id).photos


def sameness(class_id: int) -> Sameness:
    """Within how many metres and days two reports of a class are likely the same; KeyError for no such class."""
    return problem_class(class_id).sameness


def mapped(class_id: int) -> Mapped | None:
    """What a class is in the other scheme: its successor or its nearest national class."""
    return kept.book().mapped.get(class_id)


def conditions_of(class_id: int) -> tuple[Condition, ...]:
    """The filing conditions in force for a class; the first is the one to offer."""
    return kept.book().conditions_of.get(class_id, ())


def condition(condition_id: int) -> Condition:
    """One filing condition by id, a retired one too; KeyError if there is none."""
    return kept.book().conditions[condition_id]


def tiles() -> tuple[Tile, ...]:
    """The picture tiles in their order; at most nine."""
    return tuple(kept.book().tiles.values())


def tile(code: str) -> Tile | None:
    """One tile by its code."""
    return kept.book().tiles.get(code)


def guess_tiles(text: str, *, most: int = 3) -> tuple[Tile, ...]:
    """The tiles that a resident's words speak for, the likeliest first; none if no word is known."""
    book = kept.book()
    return tuple(book.tiles[guess.tile] for guess in book.words.guesses(text)[:most])


def campaigns() -> tuple[Campaign, ...]:
    """Every campaign, the earliest first."""
    return tuple(kept.book().campaigns.values())


def campaign(code: str) -> Campaign | None:
    """One campaign by its code."""
    return kept.book().campaigns.get(code)


def campaign_on(day: date) -> Campaign | None:
    """The campaign that is on that day; the one that began last if several are."""
    return next((row for row in reversed(campaigns()) if row.runs_on(day)), None)


def tasks_of(campaign_code: str, setting: Setting | None = None) -> tuple[Task, ...]:
    """The targets and key tasks of a campaign, for one setting or both."""
    found = campaign(campaign_code)
    return tuple(row for row in found.tasks if setting in (None, row.setting)) if found else ()


def target_of(class_id: int, *, campaign_code: str) -> Task | None:
    """The one task to which a class counts in a campaign."""
    return kept.book().targets.get(campaign_code, {}).get(class_id)


def targets_of(campaign_code: str) -> dict[int, Task]:
    """Class id → task, for folds and filters over many classes."""
    return dict(kept.book().targets.get(campaign_code, {}))


def work_calendar() -> WorkCalendar:
    """The work calendar; refused while none is loaded."""
    found = kept.calendar()
    if found is None:
        raise Refused(
            "no_calendar",
            pgettext_lazy("standards", "There is no work calendar yet. An administrator loads it with the standards."),
        )
    return found


def is_in_hours(at: datetime) -> bool:
    """Whether somebody is at the desk at a moment: a working day, from the first hour of work to the last.

    Beyond the calendar a week has five working days: who asks wants an answer for every moment.
    """
    calendar = work_calendar()
    try:
        return calendar.is_in_hours(at)
    except CalendarEnds:
        there = clock.local(at)
        return there.isoweekday() <= FRIDAY and calendar.hours_on(there.date()).spans(there.time())


def is_working_day(on: date) -> bool:
    """Whether a day is worked, make-up Saturdays included; where no calendar reaches a week has five working days."""
    calendar = kept.calendar()
    try:
        return calendar.is_working(on) if calendar else on.isoweekday() <= FRIDAY
    except CalendarEnds:
        return on.isoweekday() <= FRIDAY


def holiday_on(on: date) -> str:
    """What a day off is called when it is a holiday (春节); empty for any other day and beyond the calendar."""
    calendar = kept.calendar()
    try:
        return calendar.holiday(on) if calendar else ""
    except CalendarEnds:
        return ""


def deadline_for(*, start: datetime, limit: Limit) -> Due:
    """When a limit that begins at ``start`` is used up, and whether that rests on an unconfirmed calendar.

    Refused when the calendar ends before the deadline; warned about in the log when it is provisional there.
    """
    try:
        found = deadlines.due(start, limit, work_calendar())
    except CalendarEnds as ends:
        raise _calendar_ends(ends) from ends
    if found.provisional:
        # Loud on purpose: a make-up Saturday that the notice brings would move this deadline.
        logger.warning("deadline %s rests on a year that no notice confirms yet", found.at.isoformat())
    return found


def deadline_after_pause(*, due: Due, kind: LimitKind, paused_at: datetime, resumed_at: datetime) -> Due:
    """When a thing is due whose clock stood still between two moments.

    Refused when the calendar ends before the new deadline.
    """
    try:
        return deadlines.after_pause(due, kind, paused_at=paused_at, resumed_at=resumed_at, calendar=work_calendar())
    except CalendarEnds as ends:
        raise _calendar_ends(ends) from ends


def _calendar_ends(ends: CalendarEnds) -> Refused:
    return Refused(
        "calendar_ends",
        pgettext_lazy(
            "standards",
            "The work calendar ends on %(latest)s, before this deadline. An administrator imports the next year.",
        ),
        latest=ends.latest.isoformat(),
    )


def remaining(*, now: datetime, due_at: datetime, kind: LimitKind) -> Remaining:
    """How much is left until due, or by how much it is late, in the unit in which the limit counts.

    Beyond the calendar working time is told in calendar days: a page must never fail over a far date.
    """
    try:
        return deadlines.remaining(now, due_at, kind, work_calendar())
    except CalendarEnds:
        return deadlines.remaining_by_the_clock(now, due_at)


def time_between(start: datetime, end: datetime, kind: LimitKind) -> timedelta:
    """How much time went by, as limits of this kind count it: by the clock, or as worked where they ask the calendar.

    Beyond the calendar it is told by the clock.
    """
    if kind not in (LimitKind.WORKING_HOURS, LimitKind.WORKING_DAYS):
        return end - start
    try:
        return deadlines.elapsed(start, end, work_calendar())
    except CalendarEnds:
        return end - start


def worked_between(start: datetime, end: datetime) -> timedelta:
    """The working time between two moments. Refused where the calendar does not reach one of them."""
    calendar = work_calendar()
    try:
        return calendar.worked_before(end) - calendar.worked_before(start)
    except CalendarEnds as ends:
        raise _calendar_ends(ends) from ends


def calendar_findings(today: date) -> tuple[Finding, ...]:
    """What is wrong with the work calendar: missing, ended, or confirmed for fewer than 60 days ahead."""
    found = kept.calendar()
    if found is None:
        return (Finding(code="no_calendar", message=str(pgettext_lazy("standards", "There is no work calendar yet."))),)
    confirmed = found.confirmed_to
    if confirmed is not None and confirmed >= today + timedelta(days=WARN_DAYS):
        return ()
    message = pgettext_lazy(
        "standards",
        "The work calendar is confirmed only to %(confirmed)s. Import the notice of the coming year; "
        "deadlines after that day may move.",
    )
    return (Finding(code="calendar_short", message=str(message) % {"confirmed": confirmed or "–"}),)


def class_findings() -> tuple[Finding, ...]:
    """Classes that a campaign does not count, and classes without any limit. Replaced schemes are left out."""
    book = kept.book()
    found: list[Finding] = []
    for row in book.classes.values():
        if _is_replaced(row):
            continue
        if row.id not in book.conditions_of:
            message = pgettext_lazy("standards", "%(key)s has no filing condition, so it has no limit.")
            found.append(Finding(code="no_condition", message=str(message) % {"key": row.key}))
        for code in book.campaigns:
            if row.id not in book.targets.get(code, {}):
                message = pgettext_lazy("standards", "%(key)s counts to no task of the campaign %(campaign)s.")
                found.append(Finding(code="no_target", message=str(message) % {"key": row.key, "campaign": code}))
    return tuple(found)


def _is_replaced(row: ProblemClass) -> bool:
    return row.key.scheme in {
        kept.book().classes[class_id].key.scheme
        for class_id, other in kept.book().mapped.items()
        if other.relation is Relation.REPLACED_BY
    }
