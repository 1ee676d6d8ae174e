# SPDX-License-Identifier: Apache-2.0
"""Reading sheets: lists by keyset pages, one sheet with its items, balances, what waits for whom, and the figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import islice

from django.db.models import Count, F, Max, Q, QuerySet

from jiayuan.cases.enums import State as CaseState
from jiayuan.cases.queries.figures import roundly
from jiayuan.kernel.access import Actor, Area, Arm, arms, may
from jiayuan.papers import queries as papers
from jiayuan.record.queries import Happened, happened_to
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import LIVE, ItemState, M, SheetKind, SheetState, V
from jiayuan.supervision.lifecycle import ITEM, SHEET, moves_of_item, moves_of_sheet
from jiayuan.supervision.models import Item, ItemText, Sheet, TimeRequest
from jiayuan.supervision.rules.balance import Balance

PAGE = 30
_ISSUED = (SheetState.ISSUED, SheetState.SETTLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A sheet as a line of a list, with its balance."""

    id: int
    handle: str
    kind: SheetKind
    state: SheetState
    number: str
    office: str
    unit_id: int
    area: str
    made_at: datetime
    issued_at: datetime | None
    signed_at: datetime | None
    due_at: datetime | None
    balance: Balance


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """One page of a list and the key from which the next one starts."""

    rows: tuple[SheetRow, ...]
    next_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What a list is narrowed to; empty values narrow nothing."""

    states: tuple[SheetState, ...] = ()
    kind: SheetKind | None = None
    office: str = ""
    unit_id: int | None = None
    overdue_at: datetime | None = None


def sheets_seen_by(actor: Actor) -> QuerySet[Sheet]:
    """The sheets inside the actor's reach; drafts only for whoever may issue there."""
    return Sheet.objects.filter(_joined(arms(actor, May.SEE)) & (~_DRAFTS | _joined(arms(actor, May.ISSUE))))


_DRAFTS = Q(state=SheetState.DRAFT) | Q(state=SheetState.VOID, issued_at=None)


def _joined(found: Iterable[Arm]) -> Q:
    joined = Q(pk__in=())
    for arm in found:
        joined |= Q(**arm.lookup) if arm.column else Q(pk__isnull=False)
    return joined


def sheet_seen_by(actor: Actor, handle: str) -> Sheet | None:
    """A sheet inside the actor's reach, or None: outside it does not exist."""
    sheet = Sheet.objects.filter(handle=handle).select_related("paper").first()
    if sheet is None or not may(actor, May.SEE, at=sheet.spot):
        return None
    is_draft = sheet.issued_at is None
    return None if is_draft and not may(actor, May.ISSUE, at=sheet.spot) else sheet


def page_of_sheets(actor: Actor, *, narrowed: Narrowed, now: datetime, after: str = "", size: int = PAGE) -> SheetPage:
    """One page of the actor's sheets, newest first: each arm is equality on one column, in the order of an index."""
    issues = arms(actor, May.ISSUE)
    found = [
        _narrowed(Sheet.objects.filter(**arm.lookup), narrowed, issues, after)[: size + 1]
        for arm in arms(actor, May.SEE)
    ]
    newest = merge(*found, key=lambda sheet: (sheet.made_at, sheet.pk), reverse=True)
    sheets = list(islice(_distinct(newest), size + 1))
    shown = sheets[:size]
    return SheetPage(
        rows=tuple(_rows(shown, now)),
        next_key=f"{shown[-1].made_at.isoformat()}|{shown[-1].pk}" if len(sheets) > size else "",
    )


def _narrowed(found: QuerySet[Sheet], narrowed: Narrowed, issues: Iterable[Arm], after: str) -> QuerySet[Sheet]:
    found = found.filter(~_DRAFTS | _joined(issues))
    if narrowed.states:
        found = found.filter(state__in=narrowed.states)
    if narrowed.kind is not None:
        found = found.filter(kind=narrowed.kind)
    if narrowed.office:
        found = found.filter(office=narrowed.office)
    if narrowed.unit_id is not None:
        found = found.filter(unit_id=narrowed.unit_id)
    if narrowed.overdue_at is not None:
        late = Item.objects.filter(state=ItemState.OPEN, paused_at=None, due_at__lt=narrowed.overdue_at)
        found = found.filter(pk__in=late.values("sheet_id"), state=SheetState.ISSUED)
    if key := _key_from(after):
        at, pk = key
        found = found.filter(Q(made_at__lt=at) | Q(made_at=at, pk__lt=pk))
    return found.order_by("-made_at", "-pk")


