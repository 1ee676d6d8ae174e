# SPDX-License-Identifier: Apache-2.0
"""What cases hold of a person goes when the person is forgotten, or when nobody needs it any more."""

from datetime import timedelta

import pytest

from jiayuan.cases import services
from jiayuan.cases.enums import State
from jiayuan.cases.models import Case, Contact, Text
from jiayuan.kernel.access import Actor
from jiayuan.people import services as people
from jiayuan.people.models import Person
from jiayuan.record import readers
from tests.cast import MORNING, SYSTEM
from tests.factories.cases import case, report

pytestmark = pytest.mark.usefixtures("ground")
A_YEAR = timedelta(days=365)


def test_forgetting_a_person_empties_their_cases_and_keeps_them() -> None:
    person = Person.objects.create(name="张三", phone="")
    author = Actor(person_id=person.pk)
    theirs = report(
        by=author, text="塘边有一堆垃圾", place_text="我家屋后", contact_name="张三", contact_phone="13900000000"
    )
    others = report(text="别人的话", contact_name="李四")

    people.forget_person(person_id=person.pk, by=SYSTEM, at=MORNING)
    readers.relay(MORNING)

    left = Case.objects.get(pk=theirs.pk)
    assert left.reporter is None
    assert left.state == State.REPORTED
    assert not Contact.objects.filter(case=theirs).exists()
    assert not Text.objects.filter(case=theirs).exists()
    assert Contact.objects.filter(case=others).exists()
    assert Text.objects.filter(case=others).exists()


def test_contacts_go_a_year_after_the_end() -> None:
    ended = case(State.CLOSED, contact_name="张三")
    open_one = case(State.HANDLING, contact_name="李四")
    assert ended.ended_at is not None

    on_the_day = services.erase_old_contacts(by=SYSTEM, at=ended.ended_at + A_YEAR)
    a_second_later = services.erase_old_contacts(by=SYSTEM, at=ended.ended_at + A_YEAR + timedelta(seconds=1))

    assert (on_the_day, a_second_later) == (0, 1)
    assert Contact.objects.filter(case=open_one).exists()
