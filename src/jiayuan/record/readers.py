# SPDX-License-Identifier: Apache-2.0
"""Readers of the record: each applies events in order and moves its cursor in the same transaction, exactly once.

An event that cannot be applied is tried five times. Then a reader that works subject by subject parks the subject and
goes on; any other reader halts and says so, because a wrong number is worse than a late one.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from json import loads
from time import perf_counter

from jiayuan.kernel.commands import unit_of_work
from jiayuan.record.events import Event, Ref, read
from jiayuan.record.models import Cursor, Parked, Secret, StoredEvent

BATCH = 100
SECONDS = 0.2
TRIES = 5
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
    """Something that follows the record: what it is called, what it does, and whether it may park a subject."""

    name: str
    apply: Callable[[Sequence[Happened]], None]
    parks: bool = False


_readers: dict[str, Reader] = {}


def hold_readers(readers: Iterable[Reader]) -> None:
    """Let the roof say who follows the record. Called once, while the program starts."""
    _readers.clear()
    _readers.update({reader.name: reader for reader in readers})


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
    """Apply at most 100 events or 200 ms of one reader in one transaction; how far the cursor moved."""
    trying: list[int] = []
    try:
        with unit_of_work():
            return _advance(reader, at, trying)
    except Exception as failure:  # noqa: BLE001 – whatever a reader raises is counted, kept and shown
        _stumble(reader, trying[-1] if trying else 0, failure, at)
        return 0


def _advance(reader: Reader, at: datetime, trying: list[int]) -> int:
    cursor = _locked(reader.name)
    if cursor.halted or (cursor.retry_at is not None and cursor.retry_at > at):
        return 0
    # After a stumble go one event at a time, so that what stands before the bad one is not lost with it.
    events = happened_after(cursor.position, limit=1 if cursor.attempts else BATCH)
    start, reached = perf_counter(), cursor.position
    for item in _chunks(reader, events):
        trying.append(item[0].position)
        if not reader.parks or not _is_parked(reader.name, item[0].event.subject):
            reader.apply(item)
        reached = item[-1].position
        if perf_counter() - start > SECONDS:
            break
    moved = reached - cursor.position
    if moved:
        _clear(cursor, reached)
    return moved


def _chunks(reader: Reader, events: list[Happened]) -> Iterable[list[Happened]]:
    """One event at a time for readers that act; all at once for folds, which write once per batch."""
    if reader.parks:
        return ([item] for item in events)
    return [events] if events else []


def _locked(name: str) -> Cursor:
    Cursor.objects.bulk_create([Cursor(reader=name)], ignore_conflicts=True)
    return Cursor.objects.select_for_update().get(reader=name)


def _clear(cursor: Cursor, position: int) -> None:
    cursor.position, cursor.attempts, cursor.failing_position = position, 0, None
    cursor.retry_at, cursor.error = None, ""
    cursor.save(update_fields=["position", "attempts", "failing_position", "retry_at", "error"])


def _is_parked(reader: str, subject: Ref) -> bool:
    return Parked.objects.filter(reader=reader, subject_kind=subject.kind, subject_id=subject.id).exists()


def _stumble(reader: Reader, position: int, failure: Exception, at: datetime) -> None:
    """Count a failed try in a transaction of its own; at the fifth, park the subject or halt."""
    with unit_of_work():
        cursor = _locked(reader.name)
        cursor.attempts += 1
        cursor.failing_position = position
        cursor.error = f"{type(failure).__name__}: {failure}"[:300]
        cursor.retry_at = at + timedelta(seconds=2**cursor.attempts)
        if cursor.attempts >= TRIES:
            _give_up(reader, cursor, at)
        cursor.save()
    logger.error("reader %s failed at position %s", reader.name, position, exc_info=failure)


def _give_up(reader: Reader, cursor: Cursor, at: datetime) -> None:
    if not reader.parks:
        cursor.halted = True
        return
    stuck = StoredEvent.objects.only("subject_kind", "subject_id", "position").get(
        position=cursor.failing_position or 0
    )
    Parked.objects.create(
        reader=reader.name,
        subject_kind=stuck.subject_kind,
        subject_id=stuck.subject_id,
        since_position=stuck.position,
        error=cursor.error,
        parked_at=at,
    )
    cursor.position, cursor.attempts, cursor.failing_position, cursor.retry_at = stuck.position, 0, None, None


def resume(reader_name: str) -> int:
    """Apply what parked subjects missed and lift a halt, after the fault was mended; how many events were applied."""
    reader = _readers[reader_name]
    with unit_of_work():
        cursor = _locked(reader_name)
        applied = 0
        for parked in Parked.objects.select_for_update().filter(reader=reader_name).order_by("since_position"):
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
    return _happened(list(StoredEvent.objects.filter(position__gt=position).order_by("position")[:limit]))


def happened_to(subject: Ref) -> list[Happened]:
    """Everything the record knows about one subject, oldest first."""
    rows = StoredEvent.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("position")
    return _happened(list(rows))


def _happened(rows: list[StoredEvent]) -> list[Happened]:
    secrets = Secret.objects.in_bulk([row.position for row in rows])
    return [_one(row, secrets.get(row.position)) for row in rows]


def _one(row: StoredEvent, secret: Secret | None) -> Happened:
    subject = Ref(row.subject_kind, row.subject_id)
    private = loads(secret.body)["private"] if secret else {}
    event = read(row.kind, row.v, subject=subject, values=loads(row.payload) | private)
    return Happened(
        position=row.position,
        at=row.at,
        recorded_at=row.recorded_at,
        event=event,
        person_id=secret.person_id if secret else None,
    )
