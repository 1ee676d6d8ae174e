# SPDX-License-Identifier: Apache-2.0
"""The moves of a case in memory: the same table, rules, clocks and events as the commands, without a database.

Each method is the middle of the command of the same name: decide – write – record. Permission is not asked, for the
season is told by the system. A test plays one story both ways and compares every row.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from jiayuan.cases import events, rules
from jiayuan.cases.enums import (
    Answer,
    CallBackResult,
    Denial,
    Discontent,
    Finding,
    ForcedReason,
    Ground,
    LookBackResult,
    NotYet,
    PauseReason,
    Refusal,
    ReopenGround,
    RequestKind,
    RequestState,
    ReturnDecision,
    ReturnReason,
    Shortfall,
    Source,
    Stage,
    State,
    TextKind,
    Urgency,
    V,
    VoidReason,
)
from jiayuan.cases.models import CallBack, Case, LookBack, Pause, Request, SearchWords, Text, Timer
from jiayuan.cases.rules.life import SECOND_STAGE
from jiayuan.cases.rules.sameness import words_of
from jiayuan.cases.services import clocks
from jiayuan.cases.services.core import decide, digest, due_at, due_of, unit_of, where
from jiayuan.cases.services.season.rows import Rows
from jiayuan.cases.services.words import SEARCHED
from jiayuan.kernel import bulk, clock
from jiayuan.kernel.access import Actor
from jiayuan.media.enums import PhotoRole
from jiayuan.media.services import Drawing
from jiayuan.record.events import Code, Event, PersonId
from jiayuan.standards import queries as standards

_END_OF_DAY = time(23, 59, 59)
_WORDLESS: dict[str, Any] = {"text_id": None, "text_digest": None}
_WHILE_IN_HAND = (RequestKind.EXTENSION, RequestKind.SHELVING)


@lru_cache(maxsize=1000)
def _words_of(body: str) -> str:
    return words_of(body)


_TELLER = Actor.system("cases.season")
"""Who asks the table: in a made season nobody works for a unit and sits at the desk too."""


class Life:
    """One case of the season from its report on; what it leaves is collected in the rows of its family."""

    def __init__(self, rows: Rows, case: Case) -> None:
        self.rows, self.case = rows, case
        self.running: dict[Stage, Timer] = {}
        self.pause: Pause | None = None
        self.open: dict[RequestKind, Request] = {}
        self.photos = 0
        self.called_at: datetime | None = None
        rows.add(case)

    # ── shared ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _decide(self, verb: V, at: datetime, **given: Any) -> State:
        """Let the table decide; the state before."""
        return decide(self.case, verb, by=_TELLER, version=None, at=at, given=given)

    def _tell(self, event: Event, *, by: Actor, at: datetime) -> None:
        self.rows.tell(event, by=by, at=at)

    def _noted(self, body: str, at: datetime, kind: TextKind = TextKind.NOTE) -> dict[str, Any]:
        if not body:
            return _WORDLESS
        text = bulk.row(Text, case_id=self.case.pk, kind=kind, body=body, written_at=at)
        self.rows.add(text)
        if kind in SEARCHED:
            self.rows.tables[SearchWords].append(bulk.row(SearchWords, text_id=text.pk, words=_words_of(body)))
        return {"text_id": text.pk, "text_digest": digest(body)}

    def _shown(self, drawings: tuple[Drawing, ...], role: PhotoRole, at: datetime) -> int:
        for drawing in drawings:
            self.photos += 1
            self.rows.draw(drawing.hung(self.case.ref, role=role, place=self.photos, at=at))
        return len(drawings)

    def _start(self, *stages: Stage, at: datetime) -> datetime | None:
        """Start clocks; when the last one named is due."""
        due = None
        for stage in stages:
            timer = clocks.stage_clock(self.case, stage, at)
            self._run(timer)
            due = timer.due_at
        return due

    def _due_of(self, stage: Stage | None) -> datetime | None:
        """When a stage that runs is due: asked before its clock is stopped."""
        timer = self.running.get(stage) if stage else None
        return timer.due_at if timer else None

    def _run(self, timer: Timer) -> None:
        self.rows.add(timer)
        self.running[Stage(timer.stage)] = timer

    def _stop(self, *stages: Stage, at: datetime) -> None:
        for stage in stages or tuple(self.running):
            timer = self.running.pop(stage, None)
            if timer is not None:
                timer.ended_at, timer.paused_at = at, None

    def _stand_still(self, reason: PauseReason, at: datetime) -> None:
        timer = self.running[Stage.HANDLE]
        timer.paused_at = at
        self.pause = bulk.row(Pause, timer_id=timer.pk, reason=reason, from_at=at)
        self.rows.add(self.pause)

    def _end_pause(self, at: datetime) -> None:
        if self.pause is not None:
            self.pause.until_at, self.pause = at, None

    def _go_on(self, at: datetime) -> datetime:
        timer, case = self.running[Stage.HANDLE], self.case
        before = timer.due_at
        if before is None or timer.paused_at is None:
            raise RuntimeError("a clock goes on only after a pause")
        due = clocks.after_pause(timer, standards.Due(at=before, provisional=timer.is_provisional), timer.paused_at, at)
        timer.due_at, timer.is_provisional, timer.paused_at = due.at, due.provisional, None
        self._end_pause(at)
        case.due_at, case.due_is_provisional = due.at, due.provisional
        return before

    def _ask(
        self, kind: RequestKind, reason: str, at: datetime, *, until: datetime | None = None, text_id: int | None = None
    ) -> Request:
        case = self.case
        case.asking = " ".join(sorted(case.asked | {kind}))
        asked = bulk.row(
            Request,
            case_id=case.pk,
            kind=kind,
            state=RequestState.OPEN,
            reason=reason,
            until=until,
            text_id=text_id,
            asked_at=at,
        )
        self.rows.add(asked)
        self.open[kind] = asked
        return asked

    def _answer(self, kind: RequestKind, state: RequestState, at: datetime, *, denial: str = "") -> Request:
        asked = self.open.pop(kind)
        asked.state, asked.answered_at, asked.denial = state, at, denial
        gone = {kind, SECOND_STAGE if kind is RequestKind.APPEAL else kind}
        self.case.asking = " ".join(sorted(self.case.asked - gone))
        return asked

    def _lapse(self, at: datetime) -> None:
        for kind in _WHILE_IN_HAND:
            if kind in self.open:
                self._answer(kind, RequestState.LAPSED, at)

    # ── the main course ───────────────────────────────────────────────────────────────────────────────────────────

    def report(self, text: str, place: str, drawings: tuple[Drawing, ...], *, by: Actor, at: datetime) -> None:
        """Tell of the problem."""
        noted = self._noted(text, at, TextKind.REPORT)
        self._noted(place, at, TextKind.PLACE)
        photos = self._shown(drawings, PhotoRole.BEFORE, at)
        reported = events.CaseReported(
            **where(self.case, came_from=None),
            source=Source(self.case.source),
            photos=photos,
            **noted,
            reporter=PersonId(self.case.reporter_id) if self.case.reporter_id else None,
            quantity=self.case.quantity,
        )
        self._tell(reported, by=by, at=at)

    def ask_verify(self, *, by: Actor, at: datetime) -> None:
        """Have somebody look on site."""
        before = self._decide(V.ASK_VERIFY, at)
        due = self._start(Stage.VERIFY, at=at)
        asked = events.CaseVerificationAsked(**where(self.case, came_from=before), stage_due_at=due)
        self._tell(asked, by=by, at=at)

    def find(self, finding: Finding, *, by: Actor, at: datetime) -> None:
        """Say what was found on site."""
        before = self._decide(V.FIND, at, finding=finding)
        due = self._due_of(Stage.VERIFY)
        self._stop(Stage.VERIFY, at=at)
        found = events.CaseVerified(
            **where(self.case, came_from=before), finding=finding, stage_due_at=due, **_WORDLESS
        )
        self._tell(found, by=by, at=at)

    def file(self, condition: standards.Condition, *, by: Actor, at: datetime) -> None:
        """Take the case on."""
        case = self.case
        before = self._decide(V.FILE, at, condition=condition.id)
        told_as = where(case, came_from=before)["class_code"]
        case.condition_id, case.problem_class_id, case.filed_at = condition.id, condition.class_id, at
        due = self._start(Stage.WHOLE, Stage.DISPATCH, at=at)
        filed = events.CaseFiled(
            **where(case, came_from=before),
            class_before=told_as,
            limit_kind=Code(condition.limit.kind),
            limit_value=condition.limit.value,
            source=Source(case.source),
            stage_due_at=due,
        )
        self._tell(filed, by=by, at=at)

    def reject(self, reason: Refusal, note: str, *, by: Actor, at: datetime) -> None:
        """Do not take the case on."""
        case = self.case
        before = self._decide(V.REJECT, at, reason=reason)
        case.ended_at, case.refusal = at, reason
        noted = self._noted(note, at)
        self._tell(events.CaseRejected(**where(case, came_from=before), reason=reason, **noted), by=by, at=at)

    def dispatch(self, unit_id: int, *, by: Actor, at: datetime) -> None:
        """Give the case to a unit; the handling clock starts."""
        case = self.case
        before = self._decide(V.DISPATCH, at, unit=unit_id)
        case.unit_id, case.dispatched_at, case.handed_in = unit_id, at, 0
        due = self._due_of(Stage.DISPATCH)
        self._stop(Stage.DISPATCH, at=at)
        self._run(clocks.handling_clock(case, at))
        dispatched = events.CaseDispatched(
            **where(case, came_from=before), unit_id=unit_id, stage_due_at=due, **due_of(case)
        )
        self._tell(dispatched, by=by, at=at)

    def sign(self, *, by: Actor, at: datetime) -> None:
        """Take the case into the unit's hands."""
        before = self._decide(V.SIGN, at)
        self.case.signed_at = at
        self._tell(events.CaseSigned(**where(self.case, came_from=before), unit_id=unit_of(self.case)), by=by, at=at)

    def give_back(self, reason: ReturnReason, note: str, *, by: Actor, at: datetime) -> None:
        """Return the case; the clock stands still."""
        case = self.case
        before = self._decide(V.RETURN, at, reason=reason)
        unit_id, due_before = unit_of(case), due_at(case)
        self._stand_still(PauseReason.RETURNED, at)
        self._lapse(at)
        case.returns += 1
        case.returned_by_id = unit_id
        case.unit_id, case.due_at, case.due_is_provisional, case.signed_at = None, None, False, None
        returned = events.CaseReturned(
            **where(case, came_from=before),
            unit_id=unit_id,
            reason=reason,
            due_at=due_before,
            clause=None,
            **self._noted(note, at),
        )
        self._tell(returned, by=by, at=at)

    def confirm_return(self, note: str, *, by: Actor, at: datetime) -> None:
        """Agree that the unit was the wrong one."""
        case = self.case
        before = self._decide(V.CONFIRM_RETURN, at)
        unit_id, due_before = case.returned_by_id or 0, self.running[Stage.HANDLE].due_at
        self._end_pause(at)
        self._stop(Stage.HANDLE, at=at)
        due = self._start(Stage.DISPATCH, at=at)
        case.returned_by_id = None
        confirmed = events.CaseReturnConfirmed(
            **where(case, came_from=before),
            unit_id=unit_id,
            due_before=due_before,
            stage_due_at=due,
            **self._noted(note, at),
        )
        self._tell(confirmed, by=by, at=at)

    def refuse_return(self, reason: ReturnDecision, *, by: Actor, at: datetime) -> None:
        """Send the case back to the unit that returned it."""
        case = self.case
        before = self._decide(V.REFUSE_RETURN, at, reason=reason)
        case.unit_id, case.returned_by_id = case.returned_by_id, None
        due_before = self._go_on(at)
        refused = events.CaseReturnRefused(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            reason=reason,
            due_before=due_before,
            **due_of(case),
            **_WORDLESS,
        )
        self._tell(refused, by=by, at=at)

    def hand_in(self, drawings: tuple[Drawing, ...], *, by: Actor, at: datetime) -> None:
        """Hand in pictures before the unit confirms."""
        case = self.case
        before = self._decide(V.HAND_IN, at, evidence=drawings)
        case.handed_in += self._shown(drawings, PhotoRole.AFTER, at)
        handed = events.CaseHandedIn(**where(case, came_from=before), unit_id=unit_of(case), photos=len(drawings))
        self._tell(handed, by=by, at=at)

    def feed_back(self, drawings: tuple[Drawing, ...], note: str, *, by: Actor, at: datetime) -> None:
        """Declare the problem dealt with; the clock stops."""
        case = self.case
        before = self._decide(V.FEED_BACK, at, evidence=drawings or case.handed_in)
        case.fed_back_at, case.in_time = at, rules.is_in_time(at, due_at(case))
        self._stop(Stage.HANDLE, at=at)
        check_due = self._start(Stage.CHECK, at=at)
        self._lapse(at)
        self._shown(drawings, PhotoRole.AFTER, at)
        fed_back = events.CaseFedBack(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            photos=len(drawings) + case.handed_in,
            in_time=bool(case.in_time),
            due_at=case.due_at,
            stage_due_at=check_due,
            **self._noted(note, at),
        )
        self._tell(fed_back, by=by, at=at)

    def close(self, *, by: Actor, at: datetime) -> None:
        """Close the case after the check."""
        case = self.case
        before = self._decide(V.CLOSE, at)
        case.ended_at = at
        check_due = self._due_of(Stage.CHECK)
        self._stop(at=at)
        closed = events.CaseClosed(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            in_time=bool(case.in_time),
            due_at=case.due_at,
            quantity=case.quantity,
            stage_due_at=check_due,
        )
        self._tell(closed, by=by, at=at)

    def send_back(self, reason: Shortfall, note: str, *, by: Actor, at: datetime) -> None:
        """Send the case back with the same limit again."""
        case = self.case
        before = self._decide(V.SEND_BACK, at, reason=reason)
        due_before, was_in_time, check_due = case.due_at, case.in_time, self._due_of(Stage.CHECK)
        case.reworks, case.in_time, case.handed_in = case.reworks + 1, None, 0
        self._stop(Stage.CHECK, at=at)
        self._run(clocks.handling_clock(case, at))
        sent = events.CaseSentBack(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            reason=reason,
            due_before=due_before,
            was_in_time=was_in_time,
            stage_due_at=check_due,
            **due_of(case),
            **self._noted(note, at),
        )
        self._tell(sent, by=by, at=at)

    # ── honestly not done yet ─────────────────────────────────────────────────────────────────────────────────────

    def ask_extension(self, reason: NotYet, until: date, note: str, *, by: Actor, at: datetime) -> None:
        """Ask for time until the end of a day."""
        before = self._decide(V.ASK_EXTENSION, at, reason=reason, until=until)
        asked = self._ask_for_time(RequestKind.EXTENSION, reason, until, note, at)
        self._tell(events.CaseExtensionAsked(**where(self.case, came_from=before), **asked), by=by, at=at)

    def _ask_for_time(self, kind: RequestKind, reason: NotYet, until: date, note: str, at: datetime) -> dict[str, Any]:
        """Something asked until the end of a day, as its event tells it."""
        ends = datetime.combine(until, _END_OF_DAY, clock.ZONE).astimezone(UTC)
        noted = self._noted(note, at)
        asked = self._ask(kind, reason, at, until=ends, text_id=noted["text_id"])
        return {"unit_id": unit_of(self.case), "request_id": asked.pk, "reason": reason, "until": ends, **noted}

    def grant_extension(self, *, by: Actor, at: datetime) -> None:
        """Move the deadline as asked."""
        case = self.case
        before = self._decide(V.GRANT_EXTENSION, at)
        asked = self._answer(RequestKind.EXTENSION, RequestState.GRANTED, at)
        timer = self.running[Stage.HANDLE]
        due_before = timer.due_at
        if asked.until is None or due_before is None:
            raise RuntimeError("an extension asks for a day")
        timer.due_at, timer.fixed, timer.is_provisional = asked.until, True, False
        case.due_at, case.due_is_provisional = asked.until, False
        case.extensions += 1
        extended = events.CaseExtended(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            request_id=asked.pk,
            due_before=due_before,
            due_at=asked.until,
        )
        self._tell(extended, by=by, at=at)

    def refuse_extension(self, reason: Denial, *, by: Actor, at: datetime) -> None:
        """Leave the deadline where it is."""
        before = self._decide(V.REFUSE_EXTENSION, at, reason=reason)
        refused = self._refuse(RequestKind.EXTENSION, reason, at)
        self._tell(events.CaseExtensionRefused(**where(self.case, came_from=before), **refused), by=by, at=at)

    def _refuse(self, kind: RequestKind, reason: Denial, at: datetime) -> dict[str, Any]:
        """What was asked for is refused, as its event tells it."""
        asked = self._answer(kind, RequestState.REFUSED, at, denial=reason)
        return {"unit_id": unit_of(self.case), "request_id": asked.pk, "reason": reason, **_WORDLESS}

    def ask_shelving(self, reason: NotYet, until: date, note: str, *, by: Actor, at: datetime) -> None:
        """Ask to let the case rest until a day."""
        before = self._decide(V.ASK_SHELVING, at, reason=reason, until=until)
        asked = self._ask_for_time(RequestKind.SHELVING, reason, until, note, at)
        self._tell(events.CaseShelvingAsked(**where(self.case, came_from=before), **asked), by=by, at=at)

    def shelve(self, *, by: Actor, at: datetime) -> None:
        """Let the case rest; its clock stands still."""
        case = self.case
        before = self._decide(V.SHELVE, at)
        asked = self._answer(RequestKind.SHELVING, RequestState.GRANTED, at)
        if asked.until is None:
            raise RuntimeError("shelving asks for a day")
        self._stand_still(PauseReason.SHELVED, at)
        case.shelvings += 1
        case.shelved_until = clock.on(asked.until)
        self._lapse(at)
        shelved = events.CaseShelved(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            request_id=asked.pk,
            due_before=due_at(case),
            until=asked.until,
        )
        self._tell(shelved, by=by, at=at)

    def refuse_shelving(self, reason: Denial, *, by: Actor, at: datetime) -> None:
        """Let the clock go on."""
        before = self._decide(V.REFUSE_SHELVING, at, reason=reason)
        refused = self._refuse(RequestKind.SHELVING, reason, at)
        self._tell(events.CaseShelvingRefused(**where(self.case, came_from=before), **refused), by=by, at=at)

    def resume(self, *, by: Actor, at: datetime) -> None:
        """Take a shelved case up again."""
        case = self.case
        before = self._decide(V.RESUME, at)
        due_before = self._go_on(at)
        case.shelved_until = None
        resumed = events.CaseResumed(
            **where(case, came_from=before), unit_id=unit_of(case), due_before=due_before, **due_of(case)
        )
        self._tell(resumed, by=by, at=at)

    # ── on the way ────────────────────────────────────────────────────────────────────────────────────────────────

    def urge(self, reason: Urgency, *, by: Actor, at: datetime) -> None:
        """Put the case before others."""
        before = self._decide(V.URGE, at, reason=reason)
        self.case.urgent = True
        urged = events.CaseUrged(**where(self.case, came_from=before), reason=reason, **_WORDLESS)
        self._tell(urged, by=by, at=at)

    def linked(self, link: str, *, client_id: UUID, handle: str, source: Source, class_id: int, at: datetime) -> "Life":
        """A new case at the same place that names this one: a part, or a relapse."""
        case = self.case
        child = bulk.row(
            Case,
            handle=handle,
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
            **{f"{link}_id": case.pk},
        )
        return Life(self.rows, child)

    def split(self, child: "Life", *, by: Actor, at: datetime) -> None:
        """Note that a further problem has a case of its own; the child was told of in the same breath."""
        before = self._decide(V.SPLIT, at, parts=[child])
        self._tell(events.CaseSplit(**where(self.case, came_from=before), parts=(child.case.pk,)), by=by, at=at)

    def merge(self, into: "Life", *, by: Actor, at: datetime) -> None:
        """End in the case that leads."""
        case = self.case
        before = self._decide(V.MERGE, at, into=into.case.pk)
        due = self._waiting_due(before)
        self._stop(at=at)
        case.ended_at, case.merged_into_id = at, into.case.pk
        into.case.me_toos += case.me_toos + 1
        merged = events.CaseMerged(
            **where(case, came_from=before), into_id=into.case.pk, due_before=None, stage_due_at=due
        )
        self._tell(merged, by=by, at=at)

    def _waiting_due(self, before: State) -> datetime | None:
        """When the stage in which a case ends was due, if somebody had it to verify or to dispatch."""
        return self._due_of({State.VERIFYING: Stage.VERIFY, State.FILED: Stage.DISPATCH}.get(before))

    def void(self, reason: VoidReason, *, by: Actor, at: datetime) -> None:
        """Make the case void."""
        case = self.case
        before = self._decide(V.VOID, at, reason=reason)
        unit_id, due_before, due = case.unit_id, case.due_at, self._waiting_due(before)
        self._end_pause(at)
        self._stop(at=at)
        case.ended_at, case.void_reason, case.shelved_until = at, reason, None
        case.unit_id, case.due_at, case.due_is_provisional, case.signed_at = None, None, False, None
        self._lapse(at)
        voided = events.CaseVoided(
            **where(case, came_from=before),
            unit_id=unit_id,
            reason=reason,
            due_before=due_before,
            stage_due_at=due,
            **_WORDLESS,
        )
        self._tell(voided, by=by, at=at)

    def force_close(self, reason: ForcedReason, *, by: Actor, at: datetime) -> None:
        """Close a case that no unit can put right."""
        case = self.case
        before = self._decide(V.FORCE_CLOSE, at, reason=reason)
        case.in_time = rules.is_in_time(self.running[Stage.HANDLE].paused_at or at, due_at(case))
        self._end_pause(at)
        self._stop(at=at)
        case.ended_at, case.forced, case.shelved_until = at, True, None
        self._lapse(at)
        forced = events.CaseForceClosed(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            reason=reason,
            in_time=bool(case.in_time),
            due_at=due_at(case),
            quantity=case.quantity,
            **_WORDLESS,
        )
        self._tell(forced, by=by, at=at)

    # ── after the end ─────────────────────────────────────────────────────────────────────────────────────────────

    def appeal(self, reason: Ground, note: str, *, by: Actor, at: datetime) -> None:
        """Hold that an overrun was not the unit's own."""
        case = self.case
        before = self._decide(V.APPEAL, at, reason=reason)
        noted = self._noted(note, at)
        asked = self._ask(RequestKind.APPEAL, reason, at, text_id=noted["text_id"])
        case.appealed = True
        told = events.CaseAppealed(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            request_id=asked.pk,
            reason=reason,
            **noted,
        )
        self._tell(told, by=by, at=at)

    def review_appeal(self, answered: Answer, *, by: Actor, at: datetime) -> None:
        """Say in the first stage whether the appeal should be upheld."""
        case = self.case
        before = self._decide(V.REVIEW_APPEAL, at, answer=answered)
        asked = self.open[RequestKind.APPEAL]
        asked.reviewed_at, asked.supported = at, answered is Answer.YES
        case.asking = " ".join(sorted((case.asked - {RequestKind.APPEAL}) | {SECOND_STAGE}))
        reviewed = events.CaseAppealReviewed(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            request_id=asked.pk,
            answer=answered,
            **_WORDLESS,
        )
        self._tell(reviewed, by=by, at=at)

    def decide_appeal(self, answered: Answer, *, by: Actor, at: datetime) -> None:
        """Decide an appeal."""
        case = self.case
        before = self._decide(V.DECIDE_APPEAL, at, answer=answered)
        upheld = answered is Answer.YES
        asked = self._answer(RequestKind.APPEAL, RequestState.GRANTED if upheld else RequestState.REFUSED, at)
        case.excused = upheld
        decided = events.CaseAppealDecided(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            request_id=asked.pk,
            answer=answered,
            due_at=case.due_at,
            **_WORDLESS,
        )
        self._tell(decided, by=by, at=at)

    def call_back(self, result: CallBackResult, reason: Discontent | None, *, by: Actor, at: datetime) -> None:
        """Note what the reporter said."""
        case = self.case
        before = self._decide(V.CALL_BACK, at, result=result)
        self.rows.add(bulk.row(CallBack, case_id=case.pk, result=result, reason=reason or "", called_at=at))
        was, case.callback = case.callback, result
        called = events.CaseCalledBack(
            **where(case, came_from=before),
            unit_id=case.unit_id,
            result=result,
            reason=reason,
            result_before=CallBackResult(was) if was else None,
            before_at=self.called_at,
            **_WORDLESS,
        )
        self.called_at = at
        self._tell(called, by=by, at=at)

    def look_back(self, result: LookBackResult, relapse: "Life | None", *, by: Actor, at: datetime) -> None:
        """Look at a closed case's place."""
        case = self.case
        before = self._decide(V.LOOK_BACK, at, result=result)
        relapse_id = relapse.case.pk if relapse else None
        self.rows.add(bulk.row(LookBack, case_id=case.pk, result=result, relapse_id=relapse_id, looked_at=at))
        looked = events.CaseLookedBack(
            **where(case, came_from=before),
            unit_id=case.unit_id,
            result=result,
            relapse_id=relapse_id,
        )
        self._tell(looked, by=by, at=at)

    def ask_reopen(self, reason: ReopenGround, note: str, *, by: Actor, at: datetime) -> None:
        """Ask for an ended case to be taken up again."""
        case = self.case
        before = self._decide(V.ASK_REOPEN, at, reason=reason)
        noted = self._noted(note, at)
        asked = self._ask(RequestKind.REOPENING, reason, at, text_id=noted["text_id"])
        told = events.CaseReopenAsked(
            **where(case, came_from=before),
            request_id=asked.pk,
            reason=reason,
            **noted,
        )
        self._tell(told, by=by, at=at)

    def reopen(self, note: str, *, by: Actor, at: datetime) -> None:
        """Take a closed case up again."""
        case = self.case
        before = self._decide(V.REOPEN, at, note=note)
        asked = self._answer(RequestKind.REOPENING, RequestState.GRANTED, at)
        was_in_time, was_forced, due_before = bool(case.in_time) or case.excused, case.forced, case.due_at
        case.ended_at, case.in_time, case.excused, case.forced, case.handed_in = None, None, False, False, 0
        case.callback = ""
        case.signed_at = case.signed_at or at
        case.reopens += 1
        if RequestKind.APPEAL in self.open:
            self._answer(RequestKind.APPEAL, RequestState.LAPSED, at)
        self._start(Stage.WHOLE, at=at)
        self._run(clocks.handling_clock(case, at))
        reopened = events.CaseReopened(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            request_id=asked.pk,
            in_time=was_in_time,
            forced=was_forced,
            due_before=due_before,
            quantity=case.quantity,
            **due_of(case),
            **self._noted(note, at),
        )
        self._tell(reopened, by=by, at=at)

    def reconsider(self, note: str, *, by: Actor, at: datetime) -> None:
        """Look again at a report that was not taken on."""
        case = self.case
        before = self._decide(V.RECONSIDER, at, note=note)
        asked = self._answer(RequestKind.REOPENING, RequestState.GRANTED, at)
        case.ended_at, case.refusal = None, ""
        case.reopens += 1
        taken_in = events.CaseReconsidered(
            **where(case, came_from=before),
            request_id=asked.pk,
            **self._noted(note, at),
        )
        self._tell(taken_in, by=by, at=at)

    def refuse_reopen(self, note: str, *, by: Actor, at: datetime) -> None:
        """Leave the case ended."""
        case = self.case
        before = self._decide(V.REFUSE_REOPEN, at, note=note)
        asked = self._answer(RequestKind.REOPENING, RequestState.REFUSED, at)
        refused = events.CaseReopenRefused(
            **where(case, came_from=before),
            request_id=asked.pk,
            **self._noted(note, at),
        )
        self._tell(refused, by=by, at=at)
