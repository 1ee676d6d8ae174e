# SPDX-License-Identifier: Apache-2.0
"""Who presses next: no level is skipped, none presses twice, no span counts in which the clock stood still."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jiayuan.supervision.rules.escalation import LADDER, Pressed, Span, counted, next_rung, step_due

DAY_ONE = datetime(2025, 1, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
WAITS = {"village": 8 * HOUR, "town": 16 * HOUR, "county": 16 * HOUR, "city": 0 * HOUR}
MOST = 60 * 24


def worked(start: datetime, end: datetime) -> timedelta:
    """Eight hours of every day, from 01:00 to 09:00: a calendar that a reader can check by hand."""
    return _worked_before(end) - _worked_before(start)


def _worked_before(at: datetime) -> timedelta:
    days, rest = divmod(at - DAY_ONE, timedelta(days=1))
    return days * 8 * HOUR + min(max(rest - HOUR, timedelta(0)), 8 * HOUR)


MOMENTS = some.integers(0, MOST).map(lambda hours: DAY_ONE + hours * HOUR)


@some.composite
def spans(draw: some.DrawFn) -> list[Span]:
    """Spans that may overlap, one of them perhaps without an end."""
    found = [
        Span(from_at=at, until_at=at + draw(some.integers(0, 200)) * HOUR)
        for at in draw(some.lists(MOMENTS, max_size=5))
    ]
    if draw(some.booleans()):
        found.append(Span(from_at=draw(MOMENTS)))
    return found


@some.composite
def items(draw: some.DrawFn) -> Pressed:
    """An item at some level, with its limit and its spans."""
    due_at = draw(MOMENTS)
    return Pressed(rung=draw(some.sampled_from(LADDER)), since=DAY_ONE, due_at=due_at, pauses=draw(spans()))


@given(items(), some.lists(MOMENTS, min_size=1, max_size=40).map(sorted))
def test_whenever_the_clock_is_asked_levels_come_one_after_the_other_and_each_once(
    item: Pressed, asked_at: list[datetime]
) -> None:
    seen = [item.rung]

    for now in asked_at:
        step = step_due(item, WAITS, now, worked)
        if step is not None:
            seen.append(step.rung)
            item = replace(item, rung=step.rung, since=now, pressed=item.pressed | {step.rung})

    assert seen == list(LADDER[LADDER.index(seen[0]) :][: len(seen)])


@given(items(), MOMENTS)
def test_a_level_takes_over_only_after_the_working_time_of_the_one_before(item: Pressed, now: datetime) -> None:
    step = step_due(item, WAITS, now, worked)

    if step is not None:
        by_hour = sum(
            worked(at, at + HOUR) > timedelta(0)
            for at in _hours(max(item.due_at, item.since), now)
            if not any(span.from_at <= at < (span.until_at or now) for span in item.pauses)
        )
        assert by_hour * HOUR == step.after >= WAITS[item.rung]


def _hours(start: datetime, end: datetime) -> list[datetime]:
    return [start + n * HOUR for n in range(max(0, (end - start) // HOUR))]


@given(items(), MOMENTS)
def test_nobody_presses_while_the_clock_stands_still_or_before_the_limit(item: Pressed, now: datetime) -> None:
    stands_still = any(span.from_at <= now and (span.until_at is None or now < span.until_at) for span in item.pauses)

    if stands_still or now <= item.due_at:
        assert step_due(item, WAITS, now, worked) is None


@given(items(), MOMENTS, spans())
def test_a_further_pause_never_makes_anybody_press_earlier(item: Pressed, now: datetime, more: list[Span]) -> None:
    paused = replace(item, pauses=[*item.pauses, *more])

    if step_due(paused, WAITS, now, worked) is not None:
        assert step_due(item, WAITS, now, worked) is not None


@given(items(), MOMENTS)
def test_what_waits_for_its_acceptance_presses_nobody(item: Pressed, now: datetime) -> None:
    assert step_due(replace(item, with_unit=False), WAITS, now, worked) is None


@given(MOMENTS, MOMENTS, spans())
def test_time_that_counts_is_never_negative_and_never_more_than_was_worked(
    start: datetime, end: datetime, pauses: list[Span]
) -> None:
    found = counted(start, end, pauses, worked)

    assert timedelta(0) <= found <= max(worked(start, end), timedelta(0))


def test_a_shelved_week_takes_nothing_from_the_level() -> None:
    due_at = DAY_ONE + 9 * HOUR
    item = Pressed(
        rung="village", since=DAY_ONE, due_at=due_at,
        pauses=[Span(from_at=due_at + timedelta(days=1), until_at=due_at + timedelta(days=8))],
    )  # fmt: skip

    assert step_due(item, WAITS, due_at + timedelta(days=1) - HOUR, worked) is None
    assert step_due(item, WAITS, due_at + timedelta(days=8, hours=-1), worked) is None
    step = step_due(item, WAITS, due_at + timedelta(days=8), worked)
    assert step is not None
    assert (step.rung, step.after) == ("town", 8 * HOUR)


def test_a_level_that_a_person_raised_is_not_pressed_again_by_the_clock() -> None:
    item = Pressed(rung="county", since=DAY_ONE, due_at=DAY_ONE, pressed=frozenset({"city", "county"}))

    assert step_due(item, WAITS, DAY_ONE + timedelta(days=90), worked) is None


@pytest.mark.parametrize(("rung", "above"), [("village", "town"), ("county", "city"), ("city", None)])
def test_the_city_is_the_last_level(rung: str, above: str | None) -> None:
    assert next_rung(rung) == above
