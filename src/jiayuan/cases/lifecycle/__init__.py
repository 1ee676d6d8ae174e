# SPDX-License-Identifier: Apache-2.0
"""The life of a case as one table: from, to, who, what must be given, what happens to the handling clock.

The clock starts at dispatch and stops when the unit confirms that it has dealt with the problem, not when a picture is
handed in; the checker's time is never charged to the handler. A move without ``to`` leaves the case where it is:
somebody asks, somebody answers, something is noted. What else a move depends on (a request that is open, a limit that
allows more time) is decided by ``rules.obstacle``.
"""

from jiayuan.cases.access import May
from jiayuan.cases.enums import State as S  # noqa: N817 – the table is read as a table
from jiayuan.cases.enums import V
from jiayuan.kernel.machine import Move, move

STAYS = None

LIFE: dict[V, Move[S]] = {
    # The report
    V.ASK_VERIFY: move(S.REPORTED, to=S.VERIFYING, by=May.TRIAGE),
    V.FIND: move(S.VERIFYING, to=S.VERIFIED, by=May.VERIFY, needs={"finding"}),
    V.FILE: move(S.REPORTED, S.VERIFIED, to=S.FILED, by=May.TRIAGE, needs={"condition"}),
    V.REJECT: move(S.REPORTED, S.VERIFIED, to=S.REJECTED, by=May.TRIAGE, needs={"reason"}),
    # Finding the unit
    V.DISPATCH: move(S.FILED, to=S.DISPATCHED, by=May.DISPATCH, needs={"unit"}, clock="start"),
    V.SIGN: move(S.DISPATCHED, to=S.HANDLING, by=May.HANDLE),
    V.RETURN: move(S.DISPATCHED, S.HANDLING, to=S.RETURNED, by=May.HANDLE, needs={"reason"}, clock="pause"),
    V.CONFIRM_RETURN: move(S.RETURNED, to=S.FILED, by=May.APPROVE, clock="stop"),
    V.REFUSE_RETURN: move(S.RETURNED, to=S.DISPATCHED, by=May.APPROVE, needs={"reason"}, clock="resume"),
    # Putting it right
    V.HAND_IN: move(S.HANDLING, S.REWORK, to=STAYS, by=May.HANDLE, needs={"evidence"}),
    V.FEED_BACK: move(S.HANDLING, S.REWORK, to=S.FED_BACK, by=May.HANDLE, needs={"evidence"}, clock="stop"),
    # The check by somebody else
    V.CLOSE: move(S.FED_BACK, to=S.CLOSED, by=May.CHECK),
    V.SEND_BACK: move(S.FED_BACK, to=S.REWORK, by=May.CHECK, needs={"reason"}, clock="restart"),
    # Honestly not done yet
    V.ASK_EXTENSION: move(S.DISPATCHED, S.HANDLING, S.REWORK, to=STAYS, by=May.HANDLE, needs={"reason", "until"}),
    V.GRANT_EXTENSION: move(S.DISPATCHED, S.HANDLING, S.REWORK, to=STAYS, by=May.APPROVE, clock="extend"),
    V.REFUSE_EXTENSION: move(S.DISPATCHED, S.HANDLING, S.REWORK, to=STAYS, by=May.APPROVE, needs={"reason"}),
    V.ASK_SHELVING: move(S.HANDLING, S.REWORK, to=STAYS, by=May.HANDLE, needs={"reason", "until"}),
    V.SHELVE: move(S.HANDLING, S.REWORK, to=S.SHELVED, by=May.APPROVE, clock="pause"),
    V.REFUSE_SHELVING: move(S.HANDLING, S.REWORK, to=STAYS, by=May.APPROVE, needs={"reason"}),
    V.RESUME: move(S.SHELVED, to=S.HANDLING, by=May.APPROVE, clock="resume"),
    # What the desk may do on the way
    V.URGE: move(
        S.REPORTED, S.VERIFYING, S.VERIFIED, S.FILED, S.DISPATCHED, S.RETURNED, S.HANDLING, S.SHELVED, S.REWORK,
        to=STAYS, by=May.TRIAGE, needs={"reason"},
    ),
    V.SPLIT: move(S.REPORTED, S.VERIFIED, S.FILED, to=STAYS, by=May.TRIAGE, needs={"parts"}),
    V.MERGE: move(
        S.REPORTED, S.VERIFYING, S.VERIFIED, S.FILED, to=S.MERGED, by=May.TRIAGE, needs={"into"},
    ),
    V.VOID: move(
        S.REPORTED, S.VERIFYING, S.VERIFIED, S.FILED, S.DISPATCHED, S.HANDLING, S.SHELVED, S.REWORK,
        to=S.VOID, by=May.VOID, needs={"reason"}, clock="stop",
    ),
    V.FORCE_CLOSE: move(
        S.DISPATCHED, S.HANDLING, S.SHELVED, S.REWORK, to=S.CLOSED, by=May.VOID, needs={"reason"}, clock="stop",
    ),
    # After the end
    V.APPEAL: move(S.CLOSED, to=STAYS, by=May.HANDLE, needs={"reason"}),
    V.REVIEW_APPEAL: move(S.CLOSED, to=STAYS, by=May.APPROVE, needs={"answer"}),
    V.DECIDE_APPEAL: move(S.CLOSED, to=STAYS, by=May.DECIDE_APPEAL, needs={"answer"}),
    V.CALL_BACK: move(S.CLOSED, to=STAYS, by=May.CALL_BACK, needs={"result"}),
    V.LOOK_BACK: move(S.CLOSED, to=STAYS, by=May.CHECK, needs={"result"}),
    V.ASK_REOPEN: move(S.CLOSED, S.REJECTED, to=STAYS, by=May.ASK_REOPEN, needs={"reason"}),
    V.REOPEN: move(S.CLOSED, to=S.REWORK, by=May.APPROVE, needs={"note"}, clock="restart"),
    V.RECONSIDER: move(S.REJECTED, to=S.REPORTED, by=May.APPROVE, needs={"note"}),
    V.REFUSE_REOPEN: move(S.CLOSED, S.REJECTED, to=STAYS, by=May.APPROVE, needs={"note"}),
}  # fmt: skip

OPEN_TO_ALL = frozenset({V.ASK_REOPEN})
"""Moves that whoever holds the receipt may make too, without any post."""


def moves_from(state: S) -> tuple[V, ...]:
    """The moves that start in a state, in the order of the table."""
    return tuple(verb for verb, row in LIFE.items() if state in row.sources)
