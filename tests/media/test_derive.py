# SPDX-License-Identifier: Apache-2.0
"""Deriving the served variants in the background."""

import io
from pathlib import Path

import pytest
from PIL import Image

from jiayuan.media.enums import PhotoState, Variant
from jiayuan.media.models import Photo
from jiayuan.media.queries import picture
from jiayuan.media.services import derive, derive_due
from tests.media.story import NOON, WORKER, derived, files, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stores")]


def test_both_variants_are_made_and_the_original_stays(stores: Path) -> None:
    photo = derived()

    assert photo.state == PhotoState.DERIVED
    assert {path.rsplit("/", 1)[1] for path in files(stores / "served")} == {"large", "thumb"}
    assert {path.rsplit("/", 1)[1] for path in files(stores / "received")} == {"original"}


def test_the_served_bytes_are_a_webp_without_metadata() -> None:
    photo = derived()

    data = picture(photo.handle, Variant.THUMB)

    assert data is not None
    shown = Image.open(io.BytesIO(data))
    assert (shown.format, shown.size) == ("WEBP", (360, 270))
    assert not shown.getexif()


def test_nothing_is_served_before_it_is_made() -> None:
    assert picture(received().handle, Variant.LARGE) is None


def test_the_original_never_comes_through_the_served_query() -> None:
    assert picture(derived().handle, Variant.ORIGINAL) is None


def test_deriving_again_changes_nothing(stores: Path) -> None:
    photo = derived()
    before = {path: (stores / path).stat().st_mtime_ns for path in files(stores)}

    assert derive(photo_id=photo.pk, by=WORKER, at=NOON) is PhotoState.DERIVED

    assert {path: (stores / path).stat().st_mtime_ns for path in files(stores)} == before


def test_a_crash_between_files_and_row_is_repaired_by_the_sweep(stores: Path) -> None:
    photo = derived()
    Photo.objects.filter(pk=photo.pk).update(state=PhotoState.RECEIVED)
    thumb = stores / "served" / photo.key(Variant.THUMB)
    thumb.write_bytes(b"half")

    assert derive_due(by=WORKER, at=NOON) == 1

    assert Photo.objects.get(pk=photo.pk).state == PhotoState.DERIVED
    assert thumb.read_bytes()[:4] == b"RIFF"


def test_bytes_that_were_changed_on_the_disk_are_refused_and_not_shown(stores: Path) -> None:
    photo = received()
    path = stores / "received" / photo.key(Variant.ORIGINAL)
    path.write_bytes(path.read_bytes()[:-1] + b"\0")

    assert derive(photo_id=photo.pk, by=WORKER, at=NOON) is PhotoState.REFUSED

    assert Photo.objects.get(pk=photo.pk).refusal == "photo_unreadable"
    assert derive_due(by=WORKER, at=NOON) == 0
