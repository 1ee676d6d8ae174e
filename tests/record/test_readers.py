# SPDX-License-Identifier: Apache-2.0
"""Readers apply every event exactly once, in order, and one bad event never stops more than its own subject."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections

from jiayuan.record import readers
from jiayuan.record.models import Cursor, Parked
from jiayuan.record.queries import newest_position
from jiayuan.record.readers import Happened, Reader, advance, catch_up, relay, resume
from tests.conftest import FRIDAY_MORNING
from tests.record.sweeping import Swept, sweep, thank, wired

pytestmark = pytest.mark.filterwarnings("error")


class Ledger:
    """Effects in the database, so that they are taken back with their transaction: one cursor row per applied event."""

    def __init__(self) -> None:
        self.bad: set[int] = set()
        self.batches: list[int] = []

    def apply(self, batch: Sequence[Happened]) -> None:
        """Write a row for each event, then fail if one of them concerns a bad yard."""
        self.batches.append(len(batch))
        for item in batch:
            Cursor.objects.create(reader=f"effect {item.position:05}", position=item.event.subject.id)
            if item.event.subject.id in self.bad:
                raise ValueError(f"yard {item.event.subject.id} is locked")

    @property
    def yards(self) -> list[int]:
        """The yards that were applied, in the order of their positions; a second application would have failed."""
        effects = Cursor.objects.filter(reader__startswith="effect").order_by("reader")
        return list(effects.values_list("position", flat=True))


@pytest.fixture
def ledger(db: None) -> Ledger:
    """An empty ledger."""
    return Ledger()


@pytest.fixture
def parking(ledger: Ledger) -> Iterator[Reader]:
    """A reader that works subject by subject and begins at the newest event."""
    yield from _started(Reader(name="parking", apply=ledger.apply, parks=True))


@pytest.fixture
def halting(ledger: Ledger) -> Iterator[Reader]:
    """A reader that may leave nothing out."""
    yield from _started(Reader(name="halting", apply=ledger.apply))


def _started(reader: Reader) -> Iterator[Reader]:
    Cursor.objects.create(reader=reader.name, position=newest_position())
    with wired(followers=[reader]):
        yield reader


def cursor_of(reader: Reader) -> Cursor:
    return Cursor.objects.get(reader=reader.name)


def try_often(reader: Reader, times: int = 5) -> None:
    """Let an hour pass between the tries."""
    for hour in range(times):
        catch_up(reader, FRIDAY_MORNING + timedelta(hours=hour))


@pytest.mark.parametrize("name", ["parking", "halting"])
def test_every_event_is_applied_once_and_in_order(name: str, request: pytest.FixtureRequest, ledger: Ledger) -> None:
    reader: Reader = request.getfixturevalue(name)
    sweep(3, 1, 2)

    assert catch_up(reader, FRIDAY_MORNING) == 3
    assert catch_up(reader, FRIDAY_MORNING) == 0
    sweep(4)
    assert relay(FRIDAY_MORNING) == 1

    assert ledger.yards == [3, 1, 2, 4]
    assert cursor_of(reader).position == newest_position()


def test_at_most_a_hundred_events_are_applied_in_one_transaction(
    halting: Reader, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "SECONDS", 3600)
    sweep(*range(250))

    assert [advance(halting, FRIDAY_MORNING) for _ in range(4)] == [100, 100, 50, 0]
    assert ledger.batches == [100, 100, 50]


def test_after_its_time_a_reader_commits_what_it_has(
    parking: Reader, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "SECONDS", 0)
    sweep(1, 2, 3)

    assert advance(parking, FRIDAY_MORNING) == 1
    assert ledger.yards == [1]


def test_a_crash_between_effect_and_commit_takes_back_both_and_nothing_is_applied_twice(
    halting: Reader, ledger: Ledger
) -> None:
    start = cursor_of(halting).position
    sweep(1)
    ledger.bad = {1}

    assert catch_up(halting, FRIDAY_MORNING) == 0
    assert ledger.yards == []
    assert cursor_of(halting).position == start

    ledger.bad = set()
    assert catch_up(halting, FRIDAY_MORNING + timedelta(hours=1)) == 1
    assert ledger.yards == [1]
    assert cursor_of(halting).attempts == 0


def test_a_killed_program_leaves_cursor_and_effect_as_they_were(halting: Reader, ledger: Ledger) -> None:
    class Killed(BaseException):
        """Nothing catches this."""

    def die(batch: Sequence[Happened]) -> None:
        ledger.apply(batch)
        raise Killed

    start = cursor_of(halting).position
    sweep(1)

    with pytest.raises(Killed):
        advance(Reader(name=halting.name, apply=die), FRIDAY_MORNING)

    assert ledger.yards == []
    assert (cursor_of(halting).position, cursor_of(halting).attempts) == (start, 0)
    assert catch_up(halting, FRIDAY_MORNING) == 1
    assert ledger.yards == [1]


@pytest.mark.parametrize("name", ["parking", "halting"])
def test_what_stands_before_a_bad_event_does_not_wait_for_it(
    name: str, request: pytest.FixtureRequest, ledger: Ledger
) -> None:
    reader: Reader = request.getfixturevalue(name)
    sweep(*range(1, 60))
    ledger.bad = {50}

    catch_up(reader, FRIDAY_MORNING)

    assert ledger.yards == list(range(1, 50))
    assert cursor_of(reader).attempts == 1


def test_a_failed_try_is_not_repeated_before_its_time_and_waits_longer_each_time(
    halting: Reader, ledger: Ledger
) -> None:
    sweep(1)
    ledger.bad = {1}

    catch_up(halting, FRIDAY_MORNING)
    catch_up(halting, FRIDAY_MORNING + timedelta(seconds=1.9))
    assert cursor_of(halting).attempts == 1
    catch_up(halting, FRIDAY_MORNING + timedelta(seconds=2))
    assert cursor_of(halting).attempts == 2
    catch_up(halting, FRIDAY_MORNING + timedelta(seconds=5.9))
    assert cursor_of(halting).attempts == 2


def test_after_five_tries_the_subject_is_parked_and_the_others_go_on(
    parking: Reader, ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    sweep(1, 2, 3, 2, 4)
    ledger.bad = {2}

    try_often(parking)
    catch_up(parking, FRIDAY_MORNING + timedelta(days=1))

    assert ledger.yards == [1, 3, 4]
    assert cursor_of(parking).position == newest_position()
    parked = Parked.objects.get()
    assert (parked.reader, parked.subject_kind, parked.subject_id) == ("parking", "yard", 2)
    assert parked.since_position == newest_position() - 3
    assert "yard 2 is locked" in parked.error
    assert [one.levelno for one in caplog.records].count(logging.CRITICAL) == 1


def test_four_tries_park_nothing(parking: Reader, ledger: Ledger) -> None:
    sweep(1)
    ledger.bad = {1}

    try_often(parking, 4)

    assert not Parked.objects.exists()
    assert cursor_of(parking).attempts == 4


def test_resuming_applies_what_a_parked_subject_missed_in_order(parking: Reader, ledger: Ledger) -> None:
    sweep(1, 2, 3, 2)
    ledger.bad = {2}
    try_often(parking)
    catch_up(parking, FRIDAY_MORNING + timedelta(days=1))
    ledger.bad = set()

    assert resume("parking") == 2

    assert ledger.yards == [1, 2, 3, 2]
    assert not Parked.objects.exists()
    sweep(2)
    assert catch_up(parking, FRIDAY_MORNING) == 1
    assert ledger.yards == [1, 2, 3, 2, 2]


def test_resuming_what_is_not_mended_changes_nothing(parking: Reader, ledger: Ledger) -> None:
    sweep(1, 2)
    ledger.bad = {2}
    try_often(parking)

    with pytest.raises(ValueError, match="locked"):
        resume("parking")

    assert ledger.yards == [1]
    assert Parked.objects.count() == 1


def test_a_reader_that_parks_nothing_halts_and_alarms(
    halting: Reader, ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    sweep(1, 2, 3)
    ledger.bad = {2}

    try_often(halting)
    ledger.bad = set()

    assert catch_up(halting, FRIDAY_MORNING + timedelta(days=1)) == 0
    assert cursor_of(halting).halted
    assert ledger.yards == [1]
    assert "halting has halted" in next(one.getMessage() for one in caplog.records if one.levelno == logging.CRITICAL)


def test_a_halted_reader_goes_on_where_it_stopped_when_resumed(halting: Reader, ledger: Ledger) -> None:
    sweep(1, 2, 3)
    ledger.bad = {2}
    try_often(halting)
    ledger.bad = set()

    assert resume("halting") == 0
    assert catch_up(halting, FRIDAY_MORNING) == 2

    assert ledger.yards == [1, 2, 3]


def test_one_reader_that_fails_does_not_stop_another(ledger: Ledger, db: None) -> None:
    start = newest_position()
    Cursor.objects.bulk_create([Cursor(reader=name, position=start) for name in ("failing", "sound")])

    def fail(batch: Sequence[Happened]) -> None:
        raise ValueError("never works")

    sweep(1)
    with wired(followers=[Reader(name="failing", apply=fail), Reader(name="sound", apply=ledger.apply)]):
        assert relay(FRIDAY_MORNING) == 1

    assert ledger.yards == [1]


@pytest.mark.parametrize("parks", [True, False])
def test_an_event_that_nobody_can_read_is_counted_like_one_that_cannot_be_applied(ledger: Ledger, parks: bool) -> None:
    reader = Reader(name="reading", apply=ledger.apply, parks=parks)
    Cursor.objects.create(reader="reading", position=newest_position())
    sweep(1)
    thank(2)
    sweep(3)

    with wired(kinds=[Swept], followers=[reader]):
        try_often(reader)
        catch_up(reader, FRIDAY_MORNING + timedelta(days=1))

    assert ledger.yards == ([1, 3] if parks else [1])
    assert cursor_of(reader).halted is not parks
    assert Parked.objects.count() == int(parks)


def test_a_database_that_is_away_is_no_fault_of_any_event(
    halting: Reader, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(1)

    def away(name: str) -> Cursor:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(readers, "locked", away)
        try_often(halting, 9)

    assert (cursor_of(halting).attempts, cursor_of(halting).halted) == (0, False)
    assert catch_up(halting, FRIDAY_MORNING) == 1


def test_events_that_a_reader_records_come_after_and_in_the_same_commit(db: None) -> None:
    def thankful(batch: Sequence[Happened]) -> None:
        for item in batch:
            if isinstance(item.event, Swept):
                thank(item.event.subject.id)

    start = newest_position()
    Cursor.objects.create(reader="thanking", position=start)
    sweep(1, 2)

    with wired(followers=[Reader(name="thanking", apply=thankful, parks=True)]):
        assert relay(FRIDAY_MORNING) == 4
        kinds = [item.event.KIND for item in readers.happened_after(start, limit=10)]

    assert kinds == ["test.swept", "test.swept", "test.thanked", "test.thanked"]


def test_status_names_what_is_parked_and_resume_asks_for_a_reader_that_there_is(
    parking: Reader, ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep(2)
    ledger.bad = {2}
    try_often(parking)

    call_command("record", "status")

    told = capsys.readouterr().out
    assert "yard:2 parked since position" in told
    assert "1 subjects parked" in told
    with pytest.raises(CommandError, match="parking"):
        call_command("record", "resume", "nobody")
    ledger.bad = set()
    call_command("record", "resume", "parking")
    assert "1 missed events applied" in capsys.readouterr().out


def test_two_consumers_at_once_apply_nothing_twice(real_commits: None) -> None:
    ledger = Ledger()
    reader = Reader(name="shared", apply=ledger.apply, parks=True)
    for start in range(0, 120, 20):
        sweep(*range(start, start + 20))

    def consume() -> int:
        try:
            return sum(catch_up(reader, FRIDAY_MORNING) for _ in range(10))
        finally:
            connections.close_all()

    with wired(followers=[reader]), ThreadPoolExecutor(3) as pool:
        moved = [future.result(60) for future in [pool.submit(consume) for _ in range(3)]]

    assert sum(moved) == 120
    assert ledger.yards == list(range(120))
    assert cursor_of(reader).position == 120
