# SPDX-License-Identifier: Apache-2.0
"""Reading the record: what happened to a subject, and who stood behind it."""

from collections.abc import Sequence

from jiayuan.record.events import Ref
from jiayuan.record.models import Head
from jiayuan.record.readers import Happened, happened_to

__all__ = ["Happened", "happened_to", "newest_position", "persons_behind"]


def persons_behind(subject: Ref, *, kinds: Sequence[str]) -> frozenset[int]:
    """The persons who did certain things to a subject, as far as they are not forgotten."""
    # Read rather than filtered: what is stored may still carry a name that the kind no longer has.
    done = (happened for happened in happened_to(subject) if happened.event.KIND in kinds)
    return frozenset(happened.person_id for happened in done if happened.person_id is not None)


def newest_position() -> int:
    """The position of the newest event; 0 while nothing has happened."""
    return Head.objects.values_list("position", flat=True).filter(pk=1).first() or 0
