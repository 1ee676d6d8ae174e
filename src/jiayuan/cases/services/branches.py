# SPDX-License-Identifier: Apache-2.0
"""Moves beside the main course: returns decided, pictures handed in, urgent, split, merged, void, closed by force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events, rules
from jiayuan.cases.access import May
from jiayuan.cases.enums import (
    ENDED,
    ForcedReason,
    ReturnDecision,
    Source,
    Stage,
    State,
    TextKind,
    Urgency,
    V,
    VoidReason,
)
from jiayuan.cases.models import Case, Text
from jiayuan.cases.rules.life import goes_to_a_meeting
from jiayuan.cases.services import clocks
from jiayuan.cases.services.asking import lapse
from jiayuan.cases.services.core import (
    CaseId,
    decide,
    digest,
    due_at,
    hang,
    locked,
    note_of,
    unit_of,
    where,
    write,
)
from jiayuan.cases.services.duties import refuse_against_list
from jiayuan.cases.services.words import keep_search_words
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import new_handle
from jiayuan.media.enums import PhotoRole
from jiayuan.media.queries import photos_of
from jiayuan.record.log import record

MOST_PARTS = 10
_LET_GO = ["unit", "due_at", "due_is_provisional", "signed_at"]


@command
def confirm_return(*, case_id: CaseId, note: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Agree that the case was sent to the wrong unit; it waits for another dispatch.

    From the third return on the case is a matter for the joint meeting, so its decision has to be noted.
    """
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.CONFIRM_RETURN, by=by, version=version, at=at)
    if goes_to_a_meeting(case.returns) and not note:
        raise Refused(
            "missing_decision",
            pgettext_lazy("cases", "This case was returned three times. Note what the joint meeting decided."),
            field="note",
        )
    unit_id = case.returned_by_id or 0
    due_before = clocks.handling_due(case)
    clocks.end_pause(case, at=at)
    clocks.stop(case, Stage.HANDLE, at=at)
    due = clocks.start(case, Stage.DISPATCH, at=at)
    case.returned_by = None
    write(case, "returned_by")
    confirmed = events.CaseReturnConfirmed(
        **where(case, came_from=before),
        unit_id=unit_id,
        due_before=due_before,
        stage_due_at=due,
        **note_of(case, note, at=at),
    )
    record(confirmed, by=by, at=at)
    return case


