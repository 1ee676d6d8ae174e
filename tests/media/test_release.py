# SPDX-License-Identifier: Apache-2.0
"""On its way to the public a photo is looked through, decided by a person, and rendered."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from PIL import Image, ImageStat

from jiayuan.kernel.access import ANONYMOUS, Actor, Area, Grant, Spot
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.media import wake
from jiayuan.media.enums import PhotoRole, RegionSource, RegionState, ReleaseState, Variant
from jiayuan.media.intake import Box
from jiayuan.media.models import Photo, Region, Release
from jiayuan.media.obscure import public_pictures
from jiayuan.media.queries import (
    next_waiting,
    photos_of,
    picture,
    public_bytes,
    public_jpeg,
    public_photos,
    release_of,
    waiting_count,
    waiting_releases,
)
from jiayuan.media.services import (
    ask_release,
    attach,
    confirm_release,
    cover,
    derive,
    erase,
    hold_back,
    offer,
    prepare,
    prepare_due,
    purge_due,
    receive,
    start_retention,
)
from jiayuan.people.models import Account
from jiayuan.record.models import StoredEvent
from tests.media.pictures import encoded, scene
from tests.media.plates import with_plate
from tests.media.story import CASE, NOON, WORKER, files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stores")]

SPOT = Spot(code="421303003001")
PLATE = (240, 300, 400, 351)


@pytest.fixture
def acceptor() -> Actor:
    return holding("acceptor", "421303000000")


def holding(role: str, area: str) -> Actor:
    account = Account.objects.create(username=f"{role[:6]}-{area[:6]}")
    return Actor(account_id=account.pk, grants=(Grant(role=role, area=Area(area)),))


def proof(*, by: Actor = ANONYMOUS, role: PhotoRole = PhotoRole.AFTER, seed: int = 1) -> Photo:
    """A photo with a plate in it that proves something."""
    photo = receive(data=encoded(with_plate(PLATE, seed=seed), quality=95), by=by, at=NOON)
    derive(photo_id=photo.pk, by=WORKER, at=NOON)
    attach(photos=[photo.handle], to=CASE, role=role, by=by, at=NOON)
    photo.refresh_from_db()
    return photo


def offered(*, by: Actor = ANONYMOUS, seed: int = 1) -> Photo:
    photo = proof(by=by, seed=seed)
    offer(subject=CASE, spot=SPOT, by=WORKER, at=NOON)
    prepare_due(by=WORKER, at=NOON)
    return photo


def decide(photo: Photo, by: Actor, *, kept: list[int] | None = None, drawn: tuple[Box, ...] = ()) -> None:
    """Confirm what was proposed, or what is named."""
    view = release_of(photo.handle)
    assert view is not None
    stays = [region.id for region in view.regions if region.is_covered] if kept is None else kept
    confirm_release(handle=photo.handle, kept=stays, drawn=drawn, seen=view.version, spot=SPOT, by=by, at=NOON)


def released(by: Actor) -> Photo:
    photo = offered()
    decide(photo, by)
    prepare_due(by=WORKER, at=NOON)
    return photo


def kinds() -> list[str]:
    return list(
        StoredEvent.objects.filter(kind__startswith="media.release").order_by("position").values_list("kind", flat=True)
    )


def test_the_program_finds_the_plate_and_proposes_to_cover_it() -> None:
    photo = offered()

    view = release_of(photo.handle)
    assert view is not None
    assert view.state is ReleaseState.PROPOSED
    assert view.was_looked_through
    assert [(region.source, region.state) for region in view.regions] == [
        (RegionSource.PLATE, RegionState.PROPOSED),
    ]
    box = view.regions[0].box
    assert box.left * 640 <= PLATE[0] * 10_000
    assert (box.left + box.width) * 640 >= PLATE[2] * 10_000
    assert box.top * 480 <= PLATE[1] * 10_000
    assert (box.top + box.height) * 480 >= PLATE[3] * 10_000


def test_a_photo_that_is_offered_before_its_pictures_are_made_is_looked_through_afterwards() -> None:
    photo = receive(data=encoded(with_plate(PLATE, seed=4), quality=95), by=ANONYMOUS, at=NOON)
    attach(photos=[photo.handle], to=CASE, role=PhotoRole.AFTER, by=ANONYMOUS, at=NOON)

    assert offer(subject=CASE, spot=SPOT, by=WORKER, at=NOON) == 1
    assert prepare_due(by=WORKER, at=NOON) == 0

    derive(photo_id=photo.pk, by=WORKER, at=NOON)
    assert prepare_due(by=WORKER, at=NOON) == 1
    view = release_of(photo.handle)
    assert view is not None
    assert view.state is ReleaseState.PROPOSED
    assert view.was_looked_through


def test_before_a_person_confirms_nothing_is_public(acceptor: Actor, stores: Path) -> None:
    photo = proof()
    assert public_bytes(photo.handle) is None

    offer(subject=CASE, spot=SPOT, by=WORKER, at=NOON)
    for _ in range(3):
        prepare_due(by=WORKER, at=NOON)

    assert public_bytes(photo.handle) is None
    assert public_jpeg(photo.handle) is None
    assert public_photos([CASE]) == {}
    assert not [name for name in files(stores) if "public" in name]


def test_the_database_itself_refuses_a_release_that_nobody_confirmed() -> None:
    photo = offered()

    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(photo=photo).update(state=ReleaseState.CONFIRMED)


def test_confirmed_and_rendered_it_is_public_without_what_was_covered(acceptor: Actor) -> None:
    photo = offered()

    decide(photo, acceptor)
    assert public_bytes(photo.handle) is None
    prepare_due(by=WORKER, at=NOON)

    shown = public_bytes(photo.handle)
    large = picture(photo.handle, Variant.LARGE)
    assert shown is not None
    assert large is not None
    with Image.open(io.BytesIO(shown)) as public, Image.open(io.BytesIO(large)) as desk:
        inside = public.convert("RGB").crop(PLATE)
        assert max(ImageStat.Stat(inside).stddev) < 20  # the plate had white on blue
        assert inside.tobytes() != desk.convert("RGB").crop(PLATE).tobytes()
        assert "exif" not in public.info
        assert dict(public.getexif()) == {}


def test_what_is_public_is_told_by_subject(acceptor: Actor) -> None:
    photo = released(acceptor)

    (found,) = public_photos([CASE])[CASE]

    assert (found.handle, found.role, found.confirmed_at) == (photo.handle, PhotoRole.AFTER, NOON)
    jpeg = public_jpeg(photo.handle)
    assert jpeg is not None
    assert jpeg.startswith(b"\xff\xd8")


def test_changing_what_is_covered_takes_the_photo_back_until_it_is_confirmed_again(
    acceptor: Actor, stores: Path
) -> None:
    photo = released(acceptor)
    view = release_of(photo.handle)
    assert view is not None

    cover(
        handle=photo.handle,
        kept=[],
        drawn=[Box(left=1, top=1, width=500, height=500)],
        seen=view.version,
        spot=SPOT,
        by=acceptor,
        at=NOON,
    )

    assert public_bytes(photo.handle) is None
    prepare_due(by=WORKER, at=NOON)
    assert not [name for name in files(stores) if "public" in name]
    decide(photo, acceptor)
    prepare_due(by=WORKER, at=NOON)
    assert public_bytes(photo.handle) is not None
    assert kinds() == [
        "media.release_proposed",
        "media.release_confirmed",
        "media.release_withdrawn",
        "media.release_confirmed",
    ]


def test_covering_the_same_as_before_leaves_the_photo_public(acceptor: Actor) -> None:
    photo = released(acceptor)
    view = release_of(photo.handle)
    assert view is not None

    kept = [region.id for region in view.regions if region.is_covered]
    cover(handle=photo.handle, kept=kept, drawn=(), seen=view.version, spot=SPOT, by=acceptor, at=NOON)

    assert public_bytes(photo.handle) is not None


def test_a_rendition_that_comes_too_late_is_never_served(acceptor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = offered()
    decide(photo, acceptor)

    def slowly(*args: object) -> object:
        hold_back(handle=photo.handle, spot=SPOT, by=acceptor, at=NOON)
        return public_pictures(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("jiayuan.media.services.releases.public_pictures", slowly)
    prepare(photo_id=photo.pk, by=WORKER, at=NOON)

    assert public_bytes(photo.handle) is None


def test_what_was_held_back_is_gone_from_the_store_too(acceptor: Actor, stores: Path) -> None:
    photo = released(acceptor)

    hold_back(handle=photo.handle, spot=SPOT, by=acceptor, at=NOON)

    assert public_bytes(photo.handle) is None
    prepare_due(by=WORKER, at=NOON)
    assert not [name for name in files(stores) if "public" in name]


def test_erasing_a_photo_takes_it_from_the_public(acceptor: Actor, stores: Path) -> None:
    photo = released(acceptor)

    erase(photo_id=photo.pk, by=WORKER, at=NOON)

    assert public_bytes(photo.handle) is None
    prepare_due(by=WORKER, at=NOON)
    assert files(stores) == set()


def test_when_the_received_bytes_go_the_public_picture_goes(acceptor: Actor) -> None:
    photo = released(acceptor)
    start_retention(subject=CASE, by=WORKER, at=NOON)

    purge_due(by=WORKER, at=NOON + timedelta(days=400))

    assert public_bytes(photo.handle) is None
    assert public_photos([CASE]) == {}


def test_whoever_proved_the_work_does_not_release_the_proof() -> None:
    both = holding("acceptor", "421303000000")
    photo = offered(by=both)

    with pytest.raises(Refused) as refusal:
        decide(photo, both)

    assert refusal.value.code == "release_own"


@pytest.mark.parametrize(("role", "area"), [("handler", "421303000000"), ("acceptor", "421321000000")])
def test_nobody_releases_without_the_right_at_the_place(role: str, area: str) -> None:
    photo = offered()
    nobody = holding(role, area)

    with pytest.raises(NotPermitted):
        decide(photo, nobody)
    with pytest.raises(NotPermitted):
        hold_back(handle=photo.handle, spot=SPOT, by=nobody, at=NOON)


def test_what_somebody_else_has_changed_meanwhile_is_looked_at_again(acceptor: Actor) -> None:
    photo = released(acceptor)

    with pytest.raises(Stale):
        confirm_release(handle=photo.handle, kept=[], drawn=(), seen=0, spot=SPOT, by=acceptor, at=NOON)


def test_a_photo_that_was_not_looked_through_yet_cannot_be_confirmed(acceptor: Actor) -> None:
    photo = proof()
    ask_release(handle=photo.handle, spot=SPOT, by=acceptor, at=NOON)

    with pytest.raises(Refused) as refusal:
        confirm_release(handle=photo.handle, kept=[], drawn=(), seen=0, spot=SPOT, by=acceptor, at=NOON)

    assert refusal.value.code == "release_not_ready"


def test_confirming_twice_is_remembered_once(acceptor: Actor) -> None:
    photo = released(acceptor)

    decide(photo, acceptor)

    assert kinds().count("media.release_confirmed") == 1
    assert public_bytes(photo.handle) is not None


def test_a_proposal_that_was_tapped_away_is_not_covered(acceptor: Actor) -> None:
    photo = offered()

    decide(photo, acceptor, kept=[])

    assert [region.state for region in Region.objects.all()] == [RegionState.REMOVED]


def test_without_a_detector_a_person_still_decides(acceptor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_data: bytes) -> None:
        raise ImportError("no module named cv2")

    monkeypatch.setattr("jiayuan.media.detection.look_through", broken)

    photo = offered()

    view = release_of(photo.handle)
    assert view is not None
    assert (view.state, view.was_looked_through, view.regions) == (ReleaseState.PROPOSED, False, ())


def test_offering_the_same_subject_again_asks_for_nothing() -> None:
    proof()

    assert offer(subject=CASE, spot=SPOT, by=WORKER, at=NOON) == 1
    assert offer(subject=CASE, spot=SPOT, by=WORKER, at=NOON) == 0


def test_asking_by_hand_rings_the_bell(acceptor: Actor, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    photo, rung = proof(), list[int]()
    held = list(wake._release_bells)
    wake.ring_for_releases_with(rung.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            ask_release(handle=photo.handle, spot=SPOT, by=acceptor, at=NOON)
    finally:
        wake._release_bells[:] = held

    assert rung == [photo.pk]


def test_the_heap_shows_what_waits_in_reach_and_what_comes_next(acceptor: Actor) -> None:
    one, other = offered(seed=1), offered(seed=2)

    waiting = waiting_releases(acceptor, limit=10)

    assert [photo.handle for photo in waiting] == [one.handle, other.handle]
    assert [photo.plates for photo in waiting] == [1, 1]
    assert next_waiting(acceptor, after=one.handle) == other.handle
    assert waiting_count(acceptor) == 2
    for nobody in (ANONYMOUS, holding("handler", "421303000000"), holding("acceptor", "421321000000")):
        assert waiting_releases(nobody, limit=10) == ()
        assert waiting_count(nobody) == 0


def test_photos_of_the_desk_stay_as_they_were(acceptor: Actor) -> None:
    photo = proof()
    before = picture(photo.handle, Variant.LARGE)

    offer(subject=CASE, spot=SPOT, by=WORKER, at=NOON)
    prepare_due(by=WORKER, at=NOON)
    decide(photo, acceptor)
    prepare_due(by=WORKER, at=NOON)

    assert picture(photo.handle, Variant.LARGE) == before
    assert len(photos_of(CASE)) == 1


def test_a_plain_scene_has_nothing_to_cover() -> None:
    photo = receive(data=encoded(scene(seed=3).convert("L")), by=ANONYMOUS, at=NOON)
    derive(photo_id=photo.pk, by=WORKER, at=NOON)
    attach(photos=[photo.handle], to=CASE, role=PhotoRole.AFTER, by=ANONYMOUS, at=NOON)
    offer(subject=CASE, spot=SPOT, by=WORKER, at=NOON)
    prepare_due(by=WORKER, at=NOON)

    assert not Region.objects.exists()
