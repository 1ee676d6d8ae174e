# SPDX-License-Identifier: Apache-2.0
"""Who answers for this place today, on one page: who governs it, guarantors, zones, and what the lists say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from jiayuan.duties import queries
from jiayuan.duties.access import May
from jiayuan.duties.queries import GuaranteeView, Holder, ZoneView
from jiayuan.kernel import clock
from jiayuan.kernel.access import Spot, may
from jiayuan.people.access import May as People
from jiayuan.people.queries import masked
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.places.queries import Place
from jiayuan.web.asked import actor_of
from jiayuan.web.duties.forms import HereForm
from jiayuan.web.duties.weeks import line_of_day
from jiayuan.web.guards import public

MOST_FOUND = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody who answers, as this reader may see them."""

    who: str
    duty: str
    document: str


@public
@require_GET
def here(request: HttpRequest) -> HttpResponse:
    """Who answers for a place on a day; without a place, the question for one."""
    typed = request.GET.get("q", "").strip()[:60]
    place, found = place_asked(request.GET.get("place", ""), typed)
    on = _day(request.GET.get("on", ""))
    form = HereForm(initial={"q": typed or (place.label if place else ""), "on": on})
    context = {
        "form": form,
        "asked": typed,
        "found": [(one.code, one.full_label) for one in found],
        "place": place,
        "on": on,
        "is_today": on == clock.today(),
    }
    if place is not None:
        by = actor_of(request)
        sees_names = any(may(by, what, at=Spot(code=place.code)) for what in (People.SEE_PEOPLE, May.EDIT_ZONES))
        context |= {
            "units": places.governing(place.code, on=on),
            "levels": list(_levels(queries.guarantees_at(place.code, on), sees_names=sees_names)),
            "frontages": queries.frontages_at(place.code, on),
            "zones": [_zone(zone, sees_names=sees_names) for zone in queries.zones_at(place.code, on)],
            "upkeep": [
                {"rota": week.rota, "line": line_of_day(week, on, sees_names=sees_names)}
                for week in queries.upkeep_at(place.code, on)
            ],
            "keeps": may(by, May.EDIT_ZONES, at=Spot(code=place.code)),
        }
    return render(request, "duties/here.html", context)


def place_asked(code: str, typed: str) -> tuple[Place | None, tuple[Place, ...]]:
    """The place that was chosen, or the only one that the words can mean; else those they could mean."""
    chosen = places.division(code) if code else None
    if chosen is not None and chosen.level is not Level.PROVINCE:
        return chosen, ()
    found = places.search(typed, levels=(Level.COUNTY, Level.TOWN, Level.VILLAGE), limit=MOST_FOUND) if typed else ()
    exact = [one for one in found if typed in (one.name, one.short_name, one.label)]
    only = exact if len(exact) == 1 else found
    return (only[0], ()) if len(only) == 1 else (None, tuple(found))


def _day(typed: str) -> date:
    try:
        return parse_date(typed.strip()) or clock.today()
    except ValueError:
        return clock.today()


def _levels(found: Iterable[GuaranteeView], *, sees_names: bool) -> Iterable[tuple[str, list[Line]]]:
    """Guarantors by what they answer for, the wider place first."""
    for (code, hamlet), some in groupby(found, lambda one: (one.place, one.hamlet)):
        place = places.division(code)
        name = f"{place.short_name if place else code}{hamlet}"
        lines = [line for one in some if (line := line_of(one.holder, sees_names=sees_names))]
        if lines:
            yield name, lines


def _zone(zone: ZoneView, *, sees_names: bool) -> dict[str, object]:
    lines = [line for one in zone.claims if (line := line_of(one, sees_names=sees_names))]
    return {"zone": zone, "lines": lines, "is_claimed": bool(zone.claims)}


def line_of(holder: Holder, *, sees_names: bool) -> Line | None:
    """Somebody as the reader may see them; None for a person who is not shown in public."""
    if holder.person_id is not None and not sees_names and not holder.is_shown:
        return None
    return Line(who=who_of(holder, sees_names=sees_names), duty=holder.duty, document=holder.document)


def who_of(holder: Holder, *, sees_names: bool) -> str:
    """A unit or body by its name, a person by name for colleagues and masked for everybody else."""
    if holder.unit is not None:
        return holder.unit.short_name
    if holder.named:
        return holder.named
    name = holder.person_name if sees_names else masked(holder.person_name)
    return name or pgettext("duties", "name no longer kept")