@command
def refuse_return(
    *, case_id: CaseId, reason: ReturnDecision, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Send the case back to the unit that returned it, which may repair or return it again; its clock goes on."""
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.REFUSE_RETURN, by=by, version=version, at=at, given={"reason": reason})
    if case.returned_by_id is not None:
        refuse_against_list(case, case.returned_by_id, on=clock.on(at))
    case.unit_id, case.returned_by = case.returned_by_id, None
    due_before = clocks.go_on(case, at=at)
    write(case, "unit", "returned_by", "due_at", "due_is_provisional")
    refused = events.CaseReturnRefused(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        reason=reason,
        due_before=due_before,
        due_at=due_at(case),
        due_is_provisional=case.due_is_provisional,
        **note_of(case, note, at=at),
    )
    record(refused, by=by, at=at)
    return case


@command
def hand_in_pictures(
    *, case_id: CaseId, evidence: Sequence[UUID], by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Hand in pictures of what was done; the unit's confirmation, which stops the clock, comes after."""
    case = locked(case_id)
    require(by, May.HANDLE, at=case.spot)
    old = {photo.handle for photo in photos_of(case.ref)}
    fresh = [handle for handle in dict.fromkeys(evidence) if handle not in old]
    before = decide(case, V.HAND_IN, by=by, version=version, at=at, given={"evidence": fresh})
    case.handed_in += len(fresh)
    write(case, "handed_in")
    hang(case, fresh, PhotoRole.AFTER, by=by, at=at)
    handed = events.CaseHandedIn(**where(case, came_from=before), unit_id=unit_of(case), photos=len(fresh))
    record(handed, by=by, at=at)
    return case


@command
def urge(*, case_id: CaseId, reason: Urgency, note: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Put the case before others; its limit stays."""
    case = locked(case_id)
    require(by, May.TRIAGE, at=case.spot)
    before = decide(case, V.URGE, by=by, version=version, at=at, given={"reason": reason})
    case.urgent = True
    write(case, "urgent")
    urged = events.CaseUrged(**where(case, came_from=before), reason=reason, **note_of(case, note, at=at))
    record(urged, by=by, at=at)
    return case


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A further problem in a report that told of several: its class and what it is."""

    class_id: int
    text: str


@command
def split(
    *, case_id: CaseId, parts: Sequence[Part], by: Actor, at: datetime, version: int | None = None
) -> tuple[Case, ...]:
    """Open a case for each further problem in a report; the case itself goes on with the first one."""
    case = locked(case_id)
    require(by, May.TRIAGE, at=case.spot)
    before = decide(case, V.SPLIT, by=by, version=version, at=at, given={"parts": parts})
    if len(parts) > MOST_PARTS:
        raise Refused("too_many_parts", pgettext_lazy("cases", "At most ten parts at once."), field="parts")
    write(case)
    number = Case.objects.filter(split_from=case).count()
    opened = tuple(
        open_linked(
            case,
            client_id=uuid5(case.client_id, f"part {number + place}"),
            source=Source(case.source),
            class_id=part.class_id,
            text=part.text,
            by=by,
            at=at,
            link="split_from",
        )
        for place, part in enumerate(parts, start=1)
    )
    done = events.CaseSplit(**where(case, came_from=before), parts=tuple(child.pk for child in opened))
    record(done, by=by, at=at)
    return opened


def open_linked(
    case: Case, *, client_id: UUID, source: Source, class_id: int, text: str, by: Actor, at: datetime, link: str
) -> Case:
    """A new case at the same place that names this one; its reporter is the one of the old case only for a part."""
    child = Case(
        handle=new_handle(),
        client_id=client_id,
        source=source,
        state=State.REPORTED,
        county=case.county,
        town=case.town,
        village=case.village,
        lon=case.lon,
        lat=case.lat,
        accuracy_m=case.accuracy_m,
        position_source=case.position_source,
        problem_class_id=class_id,
        tile=case.tile if class_id == case.problem_class_id else "",
        reported_at=at,
        reported_on=clock.on(at),
        moved_at=at,
        reporter_id=case.reporter_id if link == "split_from" else by.person_id,
        **{link: case},
    )
    child.save(force_insert=True)
    kept = Text.objects.create(case=child, kind=TextKind.REPORT, body=text, written_at=at) if text else None
    if kept:
        keep_search_words([kept])
    record(
        events.CaseReported(
            **where(child, came_from=None),
            source=source,
            photos=0,
            text_id=kept.pk if kept else None,
            text_digest=digest(text) if kept else None,
            reporter=None,
        ),
        by=by,
        at=at,
    )
    return child


@command
def merge(*, case_id: CaseId, into_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Let a duplicate end in the case that leads; whoever reported it follows that one from now on."""
    # All rows that change, in one order: two people merging crosswise must not wait for each other.
    changing = Q(pk__in=(case_id, into_id)) | Q(merged_into=case_id)
    found = {one.pk: one for one in Case.objects.select_for_update(of=("self",)).filter(changing).order_by("pk")}
    case, into = found[case_id], found.get(into_id)
    require(by, May.TRIAGE, at=case.spot)
    before = decide(case, V.MERGE, by=by, version=version, at=at, given={"into": into})
    if into is None or into.pk == case.pk or into.state in ENDED:
        raise Refused(
            "merge_into_open", pgettext_lazy("cases", "Choose another case that is still open."), field="into"
        )
    require(by, May.TRIAGE, at=into.spot)
    due = _waiting_due(case, before)
    clocks.stop(case, at=at)
    case.ended_at, case.merged_into = at, into
    write(case, "ended_at", "merged_into")
    Case.objects.filter(merged_into=case).update(merged_into=into)
    Case.objects.filter(pk=into.pk).update(me_toos=F("me_toos") + case.me_toos + 1)
    merged = events.CaseMerged(**where(case, came_from=before), into_id=into.pk, due_before=None, stage_due_at=due)
    record(merged, by=by, at=at)
    return case


def _waiting_due(case: Case, before: State) -> datetime | None:
    """When the stage in which a case ends was due, if somebody had it to verify or to dispatch."""
    stage = {State.VERIFYING: Stage.VERIFY, State.FILED: Stage.DISPATCH}.get(before)
    return clocks.stage_due(case, stage) if stage else None


@command
def void(
    *, case_id: CaseId, reason: VoidReason, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Make the case void, with a reason: it counts nowhere and stays readable."""
    case = locked(case_id)
    require(by, May.VOID, at=case.spot)
    before = decide(case, V.VOID, by=by, version=version, at=at, given={"reason": reason})
    unit_id, due_before, due = case.unit_id, case.due_at, _waiting_due(case, before)
    clocks.end_pause(case, at=at)
    clocks.stop(case, at=at)
    case.ended_at, case.void_reason, case.shelved_until = at, reason, None
    case.unit, case.due_at, case.due_is_provisional, case.signed_at = None, None, False, None
    write(case, "ended_at", "void_reason", "shelved_until", *_LET_GO, *lapse(case, at=at))
    voided = events.CaseVoided(
        **where(case, came_from=before),
        unit_id=unit_id,
        reason=reason,
        due_before=due_before,
        stage_due_at=due,
        **note_of(case, note, at=at),
    )
    record(voided, by=by, at=at)
    return case


@command
def force_close(
    *, case_id: CaseId, reason: ForcedReason, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Close a case that no unit can put right; nobody of the unit may, and figures show how many were closed so."""
    case = locked(case_id)
    require(by, May.VOID, at=case.spot)
    before = decide(case, V.FORCE_CLOSE, by=by, version=version, at=at, given={"reason": reason})
    case.in_time = rules.is_in_time(clocks.rests_since(case) or at, due_at(case))
    clocks.end_pause(case, at=at)
    clocks.stop(case, at=at)
    case.ended_at, case.forced, case.shelved_until = at, True, None
    write(case, "ended_at", "forced", "in_time", "shelved_until", *lapse(case, at=at))
    forced = events.CaseForceClosed(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        reason=reason,
        in_time=bool(case.in_time),
        due_at=due_at(case),
        quantity=case.quantity,
        **note_of(case, note, at=at),
    )
    record(forced, by=by, at=at)
    return case
