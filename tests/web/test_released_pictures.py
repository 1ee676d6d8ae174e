# SPDX-License-Identifier: Apache-2.0
"""A receipt shows the pictures that a person has released, to everybody who holds it, and no others."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiayuan.cases.enums import State
from jiayuan.cases.models import Case
from jiayuan.kernel.access import ANONYMOUS, Actor, Area, Grant
from jiayuan.media.enums import PhotoRole
from jiayuan.media.models import Photo
from jiayuan.media.queries import release_of
from jiayuan.media.services import (
    ask_release,
    attach,
    confirm_release,
    cover,
    derive,
    erase,
    hold_back,
    prepare_due,
    receive,
)
from jiayuan.people.models import Account
from tests.cast import MORNING, SYSTEM
from tests.factories.cases import case
from tests.media.pictures import encoded
from tests.media.plates import with_plate
from tests.web.stories import LANGUAGES, ground, in_language, queries_of, told

__all__ = ["ground"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
START = MORNING - timedelta(hours=4)
PLATE = (240, 300, 400, 351)


def pictured(found: Case, role: PhotoRole, *, seed: int) -> Photo:
    """A picture of the case that nobody has asked about."""
    photo = receive(data=encoded(with_plate(PLATE, seed=seed), quality=95), by=ANONYMOUS, at=START)
    derive(photo_id=photo.pk, by=SYSTEM, at=START)
    attach(photos=[photo.handle], to=found.ref, role=role, by=ANONYMOUS, at=START)
    return photo


def confirm(found: Case, photo: Photo) -> None:
    """Release it with everything that was proposed, and have it rendered."""
    ask_release(handle=photo.handle, spot=found.spot, by=SYSTEM, at=MORNING)
    prepare_due(by=SYSTEM, at=MORNING)
    view = release_of(photo.handle)
    assert view is not None
    account, _ = Account.objects.get_or_create(username="acceptor-990101")
    confirm_release(
        handle=photo.handle,
        kept=[region.id for region in view.regions],
        drawn=(),
        seen=view.version,
        spot=found.spot,
        by=Actor(account_id=account.pk, grants=(Grant(role="acceptor", area=Area("990101000000")),)),
        at=MORNING,
    )
    prepare_due(by=SYSTEM, at=MORNING)


def pictures_on(said: str) -> list[str]:
    return re.findall(r"/media/([0-9a-f-]{36})/public_thumb", said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_shows_the_released_pictures_and_no_other(language: str) -> None:
    found = case(State.CLOSED, at=START)
    before, after = (pictured(found, role, seed=seed) for seed, role in ((1, PhotoRole.BEFORE), (2, PhotoRole.AFTER)))
    secret = pictured(found, PhotoRole.AFTER, seed=3)
    for photo in (before, after):
        confirm(found, photo)

    said = told(in_language(language), f"/r/{found.handle}/")

    assert pictures_on(said) == [str(before.handle), str(after.handle)]
    assert str(secret.handle) not in said
    assert re.findall(r'/media/[^"]*/(?:large|thumb|original)"', said) == []
    for picture in re.findall(r"<img class=\"j-photo\"[^>]*>", said):
        assert re.search(r'alt="[^"]{6,}" width="360" height="270" loading="lazy"', picture), picture


def test_before_anybody_decided_the_receipt_shows_no_picture_and_the_address_nothing() -> None:
    found = case(State.CLOSED, at=START)
    photo = pictured(found, PhotoRole.BEFORE, seed=1)
    ask_release(handle=photo.handle, spot=found.spot, by=SYSTEM, at=MORNING)
    prepare_due(by=SYSTEM, at=MORNING)

    said = told(Client(), f"/r/{found.handle}/")

    assert (str(photo.handle) in said, "j-pair" in said) == (False, False)
    for variant in ("public", "public_thumb", "large", "thumb", "original"):
        assert Client().get(f"/media/{photo.handle}/{variant}").status_code == 404, variant


@pytest.mark.parametrize("how", ["held back", "changed", "erased"])
def test_a_picture_that_is_taken_back_is_gone_from_the_receipt_and_from_its_address(how: str) -> None:
    found = case(State.CLOSED, at=START)
    photo = pictured(found, PhotoRole.AFTER, seed=1)
    confirm(found, photo)
    address = f"/media/{photo.handle}/public"
    assert Client().get(address).status_code == 200

    if how == "held back":
        hold_back(handle=photo.handle, spot=found.spot, by=SYSTEM, at=MORNING)
    elif how == "changed":
        cover(handle=photo.handle, kept=[], drawn=(), seen=1, spot=found.spot, by=SYSTEM, at=MORNING)
    else:
        erase(photo_id=photo.pk, by=SYSTEM, at=MORNING)

    assert Client().get(address).status_code == 404
    assert str(photo.handle) not in told(Client(), f"/r/{found.handle}/")


def test_of_a_side_without_released_pictures_nothing_is_said() -> None:
    found = case(State.CLOSED, at=START)
    confirm(found, pictured(found, PhotoRole.AFTER, seed=1))

    said = told(in_language("zh-hans"), f"/r/{found.handle}/")

    assert said.count("<figure>") == 1
    assert "没有拍照" not in said


def test_pictures_cost_the_receipt_no_more_questions_however_many_they_are() -> None:
    found = case(State.CLOSED, at=START)
    bare = len(queries_of(Client(), f"/r/{found.handle}/"))
    for seed in (1, 2, 3):
        confirm(found, pictured(found, PhotoRole.AFTER, seed=seed))

    assert len(queries_of(Client(), f"/r/{found.handle}/")) == bare <= 8
