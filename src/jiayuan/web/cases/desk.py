# SPDX-License-Identifier: Apache-2.0
"""The desk's page of one case, and its moves. One service call per request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import queries
from jiayuan.cases.access import May
from jiayuan.cases.enums import OPEN, State, V
from jiayuan.cases.events import CaseLookedBack
from jiayuan.cases.queries import Case, Row
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, may
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.media import queries as media_queries
from jiayuan.media.enums import PhotoRole, PhotoState, Variant
from jiayuan.record.queries import Happened
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import forms, moves, same, wording
from jiayuan.web.cases.photos import kept_photos
from jiayuan.web.clearing.claims import claim_of
from jiayuan.web.guards import needs
from jiayuan.web.guide.rendering import beside
from jiayuan.web.releases.asking import releases_shown


@dataclass(frozen=True, slots=True)
class Line:
    """A case as a row of a list shows it."""

    handle: str
    url: str
    what: str
    where: str
    unit: str
    mark: wording.Mark
    due: wording.DueLine | None
    reported_at: datetime


def line(row: Row, now: datetime, *, by: Actor) -> Line:
    """A row in the words of the reader."""
    return Line(
        handle=row.handle,
        url=reverse("cases:case", args=[row.handle]),
        what=wording.class_name(row.problem_class_id),
        where=wording.place_name(row.village, with_county=_sees_counties(by)),
        unit=wording.unit_name(row.unit_id),
        mark=wording.mark(row.state),
        due=wording.due_line(
            state=row.state, due_at=row.due_at, condition_id=row.condition_id, in_time=row.in_time, now=now
        ),
        reported_at=row.reported_at,
    )


def _sees_counties(actor: Actor) -> bool:
    """Whether the actor's posts reach into several counties, so that a town's name alone says too little."""
    reach = {grant.area.key[:6] for grant in actor.grants}
    return len(reach) > 1 or any(len(key) < 6 for key in reach)


@needs(May.SEE)
@require_GET
def case_page(request: HttpRequest, handle: str) -> HttpResponse:
    """One case: what and where, who has it, the next move, before and after, and its course."""
    return _page(request, _found(request, handle))


@needs(May.TRIAGE)
@require_GET
def likely_same(request: HttpRequest, handle: str) -> HttpResponse:
    """The open cases that this one may be the same as, each to be merged with one tap; a part of the case's page."""
    case = _found(request, handle)
    context = {"case": case, "same": same.for_the_desk(actor_of(request), case, queries.texts_of(case).values())}
    template = "cases/_same_desk.html" if "HX-Request" in request.headers else "cases/same.html"
    return render(request, template, context)


def _found(request: HttpRequest, handle: str) -> Case:
    case = queries.case_seen_by(actor_of(request), handle)
    if case is None:
        raise Http404
    return case