def _key_from(after: str) -> tuple[datetime, int] | None:
    at, _, pk = after.partition("|")
    try:
        return (datetime.fromisoformat(at).astimezone(UTC), int(pk)) if pk else None
    except (ValueError, OverflowError):
        return None


def _distinct(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    seen: set[int] = set()
    for sheet in sheets:
        if sheet.pk not in seen:
            seen.add(sheet.pk)
            yield sheet


def _rows(sheets: Sequence[Sheet], now: datetime) -> Iterator[SheetRow]:
    balances = balances_of([sheet.pk for sheet in sheets], now=now)
    dues = dict(
        Item.objects.filter(sheet__in=[sheet.pk for sheet in sheets], state__in=LIVE)
        .order_by()
        .values("sheet_id")
        .annotate(due=Max("due_at"))
        .values_list("sheet_id", "due")
    )
    for sheet in sheets:
        yield SheetRow(
            id=sheet.pk,
            handle=sheet.handle,
            kind=SheetKind(sheet.kind),
            state=SheetState(sheet.state),
            number=sheet.number,
            office=sheet.office,
            unit_id=sheet.unit_id,
            area=sheet.area,
            made_at=sheet.made_at,
            issued_at=sheet.issued_at,
            signed_at=sheet.signed_at,
            due_at=dues.get(sheet.pk),
            balance=balances.get(sheet.pk, Balance()),
        )


def _sums(now: datetime) -> dict[str, Count]:
    """The same as ``rules.balance``, for the database; a property test holds the two equal."""
    struck, live = Q(state=ItemState.STRUCK), Q(state__in=LIVE)
    overdue = Q(state=ItemState.OPEN, paused_at=None, due_at__lt=now)
    due = Q(due_at__lt=now) & (Q(paused_at=None) | struck)
    return {
        "total": Count("pk"),
        "struck": Count("pk", filter=struck),
        "overdue": Count("pk", filter=overdue),
        "in_progress": Count("pk", filter=live & ~overdue),
        "waiting": Count("pk", filter=Q(state=ItemState.FED_BACK)),
        "due": Count("pk", filter=due),
        "due_struck": Count("pk", filter=due & struck),
    }


def balances_of(sheet_ids: Sequence[int], *, now: datetime) -> dict[int, Balance]:
    """The balance of each sheet; void items belong to none."""
    found = Item.objects.filter(sheet__in=sheet_ids).exclude(state=ItemState.VOID).order_by().values("sheet_id")
    names = tuple(_sums(now))
    rows = found.annotate(**_sums(now)).values_list("sheet_id", *names)
    return {row[0]: Balance(**dict(zip(names, row[1:], strict=True))) for row in rows}


def balance_seen_by(actor: Actor, *, now: datetime, office: str = "") -> Balance:
    """The balance of every issued sheet inside the actor's reach."""
    sheets = sheets_seen_by(actor).filter(state__in=_ISSUED)
    if office:
        sheets = sheets.filter(office=office)
    items = Item.objects.filter(sheet__in=sheets.values("pk")).exclude(state=ItemState.VOID)
    return Balance(**items.aggregate(**_sums(now)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFigures:
    """What a press conference says of lists: how many were issued, and of the items due how many were struck off.

    As of the end of a day, by what happened; a deadline is the one that holds now.
    """

    issued: int
    items: int
    due: int
    struck: int


def figures_of(*, kind: SheetKind, until: datetime, office: str = "", area: str = "") -> ListFigures:
    """The figures of issued sheets of a kind up to a moment, of one office or to units inside a division.

    Void sheets do not count.
    """
    sheets = Sheet.objects.filter(kind=kind, issued_at__lt=until, state__in=_ISSUED)
    if office:
        sheets = sheets.filter(office=office)
    if area and (inside := Area(area)).column:
        sheets = sheets.filter(**{inside.column: inside.key})
    items = Item.objects.filter(sheet__in=sheets.values("pk")).exclude(state=ItemState.VOID)
    due = Q(due_at__lt=until) & (Q(paused_at=None) | Q(paused_at__gte=until) | Q(state=ItemState.STRUCK))
    found = items.aggregate(
        items=Count("pk"), due=Count("pk", filter=due), struck=Count("pk", filter=due & Q(struck_at__lt=until))
    )
    return ListFigures(issued=sheets.count(), **found)


def said_roundly(lists: int) -> str:
    """How many lists, as a press conference says it: 200余份."""
    return roundly(lists, "份", step=100) if lists >= 100 else f"{lists}份"


# ── one sheet ────────────────────────────────────────────────────────────────────────────────────────────────────


def items_of(sheet: Sheet) -> list[Item]:
    """The items of a sheet in their order, each with its case, its levels and its pauses."""
    found = sheet.items.select_related("case").prefetch_related("escalations", "pauses", "requests")
    return list(found.order_by("number"))


def item_of(sheet: Sheet, number: int) -> Item | None:
    """One item of a sheet by its number."""
    return sheet.items.filter(number=number).select_related("case").first()


def texts_of(sheet: Sheet) -> dict[int, ItemText]:
    """The texts of a sheet's items that are not erased, by id."""
    return {text.pk: text for text in ItemText.objects.filter(item__sheet=sheet).order_by("pk")}


def history_of(sheet: Sheet) -> list[Happened]:
    """What happened to a sheet and its items, in order."""
    return happened_to(sheet.ref)


def asked_of(item: Item) -> TimeRequest | None:
    """The request for time that waits for its answer."""
    return next((one for one in item.requests.all() if one.answered_at is None), None)


_BY_SYSTEM = frozenset({V.TAKE_BACK, V.PAUSE, V.RESUME})


def moves_for(actor: Actor, sheet: Sheet, item: Item) -> tuple[V, ...]:
    """What the actor may do with an item now; the unit never judges its own, and a case is fed back on its page."""
    if sheet.state != SheetState.ISSUED:
        return ()
    own = sheet.unit_id in actor.unit_ids
    return tuple(
        verb
        for verb in moves_of_item(ItemState(item.state))
        if verb not in _BY_SYSTEM
        and may(actor, ITEM[verb].by, at=sheet.spot)
        and not (own and ITEM[verb].by is not May.ANSWER)
        and _fits(item, verb)
    )


def _fits(item: Item, verb: V) -> bool:
    match verb:
        case V.FEED_BACK | V.REFUSE:
            return item.case_id is None
        case V.ASK_TIME:
            return not item.asking
        case V.GRANT_TIME | V.REFUSE_TIME:
            return item.asking
        case V.STRIKE_OFF:
            return item.case is None or item.case.state == CaseState.CLOSED
        case _:
            return True


def sheet_moves_for(actor: Actor, sheet: Sheet) -> tuple[M, ...]:
    """What the actor may do with a sheet now; its last item settles it, nobody else."""
    own = sheet.unit_id in actor.unit_ids
    return tuple(
        verb
        for verb in moves_of_sheet(SheetState(sheet.state))
        if verb is not M.SETTLE
        and may(actor, SHEET[verb].by, at=sheet.spot)
        and not (own and SHEET[verb].by is not May.ANSWER)
        and not (verb is M.SIGN and sheet.signed_at is not None)
    )


# ── what waits for whom ──────────────────────────────────────────────────────────────────────────────────────────


def to_sign(actor: Actor, *, size: int = PAGE) -> list[Sheet]:
    """Issued sheets that the actor's unit has not signed for."""
    found = Sheet.objects.filter(_joined(arms(actor, May.ANSWER)), state=SheetState.ISSUED, signed_at=None)
    return list(found.order_by("issued_at", "pk")[:size])


def to_judge(actor: Actor, *, size: int = PAGE) -> list[Item]:
    """Items that wait for the issuing side: fed back with their case closed, or asking for time."""
    sheets = Sheet.objects.filter(_joined(arms(actor, May.ACCEPT)), state=SheetState.ISSUED)
    ready = Q(state=ItemState.FED_BACK) & (Q(case=None) | Q(case__state=CaseState.CLOSED))
    found = Item.objects.filter(ready | Q(asking=True), sheet__in=sheets.exclude(unit_id__in=actor.unit_ids))
    return list(found.select_related("sheet", "case").order_by(F("fed_back_at").asc(nulls_last=True), "pk")[:size])


def listed_cases(case_ids: Sequence[int], *, but: int | None = None) -> set[int]:
    """Which of these cases stand on a sheet already, drafts included, another than ``but``."""
    live = Item.objects.filter(case_id__in=case_ids, state__in=LIVE)
    others = live.exclude(sheet_id=but) if but is not None else live
    return set(others.values_list("case_id", flat=True))


def office_of(sheet: Sheet) -> papers.OfficeView | None:
    """The office that issues a sheet."""
    return papers.office(sheet.office)


def item_on_sheet(case_id: int) -> Item | None:
    """The item that a case is, on the newest issued sheet that lists it."""
    found = Item.objects.filter(case_id=case_id, sheet__state__in=_ISSUED).select_related("sheet")
    return found.order_by("-sheet__issued_at", "-pk").first()
