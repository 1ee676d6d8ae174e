# SPDX-License-Identifier: Apache-2.0
"""Honest "not done yet": a unit asks for more time or for shelving in two answers, whoever approves answers in one.

Asking costs nothing: no counter of requests per person or unit exists, and a refused one leaves no mark on the case.
"""

import logging
from datetime import UTC, date, datetime, time

from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.enums import Denial, NotYet, PauseReason, RequestKind, RequestState, State, V
from jiayuan.cases.models import Case, Request
from jiayuan.cases.rules.life import LONGEST_SHELVING, SECOND_STAGE, extension_ends, shelving_ends
from jiayuan.cases.services import clocks
from jiayuan.cases.services.core import (
    CaseId,
    decide,
    due_at,
    locked,
    note_of,
    unit_of,
    where,
    write,
)
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.record.log import record
from jiayuan.standards import queries as standards

logger = logging.getLogger(__name__)
_END_OF_DAY = time(23, 59, 59)
_WHILE_IN_HAND = (RequestKind.EXTENSION, RequestKind.SHELVING)
_DATES = {
    "not_later": pgettext_lazy("cases", "Choose a day after the present deadline."),
    "not_ahead": pgettext_lazy("cases", "Choose a day that lies ahead."),
    "too_far": pgettext_lazy("cases", "This day is too far off; %(latest)s is the latest possible."),
}


@command
def ask_extension(
    *,
    case_id: CaseId,
    reason: NotYet,
    until: date,
    note: str,
    by: Actor,
    at: datetime,
    leader: str = "",
    version: int | None = None,
) -> Case:
    """Ask for time until the end of a day; the deadline stands until somebody grants it.

    At most one original limit further each time. A second extension names the leader who stands for it.
    """
    case = locked(case_id)
    require(by, May.HANDLE, at=case.spot)
    before = decide(case, V.ASK_EXTENSION, by=by, version=version, at=at, given={"reason": reason, "until": until})
    ends = datetime.combine(until, _END_OF_DAY, clock.ZONE)
    _check_extension(case, ends, leader)
    told = f"{leader}：{note}" if leader and note else leader or note
    noted = note_of(case, told, at=at)
    asked = ask(case, RequestKind.EXTENSION, reason, at=at, until=ends, text_id=noted["text_id"])
    write(case, "asking")
    record(
        events.CaseExtensionAsked(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            request_id=asked.pk,
            reason=reason,
            until=ends.astimezone(UTC),
            **noted,
        ),
        by=by,
        at=at,
    )
    return case


def _check_extension(case: Case, ends: datetime, leader: str) -> None:
    limit = standards.condition(case.condition_id or 0).limit
    latest = standards.deadline_for(start=due_at(case), limit=limit).at
    if fault := extension_ends(due_at=due_at(case), until=ends, latest=latest):
        raise Refused(fault, _DATES[fault], field="until", latest=clock.on(latest).isoformat())
    if case.extensions and not leader:
        raise Refused(
            "missing_leader",
            pgettext_lazy("cases", "A second extension needs the name of the leader who stands for it."),
            field="leader",
        )


@command
def grant_extension(*, case_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Move the deadline as asked."""
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.GRANT_EXTENSION, by=by, version=version, at=at)
    asked = answer(case, RequestKind.EXTENSION, RequestState.GRANTED, at=at)
    if asked.until is None:
        raise RuntimeError("an extension asks for a day")
    due_before = clocks.extend(case, asked.until)
    case.extensions += 1
    write(case, "asking", "extensions", "due_at", "due_is_provisional")
    extended = events.CaseExtended(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        request_id=asked.pk,
        due_before=due_before,
        due_at=asked.until,
    )
    record(extended, by=by, at=at)
    return case


@command
def refuse_extension(
    *, case_id: CaseId, reason: Denial, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Leave the deadline where it is, and say why."""
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.REFUSE_EXTENSION, by=by, version=version, at=at, given={"reason": reason})
    asked = answer(case, RequestKind.EXTENSION, RequestState.REFUSED, at=at, denial=reason)
    write(case, "asking")
    refused = events.CaseExtensionRefused(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        request_id=asked.pk,
        reason=reason,
        **note_of(case, note, at=at),
    )
    record(refused, by=by, at=at)
    return case


