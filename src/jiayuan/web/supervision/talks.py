# SPDX-License-Identifier: Apache-2.0
"""The pages of summons talks: those in reach, the form that summons a unit, one with its next move."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, holds, may
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.places import queries as places
from jiayuan.supervision import queries, services
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import T, TalkCause, TalkState
from jiayuan.supervision.intake import talk_from, written_up_from
from jiayuan.supervision.queries import PAPER_OF_TALK, Item, Talk
from jiayuan.supervision.services import TalkId
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.wording import unit_name
from jiayuan.web.guards import needs
from jiayuan.web.supervision import talk_forms as forms
from jiayuan.web.supervision import wording
from jiayuan.web.supervision.offices import offices_for, paper_url
from jiayuan.web.supervision.pages import refusals_in
from jiayuan.web.supervision.tabs import tabs_of

_GROUPS: dict[str, tuple[TalkState, ...]] = {
    "called": (TalkState.CALLED,),
    "over": (TalkState.HELD, TalkState.CANCELLED),
}


@needs(May.SEE)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The talks in reach, newest first."""
    actor = actor_of(request)
    group = request.GET.get("of", "") if request.GET.get("of") in _GROUPS else "called"
    names = {"called": pgettext("supervision", "To come"), "over": pgettext("supervision", "Over")}
    page = queries.page_asked(request.GET.get("page", ""))
    rows = queries.page_of_talks(actor, states=_GROUPS[group], skip=page.skip)
    context = {
        "tabs": tabs_of(actor, "supervision:talks"),
        "chips": [
            {"label": name, "url": f"?of={key}", "is_on": key == group, "count": None} for key, name in names.items()
        ],
        "lines": [
            {
                "url": reverse("supervision:talk", args=[made.handle]),
                "unit": unit_name(made.unit_id),
                "number": made.number,
                "cause": made.get_cause_display(),
                "at": made.meets_at,
                "mark": wording.talk_mark(made.state),
            }
            for made in rows[: page.size]
        ],
        "older": f"?of={group}&page={page.number + 1}" if len(rows) > page.size else "",
        "newest": f"?of={group}" if page.number else "",
        "may_summon": holds(actor, May.SUMMON),
    }
    return render(request, "supervision/talks.html", context)


@needs(May.SUMMON)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Summon a unit: first the unit, then the item that is the ground, or a reason in words."""
    actor = actor_of(request)
    unit = places.organisation_by_code(request.GET.get("unit", ""))
    if unit is None or not _may_summon(actor, unit):
        units = [(one.code, one.short_name) for one in places.organisations() if _may_summon(actor, one)]
        return render(request, "supervision/talk_unit.html", {"form": forms.SummonedForm(units=units)})
    grounds, offices = queries.grounds_of(unit.id), offices_for(actor, {PAPER_OF_TALK}, May.SUMMON)
    matters = queries.matters_of(grounds)
    shown = [(str(item.pk), _ground(item, matters)) for item in grounds]
    if request.method == "GET":
        initial = {"cause": TalkCause.OVERDUE, "day": clock.today(), "hour": "15:00"}
        initial |= {"item": shown[0][0] if shown else "", "summoned": pgettext("supervision", "principal leader")}
        form = forms.TalkForm(initial=initial, grounds=shown, offices=offices)
        return _new_page(request, form, unit)
    try:
        given = talk_from(request.POST.dict(), unit_id=unit.id, items=[item.pk for item in grounds])
        made = services.call_talk(given=given, by=actor, at=clock.now())
    except NotPermitted:
        raise
    except Refused as refusal:
        form = forms.TalkForm(request.POST, grounds=shown, offices=offices)
        form.show(refusal)
        return _new_page(request, form, unit, status=409 if isinstance(refusal, Stale) else 422)
    return HttpResponseRedirect(reverse("supervision:talk", args=[made.handle]))


def _may_summon(actor: Actor, unit: places.Unit) -> bool:
    home = queries.home_of(unit.id)
    own = unit.id in actor.unit_ids
    return home is not None and not own and may(actor, May.SUMMON, at=queries.spot_of_unit(unit.id, home))


def _ground(item: Item, matters: dict[int, str]) -> str:
    number = pgettext("supervision", "%(sheet)s, item %(number)s") % {
        "sheet": item.sheet.number,
        "number": item.number,
    }
    return f"{number} · {wording.what(item, matters)} · {places.path_name(item.place)}"


def _new_page(request: HttpRequest, form: forms.TalkForm, unit: places.Unit, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "unit": unit, "client_id": request.POST.get("client_id") or str(uuid4())}
    return render(request, "supervision/talk_new.html", context, status=status)


def _found(request: HttpRequest, handle: str) -> Talk:
    made = queries.talk_seen_by(actor_of(request), handle)
    if made is None:
        raise Http404
    return made


@needs(May.SEE)
@require_GET
def one(request: HttpRequest, handle: str) -> HttpResponse:
    """One talk: why, who by post, what was promised and the sheet on which that is tracked."""
    return _page(request, _found(request, handle))


def _page(
    request: HttpRequest,
    made: Talk,
    *,
    form: forms.WriteUpForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "talk": made,
        "unit": unit_name(made.unit_id),
        "mark": wording.talk_mark(made.state),
        "paper_url": paper_url(actor, made.paper_id),
        "minutes_url": paper_url(actor, made.minutes_paper_id),
        "moves": [_move(made, verb, form) for verb in queries.moves_of_talk(actor, made)],
        "entries": wording.timeline_of_talk(queries.history_of_talk(made)),
        "refusals": refusals_in(refusal) if form is None else [],
    }
    return render(request, "supervision/talk.html", context, status=status)


def _move(made: Talk, verb: T, form: forms.WriteUpForm | None) -> dict[str, Any]:
    asked = (form or forms.WriteUpForm(initial={"days": forms.DAYS})) if verb is T.HOLD else None
    return {
        "label": verb.label,
        "url": reverse("supervision:move_talk", args=[made.handle, verb.value]),
        "version": made.version,
        "form": asked,
        "is_open": form is not None and verb is T.HOLD,
        "is_main": verb is T.HOLD,
        "optional": (),
    }


@needs(May.SUMMON)
@require_POST
def make_move(request: HttpRequest, handle: str, verb: str) -> HttpResponse:
    """Write a talk up, or cancel it; what was refused comes back with everything that was typed."""
    made = _found(request, handle)
    if verb not in T.values:
        raise Http404
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else None
    try:
        _work(made, T(verb), request.POST.dict(), actor_of(request), clock.now(), version)
    except NotPermitted:
        raise
    except Refused as refusal:
        form = None
        if verb == T.HOLD and not isinstance(refusal, Stale):
            form = forms.WriteUpForm(request.POST)
            form.show(refusal)
        status = 409 if isinstance(refusal, Stale) else 422
        return _page(request, _found(request, handle), form=form, refusal=refusal, status=status)
    return HttpResponseRedirect(reverse("supervision:talk", args=[handle]))


def _work(made: Talk, verb: T, posted: dict[str, Any], by: Actor, at: datetime, version: int | None) -> None:
    if verb is T.HOLD:
        services.hold_talk(talk_id=TalkId(made.pk), given=written_up_from(posted), by=by, at=at, version=version)
    else:
        services.cancel_talk(talk_id=TalkId(made.pk), by=by, at=at, version=version)
