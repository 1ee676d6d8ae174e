# SPDX-License-Identifier: Apache-2.0
"""The database refuses what the commands would refuse, whoever writes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from jiayuan.cases.enums import State
from jiayuan.cases.models import Case
from tests.cast import MORNING
from tests.factories.cases import case

pytestmark = pytest.mark.usefixtures("ground")


def refused_by(found: Case, **changes: Any) -> str:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Case.objects.filter(pk=found.pk).update(**changes)
    return str(refused.value)


@pytest.mark.parametrize(
    ("state", "changes", "constraint"),
    [
        (State.REPORTED, {"state": "lost"}, "cases_case_state_known"),
        (State.REPORTED, {"source": "rumour"}, "cases_case_source_known"),
        (State.REPORTED, {"ended_at": MORNING}, "cases_case_ended_has_moment"),
        (State.CLOSED, {"ended_at": None}, "cases_case_ended_has_moment"),
        (State.REJECTED, {"ended_at": None}, "cases_case_ended_has_moment"),
        (State.CLOSED, {"ended_at": MORNING - timedelta(days=1)}, "cases_case_ends_after_start"),
        (State.DISPATCHED, {"due_at": None}, "cases_case_with_unit_has_due"),
        (State.HANDLING, {"dispatched_at": None}, "cases_case_with_unit_has_due"),
        (State.REWORK, {"unit": None}, "cases_case_"),
        (State.CLOSED, {"unit": None}, "cases_case_unit_while_in_hand"),
        (State.FILED, {"due_at": MORNING}, "cases_case_unit_while_in_hand"),
        (State.FILED, {"condition": None}, "cases_case_taken_on_was_filed"),
        (State.RETURNED, {"filed_at": None}, "cases_case_taken_on_was_filed"),
        (State.HANDLING, {"signed_at": None}, "cases_case_handled_was_signed"),
        (State.CLOSED, {"signed_at": None}, "cases_case_handled_was_signed"),
        (State.FED_BACK, {"in_time": None}, "cases_case_in_time_once_fed_back"),
        (State.CLOSED, {"fed_back_at": None}, "cases_case_in_time_once_fed_back"),
        (State.HANDLING, {"in_time": True}, "cases_case_in_time_once_fed_back"),
        (State.REJECTED, {"refusal": ""}, "cases_case_rejected_has_reason"),
        (State.CLOSED, {"refusal": "unclear"}, "cases_case_rejected_has_reason"),
        (State.HANDLING, {"state": "closed", "ended_at": MORNING}, "cases_case_in_time_once_fed_back"),
        (State.REPORTED, {"state": "filed"}, "cases_case_taken_on_was_filed"),
    ],
)
def test_a_row_that_the_life_cycle_does_not_know_is_refused(
    state: State, changes: dict[str, Any], constraint: str
) -> None:
    found = case(state)

    assert constraint in refused_by(found, **changes)


def test_a_case_cannot_be_told_twice() -> None:
    first, second = case(), case()

    assert "client_id" in refused_by(second, client_id=first.client_id).replace("cases_case_told_once", "client_id")


def test_two_cases_never_share_a_handle() -> None:
    first, second = case(), case()

    assert "handle" in refused_by(second, handle=first.handle)


def test_a_case_in_any_state_satisfies_them_all() -> None:
    for state in State:
        assert Case.objects.filter(pk=case(state).pk).update(version=F("version") + 1) == 1