def _page(
    request: HttpRequest,
    case: Case,
    *,
    open_form: tuple[V, forms.VersionedForm] | None = None,
    refusal: Refused | None = None,
    kept: Sequence[UUID] = (),
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    history = queries.history_of(case)
    texts = queries.texts_of(case)
    row = queries.row_behind(case)
    shown = media_queries.photos_of_each([case.ref, *([row.ref] if row else [])])
    photos = shown.get(case.ref, ())
    offered = moves.moves_shown(case, queries.moves_of(actor, case, history, at=clock.now()), open_form)
    if any(move.is_open and move.asks for move in offered) and open_form is not None:
        refusal = None  # the open form says it beside its question
    context = {
        "case": case,
        "line": line_of(case, clock.now(), by=actor),
        "told": [text.body for text in texts.values() if text.kind == "report"],
        "place_told": [text.body for text in texts.values() if text.kind == "place"],
        "contact": queries.contact_of(actor, case),
        "moves": [move for move in offered if not move.is_rare],
        "rare_moves": [move for move in offered if move.is_rare],
        "kept": [str(handle) for handle in kept],
        "typed": typed.strip(),
        "refusal": refusal,
        "closing": _closing(case),
        "lacks_picture": _lacks_picture(case, photos),
        "check_url": reverse("checks:check", args=[case.handle]) if queries.may_compare(actor, case) else "",
        "redraw_url": reverse("checks:redraw", args=[case.handle]) if queries.may_redraw(actor, case) else "",
        "before": [picture(photo) for photo in photos if photo.role == PhotoRole.BEFORE],
        "after": [picture(photo) for photo in photos if photo.role == PhotoRole.AFTER],
        "releases": releases_shown(photos, spot=case.spot, by=actor),
        "back_as": _back_as(history),
        "claim": claim_of(row, shown.get(row.ref, ()), by=actor) if row else None,
        "entries": wording.timeline(history, texts),
        "guide": beside(queries.beside_case(_class_key(case), [move.verb for move in offered])),
        "may_be_same": case.state in OPEN and may(actor, May.TRIAGE, at=case.spot),
    }
    return render(request, "cases/case.html", context, status=status)


def _back_as(history: Sequence[Happened]) -> str:
    """The receipt code of the case that says the problem is back; asked only where somebody found it back."""
    found = [one.event.relapse_id for one in history if isinstance(one.event, CaseLookedBack) and one.event.relapse_id]
    return queries.handle_of(found[-1]) if found else ""


def _class_key(case: Case) -> str:
    return str(standards.problem_class(case.problem_class_id).key)


def line_of(case: Case, now: datetime, *, by: Actor) -> Line:
    """A case in the words of the reader."""
    return line(Row(**{name: getattr(case, name) for name in queries.ROW_FIELDS}), now, by=by)


def _closing(case: Case) -> str:
    """When the case counts as done, as its filing condition says."""
    return str(standards.condition(case.condition_id).closes_when) if case.condition_id is not None else ""


def _lacks_picture(case: Case, photos: Sequence[media_queries.PhotoShown]) -> bool:
    """Whether the class usually needs a picture of the problem and none came: told before filing, never refused."""
    is_early = case.state in (State.REPORTED, State.VERIFYING, State.VERIFIED)
    return is_early and not photos and standards.photo_rule(case.problem_class_id).before > 0


def picture(photo: media_queries.PhotoShown) -> dict[str, Any]:
    """A picture as the parts of a page show it; one that is still being made says so in words."""
    alt = pgettext("cases", "Before") if photo.role == PhotoRole.BEFORE else pgettext("cases", "After")
    if photo.state != PhotoState.DERIVED:
        return {"url": "", "words": str(photo.state.label), "alt": alt, "at": photo.linked_at}
    return {
        "url": media_queries.variant_url(photo, Variant.THUMB),
        "full_url": media_queries.variant_url(photo, Variant.LARGE),
        "alt": alt,
        "at": photo.linked_at,
    }


@needs(May.SEE)
@require_POST
def make_move(request: HttpRequest, handle: str, verb: str) -> HttpResponse:
    """Make one move; a refusal comes back on the case's page with everything that was typed."""
    case = _found(request, handle)
    if verb not in V.values:
        raise Http404
    form, kept = moves.form_of(case, V(verb), request.POST), kept_photos(request)
    try:
        moves.make(request, case, V(verb), kept)
    except (Stale, NotPermitted) as refusal:
        status = 403 if isinstance(refusal, NotPermitted) else 409
        return _page(
            request, _found(request, handle), refusal=refusal, typed=request.POST.get("note", ""), status=status
        )
    except Refused as refusal:
        form.show(_renamed(refusal))
        return _page(request, case, open_form=(V(verb), form), refusal=refusal, kept=kept, status=422)
    return HttpResponseRedirect(_next_page(request, case))


def _renamed(refusal: Refused) -> Refused:
    if refusal.field == "evidence":
        refusal.field = "photos"
    return refusal


def _next_page(request: HttpRequest, case: Case) -> str:
    """The same case if it is still in reach (a returned one leaves the unit's), else the to-do list."""
    if queries.case_seen_by(actor_of(request), case.handle) is None:
        return reverse("desk:todo")
    return reverse("cases:case", args=[case.handle])
