# SPDX-License-Identifier: Apache-2.0
"""Feeding back: evidence is needed, the clock stops, and somebody else decides."""

from datetime import datetime, timedelta

import pytest

from jiayuan.cases.enums import State, V
from jiayuan.cases.events import CaseClosed, CaseFedBack
from jiayuan.cases.models import Case
from jiayuan.cases.services import CaseId, close, feed_back
from jiayuan.kernel.errors import Refused
from jiayuan.media.enums import PhotoRole
from jiayuan.media.queries import photos_of
from tests.cases.record import latest, text_of
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move, photo, unit_id

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 5 * QUARTER
SECOND = timedelta(seconds=1)


def due_of(found: Case) -> datetime:
    assert found.due_at is not None
    return found.due_at


def test_the_evidence_hangs_at_the_case_as_after_and_the_note_is_kept(cast: Cast) -> None:
    handling, handler = case(State.HANDLING), cast["street_office"].actor
    pictures = [photo(by=handler), photo(by=handler)]

    moved = feed_back(case_id=CaseId(handling.pk), evidence=pictures, note="清走两车", by=handler, at=LATER)

    assert (moved.state, moved.fed_back_at, moved.in_time) == (State.FED_BACK, LATER, True)
    assert [(one.handle, one.role) for one in photos_of(moved.ref)] == [(one, PhotoRole.AFTER) for one in pictures]
    event = latest_feed_back(moved)
    assert (event.unit_id, event.photos, event.in_time) == (unit_id(), 2, True)
    assert text_of(event.text_id) == "清走两车"


def latest_feed_back(found: Case) -> CaseFedBack:
    return latest(found, CaseFedBack)


@pytest.mark.parametrize(("after", "in_time"), [(-SECOND, True), (timedelta(), True), (SECOND, False)])
def test_the_deadlines_own_moment_still_counts_and_a_second_later_is_late(after: timedelta, in_time: bool) -> None:
    handling = case(State.HANDLING)

    moved = move(handling, V.FEED_BACK, at=due_of(handling) + after)

    assert moved.in_time is in_time
    assert latest_feed_back(moved).in_time is in_time


def test_the_time_of_the_check_is_not_charged_to_the_handler(cast: Cast) -> None:
    fed_back = case(State.FED_BACK)

    closed = close(case_id=CaseId(fed_back.pk), by=cast["checker"].actor, at=due_of(fed_back) + timedelta(days=20))

    assert closed.in_time is True
    assert latest(closed, CaseClosed).in_time is True


@pytest.mark.parametrize("state", [State.HANDLING, State.REWORK])
def test_somebody_elses_picture_is_no_evidence(cast: Cast, state: State) -> None:
    found, theirs = case(state), photo(by=cast["volunteer"].actor)
    had = photos_of(found.ref)

    with pytest.raises(Refused) as refused:
        feed_back(case_id=CaseId(found.pk), evidence=[theirs], note="", by=cast["street_office"].actor, at=LATER)

    found.refresh_from_db()
    assert refused.value.field == "photos"
    assert (found.state, photos_of(found.ref)) == (state, had)


def test_the_picture_from_before_is_no_evidence_of_afterwards() -> None:
    before = photo()
    handling = case(State.HANDLING, photos=(before,))

    with pytest.raises(Refused) as refused:
        feed_back(case_id=CaseId(handling.pk), evidence=[before], note="", by=SYSTEM, at=LATER)

    assert refused.value.code == "missing_evidence"


def test_the_evidence_of_the_first_try_is_none_of_the_second() -> None:
    first = photo()
    rework = move(move(case(State.HANDLING), V.FEED_BACK, at=LATER, evidence=[first]), V.SEND_BACK, at=LATER)

    with pytest.raises(Refused) as refused:
        move(rework, V.FEED_BACK, at=LATER, evidence=[first])
    again = move(rework, V.FEED_BACK, at=LATER, evidence=[first, photo()])

    assert refused.value.code == "missing_evidence"
    assert latest_feed_back(again).photos == 1


def test_after_every_rework_there_is_room_for_new_evidence() -> None:
    found = case(State.HANDLING)
    for number in range(1, 5):
        at = LATER + number * QUARTER
        found = move(found, V.FEED_BACK, at=at, evidence=[photo(at=at) for _ in range(6)])
        found = move(found, V.SEND_BACK, at=at)

    assert len(photos_of(found.ref)) == 24
