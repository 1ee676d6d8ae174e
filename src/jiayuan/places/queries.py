# SPDX-License-Identifier: Apache-2.0
"""Reading the ground. Divisions fit in memory, so each process keeps a copy and asks now and then if it is old.

Pages therefore read places without a query. An import in another process is seen within ``STALE_SECONDS``.
"""

import time
from collections.abc import Iterable
from datetime import date
from math import cos, hypot, radians

from shapely import STRtree, from_geojson
from shapely.geometry import Point

from jiayuan.kernel import clock
from jiayuan.places import honeycomb as picture
from jiayuan.places import rules
from jiayuan.places import search as finding
from jiayuan.places.enums import JurisdictionRole, Kind, Level, OrganisationKind
from jiayuan.places.models import (
    Division,
    DivisionLink,
    GroundVersion,
    HoneycombCell,
    Jurisdiction,
    Organisation,
    Outline,
    VillagePoint,
)
from jiayuan.places.views import INSIDE_A_CITY, Count, OutlineView, Place, ReportingUnit, Span, Unit

__all__ = [
    "Count",
    "OutlineView",
    "Place",
    "ReportingUnit",
    "Unit",
    "answers_for",
    "children",
    "city",
    "count",
    "division",
    "forget",
    "governing",
    "honeycomb",
    "known",
    "organisation",
    "organisation_by_code",
    "organisations",
    "outlines",
    "path_name",
    "propose",
    "reporting_unit_of",
    "reporting_units",
    "search",
    "successors",
    "units_for",
]

STALE_SECONDS = 5.0
NEAREST_M = 5_000
"""A village point farther away than this proposes nothing: villages lie a few kilometres apart."""


class _Ground:
    """The copy that a process keeps; outlines and the picture are read when first wanted."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.checked = time.monotonic()
        rows = list(Division.objects.order_by("code"))
        names = {row.code: row.short_name for row in rows}
        self.places = {row.code: _place(row, names) for row in rows}
        self.below: dict[str, list[Place]] = {}
        for place in self.places.values():
            self.below.setdefault(place.parent, []).append(place)
        self.entries = _entries(self.places)
        self.units = {row.id: _unit(row) for row in Organisation.objects.select_related("division").order_by("code")}
        self.spans = [
            _span(row, self.units)
            for row in Jurisdiction.objects.select_related("division").order_by("valid_from", "id")
        ]
        self.hexagons: tuple[picture.Hexagon, ...] | None = None
        self.locator: _Locator | None = None


def _place(row: Division, names: dict[str, str]) -> Place:
    above = [code for code in reversed(rules.ancestors_of(row.code)) if rules.level_of(code) in INSIDE_A_CITY]
    return Place(
        id=row.pk,
        code=row.code,
        level=Level(row.level),
        kind=Kind(row.kind),
        name=row.name,
        short_name=row.short_name,
        urban_rural=row.urban_rural,
        pinyin=row.pinyin,
        parent=row.parent,
        path=(*(names[code] for code in above if code in names), row.short_name),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _entries(places: dict[str, Place]) -> tuple[finding.Entry, ...]:
    """What the search reads, the town and county of each village linked to it."""
    made: dict[str, finding.Entry] = {}
    for place in places.values():
        above = [made[code] for code in rules.ancestors_of(place.code) if code in made]
        made[place.code] = finding.Entry(
            code=place.code,
            level=place.level,
            name=place.name,
            short_name=place.short_name,
            pinyin=place.pinyin,
            above=tuple(entry for entry in above if entry.level in INSIDE_A_CITY),
        )
    return tuple(made.values())


def _unit(row: Organisation) -> Unit:
    return Unit(
        id=row.pk,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        kind=OrganisationKind(row.kind),
        parent_id=row.parent_id,
        division=row.division.code if row.division else "",
    )


def _span(row: Jurisdiction, units: dict[int, Unit]) -> Span:
    return Span(
        unit=units[row.organisation_id],
        division=row.division.code,
        role=JurisdictionRole(row.role),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        document=row.document,
    )


_held: list[_Ground] = []


def forget() -> None:
    """Drop this process's copy; the next question reads the tables again."""
    _held.clear()


def _ground() -> _Ground:
    ground = next(iter(_held), None)
    if ground is not None and time.monotonic() - ground.checked < STALE_SECONDS:
        return ground
    token = GroundVersion.objects.filter(id=1).values_list("token", flat=True).first() or ""
    if ground is None or ground.token != token:
        ground = _Ground(token)
    ground.checked = time.monotonic()
    _held[:] = [ground]
    return ground


