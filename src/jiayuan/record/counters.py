# SPDX-License-Identifier: Apache-2.0
"""Counters: folds of the record that pages read instead of history, and the recount that checks them.

A fold is a pure function from one event to deltas. Every delta is written at its village and at each parent level by
the same statement, so a town can never disagree with its villages; a unit's numbers come from the same deltas.

What was known on an earlier day is the same fold over the events up to it: ``summed`` reads counters, ``folded`` reads
the record, and both answer alike.
"""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import DateField, Func, Q, QuerySet, Subquery, Sum

from jiayuan.record.models import EVER, Counter, Cursor, StoredEvent
from jiayuan.record.readers import Happened, Reader, happened_until

ALL = ""
"""The class under which the sum over all classes is kept."""

UNIT = "unit"
"""The level at which a number is an organisation's; its code is the organisation's id."""

_LEVELS = (("city", 4), ("county", 6), ("town", 9), ("village", 12))
Key = tuple[str, str, str, date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """One step of a measure. ``on`` is given for what flows (reported, closed), left out for what stands (open).

    With a ``unit_id`` the step is that organisation's too. ``digits`` is how far down the code it is kept: a rate that
    nobody asks of a village needs no rows there.
    """

    measure: str
    code: str
    class_code: str
    n: int
    on: date | None = None
    unit_id: int | None = None
    digits: int = 12


_AT_ONCE = 500
"""Six values each: far below what one statement of either database takes."""

Fold = Callable[[Happened], Iterable[Delta]]
_folds: list[Fold] = []


def hold_folds(folds: Iterable[Fold]) -> None:
    """Let the roof say what is counted. Called once, while the program starts."""
    _folds[:] = list(folds)


def spread(deltas: Iterable[Delta]) -> dict[Key, int]:
    """Deltas as increments of every counter they touch: the levels, both classes, both days, and the unit's in all."""
    alike: dict[tuple[Any, ...], int] = {}
    for delta in deltas:
        # Most steps of a batch are one of few kinds in few places: they are summed before they are spread.
        kind = (delta.measure, delta.code[: delta.digits], delta.class_code, delta.on, delta.unit_id, delta.digits)
        alike[kind] = alike.get(kind, 0) + delta.n
    tally: dict[Key, int] = {}
    for kind, n in alike.items():
        for key in _touched(*kind) if n else ():
            tally[key] = tally.get(key, 0) + n
    return {key: n for key, n in tally.items() if n}


def _touched(measure: str, code: str, class_code: str, on: date | None, unit_id: int | None, digits: int) -> list[Key]:
    days = (EVER,) if on is None else (EVER, on)
    classes = (class_code, ALL) if class_code != ALL else (ALL,)
    places = [(level, code[:length]) for level, length in _LEVELS if length <= digits]
    touched = [(measure, level, part, day, name) for level, part in places for name in classes for day in days]
    if unit_id is not None:
        touched += [(measure, UNIT, str(unit_id), day, ALL) for day in days]
    return touched


def _fold(events: Sequence[Happened]) -> dict[Key, int]:
    return spread(delta for item in events for fold in _folds for delta in fold(item))


def apply(events: Sequence[Happened]) -> None:
    """Add a batch of events to the counters with one statement per few hundred numbers."""
    rows = sorted(_fold(events).items())
    for start in range(0, len(rows), _AT_ONCE):
        _add(rows[start : start + _AT_ONCE])


def _add(rows: list[tuple[Key, int]]) -> None:
    # Sorted keys: two readers that ever met here would lock rows in the same order.
    values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows))
    statement = (
        f'INSERT INTO record_counter (measure, level, code, "on", class_code, n) VALUES {values} '  # noqa: S608 – only placeholders
        'ON CONFLICT (measure, level, code, "on", class_code) DO UPDATE SET n = record_counter.n + excluded.n'
    )
    day = connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [
                part
                for (measure, level, code, on, class_code), n in rows
                for part in (measure, level, code, day(on), class_code, n)
            ],
        )


READER = Reader(name="counters", apply=apply, folds=True)


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
    return _told_by(happened_until(position))


