# SPDX-License-Identifier: Apache-2.0
"""The pages of whistles: those in reach, the form of a new one, and one whistle with its units and its next move."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiayuan.cases import queries as cases
from jiayuan.duties import queries, services
from jiayuan.duties.access import May
from jiayuan.duties.enums import U, UnitState, W, WhistleKind, WhistleState
from jiayuan.duties.intake import whistle_from
from jiayuan.duties.queries import GROUPS, Listed, Whistle
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, arms, holds
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.duties.wording import class_name
from jiayuan.web.guards import needs
from jiayuan.web.whistles import forms, moves, wording


@needs(May.SEE_WHISTLES)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The whistles in reach, newest first, in four heaps."""
    actor, now = actor_of(request), clock.now()
    group = request.GET.get("of", "") if request.GET.get("of") in GROUPS else GROUPS[0]
    page = queries.page_of_whistles(actor, group=group, after=request.GET.get("after", ""))
    names = {
        "running": pgettext("duties", "Running"),
        "mine": pgettext("duties", "Mine"),
        "over": pgettext("duties", "Over"),
        "all": pgettext("duties", "All"),
    }
    shown = [code for code in GROUPS if code != "mine" or holds(actor, May.WHISTLE)]
    chips = [{"label": names[code], "url": f"?of={code}", "is_on": code == group, "count": None} for code in shown]
    context = {
        "lines": [wording.listed_line(row, now) for row in page.rows],
        "chips": chips,
        "older": "?" + urlencode({"of": group, "after": page.next_key}) if page.next_key else "",
        "newest": f"?of={group}" if request.GET.get("after") else "",
        "may_whistle": holds(actor, May.WHISTLE),
        "may_see_board": holds(actor, May.SEE_BOARD),
    }
    return render(request, "whistles/list.html", context)


