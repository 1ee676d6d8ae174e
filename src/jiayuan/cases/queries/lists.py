# SPDX-License-Identifier: Apache-2.0
"""Lists of cases: narrowed, in an order, by keyset pages, with a total that stops counting where nobody reads on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from itertools import islice

from django.db.models import Q, QuerySet

from jiayuan.cases.access import May
from jiayuan.cases.enums import RUNNING, Mark, Order, State
from jiayuan.cases.intake.lists import SOON, Filter
from jiayuan.cases.models import Case
from jiayuan.cases.queries.reading import PAGE, Row, rows_from
from jiayuan.cases.rules.life import RETURNS_FOR_A_MEETING
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Arm, arms, may

MOST_COUNTED = 1000
CHUNK = 1000
_AREA_COLUMN = {6: "county", 9: "town", 12: "village"}
Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list and the key from which the next one starts."""

    rows: tuple[Row, ...]
    next_key: str


def page_of_cases(actor: Actor, *, narrowed: Filter, after: str = "", size: int = PAGE) -> Page:
    """One page of the actor's cases, newest first or, with a deadline, due first.

    Each grant is read as an arm of its own, by equality on one column, so that an index gives the rows in order;
    an OR over grants would scan. Arms overlap at most in single rows, which are dropped while merging.
    """
    key = key_from(after)
    lists = [rows_from(_in_order(_of_arm(arm, narrowed), narrowed.order, key)[: size + 1]) for arm in _arms(actor)]
    newest = narrowed.order is Order.NEWEST
    merged = merge(*lists, key=lambda row: _place(row, narrowed.order), reverse=newest)
    rows = tuple(islice(distinct(merged), size + 1))
    more = len(rows) > size
    return Page(rows=rows[:size], next_key=key_of(rows[size - 1], narrowed.order) if more else "")


def every_case(actor: Actor, *, narrowed: Filter, at_most: int) -> Iterator[Row]:
    """All cases of a list one by one, a thousand at a time: memory stays the same however many there are."""
    left, key = at_most, ""
    while left > 0:
        page = page_of_cases(actor, narrowed=narrowed, after=key, size=min(CHUNK, left))
        yield from page.rows
        left, key = left - len(page.rows), page.next_key
        if not key:
            return


def total_of(actor: Actor, *, narrowed: Filter, at_most: int = MOST_COUNTED) -> int:
    """How many cases a list has, counted no further than one beyond ``at_most``, which a page shows as 1000+."""
    found = [_of_arm(arm, narrowed) for arm in _arms(actor)]
    if len(found) == 1:
        return int(found[0].order_by()[: at_most + 1].count())
    ids: set[int] = set()
    for cases in found:
        ids.update(cases.order_by().values_list("pk", flat=True)[: at_most + 1])
    return min(len(ids), at_most + 1)


def cases_named(actor: Actor, handles: Sequence[str]) -> list[Case]:
    """The cases with these receipt codes inside the actor's reach, in the order in which they were named."""
    found = {case.handle: case for case in Case.objects.filter(handle__in=handles) if may(actor, May.SEE, at=case.spot)}
    return [found[handle] for handle in dict.fromkeys(handles) if handle in found]


def of_filter(actor: Actor, narrowed: Filter) -> QuerySet[Case]:
    """The cases of a list in no order, for sums over all of them: arms are joined, so nothing is counted twice."""
    joined = Q(pk__in=())
    for arm in _arms(actor):
        joined |= Q(**arm.lookup) if arm.column else Q()
    cases = Case.objects.all() if any(not arm.column for arm in _arms(actor)) else Case.objects.filter(joined)
    return _narrowed(cases, narrowed)


def _arms(actor: Actor) -> tuple[Arm, ...]:
    return arms(actor, May.SEE)


def _of_arm(arm: Arm, narrowed: Filter) -> QuerySet[Case]:
    return _narrowed(Case.objects.filter(**arm.lookup), narrowed)


