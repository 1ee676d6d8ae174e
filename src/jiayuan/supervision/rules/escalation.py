# SPDX-License-Identifier: Apache-2.0
"""Who presses next: levels follow one another, each after its own working time, on the clock of the item. Pure.

The system never skips a level, never presses twice from the same one, and never counts a span in which the clock stood
still. Only a person may begin higher, and says why.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LADDER = ("village", "town", "county", "city")
"""The levels from the nearest to the highest, as they are stored."""

Worked = Callable[[datetime, datetime], timedelta]
"""The working time between two moments, by the calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span in which the clock of an item stood still; without an end it still does."""

    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """How an item stands for whoever presses: ``rung`` has it now, ``since`` when; ``due_at`` ends the unit's time."""

    rung: str
    since: datetime
    due_at: datetime
    pressed: frozenset[str] = frozenset()
    pauses: Sequence[Span] = ()
    with_unit: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The next level, and how much working time had gone by since the one before took over, or since the limit."""

    rung: str
    after: timedelta


def next_rung(rung: str) -> str | None:
    """The level above one; none above the city."""
    place = LADDER.index(rung) + 1
    return LADDER[place] if place < len(LADDER) else None


def counted(from_at: datetime, until_at: datetime, pauses: Sequence[Span], worked: Worked) -> timedelta:
    """The working time between two moments without the spans in which the clock stood still."""
    if until_at <= from_at:
        return timedelta(0)
    total = worked(from_at, until_at)
    for start, end in _merged(from_at, until_at, pauses):
        total -= worked(start, end)
    return total


def _merged(from_at: datetime, until_at: datetime, pauses: Sequence[Span]) -> list[tuple[datetime, datetime]]:
    """The spans inside a window, those that meet joined, so that no minute is taken off twice."""
    found: list[tuple[datetime, datetime]] = []
    for span in sorted(pauses, key=lambda one: one.from_at):
        start, end = max(span.from_at, from_at), min(span.until_at or until_at, until_at)
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def step_due(item: Pressed, waits: Mapping[str, timedelta], now: datetime, worked: Worked) -> Step | None:
    """The level that takes over now, or none. ``waits`` is how long each level has before the next one does."""
    above = next_rung(item.rung)
    stands_still = any(span.until_at is None or span.until_at > now for span in item.pauses if span.from_at <= now)
    if above is None or above in item.pressed or not item.with_unit or stands_still or now <= item.due_at:
        return None
    after = counted(max(item.since, item.due_at), now, item.pauses, worked)
    return Step(rung=above, after=after) if after >= waits[item.rung] else None
