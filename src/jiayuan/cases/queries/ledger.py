# SPDX-License-Identifier: Apache-2.0
"""Reading ledgers: whose they are, how far they came, and what is to be corrected in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jiayuan.cases.access import May
from jiayuan.cases.enums import LedgerField, LedgerRowState, LedgerState
from jiayuan.cases.intake.ledger import Head, Remark, Sheet, find_head, remark_from, unpacked
from jiayuan.cases.models import LedgerImport, LedgerRow
from jiayuan.kernel.access import Actor, arms
from jiayuan.kernel.handles import read_handle
from jiayuan.places import queries as places

SHOWN = 20
LISTED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A row as it would become a case, or as it is to be corrected."""

    number: int
    state: str
    values: dict[str, Any]
    remarks: tuple[Remark, ...]
    handle: str = ""
    village: str = ""
    class_id: int = 0
    found_on: date | None = None


def ledgers_of(actor: Actor) -> list[LedgerImport]:
    """The ledgers that this person uploaded, the newest first, without their sheets."""
    if actor.account_id is None or not arms(actor, May.IMPORT_LEDGER):
        return []
    own = LedgerImport.objects.filter(account_id=actor.account_id).defer("sheets", "columns")
    return list(own.order_by("-uploaded_at", "-id")[:LISTED])


def ledger_of(actor: Actor, handle: str) -> LedgerImport | None:
    """One of this person's ledgers, or None: what stands in a file of somebody else is nobody's business."""
    canonical = read_handle(handle)
    if canonical is None or actor.account_id is None or not arms(actor, May.IMPORT_LEDGER):
        return None
    return LedgerImport.objects.defer("sheets").filter(handle=canonical, account_id=actor.account_id).first()


def imported_before(ledger: LedgerImport) -> datetime | None:
    """When the very same file was imported before, by whomever."""
    same = LedgerImport.objects.filter(sha256=ledger.sha256, state=LedgerState.DONE).exclude(pk=ledger.pk)
    return same.order_by("ended_at").values_list("ended_at", flat=True).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A ledger's sheets with the head of the one that is read; no head where none was found or the file was let go."""

    sheets: tuple[Sheet, ...]
    head: Head | None
    columns: dict[int, LedgerField]


def laid_out(ledger: LedgerImport, *, sheet: int) -> Laid:
    """The sheets of a ledger and what their columns are thought, or were said, to be."""
    sheets = unpacked(bytes(ledger.sheets)) if ledger.sheets is not None else ()
    head = find_head(sheets[sheet]) if sheet < len(sheets) else None
    said = {int(place): LedgerField(field) for place, field in ledger.columns.items()} if sheet == ledger.sheet else {}
    return Laid(sheets=sheets, head=head, columns=said or (head.guesses if head else {}))


def ledger_rows(ledger: LedgerImport, *states: LedgerRowState, most: int = SHOWN) -> list[Shown]:
    """The first rows in these states, in the order of the sheet."""
    found = LedgerRow.objects.filter(ledger=ledger, state__in=states).order_by("number")
    columns = ("number", "state", "values", "remarks", "case__handle", "case__village", "case__problem_class_id")
    return [
        Shown(
            number=number,
            state=state,
            values=given,
            remarks=tuple(map(remark_from, remarks)),
            handle=handle or "",
            village=village or "",
            class_id=class_id or 0,
            found_on=found_on,
        )
        for number, state, given, remarks, handle, village, class_id, found_on in found.values_list(
            *columns, "case__reported_on"
        )[:most]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongSheet:
    """What a person needs to correct rows elsewhere: titles, heads, the rows as they came, and what is wrong."""

    titles: tuple[str, ...]
    labels: tuple[str, ...]
    rows: Sequence[tuple[int, tuple[Any, ...], tuple[Remark, ...]]]


def wrong_sheet(ledger: LedgerImport) -> WrongSheet | None:
    """The rows of a ledger that are to be corrected, as they came; None once the file was let go."""
    laid = laid_out(ledger, sheet=ledger.sheet)
    if laid.head is None:
        return None
    wrong = dict(
        LedgerRow.objects.filter(ledger=ledger, state=LedgerRowState.WRONG)
        .order_by("number")
        .values_list("number", "remarks")
    )
    lines = (line for line in laid.sheets[ledger.sheet].lines if line.number in wrong)
    return WrongSheet(
        titles=laid.head.titles,
        labels=laid.head.labels,
        rows=[(line.number, line.cells, tuple(map(remark_from, wrong[line.number]))) for line in lines],
    )


def areas_to_import(actor: Actor) -> tuple[places.Place, ...]:
    """The areas for which this person may upload a ledger, the narrowest posts first."""
    codes = [grant.area.code for grant in actor.grants]
    held = {arm.value for arm in arms(actor, May.IMPORT_LEDGER)}
    found = [places.division(code) for code in dict.fromkeys(codes)]
    fitting = [place for place in found if place is not None and (_key(place) in held or "" in held)]
    return tuple(sorted(fitting, key=lambda place: (-len(_key(place)), place.code)))


def _key(place: places.Place) -> str:
    return place.village or place.town or place.county
