# SPDX-License-Identifier: Apache-2.0
"""Who had a case in hand, who may check it, and when things count: pure functions over plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

EARLIEST = timedelta(days=30)
"""A report kept on a phone without a signal may be this old when it arrives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """Who had a case in hand: the unit, and the persons and accounts who signed for it or fed it back."""

    unit_id: int | None
    person_ids: frozenset[int]


def may_check(handling: Handling, *, unit_ids: Collection[int], person_id: int | None) -> bool:
    """Whether somebody may check this handling: not of the unit, and not one of the hands that did it."""
    return handling.unit_id not in unit_ids and (person_id is None or person_id not in handling.person_ids)


def is_in_time(fed_back_at: datetime, due_at: datetime) -> bool:
    """Whether a handling ended by its deadline; the deadline's own moment still counts."""
    return fed_back_at <= due_at


def moment_of_report(seen_at: datetime | None, *, received_at: datetime) -> datetime:
    """When a report counts as made: when the reporter saw it, if that is known and believable, else on arrival."""
    if seen_at is None or seen_at > received_at or seen_at < received_at - EARLIEST:
        return received_at
    return seen_at
