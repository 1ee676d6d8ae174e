# SPDX-License-Identifier: Apache-2.0
"""What happened to supervision sheets. The subject is the sheet that presses; number and item are of the pressed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.record.events import Digest, private
from jiayuan.supervision.enums import Colour, Pattern, RaiseReason, Unmet, UrgeReason, VoidReason
from jiayuan.supervision.events.sheets import ItemEvent


@dataclass(frozen=True, kw_only=True)
class UrgingIssued(ItemEvent):
    """A supervision sheet presses an item. It has a colour where colours say how hard something is pressed."""

    KIND: ClassVar[str] = "supervision.urging_issued"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Issued: %(reason)s; reply due %(reply_due)s")

    year: int
    serial: int
    pattern: Pattern
    colour: Colour
    reason: UrgeReason
    raise_reason: RaiseReason | None
    reply_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class UrgingReplied(ItemEvent):
    """The unit replied to a supervision sheet."""

    KIND: ClassVar[str] = "supervision.urging_replied"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "The unit replied")

    in_time: bool
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class UrgingAccepted(ItemEvent):
    """The issuing side accepted the reply; the item stays pressed until it is struck off."""

    KIND: ClassVar[str] = "supervision.urging_accepted"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "The reply was accepted")


@dataclass(frozen=True, kw_only=True)
class UrgingRefused(ItemEvent):
    """The issuing side did not accept the reply; the unit replies again."""

    KIND: ClassVar[str] = "supervision.urging_refused"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "supervision", "The reply was not accepted: %(reason)s; reply due %(reply_due)s"
    )

    reason: Unmet
    reply_due_at: datetime
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class UrgingRaised(ItemEvent):
    """The colour was raised: by the clock to the next one, by people with a reason further."""

    KIND: ClassVar[str] = "supervision.urging_raised"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "supervision", "Raised from %(from_colour)s to %(to_colour)s; reply due %(reply_due)s"
    )

    from_colour: Colour
    to_colour: Colour
    raise_reason: RaiseReason | None
    reply_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class UrgingClockMoved(ItemEvent):
    """The clock of the item stood still, and with it the time to reply: what was left is left again."""

    KIND: ClassVar[str] = "supervision.urging_clock_moved"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "The clock goes on; reply due %(reply_due)s")

    due_before: datetime
    reply_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class UrgingClosed(ItemEvent):
    """A supervision sheet is over, because its item was struck off or made void."""

    KIND: ClassVar[str] = "supervision.urging_closed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Over: the item needs no pressing any more")

    struck: bool


@dataclass(frozen=True, kw_only=True)
class UrgingVoided(ItemEvent):
    """A supervision sheet was made void."""

    KIND: ClassVar[str] = "supervision.urging_voided"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Made void: %(reason)s")

    reason: VoidReason


EVENTS = (
    UrgingIssued,
    UrgingReplied,
    UrgingAccepted,
    UrgingRefused,
    UrgingRaised,
    UrgingClockMoved,
    UrgingClosed,
    UrgingVoided,
)
"""Every event of a supervision sheet, for the room to list."""
