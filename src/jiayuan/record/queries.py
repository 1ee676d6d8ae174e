# SPDX-License-Identifier: Apache-2.0
"""Reading the record: what happened to a subject, and who stood behind it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from json import loads

from jiayuan.record.events import Event, Ref, read
from jiayuan.record.models import Head, StoredEvent
from jiayuan.record.readers import Happened, happened_to

__all__ = ["Happened", "events_about", "happened_to", "histories_of", "newest_position", "persons_behind"]

MOST_AT_ONCE = 5_000
"""So many values a statement of either database takes."""


def events_about(subject_kind: str, ids: Collection[int], *, kinds: Sequence[str]) -> Iterator[Event]:
    """The events of some kinds about many subjects, oldest first for each; private parts read as forgotten."""
    wanted = list(ids)
    for start in range(0, len(wanted), MOST_AT_ONCE):
        some = wanted[start : start + MOST_AT_ONCE]
        rows = StoredEvent.objects.filter(subject_kind=subject_kind, subject_id__in=some, kind__in=kinds)
        for row in rows.order_by("position"):
            yield read(row.kind, row.v, subject=Ref(row.subject_kind, row.subject_id), values=loads(row.payload))


def histories_of(subject_kind: str, ids: Collection[int]) -> dict[int, list[tuple[datetime, Event]]]:
    """Everything that happened to many subjects, with its moment, oldest first; private parts read as forgotten."""
    found: dict[int, list[tuple[datetime, Event]]] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), MOST_AT_ONCE):
        some = wanted[start : start + MOST_AT_ONCE]
        for row in StoredEvent.objects.filter(subject_kind=subject_kind, subject_id__in=some).order_by("position"):
            event = read(row.kind, row.v, subject=Ref(row.subject_kind, row.subject_id), values=loads(row.payload))
            found.setdefault(row.subject_id, []).append((row.at, event))
    return found


def persons_behind(subject: Ref, *, kinds: Sequence[str]) -> frozenset[int]:
    """The persons who did certain things to a subject, as far as they are not forgotten."""
    # Read rather than filtered: what is stored may still carry a name that the kind no longer has.
    done = (happened for happened in happened_to(subject) if happened.event.KIND in kinds)
    return frozenset(happened.person_id for happened in done if happened.person_id is not None)


def newest_position() -> int:
    """The position of the newest event; 0 while nothing has happened."""
    return Head.objects.values_list("position", flat=True).filter(pk=1).first() or 0
