# SPDX-License-Identifier: Apache-2.0
"""The moves of joint meetings: one service call for each verb of the table."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from jiayuan.cases import queries as cases
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.kernel.words import one_line, words
from jiayuan.supervision import queries, services
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import Attendance, K
from jiayuan.supervision.intake import LONGEST_MATTER, LONGEST_POST, AgendumInput, day_from
from jiayuan.supervision.queries import Meeting
from jiayuan.supervision.services import MeetingId, There
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.supervision import meeting_forms as forms
from jiayuan.web.supervision.meetings import decision_form, found, meeting_page

Posted = Any


def _put_on(made: Meeting, posted: Posted, by: Actor, at: datetime) -> None:
    handle, whistle = posted.get("case", ""), posted.get("whistle", "")
    if handle:
        named = cases.cases_named(by, [handle])
        given = AgendumInput(case_id=named[0].pk if named else 0)
    elif whistle:
        given = AgendumInput(whistle=whistle if whistle in {one.handle for one in queries.proposed(by)} else "")
    else:
        given = AgendumInput(matter=forms.matter_from(posted.get("matter", "")))
    services.put_on_agenda(meeting_id=MeetingId(made.pk), given=given, by=by, at=at)


def _take_off(made: Meeting, posted: Posted, by: Actor, at: datetime) -> None:
    services.take_off_agenda(meeting_id=MeetingId(made.pk), number=_number(posted), by=by, at=at)


def _hold(made: Meeting, posted: Posted, by: Actor, at: datetime) -> None:
    there = {
        row["id"]: There(
            attendance=Attendance(row["attendance"]), post=one_line(row["post"], field="post", longest=LONGEST_POST)
        )
        for row in forms.there_rows(queries.rolls_of(made), posted)
    }
    services.hold_meeting(meeting_id=MeetingId(made.pk), there=there, by=by, at=at)


def _decide(made: Meeting, posted: Posted, by: Actor, at: datetime) -> None:
    unit = posted.get("unit", "")
    services.note_decision(
        meeting_id=MeetingId(made.pk),
        number=_number(posted),
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 10 else 0,
        what=words(posted.get("what", ""), field="what", longest=LONGEST_MATTER, needed=True),
        until=day_from(posted.get("until", ""), field="until"),
        by=by,
        at=at,
    )


def _take_back(made: Meeting, posted: Posted, by: Actor, at: datetime) -> None:
    services.take_back_decision(meeting_id=MeetingId(made.pk), decision_id=_number(posted, "decision"), by=by, at=at)


def _issue(made: Meeting, posted: Posted, by: Actor, at: datetime) -> None:
    services.issue_minutes(
        meeting_id=MeetingId(made.pk), by=by, at=at, version=_number(posted, "version") if "version" in posted else None
    )


def _cancel(made: Meeting, posted: Posted, by: Actor, at: datetime) -> None:
    services.cancel_meeting(meeting_id=MeetingId(made.pk), by=by, at=at)


def _number(posted: Posted, name: str = "number") -> int:
    typed = posted.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


_WORK: dict[K, Callable[[Meeting, Posted, Actor, datetime], None]] = {
    K.PUT_ON: _put_on,
    K.TAKE_OFF: _take_off,
    K.HOLD: _hold,
    K.DECIDE: _decide,
    K.TAKE_BACK: _take_back,
    K.ISSUE: _issue,
    K.CANCEL: _cancel,
}


@needs(May.SEE)
@require_POST
def make_move(request: HttpRequest, handle: str, verb: str) -> HttpResponse:
    """One move; what was refused comes back with everything that was typed."""
    made = found(request, handle)
    if verb not in K.values:
        raise Http404
    try:
        _WORK[K(verb)](made, request.POST, actor_of(request), clock.now())
    except NotPermitted:
        raise
    except Refused as refusal:
        status = 409 if isinstance(refusal, Stale) else 422
        tried = None if isinstance(refusal, Stale) else _tried(request, made, K(verb), refusal)
        return meeting_page(request, found(request, handle), tried=tried, refusal=refusal, status=status)
    return HttpResponseRedirect(reverse("supervision:meeting", args=[handle]))


def _tried(request: HttpRequest, made: Meeting, verb: K, refusal: Refused) -> "tuple[K, int, Any] | None":
    """What was typed, for the page to show again."""
    if verb is K.HOLD:
        return verb, 0, forms.there_rows(queries.rolls_of(made), request.POST)
    if verb is not K.DECIDE:
        return None
    number = _number(request.POST)
    agendum = next((one for one in queries.agenda_of(made) if one.number == number), None)
    if agendum is None:
        return None
    form = decision_form(actor_of(request), agendum, request.POST)
    form.show(refusal)
    return verb, number, form
