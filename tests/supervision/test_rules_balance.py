# SPDX-License-Identifier: Apache-2.0
"""Balances close up whatever happened, and colours keep to one pattern."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jiayuan.supervision.rules.balance import Balance, Standing, balance, is_overdue
from jiayuan.supervision.rules.colours import BLUE, NONE, ORANGE, RED, YELLOW, colour_of_state, next_colour

NOW = datetime(2025, 1, 6, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOON = 8 * HOUR
NEAR = some.integers(-100, 100).map(lambda hours: NOW + hours * HOUR)


@some.composite
def standings(draw: some.DrawFn) -> Standing:
    """An item as a life can leave it: what was struck off was fed back, and no clock stands still after that."""
    fed_back = draw(some.none() | NEAR)
    struck = None if fed_back is None else draw(some.none() | some.just(fed_back + HOUR))
    return Standing(
        due_at=draw(NEAR), fed_back_at=fed_back, struck_at=struck, paused=fed_back is None and draw(some.booleans())
    )


@given(some.lists(standings()))
def test_struck_off_in_progress_and_overdue_are_the_total(items: list[Standing]) -> None:
    found = balance(items, NOW)

    assert found.total == len(items) == found.struck + found.in_progress + found.overdue
    assert found.waiting <= found.in_progress
    assert found.due_struck <= min(found.due, found.struck)


@given(some.lists(standings()), some.lists(standings()))
def test_the_balance_of_two_lists_is_the_sum_of_theirs(some_items: list[Standing], others: list[Standing]) -> None:
    assert balance([*some_items, *others], NOW) == balance(some_items, NOW) + balance(others, NOW)


def test_a_list_without_items_has_a_balance_of_nothing() -> None:
    assert balance([], NOW) == Balance()


def test_what_waits_for_acceptance_is_not_overdue_however_late_it_gets() -> None:
    item = Standing(due_at=NOW - 50 * HOUR, fed_back_at=NOW - 60 * HOUR)

    assert not is_overdue(item, NOW)
    assert balance([item], NOW) == Balance(total=1, in_progress=1, waiting=1, due=1)


@pytest.mark.parametrize(
    ("item", "refusals", "colour"),
    [
        (Standing(due_at=NOW + 9 * HOUR), 0, NONE),
        (Standing(due_at=NOW + 8 * HOUR), 0, BLUE),
        (Standing(due_at=NOW + 90 * HOUR), 1, YELLOW),
        (Standing(due_at=NOW - HOUR), 1, RED),
        (Standing(due_at=NOW - HOUR), 0, RED),
        (Standing(due_at=NOW - HOUR, fed_back_at=NOW - 2 * HOUR), 0, NONE),
        (Standing(due_at=NOW - HOUR, fed_back_at=NOW - 2 * HOUR), 2, YELLOW),
        (Standing(due_at=NOW - HOUR, fed_back_at=NOW, struck_at=NOW), 2, NONE),
        (Standing(due_at=NOW - HOUR, paused=True), 0, NONE),
    ],
)
def test_a_colour_of_the_first_pattern_says_how_an_item_stands(item: Standing, refusals: int, colour: str) -> None:
    assert colour_of_state(item, refusals=refusals, now=NOW, soon=SOON) == colour


@given(standings(), some.integers(0, 3))
def test_the_first_pattern_knows_no_orange(item: Standing, refusals: int) -> None:
    assert colour_of_state(item, refusals=refusals, now=NOW, soon=SOON) != ORANGE


def test_the_second_pattern_goes_from_blue_over_orange_to_red_and_knows_no_yellow() -> None:
    assert [NONE, *_climb()] == [NONE, BLUE, ORANGE, RED]
    assert next_colour(RED) is None


def _climb() -> list[str]:
    found, colour = [], next_colour(NONE)
    while colour is not None:
        found.append(colour)
        colour = next_colour(colour)
    return found
