# SPDX-License-Identifier: Apache-2.0
"""The life of a clearing list as one table. The village lists, clears and hands in; the town draws and decides.

No clock: clearing is the village's own work and has no limit. A move without ``to`` leaves the list where it is.
"""

from jiayuan.cases.access import May
from jiayuan.cases.enums import L
from jiayuan.cases.enums import ListState as S
from jiayuan.kernel.machine import Move, move

CLEARING: dict[L, Move[S]] = {
    L.ADD: move(S.OPEN, S.REOPENED, to=None, by=May.LIST_CLEARING, needs={"photos"}),
    L.AMEND: move(S.OPEN, S.REOPENED, to=None, by=May.LIST_CLEARING, needs={"quantity"}),
    L.STRIKE: move(S.OPEN, S.REOPENED, to=None, by=May.LIST_CLEARING),
    L.CLEAR: move(S.OPEN, S.REOPENED, to=None, by=May.LIST_CLEARING, needs={"photos"}),
    L.HAND_IN: move(S.OPEN, S.REOPENED, to=S.HANDED_IN, by=May.LIST_CLEARING, needs={"rows"}),
    L.VOID: move(S.OPEN, S.REOPENED, to=S.VOID, by=May.LIST_CLEARING, needs={"reason"}),
    L.DRAW: move(S.HANDED_IN, to=None, by=May.ACCEPT_CLEARING, needs={"seed"}),
    L.ACCEPT: move(S.HANDED_IN, to=S.ACCEPTED, by=May.ACCEPT_CLEARING),
    L.LEAVE: move(S.HANDED_IN, to=None, by=May.ACCEPT_CLEARING),
    L.REOPEN: move(S.HANDED_IN, to=S.REOPENED, by=May.ACCEPT_CLEARING, needs={"flaws"}),
    L.TAKE_BACK: move(S.ACCEPTED, to=S.REOPENED, by=May.ACCEPT_CLEARING, needs={"flaws"}),
}


def moves_of_list(state: S) -> tuple[L, ...]:
    """The moves that start in a state, in the order of the table."""
    return tuple(verb for verb, row in CLEARING.items() if state in row.sources)
