# SPDX-License-Identifier: Apache-2.0
"""Having a report verified on site before it is filed."""

import pytest

from jiayuan.cases.enums import State
from jiayuan.cases.events import CaseVerificationAsked
from jiayuan.cases.services import CaseId, ask_verify
from tests.cases.record import latest
from tests.cast import MORNING, Cast
from tests.factories.cases import report


@pytest.mark.usefixtures("ground")
def test_the_acceptor_sends_somebody_to_look(cast: Cast) -> None:
    case = report()

    moved = ask_verify(case_id=CaseId(case.pk), by=cast["acceptor"].actor, at=MORNING)

    assert moved.state == State.VERIFYING
    assert moved.due_at is None
    assert latest(case, CaseVerificationAsked).came_from == State.REPORTED
