# SPDX-License-Identifier: Apache-2.0
"""Ledgers from elsewhere: read, tried out, then let in row by row. What was in once never comes in again.

Reading happens outside of transactions; every write is short, and whatever is broken off goes on where it stopped.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events, wake
from jiayuan.cases.access import May
from jiayuan.cases.enums import (
    LedgerEnded,
    LedgerField,
    LedgerRowState,
    LedgerStanding,
    LedgerState,
    Source,
    State,
    TextKind,
)
from jiayuan.cases.intake.ledger import (
    Head,
    Remark,
    Row,
    Sheet,
    find_head,
    fits,
    packed,
    read_file,
    read_rows,
    unpacked,
)
from jiayuan.cases.models import Case, Contact, LedgerImport, LedgerMapping, LedgerRow, Text
from jiayuan.cases.queries.ground import ground_for
from jiayuan.cases.services.core import digest, where
from jiayuan.cases.services.words import keep_search_words
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import after_commit, command, savepoint
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.kernel.handles import new_handle
from jiayuan.people.queries import actor_for
from jiayuan.places import queries as places
from jiayuan.record.events import Code, Digest
from jiayuan.record.log import record
from jiayuan.standards import queries as standards

LEDGER_SOURCES = (
    Source.DEPARTMENT,
    Source.SUPERIOR,
    Source.HOTLINE,
    Source.MEDIA,
    Source.PATROL,
    Source.INSPECTOR,
    Source.GRID,
)
"""Whose ledgers there are."""
KEPT_DAYS = 30
"""So long the sheets wait for corrections; telephone numbers stand in them, so no longer."""
WRITTEN_AT_ONCE = 400
IMPORTED_AT_ONCE = 10
"""Rows per transaction. Twenty took 200 ms on two busy cores, and whoever writes meanwhile waits for all of it."""
_ROWS = UUID("6f0a7c1e-2b52-5a53-9c0e-5a1d2f0b7c11")
"""The namespace in which a row's digest names its case."""
_NOON, _LAST = time(12), time(23, 59, 59)
T = TypeVar("T")
logger = logging.getLogger(__name__)


def upload_ledger(
    *, data: bytes, file_name: str, source: Source, ended: LedgerEnded, area: str, by: Actor, at: datetime
) -> LedgerImport:
    """The uploaded ledger: tried out at once when the columns of its shape are known, else waiting for them."""
    require(by, May.IMPORT_LEDGER, at=Spot(code=area))
    if source not in LEDGER_SOURCES:
        raise Refused("unknown_source", pgettext_lazy("cases", "Say where the ledger comes from."), field="source")
    if by.account_id is None:
        raise Refused("no_account", pgettext_lazy("cases", "A ledger is uploaded by somebody with an account."))
    sheets = read_file(data, file_name=file_name)
    place, head = _first_with_head(sheets)
    ledger = LedgerImport(
        handle=new_handle(),
        account_id=by.account_id,
        area=area,
        source=source,
        ended=ended,
        file_name=file_name[-120:],
        sha256=sha256(data).hexdigest(),
        state=LedgerState.UPLOADED,
        sheets=packed(sheets),
        sheet=place,
        uploaded_at=at,
    )
    _keep(ledger, by=by, at=at)
    known = LedgerMapping.objects.filter(area=area, fingerprint=head.fingerprint).first()
    if known is not None:
        ledger.columns = known.columns
        _try_out(ledger, sheets[place], head, by=by, at=at)
    return ledger


def _first_with_head(sheets: Iterable[Sheet]) -> tuple[int, Head]:
    """The first sheet that looks like a ledger; one that is hidden only when no other does."""
    for place, sheet in sorted(enumerate(sheets), key=lambda pair: (pair[1].is_hidden, pair[0])):
        head = find_head(sheet)
        if head is not None:
            return place, head
    raise Refused(
        "no_head",
        pgettext_lazy(
            "cases",
            "No line names the columns, such as 村, 问题类别, 发现时间. Write one over the rows.",
        ),
        field="file",
    )


