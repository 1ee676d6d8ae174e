# SPDX-License-Identifier: Apache-2.0
"""The clocks of a case's stages: started, stopped, paused and gone on with inside the commands that move the case.

``Case.due_at`` is the end of the handling clock and nothing else. No clock moves without an event that says why: the
command that calls these functions records it, and ``recompute`` records one itself.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.enums import DeadlineReason, PauseReason, RequestKind, RequestState, Stage, State
from jiayuan.cases.models import CalendarMark, Case, Pause, Request, Timer
from jiayuan.cases.services.core import CaseId, locked, where
from jiayuan.kernel import bulk
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind

logger = logging.getLogger(__name__)


def start(case: Case, *stages: Stage, at: datetime) -> datetime | None:
    """Start the clocks of stages that are not handling, with the limits of the city; when the last one named is due."""
    started = [stage_clock(case, stage, at) for stage in stages]
    Timer.objects.bulk_create(started)
    return started[-1].due_at


def stage_clock(case: Case, stage: Stage, at: datetime) -> Timer:
    """The clock of a stage that is not handling, not stored yet."""
    timer = bulk.row(Timer, case_id=case.pk, stage=stage, started_at=at)
    hours = settings.STAGE_HOURS.get(stage.value, 0)
    if stage is Stage.WHOLE:
        # The order from above or the hotline may have brought a due time of its own; the city sets none for the whole.
        timer.due_at, timer.fixed = case.outside_due_at, case.outside_due_at is not None
    elif hours:
        limit = standards.Limit(LimitKind.WORKING_HOURS, hours)
        try:
            due = standards.deadline_for(start=at, limit=limit)
        except Refused:
            # A calendar that ends must not keep a report from being looked at; the desk warns about the calendar.
            return timer
        timer.limit_kind, timer.limit_value = limit.kind, limit.value
        timer.due_at, timer.is_provisional = due.at, due.provisional
    return timer


def start_handling(case: Case, *, at: datetime) -> None:
    """Start the handling clock anew: the whole limit of the filing condition counts from this moment."""
    handling_clock(case, at).save(force_insert=True)


def handling_clock(case: Case, at: datetime) -> Timer:
    """The handling clock, not stored yet; the case has its deadline."""
    if case.condition_id is None:
        raise Refused("missing_condition", pgettext_lazy("cases", "The case has no limit yet. File it first."))
    limit = standards.condition(case.condition_id).limit
    due = standards.deadline_for(start=at, limit=limit)
    case.due_at, case.due_is_provisional = due.at, due.provisional
    return bulk.row(
        Timer,
        case_id=case.pk,
        stage=Stage.HANDLE,
        unit_id=case.unit_id,
        limit_kind=limit.kind,
        limit_value=limit.value,
        started_at=at,
        due_at=due.at,
        is_provisional=due.provisional,
    )


def stop(case: Case, *stages: Stage, at: datetime) -> None:
    """Stop the clocks of some stages, of all that run when none is named."""
    running = Timer.objects.filter(case=case, ended_at=None)
    if stages:
        running = running.filter(stage__in=stages)
    running.update(ended_at=_not_before("started_at", at), paused_at=None)


def _not_before(column: str, at: datetime) -> Greatest:
    """A moment, but never one before another: two machines' clocks may differ by a second, and a span has no less."""
    return Greatest(F(column), Value(at, output_field=DateTimeField()))


def stage_due(case: Case, stage: Stage) -> datetime | None:
    """When a stage that runs is due: asked before its clock is stopped."""
    return Timer.objects.filter(case=case, stage=stage, ended_at=None).values_list("due_at", flat=True).first()


def rests_since(case: Case) -> datetime | None:
    """When the handling clock was stood still, if it stands: what was overdue by then stays overdue."""
    return _handling(case).paused_at


def end_pause(case: Case, *, at: datetime) -> None:
    """Close the span in which the handling clock stood still, before the clock is stopped for good."""
    Pause.objects.filter(timer__case=case, until_at=None).update(until_at=_not_before("from_at", at))


def pause(case: Case, reason: PauseReason, *, at: datetime) -> None:
    """Let the handling clock stand still."""
    timer = _handling(case)
    timer.paused_at = at
    timer.save(update_fields=["paused_at"])
    Pause.objects.create(timer=timer, reason=reason, from_at=at)


def go_on(case: Case, *, at: datetime) -> datetime:
    """Let the handling clock go on with what was left; the deadline before. The case gets the new one."""
    timer = _handling(case)
    before, paused_at = _due_of(timer), timer.paused_at
    if paused_at is None:
        raise RuntimeError("a clock goes on only after a pause")
    due = after_pause(timer, standards.Due(at=before, provisional=timer.is_provisional), paused_at, at)
    timer.due_at, timer.is_provisional, timer.paused_at = due.at, due.provisional, None
    timer.save(update_fields=["due_at", "is_provisional", "paused_at"])
    end_pause(case, at=at)
    case.due_at, case.due_is_provisional = due.at, due.provisional
    return before


def extend(case: Case, due_at: datetime) -> datetime:
    """Set the end of the handling clock to a date that was granted; the deadline before."""
    timer = _handling(case)
    before = _due_of(timer)
    timer.due_at, timer.fixed, timer.is_provisional = due_at, True, False
    timer.save(update_fields=["due_at", "fixed", "is_provisional"])
    case.due_at, case.due_is_provisional = due_at, False
    return before


