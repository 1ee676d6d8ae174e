# SPDX-License-Identifier: Apache-2.0
"""What the rows of a ledger are held against: the names of villages, classes and units, and somebody's reach."""

from collections.abc import Iterable, Sequence
from datetime import date

from jiayuan.cases.access import May
from jiayuan.cases.enums import LedgerEnded, LedgerStanding
from jiayuan.cases.intake.ledger import ClassFound, Gazetteer, Ground, Named, Nearby
from jiayuan.cases.intake.ledger.values import key_of
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import Relation, Setting

_ENDED = (LedgerStanding.DONE, LedgerStanding.STRUCK)
_SHORTEST_NAME = 3
"""A class's name of two characters inside a longer text means nothing: 施工 stands in many."""


def ground_for(by: Actor, *, area: str, ended: LedgerEnded, today: date) -> Ground:
    """What rows are held against when this person tries them out."""
    classes = _Classes()
    return Ground(
        gazetteer=gazetteer(),
        find_class=classes.find,
        suggest_classes=classes.suggest,
        find_unit=_units().get,
        is_in_reach=lambda code: may(by, May.IMPORT_LEDGER, at=Spot(code=code)),
        around=_around(area),
        today=today,
        leave_out_ended=lambda standing: ended is LedgerEnded.LEAVE_OUT and standing in _ENDED,
    )


def gazetteer() -> Gazetteer:
    """The present names of the city."""
    city = places.city()
    counties = places.children(city.code) if city else ()
    towns = [town for county in counties for town in places.children(county.code)]
    villages = [village for town in towns for village in places.children(town.code)]
    return Gazetteer(
        city=city.short_name if city else "",
        counties=_named(counties),
        towns=_named(towns),
        villages=_named(villages),
    )


def _named(rows: Iterable[places.Place]) -> list[Named]:
    return [Named(code=row.code, name=row.name, short_name=row.short_name, label=row.full_label[-30:]) for row in rows]


def _around(area: str) -> Nearby:
    """The county or town for which the ledger was uploaded; the whole city narrows nothing."""
    found = places.division(area)
    if found is None:
        return Nearby()
    return Nearby(
        frozenset({found.county}) if found.county else frozenset(),
        frozenset({found.town}) if found.town else frozenset(),
    )


def _units() -> dict[str, int]:
    """Unit by name; a short name that several bear names none of them. Keys are compared as they stand."""
    names: dict[str, set[int]] = {}
    for unit in places.organisations():
        for name in {unit.name, unit.short_name}:
            names.setdefault(name, set()).add(unit.id)
    return {name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1}


class _Classes:
    """The classes by their names; a replaced one leads to its successor."""

    def __init__(self) -> None:
        self._named: dict[str, list[standards.ProblemClass]] = {}
        self._coded: dict[str, list[standards.ProblemClass]] = {}
        for row in standards.classes():
            found = standards.mapped(row.id)
            is_replaced = found is not None and found.relation is Relation.REPLACED_BY
            present = found.new if found is not None and is_replaced else row
            if present is not None:
                self._named.setdefault(key_of(row.name.zh_hans), []).append(present)
                self._coded.setdefault(key_of(row.key.code), []).append(row)
        tiles = standards.tiles()
        self._home = {Setting.RURAL: {tile.rural_class.key.scheme for tile in tiles}} | {
            Setting.URBAN: {tile.urban_class.key.scheme for tile in tiles}
        }
        self._guessed: dict[tuple[str, Setting], ClassFound | None] = {}

    def find(self, said: str, village: str) -> ClassFound | None:
        """The class that a cell means at a village: by its name, its code, a name inside it, or the words of a tile."""
        setting = _setting(village)
        key = key_of(said)
        exact = self._named.get(key) or (self._coded.get(key) if key.isascii() else None)
        if exact:
            return _found(self._at_home(exact, setting))
        if (key, setting) not in self._guessed:
            self._guessed[(key, setting)] = self._guess(said, key, setting)
        return self._guessed[(key, setting)]

    def _guess(self, said: str, key: str, setting: Setting) -> ClassFound | None:
        inside = [name for name in self._named if len(name) >= _SHORTEST_NAME and name in key]
        if inside:
            return _found(self._at_home(self._named[max(inside, key=len)], setting), supposed=True)
        tile = next(iter(standards.guess_tiles(said, most=1)), None)
        return _found(tile.class_in(setting), supposed=True) if tile else None

    def _at_home(self, rows: Sequence[standards.ProblemClass], setting: Setting) -> standards.ProblemClass:
        """Of classes with one name the one of the scheme that is used in such a place."""
        return next((row for row in rows if row.key.scheme in self._home.get(setting, ())), rows[0])

    def suggest(self, village: str) -> str:
        """A few names of classes as they are written for such a place."""
        setting = _setting(village)
        names = dict.fromkeys(tile.class_in(setting).name.zh_hans for tile in standards.tiles())
        return "、".join(list(names)[:6])


def _found(row: standards.ProblemClass, *, supposed: bool = False) -> ClassFound:
    return ClassFound(id=row.id, key=str(row.key), name=row.name.zh_hans, supposed=supposed)


def _setting(village: str) -> Setting:
    found = places.division(village) if village else None
    if found is None:
        return Setting.RURAL
    return standards.setting_of(urban_rural=found.urban_rural, kind=found.kind)
