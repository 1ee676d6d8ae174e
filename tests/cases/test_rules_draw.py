# SPDX-License-Identifier: Apache-2.0
"""Drawing who checks: the same seed draws the same person, everybody gets a share, and nobody four times running."""

from collections import Counter
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from jiayuan.cases.rules import digest_of, draw

people = st.sets(st.integers(min_value=1, max_value=10_000), max_size=30)
seeds = st.text(alphabet="0123456789abcdef", min_size=32, max_size=32)


@given(seed=seeds, able=people, barred=people)
def test_the_draw_can_be_repeated_and_never_falls_on_anybody_barred(
    seed: str, able: set[int], barred: set[int]
) -> None:
    lot = draw(seed=seed, able=able, barred=barred, latest=())

    assert lot == draw(seed=seed, able=sorted(able, reverse=True), barred=barred, latest=())
    assert lot.eligible == tuple(sorted(able - barred))
    assert lot.person_id in lot.eligible or (lot.person_id is None and not lot.eligible)


def test_the_algorithm_is_the_one_that_is_written_down() -> None:
    lots = {person: sha256(f"00ff:{person}".encode()).hexdigest() for person in (11, 12, 13)}

    lot = draw(seed="00ff", able=(11, 12, 13), barred=(), latest=())

    assert lot.person_id == min(lots, key=lambda person: lots[person])
    assert digest_of(lot.eligible) == sha256(b"11\n12\n13").hexdigest()


def test_over_many_seeds_everybody_is_drawn_about_equally_often() -> None:
    drawn = Counter(
        draw(seed=f"{number:032x}", able=range(1, 6), barred=(), latest=()).person_id for number in range(2000)
    )

    assert set(drawn) == {1, 2, 3, 4, 5}
    assert all(320 < n < 480 for n in drawn.values())


@given(seed=seeds, able=st.sets(st.integers(min_value=1, max_value=9), min_size=2))
def test_whoever_checked_a_unit_three_times_running_rests(seed: str, able: set[int]) -> None:
    tired = min(able)

    lot = draw(seed=seed, able=able, barred=(), latest=(tired, tired, tired))

    assert lot.person_id != tired
    assert not lot.relaxed


def test_twice_or_with_somebody_between_is_not_three_times_running() -> None:
    assert draw(seed="a", able=(1,), barred=(), latest=(1, 1)).relaxed is False
    assert draw(seed="a", able=(1,), barred=(), latest=(1, 2, 1, 1)).relaxed is False
    assert draw(seed="a", able=(1,), barred=(), latest=(None, None, None)).relaxed is False


def test_the_rule_of_three_gives_way_before_nobody_checks_and_that_is_said() -> None:
    lot = draw(seed="a", able=(1,), barred=(), latest=(1, 1, 1))

    assert (lot.person_id, lot.eligible, lot.relaxed) == (1, (1,), True)


def test_when_nobody_is_left_nobody_is_drawn() -> None:
    lot = draw(seed="a", able=(1, 2), barred=(1, 2), latest=())

    assert (lot.person_id, lot.eligible, lot.relaxed) == (None, (), False)