@needs(May.WHISTLE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Apply for a whistle: how pressing, what, where, in words."""
    actor = actor_of(request)
    where = _places_of(actor)
    initial = {
        "client_id": str(uuid4()),
        "kind": WhistleKind.DAILY,
        "place": request.GET.get("place") or where[0][0],
        "problem": request.GET.get("problem", ""),
        "cases": request.GET.get("case", ""),
    }
    sent = request.POST if request.method == "POST" else None
    form = forms.WhistleForm(sent, initial=initial, places=where, problems=_problems())
    if sent is None:
        return render(request, "whistles/new.html", {"form": form})
    try:
        raw = sent.dict() | {"class": sent.get("problem", "")}
        given = whistle_from(raw, finders=moves.finders(actor))
        made = services.apply_for_whistle(given=given, by=actor, at=clock.now())
    except Refused as refusal:
        status = 403 if isinstance(refusal, NotPermitted) else 422
        form.show(Refused(refusal.code, refusal.message, field="place") if status == 403 else refusal)
        return render(request, "whistles/new.html", {"form": form}, status=status)
    return HttpResponseRedirect(reverse("whistles:whistle", args=[made.handle]))


def _places_of(actor: Actor) -> list[tuple[str, str]]:
    """The villages and towns for which somebody may whistle: their own first, so that nothing is chosen twice."""
    found: dict[str, str] = {}
    for arm in arms(actor, May.WHISTLE):
        code = f"{arm.value}".ljust(12, "0") if arm.column in ("county", "town", "village") else ""
        place = places.division(code) if code else None
        for one in [place, *(places.children(place.code) if place and not place.village else ())]:
            if one is not None and one.town:
                found[one.code] = places.path_name(one.code)
    return list(found.items()) or [("", "—")]


def _problems() -> list[tuple[str, Any]]:
    """Every class, those of the responsibility lists first."""
    keys = {key for view in queries.in_force(clock.today()) for entry in view.entries for key in entry.classes}
    rows = [one for one in standards.classes() if standards.conditions_of(one.id) or str(one.key) in keys]
    groups: list[tuple[str, Any]] = [("", "—")]
    for name, is_listed in (
        (pgettext("duties", "On the responsibility list"), True),
        (pgettext("duties", "All others"), False),
    ):
        held = [(str(one.key), str(one.name)) for one in rows if (str(one.key) in keys) is is_listed]
        groups += [(name, held)] if held else []
    return groups


@needs(May.SEE_WHISTLES)
@require_GET
def whistle(request: HttpRequest, handle: str) -> HttpResponse:
    """One whistle: where it stands, its units with their clocks, the next move, and its course."""
    return _page(request, _found(request, handle))


def _found(request: HttpRequest, handle: str) -> Whistle:
    found = queries.whistle_seen_by(actor_of(request), handle)
    if found is None:
        raise Http404
    return found


def _listed(found: Whistle) -> Listed:
    return queries.listed_for(found.class_key, found.place, clock.today())


def _page(
    request: HttpRequest,
    found: Whistle,
    *,
    tried: moves.Tried | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, now, listed = actor_of(request), clock.now(), _listed(found)
    offer = moves.Offer(actor, found, listed, tried)
    texts = {text.pk: text.body for text in found.texts.all()}
    units = [_unit(called, role, offer, now) for called, role in wording.roles(found.units.all())]
    context = {
        "whistle": found,
        "what": class_name(found.class_key),
        "kind": WhistleKind(found.kind).label,
        "where": places.path_name(found.place),
        "mark": wording.mark_of(found),
        "told": [text.body for text in found.texts.all() if text.kind == "words"],
        # A link only where the reader may follow it: a department sees its own cases.
        "cases": [(one.handle, cases.case_seen_by(actor, one.handle) is not None) for one in found.cases.all()],
        "moves": [move for move in offer.whistle if not move.is_rare],
        "rare_moves": [move for move in offer.whistle if move.is_rare],
        # Those for which the reader acts come first, whatever their role.
        "units": sorted(units, key=lambda unit: not unit["moves"]),
        "unit_names": [one.short_name for one in listed.others] if found.state == WhistleState.TRIAGE else [],
        "entries": wording.timeline(queries.history_of_whistle(found), texts),
        "refusal": None if tried else refusal,
    }
    return render(request, "whistles/one.html", context, status=status)


def _unit(called: queries.WhistleUnit, role: str, offer: moves.Offer, now: Any) -> dict[str, Any]:
    return {
        "name": called.organisation.short_name,
        "role": role,
        "mark": wording.unit_mark(called),
        "due": wording.due_of(called, now),
        "outside": called.get_outside_display() if called.outside else "",
        "is_released": called.state == UnitState.RELEASED,
        "doubtful": called.due_is_provisional and called.due_at is not None,
        "moves": offer.units[called.pk],
    }


@needs(May.SEE_WHISTLES)
@require_POST
def make_move(request: HttpRequest, handle: str, verb: str) -> HttpResponse:
    """Make a move of the whistle; a refusal comes back on its page with everything that was typed."""
    found = _found(request, handle)
    if verb not in moves.MAKEABLE:
        raise Http404
    return _made(request, found, W(verb), 0, lambda: moves.make(request, found, W(verb)))


@needs(May.SEE_WHISTLES)
@require_POST
def make_unit_move(request: HttpRequest, handle: str, unit_id: int, verb: str) -> HttpResponse:
    """Make a move of one of its units."""
    found = _found(request, handle)
    if verb not in U.values:
        raise Http404
    return _made(request, found, U(verb), unit_id, lambda: moves.make_unit(request, found, unit_id, U(verb)))


def _made(
    request: HttpRequest, found: Whistle, verb: moves.Verb, unit_id: int, act: Callable[[], object]
) -> HttpResponse:
    try:
        act()
    except (Stale, NotPermitted) as refusal:
        status = 403 if isinstance(refusal, NotPermitted) else 409
        return _page(request, _found(request, found.handle), refusal=refusal, status=status)
    except Refused as refusal:
        form = moves.form_of(found, _listed(found), verb, unit_id, request.POST)
        form.show(refusal)
        return _page(request, found, tried=moves.Tried(verb, unit_id, form), refusal=refusal, status=422)
    return HttpResponseRedirect(reverse("whistles:whistle", args=[found.handle]))
