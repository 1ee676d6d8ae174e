# SPDX-License-Identifier: Apache-2.0
"""The commands of summons talks: a unit's leader is summoned in writing; what is promised becomes tracked items."""

from datetime import datetime
from typing import Any, NewType
from uuid import uuid5

from django.db import IntegrityError
from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.kernel.handles import new_handle
from jiayuan.kernel.machine import check_move
from jiayuan.papers import services as printing
from jiayuan.record.events import Code
from jiayuan.record.log import record
from jiayuan.supervision import events
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import SheetKind, SheetSource, T, TalkState
from jiayuan.supervision.intake import ItemInput, SheetInput, TalkInput, WrittenUp
from jiayuan.supervision.lifecycle import TALK
from jiayuan.supervision.models import Sheet, Talk
from jiayuan.supervision.queries.ground import spot_of_unit
from jiayuan.supervision.queries.meetings import PAPER_OF_MEETING
from jiayuan.supervision.queries.talks import (
    PAPER_OF_TALK,
    grounds_of,
    invitation_of_talk,
    minutes_of_talk,
    requirement_of_talk,
)
from jiayuan.supervision.services.core import SheetId, number_of, require_home, require_office, unit_code
from jiayuan.supervision.services.sheets import draft_sheet
from jiayuan.supervision.services.sheets import issue as issue_sheet

TalkId = NewType("TalkId", int)
# Whoever may summon need not be somebody who issues lists: the talk is what entitles to its sheet.
BY = Actor.system("supervision.talk")


def call_talk(*, given: TalkInput, by: Actor, at: datetime) -> Talk:
    """The talk; the same ``client_id`` from the same person gives the same one again."""
    try:
        return _call_talk(given=given, by=by, at=at)
    except (IntegrityError, Stale):
        told = Talk.objects.filter(made_by_id=by.person_id, client_id=given.client_id).first()
        if told is None:
            raise
        return told


@command
def _call_talk(*, given: TalkInput, by: Actor, at: datetime) -> Talk:
    home = require_home(given.unit_id)
    require(by, May.SUMMON, at=spot_of_unit(given.unit_id, home))
    require_office(given.office, PAPER_OF_TALK, given.unit_id, May.SUMMON, by=by)
    _check_ground(given, by)
    if Talk.objects.filter(unit=given.unit_id, state=TalkState.CALLED).exists():
        raise Stale("summoned", pgettext_lazy("supervision", "This unit is summoned already. Hold that talk first."))
    made = Talk.objects.create(
        handle=new_handle(),
        client_id=given.client_id,
        state=TalkState.CALLED,
        office=given.office,
        unit_id=given.unit_id,
        area=home.code,
        county=home.county,
        town=home.town,
        village=home.village,
        cause=given.cause,
        item_id=given.item_id,
        reason=given.reason,
        summoned=given.summoned,
        host=given.host,
        meets_at=given.meets_at,
        venue=given.venue,
        made_at=at,
        made_by_id=by.person_id,
        moved_at=at,
    )
    made.paper_id = printing.issue(
        kind=PAPER_OF_TALK, office=made.office, document=invitation_of_talk(made), by=by, at=at, about=made.ref
    )
    number = number_of(made.paper_id)
    made.number = number.text
    made.save(update_fields=["paper", "number"])
    called = events.TalkCalled(
        **_where(made),
        year=number.year,
        serial=number.n,
        cause=given.cause,
        item_id=given.item_id,
        meets_at=given.meets_at,
    )
    record(called, by=by, at=at)
    return made


def _check_ground(given: TalkInput, by: Actor) -> None:
    """Only a unit that an item pressed as far as the county is summoned, or one for a reason that is put into words."""
    if given.unit_id in by.unit_ids:
        raise Refused("own_unit", pgettext_lazy("supervision", "Nobody summons the unit to which they belong."))
    if given.item_id is not None and given.item_id not in {item.pk for item in grounds_of(given.unit_id)}:
        message = pgettext_lazy("supervision", "This item does not press the unit as far as the county.")
        raise Refused("no_ground", message, field="item")
    if given.item_id is None and not given.reason:
        message = pgettext_lazy("supervision", "Choose an item that presses as far as the county, or say why.")
        raise Refused("no_ground", message, field="reason")


def _where(made: Talk) -> dict[str, Any]:
    return {
        "subject": made.ref,
        "office": Code(made.office),
        "unit": unit_code(made.unit_id),
        "place": Code(made.area),
    }


def _decide(talk_id: TalkId, verb: T, *, by: Actor, at: datetime, version: int | None = None, **given: object) -> Talk:
    """The talk, locked and moved: the single choke point of its moves."""
    made = Talk.objects.select_for_update(of=("self",)).get(pk=talk_id)
    require(by, May.SUMMON, at=made.spot)
    if made.unit_id in by.unit_ids:
        message = pgettext_lazy("supervision", "Whoever belongs to the summoned unit has no hand in its talk.")
        raise Refused("own_unit", message)
    if version is not None and made.version != version:
        message = pgettext_lazy(
            "supervision", "Somebody else changed this sheet meanwhile. Below is how it stands now."
        )
        raise Stale("moved_on", message, state=made.state)
    row, before = TALK[verb], TalkState(made.state)
    check_move(row, before, given)
    made.state, made.version, made.moved_at = row.after(before), made.version + 1, at
    return made


@command
def hold_talk(*, talk_id: TalkId, given: WrittenUp, by: Actor, at: datetime, version: int | None = None) -> Talk:
    """Write up a talk: the minutes get their number, and each commitment becomes an item of a numbered sheet."""
    made = _decide(
        talk_id,
        T.HOLD,
        by=by,
        at=at,
        version=version,
        minutes=given.minutes,
        present=given.present,
        commitments=given.commitments,
    )
    made.held_at, made.present, made.minutes = at, given.present, given.minutes
    draft = _draft(made, given, at=at)
    made.minutes_paper_id = printing.issue(
        kind=PAPER_OF_MEETING,
        office=made.office,
        document=minutes_of_talk(made, given.commitments),
        by=by,
        at=at,
        about=made.ref,
    )
    made.sheet = draft
    made.save(update_fields=["state", "version", "moved_at", "held_at", "present", "minutes", "minutes_paper", "sheet"])
    issue_sheet(sheet_id=SheetId(draft.pk), by=BY, at=at)
    number = number_of(made.minutes_paper_id)
    held = events.TalkHeld(
        **_where(made),
        year=number.year,
        serial=number.n,
        commitments=len(given.commitments),
        sheet_id=draft.pk,
    )
    record(held, by=by, at=at)
    return made


def _draft(made: Talk, given: WrittenUp, *, at: datetime) -> Sheet:
    sheet = SheetInput(
        client_id=uuid5(made.client_id, "commitments"),
        kind=SheetKind.ASSIGNMENT,
        office=made.office,
        unit_id=made.unit_id,
        source=SheetSource.TALK,
        source_ref=made.handle,
        campaign=made.item.sheet.campaign if made.item is not None else "",
        requirement=requirement_of_talk(made),
        days=given.days,
        items=tuple(ItemInput(matter=one) for one in given.commitments),
    )
    return draft_sheet(given=sheet, by=BY, at=at)


@command
def cancel_talk(*, talk_id: TalkId, by: Actor, at: datetime, version: int | None = None) -> Talk:
    """Cancel a talk that was not held yet."""
    made = _decide(talk_id, T.CANCEL, by=by, at=at, version=version)
    made.save(update_fields=["state", "version", "moved_at"])
    record(events.TalkCancelled(**_where(made)), by=by, at=at)
    return made
