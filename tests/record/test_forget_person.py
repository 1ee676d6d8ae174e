# SPDX-License-Identifier: Apache-2.0
"""A person can be forgotten: nothing about them can be read or tried out any more, and every leaf still verifies."""

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

import pytest

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import unit_of_work
from jiayuan.record.events import PersonId, Ref, kinds
from jiayuan.record.log import public_text, record
from jiayuan.record.models import Secret, StoredEvent
from jiayuan.record.queries import happened_to, persons_behind
from jiayuan.record.readers import happened_after
from jiayuan.record.services import forget_person
from tests.conftest import FRIDAY_MORNING
from tests.record import golden
from tests.record.sweeping import BY, Thanked, sweep, thank, wired

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class ThankedToday(Thanked):
    """The second version."""

    V: ClassVar[int] = 2


CLERK = Actor(account_id=12, person_id=5)


def forget(person_id: int) -> int:
    return forget_person(person_id=PersonId(person_id), by=BY, at=FRIDAY_MORNING)


def forgotten_yards() -> list[int]:
    kept = Secret.objects.values("position")
    gone = StoredEvent.objects.exclude(position__in=kept).order_by("position")
    return list(gone.values_list("subject_id", flat=True))


def leaves_verify() -> bool:
    return all(
        bytes(row.leaf) == sha256(b"\x00" + public_text(row).encode() + bytes(row.secret_digest)).digest()
        for row in StoredEvent.objects.all()
    )


def test_what_a_person_did_is_forgotten_and_what_others_did_is_not() -> None:
    with wired():
        sweep(1, by=CLERK)
        sweep(2)
        sweep(3, by=Actor(account_id=5, person_id=12))

        assert forget(5) == 1

    assert forgotten_yards() == [1]
    assert leaves_verify()


@pytest.mark.parametrize("helpers", [(5,), (5, 7), (7, 5), (7, 5, 8)])
def test_who_is_named_in_a_list_is_found_wherever_they_stand(helpers: tuple[int, ...]) -> None:
    with wired():
        thank(1, helpers=helpers)
        thank(2, helpers=(55, 15, 51), sweeper=50)

        forget(5)

    assert forgotten_yards() == [1]


def test_who_is_named_alone_is_found_and_a_longer_number_is_not_taken_for_them() -> None:
    with wired():
        thank(1, sweeper=5, words="thank you")
        thank(2, sweeper=15)
        thank(3, sweeper=51)

        forget(5)

    assert forgotten_yards() == [1]


def test_an_account_with_the_number_of_the_person_is_left_alone() -> None:
    with wired():
        sweep(1, by=Actor(account_id=5, person_id=9))

        assert forget(5) == 0


def test_a_field_that_has_another_name_today_is_found_too() -> None:
    with wired():
        thank(1, sweeper=5)
    Secret.objects.update(body='{"actor":{},"private":{"cleaner":5}}')

    def renamed(values: dict[str, object]) -> tuple[str, int, dict[str, object]]:
        return "test.thanked", 2, values | {"sweeper": values["cleaner"]}

    with wired(kinds=[ThankedToday], upcasters={("test.thanked", 1): renamed}):
        assert forget(5) == 1


def test_the_timeline_still_reads_and_names_nobody() -> None:
    with wired():
        thank(1, sweeper=5, helpers=(6,), words="thank you", by=CLERK)

        forget(5)

        (told,) = happened_to(Ref("yard", 1))
        assert isinstance(told.event, Thanked)
        assert told.event.bags == 1
        assert (told.event.sweeper, told.event.helpers, told.event.text_digest, told.person_id) == (None,) * 4
        assert persons_behind(Ref("yard", 1), kinds=["test.thanked"]) == frozenset()


def test_every_real_event_can_still_be_read_after_its_private_part_has_gone() -> None:
    with unit_of_work():
        for cls in kinds():
            record(golden.sample(cls), by=CLERK, at=FRIDAY_MORNING)

    assert forget(5) == len(kinds())

    read = [type(item.event) for item in happened_after(0, limit=1000)]
    assert [cls for cls in kinds() if cls not in read] == []
    assert leaves_verify()


def test_who_acted_is_known_until_they_are_forgotten() -> None:
    with wired():
        sweep(1, by=CLERK)
        assert persons_behind(Ref("yard", 1), kinds=["test.swept"]) == {5}
        assert persons_behind(Ref("yard", 1), kinds=["test.thanked"]) == frozenset()

        forget(5)

        assert persons_behind(Ref("yard", 1), kinds=["test.swept"]) == frozenset()


def test_a_name_cannot_be_tried_out_against_what_is_left() -> None:
    with wired():
        thank(1, sweeper=5)
        secret = Secret.objects.get()
        body, salt = secret.body, bytes(secret.salt)
        stored = bytes(StoredEvent.objects.get().secret_digest)
        assert sha256(salt + body.encode()).digest() == stored

        forget(5)

    assert not Secret.objects.exists()
    assert sha256(body.encode()).digest() != stored
    assert len(salt) == 16


def test_two_equal_events_have_different_salts_and_digests() -> None:
    sweep(1, 1)

    assert len({bytes(secret.salt) for secret in Secret.objects.all()}) == 2
    assert len({bytes(row.secret_digest) for row in StoredEvent.objects.all()}) == 2
