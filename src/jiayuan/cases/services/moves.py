# SPDX-License-Identifier: Apache-2.0
"""The commands of cases: the only writers. Each reads load – require – decide – write – record."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NewType
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events, rules
from jiayuan.cases.access import May
from jiayuan.cases.enums import Finding, Refusal, ReturnReason, Shortfall, Source, State, TextKind, V
from jiayuan.cases.intake import ReportInput
from jiayuan.cases.lifecycle import LIFE
from jiayuan.cases.models import Case, Contact, Text
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.kernel.handles import new_handle
from jiayuan.kernel.machine import check_move
from jiayuan.media.enums import PhotoRole
from jiayuan.media.queries import photos_of
from jiayuan.media.services import attach
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.record.events import Code, Digest, PersonId
from jiayuan.record.log import record
from jiayuan.record.queries import persons_behind
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import Setting

CaseId = NewType("CaseId", int)
_TEXT_ON = {"text_id", "text_digest"}


def report(*, given: ReportInput, by: Actor, at: datetime, handle: str | None = None) -> Case:
    """The stored case for a report; the same ``client_id`` from the same source gives the same case again."""
    try:
        return _report(given=given, by=by, at=at, handle=handle or new_handle())
    except IntegrityError:
        # Sent twice, or sent again because the answer was lost. Asking first would cost every report a query and
        # still miss two that arrive at once; the unique key misses nothing.
        told = Case.objects.filter(source=given.source, client_id=given.client_id).first()
        if told is None:
            raise
        return told


@command
def _report(*, given: ReportInput, by: Actor, at: datetime, handle: str) -> Case:
    if given.source is not Source.PUBLIC:
        require(by, May.REPORT, at=Spot(code=given.village))
    at = rules.moment_of_report(given.seen_at, received_at=at)
    case = _new_case(given, by=by, at=at, handle=handle)
    case.save(force_insert=True)
    text_id, digest = _keep_words(case, given, at=at)
    _attach(case, given.photos, PhotoRole.BEFORE, by=by, at=at)
    record(
        events.CaseReported(
            **_where(case, came_from=None),
            source=given.source,
            photos=len(given.photos),
            text_id=text_id,
            text_digest=digest,
            reporter=PersonId(by.person_id) if by.person_id else None,
        ),
        by=by,
        at=at,
    )
    return case


def _new_case(given: ReportInput, *, by: Actor, at: datetime, handle: str) -> Case:
    village = places.division(given.village)
    tile = standards.tile(given.tile)
    if village is None or village.level is not Level.VILLAGE or (tile is None and given.class_id is None):
        raise Refused("unknown_place_or_kind", pgettext_lazy("cases", "Choose the place and the kind again."))
    position = given.position
    return Case(
        handle=handle,
        client_id=given.client_id,
        source=given.source,
        state=State.REPORTED,
        county=village.county,
        town=village.town,
        village=village.code,
        lon=position.lon if position else None,
        lat=position.lat if position else None,
        accuracy_m=position.accuracy_m if position else None,
        position_source=position.source if position else "",
        problem_class_id=given.class_id or (tile.class_in(_setting(village)).id if tile else 0),
        tile=given.tile,
        reported_at=at,
        reported_on=clock.on(at),
        moved_at=at,
        reporter_id=by.person_id,
    )


def _setting(village: places.Place) -> Setting:
    return standards.setting_of(urban_rural=village.urban_rural, kind=village.kind)


def _keep_words(case: Case, given: ReportInput, *, at: datetime) -> tuple[int | None, Digest | None]:
    bodies = ((TextKind.REPORT, given.text), (TextKind.PLACE, given.place_text))
    kept = Text.objects.bulk_create(
        [Text(case=case, kind=kind, body=body, written_at=at) for kind, body in bodies if body]
    )
    if given.contact_name or given.contact_phone:
        Contact.objects.create(
            case=case, name=given.contact_name, phone=given.contact_phone, language=given.language[:10]
        )
    first = kept[0] if kept and kept[0].kind == TextKind.REPORT else None
    return (first.pk, _digest(first.body)) if first else (None, None)


@command
def ask_verify(*, case_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Have somebody look on site before the case is filed."""
    case = _locked(case_id)
    require(by, May.TRIAGE, at=case.spot)
    before = _decide(case, V.ASK_VERIFY, version=version, at=at)
    _write(case)
    record(events.CaseVerificationAsked(**_where(case, came_from=before)), by=by, at=at)
    return case


