# SPDX-License-Identifier: Apache-2.0
"""What may follow the end of a case: an appeal, a call-back, a look back, reopening. Nothing is overwritten by any."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.enums import (
    Answer,
    CallBackResult,
    Discontent,
    Ground,
    LookBackResult,
    ReopenGround,
    RequestKind,
    RequestState,
    Source,
    Stage,
    V,
)
from jiayuan.cases.models import CallBack, Case, LookBack, Request
from jiayuan.cases.queries import listeners_of
from jiayuan.cases.rules.life import SECOND_STAGE
from jiayuan.cases.services import clocks
from jiayuan.cases.services.asking import answer, ask
from jiayuan.cases.services.branches import open_linked
from jiayuan.cases.services.core import (
    CaseId,
    decide,
    due_of,
    hang,
    locked,
    note_of,
    refuse_own_work,
    unit_of,
    where,
    write,
)
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.media.enums import PhotoRole
from jiayuan.record.log import record
from jiayuan.record.queries import persons_behind


@command
def appeal(*, case_id: CaseId, reason: Ground, note: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Hold that an overrun was not the unit's own; once a case, after its closing."""
    case = locked(case_id)
    require(by, May.HANDLE, at=case.spot)
    before = decide(case, V.APPEAL, by=by, version=version, at=at, given={"reason": reason})
    noted = note_of(case, note, at=at)
    asked = ask(case, RequestKind.APPEAL, reason, at=at, text_id=noted["text_id"])
    case.appealed = True
    write(case, "asking", "appealed")
    appealed = events.CaseAppealed(
        **where(case, came_from=before), unit_id=unit_of(case), request_id=asked.pk, reason=reason, **noted
    )
    record(appealed, by=by, at=at)
    return case


