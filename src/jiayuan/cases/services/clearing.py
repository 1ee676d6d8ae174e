# SPDX-License-Identifier: Apache-2.0
"""The commands of clearing lists: a village lists, clears and hands in; the town draws a sample and decides.

Each reads load – require – decide – write – record. Nobody draws from, or decides about, what they had a hand in.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NewType
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import pgettext_lazy

from jiayuan.cases import events
from jiayuan.cases.access import May
from jiayuan.cases.enums import L, ListState, ListTextKind, ListVoid, RowFlaw, RowState, Source
from jiayuan.cases.intake import ListInput, ReportInput, RowInput
from jiayuan.cases.lifecycle.clearing import CLEARING
from jiayuan.cases.models import ClearingCount, ClearingDraw, ClearingList, ClearingRow, ClearingSample, ClearingText
from jiayuan.cases.rules import clearing as draws
from jiayuan.cases.services import clearing_story as story
from jiayuan.cases.services.moves import report
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.kernel.handles import new_handle
from jiayuan.kernel.machine import check_move
from jiayuan.media.enums import PhotoRole
from jiayuan.media.queries import photos_of
from jiayuan.media.services import attach
from jiayuan.places import queries as places
from jiayuan.places.enums import Crs, Level, PositionSource
from jiayuan.places.intake import Position
from jiayuan.record.events import Code
from jiayuan.record.log import record
from jiayuan.standards import queries as standards

ListId = NewType("ListId", int)
SampleId = NewType("SampleId", int)
RowId = NewType("RowId", int)

BY = Actor.system("cases.clearing")
"""Opens the cases of rows that did not pass: it is the draw that reports them, not whoever looked."""
CASES_OF_ROWS = UUID("6f0c2a5e-7c0e-5d39-9a53-0f6a1f0f8d11")


def begin_list(*, given: ListInput, by: Actor, at: datetime, handle: str | None = None) -> ClearingList:
    """The list; the same ``client_id`` from the same person gives the same list again."""
    try:
        return _begin_list(given=given, by=by, at=at, handle=handle or new_handle())
    except IntegrityError:
        told = ClearingList.objects.filter(made_by_id=by.person_id, client_id=given.client_id).first()
        if told is None:
            raise
        return told


@command
def _begin_list(*, given: ListInput, by: Actor, at: datetime, handle: str) -> ClearingList:
    require(by, May.LIST_CLEARING, at=Spot(code=given.village))
    village = places.division(given.village)
    if village is None or village.level is not Level.VILLAGE:
        raise Refused("unknown_village", pgettext_lazy("cases", "Choose the village from the list."), field="village")
    found = ClearingList(
        handle=handle,
        client_id=given.client_id,
        state=ListState.OPEN,
        county=village.county,
        town=village.town,
        village=village.code,
        made_at=at,
        made_on=clock.on(at),
        made_by_id=by.person_id,
        moved_at=at,
    )
    found.save(force_insert=True)
    text_id = _keep(found, None, ListTextKind.TEAM, given.team, at=at)
    record(story.begun(found, text_id=text_id, body=given.team), by=by, at=at)
    return found


@command
def add_row(*, list_id: ListId, given: RowInput, by: Actor, at: datetime) -> ClearingRow:
    """Put something on the list, with a picture from before. The same ``client_id`` gives the same row again."""
    found = _locked(list_id)
    require(by, May.LIST_CLEARING, at=found.spot)
    told = found.rows.filter(client_id=given.client_id).first()
    if told is not None:
        return told
    _decide(found, L.ADD, at=at, given={"photos": given.photos})
    row = _new_row(found, given, by=by, at=at)
    row.save(force_insert=True)
    _write(found)
    text_id = _keep(found, row, ListTextKind.PLACE, given.place_text, at=at)
    attach(photos=given.photos, to=row.ref, role=PhotoRole.BEFORE, by=by, at=at)
    added = story.row_added(found, row, photos=len(given.photos), text_id=text_id, body=given.place_text)
    record(added, by=by, at=at)
    return row


def _new_row(found: ClearingList, given: RowInput, *, by: Actor, at: datetime) -> ClearingRow:
    newest = found.rows.order_by("-number").values_list("number", flat=True).first() or 0
    if newest >= draws.MOST_ROWS:
        raise Refused("list_full", pgettext_lazy("cases", "This list is full. Hand it in and begin another."))
    if all(given.class_id != known.id for known in standards.classes()):
        raise Refused("missing_class", pgettext_lazy("cases", "Choose one of these."), field="class")
    if not 1 <= given.quantity <= draws.MOST_OF_ONE:
        raise Refused("quantity", pgettext_lazy("cases", "How many? A whole number."), field="quantity")
    position = given.position
    return ClearingRow(
        list=found,
        client_id=given.client_id,
        number=newest + 1,
        problem_class_id=given.class_id,
        quantity=given.quantity,
        lon=position.lon if position else None,
        lat=position.lat if position else None,
        accuracy_m=position.accuracy_m if position else None,
        position_source=position.source if position else "",
        state=RowState.LISTED,
        listed_at=at,
        listed_by_id=by.person_id,
    )


@command
def amend_row(*, list_id: ListId, number: int, quantity: int, by: Actor, at: datetime) -> ClearingRow:
    """Correct how many a row stands for, while the list is still the village's."""
    found = _locked(list_id)
    require(by, May.LIST_CLEARING, at=found.spot)
    _decide(found, L.AMEND, at=at, given={"quantity": 1 <= quantity <= draws.MOST_OF_ONE})
    row = _row(found, number, RowState.LISTED, RowState.CLEARED)
    before, row.quantity = row.quantity, quantity
    if before == quantity:
        return row
    row.save(update_fields=["quantity"])
    _write(found)
    amended = events.ClearingRowAmended(
        subject=found.ref, place=Code(found.village), number=number, quantity_before=before, quantity=quantity
    )
    record(amended, by=by, at=at)
    return row


