# SPDX-License-Identifier: Apache-2.0
"""The pages of joint meetings: those in reach, the form of a new one, and one with its agenda and its next move."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.cases import queries as cases
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, holds
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.places import queries as places
from jiayuan.supervision import queries, services
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import AgendaKind, Attendance, K, MeetingState
from jiayuan.supervision.intake import AgendumInput, meeting_from
from jiayuan.supervision.queries import PAPER_OF_MEETING, Agendum, Meeting, Proposed
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.wording import class_name, unit_name
from jiayuan.web.duties.wording import class_name as class_called
from jiayuan.web.guards import needs
from jiayuan.web.supervision import meeting_forms as forms
from jiayuan.web.supervision import wording
from jiayuan.web.supervision.offices import offices_for, paper_url
from jiayuan.web.supervision.pages import refusals_in
from jiayuan.web.supervision.tabs import tabs_of

_GROUPS: dict[str, tuple[MeetingState, ...]] = {
    "open": (MeetingState.PLANNED, MeetingState.HELD),
    "issued": (MeetingState.ISSUED,),
    "cancelled": (MeetingState.CANCELLED,),
}


@needs(May.SEE)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The meetings in reach, newest first, and for whoever prepares them what waits for one."""
    actor = actor_of(request)
    group = request.GET.get("of", "") if request.GET.get("of") in _GROUPS else "open"
    names = {
        "open": pgettext("supervision", "To come"),
        "issued": pgettext("supervision", "Minutes issued"),
        "cancelled": pgettext("supervision", "Cancelled"),
    }
    page = queries.page_asked(request.GET.get("page", ""))
    rows = queries.page_of_meetings(actor, states=_GROUPS[group], skip=page.skip)
    context = {
        "tabs": tabs_of(actor, "supervision:meetings"),
        "chips": [
            {"label": name, "url": f"?of={key}", "is_on": key == group, "count": None} for key, name in names.items()
        ],
        "lines": [_line(made) for made in rows[: page.size]],
        "older": f"?of={group}&page={page.number + 1}" if len(rows) > page.size else "",
        "newest": f"?of={group}" if page.number else "",
        "may_meet": holds(actor, May.MEET),
        "waiting": len(queries.proposed(actor)) if holds(actor, May.MEET) else 0,
    }
    return render(request, "supervision/meetings.html", context)


def _line(made: Meeting) -> dict[str, Any]:
    return {
        "url": reverse("supervision:meeting", args=[made.handle]),
        "title": made.title,
        "number": made.number,
        "at": made.meets_at,
        "venue": made.venue,
        "where": places.path_name(made.area),
        "mark": wording.meeting_mark(made.state),
        "is_example": made.is_example,
    }


@needs(May.MEET)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting: when, where, who is invited; what waits for one is ticked already."""
    actor, now = actor_of(request), clock.now()
    offices, waiting = offices_for(actor, {PAPER_OF_MEETING}, May.MEET), queries.proposed(actor)
    units = queries.units_to_invite(actor)
    if request.method == "GET":
        form = forms.MeetingForm(initial=_initial(now), offices=offices)
        near = {unit.id for one in waiting for unit in places.units_for(one.place)}
        return _new_page(request, form, waiting, units, {one.handle for one in waiting} | {str(one) for one in near})
    ticked = {*request.POST.getlist("agenda"), *request.POST.getlist("units")}
    try:
        given = meeting_from(
            request.POST.dict(),
            units=[unit.id for unit in units if str(unit.id) in ticked],
            agenda=_agenda(actor, [one for one in waiting if one.handle in ticked], request.POST.get("matters", "")),
        )
        made = services.plan_meeting(given=given, by=actor, at=now)
    except NotPermitted:
        raise
    except Refused as refusal:
        form = forms.MeetingForm(request.POST, offices=offices)
        form.show(refusal)
        return _new_page(request, form, waiting, units, ticked, status=422)
    return HttpResponseRedirect(reverse("supervision:meeting", args=[made.handle]))


def _initial(now: datetime) -> dict[str, Any]:
    return {"title": pgettext("supervision", "Clean Homes joint meeting"), "day": clock.on(now), "hour": "15:00"}


def _agenda(actor: Actor, ticked: list[Proposed], matters: str) -> list[AgendumInput]:
    """What was ticked, and one item for each line that was typed."""
    ids = {case.handle: case.pk for case in cases.cases_named(actor, [one.handle for one in ticked])}
    found = [AgendumInput(case_id=ids[one.handle]) for one in ticked if one.kind is AgendaKind.CASE]
    found += [AgendumInput(whistle=one.handle) for one in ticked if one.kind is AgendaKind.WHISTLE]
    return found + [AgendumInput(matter=forms.matter_from(line)) for line in matters.splitlines() if line.strip()]


def _new_page(
    request: HttpRequest,
    form: forms.MeetingForm,
    waiting: list[Proposed],
    units: list[places.Unit],
    ticked: set[str],
    *,
    status: int = 200,
) -> HttpResponse:
    shown = [{"id": unit.id, "name": unit.short_name, "is_picked": str(unit.id) in ticked} for unit in units]
    context = {
        "form": form,
        "near": [unit for unit in shown if unit["is_picked"]],
        "others": [unit for unit in shown if not unit["is_picked"]],
        "rows": [{**proposal(one), "is_picked": one.handle in ticked} for one in waiting],
        "client_id": request.POST.get("client_id") or str(uuid4()),
    }
    return render(request, "supervision/meeting_new.html", context, status=status)


def proposal(one: Proposed) -> dict[str, Any]:
    """What waits for a meeting, in words."""
    is_case = one.kind is AgendaKind.CASE
    name = "cases:case" if is_case else "whistles:whistle"
    return {
        "handle": one.handle,
        "kind": one.kind.value,
        "label": one.kind.label,
        "what": class_name(one.class_id) if one.class_id is not None else class_called(one.class_key),
        "where": places.path_name(one.place),
        "url": reverse(name, args=[one.handle]),
    }


def found(request: HttpRequest, handle: str) -> Meeting:
    """A meeting in the actor's reach; outside it does not exist."""
    made = queries.meeting_seen_by(actor_of(request), handle)
    if made is None:
        raise Http404
    return made


