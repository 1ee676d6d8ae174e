# SPDX-License-Identifier: Apache-2.0
"""The dashboard. It reads counters, never the live table, and prints up to where they have come."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from jiayuan.cases.access import May
from jiayuan.cases.enums import OPEN, State
from jiayuan.cases.queries import loading
from jiayuan.cases.tallies import CAME, ENDED, ENDED_IN_TIME, standing
from jiayuan.kernel import clock
from jiayuan.places import queries as places
from jiayuan.record import counters
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.figures.comb import comb
from jiayuan.web.figures.reach import under
from jiayuan.web.guards import needs

CITY_DIGITS, VILLAGE_DIGITS = 4, 12
LEVELS = {4: "county", 6: "town", 9: "village", 12: "village"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One row of the table by area or by class: a name, its numbers by state group, and where they lead."""

    name: str
    url: str
    numbers: tuple[int, ...]


def state_groups() -> list[tuple[str, tuple[State, ...]]]:
    """The states as a table can show them side by side."""
    return [
        (pgettext("cases", "To be filed"), (State.REPORTED, State.VERIFYING, State.VERIFIED)),
        (pgettext("cases", "To be dispatched"), (State.FILED, State.RETURNED)),
        (pgettext("cases", "With a unit"), (State.DISPATCHED, State.HANDLING, State.REWORK)),
        (pgettext("cases", "To be checked"), (State.FED_BACK,)),
        (pgettext("cases", "Closed"), (State.CLOSED,)),
        (pgettext("cases", "Not filed"), (State.REJECTED,)),
    ]


@needs(May.SEE_FIGURES)
@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Counts by county (or town, or village), class and state, with the honeycomb, inside the actor's reach."""
    area = under(actor_of(request), request.GET.get("area", ""))
    if (percent := loading()) is not None:
        return render(request, "figures/dashboard.html", {"loading": percent})
    position, leaf = counters.stand()
    told = _told(area, leaf or str(position).encode())
    totals = told.totals
    context = {
        "place": places.path_name(area) if len(area) > 4 else "",
        "groups": [name for name, _ in state_groups()],
        "areas": _by_area(area, told),
        "units": _by_reporting_unit(told) if len(area) == CITY_DIGITS else [],
        "classes": _by_class(told),
        "open": sum(totals.get(standing(state), 0) for state in OPEN),
        "came": totals.get(CAME, 0),
        "ended": totals.get(ENDED, 0),
        "rate": _rate(totals.get(ENDED_IN_TIME, 0), totals.get(ENDED, 0)),
        "rate_n": f"{totals.get(ENDED_IN_TIME, 0)}/{totals.get(ENDED, 0)}",
        "comb": comb(told.open_by_village(), url=_list_urls(), under=area),
        "as_of": position,
        "up": reverse("figures:dashboard") if request.GET.get("area") else "",
    }
    return render(request, "figures/dashboard.html", context)


def _level_of(under: str) -> str:
    return {4: "city", 6: "county", 9: "town", 12: "village"}.get(len(under), "city")


def _measures() -> list[str]:
    return [*(standing(state) for state in State), CAME, ENDED, ENDED_IN_TIME]


@dataclass(frozen=True, slots=True)
class Told:
    """What the counters say inside a prefix: totals by measure, by village, and by class."""

    totals: dict[str, int]
    villages: dict[str, dict[str, int]]
    classes: dict[str, dict[str, int]]

    def open_by_village(self) -> dict[str, int]:
        """How much is open in each village that has a number."""
        measures = [standing(state) for state in OPEN]
        return {code: sum(row.get(measure, 0) for measure in measures) for code, row in self.villages.items()}

    def summed(self, key: Callable[[str], str | None]) -> dict[str, dict[str, int]]:
        """The villages' numbers added up under the key that each village has, if any."""
        sums: dict[str, dict[str, int]] = {}
        for code, row in self.villages.items():
            where = key(code)
            if where is not None:
                numbers = sums.setdefault(where, {})
                for measure, n in row.items():
                    numbers[measure] = numbers.get(measure, 0) + n
        return sums


@lru_cache(maxsize=64)
def _told(under: str, _stand: bytes) -> Told:
    """The numbers of an area, kept while the counters stand where they did."""
    told = Told({}, {}, {})
    for row in counters.numbers_inside(measures=_measures(), level=_level_of(under), under=under):
        if row.class_code != counters.ALL:
            told.classes.setdefault(row.class_code, {})[row.measure] = row.n
            continue
        if len(row.code) == len(under):
            told.totals[row.measure] = row.n
        if len(row.code) == VILLAGE_DIGITS:
            told.villages.setdefault(row.code, {})[row.measure] = row.n
    return told


def _list_urls() -> Callable[[str], str]:
    """Where a village's hexagon leads; the address is asked for once, not for each of a thousand hexagons."""
    base = f"{reverse('cases:list')}?state=open&area="
    return lambda code: base + code


def _by_area(under: str, told: Told) -> list[Column]:
    level = LEVELS.get(len(under), "village")
    length = {"county": 6, "town": 9, "village": 12}[level]
    table = told.summed(lambda code: code[:length])
    wanted = [place.code[:length] for place in places.children(under)] if len(under) < 12 else [under]
    return [
        Column(name=_short_name(code), url=_area_url(code), numbers=_grouped(table.get(code, {})))
        for code in wanted
        if level != "village" or code in table
    ]


def _short_name(code: str) -> str:
    """The name alone: what it belongs to stands above the table."""
    found = places.division(code)
    return found.short_name if found else code


def _by_reporting_unit(told: Told) -> list[Column]:
    """The same numbers by the units that report to the city: management committees stand beside the counties.

    Each village counts for exactly one unit, the one whose jurisdiction over it is the narrowest today.
    """
    today = clock.today()

    def unit_of(village: str) -> str | None:
        unit = places.reporting_unit_of(village, on=today)
        return unit.code if unit is not None else None

    sums = told.summed(unit_of)
    return [
        Column(name=unit.unit.short_name, url="", numbers=_grouped(sums.get(unit.unit.code, {})))
        for unit in places.reporting_units(today)
    ]


def _area_url(code: str) -> str:
    return _list_urls()(code) if len(code) == VILLAGE_DIGITS else f"{reverse('figures:dashboard')}?area={code}"


def _grouped(numbers: dict[str, int]) -> tuple[int, ...]:
    return tuple(sum(numbers.get(standing(state), 0) for state in states) for _, states in state_groups())


def _by_class(told: Told) -> list[Column]:
    keys = {str(item.key): item for item in standards.classes()}
    found = [
        Column(
            name=str(keys[key].name),
            url=reverse("cases:list") + "?" + urlencode({"state": "all", "class": keys[key].id}),
            numbers=_grouped(numbers),
        )
        for key, numbers in told.classes.items()
        if key in keys
    ]
    return sorted(
        (column for column in found if sum(column.numbers)), key=lambda column: (-sum(column.numbers), column.name)
    )


def _rate(part: int, whole: int) -> str:
    """A percentage with one decimal; a dash when nothing was due, because 0 would be a lie."""
    return f"{100 * part / whole:.1f}" if whole else "–"
