# SPDX-License-Identifier: Apache-2.0
"""Positions are dense and in the order of commits, whoever began first and however many write at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event as Signal

import pytest
from django.db import connection, connections, transaction

from jiayuan.kernel.commands import savepoint, unit_of_work
from jiayuan.record.events import Ref
from jiayuan.record.log import record
from jiayuan.record.models import Cursor, Head, Secret, StoredEvent
from jiayuan.record.queries import happened_to, newest_position
from tests.conftest import FRIDAY_MORNING
from tests.record.sweeping import BY, Swept, sweep, wired

WAIT = 20


def apart(work: Callable[[], None]) -> None:
    """Do something in a thread of its own and close its connection."""
    try:
        work()
    finally:
        connections.close_all()


def stored() -> list[tuple[int, int]]:
    return list(StoredEvent.objects.order_by("position").values_list("position", "subject_id"))


def test_the_later_starter_that_commits_first_stands_first_and_nothing_is_skipped(real_commits: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets nobody else write meanwhile")
    begun, committed = Signal(), Signal()
    seen_between: list[int] = []

    def early_and_slow() -> None:
        with unit_of_work():
            record(Swept(subject=Ref("yard", 7), bags=1), by=BY, at=FRIDAY_MORNING)
            # The transaction is open in the database, not only here: it has written.
            Cursor.objects.create(reader="early")
            begun.set()
            assert committed.wait(WAIT)
            record(Swept(subject=Ref("yard", 7), bags=2), by=BY, at=FRIDAY_MORNING)

    def late_and_quick() -> None:
        assert begun.wait(WAIT)
        with unit_of_work():
            record(Swept(subject=Ref("yard", 7), bags=3), by=BY, at=FRIDAY_MORNING)
        seen_between.extend(StoredEvent.objects.values_list("position", flat=True))
        committed.set()

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(apart, early_and_slow), pool.submit(apart, late_and_quick)]:
            future.result(WAIT)

    with wired():
        bags = [item.event.bags for item in happened_to(Ref("yard", 7)) if isinstance(item.event, Swept)]
    assert bags == [3, 1, 2]
    assert [position for position, _ in stored()] == [1, 2, 3]
    assert seen_between == [1]


def test_who_writes_while_the_head_is_held_waits_and_stands_after(real_commits: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets nobody else write meanwhile")
    flushed, tried = Signal(), Signal()
    before: list[int] = []

    def holding() -> None:
        with transaction.atomic():
            # The command inside has flushed; its commit is still to come.
            sweep(1)
            flushed.set()
            assert not tried.wait(0.5)
            before.extend(StoredEvent.objects.values_list("subject_id", flat=True))

    def waiting() -> None:
        assert flushed.wait(WAIT)
        sweep(2)
        tried.set()

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(apart, holding), pool.submit(apart, waiting)]:
            future.result(WAIT)

    assert before == [1]
    assert stored() == [(1, 1), (2, 2)]


def write(yard: int, commands: int) -> None:
    """Two events per command; before every fifth a command that is taken back."""
    for turn in range(commands):
        if turn % 5 == 4:
            with pytest.raises(ValueError, match="taken back"), unit_of_work():
                sweep(yard, bags=999)
                raise ValueError("taken back")
        with unit_of_work():
            sweep(yard, bags=2 * turn)
            sweep(yard, bags=2 * turn + 1)


def follow(done: Signal) -> list[int]:
    """What a reader sees that asks for everything past its cursor, again and again, while others write."""
    seen: list[int] = []
    try:
        while True:
            # A breath between two looks: whoever asks without one keeps the interpreter from those who write.
            is_last = done.wait(0.002)
            after = StoredEvent.objects.filter(position__gt=seen[-1] if seen else 0).order_by("position")
            new = list(after.values_list("position", flat=True))
            seen += new
            if is_last and not new:
                return seen
    finally:
        connections.close_all()


def write_at_once(threads: int, commands: int) -> list[int]:
    """Many threads, each with its own yard; what a reader that runs along has seen."""
    done = Signal()
    with ThreadPoolExecutor(threads + 1) as pool:
        reader = pool.submit(follow, done)
        try:
            for future in [pool.submit(apart, partial(write, yard, commands)) for yard in range(threads)]:
                future.result(120)
        finally:
            done.set()
        return reader.result(WAIT)


def check_at_once(*, threads: int, commands: int) -> None:
    seen = write_at_once(threads, commands)

    total = threads * commands * 2
    assert seen == list(range(1, total + 1))
    assert [position for position, _ in stored()] == list(range(1, total + 1))
    assert newest_position() == total
    moments = list(StoredEvent.objects.order_by("position").values_list("recorded_at", flat=True))
    assert moments == sorted(moments)
    with wired():
        for yard in range(threads):
            bags = [item.event.bags for item in happened_to(Ref("yard", yard)) if isinstance(item.event, Swept)]
            assert bags == list(range(2 * commands))
    assert Secret.objects.count() == total


def test_many_threads_at_once_leave_no_gap_and_a_reader_skips_nothing(real_commits: None) -> None:
    check_at_once(threads=6, commands=10)


@pytest.mark.nightly
def test_very_many_threads_at_once_leave_no_gap_and_a_reader_skips_nothing(real_commits: None) -> None:
    check_at_once(threads=16, commands=100)


@pytest.mark.django_db
def test_the_events_of_a_command_stand_together_in_the_order_of_their_recording() -> None:
    before = newest_position()

    sweep(5, 4, 5, 1)

    assert stored() == [(before + 1, 5), (before + 2, 4), (before + 3, 5), (before + 4, 1)]


@pytest.mark.django_db
def test_a_savepoint_that_is_taken_back_leaves_no_gap() -> None:
    before = newest_position()

    with unit_of_work():
        sweep(1)
        with pytest.raises(ValueError, match="taken back"), savepoint():
            sweep(2, 3)
            raise ValueError("taken back")
        sweep(4)

    assert stored() == [(before + 1, 1), (before + 2, 4)]
    assert newest_position() == before + 2


@pytest.mark.django_db
def test_a_command_that_is_taken_back_after_its_flush_leaves_no_gap() -> None:
    before = newest_position()

    with pytest.raises(ValueError, match="taken back"), transaction.atomic():
        sweep(1, 2, 3)
        assert newest_position() == before + 3
        raise ValueError("taken back")
    sweep(4)

    assert stored() == [(before + 1, 4)]


@pytest.mark.django_db
def test_an_emptied_database_begins_at_one_again() -> None:
    Head.objects.all().delete()
    assert newest_position() == 0

    sweep(1)

    assert stored() == [(1, 1)]


@pytest.mark.django_db
def test_a_moment_without_a_zone_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(TypeError, match="no zone"):
        sweep(1, at=FRIDAY_MORNING.replace(tzinfo=None))

    assert stored() == []