def division(code: str) -> Place | None:
    """The division with this code (4, 6, 9 or 12 digits), or None: codes come from outside."""
    try:
        return _ground().places.get(rules.full_code(code))
    except rules.BadCode:
        return None


def known(level: Level) -> tuple[Place, ...]:
    """Every division of a level that there is or was, by code."""
    return tuple(place for place in _ground().places.values() if place.level is level)


def path_name(code: str) -> str:
    """The name of a division with its town, or the code itself where nothing is known of it."""
    found = division(code)
    return found.label if found else code


def city() -> Place | None:
    """The city itself, or None before anything was imported."""
    return next((place for place in _ground().places.values() if place.level is Level.CITY), None)


def children(code: str, *, on: date | None = None) -> tuple[Place, ...]:
    """The divisions one level below, by code; those of a day, or the present ones."""
    below = _ground().below.get(rules.full_code(code), [])
    return tuple(place for place in below if (place.valid_to is None if on is None else place.stands_on(on)))


def search(
    text: str, *, limit: int = 20, levels: Iterable[Level] = (Level.VILLAGE,), within: str = ""
) -> tuple[Place, ...]:
    """The present villages (or other levels) that a text can mean, the likeliest first, inside the code ``within``.

    A town or county in the text narrows the answer, and alone it gives its villages.
    """
    ground = _ground()
    wanted, key = set(levels), rules.key_of(within) if within else ""
    entries = (
        entry
        for entry in ground.entries
        if entry.level in wanted and entry.code.startswith(key) and ground.places[entry.code].valid_to is None
    )
    return tuple(ground.places[entry.code] for entry in finding.search(entries, text, limit=limit))


def count() -> Count:
    """How many counties, town-level units, villages and communities stand at present."""
    present = [place for place in _ground().places.values() if place.valid_to is None]
    villages = [place for place in present if place.level is Level.VILLAGE]
    communities = sum(place.kind in (Kind.COMMUNITY, Kind.COMMUNITY_LIKE) for place in villages)
    return Count(
        counties=sum(place.level is Level.COUNTY for place in present),
        towns=sum(place.level is Level.TOWN for place in present),
        villages=len(villages) - communities,
        communities=communities,
    )


def successors(code: str) -> tuple[str, ...]:
    """What became of a division: the codes it was renamed, recoded, merged or split into, across all steps."""
    full = rules.full_code(code)
    found: dict[str, None] = {}
    waiting = [full]
    while waiting:
        following = DivisionLink.objects.filter(predecessor__code__in=waiting).order_by("on", "id")
        codes = list(dict.fromkeys(following.values_list("successor__code", flat=True)))
        waiting = [code for code in codes if code not in found and code != full]
        found.update(dict.fromkeys(waiting))
    return tuple(found)


def organisation(organisation_id: int) -> Unit | None:
    """An organisation by its key, or None."""
    return _ground().units.get(organisation_id)


def organisation_by_code(code: str) -> Unit | None:
    """An organisation by its code, or None."""
    return next((unit for unit in _ground().units.values() if unit.code == code), None)


def organisations(*, kinds: Iterable[OrganisationKind] = OrganisationKind) -> tuple[Unit, ...]:
    """The organisations of these kinds, by code."""
    wanted = set(kinds)
    return tuple(unit for unit in _ground().units.values() if unit.kind in wanted)


def units_for(code: str, *, on: date | None = None) -> tuple[Unit, ...]:
    """The organisations that can be given work at a place: who governs it, then bureaus; the nearest first."""
    full = rules.full_code(code)
    bureaus = [
        unit
        for unit in organisations(kinds=[OrganisationKind.BUREAU])
        if unit.division and rules.covers(unit.division, full)
    ]
    bureaus.sort(key=lambda unit: (-len(rules.key_of(unit.division)), unit.code))
    governing_now = governing(full, on=on or clock.today())
    return tuple({unit.id: unit for unit in (*governing_now, *bureaus)}.values())


def answers_for(unit_id: int, *, on: date) -> tuple[str, ...]:
    """The divisions at whose places an organisation can be given work: those it governs; of a bureau, its home."""
    unit = organisation(unit_id)
    if unit is None:
        return ()
    governed = [
        span.division
        for span in _ground().spans
        if span.unit.id == unit_id and span.role is JurisdictionRole.GOVERNS and span.holds_on(on)
    ]
    home = [unit.division] if unit.kind is OrganisationKind.BUREAU and unit.division else []
    return tuple(dict.fromkeys([*governed, *home]))


