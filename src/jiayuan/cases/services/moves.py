# SPDX-License-Identifier: Apache-2.0
"""The main course of a case, from the report to its closing. Each reads load – require – decide – write – record."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events, rules
from jiayuan.cases.access import May
from jiayuan.cases.enums import (
    ENTERED_FOR_OTHERS,
    Finding,
    PauseReason,
    Refusal,
    ReturnReason,
    Shortfall,
    Source,
    Stage,
    State,
    TextKind,
    V,
)
from jiayuan.cases.intake import ReportInput
from jiayuan.cases.models import Case, Contact, Follower, Text
from jiayuan.cases.services import clocks
from jiayuan.cases.services.asking import lapse
from jiayuan.cases.services.checks import end_check, prepare_check, refuse_undrawn
from jiayuan.cases.services.core import (
    CaseId,
    class_code,
    decide,
    digest,
    due_at,
    due_of,
    hang,
    locked,
    note_of,
    refuse_own_work,
    unit_of,
    where,
    write,
)
from jiayuan.cases.services.duties import clause_relied_on, refuse_against_list
from jiayuan.cases.services.words import keep_search_words
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import new_handle
from jiayuan.media.enums import PhotoRole
from jiayuan.media.queries import photos_of
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.record.events import Code, Digest, PersonId
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import Setting


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
        needed = May.TRIAGE if given.source in ENTERED_FOR_OTHERS else May.REPORT
        require(by, needed, at=Spot(code=given.village))
    at = rules.moment_of_report(given.seen_at, received_at=at)
    case = _new_case(given, by=by, at=at, handle=handle)
    case.save(force_insert=True)
    text_id, digest = _keep_words(case, given, at=at)
    hang(case, given.photos, PhotoRole.BEFORE, by=by, at=at, handed_on_from=given.handed_on_from)
    record(
        events.CaseReported(
            **where(case, came_from=None),
            source=given.source,
            photos=len(given.photos),
            text_id=text_id,
            text_digest=digest,
            reporter=PersonId(by.person_id) if by.person_id else None,
            quantity=given.quantity,
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
        quantity=given.quantity,
        outside_number=given.outside_number,
        outside_due_at=given.outside_due_at,
    )


def _setting(village: places.Place) -> Setting:
    return standards.setting_of(urban_rural=village.urban_rural, kind=village.kind)


def _keep_words(case: Case, given: ReportInput, *, at: datetime) -> tuple[int | None, Digest | None]:
    bodies = ((TextKind.REPORT, given.text), (TextKind.PLACE, given.place_text))
    kept = Text.objects.bulk_create(
        [Text(case=case, kind=kind, body=body, written_at=at) for kind, body in bodies if body]
    )
    keep_search_words(kept)
    if given.contact_name or given.contact_phone:
        Contact.objects.create(
            case=case, name=given.contact_name, phone=given.contact_phone, language=given.language[:10]
        )
    first = kept[0] if kept and kept[0].kind == TextKind.REPORT else None
    return (first.pk, digest(first.body)) if first else (None, None)


@command
def ask_verify(*, case_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Have somebody look on site before the case is filed."""
    case = locked(case_id)
    require(by, May.TRIAGE, at=case.spot)
    before = decide(case, V.ASK_VERIFY, by=by, version=version, at=at)
    write(case)
    due = clocks.start(case, Stage.VERIFY, at=at)
    record(events.CaseVerificationAsked(**where(case, came_from=before), stage_due_at=due), by=by, at=at)
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
    case = locked(case_id)
    require(by, May.VERIFY, at=case.spot)
    before = decide(case, V.FIND, by=by, version=version, at=at, given={"finding": finding})
    write(case)
    due = clocks.stage_due(case, Stage.VERIFY)
    clocks.stop(case, Stage.VERIFY, at=at)
    hang(case, photos, PhotoRole.BEFORE, by=by, at=at)
    noted = note_of(case, note, at=at)
    verified = events.CaseVerified(**where(case, came_from=before), finding=finding, stage_due_at=due, **noted)
    record(verified, by=by, at=at)
    return case


