# SPDX-License-Identifier: Apache-2.0
"""Standard replies: which sentences are offered beside the notes of which moves, kept by those who answer for them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import V
from jiayuan.kernel import clock
from jiayuan.kernel.access import Area, arms
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import words
from jiayuan.places import queries as places
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs

LONGEST = 200


@needs(May.EDIT_REPLIES)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The sentences of the reader's areas, and a form for another one."""
    return _shown(request)


@needs(May.EDIT_REPLIES)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Offer another sentence."""
    body, verb, area = (request.POST.get(name, "") for name in ("body", "verb", "area"))
    known = {code for code, _ in _areas(request)}
    try:
        services.add_reply(
            area=area if area in known else next(iter(known), ""),
            verb=V(verb) if verb in V.values else None,
            body=words(body, field="body", longest=LONGEST),
            by=actor_of(request),
            at=clock.now(),
        )
    except Refused as refusal:
        return _shown(request, refusal=refusal, typed=body, verb=verb, status=422)
    return HttpResponseRedirect(reverse("cases:replies"))


@needs(May.EDIT_REPLIES)
@require_POST
def take_out(request: HttpRequest) -> HttpResponse:
    """Offer a sentence no longer."""
    number = request.POST.get("reply", "")
    if number not in {str(reply.pk) for reply in queries.replies_kept(actor_of(request))}:
        raise Http404
    services.take_out_reply(reply_id=int(number), by=actor_of(request), at=clock.now())
    return HttpResponseRedirect(reverse("cases:replies"))


def _areas(request: HttpRequest) -> list[tuple[str, str]]:
    """The areas for which the reader keeps replies, as whole codes with their names."""
    found = []
    for arm in arms(actor_of(request), May.EDIT_REPLIES):
        city = places.city()
        code = f"{arm.value:0<12}" if arm.column else (city.code if city else "")
        place = places.division(Area(code).code) if code else None
        found.append((code, place.short_name if place else code))
    return found


def _shown(
    request: HttpRequest, *, refusal: Refused | None = None, typed: str = "", verb: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "replies": [
            {"id": reply.pk, "body": reply.body, "verb": str(V(reply.verb).label) if reply.verb else ""}
            for reply in queries.replies_kept(actor_of(request))
        ],
        "areas": _areas(request),
        "verbs": [(one.value, str(one.label)) for one in V],
        "refusal": refusal,
        "typed": typed,
        "verb": verb,
    }
    return render(request, "cases/replies.html", context, status=status)
