# SPDX-License-Identifier: Apache-2.0
"""Sheets and items in the words of the reader. Codes come in, sentences go out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import npgettext, pgettext

from jiayuan.record.queries import Happened
from jiayuan.standards.enums import LimitKind
from jiayuan.supervision import events
from jiayuan.supervision.enums import (
    Attendance,
    BulletinState,
    Colour,
    ItemState,
    MeetingState,
    Rung,
    SheetState,
    TalkState,
    UrgingState,
)
from jiayuan.supervision.queries import Item, ItemText, Urging
from jiayuan.web.cases.wording import DueLine, Entry, Mark, class_name, running_line
from jiayuan.web.templatetags.jiayuan import moment

_SHEET_TONES = {
    SheetState.DRAFT: "idle",
    SheetState.ISSUED: "moving",
    SheetState.SETTLED: "done",
    SheetState.VOID: "idle",
}
_ITEM_TONES = {
    ItemState.OPEN: "moving",
    ItemState.FED_BACK: "waiting",
    ItemState.STRUCK: "done",
    ItemState.VOID: "idle",
}
_COLOUR_TONES = {Colour.BLUE: "moving", Colour.YELLOW: "waiting", Colour.ORANGE: "waiting", Colour.RED: "late"}


def sheet_mark(state: str) -> Mark:
    """The mark of a sheet."""
    return Mark(_SHEET_TONES[SheetState(state)], str(SheetState(state).label))


def item_mark(item: Item) -> Mark:
    """The mark of an item."""
    if item.state == ItemState.OPEN and item.paused_at is not None:
        return Mark("idle", pgettext("supervision", "The clock stands still"))
    return Mark(_ITEM_TONES[ItemState(item.state)], str(ItemState(item.state).label))


def colour_mark(colour: Colour) -> Mark | None:
    """The mark of a colour; none for no colour."""
    return Mark(_COLOUR_TONES[colour], str(colour.label)) if colour else None


_URGING_TONES = {
    UrgingState.OPEN: "moving",
    UrgingState.REPLIED: "waiting",
    UrgingState.ACCEPTED: "done",
    UrgingState.CLOSED: "done",
    UrgingState.VOID: "idle",
}


def urging_mark(state: str) -> Mark:
    """The mark of a supervision sheet."""
    return Mark(_URGING_TONES[UrgingState(state)], str(UrgingState(state).label))


def reply_due(made: Urging, now: datetime) -> DueLine | None:
    """Until when the unit replies; nothing once it has, and no countdown while its clock stands still."""
    if made.state != UrgingState.OPEN:
        return None
    if made.item.state != ItemState.OPEN or made.item.paused_at is not None:
        return DueLine("idle", pgettext("supervision", "The clock stands still"), None)
    return running_line(made.reply_due_at, LimitKind.WORKING_DAYS, now)


_MEETING_TONES = {
    MeetingState.PLANNED: "moving",
    MeetingState.HELD: "waiting",
    MeetingState.ISSUED: "done",
    MeetingState.CANCELLED: "idle",
}
_ATTENDANCE_TONES = {Attendance.INVITED: "moving", Attendance.PRESENT: "done", Attendance.EXCUSED: "idle"}


def meeting_mark(state: str) -> Mark:
    """The mark of a meeting."""
    return Mark(_MEETING_TONES[MeetingState(state)], str(MeetingState(state).label))


def attendance_mark(attendance: str) -> Mark:
    """Whether a unit was there."""
    return Mark(_ATTENDANCE_TONES[Attendance(attendance)], str(Attendance(attendance).label))


_TALK_TONES = {TalkState.CALLED: "moving", TalkState.HELD: "done", TalkState.CANCELLED: "idle"}


def talk_mark(state: str) -> Mark:
    """The mark of a talk."""
    return Mark(_TALK_TONES[TalkState(state)], str(TalkState(state).label))


def due_line(item: Item, now: datetime) -> DueLine | None:
    """The due line of an item: how long is left, and once fed back whether it was in time."""
    if item.due_at is None or item.state == ItemState.VOID or item.paused_at is not None:
        return None
    if item.fed_back_at is None:
        return running_line(item.due_at, LimitKind.WORKING_DAYS, now)
    if item.fed_back_at <= item.due_at:
        return DueLine("done", pgettext("cases", "done in time"), None)
    return DueLine("late", pgettext("cases", "done late"), None)


def rung_words(rung: str) -> str:
    """Who presses."""
    return str(Rung(rung).label)


def items_words(n: int) -> str:
    """How many items."""
    return npgettext("supervision", "%(n)s item", "%(n)s items", n) % {"n": n}


def days_words(n: int) -> str:
    """A limit in working days."""
    return npgettext("cases", "%(n)s working day", "%(n)s working days", n) % {"n": n}


def what(item: Item, matters: Mapping[int, str]) -> str:
    """What an item is about: the class of its case, or the words typed for it."""
    if item.problem_class_id is not None:
        return class_name(item.problem_class_id)
    return matters.get(item.pk, pgettext("supervision", "A problem without a case"))


def rate_words(struck: int, due: int) -> tuple[str, str]:
    """How many of a hundred due items were struck off, and of how many; with nothing due there is no rate."""
    if not due:
        return pgettext("supervision", "nothing due yet"), ""
    return f"{struck * 100 / due:.1f}", f"{struck:,}/{due:,}"


def timeline(history: Sequence[Happened], texts: Mapping[int, ItemText]) -> list[Entry]:
    """What happened to a sheet and its items in sentences, newest first."""
    found = [_entry(item, item.event, texts) for item in history if isinstance(item.event, events.SheetEvent)]
    return found[::-1]


_LATE = (events.ItemRefused, events.ItemEscalated, events.ItemTimeRefused, events.UrgingRefused, events.UrgingRaised)
_DONE = (
    events.ItemStruckOff,
    events.SheetSettled,
    events.UrgingAccepted,
    events.UrgingClosed,
    events.MinutesIssued,
    events.TalkHeld,
)


def _entry(item: Happened, event: events.SheetEvent, texts: Mapping[int, ItemText]) -> Entry:
    text = texts.get(getattr(event, "text_id", None) or 0)
    tone = "late" if isinstance(event, _LATE) else "done" if isinstance(event, _DONE) else "moving"
    return Entry(item.at, str(event.SENTENCE) % _facts(event), tone, text.body if text is not None else "")


def timeline_of_meeting(history: Sequence[Happened]) -> list[Entry]:
    """What happened to a meeting in sentences, newest first."""
    return _told((item, item.event) for item in history if isinstance(item.event, events.MeetingEvent))


def timeline_of_talk(history: Sequence[Happened]) -> list[Entry]:
    """What happened to a talk, likewise."""
    return _told((item, item.event) for item in history if isinstance(item.event, events.TalkEvent))


def _told(told: Iterable[tuple[Happened, events.MeetingEvent | events.TalkEvent]]) -> list[Entry]:
    return [
        Entry(item.at, str(event.SENTENCE) % _facts(event), "done" if isinstance(event, _DONE) else "moving", "")
        for item, event in reversed(list(told))
    ]


_SAID: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "number": ("number", int),
    "items": ("items", int),
    "struck": ("struck", int),
    "due_at": ("due", lambda due_at: moment(due_at)),
    "reply_due_at": ("reply_due", lambda due_at: moment(due_at)),
    "from_colour": ("from_colour", lambda colour: colour.label),
    "to_colour": ("to_colour", lambda colour: colour.label),
    "reason": ("reason", lambda reason: reason.label),
    "to_rung": ("to_rung", lambda rung: rung.label),
    "kind": ("kind", lambda kind: kind.label),
    "cause": ("cause", lambda cause: cause.label),
    "meets_at": ("meets", lambda at: moment(at)),
    **{name: (name, int) for name in ("units", "present", "excused", "commitments", "decisions", "sheets", "returns")},
}


def _facts(event: events.SheetEvent | events.MeetingEvent | events.TalkEvent) -> dict[str, Any]:
    given = {name: getattr(event, name, None) for name in _SAID}
    return {_SAID[name][0]: _SAID[name][1](value) for name, value in given.items() if value is not None}


_BULLETIN_TONES = {
    BulletinState.DRAFT: "idle",
    BulletinState.HANDED_UP: "waiting",
    BulletinState.ISSUED: "done",
    BulletinState.DISCARDED: "idle",
}


def bulletin_mark(state: str) -> Mark:
    """The mark of a bulletin."""
    return Mark(_BULLETIN_TONES[BulletinState(state)], str(BulletinState(state).label))


def bulletin_timeline(history: Sequence[Happened]) -> list[Entry]:
    """What happened to a bulletin in sentences, newest first."""
    names = ("facts", "part", "photos", "changed", "edited")
    found = []
    for item in history:
        if isinstance(item.event, events.BulletinEvent):
            facts = {name: getattr(item.event, name) for name in names if hasattr(item.event, name)}
            tone = "done" if isinstance(item.event, events.BulletinIssued) else "moving"
            found.append(Entry(item.at, str(item.event.SENTENCE) % facts, tone, ""))
    return found[::-1]


def provisional_hint(due_is_provisional: bool) -> str:
    """What is said where a due date rests on a year that no notice confirms yet."""
    if not due_is_provisional:
        return ""
    return pgettext("cases", "The work calendar of that year is not confirmed yet; the due date may move.")
