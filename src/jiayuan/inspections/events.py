# SPDX-License-Identifier: Apache-2.0
"""What happened to sheets, plans and rounds. Words stand in the tables, persons by their id."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.inspections.enums import AppealState, Excluded, Manner
from jiayuan.record.events import Code, Event, PersonId, private


@dataclass(frozen=True, kw_only=True)
class ScoreSheetPublished(Event):
    """A version of a sheet was published."""

    KIND: ClassVar[str] = "inspections.sheet_published"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "inspections", "Version %(number)s was published: %(modules)s parts, %(items)s items"
    )

    number: int
    modules: int
    items: int


@dataclass(frozen=True, kw_only=True)
class PlanAdopted(Event):
    """The plan of a year was adopted."""

    KIND: ClassVar[str] = "inspections.plan_adopted"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "The plan of %(year)s was adopted: %(lines)s lines")

    year: int
    area: Code
    lines: int


@dataclass(frozen=True, kw_only=True)
class RoundPrepared(Event):
    """A round was prepared under a line of a plan."""

    KIND: ClassVar[str] = "inspections.round_prepared"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "The round was prepared under line %(line)s of the plan")

    plan_id: int
    line: Code
    area: Code
    manner: Manner
    sheet: Code
    version: int


@dataclass(frozen=True, kw_only=True)
class PlaceExcluded(Event):
    """A place takes no part in the draw of a round."""

    KIND: ClassVar[str] = "inspections.place_excluded"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "A place was excluded: %(reason)s")

    place: Code
    reason: Excluded


@dataclass(frozen=True, kw_only=True)
class PlaceReadmitted(Event):
    """A place takes part in the draw after all."""

    KIND: ClassVar[str] = "inspections.place_readmitted"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "A place takes part after all")

    place: Code


@dataclass(frozen=True, kw_only=True)
class PlacesDrawn(Event):
    """Places were drawn from a sealed list, and inspectors by the same seed."""

    KIND: ClassVar[str] = "inspections.places_drawn"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "inspections", "Draw %(attempt)s: %(drawn)s of %(listed)s places, seed %(seed)s"
    )

    attempt: int
    listed: int
    excluded: int
    drawn: int
    seed: Code
    listing_digest: Code
    inspectors: tuple[PersonId, ...] = private()


@dataclass(frozen=True, kw_only=True)
class RoundVoided(Event):
    """A round does not count."""

    KIND: ClassVar[str] = "inspections.round_voided"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "The round was made void")


@dataclass(frozen=True, kw_only=True)
class VisitBegun(Event):
    """An inspector began at a drawn place."""

    KIND: ClassVar[str] = "inspections.visit_begun"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "The inspection began")

    round_id: int
    place: Code


@dataclass(frozen=True, kw_only=True)
class FindingNoted(Event):
    """A ground was found at a place, with its picture; or noted again with another number of times, 0 for struck."""

    KIND: ClassVar[str] = "inspections.finding_noted"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "Finding %(number)s: %(item)s%(ground)s, %(times)s times")

    number: int
    item: Code
    ground: Code
    version: int
    times: int
    photos: int


@dataclass(frozen=True, kw_only=True)
class PlaceScored(Event):
    """A place was scored, and its findings became cases. Points are millionths; none where nothing applies."""

    KIND: ClassVar[str] = "inspections.place_scored"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "Scored: %(findings)s findings, %(cases)s of them cases now")

    round_id: int
    place: Code
    points: int | None
    findings: int
    cases: int
    absent: tuple[Code, ...]


@dataclass(frozen=True, kw_only=True)
class RoundPublished(Event):
    """The scores of a round were published; appeals are taken until a moment."""

    KIND: ClassVar[str] = "inspections.round_published"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "The scores of %(places)s places were published")

    places: int
    appeals_until: datetime


@dataclass(frozen=True, kw_only=True)
class ScoreAppealed(Event):
    """The inspected object to a finding."""

    KIND: ClassVar[str] = "inspections.score_appealed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "There is an appeal against finding %(number)s")

    number: int
    place: Code
    photos: int


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    """An appeal was decided; times and points before and after, the same where it was refused."""

    KIND: ClassVar[str] = "inspections.appeal_decided"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "inspections", "The appeal against finding %(number)s was decided: %(state)s"
    )

    number: int
    place: Code
    state: AppealState
    times_before: int
    times: int
    points_before: int | None
    points: int | None


@dataclass(frozen=True, kw_only=True)
class LookBackDrawn(Event):
    """Findings of a round were drawn to be looked at again."""

    KIND: ClassVar[str] = "inspections.look_back_drawn"
    SENTENCE: ClassVar[Any] = pgettext_lazy("inspections", "%(drawn)s of %(listed)s findings are looked at again")

    listed: int
    always: int
    percent: int
    drawn: int
    seed: Code
    listing_digest: Code


EVENTS = (
    ScoreSheetPublished,
    PlanAdopted,
    RoundPrepared,
    PlaceExcluded,
    PlaceReadmitted,
    PlacesDrawn,
    RoundVoided,
    VisitBegun,
    FindingNoted,
    PlaceScored,
    RoundPublished,
    ScoreAppealed,
    AppealDecided,
    LookBackDrawn,
)
"""Every event of the room, for the roof to list."""
