# SPDX-License-Identifier: Apache-2.0
"""The live balance of a list: total = struck off + in progress + overdue. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a balance needs of an item. Void items belong to no balance."""

    due_at: datetime
    fed_back_at: datetime | None = None
    struck_at: datetime | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How the items of lists stand. ``waiting`` are those in progress that the issuing side has to look at.

    ``due`` are the items whose time is up, ``due_struck`` those of them that were struck off: the rate of a list is
    ``due_struck`` of ``due``, and with nothing due there is no rate.
    """

    total: int = 0
    struck: int = 0
    in_progress: int = 0
    overdue: int = 0
    waiting: int = 0
    due: int = 0
    due_struck: int = 0

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            total=self.total + other.total,
            struck=self.struck + other.struck,
            in_progress=self.in_progress + other.in_progress,
            overdue=self.overdue + other.overdue,
            waiting=self.waiting + other.waiting,
            due=self.due + other.due,
            due_struck=self.due_struck + other.due_struck,
        )


def is_overdue(item: Standing, now: datetime) -> bool:
    """Whether the unit still has the item although its time is up. Waiting for acceptance is not the unit's delay."""
    return item.struck_at is None and item.fed_back_at is None and not item.paused and item.due_at < now


def balance(items: Iterable[Standing], now: datetime) -> Balance:
    """How these items stand at a moment."""
    found = Balance()
    for item in items:
        found += _one(item, now)
    return found


def _one(item: Standing, now: datetime) -> Balance:
    struck = item.struck_at is not None
    overdue = is_overdue(item, now)
    due = item.due_at < now and not (item.paused and not struck)
    return Balance(
        total=1,
        struck=int(struck),
        overdue=int(overdue),
        in_progress=int(not struck and not overdue),
        waiting=int(not struck and item.fed_back_at is not None),
        due=int(due),
        due_struck=int(due and struck),
    )
