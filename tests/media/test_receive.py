# SPDX-License-Identifier: Apache-2.0
"""Receiving a photo: sealed bytes first, then the row."""

from hashlib import sha256
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.commands import unit_of_work
from jiayuan.kernel.errors import Refused
from jiayuan.media import wake
from jiayuan.media.enums import PhotoState, PositionSource
from jiayuan.media.intake import Captured
from jiayuan.media.models import Photo
from jiayuan.media.services import receive
from jiayuan.media.vault import unseal
from tests.media.pictures import encoded, scene
from tests.media.story import NOON, files, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stores")]


def test_the_row_keeps_what_the_photo_says_and_when_it_came(stores: Path) -> None:
    photo = received()

    kept = Photo.objects.get(pk=photo.pk)
    assert (kept.state, kept.width, kept.height, kept.received_on.isoformat()) == (
        PhotoState.RECEIVED,
        400,
        300,
        "2025-01-03",
    )
    assert (kept.lon, kept.lat, kept.position_source) == (113.38, 31.69, PositionSource.EXIF)
    assert kept.software == "HarmonyOS 5.0"


def test_the_received_bytes_lie_sealed_under_month_and_random_handle(stores: Path) -> None:
    data = encoded(scene())

    photo = receive(data=data, declared_name="张三家门口.jpg", by=ANONYMOUS, at=NOON)

    (path,) = files(stores)
    assert path == f"received/media/2025/01/{photo.handle}/original"
    on_disk = (stores / path).read_bytes()
    assert data[:200] not in on_disk
    assert unseal(on_disk, owner=str(photo.handle)) == data
    assert (photo.sha256, photo.received_bytes) == (sha256(data).hexdigest(), len(data))
    assert (stores / path).stat().st_mode & 0o777 == 0o600


def test_a_photo_without_position_takes_the_one_the_page_gave(stores: Path) -> None:
    photo = received(captured=Captured(lon=113.4, lat=31.7, accuracy_m=12))

    kept = Photo.objects.get(pk=photo.pk)
    assert (kept.lon, kept.lat, kept.accuracy_m, kept.position_source) == (113.4, 31.7, 12, PositionSource.PAGE)


def test_what_is_no_photo_leaves_neither_row_nor_file(stores: Path) -> None:
    with pytest.raises(Refused) as caught:
        receive(data=b"MZ\x90\0", declared_name="virus.jpg", by=ANONYMOUS, at=NOON)

    assert caught.value.code == "photo_disguised"
    assert not Photo.objects.exists()
    assert files(stores) == set()


def test_receiving_inside_a_command_is_a_fault_of_the_code() -> None:
    with unit_of_work(), pytest.raises(RuntimeError, match="before the command"):
        receive(data=encoded(scene()), by=ANONYMOUS, at=NOON)


def test_the_doorbell_rings_only_once_the_row_is_safe(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(wake, "_bells", [rung.append])

    with django_capture_on_commit_callbacks(execute=True):
        photo = received()
        assert rung == []

    assert rung == [photo.pk]
