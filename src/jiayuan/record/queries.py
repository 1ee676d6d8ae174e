# SPDX-License-Identifier: Apache-2.0
"""Reading the record: what happened to a subject, and who stood behind it."""

from collections.abc import Sequence

from jiayuan.record.events import Ref
from jiayuan.record.models import Head, Secret, StoredEvent
from jiayuan.record.readers import Happened, happened_to

__all__ = ["Happened", "happened_to", "newest_position", "persons_behind"]


def persons_behind(subject: Ref, *, kinds: Sequence[str]) -> frozenset[int]:
    """The persons who did certain things to a subject, as far as they are not forgotten."""
    positions = StoredEvent.objects.filter(subject_kind=subject.kind, subject_id=subject.id, kind__in=kinds)
    found = Secret.objects.filter(position__in=positions.values("position"), person_id__isnull=False)
    return frozenset(person_id for person_id in found.values_list("person_id", flat=True) if person_id is not None)


def newest_position() -> int:
    """The position of the newest event."""
    return Head.objects.values_list("position", flat=True).get(pk=1)
