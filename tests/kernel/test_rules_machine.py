# SPDX-License-Identifier: Apache-2.0
"""A life-cycle is a table: a move starts where its row says, with what its row needs, or is refused."""

from enum import StrEnum

import pytest

from jiayuan.kernel.access import Permission
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.kernel.machine import ClockEffect, check_move, move

SWEEP = Permission("sweep", "Sweep the yard")


class Yard(StrEnum):
    """The states of an invented life-cycle."""

    DIRTY = "dirty"
    SWEPT = "swept"
    CHECKED = "checked"


FINISH = move(Yard.DIRTY, Yard.SWEPT, to=Yard.CHECKED, by=SWEEP, needs={"broom", "bin"}, clock="stop")
EVERYTHING = {"broom": 1, "bin": "blue"}


def test_a_row_reads_as_it_was_written() -> None:
    assert FINISH.sources == (Yard.DIRTY, Yard.SWEPT)
    assert FINISH.to is Yard.CHECKED
    assert FINISH.by is SWEEP
    assert FINISH.needs == {"broom", "bin"}
    assert FINISH.clock is ClockEffect.STOP


def test_a_row_leaves_the_clock_alone_and_needs_nothing_unless_it_says_so() -> None:
    plain = move(Yard.DIRTY, to=Yard.SWEPT, by=SWEEP)

    assert (plain.clock, plain.needs) == (ClockEffect.NONE, frozenset())
    check_move(plain, Yard.DIRTY, {})


def test_a_clock_effect_that_nobody_knows_is_a_fault_of_the_table() -> None:
    with pytest.raises(ValueError, match="rewind"):
        move(Yard.DIRTY, to=Yard.SWEPT, by=SWEEP, clock="rewind")


@pytest.mark.parametrize("state", FINISH.sources)
def test_a_move_starts_in_each_of_its_states(state: Yard) -> None:
    check_move(FINISH, state, EVERYTHING)


def test_a_move_from_elsewhere_is_refused_as_overtaken_with_the_state_it_met() -> None:
    with pytest.raises(Stale) as refused:
        check_move(FINISH, Yard.CHECKED, EVERYTHING)

    assert refused.value.code == "wrong_state"
    assert refused.value.facts == {"state": "checked"}


def test_the_state_is_asked_before_what_is_missing() -> None:
    with pytest.raises(Stale):
        check_move(FINISH, Yard.CHECKED, {})


@pytest.mark.parametrize("nothing", [None, "", [], (), 0])
def test_what_is_missing_or_empty_is_named_as_the_field(nothing: object) -> None:
    with pytest.raises(Refused) as refused:
        check_move(FINISH, Yard.DIRTY, EVERYTHING | {"broom": nothing})

    assert (refused.value.code, refused.value.field) == ("missing_broom", "broom")


def test_what_is_missing_is_asked_for_in_the_same_order_every_time() -> None:
    with pytest.raises(Refused) as refused:
        check_move(FINISH, Yard.DIRTY, {})

    assert refused.value.field == "bin"