def handling_due(case: Case) -> datetime | None:
    """The end of the handling clock that runs or stands still, also while the unit has let go of the case."""
    return stage_due(case, Stage.HANDLE)


def _handling(case: Case) -> Timer:
    return Timer.objects.get(case=case, stage=Stage.HANDLE, ended_at=None)


def _due_of(timer: Timer) -> datetime:
    if timer.due_at is None:
        raise RuntimeError("a handling clock has an end")
    return timer.due_at


def after_pause(timer: Timer, due: standards.Due, paused_at: datetime, resumed_at: datetime) -> standards.Due:
    """When a clock ends that stood still between two moments."""
    return standards.deadline_after_pause(
        due=due, kind=LimitKind(timer.limit_kind), paused_at=paused_at, resumed_at=resumed_at
    )


@command
def mark_year(*, year: int, by: Actor, at: datetime) -> None:
    """Leave a mark that a year of the calendar was confirmed; the sweep computes deadlines anew, from the beginning."""
    CalendarMark.objects.update_or_create(year=year, defaults={"marked_at": at, "reached": 0})


def recompute_due(*, by: Actor, at: datetime, limit: int = 50) -> int:
    """Compute some of the running deadlines anew that rested on days no notice confirmed; how many cases are done.

    Each case in a short command of its own: somebody is working while a whole year is confirmed. What cannot be
    computed keeps its deadline until the next year is confirmed, and holds up nothing behind it.
    """
    mark = CalendarMark.objects.order_by("marked_at", "pk").first()
    if mark is None:
        return 0
    # By the calendar as it is now, not as this process remembers it for some seconds.
    standards.forget()
    doubtful = Timer.objects.filter(is_provisional=True, ended_at=None, case_id__gt=mark.reached)
    ids = list(doubtful.order_by("case_id").values_list("case_id", flat=True).distinct()[:limit])
    for case_id in ids:
        _try_to_recompute(CaseId(case_id), by=by, at=at)
    # A year that was confirmed once more meanwhile is begun once more.
    mine = CalendarMark.objects.filter(pk=mark.pk, marked_at=mark.marked_at, reached=mark.reached)
    if len(ids) < limit:
        mine.delete()
    else:
        mine.update(reached=ids[-1])
    return len(ids)


def _try_to_recompute(case_id: CaseId, *, by: Actor, at: datetime) -> None:
    try:
        recompute(case_id=case_id, by=by, at=at)
    except Refused as refusal:
        logger.warning("the deadline of case %s stays as it is: %s", case_id, refusal.code)
    except Exception:
        logger.exception("the deadline of case %s could not be computed anew", case_id)


@command
def recompute(*, case_id: CaseId, by: Actor, at: datetime) -> Case:
    """Compute the deadlines of a case anew by today's calendar; an event says so when the handling's moved."""
    case = locked(case_id)
    for timer in Timer.objects.filter(case=case, is_provisional=True, ended_at=None).order_by("pk"):
        _recompute(case, timer, by=by, at=at)
    return case


def _recompute(case: Case, timer: Timer, *, by: Actor, at: datetime) -> None:
    before, due = _due_of(timer), _due_anew(timer)
    timer.due_at, timer.is_provisional = due.at, due.provisional
    timer.save(update_fields=["due_at", "is_provisional"])
    if timer.stage != Stage.HANDLE or case.unit_id is None:
        return
    case.due_at, case.due_is_provisional = due.at, due.provisional
    if due.at == before:
        # Certain now, and the same: nobody has to read the case again, so its version stands.
        case.save(update_fields=["due_is_provisional"])
        return
    case.version, case.moved_at = case.version + 1, at
    case.save(update_fields=["due_at", "due_is_provisional", "version", "moved_at"])
    moved = events.CaseDeadlineMoved(
        **where(case, came_from=State(case.state)),
        unit_id=case.unit_id,
        reason=DeadlineReason.CALENDAR,
        due_before=before,
        due_at=due.at,
        due_is_provisional=due.provisional,
    )
    record(moved, by=by, at=at)


def _due_anew(timer: Timer) -> standards.Due:
    """When a clock ends by today's calendar: its limit, or the day that was granted, and the pauses since then."""
    pauses = timer.pauses.exclude(until_at=None).order_by("from_at")
    if timer.fixed:
        granted = _granted(timer)
        if granted is None or granted.until is None or granted.answered_at is None:
            return standards.Due(at=_due_of(timer), provisional=False)
        due, pauses = (
            standards.Due(at=granted.until, provisional=False),
            pauses.filter(from_at__gte=granted.answered_at),
        )
    else:
        limit = standards.Limit(LimitKind(timer.limit_kind), timer.limit_value)
        due = standards.deadline_for(start=timer.started_at, limit=limit)
    for span in pauses:
        due = after_pause(timer, due, span.from_at, span.until_at or span.from_at)
    return due


def _granted(timer: Timer) -> Request | None:
    """The extension that gave a clock its end."""
    asked = Request.objects.filter(case_id=timer.case_id, kind=RequestKind.EXTENSION, state=RequestState.GRANTED)
    return asked.filter(answered_at__gte=timer.started_at).order_by("-answered_at", "-pk").first()
