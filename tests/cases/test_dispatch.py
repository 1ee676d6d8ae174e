# SPDX-License-Identifier: Apache-2.0
"""Dispatching: the unit must answer for the place, and the handling clock starts."""

from datetime import datetime

import pytest

from jiayuan.cases.enums import State, V
from jiayuan.cases.events import CaseDispatched
from jiayuan.cases.models import Case
from jiayuan.cases.services import CaseId, dispatch, file
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import Refused
from jiayuan.standards import queries as standards
from jiayuan.standards.book import ClassKey
from jiayuan.standards.enums import Kind
from tests.cases.record import latest
from tests.cast import BUREAU, MORNING, STREET_OFFICE, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move, report, unit_id

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 3 * QUARTER


def at(text: str) -> datetime:
    """A moment on the wall clocks of Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def filed_under(code: str, *, when: datetime, number: int = 0) -> Case:
    found = standards.class_by_key(ClassKey("gbt47678-2026", Kind.MATTER, code))
    assert found is not None
    reported = report(at=when)
    condition = standards.conditions_of(found.id)[number]
    return file(case_id=CaseId(reported.pk), condition_id=condition.id, by=SYSTEM, at=when)


def dispatched(case: Case, *, when: datetime, unit: str = STREET_OFFICE) -> Case:
    return dispatch(case_id=CaseId(case.pk), unit_id=unit_id(unit), by=SYSTEM, at=when)


def test_the_unit_gets_the_case_and_a_due_date(cast: Cast) -> None:
    filed = case(State.FILED)

    moved = dispatch(case_id=CaseId(filed.pk), unit_id=unit_id(), by=cast["dispatcher"].actor, at=LATER)

    assert (moved.state, moved.unit_id, moved.dispatched_at) == (State.DISPATCHED, unit_id(), LATER)
    # Four working hours from 9:45: 2:15 before noon, 1:45 after the break that ends at 14:00.
    assert moved.due_at == at("2025-01-03 15:45")
    assert not moved.due_is_provisional
    event = latest(moved, CaseDispatched)
    assert (event.unit_id, event.due_at, event.due_is_provisional) == (unit_id(), moved.due_at, False)


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        pytest.param("06010", "2025-01-27 16:30", "2025-02-05 10:30", id="working hours rest over the spring festival"),
        pytest.param("06010", "2025-01-26 16:00", "2025-01-27 10:00", id="the Sunday before the festival is worked"),
        pytest.param("06010", "2025-02-07 17:00", "2025-02-08 11:00", id="the Saturday after it too"),
        pytest.param("06011", "2025-01-24 10:00", "2025-02-07 23:59:59", id="five working days jump over it"),
        pytest.param("06007", "2025-01-29 23:30", "2025-01-30 01:30", id="urgent hours run by night and on New Year"),
    ],
)
def test_the_due_date_follows_the_work_calendar(code: str, start: str, due: str) -> None:
    filed = filed_under(code, when=at(start))

    assert dispatched(filed, when=at(start)).due_at == at(due)


def test_a_due_date_in_a_year_without_notice_says_that_it_may_move() -> None:
    filed = filed_under("06011", when=at("2027-03-01 10:00"))

    moved = dispatched(filed, when=at("2027-03-01 10:00"))

    assert moved.due_is_provisional
    assert latest(moved, CaseDispatched).due_is_provisional


def test_beyond_the_end_of_the_calendar_nothing_is_dispatched() -> None:
    filed = filed_under("06011", when=at("2028-12-30 10:00"))

    with pytest.raises(Refused) as refused:
        dispatched(filed, when=at("2028-12-30 10:00"))

    assert refused.value.code == "calendar_ends"
    assert Case.objects.get().state == State.FILED


@pytest.mark.parametrize("unit", ["YX-990121100", "YX-990101100", "YX-XP", "YX-KFQ"])
def test_a_unit_that_does_not_answer_for_the_place_is_refused(unit: str) -> None:
    filed = case(State.FILED)

    with pytest.raises(Refused) as refused:
        dispatched(filed, when=LATER, unit=unit)

    assert (refused.value.code, refused.value.field) == ("unknown_unit", "unit")


@pytest.mark.parametrize("number", [-1, 10**9, 10**30])
def test_a_unit_that_does_not_exist_is_refused(number: int) -> None:
    filed = case(State.FILED)

    with pytest.raises(Refused) as refused:
        dispatch(case_id=CaseId(filed.pk), unit_id=number, by=SYSTEM, at=LATER)

    assert refused.value.code == "unknown_unit"


def test_a_returned_case_goes_to_another_unit_with_a_whole_limit_again() -> None:
    returned = move(case(State.RETURNED), V.CONFIRM_RETURN, at=at("2025-01-05 08:00"))

    again = dispatched(returned, when=at("2025-01-06 08:00"), unit=BUREAU)

    assert (again.unit_id, again.due_at) == (unit_id(BUREAU), at("2025-01-06 12:00"))
    assert again.signed_at is None
