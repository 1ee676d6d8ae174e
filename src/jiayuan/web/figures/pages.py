# SPDX-License-Identifier: Apache-2.0
"""The dashboard. It reads counters, never the live table, and prints up to where they have come."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from jiayuan.cases.access import May
from jiayuan.cases.enums import OPEN, State
from jiayuan.cases.tallies import CAME, ENDED, ENDED_IN_TIME, standing
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, arms
from jiayuan.places import queries as places
from jiayuan.record import counters
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.figures.comb import comb
from jiayuan.web.guards import needs

CITY_DIGITS = 4
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
    under = _under(actor_of(request), request.GET.get("area", ""))
    totals = _sums(counters.numbers(measures=_measures(), level=_level_of(under), under=under))
    villages = _open_by_village(under)
    context = {
        "place": places.path_name(under) if len(under) > 4 else "",
        "groups": [name for name, _ in state_groups()],
        "areas": _by_area(under),
        "units": _by_reporting_unit() if len(under) == CITY_DIGITS else [],
        "classes": _by_class(under),
        "open": sum(totals.get(standing(state), 0) for state in OPEN),
        "came": totals.get(CAME, 0),
        "ended": totals.get(ENDED, 0),
        "rate": _rate(totals.get(ENDED_IN_TIME, 0), totals.get(ENDED, 0)),
        "rate_n": f"{totals.get(ENDED_IN_TIME, 0)}/{totals.get(ENDED, 0)}",
        "comb": comb(villages, url=_list_url, under=under),
        "as_of": counters.as_of_position(),
        "up": reverse("figures:dashboard") if request.GET.get("area") else "",
    }
    return render(request, "figures/dashboard.html", context)


def _under(actor: Actor, asked: str) -> str:
    """The code prefix to show: the asked one if the actor reaches it, else the widest one that they reach."""
    reach = [str(arm.value) for arm in arms(actor, May.SEE_FIGURES) if arm.column != "unit_id"]
    if asked.isdigit() and any(asked.startswith(prefix) for prefix in reach):
        return asked
    widest = min(reach, key=len, default="")
    return widest or _city()


def _city() -> str:
    found = places.city()
    return found.code[:4] if found else ""


def _level_of(under: str) -> str:
    return {4: "city", 6: "county", 9: "town", 12: "village"}.get(len(under), "city")


def _measures() -> list[str]:
    return [*(standing(state) for state in State), CAME, ENDED, ENDED_IN_TIME]


def _sums(rows: Iterable[counters.Number]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.measure] = sums.get(row.measure, 0) + row.n
    return sums


def _open_by_village(under: str) -> dict[str, int]:
    rows = counters.numbers(measures=[standing(state) for state in OPEN], level="village", under=under)
    numbers: dict[str, int] = {}
    for row in rows:
        numbers[row.code] = numbers.get(row.code, 0) + row.n
    return numbers


def _list_url(code: str) -> str:
    return reverse("cases:list") + "?" + urlencode({"state": "open", "area": code})


def _by_area(under: str) -> list[Column]:
    level = LEVELS.get(len(under), "village")
    rows = counters.numbers(measures=[standing(state) for state in State], level=level, under=under)
    table: dict[str, dict[str, int]] = {}
    for row in rows:
        table.setdefault(row.code, {})[row.measure] = row.n
    length = {"county": 6, "town": 9, "village": 12}[level]
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


def _by_reporting_unit() -> list[Column]:
    """The same numbers by the units that report to the city: management committees stand beside the counties.

    Each village counts for exactly one unit, the one whose jurisdiction over it is the narrowest today.
    """
    today = clock.today()
    sums: dict[str, dict[str, int]] = {unit.unit.code: {} for unit in places.reporting_units(today)}
    for row in counters.numbers(measures=[standing(state) for state in State], level="village"):
        unit = places.reporting_unit_of(row.code, on=today)
        if unit is not None:
            numbers = sums[unit.code]
            numbers[row.measure] = numbers.get(row.measure, 0) + row.n
    return [
        Column(name=unit.unit.short_name, url="", numbers=_grouped(sums[unit.unit.code]))
        for unit in places.reporting_units(today)
    ]


def _area_url(code: str) -> str:
    return _list_url(code) if len(code) == 12 else f"{reverse('figures:dashboard')}?area={code}"


def _grouped(numbers: dict[str, int]) -> tuple[int, ...]:
    return tuple(sum(numbers.get(standing(state), 0) for state in states) for _, states in state_groups())


def _by_class(under: str) -> list[Column]:
    keys = {str(item.key): item for item in standards.classes()}
    rows = counters.numbers(
        measures=[standing(state) for state in State], level=_level_of(under), under=under, class_codes=list(keys)
    )
    table: dict[str, dict[str, int]] = {}
    for row in rows:
        table.setdefault(row.class_code, {})[row.measure] = row.n
    found = [
        Column(
            name=str(keys[key].name),
            url=reverse("cases:list") + "?" + urlencode({"state": "all", "class": keys[key].id}),
            numbers=_grouped(numbers),
        )
        for key, numbers in table.items()
    ]
    return sorted(
        (column for column in found if sum(column.numbers)), key=lambda column: (-sum(column.numbers), column.name)
    )


def _rate(part: int, whole: int) -> str:
    """A percentage with one decimal; a dash when nothing was due, because 0 would be a lie."""
    return f"{100 * part / whole:.1f}" if whole else "–"
