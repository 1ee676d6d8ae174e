# SPDX-License-Identifier: Apache-2.0
"""The draw: the same list and seed give the same places, whoever draws; exclusions stay out; nobody chooses."""

from collections import Counter
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jiayuan.inspections.rules import (
    ALGORITHM,
    Frame,
    Line,
    assign,
    digest_of,
    draw,
    frame_from,
    listing_of,
    sample,
    stands_for,
)

CODES = some.integers(0, 999).map(lambda n: f"990101{n:06d}")
STRATA = ("主干道", "偏远", "990101001")
SEEDS = some.text("0123456789abcdef", min_size=1, max_size=32)


@some.composite
def frames(make: some.DrawFn) -> Frame:
    codes = make(some.lists(CODES, unique=True, max_size=40))
    lines = tuple(
        Line(
            code=code, stratum=make(some.sampled_from(STRATA)), excluded=make(some.sampled_from(["", "", "", "works"]))
        )
        for code in codes
    )
    return Frame(lines=lines, quotas={name: make(some.integers(0, 5)) for name in STRATA})


@given(frames(), SEEDS, some.randoms(use_true_random=False))
def test_the_same_list_and_seed_draw_the_same_places_in_whatever_order_the_list_was_put_together(
    frame: Frame, seed: str, dice: Random
) -> None:
    shuffled = list(frame.lines)
    dice.shuffle(shuffled)
    again = Frame(lines=tuple(shuffled), quotas=dict(list(frame.quotas.items())[::-1]))

    assert listing_of(again) == listing_of(frame)
    assert draw(again, seed) == draw(frame, seed)


@given(frames(), SEEDS)
def test_a_draw_can_be_repeated_from_the_sealed_list_alone(frame: Frame, seed: str) -> None:
    sealed = listing_of(frame)

    assert draw(frame_from(sealed), seed) == draw(frame, seed)
    assert listing_of(frame_from(sealed)) == sealed


@given(frames(), SEEDS)
def test_every_stratum_gives_its_number_or_all_it_has_and_nobody_who_is_excluded(frame: Frame, seed: str) -> None:
    drawn = draw(frame, seed)
    able = Counter(line.stratum for line in frame.lines if not line.excluded)

    assert Counter(line.stratum for line in drawn) == +Counter(
        {name: min(n, able[name]) for name, n in frame.quotas.items()}
    )
    assert len({line.code for line in drawn}) == len(drawn)
    assert not any(line.excluded for line in drawn)
    # What each drawn place stands for adds up to the places that took part, where any of them was drawn.
    weights = stands_for(frame, drawn)
    for name in {line.stratum for line in drawn}:
        assert sum(weights[line.code] for line in drawn if line.stratum == name) == able[name]


@given(frames(), SEEDS)
def test_excluding_a_place_that_was_not_drawn_changes_nothing(frame: Frame, seed: str) -> None:
    drawn = draw(frame, seed)
    left = [line for line in frame.lines if line not in drawn]
    if not left:
        return
    out = Line(code=left[0].code, stratum=left[0].stratum, excluded="works")
    fewer = Frame(lines=tuple(out if line == left[0] else line for line in frame.lines), quotas=frame.quotas)

    assert draw(fewer, seed) == drawn


def test_the_key_of_a_place_is_what_a_shell_says() -> None:
    frame = Frame(lines=tuple(Line(code=code, stratum="x") for code in ("a", "b", "c")), quotas={"x": 3})
    by_hand = sorted("abc", key=lambda code: sha256(f"seed:{code}".encode()).hexdigest())

    assert [line.code for line in draw(frame, "seed")] == by_hand


def test_every_place_is_drawn_about_as_often_as_any_other() -> None:
    frame = Frame(lines=tuple(Line(code=str(n), stratum="x") for n in range(10)), quotas={"x": 3})

    often = Counter(line.code for seed in range(2000) for line in draw(frame, str(seed)))
    assert all(500 < n < 700 for n in often.values())


@pytest.mark.parametrize("text", ["", "x", "jiayuan-draw-0\n", f"{ALGORITHM}", f"{ALGORITHM}\na\tb\n"])
def test_a_text_that_is_no_sealed_list_is_not_drawn_from(text: str) -> None:
    with pytest.raises(ValueError, match=r"list of|not enough"):
        frame_from(text)


def test_a_list_that_was_changed_by_one_place_has_another_digest() -> None:
    frame = Frame(lines=(Line(code="1", stratum="x"),), quotas={"x": 1})
    other = Frame(lines=(Line(code="1", stratum="x", excluded="works"),), quotas={"x": 1})

    assert digest_of(listing_of(frame)) != digest_of(listing_of(other))


# ── who inspects ──────────────────────────────────────────────────────────────────────────────────────────────────


@given(SEEDS, some.dictionaries(CODES, some.sets(some.integers(1, 6)), max_size=30))
def test_whoever_inspects_was_able_to_and_nobody_is_left_without_where_somebody_is(
    seed: str, able: dict[str, set[int]]
) -> None:
    found = assign(seed, able)

    assert found == assign(seed, able)
    assert set(found) == set(able)
    assert all((person in able[code]) if able[code] else person is None for code, person in found.items())


def test_the_places_are_shared_out_evenly() -> None:
    found = assign("seed", {str(n): {1, 2, 3} for n in range(30)})

    assert Counter(found.values()) == {1: 10, 2: 10, 3: 10}


@given(SEEDS, some.sets(CODES, max_size=40), some.integers(1, 100))
def test_a_sample_is_its_share_rounded_up_and_holds_whatever_must_be_looked_at(
    seed: str, names: set[str], percent: int
) -> None:
    always = {name for name in names if name.endswith("7")}
    found = sample(seed, names, percent=percent, always=always)
    rest = len(names - always)

    assert set(found) >= always
    assert len(found) == len(set(found)) == len(always) + -(-rest * percent // 100)
