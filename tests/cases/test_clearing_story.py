# SPDX-License-Identifier: Apache-2.0
"""A loader gets the very events that the commands record, and what it inserted holds before the same checks."""

from datetime import timedelta

import pytest

from jiayuan.cases import queries
from jiayuan.cases.enums import ListState, RowState
from jiayuan.cases.models import ClearingCount, ClearingDraw, ClearingList, ClearingRow, ClearingSample
from jiayuan.cases.rules import clearing as draws
from jiayuan.cases.services.clearing_story import counts_of, story_of
from jiayuan.kernel.commands import unit_of_work
from jiayuan.kernel.handles import new_handle, seeded
from jiayuan.record.log import record
from jiayuan.record.queries import happened_to
from tests.cast import MORNING, SYSTEM
from tests.factories.cases import QUARTER
from tests.factories.clearing import SEED, VILLAGE, added, begun, class_id, clear, decide, draw, hand_in

pytestmark = pytest.mark.usefixtures("ground")
TOMORROW = MORNING + timedelta(days=1)


def test_the_story_of_an_accepted_list_is_what_the_commands_recorded() -> None:
    found = begun()
    for number, code in enumerate(("R01", "R11", "R12"), start=1):
        added(found, code=code, quantity=number)
    for number in (1, 2, 3):
        clear(found, number, at=MORNING + QUARTER)
    found = hand_in(found, at=MORNING + 2 * QUARTER)
    sample = decide(draw(found, at=TOMORROW), at=TOMORROW + QUARTER)
    now = ClearingList.objects.get(pk=found.pk)

    told = list(story_of(now, queries.rows_of(now), sample, list(sample.draws.all()), village=SYSTEM, town=SYSTEM))

    recorded = happened_to(now.ref)
    assert [entry.event for entry in told] == [item.event for item in recorded]
    assert [entry.at for entry in told] == [item.at for item in recorded]


def test_a_list_that_was_inserted_in_bulk_cannot_be_told_apart() -> None:
    names = inserted(rows=25)
    found = ClearingList.objects.get()

    assert list(queries.wrong_lists([found])) == []
    assert list(queries.wrong_samples(ClearingSample.objects.all())) == []
    assert len(names) == 25
    assert sum(count.quantity for count in ClearingCount.objects.all()) == 50


def test_a_load_that_forgot_a_row_is_found() -> None:
    inserted(rows=5)
    ClearingRow.objects.filter(number=5).update(quantity=9)

    assert len(list(queries.wrong_lists(ClearingList.objects.all()))) == 1


def inserted(*, rows: int) -> list[str]:
    """One accepted list as a loader writes it: rows by bulk_create, events from the story; the names of its rows."""
    decided_at = TOMORROW + QUARTER
    handle = new_handle(seeded(7))
    names = [draws.row_name(handle, number) for number in range(1, rows + 1)]
    size = draws.sample_size(rows)
    sample = ClearingSample.objects.create(
        county=VILLAGE[:6],
        town=VILLAGE[:9],
        village=VILLAGE,
        week="2025-W01",
        seed=SEED,
        percent=draws.SAMPLE_PERCENT,
        eligible=rows,
        size=size,
        digest=draws.digest_of(names),
        drawn_at=TOMORROW,
        decided_at=decided_at,
    )
    found = ClearingList.objects.create(
        handle=handle,
        client_id=begun_id(),
        state=ListState.ACCEPTED,
        county=VILLAGE[:6],
        town=VILLAGE[:9],
        village=VILLAGE,
        made_at=MORNING,
        made_on=MORNING.date(),
        handed_in_at=MORNING + QUARTER,
        week="2025-W01",
        decided_at=decided_at,
        moved_at=decided_at,
    )
    made = ClearingRow.objects.bulk_create(
        ClearingRow(
            list=found,
            client_id=begun_id(number),
            number=number,
            problem_class_id=class_id("R11"),
            quantity=2,
            state=RowState.ACCEPTED,
            listed_at=MORNING,
            cleared_at=MORNING + QUARTER,
        )
        for number in range(1, rows + 1)
    )
    by_name = dict(zip(names, made, strict=True))
    drawn = ClearingDraw.objects.bulk_create(
        ClearingDraw(sample=sample, row=by_name[name], place=place, passed=True)
        for place, name in enumerate(draws.drawn(SEED, names, size=size), start=1)
    )
    ClearingCount.objects.bulk_create(counts_of(found, made, sample))
    with unit_of_work():
        for entry in story_of(found, made, sample, drawn, village=SYSTEM, town=SYSTEM):
            record(entry.event, by=entry.by, at=entry.at)
    return names


def begun_id(number: int = 0) -> str:
    """An identity for what is inserted."""
    return f"00000000-0000-4000-8000-{number:012d}"
