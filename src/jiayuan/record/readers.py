# SPDX-License-Identifier: Apache-2.0
"""Readers of the record: each applies events in order and moves its cursor in the same transaction, exactly once.

An event that cannot be applied is tried five times. Then a reader that works subject by subject parks the subject and
goes on; any other reader halts and says so, because a wrong number is worse than a late one.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from json import loads
from time import perf_counter

from django.db.models import OuterRef, Subquery

from jiayuan.kernel.commands import unit_of_work
from jiayuan.record.events import Event, Ref, read
from jiayuan.record.models import Cursor, Parked, Secret, StoredEvent

BATCH = 100
BATCHED = 2_000
SECONDS = 0.2
TRIES = 5
_STUMBLED = ["position", "attempts", "failing_position", "error", "retry_at", "halted"]
_FORGOTTEN = (None, None)
_PUBLIC = ("position", "kind", "v", "subject_kind", "subject_id", "at", "recorded_at", "payload")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A stored event as readers and timelines see it."""

    position: int
    at: datetime
    recorded_at: datetime
    event: Event
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Something that follows the record: what it is called, what it does, and whether it may park a subject.

    A reader that ``folds`` only counts or copies what happened; a loaded history is for it too. All others are led past
    a load, for it is too late to act.
    """

    name: str
    apply: Callable[[Sequence[Happened]], None]
    parks: bool = False
    folds: bool = False


_readers: dict[str, Reader] = {}


def hold_readers(readers: Iterable[Reader]) -> None:
    """Let the roof say who follows the record. Called once, while the program starts."""
    _readers.clear()
    _readers.update({reader.name: reader for reader in readers})


def held() -> tuple[Reader, ...]:
    """Who follows the record, in the order in which the roof lists them."""
    return tuple(_readers.values())


def relay(at: datetime) -> int:
    """Let every reader catch up; the number of events that were applied."""
    return sum(catch_up(reader, at) for reader in _readers.values())


def catch_up(reader: Reader, at: datetime) -> int:
    """Let one reader go on until nothing is left, it halts, or it must wait before a new try."""
    total = 0
    while done := advance(reader, at):
        total += done
    return total


def advance(reader: Reader, at: datetime) -> int:
    """Apply at most 100 events or 200 ms of one reader in one transaction; how far the cursor moved.

    A batch that fails is taken back and begun again with half as many, until the event that cannot be applied stands
    alone: nothing before it waits for it, and only it is counted as a failed try.
    """
    limit = BATCH
    while True:
        tried: list[int] = []
        try:
            with unit_of_work():
                return _advance(reader, at, limit=limit, tried=tried)
        except Exception as failure:  # noqa: BLE001 – whatever a reader raises is counted, kept and shown
            if len(tried) <= 1:
                _stumble(reader, tried, failure, at)
                return 0
            limit = len(tried) // 2


def _advance(reader: Reader, at: datetime, *, limit: int, tried: list[int]) -> int:
    cursor = locked(reader.name)
    if cursor.halted or (cursor.retry_at is not None and cursor.retry_at > at):
        return 0
    rows = _rows_after(cursor.position, limit=1 if cursor.attempts else limit)
    start, reached = perf_counter(), cursor.position
    # Asked once for the batch: whoever parks or resumes a subject of this reader holds its cursor, too.
    secrets, parked = _secrets(rows), _parked(reader.name) if reader.parks and rows else frozenset()
    # One event at a time for readers that act; all at once for folds, which write once per batch.
    for chunk in ([row] for row in rows) if reader.parks else filter(None, [rows]):
        tried.extend(row.position for row in chunk)
        # By the row: the event itself may be what nobody can read.
        if (chunk[0].subject_kind, chunk[0].subject_id) not in parked:
            reader.apply([_one(row, *secrets.get(row.position, _FORGOTTEN)) for row in chunk])
        reached = chunk[-1].position
        if perf_counter() - start > SECONDS:
            break
    moved = reached - cursor.position
    if moved:
        _clear(cursor, reached)
    return moved


def locked(name: str) -> Cursor:
    """A reader's cursor, locked until the transaction ends."""
    Cursor.objects.bulk_create([Cursor(reader=name)], ignore_conflicts=True)
    return Cursor.objects.select_for_update().get(reader=name)


def _clear(cursor: Cursor, position: int) -> None:
    cursor.position, cursor.attempts, cursor.failing_position = position, 0, None
    cursor.retry_at, cursor.error = None, ""
    cursor.save(update_fields=["position", "attempts", "failing_position", "retry_at", "error"])


def _parked(reader: str) -> frozenset[tuple[str, int]]:
    return frozenset(Parked.objects.filter(reader=reader).values_list("subject_kind", "subject_id"))


