# SPDX-License-Identifier: Apache-2.0
"""What is counted about cases: pure folds from one event to deltas.

``cases.<state>`` stands (how many are there now); ``cases.came`` and ``cases.ended_in_time`` and the like flow by day.

``flow`` is behind the indicators. What a unit had to do is kept on the day on which it was *due*: a case is due there
while it has a deadline, and moves to another day, or off the list, whenever an event moves the deadline. So the due of
a period is a sum, and no case is due twice or in none. A shelved or returned case is nobody's due until it goes on.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from jiayuan.cases import events
from jiayuan.cases.enums import BY_THE_PUBLIC, ON_DUTY, Answer, CallBackResult, LookBackResult, Refusal, State
from jiayuan.cases.events import (
    CaseAppealDecided,
    CaseClosed,
    CaseEvent,
    CaseFiled,
    CaseForceClosed,
    CaseReopened,
    CaseReported,
    ClearingAccepted,
    ClearingTakenBack,
)
from jiayuan.cases.rules import figures
from jiayuan.cases.rules.figures import CAME, CLEARED_SELF, StageLimit
from jiayuan.kernel import clock
from jiayuan.record.counters import Delta
from jiayuan.record.readers import Happened

__all__ = ["CAME", "CLEARED_SELF", "ENDED", "ENDED_IN_TIME", "FOLDS", "cleared_self", "flow", "standing", "tally"]

ENDED = "cases.ended"
ENDED_IN_TIME = "cases.ended_in_time"
TOWN_DIGITS = 9
RUNS = (State.DISPATCHED, State.HANDLING, State.REWORK)


def standing(state: str) -> str:
    """The measure of how many cases stand in a state."""
    return f"cases.{state}"


def tally(happened: Happened) -> Iterator[Delta]:
    """The deltas of one event; none for events of other rooms."""
    event = happened.event
    if not isinstance(event, CaseEvent):
        return
    if event.came_from is not None:
        before = event.class_before if isinstance(event, CaseFiled) else event.class_code
        yield Delta(measure=standing(event.came_from), code=event.place, class_code=before, n=-1)
    yield Delta(measure=standing(event.to), code=event.place, class_code=event.class_code, n=1)
    yield from _flows(event, happened)


def _flows(event: CaseEvent, happened: Happened) -> Iterator[Delta]:
    on = clock.on(happened.at)
    if isinstance(event, CaseReported):
        yield Delta(measure=CAME, code=event.place, class_code=event.class_code, n=1, on=on)
    if isinstance(event, CaseClosed | CaseForceClosed | CaseReopened):
        # Reopening takes the end back on the day of reopening: an earlier day's count was right when it was read.
        n = -1 if isinstance(event, CaseReopened) else 1
        yield Delta(measure=ENDED, code=event.place, class_code=event.class_code, n=n, on=on)
        if event.in_time:
            yield Delta(measure=ENDED_IN_TIME, code=event.place, class_code=event.class_code, n=n, on=on)
    if isinstance(event, CaseAppealDecided) and event.answer is Answer.YES:
        # Excused, it counts as in time from now on, and reopening takes that back as well.
        yield Delta(measure=ENDED_IN_TIME, code=event.place, class_code=event.class_code, n=1, on=on)


def cleared_self(happened: Happened) -> Iterator[Delta]:
    """How many heaps and the like villages cleared themselves: what a town accepted, less what it took back."""
    event = happened.event
    if not isinstance(event, ClearingAccepted | ClearingTakenBack):
        return
    sign, on = (1 if isinstance(event, ClearingAccepted) else -1), clock.on(happened.at)
    for class_code, quantity in zip(event.class_codes, event.quantities, strict=True):
        yield Delta(measure=CLEARED_SELF, code=event.place, class_code=class_code, n=sign * quantity, on=on)


# ── behind the indicators ──────────────────────────────────────────────────────────────────────────────────────────

Step = tuple[str, int, datetime | None]
"""A measure, by how much, and the moment on whose day it is kept; None for a due moment that nobody knows."""


def flow(happened: Happened) -> Iterator[Delta]:
    """The steps of one event of a case, on the days on which they happened or were due, at its town and its unit."""
    event = happened.event
    steps = _STEPS.get(type(event))
    if steps is None or not isinstance(event, CaseEvent):
        return
    known, unclear = [], False
    for measure, n, moment in steps(event, happened.at):
        if moment is None:
            # An old event does not know when the case was due. It is counted as unclear, once, and not guessed.
            unclear = True
        else:
            known.append((measure, n, moment))
    if unclear:
        known.append((figures.UNCLEAR, 1, happened.at))
    for measure, n, moment in known:
        yield Delta(
            measure=measure,
            code=event.place,
            class_code=event.class_code,
            n=n,
            on=clock.on(moment),
            unit_id=getattr(event, "unit_id", None),
            digits=TOWN_DIGITS,
        )


def cleared_fully(happened: Happened) -> Iterator[Delta]:
    """How much was put right by cases that a checker closed; what was closed by force was not put right."""
    event, sign = happened.event, 1
    if isinstance(event, CaseReopened):
        sign = 0 if event.forced else -1
    elif not isinstance(event, CaseClosed):
        return
    if sign:
        yield Delta(
            measure=figures.CLEARED,
            code=event.place,
            class_code=event.class_code,
            n=sign * event.quantity,
            on=clock.on(happened.at),
        )


def _due(moment: datetime | None) -> Iterator[Step]:
    yield figures.DUE, 1, moment


def _no_longer_due(moment: datetime | None) -> Iterator[Step]:
    yield figures.DUE, -1, moment


def _moved(before: datetime | None, after: datetime) -> Iterator[Step]:
    yield from _no_longer_due(before)
    yield from _due(after)


def _handled(moment: datetime | None, in_time: bool | None, n: int = 1) -> Iterator[Step]:
    yield figures.HANDLED, n, moment
    if in_time:
        yield figures.HANDLED_IN_TIME, n, moment


def _closed(moment: datetime | None, in_time: bool, n: int = 1) -> Iterator[Step]:
    yield figures.CLOSED, n, moment
    if in_time:
        yield figures.CLOSED_IN_TIME, n, moment


def _begins(stage: StageLimit, moment: datetime | None) -> Iterator[Step]:
    # The city may set no limit for a stage; then nothing is due.
    if moment is not None:
        yield stage.due, 1, moment


def _falls_away(stage: StageLimit, moment: datetime | None) -> Iterator[Step]:
    if moment is not None:
        yield stage.due, -1, moment


def _ends(stage: StageLimit, moment: datetime | None, at: datetime) -> Iterator[Step]:
    if moment is not None and at <= moment:
        yield stage.in_time, 1, moment


def _reported(event: CaseReported, at: datetime) -> Iterator[Step]:
    if event.source in ON_DUTY:
        yield figures.CAME_PATROL, 1, at


def _verification_asked(event: events.CaseVerificationAsked, _at: datetime) -> Iterator[Step]:
    yield from _begins(StageLimit.VERIFY, event.stage_due_at)


def _verified(event: events.CaseVerified, at: datetime) -> Iterator[Step]:
    yield from _ends(StageLimit.VERIFY, event.stage_due_at, at)


def _filed(event: events.CaseFiled, at: datetime) -> Iterator[Step]:
    yield figures.FILED, 1, at
    if event.source in BY_THE_PUBLIC:
        yield figures.FILED_PUBLIC, 1, at
    if event.source in ON_DUTY:
        yield figures.FILED_PATROL, 1, at
    yield from _begins(StageLimit.DISPATCH, event.stage_due_at)


def _rejected(event: events.CaseRejected, at: datetime) -> Iterator[Step]:
    if event.reason is Refusal.DUPLICATE:
        yield figures.TWICE, 1, at


def _merged(event: events.CaseMerged, at: datetime) -> Iterator[Step]:
    yield figures.TWICE, 1, at
    yield from _waits_no_longer(event.came_from, event.stage_due_at)


def _waits_no_longer(before: State | None, stage_due_at: datetime | None) -> Iterator[Step]:
    if before is State.VERIFYING:
        yield from _falls_away(StageLimit.VERIFY, stage_due_at)
    if before is State.FILED:
        yield from _falls_away(StageLimit.DISPATCH, stage_due_at)


def _dispatched(event: events.CaseDispatched, at: datetime) -> Iterator[Step]:
    yield figures.DISPATCHED, 1, at
    yield from _ends(StageLimit.DISPATCH, event.stage_due_at, at)
    yield from _due(event.due_at)


def _returned(event: events.CaseReturned, _at: datetime) -> Iterator[Step]:
    yield from _no_longer_due(event.due_at)


def _return_confirmed(event: events.CaseReturnConfirmed, at: datetime) -> Iterator[Step]:
    yield figures.MISSENT, 1, at
    yield from _begins(StageLimit.DISPATCH, event.stage_due_at)


def _return_refused(event: events.CaseReturnRefused, _at: datetime) -> Iterator[Step]:
    yield from _due(event.due_at)


def _fed_back(event: events.CaseFedBack, at: datetime) -> Iterator[Step]:
    yield figures.FED_BACK, 1, at
    yield from _handled(event.due_at, event.in_time)
    yield from _begins(StageLimit.CHECK, event.stage_due_at)


def _sent_back(event: events.CaseSentBack, at: datetime) -> Iterator[Step]:
    yield figures.SENT_BACK, 1, at
    yield from _ends(StageLimit.CHECK, event.stage_due_at, at)
    yield from _handled(event.due_before, event.was_in_time, n=-1)
    yield from _moved(event.due_before, event.due_at)


def _checked(event: events.CaseClosed, at: datetime) -> Iterator[Step]:
    yield from _ends(StageLimit.CHECK, event.stage_due_at, at)
    yield from _closed(event.due_at, event.in_time)
    if not event.in_time:
        yield figures.OVERRUN, 1, event.due_at


def _force_closed(event: events.CaseForceClosed, at: datetime) -> Iterator[Step]:
    yield figures.FORCED, 1, at
    if event.came_from is State.SHELVED:
        yield from _due(event.due_at)
    yield from _handled(event.due_at, event.in_time)
    yield from _closed(event.due_at, event.in_time)
    if not event.in_time:
        yield figures.OVERRUN, 1, event.due_at


def _reopened(event: events.CaseReopened, _at: datetime) -> Iterator[Step]:
    # What overran before, and what was excused, stays in its own measure: it happened.
    yield from _closed(event.due_before, event.in_time, n=-1)
    yield from _handled(event.due_before, event.in_time, n=-1)
    yield from _moved(event.due_before, event.due_at)


def _voided(event: events.CaseVoided, _at: datetime) -> Iterator[Step]:
    if event.came_from in RUNS:
        yield from _no_longer_due(event.due_before)
    yield from _waits_no_longer(event.came_from, event.stage_due_at)


def _extended(event: events.CaseExtended, at: datetime) -> Iterator[Step]:
    yield figures.EXTENDED, 1, at
    yield from _moved(event.due_before, event.due_at)


def _shelved(event: events.CaseShelved, at: datetime) -> Iterator[Step]:
    yield figures.SHELVED, 1, at
    yield from _no_longer_due(event.due_before)


def _resumed(event: events.CaseResumed, _at: datetime) -> Iterator[Step]:
    yield from _due(event.due_at)


def _deadline_moved(event: events.CaseDeadlineMoved, _at: datetime) -> Iterator[Step]:
    if event.came_from in RUNS:
        yield from _moved(event.due_before, event.due_at)


def _appeal_decided(event: events.CaseAppealDecided, _at: datetime) -> Iterator[Step]:
    if event.answer is Answer.YES:
        yield figures.EXCUSED, 1, event.due_at
        yield figures.HANDLED_IN_TIME, 1, event.due_at
        yield figures.CLOSED_IN_TIME, 1, event.due_at


_SAID = {CallBackResult.SATISFIED: figures.SATISFIED, CallBackResult.UNSATISFIED: figures.UNSATISFIED}


def _called_back(event: events.CaseCalledBack, at: datetime) -> Iterator[Step]:
    if event.result_before in _SAID:
        # On its own day, so that no week has fewer answers than none; an old event does not know that day.
        yield _SAID[event.result_before], -1, event.before_at or at
    if event.result in _SAID:
        yield _SAID[event.result], 1, at


def _looked_back(event: events.CaseLookedBack, at: datetime) -> Iterator[Step]:
    yield figures.LOOKED, 1, at
    if event.result is LookBackResult.RELAPSED:
        yield figures.RELAPSED, 1, at


_STEPS: Mapping[type[Any], Callable[[Any, datetime], Iterator[Step]]] = {
    events.CaseReported: _reported,
    events.CaseVerificationAsked: _verification_asked,
    events.CaseVerified: _verified,
    events.CaseFiled: _filed,
    events.CaseRejected: _rejected,
    events.CaseMerged: _merged,
    events.CaseDispatched: _dispatched,
    events.CaseReturned: _returned,
    events.CaseReturnConfirmed: _return_confirmed,
    events.CaseReturnRefused: _return_refused,
    events.CaseFedBack: _fed_back,
    events.CaseSentBack: _sent_back,
    events.CaseClosed: _checked,
    events.CaseForceClosed: _force_closed,
    events.CaseReopened: _reopened,
    events.CaseVoided: _voided,
    events.CaseExtended: _extended,
    events.CaseShelved: _shelved,
    events.CaseResumed: _resumed,
    events.CaseDeadlineMoved: _deadline_moved,
    events.CaseAppealDecided: _appeal_decided,
    events.CaseCalledBack: _called_back,
    events.CaseLookedBack: _looked_back,
}

FOLDS = (tally, cleared_self, flow, cleared_fully)
"""Every fold of this room."""
