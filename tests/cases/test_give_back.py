# SPDX-License-Identifier: Apache-2.0
"""Returning a case that is not the unit's."""

from datetime import datetime

import pytest

from jiayuan.cases.enums import ReturnReason, State
from jiayuan.cases.events import CaseReturned
from jiayuan.cases.models import Case
from jiayuan.cases.queries import case_seen_by, to_do
from jiayuan.cases.services import CaseId, confirm_return, dispatch, give_back
from tests.cases.record import latest, text_of
from tests.cast import BUREAU, MORNING, Cast
from tests.factories.cases import QUARTER, case, unit_id

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 5 * QUARTER


@pytest.mark.parametrize("state", [State.DISPATCHED, State.HANDLING])
@pytest.mark.parametrize("reason", list(ReturnReason))
def test_the_reason_goes_with_it_and_the_clock_is_taken_off(cast: Cast, state: State, reason: ReturnReason) -> None:
    found = case(state)

    moved = give_back(
        case_id=CaseId(found.pk), reason=reason, note="属村集体", by=cast["street_office"].actor, at=LATER
    )

    assert (moved.state, moved.returns) == (State.RETURNED, 1)
    assert (moved.unit_id, moved.due_at, moved.signed_at) == (None, None, None)
    event = latest(moved, CaseReturned)
    assert (event.unit_id, event.reason, event.came_from) == (unit_id(), reason, state)
    assert text_of(event.text_id) == "属村集体"


def test_the_unit_sees_it_no_more_and_the_duty_chief_finds_it_to_be_decided(cast: Cast) -> None:
    found = case(State.DISPATCHED, unit=BUREAU)
    bureau, chief = cast["bureau"].actor, cast["duty_chief"].actor
    assert case_seen_by(bureau, found.handle) is not None

    give_back(case_id=CaseId(found.pk), reason=ReturnReason.NOT_OURS, note="", by=bureau, at=LATER)

    assert case_seen_by(bureau, found.handle) is None
    assert [(heap.verb, [row.id for row in heap.rows]) for heap in to_do(chief)] == [("returned", [found.pk])]


def test_a_case_returned_three_times_counts_three_returns(cast: Cast) -> None:
    found = case(State.RETURNED)
    for number in (1, 2):
        from_there = LATER + number * 2 * QUARTER
        found = _out_and_back(found.pk, cast, at=from_there)

    assert found.returns == 3


def _out_and_back(case_id: int, cast: Cast, *, at: datetime) -> Case:
    confirm_return(case_id=CaseId(case_id), note="", by=cast["duty_chief"].actor, at=at)
    dispatch(case_id=CaseId(case_id), unit_id=unit_id(), by=cast["dispatcher"].actor, at=at)
    return give_back(
        case_id=CaseId(case_id), reason=ReturnReason.NOT_OURS, note="", by=cast["unit_lead"].actor, at=at + QUARTER
    )
