# SPDX-License-Identifier: Apache-2.0
"""What all commands of sheets share: loading locked, the choke points of moves, texts, and what events carry."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, NewType

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor, Area, Permission, require
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.kernel.machine import check_move
from jiayuan.papers import queries as papers
from jiayuan.papers.enums import VoidReason as PaperVoid
from jiayuan.places import queries as places
from jiayuan.places.queries import Place
from jiayuan.record.events import Code, Digest
from jiayuan.supervision.enums import ItemState, M, SheetState, TextKind, V, VoidReason
from jiayuan.supervision.lifecycle import ITEM, SHEET
from jiayuan.supervision.models import Item, ItemText, Sheet
from jiayuan.supervision.queries.ground import home_of

SheetId = NewType("SheetId", int)
ItemId = NewType("ItemId", int)
NO_TEXT: dict[str, Any] = {"text_id": None, "text_digest": None}


def locked(sheet_id: SheetId) -> Sheet:
    """The sheet with its row locked until the command ends: its items are only touched behind it."""
    return Sheet.objects.select_for_update(of=("self",)).get(pk=sheet_id)


def locked_item(item_id: ItemId) -> tuple[Sheet, Item]:
    """An item behind its locked sheet."""
    sheet = locked(SheetId(Item.objects.values_list("sheet_id", flat=True).get(pk=item_id)))
    return sheet, Item.objects.get(pk=item_id)


def decide_sheet(
    sheet: Sheet, verb: M, *, at: datetime, version: int | None = None, given: Mapping[str, object] | None = None
) -> None:
    """The single choke point of a sheet's moves. Refused when the page that asked has seen an older sheet."""
    if version is not None and sheet.version != version:
        raise Stale(
            "moved_on",
            pgettext_lazy("supervision", "Somebody else changed this sheet meanwhile. Below is how it stands now."),
            state=sheet.state,
        )
    row, before = SHEET[verb], SheetState(sheet.state)
    check_move(row, before, given or {})
    sheet.state, sheet.version, sheet.moved_at = row.after(before), sheet.version + 1, at


def write_sheet(sheet: Sheet, *also: str) -> None:
    """Keep the decided move of a sheet together with the other columns that it changed."""
    sheet.save(update_fields=["state", "version", "moved_at", *also])


def decide_item(
    sheet: Sheet, item: Item, verb: V, *, at: datetime, given: Mapping[str, object] | None = None
) -> ItemState:
    """The single choke point of an item's moves; the state before. Only items of issued sheets move."""
    if sheet.state != SheetState.ISSUED:
        raise Stale("not_issued", pgettext_lazy("supervision", "This sheet is not under way."), state=sheet.state)
    row, before = ITEM[verb], ItemState(item.state)
    check_move(row, before, given or {})
    item.state = row.after(before)
    sheet.version, sheet.moved_at = sheet.version + 1, at
    return before


def write_item(sheet: Sheet, item: Item, *columns: str) -> None:
    """Keep the decided move of an item, and that its sheet moved."""
    item.save(update_fields=["state", *columns])
    sheet.save(update_fields=["version", "moved_at"])


def refuse_own_unit(sheet: Sheet, by: Actor) -> None:
    """Whoever has a sheet to answer does not judge its items."""
    if sheet.unit_id in by.unit_ids:
        raise Refused(
            "own_unit",
            pgettext_lazy(
                "supervision", "The unit that answers for an item never strikes it off. The issuing side does."
            ),
        )


def require_office(
    code: str, kind: str, unit_id: int | None, permission: Permission, *, by: Actor
) -> papers.OfficeView:
    """An office issues papers of a kind to others, inside its area, and only whom it employs issues for it."""
    office = papers.office(code)
    if office is None or kind not in dict(office.marks):
        message = pgettext_lazy("supervision", "Choose an office that issues sheets of this kind.")
        raise Refused("no_office", message, field="office")
    unit = places.organisation(unit_id) if unit_id is not None else None
    if unit is not None and office.unit == unit.code:
        message = pgettext_lazy("supervision", "An office issues no sheet to itself. Choose another unit.")
        raise Refused("to_itself", message, field="unit")
    require(by, permission, at=papers.spot_of(office.area))
    home = home_of(unit_id) if unit_id is not None else None
    if home is not None and not Area(office.area).covers(home.code):
        message = pgettext_lazy("supervision", "This office works for another area. Choose a unit inside its own.")
        raise Refused("outside_office", message, field="office")
    return office


def require_home(unit_id: int) -> Place:
    """The division at which a unit is at home; refused for a unit that is not there."""
    home = home_of(unit_id)
    if home is None:
        raise Refused("unknown_unit", pgettext_lazy("supervision", "Choose the unit from the list."), field="unit")
    return home


def number_of(paper_id: int) -> papers.Number:
    """The number of a paper that was just issued."""
    found = papers.paper_by_id(paper_id)
    if found is None:
        raise RuntimeError("a paper that was just issued is there")
    return found.row.number


def printing_reason(reason: VoidReason) -> PaperVoid:
    """What the paper of something void says."""
    return PaperVoid.MISTAKE if reason is VoidReason.MISTAKEN else PaperVoid.WRONG


def unit_code(organisation_id: int) -> Code:
    """An organisation as events name it."""
    unit = places.organisation(organisation_id)
    return Code(unit.code if unit else "")


def where(sheet: Sheet) -> dict[str, Any]:
    """What every event of a sheet carries."""
    return {
        "subject": sheet.ref,
        "office": Code(sheet.office),
        "unit": unit_code(sheet.unit_id),
        "place": Code(sheet.area),
    }


def where_item(sheet: Sheet, item: Item) -> dict[str, Any]:
    """What every event of an item carries."""
    return {**where(sheet), "place": Code(item.place), "number": item.number, "item_id": item.pk}


def keep(item: Item, kind: TextKind, body: str, *, at: datetime) -> dict[str, Any]:
    """Keep words in an erasable row; what the event carries of them."""
    if not body:
        return dict(NO_TEXT)
    text = ItemText.objects.create(item=item, kind=kind, body=body, written_at=at)
    return {"text_id": text.pk, "text_digest": Digest(sha256(body.encode()).hexdigest())}


def due_of(item: Item) -> datetime:
    """The end of an item's time; refused before its sheet is issued."""
    if item.due_at is None:
        raise Refused("not_issued", pgettext_lazy("supervision", "This sheet is not under way."))
    return item.due_at
