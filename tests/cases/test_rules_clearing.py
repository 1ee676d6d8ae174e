# SPDX-License-Identifier: Apache-2.0
"""The sample of a village's week: how large it is, which rows it draws, and what becomes of the lists."""

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jiayuan.cases.enums import L, ListState
from jiayuan.cases.lifecycle.clearing import CLEARING, moves_of_list
from jiayuan.cases.rules.clearing import (
    Looked,
    Verdict,
    digest_of,
    draw_key,
    drawn,
    may_accept,
    row_name,
    sample_size,
    verdicts,
    week_of,
)

NAMES = some.sets(some.builds(row_name, some.text("ABCDEFGH", min_size=1, max_size=4), some.integers(1, 200)))
SEEDS = some.text("0123456789abcdef", min_size=1, max_size=64)


@pytest.mark.parametrize(
    ("eligible", "size"), [(0, 0), (1, 1), (9, 1), (10, 1), (11, 2), (20, 2), (21, 3), (100, 10), (101, 11)]
)
def test_a_tenth_is_looked_at_rounded_up_and_never_fewer_than_one(eligible: int, size: int) -> None:
    assert sample_size(eligible) == size


@given(some.integers(1, 5000), some.integers(1, 100))
def test_no_week_of_a_village_goes_unseen_and_none_is_drawn_beyond_its_rows(eligible: int, percent: int) -> None:
    size = sample_size(eligible, percent=percent)

    assert 1 <= size <= eligible
    assert size * 100 >= eligible * percent


@given(SEEDS, NAMES)
def test_no_row_is_drawn_twice_and_only_rows_that_are_there(seed: str, names: set[str]) -> None:
    found = drawn(seed, names, size=sample_size(len(names)))

    assert len(set(found)) == len(found) == sample_size(len(names))
    assert set(found) <= names


@given(SEEDS, NAMES, some.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_rows_in_whatever_order_they_are_named(seed: str, names: set[str], rng) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    shuffled = sorted(names)
    rng.shuffle(shuffled)

    assert drawn(seed, shuffled, size=7) == drawn(seed, names, size=7)
    assert digest_of(shuffled) == digest_of(names)


def test_a_draw_can_be_repeated_with_nothing_but_sha_256() -> None:
    names = ["AAAAAAAAAA0-1", "AAAAAAAAAA0-2", "BBBBBBBBBB1-1"]

    by_hand = sorted(names, key=lambda name: sha256(f"seed:{name}".encode()).hexdigest())

    assert draw_key("seed", "AAAAAAAAAA0-1") == sha256(b"seed:AAAAAAAAAA0-1").hexdigest()
    assert drawn("seed", names, size=2) == tuple(by_hand[:2])
    assert digest_of(names) == sha256("\n".join(names).encode()).hexdigest()


def test_another_seed_draws_other_rows() -> None:
    names = [row_name("AAAAAAAAAA0", number) for number in range(1, 101)]

    assert len({drawn(f"seed {number}", names, size=10) for number in range(20)}) == 20


def test_over_many_seeds_every_row_has_the_same_chance() -> None:
    names = [row_name("AAAAAAAAAA0", number) for number in range(1, 11)]
    hits = dict.fromkeys(names, 0)

    for number in range(2000):
        for name in drawn(str(number), names, size=1):
            hits[name] += 1

    assert all(150 <= n <= 250 for n in hits.values()), hits


def test_a_list_with_a_failed_row_is_opened_again_and_nobody_rides_along_unseen() -> None:
    lot = {1: Looked(drawn=2, failed=1), 2: Looked(drawn=1, failed=0), 3: Looked(drawn=0, failed=0)}

    assert verdicts(lot) == {1: Verdict.REOPEN, 2: Verdict.ACCEPT, 3: Verdict.LEAVE}


def test_when_every_drawn_row_passes_the_whole_lot_is_accepted() -> None:
    lot = {1: Looked(drawn=1, failed=0), 2: Looked(drawn=0, failed=0)}

    assert set(verdicts(lot).values()) == {Verdict.ACCEPT}


@pytest.mark.parametrize(
    ("on", "week"), [(date(2025, 1, 3), "2025-W01"), (date(2024, 12, 29), "2024-W52"), (date(2024, 12, 30), "2025-W01")]
)
def test_the_week_between_the_years_belongs_to_that_of_its_thursday(on: date, week: str) -> None:
    assert week_of(on) == week


def test_nobody_accepts_what_they_had_a_hand_in() -> None:
    assert not may_accept({1, 2}, person_id=2)
    assert may_accept({1, 2}, person_id=3)
    assert may_accept({1}, person_id=None)


def test_every_move_starts_somewhere_and_every_state_but_void_has_a_way_on() -> None:
    assert set(CLEARING) == set(L)
    assert {state for state in ListState if not moves_of_list(state)} == {ListState.VOID}