@command
def strike_row(*, list_id: ListId, number: int, by: Actor, at: datetime) -> ClearingRow:
    """Strike a row out; its number stays taken and its pictures stay."""
    found = _locked(list_id)
    require(by, May.LIST_CLEARING, at=found.spot)
    _decide(found, L.STRIKE, at=at)
    row = _row(found, number, RowState.LISTED, RowState.CLEARED)
    row.state = RowState.VOID
    row.save(update_fields=["state"])
    _write(found)
    record(events.ClearingRowStruck(subject=found.ref, place=Code(found.village), number=number), by=by, at=at)
    return row


@command
def clear_row(*, list_id: ListId, number: int, photos: Sequence[UUID], by: Actor, at: datetime) -> ClearingRow:
    """Say that a row is cleared, with a picture that did not hang there before."""
    found = _locked(list_id)
    require(by, May.LIST_CLEARING, at=found.spot)
    row = _row(found, number, RowState.LISTED)
    old = {photo.handle for photo in photos_of(row.ref)}
    fresh = [handle for handle in dict.fromkeys(photos) if handle not in old]
    _decide(found, L.CLEAR, at=at, given={"photos": fresh})
    row.state, row.cleared_at, row.cleared_by_id = RowState.CLEARED, at, by.person_id
    row.save(update_fields=["state", "cleared_at", "cleared_by"])
    _write(found)
    attach(photos=fresh, to=row.ref, role=PhotoRole.AFTER, by=by, at=at)
    record(story.row_cleared(found, row, photos=len(fresh)), by=by, at=at)
    return row


@command
def hand_in(*, list_id: ListId, by: Actor, at: datetime, version: int | None = None) -> ClearingList:
    """Give the list to the town. Refused while a row is neither cleared nor struck out."""
    found = _locked(list_id)
    require(by, May.LIST_CLEARING, at=found.spot)
    rows = list(found.rows.filter(state__in=(RowState.LISTED, RowState.CLEARED)).order_by("number"))
    _decide(found, L.HAND_IN, at=at, version=version, given={"rows": rows})
    waiting = [row.number for row in rows if row.state == RowState.LISTED]
    if waiting:
        raise Refused(
            "rows_waiting",
            pgettext_lazy("cases", "Not cleared yet: row %(rows)s. Add the picture afterwards, or strike it out."),
            rows=", ".join(str(number) for number in waiting),
        )
    found.handed_in_at, found.handed_in_by_id = at, by.person_id
    found.week, found.decided_at = draws.week_of(clock.on(at)), None
    _write(found, "handed_in_at", "handed_in_by", "week", "decided_at")
    record(story.handed_in(found, rows), by=by, at=at)
    return found


