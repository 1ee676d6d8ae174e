# SPDX-License-Identifier: Apache-2.0
"""What is thrown away, when, and what stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from jiayuan.kernel.access import ANONYMOUS
from jiayuan.media.enums import PhotoRole, PhotoState, Variant
from jiayuan.media.models import Link, Photo
from jiayuan.media.queries import photos_of, picture, provenance
from jiayuan.media.services import attach, erase, purge_due, start_retention, stop_retention, sweep_orphans
from jiayuan.record.models import StoredEvent
from tests.media.story import CASE, NOON, WORKER, derived, files, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stores")]


@pytest.fixture
def evidence() -> Photo:
    photo = derived()
    attach(photos=[photo.handle], to=CASE, role=PhotoRole.BEFORE, by=ANONYMOUS, at=NOON)
    return photo


def test_a_draft_goes_after_two_days_with_all_its_files(stores: Path) -> None:
    derived()

    assert purge_due(by=WORKER, at=NOON + timedelta(hours=47)) == 0
    assert purge_due(by=WORKER, at=NOON + timedelta(hours=48)) == 1

    assert not Photo.objects.exists()
    assert files(stores) == set()


def test_an_attached_photo_never_expires_by_itself(evidence: Photo) -> None:
    assert purge_due(by=WORKER, at=NOON + timedelta(days=5000)) == 0


def test_the_received_bytes_go_after_the_days_of_the_setting_and_the_pictures_stay(
    evidence: Photo, stores: Path, settings: Settings
) -> None:
    settings.RECEIVED_KEPT_DAYS = 180
    start_retention(subject=CASE, by=WORKER, at=NOON)

    assert purge_due(by=WORKER, at=NOON + timedelta(days=180)) == 0
    assert purge_due(by=WORKER, at=NOON + timedelta(days=181)) == 1

    assert files(stores / "received") == set()
    assert picture(evidence.handle, Variant.LARGE) is not None
    kept = Photo.objects.get()
    assert (kept.lon, kept.lat, kept.taken_at, kept.software, kept.position_source) == (None, None, None, "", "")
    assert kept.sha256 == evidence.sha256


def test_erasing_is_remembered_once(evidence: Photo) -> None:
    start_retention(subject=CASE, by=WORKER, at=NOON)

    for day in (181, 182):
        purge_due(by=WORKER, at=NOON + timedelta(days=day))

    assert StoredEvent.objects.filter(kind="media.original_erased").count() == 1


def test_a_reopened_subject_keeps_its_originals(evidence: Photo, stores: Path) -> None:
    start_retention(subject=CASE, by=WORKER, at=NOON)
    stop_retention(subject=CASE, by=WORKER, at=NOON)

    assert purge_due(by=WORKER, at=NOON + timedelta(days=400)) == 0
    assert len(files(stores / "received")) == 1


def test_a_purge_that_broke_off_after_the_file_is_finished_by_the_next(evidence: Photo, stores: Path) -> None:
    start_retention(subject=CASE, by=WORKER, at=NOON)
    (stores / "received" / evidence.key(Variant.ORIGINAL)).unlink()

    assert purge_due(by=WORKER, at=NOON + timedelta(days=181)) == 1
    assert Photo.objects.get().original_erased_at is not None


def test_an_erased_photo_leaves_no_picture_but_its_link(evidence: Photo, stores: Path) -> None:
    erase(photo_id=evidence.pk, by=WORKER, at=NOON)

    assert files(stores) == set()
    assert photos_of(CASE) == ()
    assert provenance(evidence.handle) is None
    assert Photo.objects.get().state == PhotoState.ERASED
    assert Link.objects.count() == 1


def test_a_photo_whose_original_is_gone_can_still_be_erased(evidence: Photo, stores: Path) -> None:
    start_retention(subject=CASE, by=WORKER, at=NOON)
    purge_due(by=WORKER, at=NOON + timedelta(days=181))

    erase(photo_id=evidence.pk, by=WORKER, at=NOON + timedelta(days=182))

    assert files(stores) == set()
    assert Photo.objects.get().state == PhotoState.ERASED


def test_files_without_a_row_are_swept_once_they_are_a_day_old(stores: Path) -> None:
    kept, lost = received(seed=1), received(seed=2)
    Photo.objects.filter(pk=lost.pk).delete()
    for path in (stores / "received").rglob("original"):
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))

    assert sweep_orphans(by=WORKER, at=NOON + timedelta(hours=23)) == 0
    assert sweep_orphans(by=WORKER, at=NOON + timedelta(hours=25)) == 1

    assert files(stores) == {f"received/{kept.key(Variant.ORIGINAL)}"}


def test_the_sweep_finds_nothing_in_an_empty_store() -> None:
    assert sweep_orphans(by=WORKER, at=NOON) == 0
