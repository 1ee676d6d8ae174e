# SPDX-License-Identifier: Apache-2.0
"""Shelving: at most a year, once, with the clock standing still, and taken up again by itself."""

from datetime import date, datetime, timedelta

import pytest

from jiayuan.cases.enums import NotYet, State, V
from jiayuan.cases.events import CaseResumed, CaseShelved
from jiayuan.cases.models import Case, Pause
from jiayuan.cases.services import CaseId, ask_shelving, resume, resume_due, shelve
from jiayuan.kernel.access import Actor
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import Refused
from tests.cases.record import latest
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.calendar import ends_after
from tests.factories.cases import EXTENDABLE, QUARTER, case, move

pytestmark = pytest.mark.usefixtures("ground")
NOON = MORNING + 12 * QUARTER
UNTIL = date(2025, 3, 31)


def shelved(cast: Cast, found: Case) -> Case:
    ask_shelving(
        case_id=CaseId(found.pk),
        reason=NotYet.SEASON,
        until=UNTIL,
        note="开春再栽",
        by=cast["street_office"].actor,
        at=NOON,
    )
    return shelve(case_id=CaseId(found.pk), by=cast["duty_chief"].actor, at=NOON)


def test_the_clock_stands_still_and_goes_on_with_what_was_left(cast: Cast) -> None:
    # Due on the fifteenth working day after 3 January: fifteen are left.
    found = shelved(cast, case(State.HANDLING, **EXTENDABLE))
    assert (found.state, found.shelved_until) == (State.SHELVED, UNTIL)
    assert latest(found, CaseShelved).due_before == found.due_at

    resumed = resume(case_id=CaseId(found.pk), by=cast["duty_chief"].actor, at=datetime(2025, 4, 1, 9, 0, tzinfo=ZONE))

    # Fifteen working days after 1 April, over the Qingming holiday.
    assert (resumed.state, resumed.due_at) == (State.HANDLING, datetime(2025, 4, 23, 23, 59, 59, tzinfo=ZONE))
    event = latest(resumed, CaseResumed)
    assert (event.due_before, event.due_at) == (found.due_at, resumed.due_at)
    pause = Pause.objects.get()
    assert (pause.reason, pause.from_at, pause.until_at) == ("shelved", NOON, datetime(2025, 4, 1, 9, 0, tzinfo=ZONE))


def test_it_is_taken_up_again_by_itself_on_the_next_morning_and_not_before(cast: Cast) -> None:
    found = shelved(cast, case(State.HANDLING))

    assert resume_due(by=SYSTEM, at=datetime(2025, 3, 31, 23, 0, tzinfo=ZONE)) == 0
    assert resume_due(by=SYSTEM, at=datetime(2025, 4, 1, 0, 1, tzinfo=ZONE)) == 1
    assert resume_due(by=SYSTEM, at=datetime(2025, 4, 1, 0, 2, tzinfo=ZONE)) == 0

    again = Case.objects.get(pk=found.pk)
    assert (again.state, again.shelved_until) == (State.HANDLING, None)


def test_what_no_calendar_reaches_stays_shelved_and_holds_up_nothing_behind_it(cast: Cast) -> None:
    far, near = shelved(cast, case(State.HANDLING, **EXTENDABLE)), shelved(cast, case(State.HANDLING))
    ends_after(date(2025, 4, 3))

    assert resume_due(by=SYSTEM, at=datetime(2025, 4, 1, 0, 1, tzinfo=ZONE), limit=1) == 1

    assert Case.objects.get(pk=near.pk).state == State.HANDLING
    assert Case.objects.get(pk=far.pk).state == State.SHELVED


def test_a_case_is_shelved_once(cast: Cast) -> None:
    found = shelved(cast, case(State.HANDLING))
    resume(case_id=CaseId(found.pk), by=SYSTEM, at=NOON + QUARTER)

    with pytest.raises(Refused, match="shelved_before"):
        shelved(cast, found)


@pytest.mark.parametrize(("until", "code"), [(date(2025, 1, 3), "not_ahead"), (date(2026, 1, 4), "too_far")])
def test_a_day_that_is_past_or_more_than_a_year_off_is_refused(cast: Cast, until: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        ask_shelving(
            case_id=CaseId(case(State.HANDLING).pk),
            reason=NotYet.MONEY,
            until=until,
            note="",
            by=cast["street_office"].actor,
            at=NOON,
        )

    assert (refused.value.code, refused.value.field) == (code, "until")


def test_what_is_shelved_is_not_late_and_late_again_only_by_what_was_left(cast: Cast) -> None:
    found = shelved(cast, case(State.HANDLING))
    # Four working hours from 9:30: of them three quarters of an hour were used before noon, and so on.
    resumed = resume(case_id=CaseId(found.pk), by=SYSTEM, at=NOON + timedelta(days=100))
    assert resumed.due_at is not None

    done = move(resumed, V.FEED_BACK, at=resumed.due_at)

    assert done.in_time is True


def test_nobody_without_the_right_to_approve_takes_a_case_up_again(cast: Cast) -> None:
    found = shelved(cast, case(State.HANDLING))
    handler: Actor = cast["street_office"].actor

    with pytest.raises(Refused):
        resume(case_id=CaseId(found.pk), by=handler, at=NOON + QUARTER)
