# SPDX-License-Identifier: Apache-2.0
"""The clocks of the stages: each with its own limit, no check charged to the unit, moved by a confirmed calendar."""

from datetime import date, datetime, timedelta

import pytest

from jiayuan.cases.enums import DeadlineReason, Source, State, V
from jiayuan.cases.events import CaseDeadlineMoved
from jiayuan.cases.models import CalendarMark, Case, Timer
from jiayuan.cases.services import recompute_due
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.commands import unit_of_work
from jiayuan.kernel.errors import Refused
from jiayuan.notices.models import Notice
from jiayuan.record import readers
from jiayuan.record.events import Ref
from jiayuan.record.log import record
from jiayuan.standards.events import CalendarYearConfirmed
from tests.cases.record import course, latest
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.calendar import doubtful_from, ends_after, make_up_saturday
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


def confirm(year: int) -> None:
    """Let the record say that a year was confirmed, and its readers hear of it."""
    with unit_of_work():
        told = CalendarYearConfirmed(subject=Ref("calendar", year), year=year, changed_days=1)
        record(told, by=SYSTEM, at=MORNING + 19 * QUARTER)
    readers.relay(MORNING + 19 * QUARTER)


def test_a_confirmed_calendar_moves_deadlines_that_rested_on_doubtful_days_and_says_why() -> None:
    doubtful_from(date(2025, 1, 11))
    found = case(State.HANDLING, **EXTENDABLE)
    assert (found.due_at, found.due_is_provisional) == (datetime(2025, 1, 24, 23, 59, 59, tzinfo=ZONE), True)
    make_up_saturday(date(2025, 1, 18))
    confirm(2025)

    looked_at = recompute_due(by=SYSTEM, at=MORNING + 20 * QUARTER)

    moved = Case.objects.get(pk=found.pk)
    assert looked_at == 1
    assert (moved.due_at, moved.due_is_provisional) == (datetime(2025, 1, 23, 23, 59, 59, tzinfo=ZONE), False)
    event = latest(moved, CaseDeadlineMoved)
    assert (event.reason, event.due_before, event.due_at) == (DeadlineReason.CALENDAR, found.due_at, moved.due_at)
    assert recompute_due(by=SYSTEM, at=MORNING + 21 * QUARTER) == 0


def test_whoever_follows_the_record_only_marks_the_year_and_touches_no_case() -> None:
    doubtful_from(date(2025, 1, 11))
    found = case(State.HANDLING, **EXTENDABLE)
    make_up_saturday(date(2025, 1, 18))

    confirm(2025)
    confirm(2025)

    assert Case.objects.get(pk=found.pk).due_at == found.due_at
    assert list(CalendarMark.objects.values_list("year", "reached")) == [(2025, 0)]


def test_a_deadline_that_stays_becomes_certain_without_a_word(cast: Cast) -> None:
    doubtful_from(date(2025, 1, 11))
    found = case(State.HANDLING, **EXTENDABLE)
    make_up_saturday(date(2025, 3, 1))
    confirm(2025)
    told, notices = len(course(found)), Notice.objects.count()

    recompute_due(by=SYSTEM, at=MORNING + 20 * QUARTER)

    readers.relay(MORNING + 21 * QUARTER)
    now = Case.objects.get(pk=found.pk)
    assert (now.due_at, now.due_is_provisional, now.version) == (found.due_at, False, found.version)
    assert (len(course(now)), Notice.objects.count()) == (told, notices)
    assert not Timer.objects.filter(is_provisional=True).exists()


def test_a_case_that_no_calendar_reaches_keeps_its_deadline_and_holds_up_no_other() -> None:
    doubtful_from(date(2025, 1, 1))
    far, near = case(State.HANDLING, **EXTENDABLE), case(State.HANDLING)
    make_up_saturday(date(2025, 3, 1))
    ends_after(date(2025, 1, 10))
    confirm(2025)

    recompute_due(by=SYSTEM, at=MORNING + 20 * QUARTER)

    doubtful = dict(Case.objects.values_list("pk", "due_is_provisional"))
    assert doubtful == {far.pk: True, near.pk: False}
    assert not CalendarMark.objects.exists()


def test_deadlines_are_computed_anew_a_few_at_a_time() -> None:
    doubtful_from(date(2025, 1, 1))
    for _ in range(3):
        case(State.HANDLING)
    make_up_saturday(date(2025, 3, 1))
    confirm(2025)

    done = [recompute_due(by=SYSTEM, at=MORNING + 20 * QUARTER, limit=2) for _ in range(3)]

    assert done == [2, 1, 0]
    assert not Case.objects.filter(due_is_provisional=True).exists()


def test_a_granted_date_that_a_pause_carried_into_doubtful_days_follows_the_calendar() -> None:
    doubtful_from(date(2025, 2, 15))
    found = move(case(State.HANDLING, **EXTENDABLE), V.ASK_EXTENSION, at=MORNING + 5 * QUARTER)
    granted = move(found, V.GRANT_EXTENSION, at=MORNING + 6 * QUARTER)
    assert not granted.due_is_provisional
    shelved = move(move(granted, V.ASK_SHELVING, at=MORNING + 7 * QUARTER), V.SHELVE, at=MORNING + 8 * QUARTER)
    resumed = move(shelved, V.RESUME, at=datetime(2025, 2, 17, 9, 0, tzinfo=ZONE))
    assert resumed.due_is_provisional and resumed.due_at is not None
    make_up_saturday(date(2025, 2, 22))
    confirm(2025)

    recompute_due(by=SYSTEM, at=datetime(2025, 2, 17, 10, 0, tzinfo=ZONE))

    now = Case.objects.get(pk=found.pk)
    assert now.due_at == resumed.due_at - timedelta(days=3) and not now.due_is_provisional
    assert latest(now, CaseDeadlineMoved).due_before == resumed.due_at


def test_a_date_that_was_granted_does_not_move_with_the_calendar() -> None:
    doubtful_from(date(2025, 1, 11))
    found = move(case(State.HANDLING, **EXTENDABLE), V.ASK_EXTENSION, at=MORNING + 5 * QUARTER)
    granted = move(found, V.GRANT_EXTENSION, at=MORNING + 6 * QUARTER)
    make_up_saturday(date(2025, 1, 18))
    confirm(2025)

    recompute_due(by=SYSTEM, at=MORNING + 20 * QUARTER)

    assert Case.objects.get(pk=found.pk).due_at == granted.due_at
