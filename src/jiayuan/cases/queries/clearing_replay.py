# SPDX-License-Identifier: Apache-2.0
"""Whether clearing lists stand where their events say: the check of a bulk load, and of ourselves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Sum

from jiayuan.cases import events
from jiayuan.cases.enums import ListState, RowState
from jiayuan.cases.models import ClearingCount, ClearingList, ClearingRow, ClearingSample
from jiayuan.cases.rules.clearing import digest_of, drawn, row_name, sample_size
from jiayuan.record.events import Event
from jiayuan.record.queries import happened_to
from jiayuan.standards import queries as standards


@dataclass(slots=True)
class RowTold:
    """A row as its events tell it."""

    class_code: str
    quantity: int
    state: RowState = RowState.LISTED


@dataclass(slots=True)
class ListTold:
    """A list as its events tell it, and what counts of it."""

    state: ListState = ListState.OPEN
    rows: dict[int, RowTold] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def told_by(history: Iterable[Event]) -> ListTold:
    """Where a list stands after these events, oldest first, and which of them could not happen."""
    told = ListTold()
    for event in history:
        if isinstance(event, events.ClearingEvent):
            _tell(told, event)
    return told


def _tell(told: ListTold, event: events.ClearingEvent) -> None:
    if isinstance(event, events.ClearingRowAdded):
        told.rows[event.number] = RowTold(event.class_code, event.quantity)
    elif isinstance(event, events.ClearingRowAmended):
        told.rows[event.number].quantity = event.quantity
    elif isinstance(event, events.ClearingRowStruck):
        told.rows[event.number].state = RowState.VOID
    elif isinstance(event, events.ClearingRowCleared):
        told.rows[event.number].state = RowState.CLEARED
    elif isinstance(event, events.ClearingVoided):
        told.state = ListState.VOID
    else:
        _tell_town(told, event)


def _tell_town(told: ListTold, event: events.ClearingEvent) -> None:
    if isinstance(event, events.ClearingHandedIn):
        told.state = ListState.HANDED_IN
        if sorted(event.rows) != [n for n, row in sorted(told.rows.items()) if row.state is RowState.CLEARED]:
            told.wrong.append("handed in with rows that were not cleared")
    elif isinstance(event, events.ClearingAccepted):
        told.state = ListState.ACCEPTED
        _count(told, event, 1, RowState.ACCEPTED)
    elif isinstance(event, events.ClearingTakenBack):
        told.state = ListState.REOPENED
        _count(told, event, -1, RowState.LISTED)
        _fail(told, event.failed)
    elif isinstance(event, events.ClearingReopened):
        told.state = ListState.REOPENED
        for row in told.rows.values():
            row.state = RowState.LISTED if row.state is RowState.CLEARED else row.state
        _fail(told, event.failed)


def _count(
    told: ListTold, event: events.ClearingAccepted | events.ClearingTakenBack, sign: int, state: RowState
) -> None:
    for number, class_code, quantity in zip(event.rows, event.class_codes, event.quantities, strict=True):
        row = told.rows[number]
        if (row.class_code, row.quantity) != (class_code, quantity):
            told.wrong.append(f"row {number} counts otherwise than it was listed")
        row.state = state
        told.counted[class_code] = told.counted.get(class_code, 0) + sign * quantity


def _fail(told: ListTold, numbers: Sequence[int]) -> None:
    for number in numbers:
        told.rows[number].state = RowState.FAILED


def wrong_lists(lists: Iterable[ClearingList]) -> Iterator[str]:
    """What the tables say of these lists and their events do not, in a sentence each; nothing when all agree."""
    for found in lists:
        told = told_by(item.event for item in happened_to(found.ref))
        yield from (f"{found.handle}: {sentence}" for sentence in told.wrong)
        if told.state != found.state:
            yield f"{found.handle}: stands as {found.state}, its events say {told.state}"
        rows = {
            row.number: RowTold(
                str(standards.problem_class(row.problem_class_id).key), row.quantity, RowState(row.state)
            )
            for row in ClearingRow.objects.filter(list=found).order_by("number")
        }
        if rows != told.rows:
            differing = sorted(n for n in rows.keys() | told.rows.keys() if rows.get(n) != told.rows.get(n))
            yield f"{found.handle}: rows {differing} are not as their events say"
        counted = dict(
            ClearingCount.objects.filter(row__list=found)
            .values_list("problem_class_id")
            .annotate(total=Sum("quantity"))
            .order_by("problem_class_id")
        )
        lines = {str(standards.problem_class(class_id).key): total for class_id, total in counted.items() if total}
        if lines != {code: total for code, total in told.counted.items() if total}:
            yield f"{found.handle}: what counts of it is not what was accepted"


def wrong_samples(samples: Iterable[ClearingSample]) -> Iterator[str]:
    """The samples whose draw cannot be repeated from seed and rows, in a sentence each."""
    for sample in samples:
        names, chosen = _lot_of(sample)
        if len(names) != sample.eligible or digest_of(names) != sample.digest:
            yield f"sample {sample.pk}: drawn from other rows than it says"
        elif sample.size != sample_size(sample.eligible, percent=sample.percent):
            yield f"sample {sample.pk}: {sample.size} rows are not {sample.percent} % of {sample.eligible}"
        elif drawn(sample.seed, names, size=sample.size) != chosen:
            yield f"sample {sample.pk}: the seed draws other rows"


def _lot_of(sample: ClearingSample) -> tuple[list[str], tuple[str, ...]]:
    """The rows from which a sample was drawn and those that it drew, as the record of its lists tells."""
    draws = list(sample.draws.select_related("row__list").order_by("place"))
    names: list[str] = []
    for found in ClearingList.objects.filter(village=sample.village).order_by("pk"):
        names += _offered(found, sample.pk)
    return names, tuple(row_name(draw.row.list.handle, draw.row.number) for draw in draws)


def _offered(found: ClearingList, sample_id: int) -> list[str]:
    """The rows with which a list took part in a sample: those of the handing in before it."""
    rows: tuple[int, ...] = ()
    for item in happened_to(found.ref):
        if isinstance(item.event, events.ClearingHandedIn):
            rows = item.event.rows
        if isinstance(item.event, events.ClearingDrawn) and item.event.sample_id == sample_id:
            return [row_name(found.handle, number) for number in rows]
    return []
