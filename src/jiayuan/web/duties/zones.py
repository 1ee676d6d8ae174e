# SPDX-License-Identifier: Apache-2.0
"""Guarantors and zones at the desk: what lies in reach, forms to name and correct; ends instead of deletions."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.duties import queries, services
from jiayuan.duties.access import May
from jiayuan.duties.intake import end_from, guarantee_from, holder_from, zone_from
from jiayuan.duties.queries import GuaranteeView, Holder, Spanned, ZoneView
from jiayuan.kernel import clock
from jiayuan.kernel.errors import NotPermitted, Problems, Refused
from jiayuan.people.queries import username_of
from jiayuan.places import queries as places
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.forms import Answered
from jiayuan.web.duties.finding import FINDERS
from jiayuan.web.duties.forms import (
    EndForm,
    GuaranteeForm,
    HolderForm,
    ZoneForm,
    initial_of_guarantee,
    initial_of_holder,
    initial_of_zone,
)
from jiayuan.web.duties.here import who_of
from jiayuan.web.guards import needs

_BOTH = ["GET", "POST"]


@needs(May.EDIT_ZONES)
@require_GET
def guarantors(request: HttpRequest) -> HttpResponse:
    """Everybody who answers for a place in reach, those first whose time is not over."""
    today = clock.today()
    found = queries.guarantees_in_reach(actor_of(request))
    rows = [_guarantee_line(view, today) for view in found]
    rows.sort(key=lambda row: row["tone"] == "idle")
    return render(request, "duties/guarantors.html", {"rows": rows})


def _guarantee_line(view: GuaranteeView, today: date) -> dict[str, Any]:
    where = places.path_name(view.place) + view.hamlet
    return {"where": where, "url": reverse("duties:guarantor", args=[view.holder.id])} | _holder_line(
        view.holder, today
    )


def _holder_line(holder: Holder, today: date) -> dict[str, Any]:
    tone, word = standing(holder, today)
    return {"holder": holder, "who": who_of(holder, sees_names=True), "tone": tone, "word": word}


def standing(one: Spanned, today: date) -> tuple[str, str]:
    """Tone and word of what holds, begins later or is over."""
    if one.holds_on(today):
        return "done", pgettext("duties", "holds")
    if one.starts_on > today:
        return "moving", pgettext("duties", "begins later")
    return "idle", pgettext("duties", "over")


@needs(May.EDIT_ZONES)
@require_http_methods(_BOTH)
def new_guarantor(request: HttpRequest) -> HttpResponse:
    """Name who answers for a place."""
    form = GuaranteeForm(sent(request), initial={"starts_on": clock.today(), "place": asked_place(request)})

    def name() -> None:
        given = guarantee_from(request.POST.dict(), finders=FINDERS)
        services.guarantee(given=given, by=actor_of(request), at=clock.now())

    title = pgettext("duties", "Name who answers for a place")
    return written(request, form, name, to=reverse("duties:guarantors"), title=title)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is empty; None where the page was only opened."""
    return request.POST if request.method == "POST" else None


def asked_place(request: HttpRequest) -> str:
    """The code of the place in the address, if there is such a place."""
    place = places.division(request.GET.get("place", ""))
    return place.code if place else ""


@needs(May.EDIT_ZONES)
@require_http_methods(_BOTH)
def guarantor(request: HttpRequest, number: int) -> HttpResponse:
    """Put right or end what is said of somebody who answers for a place."""
    by = actor_of(request)
    view = queries.guarantee_in_reach(by, number)
    if view is None:
        raise Http404
    is_end = "end" in request.POST
    form = GuaranteeForm(None if is_end else sent(request), initial=initial_of_guarantee(view, _username(view.holder)))
    ending = EndForm(request.POST if is_end else None, initial={"ends_on": clock.today()}, auto_id="end_%s")

    def correct() -> None:
        given = guarantee_from(request.POST.dict(), finders=FINDERS)
        services.correct_guarantee(guarantee_id=number, given=given, by=by, at=clock.now())

    def end() -> None:
        services.end_guarantee(guarantee_id=number, ends_on=end_from(request.POST.dict()), by=by, at=clock.now())

    title = f"{places.path_name(view.place)}{view.hamlet} · {who_of(view.holder, sees_names=True)}"
    return written(
        request,
        ending if is_end else form,
        end if is_end else correct,
        to=reverse("duties:guarantors"),
        title=title,
        form=form,
        ending=ending,
    )


def _username(holder: Holder) -> str:
    return username_of(holder.person_id) if holder.person_id else ""


