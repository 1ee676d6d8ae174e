# SPDX-License-Identifier: Apache-2.0
"""Lists of a season that is over, for the demonstration: cases of the past on numbered sheets, with the life they had.

Everything is written as it would have been on its day, by the same tables and events. What happened long before it
became known tells nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from jiayuan.cases import queries as cases
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
from jiayuan.supervision.queries.wording import KINDS_OF_PAPER, document_of
from jiayuan.supervision.services.core import where, where_item
from jiayuan.supervision.services.sheets import RUNGS

DAYS = 5
FEWEST, MOST = 3, 8
STILL_WAITING = 2
"""Of a hundred items so many were closed but not looked at by the issuing side yet."""
_MORNING = time(9, 30)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A list of the past: to whom, when, and which cases of that unit were open then."""

    unit_id: int
    issued_at: datetime
    cases: tuple["cases.Case", ...]


def lists_of_the_past(*, until: datetime, wanted: int, seed: int) -> list[Past]:
    """So many lists that fit into the lives of closed cases, in the order in which they were issued.

    Every case was with its unit when its list was issued and was closed before ``until``; a case stands on one list.
    """
    rng = seeded(seed)
    found = [past for group in _groups(until) for past in _from(group, rng)]
    rng.shuffle(found)
    return sorted(found[:wanted], key=lambda past: (past.issued_at, past.unit_id))


def _groups(until: datetime) -> Iterator[list["cases.Case"]]:
    """The closed cases of each unit, in the order of their dispatch."""
    held: dict[int, list[cases.Case]] = {}
    for case in cases.closed_cases(before=until - timedelta(days=1)):
        if case.unit_id is not None and case.dispatched_at is not None and case.fed_back_at is not None:
            held.setdefault(case.unit_id, []).append(case)
    yield from (held[unit_id] for unit_id in sorted(held))


def _from(group: Sequence["cases.Case"], rng: Random) -> Iterator[Past]:
    """Lists over one unit: on some mornings, of what the unit had in hand then."""
    used: set[int] = set()
    days = sorted({clock.on(case.dispatched_at) for case in group if case.dispatched_at is not None})
    for day in days[::4]:
        issued_at = datetime.combine(day + timedelta(days=1), _MORNING, clock.ZONE)
        if not standards.is_working_day(clock.on(issued_at)):
            continue
        open_then = [case for case in group if case.pk not in used and _was_open(case, issued_at)]
        if len(open_then) >= FEWEST:
            chosen = tuple(open_then[: rng.randint(FEWEST, MOST)])
            used.update(case.pk for case in chosen)
            yield Past(unit_id=chosen[0].unit_id or 0, issued_at=issued_at, cases=chosen)


def _was_open(case: "cases.Case", at: datetime) -> bool:
    if case.dispatched_at is None or case.fed_back_at is None:
        return False
    return case.dispatched_at < at < case.fed_back_at


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
    return datetime.combine(clock.on(at) + timedelta(days=1), _MORNING, clock.ZONE)