@needs(May.SEE)
@require_GET
def one(request: HttpRequest, handle: str) -> HttpResponse:
    """One meeting: its agenda with decisions, who was there, what comes next."""
    return meeting_page(request, found(request, handle))


def meeting_page(
    request: HttpRequest,
    made: Meeting,
    *,
    tried: "tuple[K, int, Any] | None" = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a meeting; a refused move comes back on it with its form as it was filled in."""
    actor = actor_of(request)
    moves, agenda = queries.moves_of_meeting(actor, made), queries.agenda_of(made)
    rolls = queries.rolls_of(made)
    context = {
        "meeting": made,
        "where": places.path_name(made.area),
        "mark": wording.meeting_mark(made.state),
        "may": {verb.value for verb in moves},
        "paper_url": paper_url(actor, made.paper_id),
        "agenda": [_agendum(actor, made, agendum, moves, tried) for agendum in agenda],
        "proposals": _proposals(actor, agenda) if K.PUT_ON in moves else [],
        "rolls": [
            {"unit": roll.unit.short_name, "post": roll.post, "mark": wording.attendance_mark(roll.attendance)}
            for roll in rolls
        ],
        "there": tried[2] if tried is not None and tried[0] is K.HOLD else forms.there_rows(rolls, None),
        "standings": [(one.value, one.label) for one in (Attendance.PRESENT, Attendance.EXCUSED)],
        "entries": wording.timeline_of_meeting(queries.history_of_meeting(made)),
        "refusals": refusals_in(refusal) if tried is None or tried[0] is K.HOLD else [],
    }
    return render(request, "supervision/meeting.html", context, status=status)


def _proposals(actor: Actor, agenda: list[Agendum]) -> list[dict[str, Any]]:
    """What waits for a meeting and is not on this agenda yet."""
    there = {one.whistle or (one.case.handle if one.case else "") for one in agenda}
    return [proposal(one) for one in queries.proposed(actor) if one.handle not in there]


def _agendum(
    actor: Actor, made: Meeting, agendum: Agendum, moves: tuple[K, ...], tried: "tuple[K, int, Any] | None"
) -> dict[str, Any]:
    decisions = list(agendum.decisions.all())
    takes_more = K.DECIDE in moves and not (agendum.case_id and decisions)
    is_open = tried is not None and tried[:2] == (K.DECIDE, agendum.number)
    form = None
    if takes_more:
        form = tried[2] if tried is not None and is_open else decision_form(actor, agendum, None)
        form.auto_id = f"id_{agendum.number}_%s"
    return {
        "number": agendum.number,
        "what": queries.about_agendum(agendum),
        "kind": AgendaKind(agendum.kind).label,
        "url": _url_of(agendum),
        "decisions": [
            {
                "id": decision.pk,
                "unit": unit_name(decision.unit_id),
                "what": decision.what,
                "until": decision.until,
                "sheet": decision.item.sheet.number if decision.item else "",
                "mark": wording.item_mark(decision.item) if decision.item and made.number else None,
                "url": reverse("supervision:one", args=[decision.item.sheet.handle]) + f"#item-{decision.item.number}"
                if decision.item
                else "",
            }
            for decision in decisions
        ],
        "form": form,
        "is_open": is_open,
    }


def decision_form(actor: Actor, agendum: Agendum, data: Any) -> forms.DecisionForm:
    """The question which unit does what until when, with the units that can be asked."""
    units = [(str(unit.id), unit.short_name) for unit in queries.units_to_decide(actor, agendum)]
    return forms.DecisionForm(data, units=units)


def _url_of(agendum: Agendum) -> str:
    if agendum.case is not None:
        return reverse("cases:case", args=[agendum.case.handle])
    return reverse("whistles:whistle", args=[agendum.whistle]) if agendum.whistle else ""
