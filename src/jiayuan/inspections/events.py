# SPDX-License-Identifier: Apache-2.0
"""What happened to sheets, plans and rounds. Words stand in the tables, persons by their id."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.inspections.enums import Excluded, Manner
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


EVENTS = (
    ScoreSheetPublished,
    PlanAdopted,
    RoundPrepared,
    PlaceExcluded,
    PlaceReadmitted,
    PlacesDrawn,
    RoundVoided,
)
"""Every event of the room, for the roof to list."""
