# SPDX-License-Identifier: Apache-2.0
"""Adding many events at once: the same rows at the next dense positions, and every reader led past them.

Loaded history happened long before it became known. Readers that act – notices, retention, routing – must not act on
it now, so their cursors are moved along in the same transaction; readers that fold take it in there.
"""

from collections.abc import Sequence
from random import Random

from jiayuan.kernel import bulk, clock
from jiayuan.record import readers
from jiayuan.record.canon import SALT_BYTES
from jiayuan.record.log import Entry, reserve_positions, values_of
from jiayuan.record.models import Cursor, Secret, StoredEvent
from jiayuan.record.readers import Happened


class Behind(Exception):
    """A reader has not yet applied what came before the load; leading it past the load would lose that."""


def append(entries: Sequence[Entry], *, salts: Random) -> int:
    """Add events as the last statements of a transaction; the position of the newest. ``Behind`` takes all of it back.

    ``salts`` is seeded: what is loaded is invented, and two loads from one seed give the same leaves but for the time
    at which they became known.
    """
    # Cursors first and the head last: a reader that records takes its locks in that order too.
    held = {reader.name: reader for reader in readers.held()}
    cursors = _locked(sorted(held))
    newest = reserve_positions(len(entries))
    before, recorded_at = newest - len(entries), clock.now()
    late = [cursor.reader for cursor in cursors if cursor.position != before]
    if late:
        raise Behind(", ".join(late))
    pairs = [
        values_of(entry, position=position, recorded_at=recorded_at, salt=salts.randbytes(SALT_BYTES))
        for position, entry in enumerate(entries, start=before + 1)
    ]
    bulk.insert_values(StoredEvent, [event for event, _ in pairs])
    bulk.insert_values(Secret, [secret for _, secret in pairs])
    happened = [
        Happened(
            position=position,
            at=entry.at,
            recorded_at=recorded_at,
            event=entry.event,
            person_id=entry.by.person_id,
        )
        for position, entry in enumerate(entries, start=before + 1)
    ]
    for reader in held.values():
        if reader.folds:
            reader.apply(happened)
    Cursor.objects.filter(reader__in=held).update(position=newest)
    return newest


def _locked(names: Sequence[str]) -> list[Cursor]:
    """The cursors of these readers, all locked in one order; made where a reader has none yet."""
    wanted = Cursor.objects.select_for_update().filter(reader__in=names).order_by("reader")
    found = list(wanted)
    if len(found) < len(names):
        Cursor.objects.bulk_create([Cursor(reader=name) for name in names], ignore_conflicts=True)
        found = list(wanted.all())
    return found


def mark(name: str) -> int | None:
    """How far a loader has come; None when there is none. Kept beside the readers' cursors and shown with them."""
    return Cursor.objects.filter(reader=name).values_list("position", flat=True).first()


def marks(*names: str) -> dict[str, int]:
    """The marks of several names that have one, in one query."""
    return dict(Cursor.objects.filter(reader__in=names).values_list("reader", "position"))


def set_mark(name: str, position: int) -> None:
    """Set how far a loader has come, in the transaction of what it wrote."""
    if not Cursor.objects.filter(reader=name).update(position=position):
        Cursor.objects.create(reader=name, position=position)