def _stumble(reader: Reader, tried: list[int], failure: Exception, at: datetime) -> None:
    """Count a failed try in a transaction of its own; at the fifth, park the subject or halt."""
    if not tried:
        # No event was reached, so none is at fault: the database was busy or away, and the next sweep tries again.
        logger.error("reader %s could not begin", reader.name, exc_info=failure)
        return
    position = tried[0]
    logger.error("reader %s failed at position %s", reader.name, position, exc_info=failure)
    with unit_of_work():
        cursor = locked(reader.name)
        if cursor.position >= position:
            # Another consumer got past it meanwhile.
            return
        cursor.attempts += 1
        cursor.failing_position = position
        cursor.error = f"{type(failure).__name__}: {failure}".replace("\x00", "")[:300]
        cursor.retry_at = at + timedelta(seconds=2**cursor.attempts)
        if cursor.attempts >= TRIES:
            _give_up(reader, cursor, at)
        cursor.save(update_fields=_STUMBLED)


def _give_up(reader: Reader, cursor: Cursor, at: datetime) -> None:
    stuck = StoredEvent.objects.get(position=cursor.failing_position or 0)
    if not reader.parks:
        cursor.halted = True
        logger.critical("reader %s has halted before position %s; mend it and resume it", reader.name, stuck.position)
        return
    Parked.objects.create(
        reader=reader.name,
        subject_kind=stuck.subject_kind,
        subject_id=stuck.subject_id,
        since_position=stuck.position,
        error=cursor.error,
        parked_at=at,
    )
    logger.critical(
        "reader %s leaves %s:%s out from position %s on; mend it and resume it",
        reader.name, stuck.subject_kind, stuck.subject_id, stuck.position,
    )  # fmt: skip
    cursor.position, cursor.attempts, cursor.failing_position, cursor.retry_at = stuck.position, 0, None, None


def names() -> tuple[str, ...]:
    """What the readers are called, in the order in which the roof lists them."""
    return tuple(_readers)


def resume(reader_name: str) -> int:
    """Apply what parked subjects missed and lift a halt, after the fault was mended; how many events were applied.

    All of it happens or nothing: when an event still cannot be applied, its error is raised and everything stays.
    """
    reader = _readers[reader_name]
    with unit_of_work():
        cursor = locked(reader_name)
        applied = 0
        for parked in Parked.objects.select_for_update().filter(reader=reader_name).order_by("since_position", "pk"):
            missed = StoredEvent.objects.filter(
                subject_kind=parked.subject_kind,
                subject_id=parked.subject_id,
                position__gte=parked.since_position,
                position__lte=cursor.position,
            )
            for item in _happened(list(missed.order_by("position"))):
                reader.apply([item])
                applied += 1
            parked.delete()
        cursor.halted = False
        cursor.save(update_fields=["halted"])
        _clear(cursor, cursor.position)
    return applied


def happened_after(position: int, *, limit: int) -> list[Happened]:
    """The next events after a position, in order."""
    return _happened(_rows_after(position, limit=limit))


def happened_until(position: int | None, *, before: datetime | None = None) -> Iterator[list[Happened]]:
    """The whole record in batches, as far as a position and a moment allow; what persons did is left out.

    For folds over everything: without the private parts each batch is one query, and half of the work falls away.
    """
    rows = StoredEvent.objects.all()
    if position is not None:
        rows = rows.filter(position__lte=position)
    if before is not None:
        rows = rows.filter(at__lt=before)
    reached = 0
    while batch := list(rows.filter(position__gt=reached).order_by("position").only(*_PUBLIC)[:BATCHED]):
        yield [_one(row, *_FORGOTTEN) for row in batch]
        reached = batch[-1].position


def _rows_after(position: int, *, limit: int) -> list[StoredEvent]:
    return list(StoredEvent.objects.filter(position__gt=position).order_by("position")[:limit])


def happened_at(positions: Sequence[int]) -> list[Happened]:
    """The events at some positions, in order; at most a few hundred at once."""
    return _happened(StoredEvent.objects.filter(position__in=positions).order_by("position"))


def happened_to(subject: Ref) -> list[Happened]:
    """Everything the record knows about one subject, oldest first."""
    told = Secret.objects.filter(position=OuterRef("position"))
    rows = StoredEvent.objects.filter(subject_kind=subject.kind, subject_id=subject.id).annotate(
        # Beside each event rather than in a query of their own: every page of a case reads its course.
        secret_body=Subquery(told.values("body")),
        secret_person=Subquery(told.values("person_id")),
    )
    return [_one(row, row.secret_body, row.secret_person) for row in rows.order_by("position")]


def _happened(rows: Iterable[StoredEvent]) -> list[Happened]:
    held = list(rows)
    secrets = _secrets(held)
    return [_one(row, *secrets.get(row.position, _FORGOTTEN)) for row in held]


def _secrets(rows: Iterable[StoredEvent]) -> dict[int, tuple[str, int | None]]:
    """The private part and the person of each event that is not forgotten, by position."""
    found = Secret.objects.filter(position__in=[row.position for row in rows])
    return {
        position: (body, person_id) for position, body, person_id in found.values_list("position", "body", "person_id")
    }


def _one(row: StoredEvent, secret: str | None, person_id: int | None) -> Happened:
    subject = Ref(row.subject_kind, row.subject_id)
    private = loads(secret)["private"] if secret is not None else {}
    event = read(row.kind, row.v, subject=subject, values=loads(row.payload) | private)
    return Happened(
        position=row.position,
        at=row.at,
        recorded_at=row.recorded_at,
        event=event,
        person_id=person_id,
    )
