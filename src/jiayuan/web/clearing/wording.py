# SPDX-License-Identifier: Apache-2.0
"""Clearing lists in the words and pictures of the reader. Codes come in, sentences go out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import npgettext, pgettext

from jiayuan.cases import events
from jiayuan.cases.enums import ListState, RowFlaw, RowState
from jiayuan.kernel.access import Actor
from jiayuan.media import queries as media
from jiayuan.media.enums import PhotoRole, PhotoState, Variant
from jiayuan.places import queries as places
from jiayuan.record.queries import Happened
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import Setting
from jiayuan.web.cases.wording import Entry, Mark, class_name, class_name_of_key

_LIST_TONES = {
    ListState.OPEN: "moving",
    ListState.HANDED_IN: "waiting",
    ListState.ACCEPTED: "done",
    ListState.REOPENED: "late",
    ListState.VOID: "idle",
}
_ROW_TONES = {
    RowState.LISTED: "waiting",
    RowState.CLEARED: "moving",
    RowState.ACCEPTED: "done",
    RowState.FAILED: "late",
    RowState.VOID: "idle",
}
# The pictures of the rural classes; others wear that of the tile that becomes them.
_ICONS = {
    "rural:matter:R01": "soil-heap",
    "rural:matter:R02": "manure",
    "rural:matter:R03": "rubbish",
    "rural:matter:R11": "straw-stack",
    "rural:matter:R12": "bricks",
    "rural:matter:R21": "shed",
    "rural:matter:R22": "clutter",
    "rural:matter:R23": "wires",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A class to choose by its picture."""

    class_id: int
    icon: str
    name: str


def list_mark(state: str) -> Mark:
    """The mark of a list."""
    return Mark(_LIST_TONES[ListState(state)], str(ListState(state).label))


def row_mark(state: str) -> Mark:
    """The mark of a row."""
    return Mark(_ROW_TONES[RowState(state)], str(RowState(state).label))


def icon_of(class_id: int) -> str:
    """The picture of a class."""
    key = str(standards.problem_class(class_id).key)
    tiles = (tile.icon for tile in standards.tiles() if class_id in (tile.rural_class.id, tile.urban_class.id))
    return _ICONS.get(key) or next(tiles, "other")


def choices(village: str) -> tuple[Choice, ...]:
    """What can be put on a list of this village: in the country the heaps, stacks and disorders first."""
    place = places.division(village)
    setting = _setting(place) if place else Setting.RURAL
    first = [found.id for found in standards.classes() if str(found.key) in _ICONS] if setting is Setting.RURAL else []
    tiled = (tile.class_in(setting).id for tile in standards.tiles())
    return tuple(Choice(found, icon_of(found), class_name(found)) for found in dict.fromkeys([*first, *tiled]))


def known_class(text: str) -> int | None:
    """The class with this id, or None: ids come from outside."""
    found = int(text) if text.isdecimal() and len(text) < 10 else 0
    return found if any(known.id == found for known in standards.classes()) else None


def amount(quantity: int, class_id: int) -> str:
    """How many of a class, in its own unit: 3 个, 2 处."""
    unit = standards.problem_class(class_id).unit
    return pgettext("cases", "%(n)s %(unit)s") % {"n": quantity, "unit": unit}


def week_words(week: str) -> str:
    """``2025-W01`` as people say it."""
    year, _, number = week.partition("-W")
    return pgettext("cases", "week %(week)s of %(year)s") % {"year": year, "week": int(number)} if number else ""


def rows_words(rows: int) -> str:
    """How many rows."""
    return npgettext("cases", "%(n)s row", "%(n)s rows", rows) % {"n": rows}


def lists_words(lists: int) -> str:
    """How many lists."""
    return npgettext("cases", "%(n)s list", "%(n)s lists", lists) % {"n": lists}


def villages_of(actor: Actor) -> list[tuple[str, str]]:
    """The villages for which somebody's posts let them make lists, those in the country first."""
    found = {place.code: place for grant in actor.grants for place in _below(grant.area.code)}
    order = sorted(found.values(), key=lambda place: (_setting(place) is not Setting.RURAL, place.code))
    return [(place.code, place.label) for place in order]


def _setting(place: places.Place) -> Setting:
    return standards.setting_of(urban_rural=place.urban_rural, kind=place.kind)


def _below(code: str) -> list[places.Place]:
    place = places.division(code)
    if place is None:
        return []
    if place.village:
        return [place]
    return [found for child in places.children(place.code) for found in _below(child.code)]


def picture(photo: media.PhotoShown) -> dict[str, Any]:
    """A picture as the parts of pages take it."""
    alt = pgettext("cases", "Before") if photo.role == PhotoRole.BEFORE else pgettext("cases", "After")
    if photo.state != PhotoState.DERIVED:
        return {"url": "", "words": str(photo.state.label), "alt": alt, "at": photo.linked_at}
    return {
        "url": media.variant_url(photo, Variant.THUMB),
        "full_url": media.variant_url(photo, Variant.LARGE),
        "alt": alt,
        "at": photo.linked_at,
    }


def pair(photos: Iterable[media.PhotoShown]) -> dict[str, list[dict[str, Any]]]:
    """The latest picture from before and the latest from after: earlier ones stay, but do not stand in the way."""
    found: Mapping[PhotoRole, list[dict[str, Any]]] = {PhotoRole.BEFORE: [], PhotoRole.AFTER: []}
    for photo in photos:
        if photo.role in found:
            found[photo.role][:] = [picture(photo)]
    return {"before": found[PhotoRole.BEFORE], "after": found[PhotoRole.AFTER]}


def timeline(history: Sequence[Happened]) -> list[Entry]:
    """What happened to a list in sentences, newest first."""
    told = [item for item in history if isinstance(item.event, events.ClearingEvent)]
    return [Entry(item.at, str(item.event.SENTENCE) % _facts(item.event), _tone(item.event), "") for item in told[::-1]]


def _tone(event: object) -> str:
    if isinstance(event, events.ClearingAccepted):
        return "done"
    if isinstance(event, events.ClearingReopened | events.ClearingTakenBack):
        return "late"
    return "idle"


def _facts(event: object) -> dict[str, Any]:
    facts = {name: getattr(event, name) for name in getattr(event, "__dataclass_fields__", {})}
    if "class_code" in facts:
        facts["class"] = class_name_of_key(facts["class_code"])
    if "flaw" in facts:
        facts["flaw"] = flaw_words(facts["flaw"])
    if "week" in facts:
        facts["week"] = week_words(facts["week"])
    if "reason" in facts:
        facts["reason"] = facts["reason"].label
    return facts


def flaw_words(flaw: RowFlaw | str | None) -> str:
    """What was found of a drawn row."""
    return str(RowFlaw(flaw).label) if flaw else pgettext("cases", "passes")
