# SPDX-License-Identifier: Apache-2.0
"""More time: asked for honestly, granted as asked or refused with a reason, and never a mark against whoever asks."""

from datetime import date, datetime

import pytest

from jiayuan.cases.enums import Denial, NotYet, RequestState, State, V
from jiayuan.cases.events import CaseExtended, CaseExtensionAsked, CaseExtensionRefused
from jiayuan.cases.models import Case, Request, Timer
from jiayuan.cases.queries import moves_of, to_do
from jiayuan.cases.services import CaseId, ask_extension, grant_extension, refuse_extension
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import Refused
from tests.cases.record import latest, text_of
from tests.cast import MORNING, Cast
from tests.factories.cases import EXTENDABLE, QUARTER, case, move

pytestmark = pytest.mark.usefixtures("ground")
SOON = MORNING + 9 * QUARTER
DUE = datetime(2025, 1, 24, 23, 59, 59, tzinfo=ZONE)
"""Fifteen working days after Friday 3 January."""
WANTED = date(2025, 2, 10)
WANTED_END = datetime(2025, 2, 10, 23, 59, 59, tzinfo=ZONE)


def in_hand() -> Case:
    """A case with a limit of fifteen working days."""
    found = case(State.HANDLING, **EXTENDABLE)
    assert found.due_at == DUE
    return found


def asked(cast: Cast, found: Case, *, until: date = WANTED, leader: str = "") -> Case:
    return ask_extension(
        case_id=CaseId(found.pk),
        reason=NotYet.WEATHER,
        until=until,
        note="连日下雪",
        leader=leader,
        by=cast["street_office"].actor,
        at=SOON,
    )


def test_asking_moves_no_deadline_and_the_duty_chief_finds_it_to_answer(cast: Cast) -> None:
    found = asked(cast, in_hand())

    assert (found.state, found.due_at, found.asking) == (State.HANDLING, DUE, "extension")
    event = latest(found, CaseExtensionAsked)
    assert (event.reason, event.until) == (NotYet.WEATHER, WANTED_END)
    assert text_of(event.text_id) == "连日下雪"
    heaps = {heap.verb: [row.id for row in heap.rows] for heap in to_do(cast["duty_chief"].actor)}
    assert heaps["answer"] == [found.pk]


def test_granted_the_deadline_is_the_day_asked_for_and_the_record_says_why(cast: Cast) -> None:
    found = asked(cast, in_hand())

    granted = grant_extension(case_id=CaseId(found.pk), by=cast["duty_chief"].actor, at=SOON)

    assert (granted.due_at, granted.extensions, granted.asking) == (WANTED_END, 1, "")
    event = latest(granted, CaseExtended)
    assert (event.due_before, event.due_at) == (DUE, WANTED_END)
    timer = Timer.objects.get(case=found, stage="handle")
    assert (timer.due_at, timer.fixed) == (WANTED_END, True)
    assert Request.objects.get(case=found).state == RequestState.GRANTED


def test_refused_the_deadline_stays_and_the_unit_may_ask_again(cast: Cast) -> None:
    found = asked(cast, in_hand())

    refused = refuse_extension(
        case_id=CaseId(found.pk), reason=Denial.CAN_BE_DONE, note="", by=cast["duty_chief"].actor, at=SOON
    )

    assert (refused.due_at, refused.extensions, refused.asking) == (DUE, 0, "")
    assert latest(refused, CaseExtensionRefused).reason == Denial.CAN_BE_DONE
    assert asked(cast, refused).asking == "extension"


@pytest.mark.parametrize(("until", "code"), [(date(2025, 1, 24), "not_later"), (date(2025, 2, 25), "too_far")])
def test_a_day_out_of_bounds_is_refused_beside_its_question(cast: Cast, until: date, code: str) -> None:
    found = in_hand()

    with pytest.raises(Refused) as refused:
        asked(cast, found, until=until)

    assert (refused.value.code, refused.value.field) == (code, "until")
    assert not Request.objects.exists()


def test_a_second_extension_needs_a_leader_and_a_third_there_is_none(cast: Cast) -> None:
    found = grant_extension(case_id=CaseId(asked(cast, in_hand()).pk), by=cast["duty_chief"].actor, at=SOON)
    with pytest.raises(Refused) as refused:
        asked(cast, found, until=date(2025, 2, 20))
    assert (refused.value.code, refused.value.field) == ("missing_leader", "leader")

    found = asked(cast, found, until=date(2025, 2, 20), leader="周主任")
    assert text_of(latest(found, CaseExtensionAsked).text_id) == "周主任：连日下雪"
    found = grant_extension(case_id=CaseId(found.pk), by=cast["duty_chief"].actor, at=SOON)

    with pytest.raises(Refused, match="extended_twice"):
        asked(cast, found, until=date(2025, 2, 28), leader="周主任")
    assert V.ASK_EXTENSION not in moves_of(cast["street_office"].actor, found, [], at=SOON)


def test_a_case_with_a_limit_of_hours_is_offered_shelving_instead(cast: Cast) -> None:
    found = case(State.HANDLING)

    with pytest.raises(Refused) as refused:
        asked(cast, found)

    assert refused.value.code == "no_extension"
    offered = moves_of(cast["street_office"].actor, found, [], at=SOON)
    assert V.ASK_EXTENSION not in offered
    assert V.ASK_SHELVING in offered


def test_whoever_is_done_meanwhile_needs_no_answer(cast: Cast) -> None:
    found = asked(cast, in_hand())

    done = move(found, V.FEED_BACK, by=cast["street_office"].actor, at=SOON + QUARTER)

    assert done.asking == ""
    assert Request.objects.get(case=found).state == RequestState.LAPSED
    with pytest.raises(Refused):
        grant_extension(case_id=CaseId(found.pk), by=cast["duty_chief"].actor, at=SOON + QUARTER)
