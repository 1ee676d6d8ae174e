# SPDX-License-Identifier: Apache-2.0
"""The clocks of the stages: each with its own limit, no check charged to the unit, moved by a confirmed calendar."""

from datetime import date, datetime

import pytest

from jiayuan.cases.enums import DeadlineReason, Source, State, V
from jiayuan.cases.events import CaseDeadlineMoved
from jiayuan.cases.models import Case, Timer
from jiayuan.cases.services import recompute_due
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import Refused
from tests.cases.record import latest
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.calendar import doubtful_from, make_up_saturday
from tests.factories.cases import EXTENDABLE, QUARTER, case, move, report

pytestmark = pytest.mark.usefixtures("ground")


def spans(found: Case) -> list[tuple[str, datetime, datetime | None]]:
    rows = Timer.objects.filter(case=found).order_by("started_at", "pk")
    return [(timer.stage, timer.started_at, timer.ended_at) for timer in rows]


def test_every_stage_has_a_clock_of_its_own() -> None:
    found = case(State.CLOSED)
    filed, sent, _, fed_back, closed = (MORNING + number * QUARTER for number in range(1, 6))

    assert spans(found) == [
        ("whole", filed, closed),
        ("dispatch", filed, sent),
        ("handle", sent, fed_back),
        ("check", fed_back, closed),
    ]


def test_verifying_has_a_limit_in_working_hours() -> None:
    found = move(report(), V.ASK_VERIFY, at=MORNING)

    timer = Timer.objects.get(case=found)
    # Eight working hours from Friday 9:00: seven are left that day, one on Monday.
    assert (timer.stage, timer.due_at) == ("verify", datetime(2025, 1, 6, 9, 0, tzinfo=ZONE))
    assert move(found, V.FIND, at=MORNING + QUARTER).state == State.VERIFIED
    assert Timer.objects.get(case=found).ended_at == MORNING + QUARTER


def test_the_time_of_the_check_and_of_deciding_a_return_is_not_the_units(cast: Cast) -> None:
    found = case(State.FED_BACK)
    handle = Timer.objects.get(case=found, stage="handle")

    move(found, V.CLOSE, by=cast["checker"].actor, at=datetime(2025, 3, 3, 9, 0, tzinfo=ZONE))

    assert handle.ended_at == found.fed_back_at
    assert Case.objects.get(pk=found.pk).in_time is True


def test_handing_pictures_in_does_not_stop_the_clock_and_confirming_does() -> None:
    found = move(case(State.HANDLING), V.HAND_IN, at=MORNING + 4 * QUARTER)
    assert Timer.objects.get(case=found, stage="handle").ended_at is None

    done = move(found, V.FEED_BACK, at=MORNING + 6 * QUARTER, evidence=[])

    assert (done.state, done.fed_back_at) == (State.FED_BACK, MORNING + 6 * QUARTER)
    assert Timer.objects.get(case=found, stage="handle").ended_at == MORNING + 6 * QUARTER


def test_pictures_handed_in_before_a_rework_are_no_evidence_for_it() -> None:
    found = move(case(State.HANDLING), V.HAND_IN, at=MORNING + 4 * QUARTER)
    again = move(move(found, V.FEED_BACK, at=MORNING + 5 * QUARTER, evidence=[]), V.SEND_BACK, at=MORNING + 6 * QUARTER)

    with pytest.raises(Refused, match="missing_evidence"):
        move(again, V.FEED_BACK, at=MORNING + 7 * QUARTER, evidence=[])


def test_a_due_time_from_outside_is_the_end_of_the_whole() -> None:
    outside = datetime(2025, 1, 10, 18, 0, tzinfo=ZONE)
    found = report(by=SYSTEM, source=Source.SUPERIOR, outside_number="交办2025-3", outside_due_at=outside)

    filed = move(found, V.FILE, at=MORNING + QUARTER)

    assert (filed.outside_number, filed.outside_due_at) == ("交办2025-3", outside)
    assert Timer.objects.get(case=found, stage="whole").due_at == outside


@pytest.mark.parametrize("source", [Source.CALLER, Source.HOTLINE, Source.MEDIA])
def test_what_others_tell_is_verified_on_site_before_it_is_filed(cast: Cast, source: Source) -> None:
    found = report(by=cast["acceptor"].actor, source=source)

    with pytest.raises(Refused, match="verify_first"):
        move(found, V.FILE, at=MORNING)

    verified = move(move(found, V.ASK_VERIFY, at=MORNING), V.FIND, at=MORNING + QUARTER)
    assert move(verified, V.FILE, at=MORNING + 2 * QUARTER).state == State.FILED


def test_a_confirmed_calendar_moves_deadlines_that_rested_on_doubtful_days_and_says_why() -> None:
    doubtful_from(date(2025, 1, 11))
    found = case(State.HANDLING, **EXTENDABLE)
    assert (found.due_at, found.due_is_provisional) == (datetime(2025, 1, 24, 23, 59, 59, tzinfo=ZONE), True)
    make_up_saturday(date(2025, 1, 18))

    looked_at = recompute_due(by=SYSTEM, at=MORNING + 20 * QUARTER)

    moved = Case.objects.get(pk=found.pk)
    assert looked_at == 1
    assert (moved.due_at, moved.due_is_provisional) == (datetime(2025, 1, 23, 23, 59, 59, tzinfo=ZONE), False)
    event = latest(moved, CaseDeadlineMoved)
    assert (event.reason, event.due_before, event.due_at) == (DeadlineReason.CALENDAR, found.due_at, moved.due_at)
    assert recompute_due(by=SYSTEM, at=MORNING + 21 * QUARTER) == 0


def test_a_date_that_was_granted_does_not_move_with_the_calendar() -> None:
    doubtful_from(date(2025, 1, 11))
    found = move(case(State.HANDLING, **EXTENDABLE), V.ASK_EXTENSION, at=MORNING + 5 * QUARTER)
    granted = move(found, V.GRANT_EXTENSION, at=MORNING + 6 * QUARTER)
    make_up_saturday(date(2025, 1, 18))

    recompute_due(by=SYSTEM, at=MORNING + 20 * QUARTER)

    assert Case.objects.get(pk=found.pk).due_at == granted.due_at
