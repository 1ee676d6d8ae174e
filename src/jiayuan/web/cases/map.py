# SPDX-License-Identifier: Apache-2.0
"""A list of cases on a map, its ground plain unless the installation names tiles; the same list stands beside it."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from jiayuan.cases import queries
from jiayuan.cases.access import May
from jiayuan.cases.queries import Box, MapMark
from jiayuan.kernel import clock
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import wording
from jiayuan.web.cases.desk import line
from jiayuan.web.cases.lists import chips_of, narrowed_by
from jiayuan.web.guards import needs

BESIDE = 20
_ROUNDED = 5
"""Decimals of a degree that go over the line: about a metre."""


@needs(May.SEE)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The map of a list: where its cases stand, with the first of them as a list beside."""
    actor, now = actor_of(request), clock.now()
    asked, narrowed = narrowed_by(request)
    box = queries.extent_of(actor, narrowed=narrowed)
    beside = queries.page_of_cases(actor, narrowed=narrowed, size=BESIDE)
    address = urlencode(asked)
    context = {
        "chips": chips_of(asked),
        "address": address,
        "points_url": f"{reverse('cases:points')}?{address}",
        "box": ",".join(f"{side:.{_ROUNDED}f}" for side in (box.west, box.south, box.east, box.north)) if box else "",
        "lines": [line(row, now, by=actor) for row in beside.rows],
        "more": bool(beside.next_key),
        "tiles": settings.MAP_TILES,
        "tiles_by": settings.MAP_TILES_BY,
    }
    return render(request, "cases/map.html", context)


@needs(May.SEE)
@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """What stands inside a box as marks: at most 500, each with how many cases it gathers."""
    _, narrowed = narrowed_by(request)
    box = _box(request.GET.get("box", ""))
    marks = queries.marks_on_map(actor_of(request), narrowed=narrowed, box=box) if box else ()
    return JsonResponse({"marks": [_mark(mark) for mark in marks]})


def _box(text: str) -> Box | None:
    try:
        west, south, east, north = (float(part) for part in text[:100].split(","))
    except ValueError:
        return None
    inside = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return Box(west=west, south=south, east=east, north=north) if inside else None


def _mark(mark: MapMark) -> list[Any]:
    at = [round(mark.lat, _ROUNDED), round(mark.lon, _ROUNDED)]
    if not mark.handle:
        words = pgettext("cases", "%(n)s cases") % {"n": mark.n}
        return [*at, mark.n, words]
    state = wording.mark(mark.state)
    words = f"{wording.class_name(mark.class_id)} · {state.word}"
    return [*at, 1, words, state.tone, reverse("cases:case", args=[mark.handle])]
