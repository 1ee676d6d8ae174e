# SPDX-License-Identifier: Apache-2.0
"""Appeals of the inspected against findings, and their decision by somebody who did not score."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from jiayuan.inspections import queries, services
from jiayuan.inspections.access import May
from jiayuan.inspections.enums import AppealState
from jiayuan.inspections.intake import times_from
from jiayuan.inspections.queries import FindingView, VisitView
from jiayuan.kernel import clock
from jiayuan.kernel.access import Spot, may
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import words
from jiayuan.places import queries as places
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.photos import kept_photos, receive_photos
from jiayuan.web.guards import needs
from jiayuan.web.inspections import wording
from jiayuan.web.inspections.forms import AppealForm, DecideForm
from jiayuan.web.inspections.rounds import sent

LONGEST = 500


@needs(May.APPEAL)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Appeal against a finding of one's own place."""
    by = actor_of(request)
    found = queries.finding_of(number)
    view = queries.visit_seen_by(by, found[1]) if found else None
    if found is None or view is None or not may(by, May.APPEAL, at=Spot(code=view.village)):
        raise Http404
    form, kept = AppealForm(sent(request)), kept_photos(request)
    status = 200
    if request.method == "POST":
        try:
            receive_photos(request, kept)
            reason = words(request.POST.get("reason", ""), field="reason", longest=LONGEST, needed=True)
            services.appeal(finding_id=number, reason=reason, photos=kept, by=by, at=clock.now())
            messages.success(request, pgettext("inspections", "The appeal is on its way. Its answer stands here."))
            return HttpResponseRedirect(reverse("inspections:visit", args=[view.id]))
        except Refused as refusal:
            form.show(refusal)
            status = 422
    context = _context(view, found[0]) | {"form": form, "kept": [str(handle) for handle in kept]}
    return render(request, "inspections/appeal.html", context, status=status)


def _context(view: VisitView, found: FindingView) -> dict[str, Any]:
    shown = wording.findings_shown(queries.sheet_of(view.version_id), [found], {})[0]
    return {"visit": view, "where": places.path_name(view.village), "finding": shown}


@needs(May.DECIDE)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Decide an appeal: as many times as before refuse it, fewer correct the score."""
    by = actor_of(request)
    visit_id = queries.visit_of_appeal(number)
    view = queries.visit_seen_by(by, visit_id) if visit_id else None
    round_view = queries.round_seen_by(by, view.round_handle) if view else None
    if view is None or round_view is None or not may(by, May.DECIDE, at=queries.spot_of(round_view)):
        raise Http404
    found = next(one for one in queries.findings_of(view.id) if one.appeal is not None and one.appeal.id == number)
    form = DecideForm(sent(request), initial={"times": found.times})
    status = 200
    if request.method == "POST":
        try:
            times = times_from(request.POST.get("times", ""), least=0)
            answer = words(request.POST.get("answer", ""), field="answer", longest=LONGEST, needed=True)
            services.decide_appeal(appeal_id=number, times=times, answer=answer, by=by, at=clock.now())
            return HttpResponseRedirect(reverse("inspections:visit", args=[view.id]))
        except Refused as refusal:
            form.show(refusal)
            status = 422
    is_open = found.appeal is not None and found.appeal.state is AppealState.ASKED
    context = _context(view, found) | {"form": form, "is_open": is_open}
    return render(request, "inspections/decide.html", context, status=status)