def _narrowed(found: QuerySet[Case], narrowed: Filter) -> QuerySet[Case]:
    states = set(narrowed.states)
    if narrowed.overdue_at is not None or narrowed.soon_at is not None:
        # Only where a clock runs: a case that waits for its check or is shelved is not the unit's to hurry.
        states = states & set(RUNNING) if states else set(RUNNING)
    if states or narrowed.states:
        # In the table's order, so that one list is one statement for the database.
        found = found.filter(state__in=[state for state in State if state in states])
    for condition in (*_equal(narrowed), *_in_time(narrowed), *_marked(narrowed.mark)):
        found = found.filter(condition)
    if narrowed.order is Order.DUE:
        found = found.filter(due_at__isnull=False)
    return found


def _equal(narrowed: Filter) -> Iterator[Q]:
    """Equality, on the coarsest column that says it."""
    if narrowed.area:
        yield Q(**{_AREA_COLUMN[len(narrowed.area)]: narrowed.area})
    if narrowed.class_id is not None:
        yield Q(problem_class_id=narrowed.class_id)
    if narrowed.unit_id is not None:
        yield Q(unit_id=narrowed.unit_id)
    if narrowed.source is not None:
        yield Q(source=narrowed.source)


def _in_time(narrowed: Filter) -> Iterator[Q]:
    if narrowed.overdue_at is not None:
        yield Q(due_at__lt=narrowed.overdue_at)
    if narrowed.soon_at is not None:
        yield Q(due_at__gte=narrowed.soon_at, due_at__lt=narrowed.soon_at + SOON)
    if narrowed.since is not None:
        yield Q(reported_at__gte=_morning(narrowed.since))
    if narrowed.until is not None:
        yield Q(reported_at__lt=_morning(narrowed.until + timedelta(days=1)))
    if narrowed.due_since is not None:
        yield Q(due_at__gte=_morning(narrowed.due_since))
    if narrowed.due_until is not None:
        yield Q(due_at__lt=_morning(narrowed.due_until + timedelta(days=1)))


def _morning(day: date) -> datetime:
    """The first moment of a day of Asia/Shanghai."""
    return datetime.combine(day, time(), tzinfo=clock.ZONE)


def _marked(mark: Mark | None) -> Iterator[Q]:
    if mark is Mark.URGENT:
        yield Q(urgent=True)
    if mark is Mark.ASKED:
        yield ~Q(asking="")
    if mark is Mark.MEETING:
        yield Q(state=State.RETURNED, returns__gte=RETURNS_FOR_A_MEETING)
    if mark is Mark.RETURNED:
        yield Q(returns__gt=0)
    if mark is Mark.REWORKED:
        yield Q(reworks__gt=0)


def _in_order(found: QuerySet[Case], order: Order, key: Key | None) -> QuerySet[Case]:
    if order is Order.DUE:
        if key is not None:
            found = found.filter(Q(due_at__gt=key[0]) | Q(due_at=key[0], id__gt=key[1]))
        return found.order_by("due_at", "id")
    if key is not None:
        found = found.filter(Q(reported_at__lt=key[0]) | Q(reported_at=key[0], id__lt=key[1]))
    return found.order_by("-reported_at", "-id")


def _place(row: Row, order: Order) -> Key:
    return (row.due_at or row.reported_at if order is Order.DUE else row.reported_at, row.id)


def distinct(rows: Iterable[Row]) -> Iterable[Row]:
    """Rows in order without those that several grants gave."""
    last = None
    for row in rows:
        if row.id != last:
            yield row
        last = row.id


def key_of(row: Row, order: Order = Order.NEWEST) -> str:
    """The place of a row in the list, for the address of the next page."""
    at, row_id = _place(row, order)
    return f"{at.timestamp():.6f}_{row_id}"


def key_from(text: str) -> Key | None:
    """The place in the list that an address names, or None at its beginning."""
    from_text, _, row_id = text.partition("_")
    try:
        return (datetime.fromtimestamp(float(from_text), tz=UTC), int(row_id)) if text else None
    except (ValueError, OverflowError, OSError):
        return None
