# SPDX-License-Identifier: Apache-2.0
"""Duplicates end in the case that leads, reports of several things become several cases, void ones count nowhere."""

from datetime import timedelta

import pytest

from jiayuan.cases.enums import ForcedReason, Source, State, V, VoidReason
from jiayuan.cases.events import CaseForceClosed, CaseMerged, CaseSplit, CaseVoided
from jiayuan.cases.models import Case, Timer
from jiayuan.cases.services import CaseId, Part, force_close, merge, split, void
from jiayuan.kernel.errors import NotPermitted, Refused
from tests.cases.record import course, latest
from tests.cast import MORNING, NEXT_VILLAGE, Cast
from tests.factories.cases import QUARTER, case, move, report, unit_id

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 10 * QUARTER


def test_a_duplicate_ends_in_the_case_that_leads_which_counts_its_reporters(cast: Cast) -> None:
    leading, first, second = case(State.HANDLING), report(), report()

    for one in (first, second):
        merge(case_id=CaseId(one.pk), into_id=CaseId(leading.pk), by=cast["acceptor"].actor, at=LATER)

    ended = Case.objects.get(pk=first.pk)
    assert (ended.state, ended.merged_into_id, ended.ended_at) == (State.MERGED, leading.pk, LATER)
    assert latest(ended, CaseMerged).into_id == leading.pk
    now = Case.objects.get(pk=leading.pk)
    assert (now.me_toos, now.state) == (2, State.HANDLING)


def test_what_was_merged_into_a_duplicate_goes_along(cast: Cast) -> None:
    leading, middle, first = report(), report(), report()
    merge(case_id=CaseId(first.pk), into_id=CaseId(middle.pk), by=cast["acceptor"].actor, at=LATER)

    merge(case_id=CaseId(middle.pk), into_id=CaseId(leading.pk), by=cast["acceptor"].actor, at=LATER)

    assert Case.objects.get(pk=first.pk).merged_into_id == leading.pk
    assert Case.objects.get(pk=leading.pk).me_toos == 2


def test_nothing_is_merged_into_itself_into_what_has_ended_or_beyond_the_reach(cast: Cast) -> None:
    found, ended, elsewhere = report(), case(State.CLOSED), report(village=NEXT_VILLAGE)

    for into in (found, ended):
        with pytest.raises(Refused, match="merge_into_open"):
            merge(case_id=CaseId(found.pk), into_id=CaseId(into.pk), by=cast["acceptor"].actor, at=LATER)
    with pytest.raises(NotPermitted):
        merge(case_id=CaseId(found.pk), into_id=CaseId(elsewhere.pk), by=cast["acceptor"].actor, at=LATER)

    assert Case.objects.get(pk=found.pk).state == State.REPORTED


def test_each_further_problem_of_a_report_becomes_a_case_that_names_where_it_comes_from(cast: Cast) -> None:
    found = report(text="垃圾和飞线")
    wires = report(tile="wires").problem_class_id
    parts = [Part(class_id=wires, text="飞线充电"), Part(class_id=found.problem_class_id, text="另一堆")]

    opened = split(case_id=CaseId(found.pk), parts=parts, by=cast["acceptor"].actor, at=LATER)

    assert [(one.state, one.split_from_id, one.problem_class_id, one.source) for one in opened] == [
        (State.REPORTED, found.pk, wires, Source.PUBLIC),
        (State.REPORTED, found.pk, found.problem_class_id, Source.PUBLIC),
    ]
    still = Case.objects.get(pk=found.pk)
    assert (still.state, still.version) == (State.REPORTED, 1)
    assert latest(still, CaseSplit).parts == tuple(one.pk for one in opened)
    assert [event.KIND for event in course(opened[0])] == ["cases.reported"]


@pytest.mark.parametrize("state", [State.REPORTED, State.FILED, State.HANDLING, State.SHELVED, State.REWORK])
def test_a_void_case_keeps_its_reason_and_nothing_runs_any_more(cast: Cast, state: State) -> None:
    found = case(state)

    ended = void(case_id=CaseId(found.pk), reason=VoidReason.TEST, note="", by=cast["duty_chief"].actor, at=LATER)

    assert (ended.state, ended.void_reason, ended.ended_at) == (State.VOID, VoidReason.TEST, LATER)
    assert (ended.unit_id, ended.due_at) == (None, None)
    assert latest(ended, CaseVoided).due_before == found.due_at
    assert not Timer.objects.filter(case=found, ended_at=None).exists()


def test_a_case_closed_by_force_says_so_and_is_late_if_it_was(cast: Cast) -> None:
    found = case(State.HANDLING)
    assert found.due_at is not None

    ended = force_close(
        case_id=CaseId(found.pk),
        reason=ForcedReason.PROJECT,
        note="",
        by=cast["duty_chief"].actor,
        at=found.due_at + QUARTER,
    )

    assert (ended.state, ended.forced, ended.in_time) == (State.CLOSED, True, False)
    event = latest(ended, CaseForceClosed)
    assert (event.in_time, event.unit_id) == (False, unit_id())


@pytest.mark.parametrize(("after", "in_time"), [(-QUARTER, True), (QUARTER, False)])
def test_a_shelved_case_closed_by_force_is_late_if_it_was_late_when_its_clock_was_stopped(
    cast: Cast, after: timedelta, in_time: bool
) -> None:
    found = case(State.HANDLING)
    assert found.due_at is not None
    shelved_at = found.due_at + after
    move(found, V.ASK_SHELVING, at=shelved_at, until=shelved_at.date() + timedelta(days=90))
    move(found, V.SHELVE, at=shelved_at)

    ended = move(found, V.FORCE_CLOSE, by=cast["duty_chief"].actor, at=shelved_at + timedelta(days=30))

    assert ended.in_time is in_time
    assert latest(ended, CaseForceClosed).in_time is in_time


def test_what_waits_for_a_check_cannot_be_closed_past_it(cast: Cast) -> None:
    found = case(State.FED_BACK)

    with pytest.raises(Refused):
        move(found, V.FORCE_CLOSE, by=cast["duty_chief"].actor, at=LATER)
    with pytest.raises(Refused):
        move(found, V.VOID, by=cast["duty_chief"].actor, at=LATER)
