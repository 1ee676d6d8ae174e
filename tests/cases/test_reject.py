# SPDX-License-Identifier: Apache-2.0
"""Not filing a report; the reporter reads why."""

import pytest

from jiayuan.cases.enums import Refusal, State
from jiayuan.cases.events import CaseRejected
from jiayuan.cases.queries import public_view
from jiayuan.cases.services import CaseId, reject
from tests.cases.record import latest, text_of
from tests.cast import MORNING, Cast
from tests.factories.cases import QUARTER, case

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 9 * QUARTER


@pytest.mark.parametrize("state", [State.REPORTED, State.VERIFIED])
@pytest.mark.parametrize("reason", list(Refusal))
def test_a_rejected_case_has_ended_with_its_reason(cast: Cast, state: State, reason: Refusal) -> None:
    found = case(state)

    ended = reject(case_id=CaseId(found.pk), reason=reason, note="电话已告知", by=cast["acceptor"].actor, at=LATER)

    assert (ended.state, ended.ended_at, ended.refusal) == (State.REJECTED, LATER, reason)
    assert (ended.unit_id, ended.due_at, ended.in_time) == (None, None, None)
    event = latest(found, CaseRejected)
    assert (event.reason, event.came_from) == (reason, state)
    assert text_of(event.text_id) == "电话已告知"


def test_the_receipt_shows_the_reason_and_not_the_note(cast: Cast) -> None:
    found = case()

    reject(case_id=CaseId(found.pk), reason=Refusal.DUPLICATE, note="与李家重复", by=cast["acceptor"].actor, at=LATER)

    view = public_view(found.handle)
    assert view.refusal == Refusal.DUPLICATE
    assert "李家" not in repr(view)
