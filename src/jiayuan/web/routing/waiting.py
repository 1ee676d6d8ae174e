# SPDX-License-Identifier: Apache-2.0
"""Dispatching many filed cases by the rules: what each rule names is shown first, then sent, each case by itself."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import npgettext, pgettext
from django.views.decorators.http import require_http_methods

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import State
from jiayuan.cases.queries import Filter, Row
from jiayuan.kernel import clock
from jiayuan.kernel.errors import Refused
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.wording import class_name, unit_name
from jiayuan.web.guards import needs
from jiayuan.web.routing import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A filed case with what the rules name for it; ``value`` is what its tick sends."""

    handle: str
    what: str
    where: str
    unit: str
    reason: str
    value: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one ticked case."""

    handle: str
    words: str
    is_done: bool


@needs(May.DISPATCH)
@require_http_methods(["GET", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """The newest filed cases with the units that the rules name, and sending those that are ticked."""
    outcomes = [_sent(request, value) for value in request.POST.getlist("case")] if request.method == "POST" else []
    done = sum(outcome.is_done for outcome in outcomes)
    page = queries.page_of_cases(actor_of(request), narrowed=Filter(states=(State.FILED,)))
    proposals = queries.proposed_units(page.rows, at=clock.now())
    rows = [_waiting(row, proposals.get(row.id)) for row in page.rows]
    context = {
        "named": [row for row in rows if row.unit],
        "others": [row for row in rows if not row.unit],
        "wrong": [outcome for outcome in outcomes if not outcome.is_done],
        "done": npgettext("cases", "%(n)s case was dispatched.", "%(n)s cases were dispatched.", done) % {"n": done}
        if done
        else "",
    }
    return render(request, "routing/waiting.html", context)


def _waiting(row: Row, proposal: queries.Proposal | None) -> Waiting:
    return Waiting(
        handle=row.handle,
        what=class_name(row.problem_class_id),
        where=wording.place_name(row.village),
        unit=unit_name(proposal.unit_id) if proposal else "",
        reason=wording.reason(proposal) if proposal else "",
        value=f"{row.handle}:{proposal.unit_id}" if proposal else "",
    )


def _sent(request: HttpRequest, value: str) -> Outcome:
    """Send one case where the page said; it is judged by itself, as if it had been sent alone."""
    handle, _, unit = value.partition(":")
    case = queries.case_seen_by(actor_of(request), handle)
    if case is None:
        return Outcome(handle, pgettext("cases", "No case in your area has this code."), is_done=False)
    unit_id = int(unit) if unit.isdecimal() and len(unit) < 10 else 0
    try:
        services.dispatch(case_id=services.CaseId(case.pk), unit_id=unit_id, by=actor_of(request), at=clock.now())
    except Refused as refusal:
        return Outcome(case.handle, str(refusal.message), is_done=False)
    return Outcome(case.handle, "", is_done=True)
