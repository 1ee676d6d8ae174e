# SPDX-License-Identifier: Apache-2.0
"""The commands of sheets: drafted from cases that are there, issued under a number, signed for, settled by their items.

Nobody types a problem twice: an item is a case, and only what no case can be is put into words.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import pgettext_lazy

from jiayuan.cases import queries as cases
from jiayuan.cases.enums import State as CaseState
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import new_handle
from jiayuan.papers import services as printing
from jiayuan.places.enums import Level
from jiayuan.places.queries import Place
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind
from jiayuan.supervision import events
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import (
    LIVE,
    ItemState,
    M,
    RaiseReason,
    Rung,
    SheetKind,
    SheetState,
    TextKind,
    VoidReason,
)
from jiayuan.supervision.intake import MOST_ITEMS, ItemInput, SheetInput
from jiayuan.supervision.models import Item, Pause, Sheet, SheetCopy
from jiayuan.supervision.queries.ground import IN_HAND
from jiayuan.supervision.queries.wording import KINDS_OF_PAPER, document_of
from jiayuan.supervision.services.core import (
    SheetId,
    decide_sheet,
    keep,
    locked,
    number_of,
    printing_reason,
    refuse_own_unit,
    require_home,
    require_office,
    where,
    write_sheet,
)
from jiayuan.supervision.services.escalating import begin_higher
from jiayuan.supervision.services.items import end_pause, lapse

RUNGS = {Level.CITY: Rung.CITY, Level.COUNTY: Rung.COUNTY, Level.TOWN: Rung.TOWN, Level.VILLAGE: Rung.VILLAGE}


def draft_sheet(*, given: SheetInput, by: Actor, at: datetime) -> Sheet:
    """The draft; the same ``client_id`` from the same person gives the same draft again."""
    try:
        return _draft_sheet(given=given, by=by, at=at)
    except IntegrityError:
        told = Sheet.objects.filter(made_by_id=by.person_id, client_id=given.client_id).first()
        if told is None:
            raise
        return told


@command
def _draft_sheet(*, given: SheetInput, by: Actor, at: datetime) -> Sheet:
    home = require_home(given.unit_id)
    sheet = Sheet(
        handle=new_handle(),
        client_id=given.client_id,
        state=SheetState.DRAFT,
        area=home.code,
        county=home.county,
        town=home.town,
        village=home.village,
        made_at=at,
        made_by_id=by.person_id,
        moved_at=at,
    )
    _fill(sheet, given)
    require(by, May.ISSUE, at=sheet.spot)
    _check_parties(sheet, by)
    sheet.save(force_insert=True)
    _list(sheet, given.items, home, at=at)
    SheetCopy.objects.bulk_create([SheetCopy(sheet=sheet, organisation_id=one) for one in dict.fromkeys(given.copies)])
    record(events.SheetDrafted(**where(sheet), kind=given.kind, items=len(given.items)), by=by, at=at)
    return sheet


def _fill(sheet: Sheet, given: SheetInput) -> None:
    sheet.kind, sheet.office, sheet.unit_id = given.kind, given.office, given.unit_id
    sheet.source, sheet.source_ref, sheet.campaign = given.source, given.source_ref, given.campaign
    sheet.requirement, sheet.days = given.requirement, given.days


def _check_parties(sheet: Sheet, by: Actor) -> None:
    """An office issues to others, inside its area, and only whom it employs issues for it."""
    require_office(sheet.office, KINDS_OF_PAPER[SheetKind(sheet.kind)], sheet.unit_id, May.ISSUE, by=by)
    refuse_own_unit(sheet, by)


def _list(sheet: Sheet, given: Sequence[ItemInput], home: Place, *, at: datetime) -> None:
    """Put the items on the draft in the order in which they were given."""
    if len(given) > MOST_ITEMS:
        message = pgettext_lazy("supervision", "%(most)s items at most stand on a sheet. Draft another one.")
        raise Refused("too_many", message, field="items", most=MOST_ITEMS)
    rung = RUNGS[home.level]
    picked = {one.case_id for one in given if one.case_id is not None}
    found = {case.pk: case for case in cases.cases_by_id(sorted(picked))}
    for number, one in enumerate(given, start=1):
        case = found.get(one.case_id or 0)
        if one.case_id is not None:
            _check_case(sheet, case)
        item = Item.objects.create(
            sheet=sheet,
            number=number,
            state=ItemState.OPEN,
            case=case,
            place=case.village if case else one.place or sheet.area,
            problem_class_id=case.problem_class_id if case else one.class_id,
            responsible=one.responsible,
            rung=rung,
        )
        keep(item, TextKind.MATTER, "" if case else one.matter, at=at)


def _check_case(sheet: Sheet, case: "cases.Case | None") -> None:
    """Only a case that is with the unit of the sheet belongs on it, and only on one sheet at a time."""
    if case is None or case.state not in IN_HAND or case.unit_id != sheet.unit_id:
        message = pgettext_lazy("supervision", "Only cases that this unit has in hand can stand on its sheet.")
        raise Refused("not_with_unit", message, field="items", handle=case.handle if case else "")
    other = Item.objects.filter(case=case, state__in=LIVE).exclude(sheet=sheet).select_related("sheet").first()
    if other is not None:
        message = pgettext_lazy("supervision", "Case %(handle)s stands on a sheet already: %(sheet)s")
        raise Refused(
            "listed", message, field="items", handle=case.handle, sheet=other.sheet.number or other.sheet.handle
        )


@command
def write_draft(*, sheet_id: SheetId, given: SheetInput, by: Actor, at: datetime, version: int | None = None) -> Sheet:
    """Change a draft as a whole: what it says now is what was given."""
    sheet = locked(sheet_id)
    require(by, May.ISSUE, at=sheet.spot)
    decide_sheet(sheet, M.WRITE, at=at, version=version)
    home = require_home(given.unit_id)
    sheet.area, sheet.county, sheet.town, sheet.village = home.code, home.county, home.town, home.village
    _fill(sheet, given)
    require(by, May.ISSUE, at=sheet.spot)
    _check_parties(sheet, by)
    write_sheet(
        sheet, "kind", "office", "unit", "area", "county", "town", "village", "source", "source_ref", "campaign",
        "requirement", "days",
    )  # fmt: skip
    sheet.items.all().delete()
    _list(sheet, given.items, home, at=at)
    record(events.SheetDrafted(**where(sheet), kind=given.kind, items=len(given.items)), by=by, at=at)
    return sheet


@command
def discard(*, sheet_id: SheetId, by: Actor, at: datetime, version: int | None = None) -> Sheet:
    """Discard a draft; its cases may stand on another sheet."""
    sheet = locked(sheet_id)
    require(by, May.ISSUE, at=sheet.spot)
    decide_sheet(sheet, M.DISCARD, at=at, version=version)
    write_sheet(sheet)
    _void_items(sheet.items.filter(state__in=LIVE), VoidReason.MISTAKEN)
    record(events.SheetDiscarded(**where(sheet)), by=by, at=at)
    return sheet


def _void_items(items: Iterable[Item], reason: VoidReason) -> None:
    for item in items:
        item.state, item.void_reason, item.asking, item.paused_at = ItemState.VOID, reason, False, None
        item.save(update_fields=["state", "void_reason", "asking", "paused_at"])


@command
def issue(
    *,
    sheet_id: SheetId,
    by: Actor,
    at: datetime,
    version: int | None = None,
    begins: Rung | None = None,
    reason: RaiseReason | None = None,
) -> Sheet:
    """Issue a draft: it gets its number, its paper is frozen, and the time of its items runs from now.

    Supervision begins at the level of the unit; ``begins`` lets a person start higher, with a ``reason``.
    """
    sheet = locked(sheet_id)
    require(by, May.ISSUE, at=sheet.spot)
    _check_parties(sheet, by)
    items = list(sheet.items.select_related("case").order_by("number"))
    decide_sheet(sheet, M.ISSUE, at=at, version=version, given={"items": items})
    due = standards.deadline_for(start=at, limit=standards.Limit(kind=LimitKind.WORKING_DAYS, value=sheet.days))
    for item in items:
        if item.case_id is not None:
            _check_case(sheet, item.case)
        item.due_at, item.due_is_provisional, item.rung_since = due.at, due.provisional, at
        _follow_already(item, at=at)
        item.save(update_fields=["due_at", "due_is_provisional", "rung_since", "state", "fed_back_at", "paused_at"])
    if begins is not None:
        for item in items:
            begin_higher(sheet, item, begins, reason, by=by, at=at)
    sheet.issued_at, sheet.issued_on = at, clock.on(at)
    _print(sheet, items, due.at, by=by, at=at)
    return sheet


def _follow_already(item: Item, *, at: datetime) -> None:
    """An item stands as its case does: one that waits for its check waits for acceptance, one that rests rests."""
    if item.case is not None and item.case.state == CaseState.FED_BACK:
        item.state, item.fed_back_at = ItemState.FED_BACK, at
    if item.case is not None and item.case.state == CaseState.SHELVED:
        item.paused_at = at
        Pause.objects.create(item=item, from_at=at)


def _print(sheet: Sheet, items: Sequence[Item], due_at: datetime, *, by: Actor, at: datetime) -> None:
    """Take the number last, so that nothing can fail behind it, and freeze what the sheet says."""
    issued: dict[str, Any] = {"kind": sheet.kind, "items": len(items), "due_at": due_at}
    paper_id = printing.issue(
        kind=KINDS_OF_PAPER[SheetKind(sheet.kind)],
        office=sheet.office,
        document=document_of(sheet, items),
        by=by,
        at=at,
        about=sheet.ref,
    )
    row = number_of(paper_id)
    sheet.paper_id, sheet.number = paper_id, row.text
    write_sheet(sheet, "issued_at", "issued_on", "paper", "number")
    record(events.SheetIssued(**where(sheet), year=row.year, serial=row.n, **issued), by=by, at=at)


@command
def sign(*, sheet_id: SheetId, by: Actor, at: datetime, version: int | None = None) -> Sheet:
    """The unit signs for a sheet, once; signing again changes nothing."""
    sheet = locked(sheet_id)
    require(by, May.ANSWER, at=sheet.spot)
    if sheet.signed_at is not None:
        return sheet
    decide_sheet(sheet, M.SIGN, at=at, version=version)
    sheet.signed_at = at
    write_sheet(sheet, "signed_at")
    record(events.SheetSigned(**where(sheet)), by=by, at=at)
    return sheet


@command
def void_sheet(*, sheet_id: SheetId, reason: VoidReason, by: Actor, at: datetime, version: int | None = None) -> Sheet:
    """Make an issued sheet void. Its number stays taken, its paper says so, its cases go on without it."""
    sheet = locked(sheet_id)
    require(by, May.ISSUE, at=sheet.spot)
    refuse_own_unit(sheet, by)
    decide_sheet(sheet, M.VOID, at=at, version=version, given={"reason": reason})
    sheet.void_reason = reason
    write_sheet(sheet, "void_reason")
    live = list(sheet.items.filter(state__in=LIVE))
    for item in live:
        lapse(item, at=at)
        end_pause(item, at=at)
    _void_items(live, reason)
    if sheet.paper_id is not None:
        printing.void(paper_id=sheet.paper_id, reason=printing_reason(reason), by=Actor.system("supervision"), at=at)
    record(events.SheetVoided(**where(sheet), reason=reason), by=by, at=at)
    return sheet