@command
def _keep(ledger: LedgerImport, *, by: Actor, at: datetime) -> None:
    ledger.save(force_insert=True)
    record(
        events.LedgerUploaded(subject=ledger.ref, area=Code(ledger.area), source=Source(ledger.source)), by=by, at=at
    )


def map_ledger(
    *, ledger_id: int, sheet: int, columns: Mapping[int, LedgerField], by: Actor, at: datetime
) -> LedgerImport:
    """The ledger tried out with these columns, which are remembered for the next sheet of the same shape."""
    ledger = LedgerImport.objects.get(pk=ledger_id)
    require(by, May.IMPORT_LEDGER, at=Spot(code=ledger.area))
    _refuse_begun(ledger)
    sheets = sheets_of(ledger)
    head = find_head(sheets[sheet]) if sheet < len(sheets) else None
    if head is None:
        raise Refused("no_head", pgettext_lazy("cases", "Choose another sheet; this one has no names of columns."))
    fits(columns)
    ledger.sheet = sheet
    ledger.columns = {str(place): field.value for place, field in columns.items()}
    _remember(ledger, head, at=at)
    _try_out(ledger, sheets[sheet], head, by=by, at=at)
    return ledger


def sheets_of(ledger: LedgerImport) -> tuple[Sheet, ...]:
    """The sheets of a ledger, or a refusal once they were let go."""
    if ledger.sheets is None:
        raise _sheets_gone()
    return unpacked(bytes(ledger.sheets))


def _sheets_gone() -> Refused:
    return Refused(
        "sheets_gone", pgettext_lazy("cases", "This file is kept no longer. Choose it again; known rows stay known.")
    )


def _refuse_begun(ledger: LedgerImport) -> None:
    if ledger.state not in (LedgerState.UPLOADED, LedgerState.CHECKED):
        raise Stale("import_began", pgettext_lazy("cases", "The import has begun; below is how far it is."))


@command
def _remember(ledger: LedgerImport, head: Head, *, at: datetime) -> None:
    LedgerMapping.objects.update_or_create(
        area=ledger.area,
        fingerprint=head.fingerprint,
        defaults={"columns": ledger.columns, "saved_at": at},
    )


def _try_out(ledger: LedgerImport, sheet: Sheet, head: Head, *, by: Actor, at: datetime) -> None:
    """Read every row, say what would become of it, and change nothing but that."""
    ended = LedgerEnded(ledger.ended)
    ground = ground_for(by, area=ledger.area, ended=ended, today=clock.on(at))
    columns = {int(place): LedgerField(field) for place, field in ledger.columns.items()}
    rows = _judged(ledger, list(read_rows(sheet, head, columns, ground)))
    _begin_trial(ledger)
    for some in _parts(rows, WRITTEN_AT_ONCE):
        _write_rows(ledger, some)
    _tried(ledger, rows)


