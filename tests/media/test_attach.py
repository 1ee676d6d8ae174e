# SPDX-License-Identifier: Apache-2.0
"""Attaching photos to what they prove."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.errors import Refused
from jiayuan.media.enums import PhotoRole, PhotoState
from jiayuan.media.models import Link, Photo
from jiayuan.media.queries import photos_of, photos_of_many
from jiayuan.media.services import attach
from jiayuan.record.events import Ref
from jiayuan.record.models import Secret, StoredEvent
from tests.media.story import CASE, NOON, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stores")]
BEFORE, AFTER = PhotoRole.BEFORE, PhotoRole.AFTER


def refused(*photos: UUID, to: Ref = CASE, hours: int = 0) -> str:
    with pytest.raises(Refused) as caught:
        attach(photos=photos, to=to, role=BEFORE, by=ANONYMOUS, at=NOON + timedelta(hours=hours))
    assert caught.value.field == "photos"
    return caught.value.code


def test_photos_hang_at_their_subject_in_the_order_given() -> None:
    first, second, later = (received(seed=seed) for seed in (1, 2, 3))

    attach(photos=[second.handle, first.handle], to=CASE, role=BEFORE, by=ANONYMOUS, at=NOON)
    attach(photos=[later.handle], to=CASE, role=AFTER, by=ANONYMOUS, at=NOON)

    assert [(photo.handle, photo.role) for photo in photos_of(CASE)] == [
        (second.handle, BEFORE),
        (first.handle, BEFORE),
        (later.handle, AFTER),
    ]


def test_the_record_keeps_the_digest_of_the_received_bytes_in_its_private_part() -> None:
    photo = received()

    attach(photos=[photo.handle], to=CASE, role=BEFORE, by=ANONYMOUS, at=NOON)

    event = StoredEvent.objects.get(kind="media.photo_attached")
    assert (event.subject_kind, event.subject_id) == ("case", 7)
    assert photo.sha256 not in event.payload
    assert photo.sha256 in Secret.objects.get(position=event.position).body


def test_an_attached_photo_is_no_draft_any_more() -> None:
    photo = received()

    attach(photos=[photo.handle], to=CASE, role=BEFORE, by=ANONYMOUS, at=NOON)

    assert Photo.objects.get(pk=photo.pk).draft_until is None


def test_attaching_twice_changes_nothing() -> None:
    photo = received()
    ids = attach(photos=[photo.handle, photo.handle], to=CASE, role=BEFORE, by=ANONYMOUS, at=NOON)

    assert attach(photos=[photo.handle], to=CASE, role=BEFORE, by=ANONYMOUS, at=NOON) == ids == (photo.pk,)

    assert Link.objects.count() == StoredEvent.objects.count() == 1


def test_an_unknown_photo_is_refused() -> None:
    assert refused(uuid4()) == "photo_gone"


def test_a_draft_that_expired_is_refused() -> None:
    assert refused(received().handle, hours=48) == "photo_gone"


def test_a_photo_that_could_not_be_read_is_refused() -> None:
    photo = received()
    Photo.objects.filter(pk=photo.pk).update(state=PhotoState.REFUSED, refusal="photo_truncated")

    assert refused(photo.handle) == "photo_not_shown"


def test_a_photo_proves_one_thing_only() -> None:
    photo = received()
    attach(photos=[photo.handle], to=CASE, role=BEFORE, by=ANONYMOUS, at=NOON)

    assert refused(photo.handle, to=Ref("case", 8)) == "photo_taken"


def test_a_tenth_photo_at_once_is_refused_and_none_of_them_is_linked() -> None:
    handles = [received(seed=seed).handle for seed in range(10)]

    assert refused(*handles) == "photo_too_many"
    assert not Link.objects.exists()


def test_nine_before_and_nine_after_fit() -> None:
    for role in (BEFORE, AFTER):
        attach(photos=[received(seed=seed).handle for seed in range(9)], to=CASE, role=role, by=ANONYMOUS, at=NOON)

    assert len(photos_of(CASE)) == 18


def test_a_link_cannot_be_changed() -> None:
    photo = received()
    attach(photos=[photo.handle], to=CASE, role=BEFORE, by=ANONYMOUS, at=NOON)
    link = Link.objects.get()
    link.role = AFTER

    with pytest.raises(TypeError, match="never changed"):
        link.save()


def test_the_photos_of_a_whole_list_come_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in (1, 2, 3):
        attach(photos=[received(seed=number).handle], to=Ref("case", number), role=BEFORE, by=ANONYMOUS, at=NOON)

    with django_assert_num_queries(1):
        found = photos_of_many("case", [1, 2, 3, 4])

    assert {number: len(photos) for number, photos in found.items()} == {1: 1, 2: 1, 3: 1}
