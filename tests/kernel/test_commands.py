# SPDX-License-Identifier: Apache-2.0
"""A command is one transaction with one buffer: all of it happens, or nothing; what runs afterwards is outside it."""

import logging

import pytest
from django.db import transaction

from jiayuan.kernel import commands
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import after_commit, command, inside, savepoint, unit_of_work
from jiayuan.record.events import Ref
from jiayuan.record.log import record
from jiayuan.record.models import StoredEvent
from jiayuan.record.queries import newest_position
from tests.conftest import FRIDAY_MORNING
from tests.record.sweeping import Swept

BY = Actor.system("test")


@command
def sweep(yard: int, *, fails: bool = False) -> int:
    """A command that records one event."""
    record(Swept(subject=Ref("yard", yard), bags=1), by=BY, at=FRIDAY_MORNING)
    if fails:
        raise ValueError("the broom broke")
    return yard


@command
def sweep_all(*yards: int, failing: int = 0) -> None:
    """A command made of commands, of which one may fail alone."""
    for yard in yards:
        try:
            sweep(yard, fails=yard == failing)
        except ValueError:
            continue


def swept() -> list[int]:
    return list(StoredEvent.objects.order_by("position").values_list("subject_id", flat=True))


@pytest.mark.django_db
def test_a_command_gives_what_its_service_gives_and_says_that_it_is_one() -> None:
    assert sweep(7) == 7
    assert sweep.is_command  # type: ignore[attr-defined]
    assert sweep.__doc__ == "A command that records one event."


@pytest.mark.django_db
def test_a_failed_command_leaves_no_event_and_no_gap() -> None:
    sweep(1)
    before = newest_position()

    with pytest.raises(ValueError, match="broom"):
        sweep(2, fails=True)
    sweep(3)

    assert swept() == [1, 3]
    assert newest_position() == before + 1


@pytest.mark.django_db
def test_commands_inside_a_command_keep_the_order_in_which_they_were_called() -> None:
    sweep_all(3, 1, 2)

    assert swept() == [3, 1, 2]


@pytest.mark.django_db
def test_a_command_that_fails_inside_another_takes_only_its_own_events_along() -> None:
    sweep_all(1, 2, 3, failing=2)

    assert swept() == [1, 3]


@pytest.mark.django_db
def test_nothing_is_written_before_the_outermost_command_ends() -> None:
    with unit_of_work():
        sweep(1)
        assert swept() == []

    assert swept() == [1]


@pytest.mark.django_db
def test_a_savepoint_that_is_rolled_back_cuts_the_buffer_and_what_comes_later_is_kept() -> None:
    with unit_of_work():
        record(Swept(subject=Ref("yard", 1), bags=1), by=BY, at=FRIDAY_MORNING)
        with pytest.raises(ValueError, match="broom"), savepoint():
            sweep(2)
            with savepoint():
                sweep(3)
            raise ValueError("the broom broke")
        sweep(4)

    assert swept() == [1, 4]


@pytest.mark.django_db
def test_a_savepoint_that_holds_keeps_its_events() -> None:
    with unit_of_work(), savepoint():
        sweep(1)

    assert swept() == [1]


@pytest.mark.django_db
def test_an_event_outside_a_command_is_a_fault_of_the_code() -> None:
    with pytest.raises(RuntimeError, match="outside a command"):
        record(Swept(subject=Ref("yard", 1), bags=1), by=BY, at=FRIDAY_MORNING)
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside a command"):
        record(Swept(subject=Ref("yard", 1), bags=1), by=BY, at=FRIDAY_MORNING)

    assert swept() == []


@pytest.mark.django_db
def test_a_savepoint_outside_a_command_is_a_fault_of_the_code() -> None:
    with pytest.raises(RuntimeError, match="inside a command"), savepoint():
        raise AssertionError("never reached")


@pytest.mark.django_db
def test_a_command_with_nothing_to_tell_does_not_touch_the_head() -> None:
    before = newest_position()

    with unit_of_work():
        assert inside()

    assert not inside()
    assert newest_position() == before


@pytest.mark.django_db
def test_without_a_record_events_are_not_lost_but_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_flushers", [])

    with pytest.raises(RuntimeError, match="no record is connected"):
        sweep(1)


def test_a_command_that_is_started_on_commit_writes_its_own_events(real_commits: None) -> None:
    seen: list[bool] = []

    with unit_of_work():
        sweep(1)
        after_commit(lambda: seen.append(inside()))
        after_commit(lambda: [sweep(2)].clear())

    assert seen == [False]
    assert swept() == [1, 2]
    assert newest_position() == 2


def test_what_fails_after_the_commit_is_logged_and_the_rest_is_still_done(
    real_commits: None, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def fail() -> None:
        raise OSError("no bell")

    with caplog.at_level(logging.ERROR), unit_of_work():
        sweep(1)
        after_commit(fail)
        after_commit(lambda: done.append("rung"))

    assert done == ["rung"]
    assert "no bell" in caplog.text
    assert swept() == [1]


def test_what_was_to_follow_a_commit_does_not_follow_a_failure(real_commits: None) -> None:
    done: list[str] = []

    with pytest.raises(ValueError, match="broom"), unit_of_work():
        after_commit(lambda: done.append("rung"))
        sweep(1, fails=True)

    assert done == []
    assert not inside()
