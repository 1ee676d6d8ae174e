# SPDX-License-Identifier: Apache-2.0
"""What happened to a clearing list. All of it hangs on the list; a row is its number there.

An acceptance carries rows, classes and quantities side by side, so that what is counted needs nothing but the record.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import ListVoid, RowFlaw
from jiayuan.record.events import Code, Digest, Event, private


@dataclass(frozen=True, kw_only=True)
class ClearingEvent(Event):
    """What every event of a clearing list carries."""

    place: Code


@dataclass(frozen=True, kw_only=True)
class ClearingBegun(ClearingEvent):
    """Somebody of the village began a list."""

    KIND: ClassVar[str] = "cases.clearing_begun"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "List begun")

    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class ClearingRowAdded(ClearingEvent):
    """Something that is to be cleared was put on the list, with a picture from before."""

    KIND: ClassVar[str] = "cases.clearing_row_added"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Row %(number)s listed: %(class)s × %(quantity)s")

    number: int
    class_code: Code
    quantity: int
    photos: int
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class ClearingRowAmended(ClearingEvent):
    """The number of a row was corrected before the list was handed in."""

    KIND: ClassVar[str] = "cases.clearing_row_amended"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Row %(number)s corrected to %(quantity)s")

    number: int
    quantity_before: int
    quantity: int


@dataclass(frozen=True, kw_only=True)
class ClearingRowStruck(ClearingEvent):
    """A row was struck out."""

    KIND: ClassVar[str] = "cases.clearing_row_struck"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Row %(number)s struck out")

    number: int


@dataclass(frozen=True, kw_only=True)
class ClearingRowCleared(ClearingEvent):
    """A row was cleared, with a picture from after."""

    KIND: ClassVar[str] = "cases.clearing_row_cleared"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Row %(number)s cleared")

    number: int
    photos: int


@dataclass(frozen=True, kw_only=True)
class ClearingHandedIn(ClearingEvent):
    """The list went to the town, in the week in which it is drawn from."""

    KIND: ClassVar[str] = "cases.clearing_handed_in"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Handed in, %(week)s")

    week: Code
    rows: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ClearingDrawn(ClearingEvent):
    """A sample was drawn from a village's week. With seed and rows anybody can repeat the draw.

    ``drawn`` are the rows of this list; ``eligible``, ``size`` and ``digest`` are of the whole lot of ``sample_id``.
    """

    KIND: ClassVar[str] = "cases.clearing_drawn"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Sample drawn: %(size)s of %(eligible)s rows")

    sample_id: int
    seed: Code
    percent: int
    eligible: int
    size: int
    digest: Code
    drawn: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ClearingRowChecked(ClearingEvent):
    """Somebody of the town looked at a drawn row; without a flaw it passed."""

    KIND: ClassVar[str] = "cases.clearing_row_checked"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Row %(number)s looked at: %(flaw)s")

    sample_id: int
    number: int
    flaw: RowFlaw | None


@dataclass(frozen=True, kw_only=True)
class ClearingAccepted(ClearingEvent):
    """The town accepted the list: from here each row counts, under its class and on this day."""

    KIND: ClassVar[str] = "cases.clearing_accepted"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Accepted")

    sample_id: int
    rows: tuple[int, ...]
    class_codes: tuple[Code, ...]
    quantities: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ClearingLeft(ClearingEvent):
    """Nobody had looked at this list and another of its lot failed; it waits for the next draw."""

    KIND: ClassVar[str] = "cases.clearing_left"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Left for the next draw")

    sample_id: int


@dataclass(frozen=True, kw_only=True)
class ClearingReopened(ClearingEvent):
    """Rows did not pass and went on as cases; all others of the list are to be looked at again."""

    KIND: ClassVar[str] = "cases.clearing_reopened"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Opened again; rows that did not pass became cases")

    sample_id: int
    failed: tuple[int, ...]
    case_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ClearingTakenBack(ClearingEvent):
    """An acceptance was undone: everything that counted is taken off again, with the same classes and quantities."""

    KIND: ClassVar[str] = "cases.clearing_taken_back"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Acceptance taken back; rows that did not pass became cases")

    failed: tuple[int, ...]
    flaws: tuple[RowFlaw, ...]
    case_ids: tuple[int, ...]
    rows: tuple[int, ...]
    class_codes: tuple[Code, ...]
    quantities: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ClearingVoided(ClearingEvent):
    """The list was made void before it was handed in."""

    KIND: ClassVar[str] = "cases.clearing_voided"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Made void: %(reason)s")

    reason: ListVoid


CLEARING_EVENTS: tuple[type[ClearingEvent], ...] = (
    ClearingBegun,
    ClearingRowAdded,
    ClearingRowAmended,
    ClearingRowStruck,
    ClearingRowCleared,
    ClearingHandedIn,
    ClearingDrawn,
    ClearingRowChecked,
    ClearingAccepted,
    ClearingLeft,
    ClearingReopened,
    ClearingTakenBack,
    ClearingVoided,
)