def _parts(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def _judged(ledger: LedgerImport, rows: list[Row]) -> list[LedgerRow]:
    """Each row with what becomes of it: a row in twice, or known from an earlier ledger, comes in no more."""
    cases = _cases_of(row.digest for row in rows if row.digest)
    seen: dict[str, int] = {}
    judged = []
    for row in rows:
        judged.append(_row(ledger, row, case_id=cases.get(row.digest), same_as=seen.get(row.digest)))
        if row.digest:
            seen.setdefault(row.digest, row.number)
    return judged


def _cases_of(digests: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _parts(dict.fromkeys(digests), WRITTEN_AT_ONCE):
        known = LedgerRow.objects.filter(digest__in=some, state=LedgerRowState.IMPORTED)
        found.update(known.values_list("digest", "case_id"))
    return found


def _row(ledger: LedgerImport, row: Row, *, case_id: int | None, same_as: int | None) -> LedgerRow:
    state, remarks = LedgerRowState.GOOD, row.notes
    if row.problems:
        state, remarks = LedgerRowState.WRONG, row.problems
    elif case_id is not None:
        state, remarks = LedgerRowState.KNOWN, (Remark(code="already_there"),)
    elif same_as is not None:
        state, remarks = LedgerRowState.KNOWN, (Remark(code="same_in_file", facts={"row": str(same_as)}),)
    elif row.left_out is not None:
        state, remarks = LedgerRowState.LEFT_OUT, (row.left_out,)
    return LedgerRow(
        ledger=ledger,
        number=row.number,
        digest=row.digest,
        state=state,
        values=dict(row.values) if state is LedgerRowState.GOOD else {},
        remarks=[remark.plain for remark in remarks],
        case_id=case_id if state is LedgerRowState.KNOWN else None,
    )


@command
def _begin_trial(ledger: LedgerImport) -> None:
    """Take away what an earlier trial said; the ledger waits for its columns until this one is whole."""
    now = _locked(ledger.pk)
    _refuse_begun(now)
    ledger.state, ledger.trial = LedgerState.UPLOADED, now.trial + 1
    ledger.save(update_fields=["state", "trial", "sheet", "columns"])
    LedgerRow.objects.filter(ledger=ledger).delete()


@command
def _write_rows(ledger: LedgerImport, rows: Iterable[LedgerRow]) -> None:
    _refuse_overtaken(ledger)
    LedgerRow.objects.bulk_create(rows)


@command
def _tried(ledger: LedgerImport, rows: list[LedgerRow]) -> None:
    _refuse_overtaken(ledger)
    states = [row.state for row in rows]
    ledger.state = LedgerState.CHECKED
    ledger.good, ledger.wrong = states.count(LedgerRowState.GOOD), states.count(LedgerRowState.WRONG)
    ledger.known, ledger.left_out = states.count(LedgerRowState.KNOWN), states.count(LedgerRowState.LEFT_OUT)
    ledger.save(update_fields=["state", "good", "wrong", "known", "left_out"])


def _refuse_overtaken(ledger: LedgerImport) -> None:
    """A trial writes in short transactions; once another one has begun, it writes no more among that one's rows."""
    now = _locked(ledger.pk)
    _refuse_begun(now)
    if now.trial != ledger.trial:
        raise Stale("tried_again", pgettext_lazy("cases", "The ledger was tried out once more meanwhile; see there."))


@command
def start_import(*, ledger_id: int, by: Actor, at: datetime) -> LedgerImport:
    """Let the good rows in, from now on in the background; pressed twice it begins once."""
    ledger = _locked(ledger_id)
    require(by, May.IMPORT_LEDGER, at=Spot(code=ledger.area))
    if ledger.state in (LedgerState.IMPORTING, LedgerState.DONE):
        return ledger
    if ledger.state != LedgerState.CHECKED or not ledger.good:
        raise Refused("nothing_to_import", pgettext_lazy("cases", "There is no row that could be imported."))
    if LedgerImport.objects.filter(pk=ledger.pk, sheets=None).exists():
        raise _sheets_gone()
    ledger.state = LedgerState.IMPORTING
    ledger.save(update_fields=["state"])
    counts = {"good": ledger.good, "wrong": ledger.wrong, "known": ledger.known, "left_out": ledger.left_out}
    record(events.LedgerStarted(subject=ledger.ref, **counts), by=by, at=at)
    after_commit(wake.imports)
    return ledger


def _locked(ledger_id: int) -> LedgerImport:
    """The ledger without its sheets, its row locked until the command ends."""
    return LedgerImport.objects.select_for_update(of=("self",)).defer("sheets").get(pk=ledger_id)


def import_due(*, by: Actor, at: datetime, most: int = 10) -> int:
    """Let in some of the rows that wait, in short transactions; how many of those were made, so ``most`` means more."""
    made = 0
    for ledger_id in (
        LedgerImport.objects.filter(state=LedgerState.IMPORTING).order_by("id").values_list("id", flat=True)
    ):
        while made < most and _import_some_of(ledger_id, by=by, at=at):
            made += 1
    return made


def _import_some_of(ledger_id: int, *, by: Actor, at: datetime) -> int:
    """The next few rows of one ledger; its fault is logged, and the ledgers behind it do not wait for its repair."""
    try:
        return import_some(ledger_id=ledger_id, by=by, at=at)
    except Exception:
        logger.exception("ledger %s stopped on the way in; the next sweep tries it again", ledger_id)
        return 0


@command
def import_some(*, ledger_id: int, by: Actor, at: datetime) -> int:
    """Let the next few rows of a ledger in, as whoever started it; how many it were. After the last it is done."""
    ledger = _locked(ledger_id)
    if ledger.state != LedgerState.IMPORTING:
        return 0
    # In the order of their digests: two imports of the same rows then wait for each other and never in a circle.
    waiting = LedgerRow.objects.filter(ledger=ledger, state=LedgerRowState.GOOD).order_by("digest", "id")
    rows = list(waiting[:IMPORTED_AT_ONCE])
    actor = actor_for(ledger.account_id, on=clock.on(at))
    states = [_let_in(row, ledger, by=actor, at=at) for row in rows]
    ledger.imported += states.count(LedgerRowState.IMPORTED)
    ledger.known += states.count(LedgerRowState.KNOWN)
    ledger.wrong += states.count(LedgerRowState.WRONG)
    ledger.good -= len(rows)
    if len(rows) < IMPORTED_AT_ONCE:
        ledger.state, ledger.ended_at = LedgerState.DONE, at
        record(events.LedgerImported(subject=ledger.ref, imported=ledger.imported, known=ledger.known), by=actor, at=at)
    ledger.save(update_fields=["imported", "known", "wrong", "good", "state", "ended_at"])
    return len(rows)


def _let_in(row: LedgerRow, ledger: LedgerImport, *, by: Actor, at: datetime) -> LedgerRowState:
    try:
        with savepoint():
            require(by, May.IMPORT_LEDGER, at=Spot(code=row.values["village"]))
            _enter(row, ledger, by=by, at=at)
    except IntegrityError:
        # Somebody else's import had the same row a moment ago; looking first would miss exactly this.
        other = LedgerRow.objects.filter(digest=row.digest, state=LedgerRowState.IMPORTED).first()
        row.state, row.case_id = LedgerRowState.KNOWN, other.case_id if other else None
        row.remarks = [Remark(code="already_there").plain]
    except NotPermitted:
        # The post ended between the trial and now.
        row.state = LedgerRowState.WRONG
        row.remarks = [Remark(code="out_of_reach", facts={"said": str(row.values["village_said"])}).plain]
    except (Refused, LookupError, TypeError, ValueError):
        # The village or the class went from the lists meanwhile, or the row was kept by an older program.
        logger.warning("row %s of ledger %s fits no longer", row.number, ledger.pk, exc_info=True)
        row.state = LedgerRowState.WRONG
        row.remarks = [Remark(code="fits_no_longer").plain]
    row.values = {}
    row.save(update_fields=["state", "case", "values", "remarks"])
    return LedgerRowState(row.state)


def _enter(row: LedgerRow, ledger: LedgerImport, *, by: Actor, at: datetime) -> None:
    values = row.values
    happened_at = _moment(values["found_on"], now=at)
    case = _case(values, ledger, client_id=uuid5(_ROWS, row.digest), happened_at=happened_at)
    case.save(force_insert=True)
    text_id, text_digest = _keep_words(case, values, at=at)
    row.state, row.case = LedgerRowState.IMPORTED, case
    row.save(update_fields=["state", "case"])
    record(
        events.CaseEntered(
            **where(case, came_from=None),
            source=Source(ledger.source),
            photos=0,
            text_id=text_id,
            text_digest=text_digest,
            reporter=None,
            quantity=case.quantity,
            ledger_id=ledger.pk,
        ),
        by=by,
        at=happened_at,
    )


def _moment(found_on: str | None, *, now: datetime) -> datetime:
    """When a row counts as reported: at noon of its day, however long ago. It is a late entry, not a new report."""
    if found_on is None:
        return now
    noon = datetime.combine(datetime.fromisoformat(found_on), _NOON, tzinfo=clock.ZONE)
    return min(noon, now)


def _case(values: Mapping[str, Any], ledger: LedgerImport, *, client_id: UUID, happened_at: datetime) -> Case:
    village = places.division(values["village"])
    if village is None:
        raise Refused("unknown_village", pgettext_lazy("cases", "This village is gone from the list."))
    return Case(
        handle=new_handle(),
        client_id=client_id,
        source=ledger.source,
        state=State.REPORTED,
        county=village.county,
        town=village.town,
        village=village.code,
        problem_class_id=standards.problem_class(values["class_id"]).id,
        reported_at=happened_at,
        reported_on=clock.on(happened_at),
        moved_at=happened_at,
        quantity=values["quantity"],
        outside_number=values["number"],
        outside_due_at=_end_of(values["due_on"]),
    )


def _end_of(day: str | None) -> datetime | None:
    """The last moment of a day in words; a ledger's deadline names no hour."""
    return datetime.combine(datetime.fromisoformat(day), _LAST, tzinfo=clock.ZONE) if day else None


def _keep_words(case: Case, values: Mapping[str, Any], *, at: datetime) -> tuple[int | None, Digest | None]:
    told = "\n".join(part for part in (values["text"], _said_by_the_ledger(values)) if part)
    bodies = ((TextKind.REPORT, told), (TextKind.PLACE, values["place_text"]))
    kept = Text.objects.bulk_create(
        [Text(case=case, kind=kind, body=body, written_at=at) for kind, body in bodies if body]
    )
    keep_search_words(kept)
    if values["contact_name"] or values["contact_phone"]:
        Contact.objects.create(
            case=case, name=values["contact_name"], phone=values["contact_phone"], language="zh-hans"
        )
    if not told:
        return None, None
    return kept[0].pk, digest(told)


def _said_by_the_ledger(values: Mapping[str, Any]) -> str:
    """What the ledger says and no move of ours has brought about: kept as words, so that nobody takes it for ours."""
    said = {
        "责任单位": values["unit_said"],
        "状态": _STANDINGS[LedgerStanding(values["standing"])],
    }
    told = "，".join(f"{name}：{value}" for name, value in said.items() if value)
    return f"〔原台账所记 {told}〕" if told else ""


# The words of the case's own language: they become part of a text that somebody else wrote in Chinese.
_STANDINGS = {
    LedgerStanding.OPEN: "",
    LedgerStanding.UNDERWAY: "整改中",
    LedgerStanding.DONE: "已整改",
    LedgerStanding.STRUCK: "已销号",
}


@command
def erase_old_ledgers(*, by: Actor, at: datetime) -> int:
    """Let go of the sheets and remarks of ledgers that came long ago; how many. Which rows are known stays known.

    Rows that nobody let in by then go too: without their values there is nothing left to let in.
    """
    old = LedgerImport.objects.filter(uploaded_at__lt=at - timedelta(days=KEPT_DAYS), sheets__isnull=False)
    old = old.exclude(state=LedgerState.IMPORTING)
    ids = list(old.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    rows = LedgerRow.objects.filter(ledger__in=ids)
    rows.filter(state=LedgerRowState.GOOD).delete()
    rows.exclude(values={}, remarks=[]).update(values={}, remarks=[])
    # A trial that is under way at this very moment must not write values behind this.
    return LedgerImport.objects.filter(pk__in=ids).update(sheets=None, good=0, trial=F("trial") + 1)
