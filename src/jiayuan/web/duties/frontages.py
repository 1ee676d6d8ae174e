# SPDX-License-Identifier: Apache-2.0
"""Frontages: what everybody reads behind the code at a shop's door; the list, the form and the sheet at the desk."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.duties import queries, services
from jiayuan.duties.access import May
from jiayuan.duties.intake import end_from, frontage_from
from jiayuan.duties.queries import FrontageView
from jiayuan.kernel import clock
from jiayuan.kernel.handles import new_handle, read_handle
from jiayuan.places import queries as places
from jiayuan.web.asked import actor_of
from jiayuan.web.duties.finding import FRONTAGE_FINDERS
from jiayuan.web.duties.forms import EndForm, FrontageForm, FrontagesForm, initial_of_frontage
from jiayuan.web.duties.here import place_asked
from jiayuan.web.duties.zones import asked_place, sent, standing, written
from jiayuan.web.guards import needs, public

ROWS = 50


@public
@require_GET
def door(request: HttpRequest, handle: str) -> HttpResponse:
    """What a shop signed for, who governs the place, and the way to report a problem here."""
    read = read_handle(handle)
    view = queries.frontage(read) if read else None
    if view is None:
        raise Http404
    today = clock.today()
    return render(
        request,
        "duties/door.html",
        {
            "view": view,
            "where": places.path_name(view.place),
            "units": places.governing(view.place, on=today),
            "holds": view.holds_on(today),
            "begins_later": view.starts_on > today,
        },
    )


@needs(May.EDIT_ZONES)
@require_GET
def frontages(request: HttpRequest) -> HttpResponse:
    """The frontages in reach, the newest first, narrowed to what the reader asks for."""
    schemes, today = queries.frontage_schemes(), clock.today()
    form = FrontagesForm(request.GET, schemes=schemes)
    asked = {name: value.strip() for name, value in (form.cleaned_data if form.is_valid() else {}).items()}
    typed = asked.get("place", "")
    place = place_asked(typed, typed)[0] if typed else None
    page = _page(request)
    shown = [] if typed and place is None else queries.frontages_in_reach(
        actor_of(request), on=today, place=place.code if place else "", scheme=asked.get("scheme", ""),
        standing=asked.get("standing", ""), words=asked.get("q", ""), start=(page - 1) * ROWS, most=ROWS + 1,
    )  # fmt: skip
    context = {
        "form": form,
        "rows": [_line(view, today) for view in shown[:ROWS]],
        "is_narrowed": any(asked.values()),
        "newer": _address(request, page - 1) if page > 1 else "",
        "older": _address(request, page + 1) if len(shown) > ROWS else "",
    }
    return render(request, "duties/frontages.html", context)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _address(request: HttpRequest, page: int) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "page" and value}
    return f"?{urlencode(kept | {'page': page})}"


def _line(view: FrontageView, today: date) -> dict[str, Any]:
    tone, word = standing(view, today)
    return {"view": view, "where": places.path_name(view.place), "tone": tone, "word": word}


@needs(May.EDIT_ZONES)
@require_http_methods(["GET", "POST"])
def new_frontage(request: HttpRequest) -> HttpResponse:
    """A shop signed; what is kept leads to its page, where the sheet for its door is."""
    today, handle = clock.today(), new_handle()
    initial = {"signed_on": today, "starts_on": today, "place": asked_place(request)}
    form = FrontageForm(sent(request), initial=initial, schemes=queries.frontage_schemes())

    def sign() -> None:
        given = frontage_from(request.POST.dict(), finders=FRONTAGE_FINDERS)
        services.sign_frontage(given=given, by=actor_of(request), at=clock.now(), handle=handle)

    title = pgettext("duties", "A shop signed for its frontage")
    return written(request, form, sign, to=reverse("duties:frontage", args=[handle]), title=title)


def _kept(request: HttpRequest, handle: str) -> FrontageView:
    read = read_handle(handle)
    view = queries.frontage_in_reach(actor_of(request), read) if read else None
    if view is None:
        raise Http404
    return view


@needs(May.EDIT_ZONES)
@require_http_methods(["GET", "POST"])
def frontage(request: HttpRequest, handle: str) -> HttpResponse:
    """Put right or end what is said of a frontage."""
    view, by = _kept(request, handle), actor_of(request)
    is_end = "end" in request.POST
    schemes = queries.frontage_schemes()
    form = FrontageForm(None if is_end else sent(request), initial=initial_of_frontage(view), schemes=schemes)
    ending = EndForm(request.POST if is_end else None, initial={"ends_on": clock.today()}, auto_id="end_%s")

    def correct() -> None:
        given = frontage_from(request.POST.dict(), finders=FRONTAGE_FINDERS)
        services.correct_frontage(frontage_id=view.id, given=given, by=by, at=clock.now())

    def end() -> None:
        services.end_frontage(frontage_id=view.id, ends_on=end_from(request.POST.dict()), by=by, at=clock.now())

    tried, act = (ending, end) if is_end else (form, correct)
    to = reverse("duties:frontages")
    return written(request, tried, act, to=to, title=view.shop, form=form, ending=ending, frontage=view)


@needs(May.EDIT_ZONES)
@require_GET
def sheet(request: HttpRequest, handle: str) -> HttpResponse:
    """The sheet for the door, A5: what the shop signed, and the code behind which everybody reads it."""
    view = _kept(request, handle)
    address = queries.frontage_address(view.handle)
    code = segno.make(address, error="m", micro=False).svg_data_uri(border=4)
    context = {"view": view, "where": places.path_name(view.place), "address": address, "code": code}
    return render(request, "duties/frontage_sheet.html", context)
