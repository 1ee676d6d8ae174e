# SPDX-License-Identifier: Apache-2.0
"""What happened to sheets and their items. An item is named by its number on its sheet; words stand in the tables."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.record.events import Code, Digest, Event, private
from jiayuan.supervision.enums import (
    Denial,
    Pattern,
    RaiseReason,
    Rung,
    SheetKind,
    TimeReason,
    Unmet,
    VoidReason,
)


@dataclass(frozen=True, kw_only=True)
class SheetEvent(Event):
    """What every event of a sheet carries, so that figures need nothing but the record."""

    office: Code
    unit: Code
    place: Code


@dataclass(frozen=True, kw_only=True)
class SheetDrafted(SheetEvent):
    """A sheet was drafted, or its draft changed, and has so many items now."""

    KIND: ClassVar[str] = "supervision.sheet_drafted"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Drafted with %(items)s items")

    kind: SheetKind
    items: int


@dataclass(frozen=True, kw_only=True)
class SheetDiscarded(SheetEvent):
    """A draft was discarded; it never had a number."""

    KIND: ClassVar[str] = "supervision.sheet_discarded"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "The draft was discarded")


@dataclass(frozen=True, kw_only=True)
class SheetIssued(SheetEvent):
    """A sheet was issued: it has its number, and the time of its items runs."""

    KIND: ClassVar[str] = "supervision.sheet_issued"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Issued with %(items)s items, due %(due)s")

    kind: SheetKind
    year: int
    serial: int
    items: int
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class SheetSigned(SheetEvent):
    """The unit signed for a sheet."""

    KIND: ClassVar[str] = "supervision.sheet_signed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "The unit signed for it")


@dataclass(frozen=True, kw_only=True)
class SheetSettled(SheetEvent):
    """Every item of a sheet was struck off or made void."""

    KIND: ClassVar[str] = "supervision.sheet_settled"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Settled: %(struck)s items struck off")

    struck: int


@dataclass(frozen=True, kw_only=True)
class SheetVoided(SheetEvent):
    """An issued sheet was made void; its number is never given again."""

    KIND: ClassVar[str] = "supervision.sheet_voided"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Made void: %(reason)s")

    reason: VoidReason


@dataclass(frozen=True, kw_only=True)
class ItemEvent(SheetEvent):
    """What every event of an item carries."""

    number: int
    item_id: int


@dataclass(frozen=True, kw_only=True)
class ItemFedBack(ItemEvent):
    """The unit says that it has dealt with an item; the issuing side decides whether it has."""

    KIND: ClassVar[str] = "supervision.item_fed_back"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: fed back")

    in_time: bool
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class ItemTakenBack(ItemEvent):
    """The feedback does not hold any more: its case was sent back or taken up again."""

    KIND: ClassVar[str] = "supervision.item_taken_back"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: open again, due %(due)s")

    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ItemStruckOff(ItemEvent):
    """The issuing side looked and struck an item off."""

    KIND: ClassVar[str] = "supervision.item_struck_off"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: struck off")

    due_at: datetime
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class ItemRefused(ItemEvent):
    """The issuing side looked and did not strike an item off; the unit has time again."""

    KIND: ClassVar[str] = "supervision.item_refused"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: not struck off, %(reason)s; due %(due)s")

    reason: Unmet
    due_before: datetime
    due_at: datetime
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class ItemTimeAsked(ItemEvent):
    """The unit asks for more time and says why."""

    KIND: ClassVar[str] = "supervision.item_time_asked"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: more time asked for, %(reason)s")

    reason: TimeReason
    until: datetime
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class ItemTimeGranted(ItemEvent):
    """More time was granted."""

    KIND: ClassVar[str] = "supervision.item_time_granted"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: more time granted, due %(due)s")

    due_before: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ItemTimeRefused(ItemEvent):
    """More time was refused, with a reason."""

    KIND: ClassVar[str] = "supervision.item_time_refused"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: no more time, %(reason)s")

    reason: Denial


@dataclass(frozen=True, kw_only=True)
class ItemPaused(ItemEvent):
    """The clock of an item stands still, because that of its case does."""

    KIND: ClassVar[str] = "supervision.item_paused"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: the clock stands still")


@dataclass(frozen=True, kw_only=True)
class ItemResumed(ItemEvent):
    """The clock of an item goes on with what was left."""

    KIND: ClassVar[str] = "supervision.item_resumed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: the clock goes on, due %(due)s")

    due_before: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ItemVoided(ItemEvent):
    """An item was made void; it belongs to no balance."""

    KIND: ClassVar[str] = "supervision.item_voided"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: made void, %(reason)s")

    reason: VoidReason


@dataclass(frozen=True, kw_only=True)
class ItemEscalated(ItemEvent):
    """The next level presses. Without a reason the clock said so; whoever begins higher gives one."""

    KIND: ClassVar[str] = "supervision.item_escalated"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Item %(number)s: %(to_rung)s presses now")

    from_rung: Rung
    to_rung: Rung
    after_minutes: int
    reason: RaiseReason | None


@dataclass(frozen=True, kw_only=True)
class PatternChosen(Event):
    """A campaign chose what its colours mean."""

    KIND: ClassVar[str] = "supervision.pattern_chosen"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "What colours mean was chosen: %(pattern)s")

    campaign: Code
    pattern: Pattern


EVENTS = (
    SheetDrafted,
    SheetDiscarded,
    SheetIssued,
    SheetSigned,
    SheetSettled,
    SheetVoided,
    ItemFedBack,
    ItemTakenBack,
    ItemStruckOff,
    ItemRefused,
    ItemTimeAsked,
    ItemTimeGranted,
    ItemTimeRefused,
    ItemPaused,
    ItemResumed,
    ItemVoided,
    ItemEscalated,
    PatternChosen,
)
"""Every event of a sheet and its items, for the room to list."""
