# SPDX-License-Identifier: Apache-2.0
"""Areas and actors that are not what they seem give nothing. That covers = within is tested with the real roles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.cases.access import May
from jiayuan.kernel.access import ANONYMOUS, Actor, Area, Arm, Grant, Permission, Spot, arms, holds, may, require, role
from jiayuan.kernel.errors import NotPermitted

SPOT = Spot(code="990101001001", unit_id=1)
CODES = st.text("0123456789", min_size=12, max_size=12)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "9901",
        "990101",
        "99010100100",
        "9901010010010",
        "99010100100x",
        "９９０１０１００１００１",
        "990101001001\n",
    ],
)
def test_what_is_no_code_of_a_division_is_no_area(code: str) -> None:
    with pytest.raises(ValueError, match="not the code of a division"):
        Area(code)


@pytest.mark.parametrize(
    ("code", "level", "column", "key"),
    [
        ("990100000000", "city", "", "9901"),
        ("990101000000", "county", "county", "990101"),
        ("990101001000", "town", "town", "990101001"),
        ("990101001001", "village", "village", "990101001001"),
    ],
)
def test_the_zeros_of_a_code_name_its_level(code: str, level: str, column: str, key: str) -> None:
    area = Area(code)

    assert (area.level, area.column, area.key) == (level, column, key)


@given(CODES, CODES)
def test_an_area_covers_itself_and_what_begins_with_its_key(one: str, other: str) -> None:
    area = Area(one)

    assert area.covers(one)
    assert area.covers(other) == (other[: len(area.key)] == area.key)


@given(CODES, st.sampled_from(["county", "town", "village"]), st.text("0123456789", max_size=12))
def test_a_filter_holds_only_for_its_whole_value(code: str, column: str, value: str) -> None:
    width = {"county": 6, "town": 9, "village": 12}[column]

    assert Arm(column, value).holds(Spot(code=code)) == (code[:width] == value)


def test_a_visitor_may_nothing() -> None:
    assert arms(ANONYMOUS, May.SEE) == ()
    assert not holds(ANONYMOUS, May.SEE)
    assert not ANONYMOUS.is_staff


def test_the_system_may_everything_and_is_no_staff() -> None:
    system = Actor.system("sweep")

    assert system.is_system
    assert not system.is_staff
    require(system, May.SEE, at=SPOT)


def test_a_person_with_a_name_is_not_the_system() -> None:
    assert not Actor(account_id=1, name="sweep").is_system
    assert not Actor(person_id=1, name="sweep").is_system
    assert not may(Actor(account_id=1, name="sweep"), May.SEE, at=SPOT)


def test_the_system_without_a_name_is_a_visitor() -> None:
    assert not may(Actor.system(""), May.SEE, at=SPOT)


def test_a_unit_role_without_a_unit_is_not_even_offered_in_a_menu() -> None:
    lost = Actor(account_id=1, grants=(Grant(role="handler", area=Area("990100000000")),))

    assert not holds(lost, May.SEE)
    assert not may(lost, May.SEE, at=Spot(code="990101001001", unit_id=-1))


def test_a_refusal_names_the_permission_in_words_and_by_code() -> None:
    with pytest.raises(NotPermitted) as refused:
        require(ANONYMOUS, May.SEE, at=SPOT)

    assert refused.value.facts["permission"] == May.SEE.code
    assert str(May.SEE.sentence) in refused.value.message


def test_permissions_are_the_same_by_their_code_alone() -> None:
    assert Permission("sweep", "Sweep") == Permission("sweep", "Sweep the yard")


def test_the_whole_city_makes_every_other_filter_needless() -> None:
    everywhere = Grant(role="administrator", area=Area("990100000000"))
    wanted = next(iter(role("administrator").permissions))
    street = Grant(role="administrator", area=Area("990101001000"))

    assert arms(Actor(account_id=1, grants=(street, everywhere)), wanted) == (Arm("", ""),)
