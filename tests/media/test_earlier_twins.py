# SPDX-License-Identifier: Apache-2.0
"""Finding earlier evidence that is the same picture or nearly so, in the whole store."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from PIL import Image, ImageEnhance

from jiayuan.kernel.access import ANONYMOUS, Spot
from jiayuan.kernel.errors import NotPermitted
from jiayuan.media import queries, services
from jiayuan.media.enums import PhotoRole
from jiayuan.media.illustrations import Scene, Setting, Stage, illustration
from jiayuan.media.models import Band, Photo
from jiayuan.record.events import Ref
from tests.cast import COMMUNITY, SYSTEM
from tests.media.pictures import encoded
from tests.media.story import CASE, NOON, WORKER

pytestmark = pytest.mark.django_db
OTHER = Ref("case", 8)


def picture(seed: int) -> bytes:
    return illustration(Scene.RUBBLE, Setting.STREET, Stage.AFTER, seed=seed)


def changed(data: bytes) -> bytes:
    return encoded(ImageEnhance.Brightness(Image.open(io.BytesIO(data)).convert("RGB")).enhance(1.1), quality=70)


def sent(data: bytes, *, to: Ref | None = CASE) -> Photo:
    photo = services.receive(data=data, by=ANONYMOUS, at=NOON)
    if to is not None:
        services.attach(photos=[photo.handle], to=to, role=PhotoRole.AFTER, by=ANONYMOUS, at=NOON)
    return photo


def test_the_very_picture_is_found_and_named_as_the_same() -> None:
    first = sent(picture(1))

    (twin,) = queries.earlier_twins(sent(picture(1), to=OTHER))

    assert (twin.photo_id, twin.handle, twin.subject, twin.is_same) == (first.pk, first.handle, CASE, True)


def test_a_changed_copy_is_found_and_named_as_nearly_the_same() -> None:
    first = sent(picture(2))

    (twin,) = queries.earlier_twins(sent(changed(picture(2)), to=OTHER))

    assert (twin.photo_id, twin.is_same) == (first.pk, False)


def test_another_picture_is_not_found() -> None:
    sent(picture(3))

    assert queries.earlier_twins(sent(picture(4), to=OTHER)) == ()


def test_a_later_picture_is_no_earlier_one() -> None:
    first = sent(picture(5))
    sent(picture(5), to=OTHER)

    assert queries.earlier_twins(first) == ()


def test_a_draft_that_proves_nothing_is_left_out() -> None:
    sent(picture(6), to=None)

    assert queries.earlier_twins(sent(picture(6))) == ()


def test_drawn_pictures_are_left_out_on_both_sides() -> None:
    drawn = services.receive_drawn(data=picture(7), by=ANONYMOUS, at=NOON)
    services.attach(photos=[drawn.handle], to=CASE, role=PhotoRole.AFTER, by=ANONYMOUS, at=NOON)
    taken = sent(picture(7), to=OTHER)
    again = services.receive_drawn(data=picture(7), by=ANONYMOUS, at=NOON)

    assert queries.earlier_twins(taken) == ()
    assert queries.earlier_twins(again) == ()
    assert not Band.objects.filter(photo=drawn).exists()


def test_plain_walls_are_the_same_only_byte_by_byte() -> None:
    wall = encoded(Image.new("RGB", (320, 240), (120, 120, 118)))
    other_wall = encoded(Image.new("RGB", (320, 240), (130, 128, 126)))
    sent(wall)

    assert queries.earlier_twins(sent(other_wall, to=OTHER)) == ()
    assert [twin.is_same for twin in queries.earlier_twins(sent(wall, to=OTHER))] == [True]


def test_an_erased_picture_is_found_no_more() -> None:
    first = sent(picture(8))
    services.erase(photo_id=first.pk, by=WORKER, at=NOON)

    assert not [twin for twin in queries.earlier_twins(sent(changed(picture(8)), to=OTHER)) if not twin.is_same]


def test_it_takes_three_queries_however_many_there_are(
    queries_at_most: Callable[[int], AbstractContextManager[Any]],
) -> None:
    for seed in range(9, 14):
        sent(picture(seed), to=Ref("case", seed))
    photo = sent(changed(picture(12)), to=OTHER)

    with queries_at_most(3):
        assert len(queries.earlier_twins(photo)) == 1


def test_the_facts_of_evidence_are_for_those_who_may_see_originals() -> None:
    photo = sent(picture(1))
    spot = Spot(code=COMMUNITY)

    (found,) = queries.evidence_of(subject=CASE, spot=spot, by=SYSTEM)

    assert (found.id, found.sha256, found.dhash, found.fine) == (photo.pk, photo.sha256, photo.dhash, photo.fine)
    with pytest.raises(NotPermitted):
        queries.evidence_of(subject=CASE, spot=spot, by=ANONYMOUS)
