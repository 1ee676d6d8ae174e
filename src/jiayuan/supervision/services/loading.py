# SPDX-License-Identifier: Apache-2.0
"""Lists of a season that is over, for the demonstration: cases of the past on numbered sheets, with the life they had.

Everything is written as it would have been on its day, by the same tables and events. What happened long before it
became known tells nobody.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.handles import new_handle, seeded
from jiayuan.papers import queries as papers
from jiayuan.papers import services as printing
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind
from jiayuan.supervision import events
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import ItemState, Rung, SheetKind, SheetSource, SheetState
from jiayuan.supervision.models import Item, Sheet
from jiayuan.supervision.queries.ground import home_of
from jiayuan.supervision.queries.past import MORNING, Past
from jiayuan.supervision.queries.wording import KINDS_OF_PAPER, document_of
from jiayuan.supervision.services.core import where, where_item
from jiayuan.supervision.services.sheets import RUNGS

DAYS = 5
STILL_WAITING = 2
"""Of a hundred items so many were closed but not looked at by the issuing side yet."""
_HOUR = timedelta(hours=1)


@command
def load_past(*, past: Past, office: str, number: int, by: Actor, at: datetime) -> Sheet:
    """Write one list of the past as it stands now; ``number`` makes it the same list whenever it is loaded."""
    home = home_of(past.unit_id)
    if home is None:
        raise ValueError("a unit without a home gets no list")
    issued_at = past.issued_at
    rng = seeded(f"past-list:{number}")
    sheet = Sheet(
        handle=new_handle(rng),
        client_id=UUID(int=number, version=4),
        kind=SheetKind.LIST,
        state=SheetState.DRAFT,
        office=office,
        unit_id=past.unit_id,
        area=home.code,
        county=home.county,
        town=home.town,
        village=home.village,
        source=SheetSource.INSPECTION,
        days=DAYS,
        made_at=issued_at - _HOUR,
        moved_at=issued_at,
    )
    require(by, May.ISSUE, at=sheet.spot)
    campaign = standards.campaign_on(clock.on(issued_at))
    sheet.campaign = campaign.code if campaign else ""
    sheet.save(force_insert=True)
    items = _items(sheet, past, RUNGS[home.level])
    record(events.SheetDrafted(**where(sheet), kind=SheetKind.LIST, items=len(items)), by=by, at=sheet.made_at)
    _issue(sheet, items, issued_at, by=by)
    _sign(sheet, issued_at + timedelta(hours=rng.randint(1, 6)), by=by)
    _strike_off(sheet, items, rng, by=by)
    return sheet


def _items(sheet: Sheet, past: Past, rung: Rung) -> list[Item]:
    due = standards.deadline_for(start=past.issued_at, limit=standards.Limit(kind=LimitKind.WORKING_DAYS, value=DAYS))
    return Item.objects.bulk_create(
        [
            Item(
                sheet=sheet,
                number=number,
                state=ItemState.OPEN,
                case=case,
                place=case.village,
                problem_class_id=case.problem_class_id,
                due_at=due.at,
                due_is_provisional=due.provisional,
                rung=rung,
                rung_since=past.issued_at,
            )
            for number, case in enumerate(past.cases, start=1)
        ]
    )


def _issue(sheet: Sheet, items: Sequence[Item], at: datetime, *, by: Actor) -> None:
    sheet.issued_at, sheet.issued_on = at, clock.on(at)
    paper_id = printing.issue(
        kind=KINDS_OF_PAPER[SheetKind.LIST],
        office=sheet.office,
        document=document_of(sheet, items),
        by=by,
        at=at,
        about=sheet.ref,
    )
    paper = papers.paper_by_id(paper_id)
    if paper is None:
        raise RuntimeError("a paper that was just issued is there")
    sheet.paper_id, sheet.number, sheet.state = paper_id, paper.row.number.text, SheetState.ISSUED
    issued = events.SheetIssued(
        **where(sheet),
        kind=SheetKind.LIST,
        year=paper.row.number.year,
        serial=paper.row.number.n,
        items=len(items),
        due_at=items[0].due_at or at,
    )
    record(issued, by=by, at=at)


def _sign(sheet: Sheet, at: datetime, *, by: Actor) -> None:
    sheet.signed_at = at
    record(events.SheetSigned(**where(sheet)), by=by, at=at)


def _strike_off(sheet: Sheet, items: Sequence[Item], rng: Random, *, by: Actor) -> None:
    """Each item was fed back with its case; most were struck off on the morning after the case was closed."""
    for item in items:
        case = item.case
        if case is None or case.fed_back_at is None or case.ended_at is None or item.due_at is None:
            continue
        item.fed_back_at, item.state = case.fed_back_at, ItemState.FED_BACK
        in_time = item.fed_back_at <= item.due_at
        told = {**where_item(sheet, item), "in_time": in_time}
        record(events.ItemFedBack(**told, text_id=None, text_digest=None), by=by, at=item.fed_back_at)
        if rng.randrange(100) < STILL_WAITING:
            continue
        item.struck_at, item.state = _morning_after(case.ended_at), ItemState.STRUCK
        record(events.ItemStruckOff(**told, due_at=item.due_at), by=by, at=item.struck_at)
    Item.objects.bulk_update(items, ["fed_back_at", "struck_at", "state"])
    struck = [item.struck_at for item in items if item.struck_at is not None]
    if len(struck) == len(items):
        sheet.state, sheet.settled_at = SheetState.SETTLED, max(struck)
        record(events.SheetSettled(**where(sheet), struck=len(struck)), by=by, at=max(struck))
    sheet.save(
        update_fields=["state", "issued_at", "issued_on", "paper", "number", "signed_at", "settled_at"]
    )  # fmt: skip


def _morning_after(at: datetime) -> datetime:
    return datetime.combine(clock.on(at) + timedelta(days=1), MORNING, clock.ZONE)
