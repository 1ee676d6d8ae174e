# SPDX-License-Identifier: Apache-2.0
"""The pages of bulletins: drafted with two answers, edited part by part, signed by somebody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import npgettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiayuan.cases.queries import loading
from jiayuan.inspections import queries as inspections
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, holds, may
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.kernel.words import words
from jiayuan.papers import queries as papers
from jiayuan.places import queries as places
from jiayuan.supervision import queries, services
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import B, BulletinKind, BulletinState
from jiayuan.supervision.intake import choice, client_id_from
from jiayuan.supervision.queries import HEADING, Bulletin
from jiayuan.supervision.services import BulletinId, BulletinInput
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.supervision import wording
from jiayuan.web.supervision.forms import BulletinForm
from jiayuan.web.supervision.pages import refusals_in
from jiayuan.web.supervision.tabs import tabs_of

KIND_OF_PAPER = "bulletin"
LONGEST_PART = 2000


@needs(May.SEE)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The bulletins in the actor's reach, newest first."""
    actor = actor_of(request)
    context = {
        "tabs": tabs_of(actor, "bulletins:list"),
        "lines": [_line(row) for row in queries.bulletins_seen_by(actor)],
        "may_write": holds(actor, May.WRITE_BULLETIN),
    }
    return render(request, "supervision/bulletins.html", context)


def _line(row: Bulletin) -> dict[str, Any]:
    return {
        "url": reverse("bulletins:one", args=[row.handle]),
        "title": row.title,
        "number": row.number,
        "mark": wording.bulletin_mark(row.state),
        "at": row.issued_at or row.made_at,
    }


