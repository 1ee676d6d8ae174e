# SPDX-License-Identifier: Apache-2.0
"""What happened to a case. Names, addresses and free texts are never here: texts are erasable rows, carried by id."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import Finding, Refusal, ReturnReason, Shortfall, Source, State
from jiayuan.record.events import Code, Digest, Event, PersonId, private


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Event):
    """What every event of a case carries, so that counters need nothing but the record."""

    place: Code
    class_code: Code
    came_from: State | None
    to: State


@dataclass(frozen=True, kw_only=True)
class CaseReported(CaseEvent):
    """A problem was reported."""

    KIND: ClassVar[str] = "cases.reported"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Reported (%(source)s)")

    source: Source
    photos: int
    text_id: int | None
    text_digest: Digest | None = private()
    reporter: PersonId | None = private()
    quantity: int = 1


@dataclass(frozen=True, kw_only=True)
class CaseVerificationAsked(CaseEvent):
    """Somebody is to look on site before the case is filed."""

    KIND: ClassVar[str] = "cases.verification_asked"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Sent out to be verified on site")
    stage_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseVerified(CaseEvent):
    """Somebody looked on site before the case was filed."""

    KIND: ClassVar[str] = "cases.verified"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Verified on site: %(finding)s")

    finding: Finding
    text_id: int | None
    text_digest: Digest | None = private()
    stage_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseFiled(CaseEvent):
    """The case was taken on, with its class and the limit that will count from dispatch."""

    KIND: ClassVar[str] = "cases.filed"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Filed as %(class)s, limit %(limit)s")

    class_before: Code
    limit_kind: Code
    limit_value: int
    source: Source | None = None
    stage_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseRejected(CaseEvent):
    """The case was not taken on; the reporter reads the reason."""

    KIND: ClassVar[str] = "cases.rejected"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Not filed: %(reason)s")

    reason: Refusal
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseDispatched(CaseEvent):
    """A unit was given the case and a moment by which to have dealt with it."""

    KIND: ClassVar[str] = "cases.dispatched"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Dispatched to %(unit)s, due %(due)s")

    unit_id: int
    due_at: datetime
    due_is_provisional: bool
    stage_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseSigned(CaseEvent):
    """The unit took the case into its hands."""

    KIND: ClassVar[str] = "cases.signed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "%(unit)s signed for it")

    unit_id: int


@dataclass(frozen=True, kw_only=True)
class CaseReturned(CaseEvent):
    """The unit gave the case back to the dispatcher, with its reason."""

    KIND: ClassVar[str] = "cases.returned"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "%(unit)s returned it: %(reason)s")

    unit_id: int
    reason: ReturnReason
    text_id: int | None
    text_digest: Digest | None = private()
    due_at: datetime | None = None
    clause: Code | None = None


@dataclass(frozen=True, kw_only=True)
class CaseFedBack(CaseEvent):
    """The unit says that it has dealt with the problem; the checker decides whether it has."""

    KIND: ClassVar[str] = "cases.fed_back"
    V: ClassVar[int] = 3
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "%(unit)s fed back, %(photos)s")

    unit_id: int
    photos: int
    in_time: bool
    text_id: int | None
    text_digest: Digest | None = private()
    due_at: datetime | None = None
    stage_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseClosed(CaseEvent):
    """Somebody outside the handling unit checked and closed the case."""

    KIND: ClassVar[str] = "cases.closed"
    V: ClassVar[int] = 3
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Checked and closed")

    unit_id: int
    in_time: bool
    due_at: datetime | None = None
    quantity: int = 1
    stage_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseSentBack(CaseEvent):
    """The check failed; the same unit has the same limit again."""

    KIND: ClassVar[str] = "cases.sent_back"
    V: ClassVar[int] = 3
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Sent back: %(reason)s; due %(due)s")

    unit_id: int
    reason: Shortfall
    due_at: datetime
    due_is_provisional: bool
    text_id: int | None
    text_digest: Digest | None = private()
    due_before: datetime | None = None
    was_in_time: bool | None = None
    stage_due_at: datetime | None = None


EVENTS: tuple[type[CaseEvent], ...] = (
    CaseReported,
    CaseVerificationAsked,
    CaseVerified,
    CaseFiled,
    CaseRejected,
    CaseDispatched,
    CaseSigned,
    CaseReturned,
    CaseFedBack,
    CaseClosed,
    CaseSentBack,
)


def lifted(*classes: type[Event]) -> dict[tuple[str, int], Any]:
    """How older versions of these events read: a version only ever adds facts, so what is missing is the default."""
    return {(cls.KIND, v): _lift(cls.KIND, v + 1) for cls in classes for v in range(1, cls.V)}


def _lift(kind: str, v: int) -> Any:
    return lambda values: (kind, v, values)


# Later versions add facts that figures need; ``stage_due_at`` is the limit of the stage that the move begins or ends:
# verifying, dispatching or checking. ``due_at`` is the unit's own.
UPCASTERS: dict[tuple[str, int], Any] = lifted(*EVENTS)
