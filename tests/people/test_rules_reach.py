# SPDX-License-Identifier: Apache-2.0
"""Covers = within: what ``may`` decides for one thing is what the filters of ``arms`` find in a list."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from jiayuan.cases.access import May
from jiayuan.kernel.access import Actor, Area, Grant, Permission, Scope, Spot, arms, holds, may, role, roles

COUNTIES = ("990101", "990121")
TOWNS = tuple(county + town for county in COUNTIES for town in ("001", "100"))
VILLAGES = tuple(town + village for town in TOWNS for village in ("001", "200"))
AREAS = (
    "990100000000",
    *(county + "000000" for county in COUNTIES),
    *(town + "000" for town in TOWNS),
    *VILLAGES,
)
UNITS = (1, 2, 3)
PERMISSIONS = tuple(value for value in vars(May).values() if isinstance(value, Permission))


@dataclass(frozen=True)
class Row:
    """A row of a scoped table, as the database holds it."""

    county: str
    town: str
    village: str
    unit_id: int | None


def row_at(village: str, unit_id: int | None) -> Row:
    return Row(county=village[:6], town=village[:9], village=village, unit_id=unit_id)


def found(row: Row, actor: Actor, permission: Permission) -> bool:
    """Whether any of the actor's filters finds the row: plain equality on a column, as the database does it."""
    return any(
        all(getattr(row, column) == value for column, value in arm.lookup.items()) for arm in arms(actor, permission)
    )


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    code = draw(st.sampled_from([one.code for one in roles()]))
    unit = draw(st.sampled_from(UNITS)) if role(code).scope is Scope.UNIT else None
    return Grant(role=code, area=Area(draw(st.sampled_from(AREAS))), unit_id=unit)


ACTORS = st.lists(grants(), max_size=4).map(lambda held: Actor(account_id=1, grants=tuple(held)))


@given(ACTORS, st.sampled_from(PERMISSIONS), st.sampled_from(VILLAGES), st.sampled_from((None, *UNITS)))
def test_what_may_be_done_to_one_thing_is_what_the_list_finds(
    actor: Actor, permission: Permission, village: str, unit_id: int | None
) -> None:
    spot = Spot(code=village, unit_id=unit_id)

    assert may(actor, permission, at=spot) == found(row_at(village, unit_id), actor, permission)


@given(ACTORS, st.sampled_from(PERMISSIONS))
def test_no_filter_repeats_what_another_finds(actor: Actor, permission: Permission) -> None:
    held = arms(actor, permission)

    for village in VILLAGES:
        areal = [arm for arm in held if arm.column != "unit_id" and arm.holds(Spot(code=village))]
        assert len(areal) <= 1


@given(ACTORS, st.sampled_from(PERMISSIONS), st.sampled_from(VILLAGES), st.sampled_from((None, *UNITS)))
def test_one_more_post_never_takes_a_permission_away(
    actor: Actor, permission: Permission, village: str, unit_id: int | None
) -> None:
    spot = Spot(code=village, unit_id=unit_id)
    fewer = Actor(account_id=1, grants=actor.grants[:-1])

    assert may(actor, permission, at=spot) or not may(fewer, permission, at=spot)


@given(ACTORS, st.sampled_from(PERMISSIONS))
def test_a_menu_offers_only_what_some_place_allows(actor: Actor, permission: Permission) -> None:
    somewhere = any(
        may(actor, permission, at=Spot(code=village, unit_id=unit)) for village in VILLAGES for unit in (None, *UNITS)
    )

    assert holds(actor, permission) == somewhere


def test_a_unit_role_gives_nothing_over_its_area() -> None:
    grant = Grant(role="handler", area=Area("990101001000"), unit_id=1)
    handler = Actor(account_id=1, grants=(grant,))

    assert may(handler, May.SEE, at=Spot(code="990121100200", unit_id=1))
    assert not may(handler, May.SEE, at=Spot(code="990101001001", unit_id=2))
    assert not may(handler, May.SEE, at=Spot(code="990101001001"))


def test_a_unit_role_without_a_unit_gives_nothing_at_all() -> None:
    handler = Actor(account_id=1, grants=(Grant(role="handler", area=Area("990100000000")),))

    assert not may(handler, May.SEE, at=Spot(code="990101001001"))


def test_a_role_that_no_longer_exists_gives_nothing() -> None:
    former = Actor(account_id=1, grants=(Grant(role="postmaster", area=Area("990100000000")),))

    assert arms(former, May.SEE) == ()
