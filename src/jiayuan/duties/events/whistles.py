# SPDX-License-Identifier: Apache-2.0
"""What happened to a whistle and to the units called by it. Words stand in erasable rows, units by their id."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.duties.enums import NoWhistle, Outside, UnitRole, WhistleKind, WhistleState
from jiayuan.record.events import Code, Digest, Event, private

EMERGENCY_TOLD = "duties.whistle_emergency_told"
"""The kind of notice by which the town's leader hears of an emergency: it went to the triage office at once."""


@dataclass(frozen=True, kw_only=True)
class WhistleEvent(Event):
    """What every event of a whistle carries: its place, its kind, and in which state it leaves the whistle."""

    place: Code
    kind: WhistleKind
    to: WhistleState


@dataclass(frozen=True, kw_only=True)
class WhistleUnitEvent(WhistleEvent):
    """What every event of a called unit carries."""

    unit_id: int


@dataclass(frozen=True, kw_only=True)
class WhistleApplied(WhistleEvent):
    """A community or town wants departments to come; an emergency goes to the triage office at once."""

    KIND: ClassVar[str] = "duties.whistle_applied"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "Whistle applied for: %(kind)s")

    class_code: Code
    cases: tuple[Code, ...]
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class WhistleApproved(WhistleEvent):
    """The town's leader passed it on."""

    KIND: ClassVar[str] = "duties.whistle_approved"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The town's leader passed it on to the triage office")


@dataclass(frozen=True, kw_only=True)
class WhistleTurnedDown(WhistleEvent):
    """The town's leader turned it down."""

    KIND: ClassVar[str] = "duties.whistle_turned_down"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The town's leader turned it down: %(reason)s")

    reason: NoWhistle
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class WhistleDismissed(WhistleEvent):
    """The triage office saw no matter for a whistle in it."""

    KIND: ClassVar[str] = "duties.whistle_dismissed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The triage office turned it down: %(reason)s")

    reason: NoWhistle
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class WhistleWithdrawn(WhistleEvent):
    """Whoever applied withdrew it before any unit was called."""

    KIND: ClassVar[str] = "duties.whistle_withdrawn"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "Withdrawn")


@dataclass(frozen=True, kw_only=True)
class WhistleCaseLinked(WhistleEvent):
    """A case was named as belonging to it."""

    KIND: ClassVar[str] = "duties.whistle_case_linked"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "Case %(case)s linked")

    case: Code


@dataclass(frozen=True, kw_only=True)
class WhistleUnitCalled(WhistleUnitEvent):
    """A unit was called, until when it signs on and tells its result; why, where the list does not name it."""

    KIND: ClassVar[str] = "duties.whistle_unit_called"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "%(unit)s called: %(role)s")

    role: UnitRole
    outside: Outside | None
    sign_due_at: datetime
    result_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class WhistleSigned(WhistleUnitEvent):
    """A unit signed on."""

    KIND: ClassVar[str] = "duties.whistle_signed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "%(unit)s signed on")

    in_time: bool


@dataclass(frozen=True, kw_only=True)
class WhistleArrived(WhistleUnitEvent):
    """A unit reported on site."""

    KIND: ClassVar[str] = "duties.whistle_arrived"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "%(unit)s reported on site")


@dataclass(frozen=True, kw_only=True)
class WhistleMeasuresTold(WhistleUnitEvent):
    """A unit told what it does."""

    KIND: ClassVar[str] = "duties.whistle_measures_told"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "%(unit)s told its measures")

    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class WhistleResultTold(WhistleUnitEvent):
    """A unit told what came of it."""

    KIND: ClassVar[str] = "duties.whistle_result_told"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "%(unit)s told its result")

    in_time: bool
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class WhistleRefused(WhistleUnitEvent):
    """A unit refused, citing an entry of a list; the triage office decides."""

    KIND: ClassVar[str] = "duties.whistle_refused"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "%(unit)s refused, citing %(clause)s")

    clause: Code
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class WhistleReleased(WhistleUnitEvent):
    """The triage office released a unit that had refused."""

    KIND: ClassVar[str] = "duties.whistle_released"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The triage office released %(unit)s")

    clause: Code


@dataclass(frozen=True, kw_only=True)
class WhistleInsisted(WhistleUnitEvent):
    """The triage office decided that a unit has to answer all the same; its clocks started anew."""

    KIND: ClassVar[str] = "duties.whistle_insisted"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The triage office decided: %(unit)s has to answer")

    clause: Code
    sign_due_at: datetime
    result_due_at: datetime
    text_id: int | None
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class WhistleDeadlineMoved(WhistleUnitEvent):
    """A year of the work calendar was confirmed, and a clock that ran ends at another moment."""

    KIND: ClassVar[str] = "duties.whistle_deadline_moved"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The deadlines of %(unit)s moved with the work calendar")

    sign_due_at: datetime
    result_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class WhistleAnswered(WhistleEvent):
    """Every unit that had to answer told its result."""

    KIND: ClassVar[str] = "duties.whistle_answered"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "All units told their results")

    units: int


@dataclass(frozen=True, kw_only=True)
class WhistleRetriaged(WhistleEvent):
    """Every unit was released; the triage office calls others."""

    KIND: ClassVar[str] = "duties.whistle_retriaged"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "No unit is left; back with the triage office")


@dataclass(frozen=True, kw_only=True)
class WhistleRated(WhistleEvent):
    """Whoever whistled rated how it was answered, on three things from 1 to 5."""

    KIND: ClassVar[str] = "duties.whistle_rated"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "duties", "Rated: speed %(speed)s, handling %(handling)s, result %(result)s of 5"
    )

    speed: int
    handling: int
    result: int
    text_id: int | None
    text_digest: Digest | None = private()


EVENTS = (
    WhistleApplied,
    WhistleApproved,
    WhistleTurnedDown,
    WhistleDismissed,
    WhistleWithdrawn,
    WhistleCaseLinked,
    WhistleUnitCalled,
    WhistleSigned,
    WhistleArrived,
    WhistleMeasuresTold,
    WhistleResultTold,
    WhistleRefused,
    WhistleReleased,
    WhistleInsisted,
    WhistleDeadlineMoved,
    WhistleAnswered,
    WhistleRetriaged,
    WhistleRated,
)
"""Every event of whistles."""
