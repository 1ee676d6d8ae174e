# SPDX-License-Identifier: Apache-2.0
"""Writing the record: ``record()`` buffers, the outermost command flushes with the head lock held until its commit."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.bulk import Values
from jiayuan.kernel.commands import after_commit, buffer, flush_with
from jiayuan.record import wake
from jiayuan.record.canon import SALT_BYTES, canonical, leaf, secret_digest
from jiayuan.record.events import Event, parts_of, stamp
from jiayuan.record.models import Secret, StoredEvent


@dataclass(frozen=True, slots=True)
class Entry:
    """An event on its way into the record, with who caused it and when it happened."""

    event: Event
    by: Actor
    at: datetime


def record(event: Event, *, by: Actor, at: datetime) -> None:
    """Remember an event when the running command commits; outside a command this is a fault of the code."""
    buffer(Entry(event, by, at))


def flush(entries: Sequence[Entry]) -> None:
    """Write the buffered events at the next positions. The head row stays locked until the commit that follows."""
    newest = reserve_positions(len(entries))
    recorded_at = clock.now()
    pairs = [
        rows_of(entry, position=position, recorded_at=recorded_at, salt=secrets.token_bytes(SALT_BYTES))
        for position, entry in enumerate(entries, start=newest - len(entries) + 1)
    ]
    StoredEvent.objects.bulk_create([event for event, _ in pairs])
    Secret.objects.bulk_create([secret for _, secret in pairs])
    after_commit(wake.readers)


def reserve_positions(n: int) -> int:
    """Move the head by n and return its new position: gap-free, because a rollback takes the move back too."""
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute("UPDATE record_head SET position = position + %s WHERE id = 1 RETURNING position", [n])
            row = cursor.fetchone()
            if row is not None:
                return int(row[0])
            cursor.execute("INSERT INTO record_head (id, position) VALUES (1, 0) ON CONFLICT DO NOTHING")
    raise RuntimeError("the head of the record could not be moved")


def rows_of(entry: Entry, *, position: int, recorded_at: datetime, salt: bytes) -> tuple[StoredEvent, Secret]:
    """An entry as the two rows that will be stored: what stands for ever, and what may be forgotten."""
    event, secret = values_of(entry, position=position, recorded_at=recorded_at, salt=salt)
    return StoredEvent(*event), Secret(*secret)  # type: ignore[misc]  # the plugin knows values by name alone


def values_of(entry: Entry, *, position: int, recorded_at: datetime, salt: bytes) -> tuple[Values, Values]:
    """The values of those two rows in the order of their fields."""
    event = entry.event
    public, private = parts_of(event)
    body = canonical({"actor": _actor(entry.by), "private": private})
    hidden = secret_digest(salt, body)
    told = (
        position,
        event.KIND,
        event.V,
        event.subject.kind,
        event.subject.id,
        entry.at,
        clock.on(entry.at),
        recorded_at,
        canonical(public),
    )
    return (*told, hidden, leaf(_public(*told), hidden)), (position, salt, body, entry.by.person_id)


def _actor(by: Actor) -> dict[str, int | str | None]:
    # Who holds several posts does not say in which of them they act; the record must not choose one for them.
    posts = {grant.post_id for grant in by.grants}
    post = posts.pop() if len(posts) == 1 else None
    return {"account": by.account_id, "person": by.person_id, "post": post, "system": by.name or None}


def public_text(event: StoredEvent) -> str:
    """The canonical public part of a stored event."""
    return _public(
        event.position,
        event.kind,
        event.v,
        event.subject_kind,
        event.subject_id,
        event.at,
        event.on,
        event.recorded_at,
        event.payload,
    )


def _public(
    position: int,
    kind: str,
    v: int,
    subject_kind: str,
    subject_id: int,
    at: datetime,
    on: date,
    recorded_at: datetime,
    payload: str,
) -> str:
    return (
        "{"
        f'"at":"{stamp(at)}","kind":"{kind}","on":"{on.isoformat()}","payload":{payload},'
        f'"position":{position},"recorded_at":"{stamp(recorded_at)}","subject":"{subject_kind}:{subject_id}","v":{v}'
        "}"
    )


def connect() -> None:
    """Tell the kernel where commands leave their events."""
    flush_with(flush)
