# SPDX-License-Identifier: Apache-2.0
"""The pages of supervision sheets: those in reach, the form that presses an item, one with its next move."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.kernel.words import words
from jiayuan.places import queries as places
from jiayuan.supervision import queries, services
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import (
    URGING_LIVE,
    Colour,
    G,
    Pattern,
    RaiseReason,
    Unmet,
    UrgeReason,
    UrgingState,
    VoidReason,
)
from jiayuan.supervision.intake import LONGEST_MEASURES, choice, urging_from
from jiayuan.supervision.queries import PAPER_OF_URGING, Item, Sheet, Urging
from jiayuan.supervision.services import UrgingId
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.forms import Answered
from jiayuan.web.cases.wording import unit_name
from jiayuan.web.guards import needs
from jiayuan.web.supervision import forms, wording
from jiayuan.web.supervision.offices import offices_for, paper_url
from jiayuan.web.supervision.pages import found as found_sheet
from jiayuan.web.supervision.pages import refusals_in
from jiayuan.web.supervision.tabs import tabs_of

REPLY_DAYS = "3"
_GROUPS: dict[str, tuple[UrgingState, ...]] = {
    "open": URGING_LIVE,
    "over": (UrgingState.CLOSED, UrgingState.VOID),
}


@needs(May.SEE)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The supervision sheets in reach, newest first."""
    actor, now = actor_of(request), clock.now()
    group = request.GET.get("of", "") if request.GET.get("of") in _GROUPS else "open"
    names = {"open": pgettext("supervision", "In force"), "over": pgettext("supervision", "Over")}
    page = queries.page_asked(request.GET.get("page", ""))
    rows = queries.page_of_urgings(actor, states=_GROUPS[group], skip=page.skip)
    context = {
        "tabs": tabs_of(actor, "supervision:urgings"),
        "chips": [
            {"label": name, "url": f"?of={key}", "is_on": key == group, "count": None} for key, name in names.items()
        ],
        "lines": [_line(made, now) for made in rows[: page.size]],
        "older": f"?of={group}&page={page.number + 1}" if len(rows) > page.size else "",
        "newest": f"?of={group}" if page.number else "",
    }
    return render(request, "supervision/urgings.html", context)


def _line(made: Urging, now: datetime) -> dict[str, Any]:
    return {
        "url": reverse("supervision:urging", args=[made.handle]),
        "name": made.number,
        "reason": made.get_reason_display(),
        "unit": unit_name(made.unit_id),
        "sheet": made.item.sheet.number,
        "number": made.item.number,
        "mark": wording.urging_mark(made.state),
        "colour": wording.colour_mark(Colour(made.colour)),
        "due": wording.reply_due(made, now),
        "at": made.issued_at,
    }


