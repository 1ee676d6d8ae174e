# SPDX-License-Identifier: Apache-2.0
"""The formulas of the indicators against published figures of real cities, and how numbers are said."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.cases.rules import figures
from jiayuan.cases.rules.figures import (
    CLOSED,
    CLOSED_IN_TIME,
    DUE,
    FILED,
    FILED_PUBLIC,
    FORMULAS,
    Formula,
    Numbers,
    Sum,
    Turn,
    Value,
    at_least_in_chinese,
    in_chinese,
    in_english,
    nearly_in_chinese,
    percentage,
    ranked,
    roundly_in_chinese,
    value_of,
)


def formula(code: str) -> Formula:
    return next(one for one in FORMULAS if one.code == code)


def told(code: str, **numbers: int) -> str | None:
    """An indicator over measures named by their constants."""
    flowed = {getattr(figures, name): n for name, n in numbers.items()}
    return value_of(formula(code), Numbers(flowed=flowed, ever=flowed)).percent


TIANMEN = {"CAME": 1054, "FILED": 996, "DUE": 972, "CLOSED": 911, "CLOSED_IN_TIME": 737, "FILED_PATROL": 953}
DISTRICT = {"CAME": 6423, "DUE": 6026, "CLOSED": 5912, "CLOSED_IN_TIME": 5752}


@pytest.mark.parametrize(
    ("code", "numbers", "published"),
    [
        ("close_rate", TIANMEN, "93.72"),
        ("close_in_time_rate", TIANMEN, "75.82"),
        ("patrol_rate", TIANMEN, "95.68"),
        ("close_rate", {"DUE": 956, "CLOSED": 902}, "94.35"),
        ("close_rate", {"DUE": 16, "CLOSED": 9}, "56.25"),
        ("close_rate", DISTRICT, "98.11"),
        ("close_in_time_rate", DISTRICT, "95.45"),
    ],
)
def test_the_formulas_give_what_tianmen_and_a_district_published(
    code: str, numbers: dict[str, int], published: str
) -> None:
    assert told(code, **numbers) == published


def test_what_was_filed_or_received_in_the_denominator_would_give_another_figure() -> None:
    assert percentage(Fraction(TIANMEN["CLOSED"], TIANMEN["FILED"])) == "91.47"
    assert percentage(Fraction(TIANMEN["CLOSED_IN_TIME"], TIANMEN["FILED"])) == "74.00"
    assert percentage(Fraction(DISTRICT["CLOSED"], DISTRICT["CAME"])) == "92.04"


def test_nothing_due_is_neither_naught_nor_a_hundred_percent() -> None:
    value = value_of(formula("close_rate"), Numbers())

    assert (value.rate, value.percent, value.of) == (None, None, 0)


def test_every_rate_is_undefined_over_nothing_and_every_plain_number_is_nought() -> None:
    values = [value_of(one, Numbers()) for one in FORMULAS]

    assert {value.percent for value in values} == {None}
    assert {value.n for value in values} == {0}


def test_whoever_has_nothing_due_stands_in_no_ranking_and_few_are_not_compared() -> None:
    values = {
        "good": Value(code="close_rate", n=99, of=100),
        "bad": Value(code="close_rate", n=40, of=100),
        "idle": Value(code="close_rate", n=0, of=0),
        "small": Value(code="close_rate", n=3, of=3),
        "tied": Value(code="close_rate", n=198, of=200),
    }

    told = ranked(values, Turn.HIGHER)

    assert told.ranked == ("good", "tied", "bad")
    assert (told.few, told.none) == (("small",), ("idle",))
    assert ranked(values, Turn.LOWER).ranked == ("bad", "good", "tied")


def test_halves_are_rounded_up_and_no_binary_fraction_is_involved() -> None:
    assert percentage(Fraction(1, 8)) == "12.50"
    assert percentage(Fraction(100_005, 1_000_000)) == "10.00"
    assert percentage(Fraction(10_005, 100_000)) == "10.01"
    assert percentage(Fraction(1)) == "100.00"


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_percentage_is_never_off_by_more_than_half_of_its_last_place(n: int, of: int) -> None:
    exact = Fraction(n, of)

    assert abs(Fraction(percentage(exact)) / 100 - exact) <= Fraction(1, 20_000)


@pytest.mark.parametrize(
    ("filed", "public", "due", "closed", "in_time", "points"),
    [
        (2, 0, 2, 2, 2, "98.00"),  # 10 + 18 + 30 + 40: a perfect area must not score nought
        (4, 4, 4, 0, 0, "15.00"),  # all found by the public, nothing closed: only the number filed is left
        (100, 25, 96, 90, 72, "65.63"),  # 7.5 + 0 + 28.125 + 30
        (0, 0, 5, 5, 5, None),
        (5, 1, 0, 0, 0, None),
    ],
)
def test_the_area_index_weighs_its_parts_and_is_undefined_with_a_hole(
    filed: int, public: int, due: int, closed: int, in_time: int, points: str | None
) -> None:
    flowed = {FILED: filed, FILED_PUBLIC: public, DUE: due, CLOSED: closed, CLOSED_IN_TIME: in_time}

    assert value_of(formula("area_index"), Numbers(flowed=flowed)).percent == points


def test_the_commonest_classes_share_is_over_all_classes() -> None:
    by_class = {f"R0{n}": {figures.FILED: n} for n in (1, 2, 3, 4)}

    value = value_of(formula("top_classes"), Numbers(flowed={figures.FILED: 10}, by_class=by_class))

    assert (value.n, value.of, value.percent) == (9, 10, "90.00")


def test_what_is_overdue_counts_from_before_the_period_too() -> None:
    numbers = Numbers(flowed={figures.DUE: 2}, ever={figures.DUE: 7, figures.HANDLED: 4})

    assert value_of(formula("overdue"), numbers).n == 3


def test_sums_take_off_what_is_to_be_taken_off() -> None:
    assert Sum(("a", "b"), ("c",)).of({"a": 5, "c": 2}) == 3


@pytest.mark.parametrize(
    ("n", "unit", "words"),
    [
        (14_200, "个", "1.42万个"),
        (12_100, "个", "1.21万个"),
        (11_900, "处", "1.19万处"),
        (25_201, "个", "2.52万余个"),
        (25_299, "个", "2.52万余个"),
        (25_300, "个", "2.53万个"),
        (5_240, "项", "5240项"),
        (6_400_000, "人次", "640万人次"),
        (10_001, "个", "1万余个"),
        (9_999, "个", "9999个"),
        (0, "个", "0个"),
    ],
)
def test_large_numbers_are_cut_off_after_two_decimals_and_say_that_something_is_left(
    n: int, unit: str, words: str
) -> None:
    assert in_chinese(n, unit) == words


@given(st.integers(10_000, 10**9))
def test_what_is_said_is_never_more_than_there_is_and_less_than_a_hundred_short(n: int) -> None:
    words = in_chinese(n, "")
    digits, more = words.removesuffix("余").removesuffix("万"), words.endswith("余")

    told = Fraction(digits) * 10_000
    assert told <= n < told + 100
    assert more is (told != n)


def test_the_other_ways_in_which_releases_say_a_number() -> None:
    assert in_chinese(25_250, "個", traditional=True) == "2.52萬餘個"
    assert in_english(25_250) == "more than 25,200"
    assert in_english(14_200) == "14,200"
    assert roundly_in_chinese(213, "份", step=100) == "200余份"
    assert roundly_in_chinese(2_345, "份", step=1_000) == "2000余份"
    assert roundly_in_chinese(24, "场次", step=10) == "20多场次"
    assert roundly_in_chinese(1_200, "次", step=100) == "1200次"
    assert nearly_in_chinese(9_500, 10_000, "名") == "近1万名"
    assert nearly_in_chinese(9_499, 10_000, "名") == "9499名"
    assert nearly_in_chinese(10_000, 10_000, "名") == "1万名"
    assert at_least_in_chinese(79) == "79%以上"
