# SPDX-License-Identifier: Apache-2.0
"""Places as other rooms see them: frozen values without a database behind them. ``queries`` hands them out."""

from dataclasses import dataclass
from datetime import date

from typing_extensions import override

from jiayuan.places.enums import JurisdictionRole, Kind, Level, OrganisationKind

INSIDE_A_CITY = (Level.COUNTY, Level.TOWN, Level.VILLAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A division as other rooms see it. ``code`` has 12 digits; ``county``, ``town``, ``village`` are empty above."""

    id: int
    code: str
    level: Level
    kind: Kind
    name: str
    short_name: str
    urban_rural: str
    pinyin: str
    parent: str
    path: tuple[str, ...]
    valid_from: date
    valid_to: date | None

    @property
    def county(self) -> str:
        """Six digits, or empty for the city."""
        return self.code[:6] if self.level in INSIDE_A_CITY else ""

    @property
    def town(self) -> str:
        """Nine digits, or empty above a town."""
        return self.code[:9] if self.level in (Level.TOWN, Level.VILLAGE) else ""

    @property
    def village(self) -> str:
        """Twelve digits, or empty above a village."""
        return self.code if self.level is Level.VILLAGE else ""

    @property
    def label(self) -> str:
        """The name with its town (a town with its county): 北郊街道双寺村. Names alone are not unique."""
        return "".join(self.path[-2:])

    @property
    def full_label(self) -> str:
        """The name with everything above it inside the city, written in one: county, town, village."""
        return "".join(self.path)

    def stands_on(self, on: date) -> bool:
        """Whether the division exists on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An organisation as other rooms see it."""

    id: int
    code: str
    name: str
    short_name: str
    kind: OrganisationKind
    parent_id: int | None
    division: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many divisions stand below the city."""

    counties: int
    towns: int
    villages: int
    communities: int

    @override
    def __str__(self) -> str:
        return f"{self.counties} {self.towns} {self.villages} {self.communities}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a unit is to a division, and when."""

    unit: Unit
    division: str
    role: JurisdictionRole
    valid_from: date
    valid_to: date | None
    document: str

    def holds_on(self, on: date) -> bool:
        """Whether the jurisdiction holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingUnit:
    """A column of the city's reports, with the divisions it answers for and the documents that say so."""

    unit: Unit
    divisions: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineView:
    """An outline in WGS-84 with what must be shown beside it."""

    code: str
    geometry: str
    bounds: tuple[float, float, float, float]
    review_number: str
    source: str
