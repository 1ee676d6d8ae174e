# SPDX-License-Identifier: Apache-2.0
"""Counters: folds of the record that pages read instead of history, and the recount that checks them.

A fold is a pure function from one event to deltas. Every delta is written at its village and at each parent level by
the same statement, so a town can never disagree with its villages.
"""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from jiayuan.record.models import Counter, Cursor
from jiayuan.record.readers import Happened, Reader, happened_after

EVER = date(1, 1, 1)
"""The day under which the sum over all days is kept."""

ALL = ""
"""The class under which the sum over all classes is kept."""

_LEVELS = (("city", 4), ("county", 6), ("town", 9), ("village", 12))
Key = tuple[str, str, str, date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """One step of a measure. ``on`` is given for what flows (reported, closed), left out for what stands (open)."""

    measure: str
    code: str
    class_code: str
    n: int
    on: date | None = None


Fold = Callable[[Happened], Iterable[Delta]]
_folds: list[Fold] = []


def hold_folds(folds: Iterable[Fold]) -> None:
    """Let the roof say what is counted. Called once, while the program starts."""
    _folds[:] = list(folds)


def spread(deltas: Iterable[Delta]) -> dict[Key, int]:
    """Deltas as increments of every counter they touch: four levels, both classes, both days."""
    tally: Tally[Key] = Tally()
    for delta in deltas:
        for level, length in _LEVELS:
            for class_code in dict.fromkeys((delta.class_code, ALL)):
                for on in (EVER,) if delta.on is None else (EVER, delta.on):
                    tally[(delta.measure, level, delta.code[:length], on, class_code)] += delta.n
    return {key: n for key, n in tally.items() if n}


def _fold(events: Sequence[Happened]) -> dict[Key, int]:
    return spread(delta for item in events for fold in _folds for delta in fold(item))


def apply(events: Sequence[Happened]) -> None:
    """Add a batch of events to the counters with one statement per hundred numbers."""
    rows = sorted(_fold(events).items())
    for start in range(0, len(rows), 100):
        _add(rows[start : start + 100])


def _add(rows: list[tuple[Key, int]]) -> None:
    # Sorted keys: two readers that ever met here would lock rows in the same order.
    values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows))
    statement = (
        f'INSERT INTO record_counter (measure, level, code, "on", class_code, n) VALUES {values} '  # noqa: S608 – only placeholders
        'ON CONFLICT (measure, level, code, "on", class_code) DO UPDATE SET n = record_counter.n + excluded.n'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [part for key, n in rows for part in (*key, n)])


READER = Reader(name="counters", apply=apply)


@dataclass(frozen=True, slots=True)
class Recount:
    """What a full recount found: how many numbers were compared, up to where, and which disagree."""

    position: int
    compared: int
    wrong: tuple[tuple[Key, int, int], ...]


def recount() -> Recount:
    """Fold the whole record again, up to the counters' cursor, and compare every number."""
    position, kept = _kept()
    told = _told(position)
    keys = sorted(set(told) | set(kept))
    wrong = tuple((key, kept.get(key, 0), told.get(key, 0)) for key in keys if kept.get(key, 0) != told.get(key, 0))
    return Recount(position=position, compared=len(keys), wrong=wrong)


def _kept() -> tuple[int, dict[Key, int]]:
    """Every number and the position to which they belong, without stopping the reader that goes on meanwhile."""
    while True:
        position = as_of_position()
        columns = ("measure", "level", "code", "on", "class_code", "n")
        kept: dict[Key, int] = {row[:5]: row[5] for row in Counter.objects.values_list(*columns)}
        # A cursor moves in the same commit as its numbers: if it stands, they were read as of one moment.
        if as_of_position() == position:
            return position, kept


def _told(position: int) -> dict[Key, int]:
    tally: Tally[Key] = Tally()
    reached = 0
    while events := [item for item in happened_after(reached, limit=1000) if item.position <= position]:
        tally.update(_fold(events))
        reached = events[-1].position
    return {key: n for key, n in tally.items() if n}


@dataclass(frozen=True, slots=True)
class Number:
    """A standing number of a measure at a division, of one class or of all."""

    measure: str
    code: str
    class_code: str
    n: int


def numbers(
    *, measures: Sequence[str], level: str, under: str = "", class_codes: Sequence[str] = (ALL,)
) -> list[Number]:
    """The standing numbers of some measures for every division of a level inside a code prefix: one indexed query."""
    found = Counter.objects.filter(measure__in=measures, level=level, on=EVER, class_code__in=class_codes)
    if under:
        # A range, not LIKE: SQLite would read the whole table for a prefix.
        found = found.filter(code__gte=under, code__lt=under + ":")
    return [Number(*values) for values in found.values_list("measure", "code", "class_code", "n")]


def numbers_inside(*, measures: Sequence[str], level: str, under: str) -> list[Number]:
    """One query for a whole dashboard: every village inside a code prefix, and the level above them by class.

    Rows are told apart by the length of their codes; sums over villages give every level between.
    """
    standing = Counter.objects.filter(measure__in=measures, on=EVER, code__gte=under, code__lt=under + ":")
    columns = ("measure", "code", "class_code", "n")
    found = standing.filter(level=level).values_list(*columns)
    if level != "village":
        # Two arms, not OR, so that each goes down the index on its own.
        found = found.union(standing.filter(level="village", class_code=ALL).values_list(*columns), all=True)
    return [Number(*values) for values in found]


def as_of_position() -> int:
    """The position up to which the counters have been brought."""
    return Cursor.objects.filter(reader=READER.name).values_list("position", flat=True).first() or 0
