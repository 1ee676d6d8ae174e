# SPDX-License-Identifier: Apache-2.0
"""What happened to a case beside its main course: returns, requests and answers, joins and splits, and after its end.

Events of moves that leave the case where it is have the same ``came_from`` and ``to``, so nothing is counted twice.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import (
    Answer,
    CallBackResult,
    DeadlineReason,
    Denial,
    Discontent,
    ForcedReason,
    Ground,
    LookBackResult,
    NotYet,
    ReopenGround,
    ReturnDecision,
    Urgency,
    VoidReason,
)
from jiayuan.cases.events.life import CaseEvent, CaseFedBack, CaseSigned, lifted
from jiayuan.record.events import Digest, private


@dataclass(frozen=True, kw_only=True)
class CaseReturnConfirmed(CaseEvent):
    """The duty chief agrees that the case was not this unit's: a mis-dispatch."""

    KIND: ClassVar[str] = "cases.return_confirmed"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "The return was confirmed; the case goes to another unit")

    unit_id: int
    due_before: datetime | None
    text_id: int | None
    text_digest: Digest | None = private()
    stage_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseReturnRefused(CaseEvent):
    """The duty chief sends the case back to the unit that returned it; its clock goes on."""

    KIND: ClassVar[str] = "cases.return_refused"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "cases", "The return was refused: %(reason)s; back to %(unit)s, due %(due)s"
    )

    unit_id: int
    reason: ReturnDecision
    due_before: datetime | None
    due_at: datetime
    due_is_provisional: bool
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseHandedIn(CaseEvent):
    """Somebody of the unit handed in pictures; the unit has not confirmed yet and the clock goes on."""

    KIND: ClassVar[str] = "cases.handed_in"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "%(unit)s handed in %(photos)s")

    unit_id: int
    photos: int


@dataclass(frozen=True, kw_only=True)
class CaseExtensionAsked(CaseEvent):
    """The unit says honestly that it needs more time. Asking costs nothing."""

    KIND: ClassVar[str] = "cases.extension_asked"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "%(unit)s asked for time until %(until)s: %(reason)s")

    unit_id: int
    request_id: int
    reason: NotYet
    until: datetime
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseExtended(CaseEvent):
    """The deadline was moved as asked."""

    KIND: ClassVar[str] = "cases.extended"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "More time was granted, due %(due)s")

    unit_id: int
    request_id: int
    due_before: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseExtensionRefused(CaseEvent):
    """The deadline stays."""

    KIND: ClassVar[str] = "cases.extension_refused"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "More time was refused: %(reason)s")

    unit_id: int
    request_id: int
    reason: Denial
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseShelvingAsked(CaseEvent):
    """The unit says honestly that the thing cannot be done now."""

    KIND: ClassVar[str] = "cases.shelving_asked"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "%(unit)s asked to shelve it until %(until)s: %(reason)s")

    unit_id: int
    request_id: int
    reason: NotYet
    until: datetime
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseShelved(CaseEvent):
    """The handling clock stands still until that day."""

    KIND: ClassVar[str] = "cases.shelved"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Shelved until %(until)s")

    unit_id: int
    request_id: int
    due_before: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class CaseShelvingRefused(CaseEvent):
    """The clock goes on."""

    KIND: ClassVar[str] = "cases.shelving_refused"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Shelving was refused: %(reason)s")

    unit_id: int
    request_id: int
    reason: Denial
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseResumed(CaseEvent):
    """The clock goes on with what was left of the limit."""

    KIND: ClassVar[str] = "cases.resumed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Taken up again, due %(due)s")

    unit_id: int
    due_before: datetime
    due_at: datetime
    due_is_provisional: bool


@dataclass(frozen=True, kw_only=True)
class CaseDeadlineMoved(CaseEvent):
    """A deadline moved although nobody moved the case."""

    KIND: ClassVar[str] = "cases.deadline_moved"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Due %(due)s now, because %(reason)s")

    unit_id: int
    reason: DeadlineReason
    due_before: datetime
    due_at: datetime
    due_is_provisional: bool