@command
def void_list(
    *, list_id: ListId, reason: ListVoid, by: Actor, at: datetime, version: int | None = None
) -> ClearingList:
    """Make a list void that was begun by mistake; nothing of it counts."""
    found = _locked(list_id)
    require(by, May.LIST_CLEARING, at=found.spot)
    _decide(found, L.VOID, at=at, version=version, given={"reason": reason})
    found.void_reason = reason
    _write(found, "void_reason")
    record(events.ClearingVoided(subject=found.ref, place=Code(found.village), reason=reason), by=by, at=at)
    return found


@command
def draw_sample(*, village: str, week: str, seed: str, by: Actor, at: datetime) -> ClearingSample:
    """Draw the sample from everything a village handed in in a week and nobody has drawn from yet.

    Lists under a draw stand still until it is decided, so nobody can draw again for a kinder sample.
    """
    lot = list(
        ClearingList.objects.select_for_update(of=("self",))
        .filter(village=village, week=week, state=ListState.HANDED_IN, sample=None)
        .order_by("pk")
    )
    require(by, May.ACCEPT_CLEARING, at=Spot(code=village))
    if not lot:
        raise Stale(
            "nothing_to_draw",
            pgettext_lazy("cases", "Nothing waits to be drawn from here; perhaps somebody was faster."),
        )
    for found in lot:
        _decide(found, L.DRAW, at=at, given={"seed": seed})
    rows = list(ClearingRow.objects.filter(list__in=lot, state=RowState.CLEARED).order_by("list_id", "number"))
    _refuse_own_work(lot, rows, by)
    sample, numbers = _drawn(lot, rows, week=week, seed=seed, by=by, at=at)
    for found in lot:
        found.sample = sample
        _write(found, "sample")
        record(story.drawn(found, sample, numbers[found.pk]), by=by, at=at)
    return sample


def _drawn(
    lot: Sequence[ClearingList], rows: Sequence[ClearingRow], *, week: str, seed: str, by: Actor, at: datetime
) -> tuple[ClearingSample, dict[int, list[int]]]:
    """The stored sample, and the drawn numbers of each list of the lot."""
    lists = {found.pk: found for found in lot}
    named = {story.name_of(lists[row.list_id], row): row for row in rows}
    percent = settings.CLEARING_SAMPLE_PERCENT
    size = draws.sample_size(len(named), percent=percent)
    sample = ClearingSample.objects.create(
        county=lot[0].county,
        town=lot[0].town,
        village=lot[0].village,
        week=week,
        seed=seed,
        percent=percent,
        eligible=len(named),
        size=size,
        digest=draws.digest_of(named),
        drawn_at=at,
        drawn_by_id=by.person_id,
    )
    chosen = [named[name] for name in draws.drawn(seed, named, size=size)]
    ClearingDraw.objects.bulk_create(
        [ClearingDraw(sample=sample, row=row, place=place) for place, row in enumerate(chosen, start=1)]
    )
    numbers: dict[int, list[int]] = {found.pk: [] for found in lot}
    for row in chosen:
        numbers[row.list_id].append(row.number)
    return sample, numbers


@command
def decide_sample(
    *, sample_id: SampleId, flaws: Mapping[RowId, RowFlaw | None], by: Actor, at: datetime
) -> ClearingSample:
    """Say of every drawn row whether it passed; the lists of the lot are accepted, opened again or left accordingly."""
    sample = ClearingSample.objects.select_for_update(of=("self",)).get(pk=sample_id)
    require(by, May.ACCEPT_CLEARING, at=sample.spot)
    if sample.decided_at is not None:
        raise Stale("moved_on", pgettext_lazy("cases", "Somebody else decided this sample meanwhile."))
    lot = list(ClearingList.objects.select_for_update(of=("self",)).filter(sample=sample).order_by("pk"))
    rows = list(ClearingRow.objects.filter(list__in=lot, state=RowState.CLEARED).order_by("list_id", "number"))
    _refuse_own_work(lot, rows, by)
    looked = _looked_at(sample, flaws)
    sample.decided_at, sample.decided_by_id = at, by.person_id
    sample.failed = sum(draw.flaw != "" for draw in looked)
    sample.save(update_fields=["decided_at", "decided_by", "failed"])
    ClearingDraw.objects.bulk_update(looked, ["passed", "flaw"])
    flawed = {draw.row_id: RowFlaw(draw.flaw) for draw in looked if draw.flaw}
    seen = [draw.row_id for draw in looked]
    verdicts = draws.verdicts(
        {
            found.pk: draws.Looked(
                drawn=sum(row.pk in seen for row in rows if row.list_id == found.pk),
                failed=sum(row.pk in flawed for row in rows if row.list_id == found.pk),
            )
            for found in lot
        }
    )
    for found in lot:
        own = [row for row in rows if row.list_id == found.pk]
        for row in sorted((row for row in own if row.pk in seen), key=lambda row: seen.index(row.pk)):
            record(story.row_checked(found, sample, row.number, flawed.get(row.pk)), by=by, at=at)
        _settle(found, own, sample, verdicts[found.pk], flawed, by=by, at=at)
    return sample


