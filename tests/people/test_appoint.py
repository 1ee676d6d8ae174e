# SPDX-License-Identifier: Apache-2.0
"""Giving posts: to whom, where, by whom, and what the record keeps."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from jiayuan.cases.access import May
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.people.models import Post
from jiayuan.people.queries import actor_for
from jiayuan.people.services import appoint, end_post
from jiayuan.places import queries as places
from jiayuan.record.models import Secret, StoredEvent
from tests.cast import (
    CITY,
    COMMUNITY,
    DISTRICT,
    MORNING,
    NEXT_DISTRICT,
    STREET,
    STREET_OFFICE,
    SYSTEM,
    Cast,
    Part,
    enter,
)

TODAY = MORNING.date()
HERE = Spot(code=COMMUNITY)


def make_acceptor(cast: Cast, *, by: Actor, area: str = DISTRICT, starts_on: date = TODAY) -> Post:
    person_id = cast["volunteer"].person_id
    return appoint(person_id=person_id, role="acceptor", area=area, starts_on=starts_on, by=by, at=MORNING)


def test_an_appointed_person_may_do_what_the_role_allows_from_the_first_day_on(cast: Cast) -> None:
    make_acceptor(cast, by=cast["administrator"].actor, starts_on=TODAY + timedelta(days=3))
    volunteer = cast["volunteer"].account.pk

    assert not may(actor_for(volunteer, on=TODAY), May.TRIAGE, at=HERE)
    assert may(actor_for(volunteer, on=TODAY + timedelta(days=3)), May.TRIAGE, at=HERE)


def test_the_record_says_which_post_and_keeps_the_person_in_the_salted_part(cast: Cast) -> None:
    post = make_acceptor(cast, by=cast["administrator"].actor)

    event = StoredEvent.objects.get(kind="people.appointed", subject_id=post.pk)
    assert '"role":"acceptor"' in event.payload
    assert "person" not in event.payload
    assert f'"person":{cast["volunteer"].person_id}' in Secret.objects.get(position=event.position).body


def test_nobody_appoints_themselves(cast: Cast) -> None:
    administrator = cast["administrator"]

    with pytest.raises(Refused) as refused:
        appoint(
            person_id=administrator.person_id,
            role="acceptor",
            area=DISTRICT,
            starts_on=TODAY,
            by=administrator.actor,
            at=MORNING,
        )

    assert (refused.value.code, refused.value.field) == ("own_post", "person")


@pytest.mark.parametrize("part", ["resident", "acceptor", "auditor", "mayor", "outsider"])
def test_only_administrators_appoint(cast: Cast, part: str) -> None:
    with pytest.raises(NotPermitted):
        make_acceptor(cast, by=cast[part].actor)


def test_an_administrator_of_one_district_appoints_nobody_in_the_next(cast: Cast) -> None:
    local = enter(Part(username="区管理员", name="金立秋", role="administrator", area=DISTRICT))

    make_acceptor(cast, by=local.actor)
    with pytest.raises(NotPermitted):
        make_acceptor(cast, by=local.actor, area=NEXT_DISTRICT)
    with pytest.raises(NotPermitted):
        make_acceptor(cast, by=local.actor, area=CITY)


def test_a_handler_needs_an_organisation(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        appoint(
            person_id=cast["volunteer"].person_id,
            role="handler",
            area=STREET,
            starts_on=TODAY,
            by=cast["administrator"].actor,
            at=MORNING,
        )

    assert refused.value.field == "organisation"


@pytest.mark.parametrize("area", ["990199000000", "9901", "", "x" * 12])
def test_an_area_that_is_none_is_refused(cast: Cast, area: str) -> None:
    with pytest.raises(Refused) as refused:
        make_acceptor(cast, by=SYSTEM, area=area)

    assert refused.value.field == "area"


def test_a_role_that_is_none_is_refused(cast: Cast) -> None:
    person_id = cast["volunteer"].person_id

    with pytest.raises(Refused) as refused:
        appoint(person_id=person_id, role="emperor", area=DISTRICT, starts_on=TODAY, by=SYSTEM, at=MORNING)

    assert refused.value.field == "role"


def test_a_post_that_is_held_already_is_refused(cast: Cast) -> None:
    make_acceptor(cast, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        make_acceptor(cast, by=SYSTEM, starts_on=TODAY + timedelta(days=30))

    assert refused.value.code == "already_held"


def test_a_post_that_ended_can_be_held_again(cast: Cast) -> None:
    post = make_acceptor(cast, by=SYSTEM)
    end_post(post_id=post.pk, ends_on=TODAY, by=SYSTEM, at=MORNING)

    again = make_acceptor(cast, by=SYSTEM, starts_on=TODAY + timedelta(days=1))

    assert again.pk != post.pk


def test_the_same_role_in_two_units_is_two_posts(cast: Cast) -> None:
    street = places.organisation_by_code(STREET_OFFICE)
    assert street is not None

    post = appoint(
        person_id=cast["bureau"].person_id,
        role="handler",
        area=CITY,
        organisation_id=street.id,
        starts_on=TODAY,
        by=SYSTEM,
        at=MORNING,
    )

    assert street.id in cast["bureau"].actor.unit_ids
    assert post.organisation_id == street.id


def test_the_last_day_does_not_lie_before_the_first(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        appoint(
            person_id=cast["volunteer"].person_id,
            role="acceptor",
            area=DISTRICT,
            starts_on=TODAY,
            ends_on=TODAY - timedelta(days=1),
            by=SYSTEM,
            at=MORNING,
        )

    assert refused.value.field == "ends_on"
    assert "2025" in str(refused.value.message)


def test_the_database_refuses_it_too(cast: Cast) -> None:
    person_id = cast["volunteer"].person_id

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            person_id=person_id, role="acceptor", area=DISTRICT, starts_on=TODAY, ends_on=TODAY - timedelta(days=1)
        )


def test_a_forgotten_person_gets_no_post(cast: Cast) -> None:
    from_nobody = cast["volunteer"].person_id + 10_000

    with pytest.raises(Refused) as refused:
        appoint(person_id=from_nobody, role="acceptor", area=DISTRICT, starts_on=TODAY, by=SYSTEM, at=MORNING)

    assert refused.value.field == "person"
