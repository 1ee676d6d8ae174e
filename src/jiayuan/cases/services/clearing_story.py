# SPDX-License-Identifier: Apache-2.0
"""What the record keeps of a clearing list, as pure functions of its rows in the tables; nothing is read or written.

The commands record what these functions give, and a loader that inserts in bulk gives its rows to ``story_of`` and
gets the very same events. So a loaded list cannot be told apart from one that people made.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256

from jiayuan.cases import events
from jiayuan.cases.enums import RowFlaw
from jiayuan.cases.models import ClearingCount, ClearingDraw, ClearingList, ClearingRow, ClearingSample
from jiayuan.cases.rules.clearing import row_name
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.record.events import Code, Digest
from jiayuan.record.log import Entry
from jiayuan.standards import queries as standards


def begun(found: ClearingList, *, text_id: int | None = None, body: str = "") -> events.ClearingBegun:
    """That a list was begun."""
    return events.ClearingBegun(
        subject=found.ref, place=Code(found.village), text_id=text_id, text_digest=digest_of_text(body)
    )


def row_added(
    found: ClearingList, row: ClearingRow, *, photos: int, text_id: int | None = None, body: str = ""
) -> events.ClearingRowAdded:
    """That a row was put on a list."""
    return events.ClearingRowAdded(
        subject=found.ref,
        place=Code(found.village),
        number=row.number,
        class_code=class_code(row.problem_class_id),
        quantity=row.quantity,
        photos=photos,
        text_id=text_id,
        text_digest=digest_of_text(body),
    )


def row_cleared(found: ClearingList, row: ClearingRow, *, photos: int) -> events.ClearingRowCleared:
    """That a row was cleared."""
    return events.ClearingRowCleared(subject=found.ref, place=Code(found.village), number=row.number, photos=photos)


def handed_in(found: ClearingList, rows: Sequence[ClearingRow]) -> events.ClearingHandedIn:
    """That a list went to the town with these rows."""
    return events.ClearingHandedIn(
        subject=found.ref, place=Code(found.village), week=Code(found.week), rows=tuple(row.number for row in rows)
    )


def drawn(found: ClearingList, sample: ClearingSample, numbers: Sequence[int]) -> events.ClearingDrawn:
    """That a sample was drawn, as this list of its lot keeps it."""
    return events.ClearingDrawn(
        subject=found.ref,
        place=Code(found.village),
        sample_id=sample.pk,
        seed=Code(sample.seed),
        percent=sample.percent,
        eligible=sample.eligible,
        size=sample.size,
        digest=Code(sample.digest),
        drawn=tuple(numbers),
    )


def row_checked(
    found: ClearingList, sample: ClearingSample, number: int, flaw: RowFlaw | None
) -> events.ClearingRowChecked:
    """That a drawn row was looked at."""
    return events.ClearingRowChecked(
        subject=found.ref, place=Code(found.village), sample_id=sample.pk, number=number, flaw=flaw
    )


def accepted(found: ClearingList, sample: ClearingSample, rows: Sequence[ClearingRow]) -> events.ClearingAccepted:
    """That these rows were accepted and count."""
    return events.ClearingAccepted(
        subject=found.ref,
        place=Code(found.village),
        sample_id=sample.pk,
        rows=tuple(row.number for row in rows),
        class_codes=tuple(class_code(row.problem_class_id) for row in rows),
        quantities=tuple(row.quantity for row in rows),
    )


def counts_of(found: ClearingList, rows: Sequence[ClearingRow], sample: ClearingSample) -> list[ClearingCount]:
    """The lines that rows accepted with a sample add to the figures, not yet stored."""
    if sample.decided_at is None:
        raise ValueError("a sample that nobody has decided accepts nothing")
    return [_count(found, row, clock.on(sample.decided_at), row.quantity) for row in rows]


def undone(found: ClearingList, rows: Sequence[ClearingRow], *, on: date) -> list[ClearingCount]:
    """The lines that take off again what these rows had added, not yet stored."""
    return [_count(found, row, on, -row.quantity) for row in rows]


def _count(found: ClearingList, row: ClearingRow, on: date, quantity: int) -> ClearingCount:
    return ClearingCount(
        row=row,
        problem_class_id=row.problem_class_id,
        county=found.county,
        town=found.town,
        village=found.village,
        on=on,
        quantity=quantity,
    )


def story_of(
    found: ClearingList,
    rows: Sequence[ClearingRow],
    sample: ClearingSample,
    draws: Sequence[ClearingDraw],
    *,
    village: Actor,
    town: Actor,
) -> Iterator[Entry]:
    """The whole story of a list that was accepted at once, oldest first: what the commands would have recorded.

    ``rows`` are in the order of their numbers, accepted, with one picture before and one after; ``draws`` are those of
    this list. Moments are read off the rows: made, listed, cleared, handed in, drawn, decided.
    """
    handed_in_at, decided_at = found.handed_in_at, sample.decided_at
    if handed_in_at is None or decided_at is None:
        raise ValueError("only a list that was handed in and decided has a whole story")
    by_row = {row.pk: row.number for row in rows}
    numbers = [by_row[draw.row_id] for draw in sorted(draws, key=lambda draw: draw.place)]
    yield Entry(begun(found), village, found.made_at)
    yield from (Entry(row_added(found, row, photos=1), village, row.listed_at) for row in rows)
    yield from (
        Entry(row_cleared(found, row, photos=1), village, row.cleared_at) for row in rows if row.cleared_at is not None
    )
    yield Entry(handed_in(found, rows), village, handed_in_at)
    yield Entry(drawn(found, sample, numbers), town, sample.drawn_at)
    yield from (Entry(row_checked(found, sample, number, None), town, decided_at) for number in numbers)
    yield Entry(accepted(found, sample, rows), town, decided_at)


def name_of(found: ClearingList, row: ClearingRow) -> str:
    """What a row is called in a draw."""
    return row_name(found.handle, row.number)


def class_code(class_id: int) -> Code:
    """The key of a class as events carry it."""
    return Code(str(standards.problem_class(class_id).key))


def digest_of_text(body: str) -> Digest | None:
    """The digest of an erasable text; none where there is none."""
    return Digest(sha256(body.encode()).hexdigest()) if body else None
