# SPDX-License-Identifier: Apache-2.0
"""Entries in the order in which people number them, what changed between two versions, what contradicts itself."""

from jiayuan.duties.rules import contradictions, differences, in_order
from tests.duties.lists import DUST, RUBBISH, entry


def test_two_point_nine_comes_before_two_point_ten() -> None:
    entries = [entry(key=key) for key in ("2.10", "10.1", "2.9", "A1", "2.9.1")]

    assert [one.key for one in in_order(entries)] == ["2.9", "2.9.1", "2.10", "10.1", "A1"]


def test_a_difference_names_what_changed_in_an_entry_and_nothing_else() -> None:
    before = [entry(key="1"), entry(key="2"), entry(key="3")]
    after = [entry(key="1"), entry(key="2", task="道路冲洗", lead="YX-CG"), entry(key="4")]

    found = differences(before, after)

    assert [(one.key, one.names, one.before is None, one.after is None) for one in found] == [
        ("2", ("task", "lead"), False, False),
        ("3", (), False, True),
        ("4", (), True, False),
    ]


def test_the_order_of_entries_is_no_difference() -> None:
    entries = [entry(key="1"), entry(key="2")]

    assert differences(entries, entries[::-1]) == []


def test_a_class_that_is_taken_back_and_left_with_the_towns_is_a_contradiction() -> None:
    taken = entry(key="2.3", part="taken_back", lead="YX-CG", classes=(DUST,))
    left = entry(key="2.1", classes=(RUBBISH, DUST))

    found = list(contradictions([left, taken]))

    assert [(one.class_key, one.taken_back, one.left) for one in found] == [(DUST, "2.3", "2.1")]
    assert list(contradictions([taken, entry(key="2.1", classes=(RUBBISH,))])) == []
