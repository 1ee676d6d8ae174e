# SPDX-License-Identifier: Apache-2.0
"""A return is decided by the duty chief: confirmed, the case goes elsewhere; refused, the same unit has it again."""

from datetime import datetime

import pytest

from jiayuan.cases.enums import ReturnDecision, State, V
from jiayuan.cases.events import CaseReturnConfirmed, CaseReturned, CaseReturnRefused
from jiayuan.cases.models import Case
from jiayuan.cases.queries import for_the_meeting, moves_of
from jiayuan.cases.services import CaseId, confirm_return, refuse_return
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import Refused
from tests.cases.record import latest
from tests.cast import MORNING, Cast
from tests.duties.lists import lists
from tests.factories.cases import QUARTER, case, move, unit_id

__all__ = ["lists"]
pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 10 * QUARTER


def test_confirmed_it_waits_for_another_dispatch_and_the_unit_is_named_as_the_wrong_one(cast: Cast) -> None:
    found = case(State.RETURNED)

    confirmed = confirm_return(case_id=CaseId(found.pk), note="", by=cast["duty_chief"].actor, at=LATER)

    assert (confirmed.state, confirmed.unit_id, confirmed.returned_by_id) == (State.FILED, None, None)
    assert latest(confirmed, CaseReturnConfirmed).unit_id == unit_id()


def test_refused_the_same_unit_has_it_again_and_the_time_of_deciding_is_not_its_own(cast: Cast) -> None:
    # Dispatched at 9:30 with four working hours, returned at 9:45: three and three quarters are left.
    found = case(State.RETURNED)
    monday = datetime(2025, 1, 6, 8, 0, tzinfo=ZONE)

    refused = refuse_return(
        case_id=CaseId(found.pk), reason=ReturnDecision.ON_THE_LIST, note="", by=cast["duty_chief"].actor, at=monday
    )

    assert (refused.state, refused.unit_id) == (State.DISPATCHED, unit_id())
    assert refused.due_at == datetime(2025, 1, 6, 11, 45, tzinfo=ZONE)
    event = latest(refused, CaseReturnRefused)
    assert (event.reason, event.due_at) == (ReturnDecision.ON_THE_LIST, refused.due_at)


def test_a_unit_that_has_a_refused_return_may_repair_or_return_it_and_nothing_else(cast: Cast) -> None:
    found = move(case(State.RETURNED), V.REFUSE_RETURN, at=LATER)

    offered = moves_of(cast["unit_lead"].actor, found, [], at=LATER)

    assert set(offered) == {V.SIGN, V.RETURN}


def test_while_a_return_is_undecided_nobody_can_push_the_case_past_the_objection(cast: Cast) -> None:
    found = case(State.RETURNED)

    for part in ("acceptor", "dispatcher", "checker", "county_supervisor", "street_office"):
        assert V.DISPATCH not in moves_of(cast[part].actor, found, [], at=LATER)
        assert V.CLOSE not in moves_of(cast[part].actor, found, [], at=LATER)
    chief = moves_of(cast["duty_chief"].actor, found, [], at=LATER)
    assert set(chief) == {V.CONFIRM_RETURN, V.REFUSE_RETURN, V.URGE}


def thrice_returned() -> Case:
    found = case(State.RETURNED)
    for number in (1, 2):
        found = move(found, V.REFUSE_RETURN, at=LATER + number * QUARTER)
        found = move(found, V.RETURN, at=LATER + number * QUARTER)
    return found


def test_the_third_return_stands_on_the_list_for_the_joint_meeting_whose_decision_is_noted(cast: Cast) -> None:
    second, found = case(State.RETURNED), thrice_returned()
    chief = cast["duty_chief"].actor

    assert [row.id for row in for_the_meeting(chief)] == [found.pk]
    with pytest.raises(Refused) as refused:
        confirm_return(case_id=CaseId(found.pk), note="", by=chief, at=LATER + 4 * QUARTER)
    assert (refused.value.code, refused.value.field) == ("missing_decision", "note")

    confirm_return(case_id=CaseId(found.pk), note="联席会议：由城管局牵头。", by=chief, at=LATER + 4 * QUARTER)

    assert for_the_meeting(chief) == []
    assert Case.objects.get(pk=second.pk).state == State.RETURNED


def test_a_return_may_name_the_clause_it_relies_on(lists: None) -> None:
    found = move(case(State.DISPATCHED), V.RETURN, at=LATER, clause="qingdan:1:2.1")

    assert latest(found, CaseReturned).clause == "qingdan:1:2.1"
