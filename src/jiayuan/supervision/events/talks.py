# SPDX-License-Identifier: Apache-2.0
"""What happened to summons talks. Units are named, persons never; what was said stands on the minutes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.record.events import Code, Event
from jiayuan.supervision.enums import TalkCause


@dataclass(frozen=True, kw_only=True)
class TalkEvent(Event):
    """What every event of a talk carries."""

    office: Code
    unit: Code
    place: Code


@dataclass(frozen=True, kw_only=True)
class TalkCalled(TalkEvent):
    """The leader of a unit was summoned, by post; the invitation has its number."""

    KIND: ClassVar[str] = "supervision.talk_called"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Summoned for %(meets)s: %(cause)s")

    year: int
    serial: int
    cause: TalkCause
    item_id: int | None
    meets_at: datetime


@dataclass(frozen=True, kw_only=True)
class TalkHeld(TalkEvent):
    """The talk took place; what the unit promised stands on a numbered sheet."""

    KIND: ClassVar[str] = "supervision.talk_held"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Held; %(commitments)s commitments are tracked")

    year: int
    serial: int
    commitments: int
    sheet_id: int


@dataclass(frozen=True, kw_only=True)
class TalkCancelled(TalkEvent):
    """The talk was cancelled."""

    KIND: ClassVar[str] = "supervision.talk_cancelled"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "The talk was cancelled")


EVENTS = (TalkCalled, TalkHeld, TalkCancelled)
"""Every event of a talk, for the room to list."""
