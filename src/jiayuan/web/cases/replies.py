# SPDX-License-Identifier: Apache-2.0
"""Standard replies: which sentences are offered beside the notes of which moves, kept by those who answer for them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import V
from jiayuan.kernel import clock
from jiayuan.kernel.access import Area, arms
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import words
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.wording import class_name
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
    body, verb, area, class_id = (request.POST.get(name, "") for name in ("body", "verb", "area", "class"))
    known = {code for code, _ in _areas(request)}
    try:
        services.add_reply(
            area=area if area in known else next(iter(known), ""),
            verb=V(verb) if verb in V.values else None,
            class_id=_class(class_id),
            body=words(body, field="body", longest=LONGEST),
            by=actor_of(request),
            at=clock.now(),
        )
    except Refused as refusal:
        return _shown(request, refusal=refusal, typed=body, verb=verb, class_id=class_id, status=422)
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


def _classes() -> list[tuple[str, str]]:
    """The classes for which a sentence can be kept apart: those under which cases are filed."""
    return [
        (str(row.id), f"{row.key.code} {row.name}") for row in standards.classes() if standards.conditions_of(row.id)
    ]


def _class(text: str) -> int | None:
    """The chosen class, or none for every kind."""
    if not text:
        return None
    if text not in dict(_classes()):
        raise Refused("missing_class", pgettext("cases", "Choose one of these."), field="class")
    return int(text)


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
    request: HttpRequest,
    *,
    refusal: Refused | None = None,
    typed: str = "",
    verb: str = "",
    class_id: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "replies": [
            {
                "id": reply.pk,
                "body": reply.body,
                "verb": str(V(reply.verb).label) if reply.verb else "",
                "kind": class_name(reply.problem_class_id) if reply.problem_class_id is not None else "",
            }
            for reply in queries.replies_kept(actor_of(request))
        ],
        "classes": _classes(),
        "class_id": class_id,
        "areas": _areas(request),
        "verbs": [(one.value, str(one.label)) for one in V],
        "refusal": refusal,
        "typed": typed,
        "verb": verb,
    }
    return render(request, "cases/replies.html", context, status=status)
