# SPDX-License-Identifier: Apache-2.0
"""Answering a whistle: each called unit signs on, reports on site, tells; or refuses, and the triage office decides."""

from datetime import datetime

from django.utils.translation import pgettext_lazy

from jiayuan.duties import events
from jiayuan.duties.enums import Outside, U, UnitRole, UnitState, W, WhistleKind, WhistleTextKind
from jiayuan.duties.models import Whistle, WhistleUnit
from jiayuan.duties.queries import entries_for
from jiayuan.duties.services.whistle_core import (
    advance,
    decide_unit,
    due_after,
    keep,
    limits_of,
    locked,
    of_unit,
    where,
    write,
)
from jiayuan.duties.services.whistles import call
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.record.events import Code
from jiayuan.record.log import record


@command
def sign_whistle(*, whistle_id: int, unit_id: int, by: Actor, at: datetime) -> WhistleUnit:
    """The unit signs on; from now on the clock of its result is the one that runs."""
    whistle = locked(whistle_id)
    called = decide_unit(whistle, unit_id, U.SIGN, by=by, at=at)
    called.signed_at, called.due_at = at, called.result_due_at
    called.save(update_fields=["state", "signed_at", "due_at"])
    write(whistle)
    in_time = at <= called.sign_due_at
    record(events.WhistleSigned(**of_unit(whistle, called), in_time=in_time), by=by, at=at)
    return called


@command
def arrive_at_whistle(*, whistle_id: int, unit_id: int, by: Actor, at: datetime) -> WhistleUnit:
    """The unit reports on site."""
    whistle = locked(whistle_id)
    called = decide_unit(whistle, unit_id, U.ARRIVE, by=by, at=at)
    called.arrived_at = at
    called.save(update_fields=["state", "arrived_at"])
    write(whistle)
    record(events.WhistleArrived(**of_unit(whistle, called)), by=by, at=at)
    return called


@command
def tell_measures(*, whistle_id: int, unit_id: int, told: str, by: Actor, at: datetime) -> WhistleUnit:
    """The unit tells what it does, as often as there is something to tell."""
    whistle = locked(whistle_id)
    called = decide_unit(whistle, unit_id, U.TELL_MEASURES, by=by, at=at, given={"told": told})
    write(whistle)
    kept = keep(whistle, WhistleTextKind.MEASURES, told, by=by, at=at, called=called)
    record(events.WhistleMeasuresTold(**of_unit(whistle, called), **kept), by=by, at=at)
    return called


@command
def tell_result(*, whistle_id: int, unit_id: int, told: str, by: Actor, at: datetime) -> WhistleUnit:
    """The unit tells what came of it; the last one hands the whistle back to whoever blew it."""
    whistle = locked(whistle_id)
    called = decide_unit(whistle, unit_id, U.TELL_RESULT, by=by, at=at, given={"told": told})
    called.answered_at, called.due_at = at, None
    called.save(update_fields=["state", "answered_at", "due_at"])
    write(whistle)
    kept = keep(whistle, WhistleTextKind.RESULT, told, by=by, at=at, called=called)
    in_time = at <= called.result_due_at
    record(events.WhistleResultTold(**of_unit(whistle, called), in_time=in_time, **kept), by=by, at=at)
    _settle(whistle, by=by, at=at)
    return called


def _settle(whistle: Whistle, *, by: Actor, at: datetime) -> None:
    """Hand the whistle back once every unit told its result, or to the triage office once no unit is left."""
    states = list(whistle.units.exclude(state=UnitState.RELEASED).values_list("state", flat=True))
    if not states:
        advance(whistle, W.RETRIAGE, at=at)
        write(whistle)
        record(events.WhistleRetriaged(**where(whistle)), by=by, at=at)
    elif all(state == UnitState.ANSWERED for state in states):
        advance(whistle, W.COMPLETE, at=at)
        write(whistle)
        record(events.WhistleAnswered(**where(whistle), units=len(states)), by=by, at=at)


@command
def refuse_whistle(*, whistle_id: int, unit_id: int, clause: str, note: str, by: Actor, at: datetime) -> WhistleUnit:
    """The unit refuses, citing an entry of a list; its clocks stand until the triage office has decided."""
    whistle = locked(whistle_id)
    called = decide_unit(whistle, unit_id, U.REFUSE, by=by, at=at, given={"clause": clause})
    cited = _cited(whistle, clause, at=at)
    called.clause, called.due_at = cited, None
    called.save(update_fields=["state", "clause", "due_at"])
    write(whistle)
    kept = keep(whistle, WhistleTextKind.NOTE, note, by=by, at=at, called=called)
    record(events.WhistleRefused(**of_unit(whistle, called), clause=cited, **kept), by=by, at=at)
    return called


def _cited(whistle: Whistle, clause: str, *, at: datetime) -> Code:
    """The entry that is cited; refused unless it is in force and covers the class of the whistle."""
    if all(cited.code != clause for cited in entries_for(whistle.class_key, clock.on(at))):
        message = pgettext_lazy("duties", "This entry is not in force for this kind of problem. Choose one of these.")
        raise Refused("unknown_clause", message, field="clause")
    return Code(clause)


@command
def release_unit(
    *,
    whistle_id: int,
    unit_id: int,
    instead: int | None,
    outside: Outside | None,
    by: Actor,
    at: datetime,
) -> WhistleUnit:
    """The triage office agrees with a refusal; another unit may be called in the place of the one that refused."""
    whistle = locked(whistle_id)
    called = decide_unit(whistle, unit_id, U.RELEASE, by=by, at=at)
    called.save(update_fields=["state"])
    write(whistle)
    record(events.WhistleReleased(**of_unit(whistle, called), clause=Code(called.clause)), by=by, at=at)
    if instead:
        call(whistle, instead, UnitRole(called.role), outside, by=by, at=at, field="instead")
    elif called.role == UnitRole.LEAD and whistle.units.exclude(state=UnitState.RELEASED).exists():
        message = pgettext_lazy("duties", "Somebody has to lead. Choose the unit that leads instead.")
        raise Refused("lead_needed", message, field="instead")
    _settle(whistle, by=by, at=at)
    return called


@command
def insist_on_unit(*, whistle_id: int, unit_id: int, note: str, by: Actor, at: datetime) -> WhistleUnit:
    """The triage office decides that the unit has to answer; its clocks start anew and it signs on again."""
    whistle = locked(whistle_id)
    called = decide_unit(whistle, unit_id, U.INSIST, by=by, at=at)
    clause, called.clause = Code(called.clause), ""
    limits = limits_of(WhistleKind(whistle.kind))
    sign, result = due_after(at, limits.sign), due_after(at, limits.result)
    called.called_at, called.signed_at, called.arrived_at = at, None, None
    called.sign_limit, called.result_limit = str(limits.sign), str(limits.result)
    called.sign_due_at, called.result_due_at, called.due_at = sign.at, result.at, sign.at
    called.due_is_provisional = sign.provisional or result.provisional
    called.save(
        update_fields=[
            "state", "clause", "called_at", "signed_at", "arrived_at", "sign_limit", "result_limit", "sign_due_at",
            "result_due_at", "due_at", "due_is_provisional",
        ]
    )  # fmt: skip
    write(whistle)
    kept = keep(whistle, WhistleTextKind.NOTE, note, by=by, at=at, called=called)
    insisted = events.WhistleInsisted(
        **of_unit(whistle, called), clause=clause, sign_due_at=sign.at, result_due_at=result.at, **kept
    )
    record(insisted, by=by, at=at)
    return called
