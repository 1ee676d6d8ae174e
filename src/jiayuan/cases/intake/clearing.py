# SPDX-License-Identifier: Apache-2.0
"""Words from a phone → a list and its rows in typed values, or refusals beside their fields. Shared by all doors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils.translation import pgettext_lazy

from jiayuan.cases.intake.report import Gathering, client_id_from
from jiayuan.cases.rules.clearing import MOST_OF_ONE
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line
from jiayuan.places.intake import Position, optional_position

LONGEST_TEAM = 40
LONGEST_SPOT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInput:
    """A list that is begun; ``village`` is a code that the caller has found to exist."""

    client_id: UUID
    village: str
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowInput:
    """A row in typed values; ``class_id`` is one that the caller has found to exist."""

    client_id: UUID
    class_id: int
    quantity: int = 1
    place_text: str = ""
    position: Position | None = None
    photos: tuple[UUID, ...] = ()


def list_from(raw: Mapping[str, str], *, village: Callable[[str], str]) -> ListInput:
    """The list in what was sent, or ``Problems`` with one refusal per wrong field."""
    gathering = Gathering()
    given = ListInput(
        client_id=gathering.take(lambda: client_id_from(raw.get("client_id", "")), uuid4()),
        village=gathering.take(lambda: village(raw.get("village", "")), ""),
        team=gathering.take(lambda: one_line(raw.get("team", ""), field="team", longest=LONGEST_TEAM), ""),
    )
    gathering.finish()
    return given


def row_from(raw: Mapping[str, str], *, known: Callable[[str], int], photos: Sequence[UUID]) -> RowInput:
    """The row in what was sent, or ``Problems`` with one refusal per wrong field."""
    gathering = Gathering()
    given = RowInput(
        client_id=gathering.take(lambda: client_id_from(raw.get("client_id", "")), uuid4()),
        class_id=gathering.take(lambda: known(raw.get("class", "")), 0),
        quantity=gathering.take(lambda: quantity_from(raw.get("quantity", "")), 1),
        place_text=gathering.take(
            lambda: one_line(raw.get("place_text", ""), field="place_text", longest=LONGEST_SPOT), ""
        ),
        position=gathering.take(
            lambda: optional_position(
                lon=raw.get("lon", ""), lat=raw.get("lat", ""), accuracy_m=raw.get("accuracy_m", ""), source="device"
            ),
            None,
        ),
        photos=tuple(photos),
    )
    gathering.finish()
    return given


def quantity_from(raw: str) -> int:
    """How many: a whole number from 1 on. Full-width digits of a Chinese keyboard are digits too."""
    text = raw.strip()
    found = int(text) if text.isdecimal() and len(text) <= len(str(MOST_OF_ONE)) else 0
    if not 1 <= found <= MOST_OF_ONE:
        raise Refused(
            "quantity",
            pgettext_lazy("cases", "How many? A whole number from 1 to %(most)s."),
            field="quantity",
            most=MOST_OF_ONE,
        )
    return found