@needs(May.ISSUE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Press an item: why, in which colour where there are colours, and until when the unit replies."""
    sheet = found_sheet(request, handle)
    item = queries.item_of(sheet, number)
    if item is None or not queries.may_urge(actor_of(request), sheet, item):
        raise Http404
    has_colours = queries.pattern_of(sheet.campaign) is Pattern.ESCALATION
    offices = offices_for(actor_of(request), {PAPER_OF_URGING})
    if request.method == "GET":
        initial = {"reason": UrgeReason.SLOW, "colour": Colour.BLUE, "days": REPLY_DAYS}
        form = forms.UrgingForm(initial=initial, offices=offices, has_colours=has_colours)
        return _new_page(request, sheet, item, form)
    try:
        given = urging_from(request.POST.dict(), item_id=item.pk)
        made = services.urge(given=given, by=actor_of(request), at=clock.now())
    except NotPermitted:
        raise
    except Refused as refusal:
        form = forms.UrgingForm(request.POST, offices=offices, has_colours=has_colours)
        form.show(refusal)
        return _new_page(request, sheet, item, form, status=409 if isinstance(refusal, Stale) else 422)
    return HttpResponseRedirect(reverse("supervision:urging", args=[made.handle]))


def _new_page(
    request: HttpRequest, sheet: Sheet, item: Item, form: forms.UrgingForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "sheet": sheet,
        "item": item,
        "unit": unit_name(sheet.unit_id),
        "what": wording.what(item, queries.matters_of([item])),
        "where": places.path_name(item.place),
        "due": wording.due_line(item, clock.now()),
        "client_id": request.POST.get("client_id") or str(uuid4()),
    }
    return render(request, "supervision/urging_new.html", context, status=status)


def _found(request: HttpRequest, handle: str) -> Urging:
    made = queries.urging_seen_by(actor_of(request), handle)
    if made is None:
        raise Http404
    return made


@needs(May.SEE)
@require_GET
def one(request: HttpRequest, handle: str) -> HttpResponse:
    """One supervision sheet: how it stands, the next move, and its course."""
    return _page(request, _found(request, handle))


def _page(
    request: HttpRequest,
    made: Urging,
    *,
    tried: tuple[G, Answered] | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    item, now = made.item, clock.now()
    context = {
        "urging": made,
        "unit": unit_name(made.unit_id),
        "item": item,
        "sheet_url": reverse("supervision:one", args=[item.sheet.handle]) + f"#item-{item.number}",
        "what": wording.what(item, queries.matters_of([item])),
        "where": places.path_name(item.place),
        "mark": wording.urging_mark(made.state),
        "paper_url": paper_url(actor_of(request), made.paper_id),
        "colour": wording.colour_mark(Colour(made.colour)),
        "due": wording.reply_due(made, now),
        "hint": wording.provisional_hint(made.reply_due_is_provisional and made.state == UrgingState.OPEN),
        "moves": [_move(made, verb, tried) for verb in queries.moves_of_urging(actor_of(request), made)],
        "earlier": queries.urgings_around(made),
        "entries": wording.timeline(queries.history_of_urging(made), queries.texts_of(item.sheet)),
        "refusals": refusals_in(refusal) if tried is None else [],
    }
    return render(request, "supervision/urging.html", context, status=status)


_MAIN = (G.REPLY, G.ACCEPT)


def _move(made: Urging, verb: G, tried: tuple[G, Answered] | None) -> dict[str, Any]:
    is_open = tried is not None and tried[0] is verb
    form = tried[1] if tried is not None and is_open else _form(made, verb, None)
    if form is not None:
        form.auto_id = f"id_{verb.value}_%s"
    return {
        "label": verb.label,
        "url": reverse("supervision:move_urging", args=[made.handle, verb.value]),
        "version": made.version,
        "form": form,
        "is_open": is_open,
        "is_main": verb in _MAIN,
        "optional": ("note", "reason") if verb is G.RAISE else ("note",),
    }


def _form(made: Urging, verb: G, data: Any) -> Answered | None:
    match verb:
        case G.REPLY:
            return forms.ReplyForm(data)
        case G.REFUSE:
            return forms.RefuseReplyForm(data)
        case G.RAISE:
            return forms.RaiseColourForm(data, higher=_higher(made))
        case G.VOID:
            return forms.VoidForm(data)
        case _:
            return None


def _higher(made: Urging) -> list[tuple[str, Any]]:
    """The colours above the present one, the next first."""
    above = list(forms.PRESSING)
    place = next((n for n, (code, _) in enumerate(above) if code == made.colour), -1)
    return above[place + 1 :]


def _reply(urging_id: UrgingId, posted: Any, by: Actor, at: datetime, version: int | None) -> Urging:
    text = words(posted.get("reply", ""), field="reply", longest=LONGEST_MEASURES, needed=True)
    return services.reply(urging_id=urging_id, text=text, by=by, at=at, version=version)


def _accept(urging_id: UrgingId, posted: Any, by: Actor, at: datetime, version: int | None) -> Urging:
    return services.accept_reply(urging_id=urging_id, by=by, at=at, version=version)


def _refuse(urging_id: UrgingId, posted: Any, by: Actor, at: datetime, version: int | None) -> Urging:
    return services.refuse_reply(
        urging_id=urging_id,
        reason=choice(Unmet, posted.get("reason", ""), field="reason"),
        note=words(posted.get("note", ""), field="note", longest=LONGEST_MEASURES),
        by=by,
        at=at,
        version=version,
    )


def _raise(urging_id: UrgingId, posted: Any, by: Actor, at: datetime, version: int | None) -> Urging:
    to, reason = posted.get("to", ""), posted.get("reason", "")
    return services.raise_colour(
        urging_id=urging_id,
        to=choice(Colour, to, field="to") if to else None,
        reason=choice(RaiseReason, reason, field="reason") if reason else None,
        by=by,
        at=at,
        version=version,
    )


def _void(urging_id: UrgingId, posted: Any, by: Actor, at: datetime, version: int | None) -> Urging:
    reason = choice(VoidReason, posted.get("reason", ""), field="reason")
    return services.void_urging(urging_id=urging_id, reason=reason, by=by, at=at, version=version)


_WORK: dict[G, Callable[[UrgingId, Any, Actor, datetime, int | None], Urging]] = {
    G.REPLY: _reply,
    G.ACCEPT: _accept,
    G.REFUSE: _refuse,
    G.RAISE: _raise,
    G.VOID: _void,
}


@needs(May.SEE)
@require_POST
def make_move(request: HttpRequest, handle: str, verb: str) -> HttpResponse:
    """One move; what was refused comes back with the form as it was filled in."""
    made = _found(request, handle)
    if verb not in G.values or G(verb) not in _WORK:
        raise Http404
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else None
    try:
        _WORK[G(verb)](UrgingId(made.pk), request.POST, actor_of(request), clock.now(), version)
    except NotPermitted:
        raise
    except Refused as refusal:
        form = None if isinstance(refusal, Stale) else _form(made, G(verb), request.POST)
        if form is not None:
            form.show(refusal)
        tried = (G(verb), form) if form is not None else None
        status = 409 if isinstance(refusal, Stale) else 422
        return _page(request, _found(request, handle), tried=tried, refusal=refusal, status=status)
    return HttpResponseRedirect(reverse("supervision:urging", args=[handle]))