def _told_by(batches: Iterable[Sequence[Happened]]) -> dict[Key, int]:
    tally: Tally[Key] = Tally()
    for events in batches:
        tally.update(_fold(events))
    return {key: n for key, n in tally.items() if n}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Which numbers are wanted: a level, the codes that begin so, and of what flows by class or in all.

    ``measures`` are those wanted of this slice; none means all that are asked for.
    """

    level: str
    under: str = ""
    by_class: bool = False
    measures: tuple[str, ...] = ()

    def has(self, key: Key) -> bool:
        """Whether a counter belongs to the slice."""
        measure, level, code, _, class_code = key
        is_there = level == self.level and code.startswith(self.under) and (class_code != ALL) is self.by_class
        return is_there and (not self.measures or measure in self.measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """How much of a measure flowed at a division or unit: between two days, and ever up to the second."""

    measure: str
    level: str
    code: str
    class_code: str
    n: int
    until: int


def summed(*, measures: Sequence[str], slices: Sequence[Slice], since: date, until: date) -> list[Flow]:
    """What flowed by day, from the counters in one query: one arm a slice, each going down the index on its own."""
    arms = [_arm(measures, wanted, since, until) for wanted in slices]
    found = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    columns = ("measure", "level", "code", "class_code", "flowed", "ever")
    return [
        Flow(measure=measure, level=level, code=code, class_code=class_code, n=n or 0, until=ever)
        for measure, level, code, class_code, n, ever in found.values_list(*columns)
    ]


def _arm(measures: Sequence[str], wanted: Slice, since: date, until: date) -> QuerySet[Counter, Any]:
    asked = wanted.measures or measures
    found = Counter.objects.filter(measure__in=asked, level=wanted.level, on__gt=EVER, on__lte=until)
    found = found.exclude(class_code=ALL) if wanted.by_class else found.filter(class_code=ALL)
    if wanted.under:
        found = found.filter(code__gte=wanted.under, code__lt=wanted.under + ":")
    return (
        found.order_by()
        .values("measure", "level", "code", "class_code")
        .annotate(flowed=Sum("n", filter=Q(on__gte=since)), ever=Sum("n"))
    )


def folded(
    *,
    measures: Sequence[str],
    slices: Sequence[Slice],
    since: date,
    until: date,
    before: datetime,
    known_at: int | None = None,
) -> list[Flow]:
    """The same from the record: what the counters said when all before a moment had happened and nothing after it.

    ``known_at`` leaves out what was recorded after that position, however early it happened.
    """
    wanted = frozenset(measures)
    flowed: Tally[tuple[str, str, str, str]] = Tally()
    ever: Tally[tuple[str, str, str, str]] = Tally()
    for key, n in _told_by(happened_until(known_at, before=before)).items():
        measure, level, code, on, class_code = key
        if measure in wanted and EVER < on <= until and any(one.has(key) for one in slices):
            place = (measure, level, code, class_code)
            ever[place] += n
            flowed[place] += n if on >= since else 0
    return [
        Flow(measure=place[0], level=place[1], code=place[2], class_code=place[3], n=flowed[place], until=n)
        for place, n in ever.items()
    ]


def codes_with(measure: str, *, level: str, among: Sequence[str], since: date, until: date) -> frozenset[str]:
    """Those of some divisions where a measure was counted at all in a period, from the counters.

    One short way down the index for each division: what it costs grows with the divisions and not with what happened.
    """
    if not among:
        return frozenset()
    rows = ", ".join(["(%s)"] * len(among))
    statement = (
        f"WITH asked(code) AS (VALUES {rows}) SELECT code FROM asked WHERE EXISTS (SELECT 1 FROM record_counter c "  # noqa: S608 – placeholders
        'WHERE c.measure = %s AND c.level = %s AND c.code = asked.code AND c."on" BETWEEN %s AND %s '
        "AND c.class_code = %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*among, measure, level, since, until, ALL])
        return frozenset(code for (code,) in cursor.fetchall())


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
    found = _standing(measures).filter(level=level, class_code__in=class_codes)
    if under:
        # A range, not LIKE: SQLite would read the whole table for a prefix.
        found = found.filter(code__gte=under, code__lt=under + ":")
    return [Number(*values) for values in found.values_list("measure", "code", "class_code", "n")]


def numbers_inside(*, measures: Sequence[str], level: str, under: str) -> list[Number]:
    """One query for a whole dashboard: every village inside a code prefix, and the level above them by class.

    Rows are told apart by the length of their codes; sums over villages give every level between.
    """
    standing = _standing(measures).filter(code__gte=under, code__lt=under + ":")
    columns = ("measure", "code", "class_code", "n")
    found = standing.filter(level=level).values_list(*columns)
    if level != "village":
        # Two arms, not OR, so that each goes down the index on its own.
        found = found.union(standing.filter(level="village", class_code=ALL).values_list(*columns), all=True)
    return [Number(*values) for values in found]


def _standing(measures: Sequence[str]) -> QuerySet[Counter]:
    # The day is written into the statement: a value handed over beside it would not tell SQLite that the index on what
    # stands has every row that is asked for.
    ever = Func(template=f"'{EVER.isoformat()}'", output_field=DateField())
    return Counter.objects.filter(measure__in=measures, on=ever)


def as_of_position() -> int:
    """The position up to which the counters have been brought."""
    return Cursor.objects.filter(reader=READER.name).values_list("position", flat=True).first() or 0


def stand() -> tuple[int, bytes]:
    """Where the counters stand, and the leaf of the event there: an answer kept under it holds until they move on."""
    newest = Cursor.objects.filter(reader=READER.name).values("position")[:1]
    row = StoredEvent.objects.filter(position=Subquery(newest)).values_list("position", "leaf").first()
    return (row[0], bytes(row[1])) if row else (as_of_position(), b"")
