# SPDX-License-Identifier: Apache-2.0
"""Households: a head, members, and from when to when."""

from datetime import date

import pytest

from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.people.models import Household, Membership
from jiayuan.people.services import form_household, join_household, leave_household
from tests.cast import COMMUNITY, MORNING, NEXT_VILLAGE, Cast

NEW_YEAR, SPRING = date(2025, 1, 1), date(2025, 4, 5)


def home_of(cast: Cast, *, part: str = "resident", by: str = "village_clerk", village: str = COMMUNITY) -> Household:
    return form_household(
        village=village,
        head_id=cast[part].person_id,
        door="三组 12 号",
        starts_on=NEW_YEAR,
        by=cast[by].actor,
        at=MORNING,
    )


def join(cast: Cast, home: Household) -> None:
    join_household(
        household_id=home.pk,
        person_id=cast["volunteer"].person_id,
        starts_on=NEW_YEAR,
        by=cast["village_clerk"].actor,
        at=MORNING,
    )


def leave(cast: Cast, home: Household, *, ends_on: date = SPRING) -> None:
    leave_household(
        household_id=home.pk,
        person_id=cast["volunteer"].person_id,
        ends_on=ends_on,
        by=cast["village_clerk"].actor,
        at=MORNING,
    )


def test_the_clerk_enters_the_village_s_households(cast: Cast) -> None:
    home = home_of(cast)
    join(cast, home)

    assert home.memberships.filter(ends_on=None).count() == 2
    assert (home.county, home.town, home.village) == ("990101", "990101001", COMMUNITY)


def test_the_clerk_enters_none_of_another_village(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        home_of(cast, village=NEXT_VILLAGE)


def test_nobody_belongs_to_two_households_at_once(cast: Cast) -> None:
    home = home_of(cast)
    join(cast, home)

    with pytest.raises(Refused) as refused:
        home_of(cast, part="volunteer")

    assert refused.value.code == "in_household"


def test_whoever_left_can_have_a_household_of_their_own(cast: Cast) -> None:
    home = home_of(cast)
    join(cast, home)

    leave(cast, home)

    assert home_of(cast, part="volunteer").pk != home.pk
    assert Membership.objects.get(household=home, person_id=cast["volunteer"].person_id).ends_on == SPRING


def test_nobody_leaves_before_they_came(cast: Cast) -> None:
    home = home_of(cast)
    join(cast, home)

    with pytest.raises(Refused) as refused:
        leave(cast, home, ends_on=date(2024, 12, 31))

    assert refused.value.field == "ends_on"


def test_nobody_leaves_where_they_do_not_belong(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        leave(cast, home_of(cast))

    assert refused.value.code == "no_member"
