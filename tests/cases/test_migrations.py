# SPDX-License-Identifier: Apache-2.0
"""Cases of the release before the full life: they get the clocks that the commands start, and are counted anew."""

from importlib import import_module

import pytest
from django.apps import apps

from jiayuan.cases.enums import PauseReason, Stage, State
from jiayuan.cases.models import Pause, Timer
from jiayuan.cases.queries import wrong_cases
from jiayuan.record import counters, readers
from jiayuan.record.models import Counter, Cursor
from tests.cast import MORNING
from tests.factories.cases import case

clocks_of_running_cases = import_module("jiayuan.cases.migrations.0004_clocks_of_running_cases")
_OF_HANDLING = ("unit_id", "limit_kind", "limit_value", "started_at", "due_at", "is_provisional", "paused_at")


def fill() -> None:
    """Forget every clock, as the release before had none, and let the migration make them."""
    Timer.objects.all().delete()
    clocks_of_running_cases.fill(apps, None)


@pytest.mark.parametrize("state", [State.DISPATCHED, State.HANDLING, State.REWORK, State.RETURNED])
def test_a_case_in_hand_gets_the_very_clock_that_its_dispatch_started(ground: None, state: State) -> None:
    running = case(state)
    before = Timer.objects.filter(stage=Stage.HANDLE, ended_at=None).values(*_OF_HANDLING).get()

    fill()

    assert Timer.objects.filter(stage=Stage.HANDLE).values(*_OF_HANDLING).get() == before
    assert list(wrong_cases([running])) == []


def test_the_clock_of_a_returned_case_stands_still(ground: None) -> None:
    returned = case(State.RETURNED)
    unit_id = returned.returned_by_id

    fill()

    assert Pause.objects.get(timer__case=returned).reason == PauseReason.RETURNED
    returned.refresh_from_db()
    assert returned.returned_by_id == unit_id


@pytest.mark.parametrize(
    ("state", "stages"),
    [
        (State.REPORTED, set()),
        (State.VERIFYING, {Stage.VERIFY}),
        (State.FILED, {Stage.DISPATCH, Stage.WHOLE}),
        (State.FED_BACK, {Stage.CHECK, Stage.WHOLE}),
        (State.CLOSED, set()),
    ],
)
def test_every_other_running_case_gets_the_clock_of_its_stage(ground: None, state: State, stages: set[Stage]) -> None:
    case(state)

    fill()

    assert set(Timer.objects.filter(ended_at=None).values_list("stage", flat=True)) == stages


def test_the_past_is_counted_anew_but_nobody_is_told_of_it_again(ground: None) -> None:
    case(State.CLOSED)
    readers.relay(MORNING)
    Cursor.objects.filter(reader="residents").delete()

    clocks_of_running_cases.begin_reading(apps, None)

    assert not Counter.objects.exists()
    assert Cursor.objects.get(reader="residents").position == Cursor.objects.get(reader="notices").position
    assert readers.relay(MORNING) > 0
    assert counters.recount().wrong == ()
