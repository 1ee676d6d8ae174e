# SPDX-License-Identifier: Apache-2.0
"""Whistling: a community applies, the town's leader reviews, the triage office calls units, whoever whistled rates."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import pgettext_lazy

from jiayuan.duties import events
from jiayuan.duties.access import May
from jiayuan.duties.enums import (
    NoWhistle,
    Outside,
    UnitRole,
    UnitState,
    W,
    WhistleKind,
    WhistleState,
    WhistleTextKind,
)
from jiayuan.duties.intake import CallInput, Rating, WhistleInput
from jiayuan.duties.models import Whistle, WhistleCase, WhistleText, WhistleUnit
from jiayuan.duties.queries import listed_for, place_columns
from jiayuan.duties.services.whistle_core import (
    decide,
    due_after,
    keep,
    limits_of,
    locked,
    of_unit,
    where,
    write,
)
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, may, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import new_handle
from jiayuan.record.events import Code
from jiayuan.record.log import record


def apply_for_whistle(*, given: WhistleInput, by: Actor, at: datetime, handle: str = "") -> Whistle:
    """A new whistle, or the one that the same form made before, however close to each other they were sent."""
    try:
        return _apply_for_whistle(given=given, by=by, at=at, handle=handle)
    except IntegrityError:
        told = Whistle.objects.filter(applicant_id=by.person_id, client_id=given.client_id).first()
        if told is None:
            raise
        return told


@command
def _apply_for_whistle(*, given: WhistleInput, by: Actor, at: datetime, handle: str = "") -> Whistle:
    """A new whistle, or the one that the same form made before.

    A daily or hard-task whistle of a community waits for the town's leader. A leader's own goes on at once, and so does
    an emergency, of which the leader is told.
    """
    require(by, May.WHISTLE, at=Spot(code=given.place))
    told = Whistle.objects.filter(applicant_id=by.person_id, client_id=given.client_id).first()
    if told is not None:
        return told
    reviews = may(by, May.REVIEW_WHISTLE, at=Spot(code=given.place))
    whistle = _blown(given, handle or new_handle(), by=by, at=at)
    WhistleCase.objects.bulk_create([WhistleCase(whistle=whistle, handle=one) for one in given.cases])
    applied = events.WhistleApplied(
        **where(whistle),
        class_code=Code(given.class_key),
        cases=tuple(Code(one) for one in given.cases),
        **keep(whistle, WhistleTextKind.WORDS, given.text, by=by, at=at),
    )
    record(applied, by=by, at=at)
    if reviews and whistle.state == WhistleState.APPLIED:
        approve_whistle(whistle_id=whistle.pk, by=by, at=at)
        whistle.refresh_from_db()
    return whistle


def _blown(given: WhistleInput, handle: str, *, by: Actor, at: datetime) -> Whistle:
    urgent = given.kind is WhistleKind.EMERGENCY
    return Whistle.objects.create(
        handle=handle,
        client_id=given.client_id,
        kind=given.kind,
        state=WhistleState.TRIAGE if urgent else WhistleState.APPLIED,
        place=given.place,
        **place_columns(given.place),
        class_key=given.class_key,
        applicant_id=by.person_id,
        applied_at=at,
        moved_at=at,
    )


@command
def approve_whistle(*, whistle_id: int, by: Actor, at: datetime, version: int | None = None) -> Whistle:
    """The town's leader passes it on to the triage office."""
    whistle = locked(whistle_id)
    decide(whistle, W.APPROVE, by=by, at=at, version=version)
    write(whistle)
    record(events.WhistleApproved(**where(whistle)), by=by, at=at)
    return whistle


@command
def turn_whistle_down(
    *, whistle_id: int, reason: NoWhistle, note: str, by: Actor, at: datetime, version: int | None = None
) -> Whistle:
    """The town's leader turns it down, with a reason."""
    whistle = _ended_without(whistle_id, W.TURN_DOWN, reason, by=by, at=at, version=version)
    told = keep(whistle, WhistleTextKind.NOTE, note, by=by, at=at)
    record(events.WhistleTurnedDown(**where(whistle), reason=reason, **told), by=by, at=at)
    return whistle


@command
def dismiss_whistle(
    *, whistle_id: int, reason: NoWhistle, note: str, by: Actor, at: datetime, version: int | None = None
) -> Whistle:
    """The triage office sees no matter for a whistle in it, with a reason."""
    whistle = _ended_without(whistle_id, W.DISMISS, reason, by=by, at=at, version=version)
    told = keep(whistle, WhistleTextKind.NOTE, note, by=by, at=at)
    record(events.WhistleDismissed(**where(whistle), reason=reason, **told), by=by, at=at)
    return whistle


def _ended_without(
    whistle_id: int, verb: W, reason: NoWhistle, *, by: Actor, at: datetime, version: int | None
) -> Whistle:
    whistle = locked(whistle_id)
    decide(whistle, verb, by=by, at=at, version=version, given={"reason": reason})
    whistle.reason, whistle.ended_at = reason, at
    write(whistle, "reason", "ended_at")
    return whistle


