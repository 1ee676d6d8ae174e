# SPDX-License-Identifier: Apache-2.0
"""Sending back: the same unit, the same limit again, all evidence kept."""

from datetime import datetime

import pytest

from jiayuan.cases.enums import Shortfall, State, V
from jiayuan.cases.events import CaseSentBack
from jiayuan.cases.services import CaseId, send_back
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import Refused
from jiayuan.media.queries import photos_of
from jiayuan.people.services import appoint
from tests.cases.record import latest, text_of
from tests.cast import DISTRICT, MORNING, NEW_YEAR, SYSTEM, Cast
from tests.factories.cases import case, move, unit_id

pytestmark = pytest.mark.usefixtures("ground")
MONDAY_AFTERNOON = datetime(2025, 1, 6, 16, 0, tzinfo=ZONE)


@pytest.mark.parametrize("reason", list(Shortfall))
def test_the_unit_has_the_whole_limit_again_from_this_moment(cast: Cast, reason: Shortfall) -> None:
    fed_back = case(State.FED_BACK)

    moved = send_back(
        case_id=CaseId(fed_back.pk), reason=reason, note="墙角还有", by=cast["checker"].actor, at=MONDAY_AFTERNOON
    )

    assert (moved.state, moved.unit_id, moved.reworks) == (State.REWORK, unit_id(), 1)
    # Four working hours from 16:00: two until 18:00, two from 8:00 the next morning.
    assert moved.due_at == datetime(2025, 1, 7, 10, 0, tzinfo=ZONE)
    assert moved.in_time is None
    event = latest(moved, CaseSentBack)
    assert (event.reason, event.due_at, event.unit_id) == (reason, moved.due_at, unit_id())
    assert text_of(event.text_id) == "墙角还有"


def test_the_rework_is_judged_by_the_new_due_date() -> None:
    late = move(case(State.HANDLING), V.FEED_BACK, at=MONDAY_AFTERNOON)
    assert late.in_time is False
    again = move(late, V.SEND_BACK, at=MONDAY_AFTERNOON)
    assert again.due_at is not None

    done = move(again, V.FEED_BACK, at=again.due_at)

    assert done.in_time is True


def test_all_earlier_evidence_stays() -> None:
    fed_back = case(State.FED_BACK)
    first = photos_of(fed_back.ref)

    again = move(move(fed_back, V.SEND_BACK, at=MONDAY_AFTERNOON), V.FEED_BACK, at=MONDAY_AFTERNOON)

    assert photos_of(again.ref)[: len(first)] == first
    assert len(photos_of(again.ref)) == len(first) + 1


def test_nobody_of_the_unit_sends_its_own_case_back(cast: Cast) -> None:
    fed_back = case(State.FED_BACK)
    appoint(
        person_id=cast["unit_lead"].person_id, role="checker", area=DISTRICT, starts_on=NEW_YEAR, by=SYSTEM, at=MORNING
    )

    with pytest.raises(Refused, match="own_work"):
        move(fed_back, V.SEND_BACK, by=cast["unit_lead"].actor, at=MONDAY_AFTERNOON)
