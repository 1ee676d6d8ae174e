# SPDX-License-Identifier: Apache-2.0
"""What happened to the ground. Only imports change it, and each import that changed something is one event."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.record.events import Event, Ref

GROUND = Ref("places", 1)
"""All places together: an import is about the city, not about one division."""


@dataclass(frozen=True, kw_only=True)
class Imported(Event):
    """The base of what imports say: how many rows were added and how many changed."""

    created: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class DivisionsImported(Imported):
    """Divisions were added or changed from a file; none was removed."""

    KIND: ClassVar[str] = "places.divisions_imported"
    SENTENCE: ClassVar[Any] = pgettext_lazy("places", "Divisions were imported: %(created)s new, %(changed)s changed")


@dataclass(frozen=True, kw_only=True)
class DivisionLinksImported(Imported):
    """It was set down what became of divisions."""

    KIND: ClassVar[str] = "places.division_links_imported"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "places", "What became of divisions was imported: %(created)s new, %(changed)s changed"
    )


@dataclass(frozen=True, kw_only=True)
class OrganisationsImported(Imported):
    """Organisations were added or changed from a file; none was removed."""

    KIND: ClassVar[str] = "places.organisations_imported"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "places", "Organisations were imported: %(created)s new, %(changed)s changed"
    )


@dataclass(frozen=True, kw_only=True)
class JurisdictionsImported(Imported):
    """Jurisdictions were added or changed from a file; none was removed."""

    KIND: ClassVar[str] = "places.jurisdictions_imported"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "places", "Jurisdictions were imported: %(created)s new, %(changed)s changed"
    )


@dataclass(frozen=True, kw_only=True)
class OutlinesImported(Imported):
    """Outlines of divisions were added or changed from a file."""

    KIND: ClassVar[str] = "places.outlines_imported"
    SENTENCE: ClassVar[Any] = pgettext_lazy("places", "Outlines were imported: %(created)s new, %(changed)s changed")


@dataclass(frozen=True, kw_only=True)
class VillagePointsImported(Imported):
    """Points that stand for villages were added or changed from a file."""

    KIND: ClassVar[str] = "places.village_points_imported"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "places", "Village points were imported: %(created)s new, %(changed)s changed"
    )


@dataclass(frozen=True, kw_only=True)
class HoneycombLaidOut(Imported):
    """Villages got their hexagons in the schematic picture."""

    KIND: ClassVar[str] = "places.honeycomb_laid_out"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "places", "The honeycomb was laid out: %(created)s new, %(changed)s changed"
    )


EVENTS = (
    DivisionsImported,
    DivisionLinksImported,
    OrganisationsImported,
    JurisdictionsImported,
    OutlinesImported,
    VillagePointsImported,
    HoneycombLaidOut,
)
"""Every event of the room, for the roof to list."""