@command
def file(*, case_id: CaseId, condition_id: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Take the case on under a filing condition, which names its class, its limit and when it counts as done."""
    case = locked(case_id)
    require(by, May.TRIAGE, at=case.spot)
    before = decide(case, V.FILE, by=by, version=version, at=at, given={"condition": condition_id})
    condition = _condition(condition_id)
    class_before = class_code(case)
    case.condition_id, case.problem_class_id, case.filed_at = condition.id, condition.class_id, at
    write(case, "condition", "problem_class", "filed_at")
    due = clocks.start(case, Stage.WHOLE, Stage.DISPATCH, at=at)
    filed = events.CaseFiled(
        **where(case, came_from=before),
        class_before=class_before,
        limit_kind=Code(condition.limit.kind),
        limit_value=condition.limit.value,
        source=Source(case.source),
        stage_due_at=due,
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
    case = locked(case_id)
    require(by, May.TRIAGE, at=case.spot)
    before = decide(case, V.REJECT, by=by, version=version, at=at, given={"reason": reason})
    case.ended_at, case.refusal = at, reason
    write(case, "ended_at", "refusal")
    noted = note_of(case, note, at=at)
    record(events.CaseRejected(**where(case, came_from=before), reason=reason, **noted), by=by, at=at)
    return case


@command
def dispatch(*, case_id: CaseId, unit_id: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Give the case to a unit that answers for its place; the handling clock starts and the deadline stands."""
    case = locked(case_id)
    require(by, May.DISPATCH, at=case.spot)
    before = decide(case, V.DISPATCH, by=by, version=version, at=at, given={"unit": unit_id})
    if all(unit.id != unit_id for unit in places.units_for(case.village, on=clock.on(at))):
        raise Refused("unknown_unit", pgettext_lazy("cases", "Choose a unit from the list."), field="unit")
    refuse_against_list(case, unit_id, on=clock.on(at))
    case.unit_id, case.dispatched_at, case.handed_in = unit_id, at, 0
    due = clocks.stage_due(case, Stage.DISPATCH)
    clocks.stop(case, Stage.DISPATCH, at=at)
    clocks.start_handling(case, at=at)
    write(case, "unit", "dispatched_at", "due_at", "due_is_provisional", "handed_in")
    dispatched = events.CaseDispatched(
        **where(case, came_from=before), unit_id=unit_id, stage_due_at=due, **due_of(case)
    )
    record(dispatched, by=by, at=at)
    return case


@command
def sign(*, case_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Take the case into the unit's hands."""
    case = locked(case_id)
    require(by, May.HANDLE, at=case.spot)
    before = decide(case, V.SIGN, by=by, version=version, at=at)
    case.signed_at = at
    write(case, "signed_at")
    record(events.CaseSigned(**where(case, came_from=before), unit_id=unit_of(case)), by=by, at=at)
    return case


@command
def give_back(
    *,
    case_id: CaseId,
    reason: ReturnReason,
    note: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
    clause: str = "",
) -> Case:
    """Return the case, because it is not this unit's; the clock stands still until the duty chief has decided.

    ``clause`` names the entry of a responsibility list on which the unit relies, if it relies on one.
    """
    case = locked(case_id)
    require(by, May.HANDLE, at=case.spot)
    before = decide(case, V.RETURN, by=by, version=version, at=at, given={"reason": reason})
    relied_on = clause_relied_on(case, clause, on=clock.on(at))
    unit_id, due_before = unit_of(case), due_at(case)
    clocks.pause(case, PauseReason.RETURNED, at=at)
    asked = lapse(case, at=at)
    case.returns += 1
    case.returned_by_id = unit_id
    case.unit, case.due_at, case.due_is_provisional, case.signed_at = None, None, False, None
    write(case, "returns", "returned_by", "unit", "due_at", "due_is_provisional", "signed_at", *asked)
    returned = events.CaseReturned(
        **where(case, came_from=before),
        unit_id=unit_id,
        reason=reason,
        due_at=due_before,
        clause=relied_on,
        **note_of(case, note, at=at),
    )
    record(returned, by=by, at=at)
    return case


@command
def feed_back(
    *,
    case_id: CaseId,
    evidence: Sequence[UUID],
    note: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
    seed: str | None = None,
) -> Case:
    """Declare the problem dealt with; somebody outside the unit, drawn by lot, decides whether it is.

    The clock stops here. Pictures that hang at the case already are no evidence of what was done since; a class that
    leaves nothing to be photographed takes words instead. ``seed`` draws the checker; chance gives one otherwise.
    """
    case = locked(case_id)
    require(by, May.HANDLE, at=case.spot)
    old = {photo.handle for photo in photos_of(case.ref)}
    fresh = [handle for handle in dict.fromkeys(evidence) if handle not in old]
    wanted = standards.photo_rule(case.problem_class_id).after
    before = decide(
        case, V.FEED_BACK, by=by, version=version, at=at, given={"evidence": fresh or case.handed_in or not wanted}
    )
    _refuse_too_little(len(fresh) + case.handed_in, wanted, note)
    case.fed_back_at, case.in_time = at, rules.is_in_time(at, due_at(case))
    clocks.stop(case, Stage.HANDLE, at=at)
    check_due = clocks.start(case, Stage.CHECK, at=at)
    write(case, "fed_back_at", "in_time", *lapse(case, at=at))
    hang(case, fresh, PhotoRole.AFTER, by=by, at=at)
    fed_back = events.CaseFedBack(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        photos=len(fresh) + case.handed_in,
        in_time=bool(case.in_time),
        due_at=case.due_at,
        stage_due_at=check_due,
        **note_of(case, note, at=at),
    )
    record(fed_back, by=by, at=at)
    prepare_check(case, seed=seed, by=by, at=at)
    return case


def _refuse_too_little(shown: int, wanted: int, note: str) -> None:
    """Fewer pictures than the class asks for; where it asks for none, words must say what was done."""
    if shown < wanted:
        message = pgettext_lazy("cases", "This kind of problem needs %(wanted)s pictures afterwards.")
        raise Refused("too_few_photos", message, field="evidence", wanted=wanted)
    if not shown and not note:
        raise Refused("missing_note", pgettext_lazy("cases", "Say what was done, or add a picture."), field="note")


@command
def close(*, case_id: CaseId, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Close the case after a check by somebody who did not handle it."""
    case = locked(case_id)
    require(by, May.CHECK, at=case.spot)
    before = decide(case, V.CLOSE, by=by, version=version, at=at)
    refuse_own_work(case, by)
    refuse_undrawn(case, by=by, at=at)
    case.ended_at = at
    write(case, "ended_at")
    check_due = clocks.stage_due(case, Stage.CHECK)
    clocks.stop(case, at=at)
    end_check(case, by=by, at=at)
    closed = events.CaseClosed(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        in_time=bool(case.in_time),
        due_at=case.due_at,
        quantity=case.quantity,
        stage_due_at=check_due,
    )
    record(closed, by=by, at=at)
    return case


@command
def send_back(
    *, case_id: CaseId, reason: Shortfall, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Send the case back to its unit with the same limit again; all earlier evidence stays."""
    case = locked(case_id)
    require(by, May.CHECK, at=case.spot)
    before = decide(case, V.SEND_BACK, by=by, version=version, at=at, given={"reason": reason})
    refuse_own_work(case, by)
    refuse_undrawn(case, by=by, at=at)
    due_before, was_in_time = case.due_at, case.in_time
    check_due = clocks.stage_due(case, Stage.CHECK)
    case.reworks, case.in_time, case.handed_in, case.checker = case.reworks + 1, None, 0, None
    clocks.stop(case, Stage.CHECK, at=at)
    end_check(case, by=by, at=at)
    clocks.start_handling(case, at=at)
    write(case, "reworks", "in_time", "due_at", "due_is_provisional", "handed_in", "checker")
    sent = events.CaseSentBack(
        **where(case, came_from=before),
        unit_id=unit_of(case),
        reason=reason,
        due_before=due_before,
        was_in_time=was_in_time,
        stage_due_at=check_due,
        **due_of(case),
        **note_of(case, note, at=at),
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
    joined = Follower.objects.filter(person_id=person_id)
    Text.objects.filter(pk__in=joined.values("text_id")).delete()
    joined.update(person=None, phone="", device="")
    return theirs.update(reporter=None)


@command
def erase_old_contacts(*, by: Actor, at: datetime) -> int:
    """Remove how to reach the reporters of cases that ended long ago; how many contacts went.

    Whoever reported a duplicate is told of the case that leads, so its end is the one that counts.
    """
    latest = at - timedelta(days=settings.CONTACTS_KEPT_DAYS)
    over = Q(case__merged_into=None, case__ended_at__lt=latest) | Q(case__merged_into__ended_at__lt=latest)
    Follower.objects.filter(over).exclude(phone="").update(phone="")
    return Contact.objects.filter(over).delete()[0]
