# SPDX-License-Identifier: Apache-2.0
"""What happened to lists, zones and those who answer for places. Words stand in the tables, persons by their id."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.duties.enums import Kind, ZoneKind
from jiayuan.record.events import Code, Event, PersonId, private


@dataclass(frozen=True, kw_only=True)
class DutyListOpened(Event):
    """A document was opened; it says nothing before its first version is published."""

    KIND: ClassVar[str] = "duties.list_opened"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A list was opened: %(kind)s")

    kind: Kind


@dataclass(frozen=True, kw_only=True)
class DutyDraftChanged(Event):
    """A draft was made or changed: so many entries were added, changed and taken out."""

    KIND: ClassVar[str] = "duties.draft_changed"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "duties",
        "Version %(number)s was drafted: %(added)s added, %(changed)s changed, %(removed)s taken out",
    )

    number: int
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, kw_only=True)
class DutyListPublished(Event):
    """A version was published and holds from a day on."""

    KIND: ClassVar[str] = "duties.list_published"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "duties", "Version %(number)s was published with %(entries)s entries and holds from %(valid_from)s"
    )

    number: int
    valid_from: date
    entries: int
    taken_back: int


@dataclass(frozen=True, kw_only=True)
class ZoneOpened(Event):
    """A zone was drawn that may be claimed."""

    KIND: ClassVar[str] = "duties.zone_opened"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A zone was opened in %(villages)s villages, from %(starts_on)s")

    kind: ZoneKind
    villages: int
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class ZoneCorrected(Event):
    """What is said of a zone was put right."""

    KIND: ClassVar[str] = "duties.zone_corrected"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The zone was corrected; it lies in %(villages)s villages")

    kind: ZoneKind
    villages: int
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class ZoneEnded(Event):
    """A zone is one no longer after a day."""

    KIND: ClassVar[str] = "duties.zone_ended"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The zone ends after %(ends_on)s")

    ends_on: date


@dataclass(frozen=True, kw_only=True)
class AnswerNamed(Event):
    """Somebody answers for a place, or claimed a zone (then ``place`` is empty), from a day on."""

    KIND: ClassVar[str] = "duties.answer_named"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "It was named who answers, from %(starts_on)s")

    place: Code
    organisation: Code
    starts_on: date
    ends_on: date | None
    person: PersonId | None = private()


@dataclass(frozen=True, kw_only=True)
class AnswerCorrected(Event):
    """What is said of somebody who answers was put right; as it is said now."""

    KIND: ClassVar[str] = "duties.answer_corrected"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "Who answers was corrected; it holds from %(starts_on)s")

    place: Code
    organisation: Code
    starts_on: date
    ends_on: date | None
    person: PersonId | None = private()


@dataclass(frozen=True, kw_only=True)
class AnswerEnded(Event):
    """Somebody answers no longer after a day."""

    KIND: ClassVar[str] = "duties.answer_ended"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "It ends after %(ends_on)s")

    ends_on: date


EVENTS = (
    DutyListOpened,
    DutyDraftChanged,
    DutyListPublished,
    ZoneOpened,
    ZoneCorrected,
    ZoneEnded,
    AnswerNamed,
    AnswerCorrected,
    AnswerEnded,
)
"""Every event of lists, zones and those who answer."""
