# SPDX-License-Identifier: Apache-2.0
"""Who is told when something waits at a place."""

from datetime import timedelta

import pytest

from jiayuan.cases.access import May
from jiayuan.kernel.access import Permission, Spot, may
from jiayuan.people.models import Account
from jiayuan.people.queries import accounts_with
from jiayuan.places import queries as places
from tests.cast import COMMUNITY, MORNING, NEXT_VILLAGE, STREET_OFFICE, Cast

PERMISSIONS = [value for value in vars(May).values() if isinstance(value, Permission)]


def test_an_acceptor_is_told_of_the_own_district_and_not_of_the_next(cast: Cast) -> None:
    told = accounts_with(May.TRIAGE, spot=Spot(code=COMMUNITY), on=MORNING.date())

    assert cast["acceptor"].account.pk in told
    assert cast["outsider"].account.pk not in told


def test_only_the_unit_that_has_it_is_told(cast: Cast) -> None:
    street = places.organisation_by_code(STREET_OFFICE)
    assert street is not None

    told = accounts_with(May.HANDLE, spot=Spot(code=COMMUNITY, unit_id=street.id), on=MORNING.date())

    assert set(told) == {cast["street_office"].account.pk, cast["unit_lead"].account.pk}


@pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda one: one.code)
def test_whoever_is_told_may_and_whoever_may_is_told(cast: Cast, permission: Permission) -> None:
    street = places.organisation_by_code(STREET_OFFICE)
    assert street is not None

    for spot in (Spot(code=COMMUNITY), Spot(code=COMMUNITY, unit_id=street.id), Spot(code=NEXT_VILLAGE)):
        may_do = {member.account.pk for member in cast.members.values() if may(member.actor, permission, at=spot)}
        assert set(accounts_with(permission, spot=spot, on=MORNING.date())) == may_do


def test_closed_accounts_and_ended_posts_are_not_told(cast: Cast) -> None:
    Account.objects.filter(pk=cast["acceptor"].account.pk).update(is_active=False)

    assert cast["acceptor"].account.pk not in accounts_with(May.TRIAGE, spot=Spot(code=COMMUNITY), on=MORNING.date())
    before = MORNING.date() - timedelta(days=30)
    assert accounts_with(May.TRIAGE, spot=Spot(code=COMMUNITY), on=before) == []