@needs(May.WRITE_BULLETIN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft a bulletin: about a published round, or about the cases of some days. Everything else is proposed."""
    actor = actor_of(request)
    choices = {"offices": _offices(actor), "rounds": _rounds(actor)}
    if request.method == "POST":
        form = BulletinForm(request.POST, **choices)
        try:
            made = services.draft_bulletin(given=_given(request.POST), by=actor, at=clock.now())
            return HttpResponseRedirect(reverse("bulletins:one", args=[made.handle]))
        except NotPermitted:
            raise
        except Refused as refusal:
            form.show(refusal)
            return render(request, "supervision/bulletin_new.html", {"form": form, "loading": loading()}, status=422)
    form = BulletinForm(initial=_initial(choices, request.GET.get("round", "")), **choices)
    return render(request, "supervision/bulletin_new.html", {"form": form, "loading": loading()})


def _offices(actor: Actor) -> list[tuple[str, str]]:
    return [
        (one.code, one.name)
        for one in papers.offices()
        if KIND_OF_PAPER in dict(one.marks) and may(actor, May.WRITE_BULLETIN, at=papers.spot_of(one.area))
    ]


def _rounds(actor: Actor) -> list[tuple[str, str]]:
    seen = inspections.rounds_seen_by(actor)
    return [(one.handle, one.title) for one in seen if one.published_at is not None]


def _initial(choices: dict[str, list[tuple[str, str]]], handle: str) -> dict[str, Any]:
    """The month before, or the round from whose page somebody came."""
    first = clock.today().replace(day=1)
    before = first - timedelta(days=1)
    return {
        "kind": BulletinKind.ROUND if handle else BulletinKind.PERIOD,
        "round": handle,
        "since": before.replace(day=1),
        "until": before,
        "office": choices["offices"][0][0] if choices["offices"] else "",
        "client_id": str(uuid4()),
    }


def _given(posted: Any) -> BulletinInput:
    kind = choice(BulletinKind, posted.get("kind", ""), field="kind")
    is_round = kind is BulletinKind.ROUND
    return BulletinInput(
        client_id=client_id_from(posted.get("client_id", "")),
        kind=kind,
        office=posted.get("office", ""),
        round_handle=posted.get("round", "") if is_round else "",
        since=None if is_round else _day(posted.get("since", "")),
        until=None if is_round else _day(posted.get("until", "")),
    )


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed.strip())
    except ValueError:
        return None


def found_bulletin(request: HttpRequest, handle: str) -> Bulletin:
    """A bulletin that the reader may see; any other does not exist."""
    bulletin = queries.bulletin_seen_by(actor_of(request), handle)
    if bulletin is None:
        raise Http404
    return bulletin


@needs(May.SEE)
@require_GET
def one(request: HttpRequest, handle: str) -> HttpResponse:
    """One bulletin as it reads, its numbers with their queries, and what may be done now."""
    return _page(request, found_bulletin(request, handle))


def _page(
    request: HttpRequest,
    bulletin: Bulletin,
    *,
    refusal: Refused | None = None,
    typed: tuple[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = queries.facts_of(bulletin)
    moves = queries.bulletin_moves_for(actor_of(request), bulletin)
    parts = [_part(part, facts, typed) for part in bulletin.parts.order_by("number")]
    context = {
        "tabs": tabs_of(actor_of(request), "bulletins:list"),
        "bulletin": bulletin,
        "paper": bulletin.paper,
        "mark": wording.bulletin_mark(bulletin.state),
        "parts": parts,
        "facts": list(facts.values()),
        "area": places.path_name(bulletin.area),
        "may": {verb.value for verb in moves},
        "may_correct": bulletin.state == BulletinState.ISSUED
        and may(actor_of(request), May.WRITE_BULLETIN, at=bulletin.spot),
        "edited": sum(part["is_edited"] for part in parts),
        "entries": wording.bulletin_timeline(queries.bulletin_history(bulletin)),
        "refusals": refusals_in(refusal),
        "client_id": str(uuid4()),
    }
    return render(request, "supervision/bulletin.html", context, status=status)


def _part(part: Any, facts: dict[str, queries.Fact], typed: tuple[int, str] | None) -> dict[str, Any]:
    is_open = typed is not None and typed[0] == part.number
    return {
        "number": part.number,
        "is_heading": part.kind == HEADING,
        "text": typed[1] if is_open and typed is not None else part.text,
        "pieces": [_piece(piece) for piece in queries.pieces(part.text, facts)],
        "is_edited": part.text != part.proposed,
        "is_out": not part.text,
        "is_open": is_open,
    }


def _piece(piece: str | queries.Fact) -> dict[str, Any]:
    if isinstance(piece, str):
        return {"text": piece, "name": ""}
    return {"text": piece.text, "name": piece.name}


def version_in(request: HttpRequest) -> int | None:
    """The version of the page that was looked at, as the form tells it."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


@needs(May.WRITE_BULLETIN)
@require_POST
def edit(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Change one part; a figure that was typed is refused and what was typed stays."""
    bulletin = found_bulletin(request, handle)
    text = request.POST.get("text", "").replace("\r\n", "\n").strip()
    try:
        services.edit_part(
            bulletin_id=BulletinId(bulletin.pk),
            number=number,
            text=words(text, field="text", longest=LONGEST_PART),
            by=actor_of(request),
            at=clock.now(),
            version=version_in(request),
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        status = 409 if isinstance(refusal, Stale) else 422
        return _page(request, found_bulletin(request, handle), refusal=refusal, typed=(number, text), status=status)
    return HttpResponseRedirect(reverse("bulletins:one", args=[handle]) + f"#part-{number}")


_WORK: dict[B, Callable[..., Any]] = {
    B.ASK_AGAIN: services.ask_again,
    B.HAND_UP: services.hand_up,
    B.HAND_BACK: services.hand_back,
    B.SIGN: services.sign_bulletin,
    B.DISCARD: services.discard_bulletin,
}


@needs(May.SEE)
@require_POST
def move(request: HttpRequest, handle: str, verb: str) -> HttpResponse:
    """One move of a bulletin."""
    bulletin = found_bulletin(request, handle)
    if verb not in B.values or B(verb) not in _WORK:
        raise Http404
    try:
        done = _WORK[B(verb)](
            bulletin_id=BulletinId(bulletin.pk), by=actor_of(request), at=clock.now(), version=version_in(request)
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        status = 409 if isinstance(refusal, Stale) else 422
        return _page(request, found_bulletin(request, handle), refusal=refusal, status=status)
    if B(verb) is B.ASK_AGAIN:
        said = npgettext("supervision", "%(n)s number changed.", "%(n)s numbers changed.", done)
        messages.success(request, said % {"n": done})
    if B(verb) is B.DISCARD:
        return HttpResponseRedirect(reverse("bulletins:list"))
    return HttpResponseRedirect(reverse("bulletins:one", args=[handle]))


@needs(May.WRITE_BULLETIN)
@require_POST
def correct(request: HttpRequest, handle: str) -> HttpResponse:
    """Draft a bulletin that corrects a published one."""
    bulletin = found_bulletin(request, handle)
    try:
        made = services.correct_bulletin(
            bulletin_id=BulletinId(bulletin.pk),
            client_id=client_id_from(request.POST.get("client_id", "")),
            by=actor_of(request),
            at=clock.now(),
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        return _page(request, bulletin, refusal=refusal, status=422)
    messages.success(request, pgettext("supervision", "This draft corrects %(number)s.") % {"number": bulletin.number})
    return HttpResponseRedirect(reverse("bulletins:one", args=[made.handle]))
