# SPDX-License-Identifier: Apache-2.0
"""What the responsibility lists say about a whistle: who leads, who cooperates, and which other units there are."""

from dataclasses import dataclass
from datetime import date

from jiayuan.duties.queries.lists import Cited, entries_for, lead_of
from jiayuan.places import queries as places
from jiayuan.places.queries import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The units that answer for a class at a place as the lists say, and all others that can be called there."""

    entries: tuple[Cited, ...]
    lead: Unit | None
    cooperating: tuple[Unit, ...]
    others: tuple[Unit, ...]

    def names(self, unit_id: int) -> bool:
        """Whether an entry names this unit."""
        return any(unit.id == unit_id for unit in (self.lead, *self.cooperating) if unit is not None)

    def knows(self, unit_id: int) -> bool:
        """Whether this unit can be called at the place at all."""
        return self.names(unit_id) or any(unit.id == unit_id for unit in self.others)


def listed_for(class_key: str, place: str, on: date) -> Listed:
    """Who answers for a class at a place on a day; the lead is empty where the lists say nothing about it."""
    entries = entries_for(class_key, on)
    here = places.units_for(place, on=on)
    leads = [unit for unit in (_lead(cited, place, on) for cited in entries) if unit is not None]
    named = [*leads, *_cooperating(entries)]
    units = tuple({unit.id: unit for unit in named}.values())
    known = {unit.id for unit in units}
    return Listed(
        entries=entries,
        lead=units[0] if leads else None,
        cooperating=units[1:] if leads else units,
        others=tuple(unit for unit in here if unit.id not in known),
    )


def _lead(cited: Cited, place: str, on: date) -> Unit | None:
    """Whoever an entry says leads; of an entry that names nobody, who governs the place most closely."""
    if cited.entry.lead:
        return lead_of(cited.entry)
    governing = places.governing(place, on=on)
    return governing[0] if governing else None


def _cooperating(entries: tuple[Cited, ...]) -> list[Unit]:
    found = (places.organisation_by_code(code) for cited in entries for code in cited.entry.cooperating)
    return [unit for unit in found if unit is not None]
