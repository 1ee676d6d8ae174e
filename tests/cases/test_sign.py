# SPDX-License-Identifier: Apache-2.0
"""Signing for a case."""

import pytest

from jiayuan.cases.enums import State
from jiayuan.cases.events import CaseSigned
from jiayuan.cases.services import CaseId, sign
from jiayuan.kernel.errors import NotPermitted
from tests.cases.record import latest
from tests.cast import MORNING, Cast
from tests.factories.cases import QUARTER, case, unit_id

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 3 * QUARTER


@pytest.mark.parametrize("part", ["street_office", "unit_lead"])
def test_somebody_of_the_unit_takes_the_case_and_the_clock_runs_on(cast: Cast, part: str) -> None:
    waiting = case(State.DISPATCHED)

    moved = sign(case_id=CaseId(waiting.pk), by=cast[part].actor, at=LATER)

    assert (moved.state, moved.signed_at, moved.due_at) == (State.HANDLING, LATER, waiting.due_at)
    assert latest(moved, CaseSigned).unit_id == unit_id()


def test_another_unit_of_the_same_city_does_not_sign_for_it(cast: Cast) -> None:
    waiting = case(State.DISPATCHED)

    with pytest.raises(NotPermitted):
        sign(case_id=CaseId(waiting.pk), by=cast["bureau"].actor, at=LATER)