def written(
    request: HttpRequest, tried: Answered, act: Callable[[], None], *, to: str, title: str, **context: Any
) -> HttpResponse:
    """The page of a form; what was sent is done, or comes back as it was typed with a reason beside each field."""
    context = {"form": tried, "title": title, "back": to} | context
    if request.method == "GET":
        return render(request, "duties/holder.html", context)
    try:
        act()
    except NotPermitted as refusal:
        # A place outside somebody's reach, named in a form that is otherwise theirs: said there, nothing is lost.
        field = next(name for name in ("villages", "zone", "place") if name in tried.fields or name == "place")
        tried.show(Refused(refusal.code, refusal.message, field=field))
        return render(request, "duties/holder.html", context, status=403)
    except (Problems, Refused) as refusal:
        tried.show(refusal)
        return render(request, "duties/holder.html", context, status=422)
    messages.success(request, pgettext("duties", "It is kept."))
    return HttpResponseRedirect(to)


@needs(May.EDIT_ZONES)
@require_GET
def zones(request: HttpRequest) -> HttpResponse:
    """The zones that lie in reach, those first whose time is not over."""
    today = clock.today()
    rows = [_zone_line(view, today) for view in queries.zones_in_reach(actor_of(request))]
    rows.sort(key=lambda row: row["tone"] == "idle")
    return render(request, "duties/zones.html", {"rows": rows})


def _zone_line(view: ZoneView, today: date) -> dict[str, Any]:
    tone, word = standing(view, today)
    holders = [who_of(one, sees_names=True) for one in view.claims if one.holds_on(today)]
    return {
        "view": view,
        "where": "、".join(places.path_name(code) for code in view.villages),
        "who": "、".join(holders),
        "tone": tone,
        "word": word,
    }


@needs(May.EDIT_ZONES)
@require_http_methods(_BOTH)
def new_zone(request: HttpRequest) -> HttpResponse:
    """Draw a zone."""
    form = ZoneForm(sent(request), initial={"starts_on": clock.today(), "villages": asked_place(request)})

    def draw() -> None:
        services.open_zone(given=zone_from(request.POST.dict(), finders=FINDERS), by=actor_of(request), at=clock.now())

    return written(request, form, draw, to=reverse("duties:zones"), title=pgettext("duties", "Draw a zone"))


def _zone(request: HttpRequest, number: int) -> ZoneView:
    found = queries.zone_in_reach(actor_of(request), number)
    if found is None:
        raise Http404
    return found


@needs(May.EDIT_ZONES)
@require_http_methods(_BOTH)
def zone(request: HttpRequest, number: int) -> HttpResponse:
    """A zone: put right or end what is said of it, and see who claimed it."""
    view, by, today = _zone(request, number), actor_of(request), clock.today()
    is_end = "end" in request.POST
    form = ZoneForm(None if is_end else sent(request), initial=initial_of_zone(view))
    ending = EndForm(request.POST if is_end else None, initial={"ends_on": today}, auto_id="end_%s")

    def correct() -> None:
        given = zone_from(request.POST.dict(), finders=FINDERS)
        services.correct_zone(zone_id=number, given=given, by=by, at=clock.now())

    def end() -> None:
        services.end_zone(zone_id=number, ends_on=end_from(request.POST.dict()), by=by, at=clock.now())

    return written(
        request,
        ending if is_end else form,
        end if is_end else correct,
        to=reverse("duties:zones"),
        title=view.name,
        form=form,
        ending=ending,
        zone=view,
        claims=[_holder_line(one, today) for one in view.claims],
    )


@needs(May.EDIT_ZONES)
@require_http_methods(_BOTH)
def new_claim(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody claims a zone."""
    view = _zone(request, number)
    form = HolderForm(sent(request), initial={"starts_on": clock.today()})

    def name() -> None:
        given = holder_from(request.POST.dict(), finders=FINDERS)
        services.claim(zone_id=number, given=given, by=actor_of(request), at=clock.now())

    return written(request, form, name, to=reverse("duties:zone", args=[number]), title=view.name)


@needs(May.EDIT_ZONES)
@require_http_methods(_BOTH)
def claim(request: HttpRequest, number: int, held: int) -> HttpResponse:
    """Put right or end a claim."""
    view, by = _zone(request, number), actor_of(request)
    holder = next((one for one in view.claims if one.id == held), None)
    if holder is None:
        raise Http404
    is_end = "end" in request.POST
    form = HolderForm(None if is_end else sent(request), initial=initial_of_holder(holder, _username(holder)))
    ending = EndForm(request.POST if is_end else None, initial={"ends_on": clock.today()}, auto_id="end_%s")

    def correct() -> None:
        given = holder_from(request.POST.dict(), finders=FINDERS)
        services.correct_claim(claim_id=held, given=given, by=by, at=clock.now())

    def end() -> None:
        services.end_claim(claim_id=held, ends_on=end_from(request.POST.dict()), by=by, at=clock.now())

    return written(
        request,
        ending if is_end else form,
        end if is_end else correct,
        to=reverse("duties:zone", args=[number]),
        title=f"{view.name} · {who_of(holder, sees_names=True)}",
        form=form,
        ending=ending,
    )