def _looked_at(sample: ClearingSample, flaws: Mapping[RowId, RowFlaw | None]) -> list[ClearingDraw]:
    """The drawn rows with what was found, in the order of the draw; refused while one of them is not judged."""
    drawn = list(sample.draws.order_by("place"))
    missing = [draw.place for draw in drawn if RowId(draw.row_id) not in flaws]
    if missing:
        raise Refused(
            "not_all_looked_at", pgettext_lazy("cases", "Say of each drawn row whether it passes."), field="flaws"
        )
    for draw in drawn:
        flaw = flaws[RowId(draw.row_id)]
        draw.passed, draw.flaw = flaw is None, flaw or ""
    return drawn


def _settle(
    found: ClearingList,
    rows: Sequence[ClearingRow],
    sample: ClearingSample,
    verdict: draws.Verdict,
    flawed: Mapping[int, RowFlaw],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Make the verdict on one list of a lot come true."""
    if verdict is draws.Verdict.ACCEPT:
        _decide(found, L.ACCEPT, at=at)
        _accept(found, rows, sample, by=by, at=at)
    elif verdict is draws.Verdict.REOPEN:
        failed = [row for row in rows if row.pk in flawed]
        _decide(found, L.REOPEN, at=at, given={"flaws": failed})
        cases = _reopen(found, rows, failed, at=at)
        reopened = events.ClearingReopened(
            subject=found.ref,
            place=Code(found.village),
            sample_id=sample.pk,
            failed=tuple(row.number for row in failed),
            case_ids=cases,
        )
        record(reopened, by=by, at=at)
    else:
        _decide(found, L.LEAVE, at=at)
        found.sample = None
        _write(found, "sample")
        record(events.ClearingLeft(subject=found.ref, place=Code(found.village), sample_id=sample.pk), by=by, at=at)


def _accept(
    found: ClearingList, rows: Sequence[ClearingRow], sample: ClearingSample, *, by: Actor, at: datetime
) -> None:
    ClearingRow.objects.filter(pk__in=[row.pk for row in rows]).update(state=RowState.ACCEPTED)
    ClearingCount.objects.bulk_create(story.counts_of(found, rows, sample))
    found.sample, found.decided_at = None, at
    _write(found, "sample", "decided_at")
    record(story.accepted(found, sample, rows), by=by, at=at)


def _reopen(
    found: ClearingList, rows: Sequence[ClearingRow], failed: Sequence[ClearingRow], *, at: datetime
) -> tuple[int, ...]:
    """Turn the failed rows into cases and have all others looked at again; the ids of the cases."""
    cases = tuple(_case_of(found, row, at=at) for row in failed)
    others = [row.pk for row in rows if row not in failed]
    ClearingRow.objects.filter(pk__in=others).update(state=RowState.LISTED, cleared_at=None, cleared_by=None)
    found.sample, found.decided_at, found.reopens = None, at, found.reopens + 1
    _write(found, "sample", "decided_at", "reopens")
    return cases


def _case_of(found: ClearingList, row: ClearingRow, *, at: datetime) -> int:
    """The case that a row becomes, with its class, its number and its place."""
    place = row.texts.filter(kind=ListTextKind.PLACE).values_list("body", flat=True).first() or ""
    case = report(
        given=ReportInput(
            client_id=uuid5(CASES_OF_ROWS, f"{story.name_of(found, row)}"),
            source=Source.SAMPLE,
            village=found.village,
            tile="",
            class_id=row.problem_class_id,
            quantity=row.quantity,
            place_text=place,
            position=_position(row),
        ),
        by=BY,
        at=at,
    )
    row.state, row.case = RowState.FAILED, case
    row.save(update_fields=["state", "case"])
    return case.pk


def _position(row: ClearingRow) -> Position | None:
    if row.lon is None or row.lat is None:
        return None
    return Position(
        lon=row.lon,
        lat=row.lat,
        crs=Crs.WGS84,
        accuracy_m=row.accuracy_m,
        source=PositionSource(row.position_source),
    )


@command
def take_back_list(
    *, list_id: ListId, flaws: Mapping[int, RowFlaw], by: Actor, at: datetime, version: int | None = None
) -> ClearingList:
    """Undo an acceptance because rows (by number) turned out wrong: they become cases, and nothing of the list counts
    any more until it has been looked at again."""
    found = _locked(list_id)
    require(by, May.ACCEPT_CLEARING, at=found.spot)
    rows = list(found.rows.filter(state=RowState.ACCEPTED).order_by("number"))
    failed = [row for row in rows if row.number in flaws]
    _decide(found, L.TAKE_BACK, at=at, version=version, given={"flaws": failed})
    _refuse_own_work([found], rows, by)
    counted = [(row.number, story.class_code(row.problem_class_id), row.quantity) for row in rows]
    ClearingCount.objects.bulk_create(story.undone(found, rows, on=clock.on(at)))
    cases = _reopen(found, rows, failed, at=at)
    taken = events.ClearingTakenBack(
        subject=found.ref,
        place=Code(found.village),
        failed=tuple(row.number for row in failed),
        flaws=tuple(flaws[row.number] for row in failed),
        case_ids=cases,
        rows=tuple(number for number, _, _ in counted),
        class_codes=tuple(code for _, code, _ in counted),
        quantities=tuple(quantity for _, _, quantity in counted),
    )
    record(taken, by=by, at=at)
    return found


@command
def erase_list_maker(*, person_id: int, by: Actor, at: datetime) -> int:
    """Let go of what lists hold of a forgotten person: names of teams and places, and whose hands. How many lists."""
    theirs = ClearingList.objects.filter(made_by_id=person_id)
    ClearingText.objects.filter(list__in=theirs.values("pk")).delete()
    ClearingRow.objects.filter(listed_by_id=person_id).update(listed_by=None)
    ClearingRow.objects.filter(cleared_by_id=person_id).update(cleared_by=None)
    ClearingList.objects.filter(handed_in_by_id=person_id).update(handed_in_by=None)
    return theirs.update(made_by=None)


def _locked(list_id: ListId) -> ClearingList:
    """The list with its row locked until the command ends."""
    return ClearingList.objects.select_for_update(of=("self",)).get(pk=list_id)


def _decide(
    found: ClearingList,
    verb: L,
    *,
    at: datetime,
    version: int | None = None,
    given: Mapping[str, object] | None = None,
) -> None:
    """The single choke point of all moves of a list. Nothing is written before ``_write``."""
    if version is not None and found.version != version:
        raise Stale(
            "moved_on",
            pgettext_lazy("cases", "Somebody else changed this list meanwhile. Below is how it stands now."),
            state=found.state,
        )
    row, before = CLEARING[verb], ListState(found.state)
    check_move(row, before, given or {})
    found.state, found.version, found.moved_at = row.after(before), found.version + 1, at


def _write(found: ClearingList, *also: str) -> None:
    """Keep the decided move together with the other columns that it changed."""
    found.save(update_fields=["state", "version", "moved_at", *also])


def _row(found: ClearingList, number: int, *states: RowState) -> ClearingRow:
    row = found.rows.filter(number=number).first()
    if row is None or row.state not in states:
        raise Stale("row_moved_on", pgettext_lazy("cases", "This row was changed meanwhile. Below is how it stands."))
    return row


def _refuse_own_work(lot: Iterable[ClearingList], rows: Iterable[ClearingRow], by: Actor) -> None:
    hands = {person for found in lot for person in (found.made_by_id, found.handed_in_by_id)}
    hands |= {person for row in rows for person in (row.listed_by_id, row.cleared_by_id)}
    if not by.is_system and not draws.may_accept({one for one in hands if one}, person_id=by.person_id):
        raise Refused(
            "own_work",
            pgettext_lazy("cases", "Whoever listed or cleared something does not accept it. Somebody else has to."),
        )


def _keep(found: ClearingList, row: ClearingRow | None, kind: ListTextKind, body: str, *, at: datetime) -> int | None:
    """Keep a typed text in an erasable row; its id for the event."""
    if not body:
        return None
    return ClearingText.objects.create(list=found, row=row, kind=kind, body=body, written_at=at).pk