@command
def ask_shelving(
    *, case_id: CaseId, reason: NotYet, until: date, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Ask to let the case rest until a day, at most a year off; once in the life of a case."""
    case = locked(case_id)
    require(by, May.HANDLE, at=case.spot)
    before = decide(case, V.ASK_SHELVING, by=by, version=version, at=at, given={"reason": reason, "until": until})
    today = clock.on(at)
    if fault := shelving_ends(today, until):
        raise Refused(fault, _DATES[fault], field="until", latest=(today + LONGEST_SHELVING).isoformat())
    noted = note_of(case, note, at=at)
    ends = datetime.combine(until, _END_OF_DAY, clock.ZONE)
    asked = ask(case, RequestKind.SHELVING, reason, at=at, until=ends, text_id=noted["text_id"])
    write(case, "asking")
    record(
        events.CaseShelvingAsked(
            **where(case, came_from=before),
            unit_id=unit_of(case),
            request_id=asked.pk,
            reason=reason,
            until=ends.astimezone(UTC),
            **noted,
        ),
        by=by,
        at=at,
    )
    return case


@command
def shelve(*, case_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Let the case rest as asked; its clock stands still and goes on by itself on the morning after that day."""
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.SHELVE, by=by, version=version, at=at)
    asked = answer(case, RequestKind.SHELVING, RequestState.GRANTED, at=at)
    if asked.until is None:
        raise RuntimeError("shelving asks for a day")
    clocks.pause(case, PauseReason.SHELVED, at=at)
    case.shelvings += 1
    case.shelved_until = clock.on(asked.until)
    write(case, "asking", "shelvings", "shelved_until", *lapse(case, at=at))
    shelved = events.CaseShelved(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        request_id=asked.pk,
        due_before=due_at(case),
        until=asked.until,
    )
    record(shelved, by=by, at=at)
    return case


@command
def refuse_shelving(
    *, case_id: CaseId, reason: Denial, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Let the clock go on, and say why."""
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.REFUSE_SHELVING, by=by, version=version, at=at, given={"reason": reason})
    asked = answer(case, RequestKind.SHELVING, RequestState.REFUSED, at=at, denial=reason)
    write(case, "asking")
    refused = events.CaseShelvingRefused(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        request_id=asked.pk,
        reason=reason,
        **note_of(case, note, at=at),
    )
    record(refused, by=by, at=at)
    return case


@command
def resume(*, case_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Take a shelved case up again; its clock goes on with what was left."""
    case = locked(case_id)
    require(by, May.APPROVE, at=case.spot)
    before = decide(case, V.RESUME, by=by, version=version, at=at)
    due_before = clocks.go_on(case, at=at)
    case.shelved_until = None
    write(case, "shelved_until", "due_at", "due_is_provisional")
    resumed = events.CaseResumed(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        due_before=due_before,
        due_at=due_at(case),
        due_is_provisional=case.due_is_provisional,
    )
    record(resumed, by=by, at=at)
    return case


def resume_due(*, by: Actor, at: datetime, limit: int = 100) -> int:
    """Take up again what was shelved until yesterday or earlier, each case by itself; how many were.

    What cannot be taken up now is passed over, so that it holds up nothing behind it, and is tried again next time.
    """
    due = Case.objects.filter(state=State.SHELVED, shelved_until__lt=clock.on(at)).order_by("shelved_until", "pk")
    resumed = 0
    for case_id in list(due.values_list("pk", flat=True)):
        if resumed == limit:
            break
        resumed += _resumed(CaseId(case_id), by=by, at=at)
    return resumed


def _resumed(case_id: CaseId, *, by: Actor, at: datetime) -> bool:
    try:
        resume(case_id=case_id, by=by, at=at)
    except Stale:
        # Somebody took it up by hand meanwhile.
        return False
    except Refused as refusal:
        logger.warning("case %s stays shelved: %s", case_id, refusal.code)
        return False
    return True


def ask(
    case: Case,
    kind: RequestKind,
    reason: str,
    *,
    at: datetime,
    until: datetime | None = None,
    text_id: int | None = None,
) -> Request:
    """Keep what is asked of a case until somebody answers."""
    case.asking = _joined(case.asked | {kind})
    return Request.objects.create(case=case, kind=kind, reason=reason, until=until, text_id=text_id, asked_at=at)


def answer(case: Case, kind: RequestKind, state: RequestState, *, at: datetime, denial: str = "") -> Request:
    """Answer the open request of a kind; the case is no longer asked for it."""
    asked = Request.objects.get(case=case, kind=kind, state=RequestState.OPEN)
    asked.state, asked.answered_at, asked.denial = state, at, denial
    asked.save(update_fields=["state", "answered_at", "denial"])
    case.asking = _joined(case.asked - {kind, SECOND_STAGE if kind is RequestKind.APPEAL else kind})
    return asked


def lapse(case: Case, *, at: datetime) -> tuple[str, ...]:
    """Let requests for time fall away when the unit no longer needs them; the columns that changed."""
    left = case.asked - set(_WHILE_IN_HAND)
    if left == case.asked:
        return ()
    Request.objects.filter(case=case, kind__in=_WHILE_IN_HAND, state=RequestState.OPEN).update(
        state=RequestState.LAPSED, answered_at=at
    )
    case.asking = _joined(left)
    return ("asking",)


def _joined(codes: frozenset[str]) -> str:
    return " ".join(sorted(codes))
