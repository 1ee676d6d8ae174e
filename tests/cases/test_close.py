# SPDX-License-Identifier: Apache-2.0
"""Closing: by somebody who did not handle it."""

from datetime import timedelta

import pytest

from jiayuan.cases.enums import State, V
from jiayuan.cases.events import CaseClosed
from jiayuan.cases.models import Case
from jiayuan.cases.queries import history_of, moves_of
from jiayuan.cases.services import CaseId, close
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused
from jiayuan.people.queries import actor_for
from jiayuan.people.services import appoint, end_post
from tests.cases.record import latest
from tests.cast import BUREAU, DISTRICT, MORNING, NEW_YEAR, STREET, STREET_OFFICE, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move, seed_for, unit_id

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 8 * QUARTER


def also(cast: Cast, part: str, role: str, *, area: str, unit: str = "") -> Actor:
    """A member of the cast with one more post."""
    appoint(
        person_id=cast[part].person_id,
        role=role,
        area=area,
        organisation_id=unit_id(unit) if unit else None,
        starts_on=NEW_YEAR,
        by=SYSTEM,
        at=MORNING,
    )
    return cast[part].actor


def refused_as_own_work(found: Case, by: Actor) -> bool:
    """Whether closing is refused, the button is not shown, and nothing moved."""
    with pytest.raises(Refused) as refused:
        close(case_id=CaseId(found.pk), by=by, at=LATER)
    found.refresh_from_db()
    shown = moves_of(by, found, history_of(found), at=MORNING)
    return refused.value.code == "own_work" and V.CLOSE not in shown and found.state == State.FED_BACK


def test_the_checker_on_whom_the_draw_fell_closes_it(cast: Cast) -> None:
    fed_back = case(State.FED_BACK, by={V.SIGN: cast["street_office"].actor})

    closed = close(case_id=CaseId(fed_back.pk), by=cast["checker"].actor, at=LATER)

    assert (closed.state, closed.ended_at, closed.unit_id) == (State.CLOSED, LATER, unit_id())
    event = latest(closed, CaseClosed)
    assert (event.unit_id, event.in_time) == (unit_id(), True)


def test_nobody_of_the_unit_closes_its_case_though_another_hand_did_the_work(cast: Cast) -> None:
    fed_back = case(State.FED_BACK, by={V.SIGN: cast["street_office"].actor, V.FEED_BACK: cast["street_office"].actor})
    lead = also(cast, "unit_lead", "checker", area=DISTRICT)

    assert refused_as_own_work(fed_back, lead)


@pytest.mark.parametrize("hand", [V.SIGN, V.FEED_BACK])
def test_whose_hands_did_it_does_not_close_it_under_another_unit(cast: Cast, hand: V) -> None:
    fed_back = case(State.FED_BACK, by={hand: cast["street_office"].actor})
    for post in cast["street_office"].actor.grants:
        assert post.post_id is not None
        end_post(post_id=post.post_id, ends_on=MORNING.date(), by=SYSTEM, at=MORNING)
    also(cast, "street_office", "handler", area=STREET, unit=BUREAU)
    also(cast, "street_office", "checker", area=DISTRICT)
    moved_on = actor_for(cast["street_office"].account.pk, on=(MORNING + timedelta(days=1)).date())
    assert moved_on.unit_ids == {unit_id(BUREAU)}

    assert refused_as_own_work(fed_back, moved_on)


def test_a_checker_who_serves_another_unit_closes_it(cast: Cast) -> None:
    of_the_bureau = also(cast, "bureau", "checker", area=DISTRICT)
    assert of_the_bureau.person_id is not None
    by = {V.SIGN: cast["street_office"].actor}
    fed_back = case(State.FED_BACK, by=by, drawn=of_the_bureau.person_id)

    assert close(case_id=CaseId(fed_back.pk), by=of_the_bureau, at=LATER).state == State.CLOSED


def test_the_system_closes_what_the_system_handled() -> None:
    assert close(case_id=CaseId(case(State.FED_BACK).pk), by=SYSTEM, at=LATER).state == State.CLOSED


def test_a_unit_that_returned_a_case_may_check_what_another_did(cast: Cast) -> None:
    returned = case(State.RETURNED, by={V.RETURN: cast["street_office"].actor})
    assert (returned.unit_id, STREET_OFFICE) == (None, "YX-990101001")
    bureau = cast["bureau"].actor
    of_the_street = also(cast, "street_office", "checker", area=DISTRICT)
    assert of_the_street.person_id is not None
    fed_back = _handled_by(returned, bureau, drawn=of_the_street.person_id)

    closed = close(case_id=CaseId(fed_back.pk), by=of_the_street, at=LATER)

    assert closed.unit_id == unit_id(BUREAU)


def _handled_by(returned: Case, bureau: Actor, *, drawn: int) -> Case:
    from_now = MORNING + 5 * QUARTER
    found = move(returned, V.CONFIRM_RETURN, at=from_now)
    found = move(found, V.DISPATCH, at=from_now, unit_id=unit_id(BUREAU))
    found = move(found, V.SIGN, by=bureau, at=from_now)
    return move(found, V.FEED_BACK, by=bureau, at=from_now, seed=seed_for(drawn))
