# SPDX-License-Identifier: Apache-2.0
"""What happened to joint meetings. What was said and decided stands in the tables and on the minutes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.record.events import Code, Event
from jiayuan.supervision.enums import AgendaKind


@dataclass(frozen=True, kw_only=True)
class MeetingEvent(Event):
    """What every event of a meeting carries."""

    office: Code
    place: Code


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(MeetingEvent):
    """A joint meeting was planned."""

    KIND: ClassVar[str] = "supervision.meeting_planned"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Planned for %(meets)s with %(units)s units")

    meets_at: datetime
    units: int


@dataclass(frozen=True, kw_only=True)
class AgendaPutOn(MeetingEvent):
    """Something was put on the agenda of a meeting."""

    KIND: ClassVar[str] = "supervision.agenda_put_on"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Agenda: item %(number)s, %(kind)s")

    number: int
    kind: AgendaKind


@dataclass(frozen=True, kw_only=True)
class AgendaTakenOff(MeetingEvent):
    """Something was taken off the agenda of a meeting."""

    KIND: ClassVar[str] = "supervision.agenda_taken_off"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Agenda: item %(number)s was taken off")

    number: int


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(MeetingEvent):
    """A meeting was held."""

    KIND: ClassVar[str] = "supervision.meeting_held"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Held: %(present)s units present, %(excused)s excused")

    present: int
    excused: int


@dataclass(frozen=True, kw_only=True)
class MeetingDecided(MeetingEvent):
    """A decision on an item of the agenda was noted: which unit does something."""

    KIND: ClassVar[str] = "supervision.meeting_decided"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: a decision was noted")

    number: int
    unit: Code
    until: date


@dataclass(frozen=True, kw_only=True)
class DecisionTakenBack(MeetingEvent):
    """A decision was taken back before the minutes were issued."""

    KIND: ClassVar[str] = "supervision.decision_taken_back"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: a decision was taken back")

    number: int
    unit: Code


@dataclass(frozen=True, kw_only=True)
class MinutesIssued(MeetingEvent):
    """The minutes of a meeting were issued: its decisions became assignment sheets, its returns were confirmed."""

    KIND: ClassVar[str] = "supervision.minutes_issued"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "supervision",
        "Minutes issued: %(decisions)s decisions on %(sheets)s assignment sheets, %(returns)s returns decided",
    )

    year: int
    serial: int
    decisions: int
    sheets: int
    returns: int


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(MeetingEvent):
    """A planned meeting was cancelled."""

    KIND: ClassVar[str] = "supervision.meeting_cancelled"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Cancelled")


EVENTS = (
    MeetingPlanned,
    AgendaPutOn,
    AgendaTakenOff,
    MeetingHeld,
    MeetingDecided,
    DecisionTakenBack,
    MinutesIssued,
    MeetingCancelled,
)
"""Every event of a meeting, for the room to list."""
