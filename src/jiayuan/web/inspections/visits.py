# SPDX-License-Identifier: Apache-2.0
"""Scoring a place on a phone, and what was found there for whoever may read it. Works without a script.

With a script every finding is kept on the phone until it has arrived, and sent again when the line is back.
"""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases.access import May as Cases
from jiayuan.inspections import queries, services
from jiayuan.inspections.access import May
from jiayuan.inspections.enums import VisitState
from jiayuan.inspections.intake import finding_from, times_from
from jiayuan.inspections.queries import VisitView
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.kernel.errors import Problems, Refused
from jiayuan.places import queries as places
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.photos import kept_photos, receive_photos
from jiayuan.web.guards import needs
from jiayuan.web.inspections import wording


def _found(request: HttpRequest, number: int) -> VisitView:
    found = queries.visit_seen_by(actor_of(request), number)
    if found is None:
        raise Http404
    return found


@needs(May.SEE)
@require_GET
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A drawn place: its sheet to be scored by its inspector, or what was found for whoever may read it."""
    return _page(request, _found(request, number))


def _page(
    request: HttpRequest, view: VisitView, *, refusal: Refused | None = None, kept: list[str] | None = None
) -> HttpResponse:
    by = actor_of(request)
    scores = view.inspector_id == by.person_id and by.person_id is not None and view.state is not VisitState.SUBMITTED
    sheet, marks = queries.sheet_of(view.version_id), queries.marks_of(view.id)
    found = queries.findings_of(view.id)
    refusals = list(refusal.refusals) if isinstance(refusal, Problems) else [refusal] if refusal else []
    context = {
        "visit": view,
        "where": places.path_name(view.village),
        "mark": wording.visit_mark(view.state),
        "modules": wording.sheet_shown(sheet, marks),
        "total": wording.printed(queries.score(sheet, marks).total),
        "sees_points": scores or view.points is not None or not found,
        "points": wording.printed(view.points),
        "scores": [{"view": one, "points": wording.printed(one.points)} for one in queries.scores_of(view.id)]
        if view.points is not None
        else [],
        "findings": wording.findings_shown(sheet, found, _openable(by, view, found)),
        "counted": sum(bool(one.times) for one in found),
        "may_score": scores,
        "may_appeal": _may_appeal(by, view),
        "may_decide": _may_decide(by, view),
        "client_id": str(uuid4()),
        "opened": request.POST.get("ground", ""),
        "typed": request.POST,
        "kept": kept or [],
        "refusals": refusals,
    }
    return render(request, "inspections/visit.html", context, status=422 if refusals else 200)


def _openable(by: Actor, view: VisitView, found: list[queries.FindingView]) -> dict[int, bool]:
    """Whose cases somebody may open: those that they see at the desk."""
    sees = may(by, Cases.SEE, at=Spot(code=view.village))
    return {one.id: sees and bool(one.case_handle) for one in found}


def _may_appeal(by: Actor, view: VisitView) -> bool:
    is_open = view.is_published and view.appeals_until is not None and clock.now() <= view.appeals_until
    return is_open and may(by, May.APPEAL, at=Spot(code=view.village))


def _may_decide(by: Actor, view: VisitView) -> bool:
    found = queries.round_seen_by(by, view.round_handle)
    return found is not None and may(by, May.DECIDE, at=queries.spot_of(found))


def _wants_words(request: HttpRequest) -> bool:
    """Whether a script sent this and wants a word instead of a page."""
    return request.headers.get("Accept", "") == "application/json"


@needs(May.INSPECT)
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a finding; a script gets the number it was given, a browser the page again."""
    view, kept = _found(request, number), kept_photos(request)
    try:
        receive_photos(request, kept)
        given = finding_from(request.POST.dict(), photos=kept)
        made = services.note_finding(visit_id=view.id, given=given, by=actor_of(request), at=clock.now())
    except Refused as refusal:
        if _wants_words(request):
            return JsonResponse({"message": refusal.message, "code": refusal.code}, status=422)
        return _page(request, view, refusal=refusal, kept=[str(handle) for handle in kept])
    if _wants_words(request):
        return JsonResponse({"number": made.number})
    return HttpResponseRedirect(reverse("inspections:visit", args=[number]) + f"#f{made.number}")


@needs(May.INSPECT)
@require_POST
def count(request: HttpRequest, number: int, finding: int) -> HttpResponse:
    """Count a finding another number of times; 0 strikes it."""
    view = _found(request, number)
    try:
        times = times_from(request.POST.get("times", ""), least=0)
        services.count_again(visit_id=view.id, number=finding, times=times, by=actor_of(request), at=clock.now())
    except Refused as refusal:
        return _page(request, view, refusal=refusal)
    return HttpResponseRedirect(reverse("inspections:visit", args=[number]) + f"#f{finding}")


@needs(May.INSPECT)
@require_POST
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Hand the sheet in: the place is scored and what was found becomes cases."""
    view = _found(request, number)
    expected = request.POST.get("expected", "")
    try:
        services.submit_visit(
            visit_id=view.id,
            absent=request.POST.getlist("absent"),
            expected=int(expected) if expected.isascii() and expected.isdigit() and len(expected) < 5 else None,
            by=actor_of(request),
            at=clock.now(),
        )
    except Refused as refusal:
        return _page(request, view, refusal=refusal)
    return HttpResponseRedirect(reverse("inspections:visit", args=[number]) + "?done=1")


def sight_of_finding(actor: Actor, finding_id: int) -> Spot | None:
    """Where a finding stands, for whoever may see its place."""
    found = queries.finding_of(finding_id)
    view = queries.visit_seen_by(actor, found[1]) if found else None
    return Spot(code=view.village) if view else None


def sight_of_appeal(actor: Actor, appeal_id: int) -> Spot | None:
    """Where an appeal stands, for whoever may see its place."""
    visit_id = queries.visit_of_appeal(appeal_id)
    view = queries.visit_seen_by(actor, visit_id) if visit_id else None
    return Spot(code=view.village) if view else None