@dataclass(frozen=True, kw_only=True)
class CaseUrged(CaseEvent):
    """The case goes before others."""

    KIND: ClassVar[str] = "cases.urged"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Marked as urgent: %(reason)s")

    reason: Urgency
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseSplit(CaseEvent):
    """Several problems came as one report; each further one has a case of its own now."""

    KIND: ClassVar[str] = "cases.split"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Split: further cases were opened")

    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CaseMerged(CaseEvent):
    """The same problem had a case already; whoever reported it follows that one now."""

    KIND: ClassVar[str] = "cases.merged"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Merged into another case")

    into_id: int
    due_before: datetime | None
    stage_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseVoided(CaseEvent):
    """The case does not count."""

    KIND: ClassVar[str] = "cases.voided"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Made void: %(reason)s")

    unit_id: int | None
    reason: VoidReason
    due_before: datetime | None
    text_id: int | None
    text_digest: Digest | None = private()
    stage_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseForceClosed(CaseEvent):
    """The case ends without a check; the figures show how many did."""

    KIND: ClassVar[str] = "cases.force_closed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Closed by force: %(reason)s")

    unit_id: int
    reason: ForcedReason
    in_time: bool
    due_at: datetime
    quantity: int
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseAppealed(CaseEvent):
    """The unit holds that the overrun was not its own."""

    KIND: ClassVar[str] = "cases.appealed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "%(unit)s appealed against the overrun: %(reason)s")

    unit_id: int
    request_id: int
    reason: Ground
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseAppealReviewed(CaseEvent):
    """The first stage of an appeal; the second decides."""

    KIND: ClassVar[str] = "cases.appeal_reviewed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "The appeal was reviewed: %(answer)s")

    unit_id: int
    request_id: int
    answer: Answer
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseAppealDecided(CaseEvent):
    """Upheld, the case counts as in time; the raw overrun stays visible."""

    KIND: ClassVar[str] = "cases.appeal_decided"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "The appeal was decided: %(answer)s")

    unit_id: int
    request_id: int
    answer: Answer
    due_at: datetime | None
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseCalledBack(CaseEvent):
    """The reporter was asked how it went. An answer that takes an earlier one's place says when that one was given."""

    KIND: ClassVar[str] = "cases.called_back"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Called back: %(result)s")

    unit_id: int | None
    result: CallBackResult
    reason: Discontent | None
    result_before: CallBackResult | None
    text_id: int | None
    text_digest: Digest | None = private()
    before_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseLookedBack(CaseEvent):
    """Somebody looked at the place after closing."""

    KIND: ClassVar[str] = "cases.looked_back"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Looked at again: %(result)s")

    unit_id: int | None
    result: LookBackResult
    relapse_id: int | None


@dataclass(frozen=True, kw_only=True)
class CaseReopenAsked(CaseEvent):
    """A resident or an officer holds that the case is not done."""

    KIND: ClassVar[str] = "cases.reopen_asked"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Somebody asked to reopen it: %(reason)s")

    request_id: int
    reason: ReopenGround
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseReopened(CaseEvent):
    """The case goes back to its unit with the whole limit."""

    KIND: ClassVar[str] = "cases.reopened"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Reopened, due %(due)s")

    unit_id: int
    request_id: int
    in_time: bool
    due_before: datetime | None
    due_at: datetime
    due_is_provisional: bool
    quantity: int
    text_id: int | None
    text_digest: Digest | None = private()
    forced: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseReconsidered(CaseEvent):
    """A report that was not filed is looked at again."""

    KIND: ClassVar[str] = "cases.reconsidered"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Taken in after all")

    request_id: int
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseReopenRefused(CaseEvent):
    """The request to reopen was turned down, with a reason."""

    KIND: ClassVar[str] = "cases.reopen_refused"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "It stays closed")

    request_id: int
    text_id: int | None
    text_digest: Digest | None = private()


HANDS = (CaseSigned.KIND, CaseHandedIn.KIND, CaseFedBack.KIND)
"""The events whose persons had a case in their hands; none of them checks it."""

BRANCHES: tuple[type[CaseEvent], ...] = (
    CaseReturnConfirmed,
    CaseReturnRefused,
    CaseHandedIn,
    CaseExtensionAsked,
    CaseExtended,
    CaseExtensionRefused,
    CaseShelvingAsked,
    CaseShelved,
    CaseShelvingRefused,
    CaseResumed,
    CaseDeadlineMoved,
    CaseUrged,
    CaseSplit,
    CaseMerged,
    CaseVoided,
    CaseForceClosed,
    CaseAppealed,
    CaseAppealReviewed,
    CaseAppealDecided,
    CaseCalledBack,
    CaseLookedBack,
    CaseReopenAsked,
    CaseReopened,
    CaseReconsidered,
    CaseReopenRefused,
)

UPCASTERS: dict[tuple[str, int], Any] = lifted(*BRANCHES)
