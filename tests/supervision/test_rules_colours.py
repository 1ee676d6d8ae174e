# SPDX-License-Identifier: Apache-2.0
"""Colours that say how hard something is pressed: the clock leaves none out and gives none twice."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiayuan.supervision.rules.colours import NONE, STEPS, YELLOW, Urged, is_higher, next_colour, raised_by_clock, skips

DAY_ONE = datetime(2025, 1, 6, tzinfo=UTC)
MOMENTS = st.integers(0, 60 * 24 * 60).map(lambda minutes: DAY_ONE + timedelta(minutes=minutes))
COLOURS = st.sampled_from(STEPS)


def sheets() -> st.SearchStrategy[Urged]:
    return st.builds(
        Urged, colour=COLOURS, reply_due_at=MOMENTS, waits_for_reply=st.booleans(), stands_still=st.booleans()
    )


@given(COLOURS, st.lists(st.tuples(MOMENTS, st.booleans(), st.booleans()), max_size=40), st.integers(1, 20))
def test_however_often_the_clock_looks_no_colour_is_left_out_or_given_twice(
    first: str, looks: list[tuple[datetime, bool, bool]], days: int
) -> None:
    seen, due = [first], DAY_ONE + timedelta(days=days)

    for now, waits, still in sorted(looks):
        sheet = Urged(colour=seen[-1], reply_due_at=due, waits_for_reply=waits, stands_still=still)
        to = raised_by_clock(sheet, now)
        if to is not None:
            seen.append(to)
            due = now + timedelta(days=days)

    place = STEPS.index(first)
    assert seen == list(STEPS[place : place + len(seen)])


@given(sheets(), MOMENTS)
def test_the_clock_raises_only_what_was_not_answered_in_time(sheet: Urged, now: datetime) -> None:
    to = raised_by_clock(sheet, now)

    if to is not None:
        assert sheet.waits_for_reply
        assert not sheet.stands_still
        assert now > sheet.reply_due_at
        assert not skips(sheet.colour, to)
        assert is_higher(sheet.colour, to)


@given(MOMENTS, MOMENTS)
def test_a_sheet_without_a_colour_never_gets_one(due: datetime, now: datetime) -> None:
    assert raised_by_clock(Urged(colour=NONE, reply_due_at=due, waits_for_reply=True), now) is None


@given(COLOURS, COLOURS)
def test_a_step_is_the_next_one_or_leaves_something_out(colour: str, to: str) -> None:
    if is_higher(colour, to):
        assert skips(colour, to) == (STEPS.index(to) - STEPS.index(colour) > 1)


def test_yellow_is_no_step_of_pressing() -> None:
    assert not is_higher(NONE, YELLOW)
    assert next_colour("red") is None
