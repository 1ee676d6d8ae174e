# SPDX-License-Identifier: Apache-2.0
"""The life of a whistle, and of each unit called by it, as two tables: from, to, who, what must be given.

Both clocks of a unit start when it is called, stand while its refusal is decided, and start anew when it has to answer
all the same. ``COMPLETE`` and ``RETRIAGE`` are never pressed: they follow from the last move of a unit.
"""

from jiayuan.duties.access import May
from jiayuan.duties.enums import U, UnitState, W, WhistleState
from jiayuan.kernel.machine import Move, move

S, N = WhistleState, UnitState

WHISTLE: dict[W, Move[WhistleState]] = {
    W.APPROVE: move(S.APPLIED, to=S.TRIAGE, by=May.REVIEW_WHISTLE),
    W.TURN_DOWN: move(S.APPLIED, to=S.TURNED_DOWN, by=May.REVIEW_WHISTLE, needs={"reason"}),
    W.ASSIGN: move(S.TRIAGE, to=S.CALLED, by=May.TRIAGE_WHISTLE, needs={"lead"}, clock="start"),
    W.DISMISS: move(S.TRIAGE, to=S.TURNED_DOWN, by=May.TRIAGE_WHISTLE, needs={"reason"}),
    W.RATE: move(S.ANSWERED, to=S.RATED, by=May.WHISTLE, needs={"speed", "handling", "result"}),
    W.LINK: move(S.APPLIED, S.TRIAGE, S.CALLED, to=None, by=May.WHISTLE, needs={"case"}),
    W.WITHDRAW: move(S.APPLIED, S.TRIAGE, to=S.WITHDRAWN, by=May.WHISTLE),
    W.COMPLETE: move(S.CALLED, to=S.ANSWERED, by=May.ANSWER_WHISTLE),
    W.RETRIAGE: move(S.CALLED, to=S.TRIAGE, by=May.TRIAGE_WHISTLE),
}
CALLED_UNIT: dict[U, Move[UnitState]] = {
    U.SIGN: move(N.CALLED, to=N.SIGNED, by=May.ANSWER_WHISTLE),
    U.ARRIVE: move(N.SIGNED, to=N.ON_SITE, by=May.ANSWER_WHISTLE),
    U.TELL_RESULT: move(N.ON_SITE, to=N.ANSWERED, by=May.ANSWER_WHISTLE, needs={"told"}, clock="stop"),
    U.TELL_MEASURES: move(N.SIGNED, N.ON_SITE, to=None, by=May.ANSWER_WHISTLE, needs={"told"}),
    U.REFUSE: move(
        N.CALLED, N.SIGNED, N.ON_SITE, to=N.REFUSING, by=May.ANSWER_WHISTLE, needs={"clause"}, clock="pause",
    ),
    U.RELEASE: move(N.REFUSING, to=N.RELEASED, by=May.TRIAGE_WHISTLE, clock="stop"),
    U.INSIST: move(N.REFUSING, to=N.CALLED, by=May.TRIAGE_WHISTLE, clock="restart"),
}  # fmt: skip
UNPRESSED = (W.COMPLETE, W.RETRIAGE)
"""Moves that follow from those of units."""
