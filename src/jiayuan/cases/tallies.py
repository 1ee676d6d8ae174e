# SPDX-License-Identifier: Apache-2.0
"""What is counted about cases: pure folds from one event to deltas.

``cases.<state>`` stands (how many are there now); ``cases.came`` and ``cases.ended_in_time`` and the like flow by day.
"""

from collections.abc import Iterator

from jiayuan.cases.events import CaseClosed, CaseEvent, CaseFiled, CaseReported
from jiayuan.kernel import clock
from jiayuan.record.counters import Delta
from jiayuan.record.readers import Happened

CAME = "cases.came"
ENDED = "cases.ended"
ENDED_IN_TIME = "cases.ended_in_time"


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
    if isinstance(event, CaseClosed):
        yield Delta(measure=ENDED, code=event.place, class_code=event.class_code, n=1, on=on)
        if event.in_time:
            yield Delta(measure=ENDED_IN_TIME, code=event.place, class_code=event.class_code, n=1, on=on)
