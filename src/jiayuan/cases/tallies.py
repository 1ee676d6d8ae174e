# SPDX-License-Identifier: Apache-2.0
"""What is counted about cases: pure folds from one event to deltas.

``cases.<state>`` stands (how many are there now); ``cases.came`` and ``cases.ended_in_time`` and the like flow by day.
"""

from collections.abc import Iterator

from jiayuan.cases.events import (
    CaseClosed,
    CaseEvent,
    CaseFiled,
    CaseForceClosed,
    CaseReopened,
    CaseReported,
    ClearingAccepted,
    ClearingTakenBack,
)
from jiayuan.kernel import clock
from jiayuan.record.counters import Delta
from jiayuan.record.readers import Happened

CAME = "cases.came"
ENDED = "cases.ended"
ENDED_IN_TIME = "cases.ended_in_time"
CLEARED_SELF = "cleared.self"


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


def cleared_self(happened: Happened) -> Iterator[Delta]:
    """How many heaps and the like villages cleared themselves: what a town accepted, less what it took back."""
    event = happened.event
    if not isinstance(event, ClearingAccepted | ClearingTakenBack):
        return
    sign, on = (1 if isinstance(event, ClearingAccepted) else -1), clock.on(happened.at)
    for class_code, quantity in zip(event.class_codes, event.quantities, strict=True):
        yield Delta(measure=CLEARED_SELF, code=event.place, class_code=class_code, n=sign * quantity, on=on)