@command
def withdraw_whistle(*, whistle_id: int, by: Actor, at: datetime, version: int | None = None) -> Whistle:
    """Whoever applied withdraws it before any unit was called."""
    whistle = locked(whistle_id)
    decide(whistle, W.WITHDRAW, by=by, at=at, version=version)
    whistle.ended_at = at
    write(whistle, "ended_at")
    record(events.WhistleWithdrawn(**where(whistle)), by=by, at=at)
    return whistle


@command
def link_case(*, whistle_id: int, handle: str, by: Actor, at: datetime, version: int | None = None) -> Whistle:
    """Name a case as belonging to the whistle; the door has looked whether there is one."""
    whistle = locked(whistle_id)
    decide(whistle, W.LINK, by=by, at=at, version=version, given={"case": handle})
    _, is_new = WhistleCase.objects.get_or_create(whistle=whistle, handle=handle)
    if not is_new:
        raise Refused("linked_already", pgettext_lazy("duties", "This case is linked already."), field="case")
    write(whistle)
    record(events.WhistleCaseLinked(**where(whistle), case=Code(handle)), by=by, at=at)
    return whistle


@command
def assign_whistle(
    *, whistle_id: int, given: CallInput, by: Actor, at: datetime, version: int | None = None
) -> Whistle:
    """The triage office calls one unit that leads and any that assist; the clocks of each start now."""
    whistle = locked(whistle_id)
    decide(whistle, W.ASSIGN, by=by, at=at, version=version, given={"lead": given.lead})
    write(whistle)
    call(whistle, given.lead, UnitRole.LEAD, given.outside, by=by, at=at, field="lead")
    for unit_id in given.assisting:
        call(whistle, unit_id, UnitRole.ASSIST, given.outside, by=by, at=at, field="assisting")
    return whistle


def call(
    whistle: Whistle, unit_id: int, role: UnitRole, outside: Outside | None, *, by: Actor, at: datetime, field: str
) -> WhistleUnit:
    """Call one unit; refused where it has no work at the place, or the list names others and no reason is given."""
    reason = _why(whistle, unit_id, outside, at=at, field=field)
    if whistle.units.exclude(state=UnitState.RELEASED).filter(organisation_id=unit_id).exists():
        raise Refused("called_already", pgettext_lazy("duties", "This unit is called already."), field=field)
    limits = limits_of(WhistleKind(whistle.kind))
    sign, result = due_after(at, limits.sign), due_after(at, limits.result)
    called = WhistleUnit.objects.create(
        whistle=whistle,
        organisation_id=unit_id,
        role=role,
        outside=reason or "",
        called_at=at,
        sign_limit=str(limits.sign),
        result_limit=str(limits.result),
        sign_due_at=sign.at,
        result_due_at=result.at,
        due_at=sign.at,
        due_is_provisional=sign.provisional or result.provisional,
    )
    told = events.WhistleUnitCalled(
        **of_unit(whistle, called), role=role, outside=reason, sign_due_at=sign.at, result_due_at=result.at
    )
    record(told, by=by, at=at)
    return called


def _why(whistle: Whistle, unit_id: int, outside: Outside | None, *, at: datetime, field: str) -> Outside | None:
    """Why a unit is called that the list does not name; None where it names it."""
    listed = listed_for(whistle.class_key, whistle.place, clock.on(at))
    if not listed.knows(unit_id):
        raise Refused("unit_elsewhere", pgettext_lazy("duties", "This unit has no work at this place."), field=field)
    if listed.names(unit_id):
        return None
    if not listed.entries:
        return Outside.LIST_SILENT
    if outside is None:
        message = pgettext_lazy("duties", "The responsibility list names other units. Say why this one is called.")
        raise Refused("outside_the_list", message, field="outside")
    return outside


@command
def rate_whistle(*, whistle_id: int, given: Rating, by: Actor, at: datetime, version: int | None = None) -> Whistle:
    """Whoever whistled rates speed, handling and result, and the whistle is over."""
    whistle = locked(whistle_id)
    marks = {"speed": given.speed, "handling": given.handling, "result": given.result}
    decide(whistle, W.RATE, by=by, at=at, version=version, given=marks)
    whistle.speed, whistle.handling, whistle.result = given.speed, given.handling, given.result
    whistle.ended_at = at
    write(whistle, *marks, "ended_at")
    rated = events.WhistleRated(
        **where(whistle),
        speed=given.speed,
        handling=given.handling,
        result=given.result,
        **keep(whistle, WhistleTextKind.COMMENT, given.comment, by=by, at=at),
    )
    record(rated, by=by, at=at)
    return whistle


@command
def erase_whistler(*, person_id: int, by: Actor, at: datetime) -> int:
    """Let go of what whistles hold of a forgotten person: their words, and whose hands. How many texts."""
    erased, _ = WhistleText.objects.filter(author_id=person_id).delete()
    Whistle.objects.filter(applicant_id=person_id).update(applicant=None)
    return erased
