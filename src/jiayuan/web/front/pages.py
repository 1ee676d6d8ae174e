# SPDX-License-Identifier: Apache-2.0
"""The front page and the notice about data. Numbers come from counters; nothing here names a person."""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from jiayuan.cases.enums import OPEN
from jiayuan.cases.queries import has_season, loading, measured
from jiayuan.cases.queries import shapes as season_shapes
from jiayuan.cases.tallies import CAME, ENDED, standing
from jiayuan.places import queries as places
from jiayuan.record import counters
from jiayuan.standards import queries as standards
from jiayuan.web.figures.comb import Rank, comb
from jiayuan.web.front.dated import dated_facts
from jiayuan.web.guards import public

KEPT_SECONDS = 600


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """One question: is something in the way? One answer: report it."""
    context = {"loading": percent} if (percent := loading()) is not None else _numbers()
    rules = [
        pgettext("web", "Swept clean"),
        pgettext("web", "Stacked neatly"),
        pgettext("web", "Put behind the house"),
        pgettext("web", "View opened up"),
    ]
    return render(request, "front/home.html", {**context, "rules": rules})


def _numbers() -> dict[str, object]:
    """What the whole city counts, and the picture of its villages."""
    rows = counters.numbers(measures=[CAME, ENDED], level="city")
    totals = {row.measure: row.n for row in rows}
    still_open = counters.numbers(measures=[standing(state) for state in OPEN], level="village")
    villages: dict[str, int] = {}
    for row in still_open:
        villages[row.code] = villages.get(row.code, 0) + row.n
    return {
        "came": totals.get(CAME, 0),
        "ended": totals.get(ENDED, 0),
        "open": sum(villages.values()),
        "comb": comb(villages, url=_report_urls(), ranks=_by_county(villages)),
    }


def _by_county(villages: dict[str, int]) -> tuple[Rank, ...]:
    """The same numbers for those who do not see the picture, by county in the order of codes: no village is ranked."""
    found = places.city()
    counties = places.children(found.code) if found else ()
    return tuple(
        Rank(county.short_name, sum(n for code, n in villages.items() if code.startswith(county.county)), "")
        for county in counties
    )


def _report_urls() -> Callable[[str], str]:
    """From a village's code to its report page; the address is resolved once for a thousand cells."""
    base = reverse("cases:report")
    return lambda code: f"{base}?at={code}"


@public
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """How data is treated, in plain words."""
    return render(request, "front/privacy.html")


@public
@require_GET
def shapes(request: HttpRequest) -> HttpResponse:
    """What the demonstration's data are, with the shapes they were drawn from and what was measured."""
    if not settings.DEMO:
        raise Http404
    percent = loading()
    # Measured once: a loaded season changes only by what visitors do to it.
    found = cache.get_or_set("front.shapes", measured, KEPT_SECONDS) if percent is None and has_season() else ()
    context = {"percent": percent, "found": found, "figures": _figures(), "facts": dated_facts()}
    return render(request, "front/shapes.html", context)


def _figures() -> list[dict[str, object]]:
    """The published totals that the season gives, by the names of the campaign's tasks."""
    drawn = season_shapes()
    campaign = standards.campaign_on(drawn.ends_at.date())
    names = {task.code: str(task.name) for task in standards.tasks_of(campaign.code)} if campaign else {}
    return [
        {"name": names.get(figure.task, figure.task), "total": figure.total, "self_percent": figure.self_percent}
        for figure in drawn.figures
    ]
