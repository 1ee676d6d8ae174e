# SPDX-License-Identifier: Apache-2.0
"""The page of a photo: who gets which variant, and how it may be kept."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import uuid4

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from jiayuan.kernel.access import ANONYMOUS, Actor, Area, Grant, Role, Scope, Spot, hold_roles, roles
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.media.access import May
from jiayuan.media.enums import PhotoRole, PublicVariant
from jiayuan.media.models import Photo
from jiayuan.media.services import ask_release, attach, confirm_release, derive, erase, hold_back, prepare_due
from jiayuan.people.models import Account
from jiayuan.record.models import Secret, StoredEvent
from jiayuan.web.media import sight
from jiayuan.web.media.pages import photo
from jiayuan.web.media.sight import hold_sights
from tests.media.story import CASE, NOON, WORKER, derived, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stores")]

SPOT = Spot(code="421303002001")
HANDLER = Actor(person_id=11, grants=(Grant(role="plain", area=Area("421303000000")),))
KEEPER = Actor(person_id=12, grants=(Grant(role="keeper", area=Area("421303000000")),))
NEIGHBOUR = Actor(person_id=13, grants=(Grant(role="keeper", area=Area("421321000000")),))


@pytest.fixture
def stores(tmp_path: Path, settings: Settings) -> Path:
    durable = "jiayuan.media.storage.DurableFiles"
    folders = {"default": "served", "received": "received"}
    made = {name: {"BACKEND": durable, "OPTIONS": {"location": tmp_path / end}} for name, end in folders.items()}
    settings.STORAGES = {**settings.STORAGES, **made}
    return tmp_path


@pytest.fixture(autouse=True)
def _house() -> Iterator[None]:
    """Two roles, and cases seen by whoever holds a grant in their county."""
    held, sights = roles(), dict(sight._sights)
    hold_roles(
        [
            Role("plain", "", "", Scope.AREA, frozenset()),
            Role("keeper", "", "", Scope.AREA, frozenset({May.SEE_ORIGINAL})),
            Role("releaser", "", "", Scope.AREA, frozenset({May.RELEASE})),
        ]
    )
    hold_sights({"case": lambda actor, _id: SPOT if any(g.area.covers(SPOT.code) for g in actor.grants) else None})
    yield
    hold_roles(held)
    hold_sights(sights)


@pytest.fixture
def evidence() -> Photo:
    made = derived()
    attach(photos=[made.handle], to=CASE, role=PhotoRole.BEFORE, by=ANONYMOUS, at=NOON)
    return made


def get(
    picture: Photo, variant: str = "thumb", *, actor: Actor = HANDLER, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    request: HttpRequest = RequestFactory(headers=headers).get("/")
    request.actor = actor  # type: ignore[attr-defined]
    answer = photo(request, picture.handle, variant)
    assert isinstance(answer, HttpResponse)
    return answer


def test_who_sees_the_case_gets_its_pictures_to_keep_for_an_hour_alone(evidence: Photo) -> None:
    answer = get(evidence)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer.content[8:12] == b"WEBP"
    assert answer["Cache-Control"] == "private, max-age=3600"


def test_a_picture_that_the_browser_still_has_is_not_sent_again(evidence: Photo) -> None:
    tag = get(evidence)["ETag"]

    answer = get(evidence, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("actor", [ANONYMOUS, NEIGHBOUR], ids=["a visitor", "the next county"])
@pytest.mark.parametrize("variant", ["thumb", "large", "original"])
def test_outside_the_reach_a_photo_does_not_exist(evidence: Photo, actor: Actor, variant: str) -> None:
    with pytest.raises(Http404):
        get(evidence, variant, actor=actor)


@pytest.mark.parametrize("variant", ["huge", "..", "original.jpg", ""])
def test_other_variants_do_not_exist(evidence: Photo, variant: str) -> None:
    with pytest.raises(Http404):
        get(evidence, variant)


def test_an_unknown_photo_does_not_exist() -> None:
    with pytest.raises(Http404):
        get(Photo(handle=uuid4()))


def test_a_photo_that_is_not_made_yet_or_was_erased_does_not_exist(evidence: Photo) -> None:
    with pytest.raises(Http404):
        get(received(seed=5))
    erase(photo_id=evidence.pk, by=WORKER, at=NOON)
    with pytest.raises(Http404):
        get(evidence)


def test_a_draft_shows_to_the_phone_that_knows_its_handle() -> None:
    assert get(derived(), actor=ANONYMOUS).status_code == 200


def test_a_draft_with_an_owner_shows_to_the_owner_alone() -> None:
    owner, other = (Actor(account_id=Account.objects.create(username=name).pk) for name in ("mei", "bo"))
    made = received(by=owner)
    derive(photo_id=made.pk, by=WORKER, at=NOON)

    assert get(made, actor=owner).status_code == 200
    for stranger in (other, ANONYMOUS):
        with pytest.raises(Http404):
            get(made, actor=stranger)


def test_the_original_is_saved_never_cached_and_the_record_knows_who_took_it(evidence: Photo) -> None:
    answer = get(evidence, "original", actor=KEEPER)

    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="{evidence.handle}.jpg"'
    assert answer.content[:3] == b"\xff\xd8\xff"
    opened = StoredEvent.objects.get(kind="media.original_opened")
    assert (opened.subject_kind, opened.subject_id) == ("case", 7)
    assert '"person":12' in Secret.objects.get(position=opened.position).body


def test_the_original_is_refused_by_name_to_who_may_only_see_the_case(evidence: Photo) -> None:
    with pytest.raises(NotPermitted):
        get(evidence, "original", actor=HANDLER)


def test_an_original_past_its_time_is_refused_by_name(evidence: Photo) -> None:
    Photo.objects.filter(pk=evidence.pk).update(original_erased_at=NOON)

    with pytest.raises(Refused, match="photo_original_gone"):
        get(evidence, "original", actor=KEEPER)


def test_only_reading_is_possible(evidence: Photo) -> None:
    assert photo(RequestFactory().post("/"), evidence.handle, "thumb").status_code == 405


@pytest.mark.parametrize("variant", PublicVariant)
def test_everybody_gets_a_released_picture_and_nothing_else_of_the_photo(evidence: Photo, variant: str) -> None:
    acceptor = releasing()
    ask_release(handle=evidence.handle, spot=SPOT, by=acceptor, at=NOON)
    prepare_due(by=WORKER, at=NOON)
    with pytest.raises(Http404):
        get(evidence, variant, actor=ANONYMOUS)

    confirm_release(handle=evidence.handle, kept=[], drawn=[], seen=0, spot=SPOT, by=acceptor, at=NOON)
    with pytest.raises(Http404):
        get(evidence, variant, actor=ANONYMOUS)
    prepare_due(by=WORKER, at=NOON)

    answer = get(evidence, variant, actor=ANONYMOUS)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "image/webp",
        "public, no-cache",
    )
    again = get(evidence, variant, actor=ANONYMOUS, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for other in ("large", "thumb", "original"):
        with pytest.raises(Http404):
            get(evidence, other, actor=ANONYMOUS)


def test_a_picture_that_was_taken_back_is_gone_at_once_even_for_who_has_it_still(evidence: Photo) -> None:
    acceptor = releasing()
    ask_release(handle=evidence.handle, spot=SPOT, by=acceptor, at=NOON)
    prepare_due(by=WORKER, at=NOON)
    confirm_release(handle=evidence.handle, kept=[], drawn=[], seen=0, spot=SPOT, by=acceptor, at=NOON)
    prepare_due(by=WORKER, at=NOON)
    tag = get(evidence, "public", actor=ANONYMOUS)["ETag"]

    hold_back(handle=evidence.handle, spot=SPOT, by=acceptor, at=NOON)

    for headers in ({}, {"If-None-Match": tag}):
        with pytest.raises(Http404):
            get(evidence, "public", actor=ANONYMOUS, headers=headers)


def releasing() -> Actor:
    """Somebody who decides what the public sees in the county."""
    account = Account.objects.create(username="fang")
    return Actor(account_id=account.pk, grants=(Grant(role="releaser", area=Area("421303000000")),))
