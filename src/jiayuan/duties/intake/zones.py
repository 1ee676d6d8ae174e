# SPDX-License-Identifier: Apache-2.0
"""Words → typed zones, claims and guarantees, or refusals beside what is wrong. Pure."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.duties.enums import ZoneKind
from jiayuan.duties.intake.lists import Gathering, day_of
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line, words

MOST_VILLAGES = 40
MOST_POINTS = 500
_LONGEST_GEOMETRY = 40_000
_LISTED = re.compile(r"[\n;；、,，]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderFinders:
    """How words become keys; each refuses what it does not know. Given by the door, which shows the names."""

    place: Callable[[str, str], str]
    village: Callable[[str, str], str]
    unit: Callable[[str], int]
    person: Callable[[str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderInput:
    """Who answers, as what, and from when to when; exactly one of unit, person and name is given."""

    organisation_id: int | None
    person_id: int | None
    named: str
    duty: str
    is_shown: bool
    starts_on: date
    ends_on: date | None
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeInput:
    """Who answers for which place; ``hamlet`` names a hamlet of a village."""

    place: str
    hamlet: str
    holder: HolderInput


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneInput:
    """A zone with the villages in which it lies."""

    name: str
    kind: ZoneKind
    description: str
    geometry: str
    villages: tuple[str, ...]
    starts_on: date


def holder_from(raw: Mapping[str, str], *, finders: HolderFinders) -> HolderInput:
    """Who answers, or all that is wrong with it."""
    gathering = Gathering()
    found = _holder(raw, gathering, finders)
    gathering.finish()
    return found


def guarantee_from(raw: Mapping[str, str], *, finders: HolderFinders) -> GuaranteeInput:
    """Who answers for which place, or all that is wrong with it."""
    gathering = Gathering()
    place = gathering.take(lambda: finders.place(_needed(raw, "place", 60), "place"), "")
    hamlet = gathering.take(lambda: one_line(raw.get("hamlet", ""), field="hamlet", longest=40), "")
    if hamlet and place.endswith("000"):
        message = pgettext_lazy("duties", "A hamlet lies in a village. Name the village as the place.")
        gathering.refusals.append(Refused("hamlet_without_village", message, field="hamlet"))
    holder = _holder(raw, gathering, finders)
    gathering.finish()
    return GuaranteeInput(place=place, hamlet=hamlet, holder=holder)


def _needed(raw: Mapping[str, str], field: str, longest: int) -> str:
    return one_line(raw.get(field, ""), field=field, longest=longest, needed=True)


def one_of_three(
    raw: Mapping[str, str], gathering: Gathering, finders: HolderFinders
) -> tuple[int | None, int | None, str]:
    """A unit, a person or the name of another body; exactly one of them has to be given."""
    unit, person = raw.get("organisation", "").strip(), raw.get("person", "").strip()
    named = gathering.take(lambda: one_line(raw.get("named", ""), field="named", longest=60), "")
    if sum(map(bool, (unit, person, named))) != 1:
        message = pgettext_lazy("duties", "Name exactly one: a unit, a person, or a shop or body.")
        gathering.refusals.append(Refused("one_holder", message, field="organisation"))
    organisation_id = gathering.take(lambda: finders.unit(unit), 0) if unit else None
    return organisation_id, gathering.take(lambda: finders.person(person), 0) if person else None, named


def _holder(raw: Mapping[str, str], gathering: Gathering, finders: HolderFinders) -> HolderInput:
    organisation_id, person_id, named = one_of_three(raw, gathering, finders)
    found = HolderInput(
        organisation_id=organisation_id,
        person_id=person_id,
        named=named,
        duty=gathering.take(lambda: _needed(raw, "duty", 40), ""),
        is_shown=raw.get("is_shown", "") in ("on", "1"),
        starts_on=gathering.take(lambda: day_of(raw, "starts_on"), date.min),
        ends_on=gathering.take(lambda: _day_or_none(raw), None),
        document=gathering.take(lambda: one_line(raw.get("document", ""), field="document", longest=200), ""),
    )
    gathering.check_span(found.starts_on, found.ends_on)
    return found


def _day_or_none(raw: Mapping[str, str]) -> date | None:
    return day_of(raw, "ends_on") if raw.get("ends_on", "").strip() else None


def end_from(raw: Mapping[str, str]) -> date:
    """The last day on which something holds."""
    return day_of(raw, "ends_on")


def zone_from(raw: Mapping[str, str], *, finders: HolderFinders) -> ZoneInput:
    """A zone, or all that is wrong with it."""
    gathering = Gathering()
    kind = gathering.take(lambda: _kind(raw.get("kind", "")), ZoneKind.ROAD)
    text = raw.get("description", "")
    found = ZoneInput(
        name=gathering.take(lambda: _needed(raw, "name", 60), ""),
        kind=kind,
        description=gathering.take(lambda: words(text, field="description", longest=300, needed=True), ""),
        geometry=gathering.take(lambda: geometry_from(raw.get("geometry", ""), kind), ""),
        villages=gathering.take(lambda: _villages(raw.get("villages", ""), finders), ()),
        starts_on=gathering.take(lambda: day_of(raw, "starts_on"), date.min),
    )
    gathering.finish()
    return found


def _kind(word: str) -> ZoneKind:
    if word not in ZoneKind.values:
        raise Refused("missing_kind", pgettext_lazy("duties", "Choose one of these."), field="kind")
    return ZoneKind(word)


def _villages(text: str, finders: HolderFinders) -> tuple[str, ...]:
    typed = [word.strip() for word in _LISTED.split(text) if word.strip()]
    if not 0 < len(typed) <= MOST_VILLAGES:
        message = pgettext_lazy("duties", "Name between one and %(most)s villages.")
        raise Refused("villages", message, field="villages", most=MOST_VILLAGES)
    return tuple(dict.fromkeys(finders.village(word, "villages") for word in typed))


def geometry_from(text: str, kind: ZoneKind) -> str:
    """GeoJSON as it is kept, in WGS-84: a line for a road section, else a polygon; empty when none is given."""
    if not text.strip():
        return ""
    wanted = "LineString" if kind is ZoneKind.ROAD else "Polygon"
    try:
        said = json.loads(text) if len(text) <= _LONGEST_GEOMETRY else None
        positions = _positions(said, wanted) if isinstance(said, dict) and said.get("type") == wanted else None
    except (ValueError, RecursionError):
        positions = None
    if positions is None:
        message = pgettext_lazy(
            "duties", "A road section is a GeoJSON LineString, anything else a Polygon: longitude first, in WGS-84."
        )
        raise Refused("geometry", message, field="geometry")
    coordinates: Any = positions if kind is ZoneKind.ROAD else [positions]
    return json.dumps({"type": wanted, "coordinates": coordinates})


def _positions(said: dict[str, Any], wanted: str) -> list[list[float]] | None:
    """The positions of one line or of one ring that closes; None for anything else."""
    given = said.get("coordinates")
    if wanted == "Polygon":
        given = given[0] if isinstance(given, list) and len(given) == 1 else None
    least = 2 if wanted == "LineString" else 4
    if not isinstance(given, list) or not least <= len(given) <= MOST_POINTS or not all(map(_is_position, given)):
        return None
    return given if wanted == "LineString" or given[0] == given[-1] else None


def _is_position(one: object) -> bool:
    if not isinstance(one, list) or len(one) != 2:
        return False
    lon, lat = one
    # bool is an int; NaN and infinity fail the comparison.
    numbers = all(isinstance(number, int | float) and not isinstance(number, bool) for number in one)
    return numbers and -180 <= lon <= 180 and -90 <= lat <= 90
