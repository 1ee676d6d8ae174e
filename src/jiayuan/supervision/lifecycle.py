# SPDX-License-Identifier: Apache-2.0
"""The lives of sheets, items, meetings, talks, bulletins as tables. Only the issuing side strikes off.

The clock of an item stops when the unit feeds back and stands still while its case is shelved. A move without ``to``
leaves the item where it is. What follows the course of a case is done by the system, with the same table.
"""

from jiayuan.kernel.machine import Move, move
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import (
    URGING_LIVE,
    B,
    BulletinState,
    G,
    K,
    M,
    MeetingState,
    SheetState,
    T,
    TalkState,
    UrgingState,
    V,
)
from jiayuan.supervision.enums import ItemState as S

SHEET: dict[M, Move[SheetState]] = {
    M.WRITE: move(SheetState.DRAFT, to=None, by=May.ISSUE),
    M.ISSUE: move(SheetState.DRAFT, to=SheetState.ISSUED, by=May.ISSUE, needs={"items"}, clock="start"),
    M.DISCARD: move(SheetState.DRAFT, to=SheetState.VOID, by=May.ISSUE),
    M.SIGN: move(SheetState.ISSUED, to=None, by=May.ANSWER),
    M.SETTLE: move(SheetState.ISSUED, to=SheetState.SETTLED, by=May.ACCEPT),
    M.VOID: move(SheetState.ISSUED, to=SheetState.VOID, by=May.ISSUE, needs={"reason"}, clock="stop"),
}

ITEM: dict[V, Move[S]] = {
    V.FEED_BACK: move(S.OPEN, to=S.FED_BACK, by=May.ANSWER, needs={"measures"}, clock="stop"),
    V.TAKE_BACK: move(S.FED_BACK, to=S.OPEN, by=May.ANSWER, clock="restart"),
    V.STRIKE_OFF: move(S.FED_BACK, to=S.STRUCK, by=May.ACCEPT),
    V.REFUSE: move(S.FED_BACK, to=S.OPEN, by=May.ACCEPT, needs={"reason", "until"}, clock="restart"),
    V.ASK_TIME: move(S.OPEN, to=None, by=May.ANSWER, needs={"reason", "until"}),
    V.GRANT_TIME: move(S.OPEN, to=None, by=May.ACCEPT, clock="extend"),
    V.REFUSE_TIME: move(S.OPEN, to=None, by=May.ACCEPT, needs={"reason"}),
    V.PAUSE: move(S.OPEN, to=None, by=May.ACCEPT, clock="pause"),
    V.RESUME: move(S.OPEN, to=None, by=May.ACCEPT, clock="resume"),
    V.RAISE: move(S.OPEN, to=None, by=May.RAISE, needs={"reason"}),
    V.VOID: move(S.OPEN, S.FED_BACK, to=S.VOID, by=May.ISSUE, needs={"reason"}, clock="stop"),
}

URGING: dict[G, Move[UrgingState]] = {
    G.REPLY: move(UrgingState.OPEN, to=UrgingState.REPLIED, by=May.ANSWER, needs={"reply"}, clock="stop"),
    G.ACCEPT: move(UrgingState.REPLIED, to=UrgingState.ACCEPTED, by=May.ACCEPT),
    G.REFUSE: move(UrgingState.REPLIED, to=UrgingState.OPEN, by=May.ACCEPT, needs={"reason"}, clock="restart"),
    G.RAISE: move(*URGING_LIVE, to=UrgingState.OPEN, by=May.ACCEPT, clock="restart"),
    G.CLOSE: move(*URGING_LIVE, to=UrgingState.CLOSED, by=May.ACCEPT, clock="stop"),
    G.VOID: move(*URGING_LIVE, to=UrgingState.VOID, by=May.ISSUE, needs={"reason"}, clock="stop"),
}

MEETING: dict[K, Move[MeetingState]] = {
    K.PUT_ON: move(MeetingState.PLANNED, MeetingState.HELD, to=None, by=May.MEET),
    K.TAKE_OFF: move(MeetingState.PLANNED, MeetingState.HELD, to=None, by=May.MEET),
    K.HOLD: move(MeetingState.PLANNED, to=MeetingState.HELD, by=May.MEET, needs={"agenda", "present"}),
    K.DECIDE: move(MeetingState.HELD, to=None, by=May.MEET, needs={"what"}),
    K.TAKE_BACK: move(MeetingState.HELD, to=None, by=May.MEET),
    K.ISSUE: move(MeetingState.HELD, to=MeetingState.ISSUED, by=May.MEET, needs={"agenda"}),
    K.CANCEL: move(MeetingState.PLANNED, to=MeetingState.CANCELLED, by=May.MEET),
}


BULLETIN: dict[B, Move[BulletinState]] = {
    B.EDIT: move(BulletinState.DRAFT, to=None, by=May.WRITE_BULLETIN),
    B.ASK_AGAIN: move(BulletinState.DRAFT, to=None, by=May.WRITE_BULLETIN),
    B.HAND_UP: move(BulletinState.DRAFT, to=BulletinState.HANDED_UP, by=May.WRITE_BULLETIN, needs={"parts"}),
    B.HAND_BACK: move(BulletinState.HANDED_UP, to=BulletinState.DRAFT, by=May.SIGN_BULLETIN),
    B.SIGN: move(BulletinState.HANDED_UP, to=BulletinState.ISSUED, by=May.SIGN_BULLETIN),
    B.DISCARD: move(BulletinState.DRAFT, to=BulletinState.DISCARDED, by=May.WRITE_BULLETIN),
}

TALK: dict[T, Move[TalkState]] = {
    T.HOLD: move(TalkState.CALLED, to=TalkState.HELD, by=May.SUMMON, needs={"commitments", "minutes", "present"}),
    T.CANCEL: move(TalkState.CALLED, to=TalkState.CANCELLED, by=May.SUMMON),
}


def moves_of_item(state: S) -> tuple[V, ...]:
    """The moves that start in a state, in the order of the table."""
    return tuple(verb for verb, row in ITEM.items() if state in row.sources)


def moves_of_sheet(state: SheetState) -> tuple[M, ...]:
    """The moves of a sheet that start in a state, in the order of the table."""
    return tuple(verb for verb, row in SHEET.items() if state in row.sources)
