# SPDX-License-Identifier: Apache-2.0
"""What stands beside a case and is fetched after it: who else has it open, notes, cases nearby, standard replies.

Without a script the same is a page of its own.
"""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import npgettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import Readers
from jiayuan.cases.queries import Case
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, may
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.kernel.words import words
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.desk import line
from jiayuan.web.cases.presence import others_at
from jiayuan.web.guards import needs
from jiayuan.web.whistles.beside import whistles_beside

LONGEST_NOTE = 1000


@needs(May.SEE)
@require_GET
def beside(request: HttpRequest, handle: str) -> HttpResponse:
    """The fragment, or the page when it was opened by itself."""
    return _shown(request, _found(request, handle))


@needs(May.SEE)
@require_POST
def write(request: HttpRequest, handle: str) -> HttpResponse:
    """Leave a note; what is wrong with it comes back with every word that was typed."""
    case = _found(request, handle)
    readers = Readers.UNIT if request.POST.get("readers") == Readers.UNIT.value else Readers.DESK
    body = request.POST.get("body", "")
    try:
        services.note(
            case_id=services.CaseId(case.pk),
            client_id=_client_id(request.POST.get("client_id", "")),
            body=words(body, field="body", longest=LONGEST_NOTE),
            readers=readers,
            by=actor_of(request),
            at=clock.now(),
        )
    except Refused as refusal:
        status = 403 if isinstance(refusal, NotPermitted) else 422
        return _shown(request, case, refusal=refusal, typed=body, readers=readers, status=status)
    return HttpResponseRedirect(f"{reverse('cases:case', args=[case.handle])}#notes")


def _client_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _found(request: HttpRequest, handle: str) -> Case:
    case = queries.case_seen_by(actor_of(request), handle)
    if case is None:
        raise Http404
    return case


def _shown(
    request: HttpRequest,
    case: Case,
    *,
    refusal: Refused | None = None,
    typed: str = "",
    readers: Readers = Readers.DESK,
    status: int = 200,
) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    may_note = may(actor, May.NOTE, at=case.spot)
    through_unit = queries.comes_through_unit(actor, case)
    around = queries.people_around(case)
    colleagues = queries.colleagues_of(actor, case, around) if may_note else []
    context = {
        "case_url": reverse("cases:case", args=[case.handle]),
        "write_url": reverse("cases:note", args=[case.handle]),
        "handle": case.handle,
        "present": _present(actor, case, queries.named_to(actor, case, colleagues)) if may_note else "",
        "notes": queries.notes_of(actor, case, around),
        "may_note": may_note,
        "asks_readers": not through_unit and case.unit_id is not None,
        "readers": readers.value,
        "colleagues": colleagues,
        "client_id": uuid4(),
        "refusal": refusal,
        "typed": typed,
        "near": [line(row, now, by=actor) for row in queries.near(actor, case, at=now)],
        "replies": queries.replies_for(case) if may_note else [],
        **whistles_beside(actor, case, now),
    }
    fragment = request.headers.get("HX-Request") == "true"
    return render(request, "cases/_beside.html" if fragment else "cases/beside.html", context, status=status)


def _present(actor: Actor, case: Case, names: Mapping[int, str]) -> str:
    """Who opened the case just now, among those whose names the reader may know."""
    for other in others_at(case.pk, account_id=actor.account_id or 0):
        if other.account_id in names:
            ago = npgettext("cases", "%(n)s minute ago", "%(n)s minutes ago", other.minutes) % {"n": other.minutes}
            when = ago if other.minutes else pgettext("cases", "just now")
            return pgettext("cases", "%(who)s opened this case %(when)s.") % {
                "who": names[other.account_id],
                "when": when,
            }
    return ""