@command
def find(
    *,
    case_id: CaseId,
    finding: Finding,
    note: str,
    photos: Sequence[UUID],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Say what was found on site; the acceptor decides what follows from it."""
    case = _locked(case_id)
    require(by, May.VERIFY, at=case.spot)
    before = _decide(case, V.FIND, version=version, at=at, given={"finding": finding})
    _write(case)
    _attach(case, photos, PhotoRole.BEFORE, by=by, at=at)
    noted = _note(case, note, at=at)
    record(events.CaseVerified(**_where(case, came_from=before), finding=finding, **noted), by=by, at=at)
    return case


@command
def file(*, case_id: CaseId, condition_id: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Take the case on under a filing condition, which names its class, its limit and when it counts as done."""
    case = _locked(case_id)
    require(by, May.TRIAGE, at=case.spot)
    before = _decide(case, V.FILE, version=version, at=at, given={"condition": condition_id})
    condition = _condition(condition_id)
    class_before = _class_code(case)
    case.condition_id, case.problem_class_id, case.filed_at = condition.id, condition.class_id, at
    _write(case, "condition", "problem_class", "filed_at")
    filed = events.CaseFiled(
        **_where(case, came_from=before),
        class_before=class_before,
        limit_kind=Code(condition.limit.kind),
        limit_value=condition.limit.value,
    )
    record(filed, by=by, at=at)
    return case


def _condition(condition_id: int) -> standards.Condition:
    """The condition, in force: a retired one stays with the cases that were filed under it and takes no new ones."""
    try:
        found = standards.condition(condition_id)
    except KeyError:
        found = None
    if found is None or found.is_retired:
        raise Refused("missing_condition", pgettext_lazy("cases", "Choose one of the conditions."), field="condition")
    return found


@command
def reject(*, case_id: CaseId, reason: Refusal, note: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Do not take the case on; the reporter reads the reason on the status page."""
    case = _locked(case_id)
    require(by, May.TRIAGE, at=case.spot)
    before = _decide(case, V.REJECT, version=version, at=at, given={"reason": reason})
    case.ended_at, case.refusal = at, reason
    _write(case, "ended_at", "refusal")
    noted = _note(case, note, at=at)
    record(events.CaseRejected(**_where(case, came_from=before), reason=reason, **noted), by=by, at=at)
    return case


@command
def dispatch(*, case_id: CaseId, unit_id: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Give the case to a unit that answers for its place; the handling clock starts and the deadline stands."""
    case = _locked(case_id)
    require(by, May.DISPATCH, at=case.spot)
    before = _decide(case, V.DISPATCH, version=version, at=at, given={"unit": unit_id})
    if all(unit.id != unit_id for unit in places.units_for(case.village, on=clock.on(at))):
        raise Refused("unknown_unit", pgettext_lazy("cases", "Choose a unit from the list."), field="unit")
    case.unit_id, case.dispatched_at = unit_id, at
    _set_due(case, at)
    _write(case, "unit", "dispatched_at", "due_at", "due_is_provisional")
    dispatched = events.CaseDispatched(**_where(case, came_from=before), unit_id=unit_id, **_due(case))
    record(dispatched, by=by, at=at)
    return case


@command
def sign(*, case_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Take the case into the unit's hands."""
    case = _locked(case_id)
    require(by, May.HANDLE, at=case.spot)
    before = _decide(case, V.SIGN, version=version, at=at)
    case.signed_at = at
    _write(case, "signed_at")
    record(events.CaseSigned(**_where(case, came_from=before), unit_id=_unit(case)), by=by, at=at)
    return case


@command
def give_back(
    *, case_id: CaseId, reason: ReturnReason, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Return the case to the dispatcher, because it is not this unit's; the clock stops and the unit lets go."""
    case = _locked(case_id)
    require(by, May.HANDLE, at=case.spot)
    before = _decide(case, V.RETURN, version=version, at=at, given={"reason": reason})
    unit_id = _unit(case)
    case.returns += 1
    case.unit, case.due_at, case.due_is_provisional, case.signed_at = None, None, False, None
    _write(case, "returns", "unit", "due_at", "due_is_provisional", "signed_at")
    noted = _note(case, note, at=at)
    returned = events.CaseReturned(**_where(case, came_from=before), unit_id=unit_id, reason=reason, **noted)
    record(returned, by=by, at=at)
    return case


@command
def feed_back(
    *, case_id: CaseId, evidence: Sequence[UUID], note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Declare the problem dealt with; somebody outside the unit decides whether it is. The clock stops here.

    Pictures that hang at the case already are no evidence of what was done since.
    """
    case = _locked(case_id)
    require(by, May.HANDLE, at=case.spot)
    old = {photo.handle for photo in photos_of(case.ref)}
    fresh = [handle for handle in dict.fromkeys(evidence) if handle not in old]
    before = _decide(case, V.FEED_BACK, version=version, at=at, given={"evidence": fresh})
    case.fed_back_at, case.in_time = at, rules.is_in_time(at, _due_at(case))
    _write(case, "fed_back_at", "in_time")
    _attach(case, fresh, PhotoRole.AFTER, by=by, at=at)
    fed_back = events.CaseFedBack(
        **_where(case, came_from=before),
        unit_id=_unit(case),
        photos=len(fresh),
        in_time=bool(case.in_time),
        **_note(case, note, at=at),
    )
    record(fed_back, by=by, at=at)
    return case


@command
def close(*, case_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Close the case after a check by somebody who did not handle it."""
    case = _locked(case_id)
    require(by, May.CHECK, at=case.spot)
    before = _decide(case, V.CLOSE, version=version, at=at)
    _refuse_own_work(case, by)
    case.ended_at = at
    _write(case, "ended_at")
    closed = events.CaseClosed(**_where(case, came_from=before), unit_id=_unit(case), in_time=bool(case.in_time))
    record(closed, by=by, at=at)
    return case


@command
def send_back(
    *, case_id: CaseId, reason: Shortfall, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Send the case back to its unit with the same limit again; all earlier evidence stays."""
    case = _locked(case_id)
    require(by, May.CHECK, at=case.spot)
    before = _decide(case, V.SEND_BACK, version=version, at=at, given={"reason": reason})
    _refuse_own_work(case, by)
    case.reworks, case.in_time = case.reworks + 1, None
    _set_due(case, at)
    _write(case, "reworks", "in_time", "due_at", "due_is_provisional")
    sent = events.CaseSentBack(
        **_where(case, came_from=before), unit_id=_unit(case), reason=reason, **_due(case), **_note(case, note, at=at)
    )
    record(sent, by=by, at=at)
    return case


@command
def erase_reporter(*, person_id: int, by: Actor, at: datetime) -> int:
    """Remove how to reach a forgotten person and what they wrote; their cases and the record stay. How many cases."""
    theirs = Case.objects.filter(reporter_id=person_id)
    Contact.objects.filter(case__in=theirs.values("pk")).delete()
    told = (TextKind.REPORT, TextKind.PLACE)
    Text.objects.filter(case__in=theirs.values("pk"), kind__in=told).delete()
    return theirs.update(reporter=None)


@command
def erase_old_contacts(*, by: Actor, at: datetime) -> int:
    """Remove how to reach the reporters of cases that ended long ago; how many contacts went."""
    latest = at - timedelta(days=settings.CONTACTS_KEPT_DAYS)
    return Contact.objects.filter(case__ended_at__lt=latest).delete()[0]


def _locked(case_id: CaseId) -> Case:
    """The case with its row locked until the command ends."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)


def _decide(
    case: Case, verb: V, *, version: int | None, at: datetime, given: Mapping[str, object] | None = None
) -> State:
    """The single choke point of all moves: the table allows this one from here, and where the case came from.

    Refused when the page that asked has seen an older case. Nothing is written before ``_write``.
    """
    if version is not None and case.version != version:
        raise Stale(
            "moved_on",
            pgettext_lazy("cases", "Somebody else moved this case meanwhile. Below is where it stands now."),
            state=case.state,
        )
    row, before = LIFE[verb], State(case.state)
    check_move(row, before, given or {})
    case.state, case.version, case.moved_at = row.after(before), case.version + 1, at
    return before


def _write(case: Case, *also: str) -> None:
    """Keep the decided move together with the other columns that it changed."""
    case.save(update_fields=["state", "version", "moved_at", *also])


def _refuse_own_work(case: Case, by: Actor) -> None:
    handling = rules.Handling(unit_id=case.unit_id, person_ids=persons_behind(case.ref, kinds=events.HANDS))
    if not by.is_system and not rules.may_check(handling, unit_ids=by.unit_ids, person_id=by.person_id):
        raise Refused(
            "own_work", pgettext_lazy("cases", "Whoever handled a case does not check it. Somebody else has to look.")
        )


def _set_due(case: Case, at: datetime) -> None:
    """Start the handling clock anew: the whole limit counts from this moment."""
    if case.condition_id is None:
        raise Refused("missing_condition", pgettext_lazy("cases", "The case has no limit yet. File it first."))
    due = standards.deadline_for(start=at, limit=standards.condition(case.condition_id).limit)
    case.due_at, case.due_is_provisional = due.at, due.provisional


def _due(case: Case) -> dict[str, Any]:
    return {"due_at": case.due_at, "due_is_provisional": case.due_is_provisional}


def _due_at(case: Case) -> datetime:
    if case.due_at is None:
        raise Refused("not_dispatched", pgettext_lazy("cases", "The case has not been dispatched yet."))
    return case.due_at


def _unit(case: Case) -> int:
    if case.unit_id is None:
        raise Refused("not_dispatched", pgettext_lazy("cases", "The case has not been dispatched yet."))
    return case.unit_id


def _where(case: Case, *, came_from: State | None) -> dict[str, Any]:
    """What every event of a case carries."""
    return {
        "subject": case.ref,
        "place": Code(case.village),
        "class_code": _class_code(case),
        "came_from": came_from,
        "to": State(case.state),
    }


def _class_code(case: Case) -> Code:
    return Code(str(standards.problem_class(case.problem_class_id).key))


def _note(case: Case, body: str, *, at: datetime) -> dict[str, Any]:
    """Keep a note in an erasable row; what the event carries of it."""
    if not body:
        return dict.fromkeys(_TEXT_ON)
    text = Text.objects.create(case=case, kind=TextKind.NOTE, body=body, written_at=at)
    return {"text_id": text.pk, "text_digest": _digest(body)}


def _attach(case: Case, photos: Sequence[UUID], role: PhotoRole, *, by: Actor, at: datetime) -> None:
    if photos:
        attach(photos=photos, to=case.ref, role=role, by=by, at=at)


def _digest(body: str) -> Digest:
    return Digest(sha256(body.encode()).hexdigest())
