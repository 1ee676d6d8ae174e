# SPDX-License-Identifier: Apache-2.0
"""The life of a case as one table: from, to, who, what must be given, what happens to the handling clock.

The clock starts at dispatch and stops when the unit feeds back; the checker's time is never charged to the handler.
"""

from jiayuan.cases.access import May
from jiayuan.cases.enums import State as S  # noqa: N817 – the table is read as a table
from jiayuan.cases.enums import V
from jiayuan.kernel.machine import Move, move

LIFE: dict[V, Move[S]] = {
    V.ASK_VERIFY: move(S.REPORTED, to=S.VERIFYING, by=May.TRIAGE),
    V.FIND: move(S.VERIFYING, to=S.VERIFIED, by=May.VERIFY, needs={"finding"}),
    V.FILE: move(S.REPORTED, S.VERIFIED, to=S.FILED, by=May.TRIAGE, needs={"condition"}),
    V.REJECT: move(S.REPORTED, S.VERIFIED, S.RETURNED, to=S.REJECTED, by=May.TRIAGE, needs={"reason"}),
    V.DISPATCH: move(S.FILED, S.RETURNED, to=S.DISPATCHED, by=May.DISPATCH, needs={"unit"}, clock="start"),
    V.SIGN: move(S.DISPATCHED, to=S.HANDLING, by=May.HANDLE),
    V.RETURN: move(S.DISPATCHED, S.HANDLING, to=S.RETURNED, by=May.HANDLE, needs={"reason"}, clock="stop"),
    V.FEED_BACK: move(S.HANDLING, S.REWORK, to=S.FED_BACK, by=May.HANDLE, needs={"evidence"}, clock="stop"),
    V.CLOSE: move(S.FED_BACK, to=S.CLOSED, by=May.CHECK),
    V.SEND_BACK: move(S.FED_BACK, to=S.REWORK, by=May.CHECK, needs={"reason"}, clock="restart"),
}


def moves_from(state: S) -> tuple[V, ...]:
    """The moves that start in a state, in the order of the table."""
    return tuple(verb for verb, row in LIFE.items() if state in row.sources)
