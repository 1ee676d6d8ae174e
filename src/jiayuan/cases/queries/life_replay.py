# SPDX-License-Identifier: Apache-2.0
"""Whether cases stand where their events say: the check of a bulk load, and of ourselves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jiayuan.cases import events
from jiayuan.cases.enums import ENDED, RequestKind, RequestState, Stage, State, V
from jiayuan.cases.lifecycle import LIFE
from jiayuan.cases.models import CallBack, Case, LookBack, Pause, Request, Timer
from jiayuan.cases.rules.life import SECOND_STAGE
from jiayuan.record.events import Event
from jiayuan.record.queries import histories_of

MOVE_OF: Mapping[type[Event], V] = {
    events.CaseVerificationAsked: V.ASK_VERIFY,
    events.CaseVerified: V.FIND,
    events.CaseFiled: V.FILE,
    events.CaseRejected: V.REJECT,
    events.CaseDispatched: V.DISPATCH,
    events.CaseSigned: V.SIGN,
    events.CaseReturned: V.RETURN,
    events.CaseReturnConfirmed: V.CONFIRM_RETURN,
    events.CaseReturnRefused: V.REFUSE_RETURN,
    events.CaseHandedIn: V.HAND_IN,
    events.CaseFedBack: V.FEED_BACK,
    events.CaseClosed: V.CLOSE,
    events.CaseSentBack: V.SEND_BACK,
    events.CaseExtensionAsked: V.ASK_EXTENSION,
    events.CaseExtended: V.GRANT_EXTENSION,
    events.CaseExtensionRefused: V.REFUSE_EXTENSION,
    events.CaseShelvingAsked: V.ASK_SHELVING,
    events.CaseShelved: V.SHELVE,
    events.CaseShelvingRefused: V.REFUSE_SHELVING,
    events.CaseResumed: V.RESUME,
    events.CaseUrged: V.URGE,
    events.CaseSplit: V.SPLIT,
    events.CaseMerged: V.MERGE,
    events.CaseVoided: V.VOID,
    events.CaseForceClosed: V.FORCE_CLOSE,
    events.CaseAppealed: V.APPEAL,
    events.CaseAppealReviewed: V.REVIEW_APPEAL,
    events.CaseAppealDecided: V.DECIDE_APPEAL,
    events.CaseCalledBack: V.CALL_BACK,
    events.CaseLookedBack: V.LOOK_BACK,
    events.CaseReopenAsked: V.ASK_REOPEN,
    events.CaseReopened: V.REOPEN,
    events.CaseReconsidered: V.RECONSIDER,
    events.CaseReopenRefused: V.REFUSE_REOPEN,
}
"""The move that each event tells of; a report begins a case, and a deadline that moved by the calendar moves none."""

_ASKS = {
    V.ASK_EXTENSION: RequestKind.EXTENSION,
    V.ASK_SHELVING: RequestKind.SHELVING,
    V.APPEAL: RequestKind.APPEAL,
    V.ASK_REOPEN: RequestKind.REOPENING,
}
_ANSWERS = {
    V.GRANT_EXTENSION: RequestKind.EXTENSION,
    V.REFUSE_EXTENSION: RequestKind.EXTENSION,
    V.SHELVE: RequestKind.SHELVING,
    V.REFUSE_SHELVING: RequestKind.SHELVING,
    V.DECIDE_APPEAL: RequestKind.APPEAL,
    V.REOPEN: RequestKind.REOPENING,
    V.RECONSIDER: RequestKind.REOPENING,
    V.REFUSE_REOPEN: RequestKind.REOPENING,
}
_LETS_GO = (V.RETURN, V.FEED_BACK, V.SHELVE, V.VOID, V.FORCE_CLOSE)
"""The moves after which a unit no longer needs more time."""
_COUNTS = {
    V.RETURN: "returns",
    V.SEND_BACK: "reworks",
    V.GRANT_EXTENSION: "extensions",
    V.SHELVE: "shelvings",
    V.REOPEN: "reopens",
    V.RECONSIDER: "reopens",
}


@dataclass(slots=True)
class Told:
    """A case as its events tell it, and which of them could not happen."""

    state: State | None = None
    class_code: str = ""
    quantity: int = 1
    unit_id: int | None = None
    due_at: datetime | None = None
    in_time: bool | None = None
    moves: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTS.values(), 0))
    asking: set[str] = field(default_factory=set)
    at: datetime | None = None
    wrong: list[str] = field(default_factory=list)


def told_of_case(history: Iterable[tuple[datetime, Event]]) -> Told:
    """Where a case stands after these events, oldest first."""
    told = Told()
    for at, event in history:
        if isinstance(event, events.CaseEvent):
            _tell(told, event, at)
    return told


def _tell(told: Told, event: events.CaseEvent, at: datetime) -> None:
    if told.at is not None and at < told.at:
        told.wrong.append(f"{event.KIND} happened before what was known already")
    if event.came_from != told.state:
        told.wrong.append(f"{event.KIND} began at {event.came_from}, the case stood at {told.state}")
    verb = MOVE_OF.get(type(event))
    if verb is not None:
        _moved(told, event, verb)
    elif isinstance(event, events.CaseReported):
        told.quantity = event.quantity
    elif isinstance(event, events.CaseDeadlineMoved):
        told.due_at, told.moves = event.due_at, told.moves + 1
    told.state, told.class_code, told.at = event.to, event.class_code, at


def _moved(told: Told, event: events.CaseEvent, verb: V) -> None:
    row = LIFE[verb]
    if told.state is None or told.state not in row.sources or row.after(told.state) != event.to:
        told.wrong.append(f"{verb} does not lead from {told.state} to {event.to}")
    told.moves += 1
    if verb in _COUNTS:
        told.counts[_COUNTS[verb]] += 1
    _asked(told, verb)
    if verb is V.FEED_BACK or verb is V.FORCE_CLOSE:
        told.in_time = getattr(event, "in_time", None)
    if verb in (V.SEND_BACK, V.REOPEN):
        told.in_time = None
    _in_hand(told, event, verb)


def _asked(told: Told, verb: V) -> None:
    if verb in _LETS_GO:
        told.asking -= {RequestKind.EXTENSION, RequestKind.SHELVING}
    if verb in _ASKS:
        told.asking.add(_ASKS[verb])
    if verb in _ANSWERS:
        told.asking -= {_ANSWERS[verb]}
    if verb is V.REVIEW_APPEAL:
        told.asking = (told.asking - {RequestKind.APPEAL}) | {SECOND_STAGE}
    if verb in (V.DECIDE_APPEAL, V.REOPEN):
        told.asking -= {RequestKind.APPEAL, SECOND_STAGE}


def _in_hand(told: Told, event: events.CaseEvent, verb: V) -> None:
    """Who has the case and until when."""
    if verb in (V.RETURN, V.CONFIRM_RETURN, V.VOID):
        told.unit_id = told.due_at = None
    elif verb in (V.DISPATCH, V.REFUSE_RETURN):
        told.unit_id, told.due_at = getattr(event, "unit_id", None), getattr(event, "due_at", None)
    elif verb in (V.SEND_BACK, V.GRANT_EXTENSION, V.RESUME, V.REOPEN):
        told.due_at = getattr(event, "due_at", None)


def wrong_cases(cases: Iterable[Case]) -> Iterator[str]:
    """What the tables say of these cases and their events do not, in a sentence each; nothing when all agree."""
    held = list(cases)
    ids = [case.pk for case in held]
    clocks, waiting = _clocks_of(ids), _open_requests(ids)
    answers, looks = _latest_answers(ids), _relapses(ids)
    histories = histories_of("case", ids)
    for case in held:
        told = told_of_case(histories.get(case.pk, ()))
        faults = [*told.wrong, *_differing(case, told)]
        if clocks.get(case.pk, {}) != _clocks_wanted(State(case.state), verifying=case.state == State.VERIFYING):
            faults.append(f"its clocks run as {sorted(clocks.get(case.pk, {}))}")
        if waiting.get(case.pk, set()) != {RequestKind.APPEAL if one == SECOND_STAGE else one for one in case.asked}:
            faults.append(f"its open requests are {sorted(waiting.get(case.pk, set()))}")
        if case.callback and answers.get(case.pk) != case.callback:
            faults.append("its call-back is not the latest")
        if looks.get(case.pk, set()) - {case.pk}:
            faults.append("a relapse names another case")
        yield from (f"{case.handle}: {fault}" for fault in faults)


def _differing(case: Case, told: Told) -> Iterator[str]:
    kept = {
        "state": case.state,
        "quantity": case.quantity,
        "unit": case.unit_id,
        "deadline": case.due_at,
        "in time": case.in_time,
        "number of moves": case.version,
        "asking": case.asked,
    }
    said = {
        "state": told.state,
        "quantity": told.quantity,
        "unit": told.unit_id,
        "deadline": told.due_at,
        "in time": told.in_time,
        "number of moves": told.moves,
        "asking": frozenset(told.asking),
    }
    yield from (f"{name} is {kept[name]}, its events say {said[name]}" for name in kept if kept[name] != said[name])
    for name, n in told.counts.items():
        if getattr(case, name) != n:
            yield f"{name} is {getattr(case, name)}, its events say {n}"
    if case.state in ENDED and case.ended_at is None:
        yield "it ended at no moment"


def _clocks_wanted(state: State, *, verifying: bool) -> dict[str, bool]:
    """Which clocks run in a state, and whether they stand still."""
    if verifying:
        return {Stage.VERIFY: False}
    wanted: dict[State, dict[str, bool]] = {
        State.FILED: {Stage.DISPATCH: False, Stage.WHOLE: False},
        State.DISPATCHED: {Stage.HANDLE: False, Stage.WHOLE: False},
        State.HANDLING: {Stage.HANDLE: False, Stage.WHOLE: False},
        State.REWORK: {Stage.HANDLE: False, Stage.WHOLE: False},
        State.RETURNED: {Stage.HANDLE: True, Stage.WHOLE: False},
        State.SHELVED: {Stage.HANDLE: True, Stage.WHOLE: False},
        State.FED_BACK: {Stage.CHECK: False, Stage.WHOLE: False},
    }
    return wanted.get(state, {})


def _clocks_of(ids: list[int]) -> dict[int, dict[str, bool]]:
    running = Timer.objects.filter(case_id__in=ids, ended_at=None)
    open_pauses = set(Pause.objects.filter(timer__case_id__in=ids, until_at=None).values_list("timer_id", flat=True))
    found: dict[int, dict[str, bool]] = {}
    for timer in running.order_by("pk"):
        stands_still = timer.paused_at is not None and timer.pk in open_pauses
        found.setdefault(timer.case_id, {})[timer.stage] = stands_still
    return found


def _open_requests(ids: list[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for case_id, kind in Request.objects.filter(case_id__in=ids, state=RequestState.OPEN).values_list(
        "case_id", "kind"
    ):
        found.setdefault(case_id, set()).add(kind)
    return found


def _latest_answers(ids: list[int]) -> dict[int, str]:
    """What the reporters of these cases said last."""
    rows = CallBack.objects.filter(case_id__in=ids).order_by("called_at", "pk")
    return dict(rows.values_list("case_id", "result"))


def _relapses(ids: list[int]) -> dict[int, set[int | None]]:
    """The cases that relapses of these cases name as the old one."""
    found: dict[int, set[int | None]] = {}
    rows = LookBack.objects.filter(case_id__in=ids, relapse__isnull=False)
    for case_id, named in rows.values_list("case_id", "relapse__relapse_of_id"):
        found.setdefault(case_id, set()).add(named)
    return found