@command
def review_appeal(
    *, case_id: CaseId, answered: Answer, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Say in the first stage whether the appeal should be upheld; the second stage decides either way."""
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.REVIEW_APPEAL, by=by, version=version, at=at, given={"answer": answered})
    asked = Request.objects.get(case=case, kind=RequestKind.APPEAL, state=RequestState.OPEN)
    asked.reviewed_at, asked.supported = at, answered is Answer.YES
    asked.save(update_fields=["reviewed_at", "supported"])
    case.asking = " ".join(sorted((case.asked - {RequestKind.APPEAL}) | {SECOND_STAGE}))
    write(case, "asking")
    reviewed = events.CaseAppealReviewed(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        request_id=asked.pk,
        answer=answered,
        **note_of(case, note, at=at),
    )
    record(reviewed, by=by, at=at)
    return case


@command
def decide_appeal(
    *, case_id: CaseId, answered: Answer, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Decide an appeal. Upheld, the case counts as in time; that it was late stays on it for everybody to read."""
    case = locked(case_id)
    require(by, May.DECIDE_APPEAL, at=case.spot)
    before = decide(case, V.DECIDE_APPEAL, by=by, version=version, at=at, given={"answer": answered})
    if by.person_id is not None and by.person_id in persons_behind(case.ref, kinds=(events.CaseAppealReviewed.KIND,)):
        message = pgettext_lazy("cases", "Whoever reviewed an appeal does not decide it. Somebody else has to.")
        raise Refused("own_review", message)
    upheld = answered is Answer.YES
    asked = answer(case, RequestKind.APPEAL, RequestState.GRANTED if upheld else RequestState.REFUSED, at=at)
    case.excused = upheld
    write(case, "asking", "excused")
    decided = events.CaseAppealDecided(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        request_id=asked.pk,
        answer=answered,
        due_at=case.due_at,
        **note_of(case, note, at=at),
    )
    record(decided, by=by, at=at)
    return case


@command
def call_back(
    *,
    case_id: CaseId,
    result: CallBackResult,
    reason: Discontent | None,
    note: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Note what the reporter said; discontent names its reason. The latest answer is the one that counts."""
    case = locked(case_id)
    require(by, May.CALL_BACK, at=case.spot)
    before = decide(case, V.CALL_BACK, by=by, version=version, at=at, given={"result": result})
    if result is CallBackResult.UNSATISFIED and reason is None:
        raise Refused(
            "missing_reason", pgettext_lazy("cases", "Choose why the reporter is not satisfied."), field="reason"
        )
    kept = reason if result is CallBackResult.UNSATISFIED else None
    noted = note_of(case, note, at=at)
    earlier = CallBack.objects.filter(case=case).order_by("-pk").values_list("called_at", flat=True).first()
    CallBack.objects.create(case=case, result=result, reason=kept or "", text_id=noted["text_id"], called_at=at)
    was, case.callback = case.callback, result
    write(case, "callback")
    called = events.CaseCalledBack(
        **where(case, came_from=before),
        unit_id=case.unit_id,
        result=result,
        reason=kept,
        result_before=CallBackResult(was) if was else None,
        before_at=earlier,
        **noted,
    )
    record(called, by=by, at=at)
    return case


@command
def look_back(
    *,
    case_id: CaseId,
    result: LookBackResult,
    photos: Sequence[UUID],
    note: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Look at a closed case's place; when the problem is back, open a new case that names the old one."""
    case = locked(case_id)
    require(by, May.CHECK, at=case.spot)
    before = decide(case, V.LOOK_BACK, by=by, version=version, at=at, given={"result": result})
    refuse_own_work(case, by)
    relapse = None
    if result is LookBackResult.RELAPSED:
        number = LookBack.objects.filter(case=case).count() + 1
        relapse = open_linked(
            case,
            client_id=uuid5(case.client_id, f"relapse {number}"),
            source=Source.LOOK_BACK,
            class_id=case.problem_class_id,
            text=note,
            by=by,
            at=at,
            link="relapse_of",
        )
        hang(relapse, photos, PhotoRole.BEFORE, by=by, at=at)
    else:
        hang(case, photos, PhotoRole.OTHER, by=by, at=at)
    LookBack.objects.create(case=case, result=result, relapse=relapse, looked_at=at)
    write(case)
    looked = events.CaseLookedBack(
        **where(case, came_from=before),
        unit_id=case.unit_id,
        result=result,
        relapse_id=relapse.pk if relapse else None,
    )
    record(looked, by=by, at=at)
    return case


@command
def ask_reopen(
    *,
    case_id: CaseId,
    reason: ReopenGround,
    note: str,
    photos: Sequence[UUID],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Ask for an ended case to be taken up again.

    Whoever holds the receipt may, and so may staff who reported or joined it at home; for somebody who calls they need
    a post that lets them.
    """
    case = locked(case_id)
    if by.is_staff and not _is_theirs(case, by):
        require(by, May.ASK_REOPEN, at=case.spot)
    before = decide(case, V.ASK_REOPEN, by=by, version=version, at=at, given={"reason": reason})
    noted = note_of(case, note, at=at)
    asked = ask(case, RequestKind.REOPENING, reason, at=at, text_id=noted["text_id"])
    write(case, "asking")
    hang(case, photos, PhotoRole.OTHER, by=by, at=at)
    record(
        events.CaseReopenAsked(**where(case, came_from=before), request_id=asked.pk, reason=reason, **noted),
        by=by,
        at=at,
    )
    return case


def _is_theirs(case: Case, by: Actor) -> bool:
    """Whether somebody reported a case, or one that was merged into it, or joined it."""
    return by.person_id is not None and any(one.person_id == by.person_id for one in listeners_of(case.pk))


@command
def reopen(*, case_id: CaseId, note: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Take a closed case up again: its unit has the whole limit anew. The reason is read by whoever asked."""
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.REOPEN, by=by, version=version, at=at, given={"note": note})
    asked = answer(case, RequestKind.REOPENING, RequestState.GRANTED, at=at)
    was_in_time, was_forced, due_before = bool(case.in_time) or case.excused, case.forced, case.due_at
    case.ended_at, case.in_time, case.excused, case.forced, case.handed_in = None, None, False, False, 0
    case.callback = ""
    case.signed_at = case.signed_at or at
    case.reopens += 1
    _withdraw_appeal(case, at=at)
    clocks.start(case, Stage.WHOLE, at=at)
    clocks.start_handling(case, at=at)
    write(
        case, "asking", "ended_at", "in_time", "excused", "forced", "handed_in", "callback", "signed_at", "reopens",
        "due_at", "due_is_provisional",
    )  # fmt: skip
    reopened = events.CaseReopened(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        request_id=asked.pk,
        in_time=was_in_time,
        due_before=due_before,
        quantity=case.quantity,
        forced=was_forced,
        **due_of(case),
        **note_of(case, note, at=at),
    )
    record(reopened, by=by, at=at)
    return case


def _withdraw_appeal(case: Case, *, at: datetime) -> None:
    """An open appeal has lost its subject once the case runs again; it stays the one appeal of the case's life."""
    open_ones = Request.objects.filter(case=case, kind=RequestKind.APPEAL, state=RequestState.OPEN)
    open_ones.update(state=RequestState.LAPSED, answered_at=at)
    case.asking = " ".join(sorted(case.asked - {RequestKind.APPEAL, SECOND_STAGE}))


@command
def reconsider(*, case_id: CaseId, note: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Look again at a report that was not taken on."""
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.RECONSIDER, by=by, version=version, at=at, given={"note": note})
    asked = answer(case, RequestKind.REOPENING, RequestState.GRANTED, at=at)
    case.ended_at, case.refusal = None, ""
    case.reopens += 1
    write(case, "asking", "ended_at", "refusal", "reopens")
    taken_in = events.CaseReconsidered(
        **where(case, came_from=before), request_id=asked.pk, **note_of(case, note, at=at)
    )
    record(taken_in, by=by, at=at)
    return case


@command
def refuse_reopen(*, case_id: CaseId, note: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Leave the case ended, with a reason that whoever asked reads."""
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.REFUSE_REOPEN, by=by, version=version, at=at, given={"note": note})
    asked = answer(case, RequestKind.REOPENING, RequestState.REFUSED, at=at)
    write(case, "asking")
    refused = events.CaseReopenRefused(
        **where(case, came_from=before), request_id=asked.pk, **note_of(case, note, at=at)
    )
    record(refused, by=by, at=at)
    return case
