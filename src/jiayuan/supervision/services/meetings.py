# SPDX-License-Identifier: Apache-2.0
"""The commands of joint meetings: planned, held, decided; with the minutes every decision becomes a tracked item.

The minutes, the returns that they settle and the assignment sheets come about in one command or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NewType
from uuid import uuid5

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import pgettext_lazy

from jiayuan.cases import queries as cases
from jiayuan.cases import services as handling
from jiayuan.cases.enums import State as CaseState
from jiayuan.cases.services import CaseId
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, may, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.kernel.handles import new_handle
from jiayuan.kernel.machine import check_move
from jiayuan.papers import services as printing
from jiayuan.places import queries as places
from jiayuan.record.events import Code
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.supervision import events
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import (
    Attendance,
    K,
    MeetingState,
    SheetKind,
    SheetSource,
)
from jiayuan.supervision.intake import MOST_DAYS, AgendumInput, ItemInput, MeetingInput, SheetInput
from jiayuan.supervision.lifecycle import MEETING
from jiayuan.supervision.models import Agendum, Decision, Meeting, Roll, Sheet
from jiayuan.supervision.queries.ground import home_of, spot_of_unit
from jiayuan.supervision.queries.meetings import PAPER_OF_MEETING, document_of_meeting, requirement_of_meeting
from jiayuan.supervision.services.core import SheetId, number_of, require_office, unit_code
from jiayuan.supervision.services.sheets import draft_sheet
from jiayuan.supervision.services.sheets import issue as issue_sheet

MeetingId = NewType("MeetingId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """Whether a unit was there, and by which post."""

    attendance: Attendance
    post: str = ""


def plan_meeting(*, given: MeetingInput, by: Actor, at: datetime) -> Meeting:
    """The meeting; the same ``client_id`` from the same person gives the same one again."""
    try:
        return _plan_meeting(given=given, by=by, at=at)
    except IntegrityError:
        told = Meeting.objects.filter(made_by_id=by.person_id, client_id=given.client_id).first()
        if told is None:
            raise
        return told


@command
def _plan_meeting(*, given: MeetingInput, by: Actor, at: datetime) -> Meeting:
    office = require_office(given.office, PAPER_OF_MEETING, None, May.MEET, by=by)
    area = places.division(office.area)
    if area is None:
        raise Refused(
            "no_office", pgettext_lazy("supervision", "Choose an office that issues minutes."), field="office"
        )
    made = Meeting.objects.create(
        handle=new_handle(),
        client_id=given.client_id,
        state=MeetingState.PLANNED,
        office=given.office,
        area=area.code,
        county=area.county,
        town=area.town,
        village=area.village,
        title=given.title,
        venue=given.venue,
        chair=given.chair,
        meets_at=given.meets_at,
        is_example=given.is_example,
        made_at=at,
        made_by_id=by.person_id,
        moved_at=at,
    )
    Roll.objects.bulk_create([Roll(meeting=made, unit_id=one) for one in dict.fromkeys(given.units)])
    planned = events.MeetingPlanned(**_where(made), meets_at=given.meets_at, units=len(set(given.units)))
    record(planned, by=by, at=at)
    for one in given.agenda:
        _put_on(made, one, by=by, at=at)
    return made


def _where(made: Meeting) -> dict[str, Any]:
    return {"subject": made.ref, "office": Code(made.office), "place": Code(made.area)}


def _decide(
    meeting_id: MeetingId, verb: K, *, by: Actor, at: datetime, version: int | None = None, **given: object
) -> Meeting:
    """The meeting, locked and moved: the single choke point of its moves."""
    made = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    require(by, May.MEET, at=made.spot)
    if version is not None and made.version != version:
        message = pgettext_lazy(
            "supervision", "Somebody else changed this meeting meanwhile. Below is how it stands now."
        )
        raise Stale("moved_on", message, state=made.state)
    row, before = MEETING[verb], MeetingState(made.state)
    check_move(row, before, {"agenda": made.agenda.exists(), **given})
    made.state, made.version, made.moved_at = row.after(before), made.version + 1, at
    return made


def _write(made: Meeting, *also: str) -> None:
    made.save(update_fields=["state", "version", "moved_at", *also])


@command
def put_on_agenda(*, meeting_id: MeetingId, given: AgendumInput, by: Actor, at: datetime) -> Agendum:
    """Put a case, a whistle or something in words on the agenda, at its end."""
    made = _decide(meeting_id, K.PUT_ON, by=by, at=at)
    _write(made)
    return _put_on(made, given, by=by, at=at)


def _put_on(made: Meeting, given: AgendumInput, *, by: Actor, at: datetime) -> Agendum:
    if given.case_id is not None:
        _check_case(given.case_id)
    elif not given.whistle and not given.matter:
        raise Refused("missing_matter", pgettext_lazy("supervision", "Say what it is about."), field="matter")
    if made.agenda.filter(case=given.case_id, whistle=given.whistle, matter=given.matter).exists():
        raise Refused("on_agenda", pgettext_lazy("supervision", "It is on the agenda already."), field="matter")
    number = (made.agenda.aggregate(most=Max("number"))["most"] or 0) + 1
    put = Agendum.objects.create(
        meeting=made,
        number=number,
        kind=given.kind,
        case_id=given.case_id,
        whistle=given.whistle,
        matter=given.matter,
    )
    record(events.AgendaPutOn(**_where(made), number=number, kind=given.kind), by=by, at=at)
    return put


def _check_case(case_id: int) -> None:
    found = cases.cases_by_id([case_id])
    if not found or found[0].state != CaseState.RETURNED or not cases.goes_to_a_meeting(found[0].returns):
        message = pgettext_lazy("supervision", "Only a case whose third return is undecided goes to the joint meeting.")
        raise Refused("not_for_the_meeting", message, field="case")


@command
def take_off_agenda(*, meeting_id: MeetingId, number: int, by: Actor, at: datetime) -> Meeting:
    """Take something off the agenda, with whatever was noted about it. Numbers stay as they are."""
    made = _decide(meeting_id, K.TAKE_OFF, by=by, at=at)
    _agendum(made, number).delete()
    _write(made)
    record(events.AgendaTakenOff(**_where(made), number=number), by=by, at=at)
    return made


def _agendum(made: Meeting, number: int) -> Agendum:
    found = Agendum.objects.filter(meeting=made, number=number).first()
    if found is None:
        raise Stale("no_agendum", pgettext_lazy("supervision", "This stands on the agenda no more."))
    return found


@command
def hold_meeting(
    *, meeting_id: MeetingId, there: Mapping[int, There], by: Actor, at: datetime, version: int | None = None
) -> Meeting:
    """Say which units were there, by which post, and which were excused; from then on decisions are noted."""
    present = sum(one.attendance is Attendance.PRESENT for one in there.values())
    made = _decide(meeting_id, K.HOLD, by=by, at=at, version=version, present=present)
    known = {roll.unit_id: roll for roll in Roll.objects.filter(meeting=made)}
    for unit_id, one in there.items():
        roll = known.get(unit_id) or Roll(meeting=made, unit_id=unit_id)
        roll.attendance, roll.post = one.attendance, one.post
        roll.save()
    _write(made)
    excused = sum(one.attendance is Attendance.EXCUSED for one in there.values())
    record(events.MeetingHeld(**_where(made), present=present, excused=excused), by=by, at=at)
    return made


@command
def note_decision(
    *, meeting_id: MeetingId, number: int, unit_id: int, what: str, until: date, by: Actor, at: datetime
) -> Decision:
    """Note that a unit does something until a day. A case gets one unit, which answers for it from then on."""
    made = _decide(meeting_id, K.DECIDE, by=by, at=at, what=what)
    agendum = _agendum(made, number)
    _check_unit(agendum, unit_id, by)
    working_days_until(until, at)
    if Decision.objects.filter(agendum=agendum, unit=unit_id).exists():
        message = pgettext_lazy(
            "supervision", "This unit has a decision on this item already. Take that one back first."
        )
        raise Refused("decided", message, field="unit")
    noted = Decision.objects.create(agendum=agendum, unit_id=unit_id, what=what, until=until)
    _write(made)
    told = events.MeetingDecided(**_where(made), number=number, unit=unit_code(unit_id), until=until)
    record(told, by=by, at=at)
    return noted


def _check_unit(agendum: Agendum, unit_id: int, by: Actor) -> None:
    home = home_of(unit_id)
    if home is None or not may(by, May.ISSUE, at=spot_of_unit(unit_id, home)):
        raise Refused("unknown_unit", pgettext_lazy("supervision", "Choose the unit from the list."), field="unit")
    if agendum.case is None:
        return
    if all(unit.id != unit_id for unit in places.units_for(agendum.case.village)):
        message = pgettext_lazy("supervision", "This unit does not answer for the place of the case.")
        raise Refused("wrong_place", message, field="unit")
    if Decision.objects.filter(agendum=agendum).exists():
        message = pgettext_lazy("supervision", "A case goes to one unit. Take the other decision back first.")
        raise Refused("one_unit", message, field="unit")


def working_days_until(until: date, at: datetime) -> int:
    """How many working days a decision leaves; refused for a day before the next one, or too far away."""
    today = clock.on(at)
    if not today < until <= today + timedelta(days=2 * MOST_DAYS):
        message = pgettext_lazy("supervision", "Choose a day that lies ahead, half a year at most.")
        raise Refused("until", message, field="until")
    ahead = (today + timedelta(days=n) for n in range(1, (until - today).days + 1))
    found = sum(standards.is_working_day(day) for day in ahead)
    if not found:
        message = pgettext_lazy("supervision", "No working day lies before that day. Choose a later one.")
        raise Refused("until", message, field="until")
    return found


@command
def take_back_decision(*, meeting_id: MeetingId, decision_id: int, by: Actor, at: datetime) -> Meeting:
    """Take a decision back before the minutes are issued."""
    made = _decide(meeting_id, K.TAKE_BACK, by=by, at=at)
    found = Decision.objects.select_related("agendum").filter(pk=decision_id, agendum__meeting=made).first()
    if found is None:
        raise Stale("no_decision", pgettext_lazy("supervision", "This decision was taken back already."))
    found.delete()
    _write(made)
    told = events.DecisionTakenBack(**_where(made), number=found.agendum.number, unit=unit_code(found.unit_id))
    record(told, by=by, at=at)
    return made


@command
def cancel_meeting(*, meeting_id: MeetingId, by: Actor, at: datetime, version: int | None = None) -> Meeting:
    """Cancel a planned meeting; its cases wait for another one."""
    made = _decide(meeting_id, K.CANCEL, by=by, at=at, version=version)
    _write(made)
    record(events.MeetingCancelled(**_where(made)), by=by, at=at)
    return made


@command
def issue_minutes(*, meeting_id: MeetingId, by: Actor, at: datetime, version: int | None = None) -> Meeting:
    """Issue the minutes: returns are confirmed and dispatched as decided, each unit gets its numbered sheet.

    Cases are locked first and numbers taken last, minutes before sheets, so that nobody waits for each other.
    """
    made = _decide(meeting_id, K.ISSUE, by=by, at=at, version=version)
    require_office(made.office, PAPER_OF_MEETING, None, May.MEET, by=by)
    decided = list(
        Decision.objects.filter(agendum__meeting=made).select_related("agendum").order_by("agendum__number", "pk")
    )
    returns = _settle_returns(decided, by=by, at=at)
    drafts = _draft_sheets(made, decided, by=by, at=at)
    made.paper_id = printing.issue(
        kind=PAPER_OF_MEETING,
        office=made.office,
        document=document_of_meeting(made, decided, on=clock.on(at)),
        by=by,
        at=at,
        about=made.ref,
    )
    number = number_of(made.paper_id)
    made.number, made.issued_at = number.text, at
    _write(made, "paper", "number", "issued_at")
    for draft in drafts:
        issue_sheet(sheet_id=SheetId(draft.pk), by=by, at=at)
    issued = events.MinutesIssued(
        **_where(made),
        year=number.year,
        serial=number.n,
        decisions=len(decided),
        sheets=len(drafts),
        returns=returns,
    )
    record(issued, by=by, at=at)
    return made


def _settle_returns(decided: list[Decision], *, by: Actor, at: datetime) -> int:
    """Confirm the third returns with the decision as their note, and send each case where it was decided."""
    settled = [one for one in decided if one.agendum.case_id is not None]
    for one in sorted(settled, key=lambda decision: decision.agendum.case_id or 0):
        case_id = CaseId(one.agendum.case_id or 0)
        handling.confirm_return(case_id=case_id, note=one.what, by=by, at=at)
        handling.dispatch(case_id=case_id, unit_id=one.unit_id, by=by, at=at)
    return len(settled)


def _draft_sheets(made: Meeting, decided: list[Decision], *, by: Actor, at: datetime) -> list[Sheet]:
    """One assignment sheet for each unit and day. A case stands on it as itself, anything else in words."""
    parts: dict[tuple[int, date], list[Decision]] = {}
    for one in decided:
        parts.setdefault((one.unit_id, one.until), []).append(one)
    campaign = standards.campaign_on(clock.on(at))
    drafts = []
    for (unit_id, until), own in sorted(parts.items()):
        given = SheetInput(
            client_id=uuid5(made.client_id, f"{unit_id} {until.isoformat()}"),
            kind=SheetKind.ASSIGNMENT,
            office=made.office,
            unit_id=unit_id,
            source=SheetSource.MEETING,
            source_ref=made.handle,
            campaign=campaign.code if campaign else "",
            requirement=requirement_of_meeting(made, own),
            days=min(working_days_until(until, at), MOST_DAYS),
            items=tuple(_item(one) for one in own),
        )
        draft = draft_sheet(given=given, by=by, at=at)
        for one, item in zip(own, draft.items.order_by("number"), strict=True):
            one.item = item
            one.save(update_fields=["item"])
        drafts.append(draft)
    return drafts


def _item(one: Decision) -> ItemInput:
    if one.agendum.case_id is not None:
        return ItemInput(case_id=one.agendum.case_id)
    return ItemInput(matter=one.what)
