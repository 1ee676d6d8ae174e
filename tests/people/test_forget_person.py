# SPDX-License-Identifier: Apache-2.0
"""Forgetting: what goes, what stays, and who may ask for it."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.people.models import Account, Person
from jiayuan.people.queries import person_name
from jiayuan.people.services import end_post, forget_person, open_account
from jiayuan.record.models import Secret, StoredEvent
from tests.cast import DISTRICT, MORNING, PASSWORD, SYSTEM, Cast, Part, enter


@pytest.fixture
def zhao(cast: Cast) -> Account:
    return open_account(
        username="赵小雪",
        password=PASSWORD,
        name="赵小雪",
        phone="13800138000",
        email="zhao@example.org",
        by=cast["administrator"].actor,
        at=MORNING,
    )


def test_name_number_address_and_log_in_are_gone(cast: Cast, zhao: Account) -> None:
    assert zhao.person_id is not None

    forget_person(person_id=zhao.person_id, by=cast["administrator"].actor, at=MORNING)

    person, account = Person.objects.get(pk=zhao.person_id), Account.objects.get(pk=zhao.pk)
    assert (person.name, person.phone, person.forgotten_at) == ("", "", MORNING)
    assert (account.email, account.phone, account.is_active) == ("", "", False)
    assert "赵" not in account.username
    assert not EmailAddress.objects.filter(user=account).exists()
    assert person_name(zhao.person_id) == ""
    assert not Client().login(username="赵小雪", password=PASSWORD)


def test_the_events_stand_and_their_keys_are_gone(cast: Cast, zhao: Account) -> None:
    assert zhao.person_id is not None
    opened = StoredEvent.objects.get(kind="people.account_opened", subject_id=zhao.pk)
    before = (opened.payload, bytes(opened.leaf))

    forget_person(person_id=zhao.person_id, by=cast["administrator"].actor, at=MORNING)

    opened.refresh_from_db()
    assert (opened.payload, bytes(opened.leaf)) == before
    assert not Secret.objects.filter(position=opened.position).exists()


def test_other_peoples_keys_stay(cast: Cast, zhao: Account) -> None:
    assert zhao.person_id is not None
    keys = Secret.objects.count()

    forget_person(person_id=zhao.person_id, by=cast["administrator"].actor, at=MORNING)

    # One key goes (the account's opening), one comes (the forgetting).
    assert Secret.objects.count() == keys
    appointed = StoredEvent.objects.filter(kind="people.appointed").values("position")
    assert Secret.objects.filter(position__in=appointed).count() == len(appointed)


def test_people_may_have_themselves_forgotten_and_leave_no_trace_by_it(cast: Cast) -> None:
    resident = cast["resident"]

    forget_person(person_id=resident.person_id, by=resident.actor, at=MORNING)

    forgotten = StoredEvent.objects.get(kind="people.forgotten")
    assert Secret.objects.get(position=forgotten.position).person_id is None
    assert not Secret.objects.filter(person_id=resident.person_id).exists()


@pytest.mark.parametrize("part", ["volunteer", "acceptor", "auditor", "mayor"])
def test_nobody_has_others_forgotten_without_the_permission(cast: Cast, part: str) -> None:
    with pytest.raises(NotPermitted):
        forget_person(person_id=cast["resident"].person_id, by=cast[part].actor, at=MORNING)


def test_it_takes_the_permission_over_the_whole_city(cast: Cast) -> None:
    local = enter(Part(username="区管理员", name="金立秋", role="administrator", area=DISTRICT))

    with pytest.raises(NotPermitted):
        forget_person(person_id=cast["resident"].person_id, by=local.actor, at=MORNING)


def test_whoever_holds_a_post_is_not_forgotten_until_it_has_ended(cast: Cast) -> None:
    checker = cast["checker"]

    with pytest.raises(Refused) as refused:
        forget_person(person_id=checker.person_id, by=SYSTEM, at=MORNING)
    assert refused.value.code == "holds_post"

    post_id = checker.actor.grants[0].post_id
    assert post_id is not None
    yesterday = MORNING.date().replace(day=2)
    end_post(post_id=post_id, ends_on=yesterday, by=SYSTEM, at=MORNING)
    forget_person(person_id=checker.person_id, by=SYSTEM, at=MORNING)


def test_nobody_is_forgotten_twice(cast: Cast, zhao: Any) -> None:
    forget_person(person_id=zhao.person_id, by=SYSTEM, at=MORNING)

    with pytest.raises(Refused):
        forget_person(person_id=zhao.person_id, by=SYSTEM, at=MORNING)
