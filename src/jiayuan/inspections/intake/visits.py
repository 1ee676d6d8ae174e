# SPDX-License-Identifier: Apache-2.0
"""Words and pictures from a phone → a finding, or refusals beside their fields. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import pgettext_lazy

from jiayuan.cases.intake import Gathering
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line
from jiayuan.places.intake import Position, optional_position

MOST_TIMES = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingInput:
    """A ground that was found so many times at one spot, with its pictures."""

    client_id: UUID
    item: str
    ground: str
    times: int
    place_text: str = ""
    note: str = ""
    position: Position | None = None
    photos: tuple[UUID, ...] = ()


def finding_from(raw: Mapping[str, str], *, photos: Sequence[UUID]) -> FindingInput:
    """The finding in what was sent, or all that is wrong with it. ``ground`` names item and ground: ``2.1:a``."""
    gathering = Gathering()
    item, _, ground = raw.get("ground", "").partition(":")
    found = FindingInput(
        client_id=gathering.take(lambda: _client_id(raw.get("client_id", "")), UUID(int=0)),
        item=item[:10],
        ground=ground[:4],
        times=gathering.take(lambda: times_from(raw.get("times", "1") or "1"), 1),
        place_text=gathering.take(lambda: one_line(raw.get("place_text", ""), field="place_text", longest=100), ""),
        note=gathering.take(lambda: one_line(raw.get("note", ""), field="note", longest=300), ""),
        position=gathering.take(lambda: _position(raw), None),
        photos=tuple(dict.fromkeys(photos)),
    )
    gathering.finish()
    return found


def _client_id(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError as wrong:
        message = pgettext_lazy("inspections", "This form was changed on its way. Open it again.")
        raise Refused("client_id", message, field="client_id") from wrong


def times_from(raw: str, *, least: int = 1) -> int:
    """How often something counts."""
    said = raw.strip()
    if not (said.isascii() and said.isdigit() and len(said) < 4 and least <= int(said) <= MOST_TIMES):
        message = pgettext_lazy("inspections", "A number from %(least)s to %(most)s.")
        raise Refused("times", message, field="times", least=least, most=MOST_TIMES)
    return int(said)


def _position(raw: Mapping[str, str]) -> Position | None:
    return optional_position(
        lon=raw.get("lon", ""),
        lat=raw.get("lat", ""),
        crs=raw.get("crs") or "wgs84",
        accuracy_m=raw.get("accuracy_m", ""),
        source="device",
    )
