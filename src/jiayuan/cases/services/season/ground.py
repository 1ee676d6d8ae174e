# SPDX-License-Identifier: Apache-2.0
"""What a season stands on: places with their weights, days, classes with their conditions, units, words. Read once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from jiayuan.cases.rules.season import Chooser, Kind, Shapes, day_weights, days_of, place_weights
from jiayuan.kernel import clock
from jiayuan.kernel.handles import seeded
from jiayuan.places import queries as places
from jiayuan.places.enums import Level, OrganisationKind
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A class of the season with the conditions under which it can be filed."""

    kind: Kind
    class_id: int
    conditions: tuple[standards.Condition, ...]


class Ground:
    """Everything that stories need to know, in memory."""

    def __init__(self, shapes: Shapes, words: Sequence[Mapping[str, str]], *, seed: int) -> None:
        rng = seeded(f"ground {seed}")
        self.shapes = shapes
        found = _villages()
        self.places = {place.code: place for place in found}
        calendar = standards.work_calendar()
        self.working = {day: calendar.is_working(day) for day in days_of(shapes)}
        self._places: dict[str, Chooser[str]] = {}
        self._days: dict[str, Chooser[date]] = {}
        for setting in ("rural", "urban"):
            codes = [place.code for place in found if _setting(place) == setting]
            self._places[setting] = Chooser(sorted(place_weights(codes, shapes, rng).items()))
            weights = day_weights(shapes, setting=setting, is_holiday=self._is_holiday)
            self._days[setting] = Chooser(weights.items())
        self._matters = _matters(shapes)
        self._words: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in words:
            self._words[(row["scene"], row["kind"])].append(row["words"])
        self._units: dict[str, tuple[int, int]] = {}
        self.weak = {
            task: (unit.id, weak.percent)
            for weak in shapes.weak
            for task in weak.tasks
            if (unit := places.organisation_by_code(weak.code)) is not None
        }
        self.weak_ids = frozenset(unit_id for unit_id, _ in self.weak.values())
        self._spots = _spots(shapes)

    def _is_holiday(self, day: date) -> bool:
        return not self.working[day] and day.weekday() < 5

    def place(self, setting: str, rng: Random) -> str:
        """A village or community, the heavy ones more often."""
        return self._places[setting].draw(rng)

    def day(self, setting: str, rng: Random, *, latest: date | None = None) -> date:
        """A day of the season, at most the latest."""
        while True:
            day = self._days[setting].draw(rng)
            if latest is None or day <= latest:
                return day

    def matter(self, task: str, rng: Random) -> Matter:
        """A class that is dealt to a task."""
        return self._matters[task].draw(rng)

    def words(self, kind: str, rng: Random, scene: str = "") -> str:
        """Something that somebody might write; nothing where no words are held."""
        held = self._words.get((scene, kind), [""])
        return held[int(rng.random() * len(held))]

    def unit(self, code: str, task: str, rng: Random) -> int:
        """The unit that gets a case: the nearest office mostly, a bureau, or one of the invented contractors."""
        if task in self.weak and rng.random() * 100 < self.weak[task][1]:
            return self.weak[task][0]
        nearest, bureau = self._units_of(code)
        return bureau if rng.random() < (0.45 if task in ("sanitation", "street-order") else 0.12) else nearest

    def _units_of(self, code: str) -> tuple[int, int]:
        if code not in self._units:
            units = [
                unit
                for unit in places.units_for(code, on=clock.on(self.shapes.ends_at))
                if unit.id not in self.weak_ids
            ]
            bureau = next((unit for unit in units if unit.kind is OrganisationKind.BUREAU), units[0])
            self._units[code] = (units[0].id, bureau.id)
        return self._units[code]

    def spot(self, code: str, rng: Random) -> tuple[float, float]:
        """An invented position in a place: the same place always lies in the same corner of the invented map."""
        lon, lat = self._spots.get(code, (self.shapes.map["lon"], self.shapes.map["lat"]))
        spread = self.shapes.map["spread"]
        return round(lon + rng.uniform(-spread, spread), 6), round(lat + rng.uniform(-spread, spread), 6)


def _setting(place: places.Place) -> str:
    return standards.setting_of(urban_rural=place.urban_rural, kind=place.kind).value


def _villages() -> list[places.Place]:
    city = places.city()
    counties = places.children(city.code) if city else ()
    towns = [town for county in counties for town in places.children(county.code)]
    return [place for town in towns for place in places.children(town.code) if place.level is Level.VILLAGE]


def _matters(shapes: Shapes) -> dict[str, Chooser[Matter]]:
    by_task: dict[str, list[tuple[Matter, float]]] = defaultdict(list)
    for kind in shapes.kinds:
        found = standards.class_by_key(standards.ClassKey.read(kind.key))
        conditions = standards.conditions_of(found.id) if found else ()
        if found and conditions:
            matter = Matter(kind=kind, class_id=found.id, conditions=_likely(conditions))
            by_task[kind.task].append((matter, kind.weight))
    return {task: Chooser(matters) for task, matters in by_task.items()}


def _likely(conditions: Sequence[standards.Condition]) -> tuple[standards.Condition, ...]:
    """The calmer conditions first: danger is the exception."""
    return tuple(sorted(conditions, key=lambda row: (row.limit.kind is LimitKind.URGENT, row.number)))


def _spots(shapes: Shapes) -> dict[str, tuple[float, float]]:
    drawn, cells = shapes.map, places.honeycomb()
    if not cells:
        return {}
    across, down = (sum(values) / len(cells) for values in zip(*((cell.x, cell.y) for cell in cells), strict=True))
    return {
        cell.code: (
            drawn["lon"] + (cell.x - across) * drawn["step_lon"],
            drawn["lat"] - (cell.y - down) * drawn["step_lat"],
        )
        for cell in cells
    }