def governing(code: str, *, on: date) -> tuple[Unit, ...]:
    """The organisations that govern a division on a day, those of the narrowest division first."""
    return tuple(span.unit for span in _spans_over(code, JurisdictionRole.GOVERNS, on))


def reporting_unit_of(code: str, *, on: date) -> Unit | None:
    """The one unit through which a division's figures reach the city on a day: the narrowest division decides."""
    return next((span.unit for span in _spans_over(code, JurisdictionRole.REPORTS_FOR, on)), None)


def _spans_over(code: str, role: JurisdictionRole, on: date) -> list[Span]:
    full = rules.full_code(code)
    spans = [
        span
        for span in _ground().spans
        if span.role is role and span.holds_on(on) and rules.covers(span.division, full)
    ]
    return sorted(spans, key=lambda span: (-len(rules.key_of(span.division)), span.unit.code))


def reporting_units(on: date) -> tuple[ReportingUnit, ...]:
    """The units that report to the city on a day, in the order of their codes."""
    found: dict[str, list[Span]] = {}
    for span in _ground().spans:
        if span.role is JurisdictionRole.REPORTS_FOR and span.holds_on(on):
            found.setdefault(span.unit.code, []).append(span)
    return tuple(
        ReportingUnit(
            unit=spans[0].unit,
            divisions=tuple(sorted(span.division for span in spans)),
            documents=tuple(dict.fromkeys(span.document for span in spans if span.document)),
        )
        for _, spans in sorted(found.items())
    )


def honeycomb() -> tuple[picture.Hexagon, ...]:
    """The schematic picture of the present villages; its plane has nothing to do with longitude and latitude."""
    ground = _ground()
    if ground.hexagons is None:
        cells = {
            code: (q, r)
            for code, q, r in HoneycombCell.objects.filter(division__valid_to=None).values_list(
                "division__code", "q", "r"
            )
        }
        towns, counties = ({code: code[:digits] for code in cells} for digits in (9, 6))
        ground.hexagons = tuple(picture.draw(cells, towns=towns, counties=counties))
    return ground.hexagons


class _Locator:
    """Finds the village of a position in imported outlines, else among village points."""

    def __init__(self) -> None:
        rows = Outline.objects.select_related("division").order_by("division__code")
        self.outlines = [
            OutlineView(
                code=row.division.code,
                geometry=row.geometry,
                bounds=(row.west, row.south, row.east, row.north),
                review_number=row.review_number,
                source=row.source,
            )
            for row in rows
        ]
        self.shapes = [from_geojson(outline.geometry) for outline in self.outlines]
        self.tree = STRtree(self.shapes)
        points = VillagePoint.objects.filter(division__valid_to=None).order_by("division__code")
        self.points = list(points.values_list("division__code", "lon", "lat"))

    def around(self, lon: float, lat: float) -> list[str]:
        """The codes of the outlines that hold a position, the narrowest first."""
        hits = self.tree.query(Point(lon, lat), predicate="intersects")
        codes = [self.outlines[hit].code for hit in hits]
        return sorted(codes, key=lambda code: (-len(rules.key_of(code)), code))

    def nearest(self, lon: float, lat: float) -> tuple[float, str]:
        """The nearest village point with its distance in metres."""
        east = 111_320 * cos(radians(lat))
        return min(
            ((hypot((x - lon) * east, (y - lat) * 110_950), code) for code, x, y in self.points),
            default=(float("inf"), ""),
        )


def _locator() -> _Locator:
    ground = _ground()
    if ground.locator is None:
        ground.locator = _Locator()
    return ground.locator


def propose(lon: float, lat: float) -> Place | None:
    """The village that a position in WGS-84 suggests: by outline, else by the nearest village point, else None."""
    locator = _locator()
    around = [_ground().places[code] for code in locator.around(lon, lat)]
    village = next((place for place in around if place.level is Level.VILLAGE and place.valid_to is None), None)
    if village is not None:
        return village
    distance, code = locator.nearest(lon, lat)
    # A known town or county outline that the point lies outside of speaks against the nearest point.
    contradicted = any(not rules.covers(place.code, code) for place in around) if code else True
    return _ground().places[code] if distance <= NEAREST_M and not contradicted else None


def outlines(*, level: Level) -> tuple[OutlineView, ...]:
    """The imported outlines of one level, by code."""
    return tuple(outline for outline in _locator().outlines if rules.level_of(outline.code) is level)
