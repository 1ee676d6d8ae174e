# SPDX-License-Identifier: Apache-2.0
"""How long pictures are kept: the time of received bytes, drafts that nobody attached, loose files, erasing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.files.storage import Storage
from django.db.models import QuerySet

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.media.enums import PhotoState, Variant
from jiayuan.media.events import OriginalErased
from jiayuan.media.models import Band, Link, Photo
from jiayuan.media.rules import ORPHAN_HOURS, purge_day
from jiayuan.media.services.releases import end_release
from jiayuan.media.storage import received_store, served_store
from jiayuan.record.events import Ref
from jiayuan.record.log import record


@command
def start_retention(*, subject: Ref, by: Actor, at: datetime) -> int:
    """Let the time of the received bytes run out, now that their subject is closed; how many photos it concerns."""
    day = purge_day(clock.on(at), kept_days=settings.RECEIVED_KEPT_DAYS)
    return _originals_of(subject).update(purge_after=day)


@command
def stop_retention(*, subject: Ref, by: Actor, at: datetime) -> int:
    """Keep the received bytes after all, because their subject is open again; how many photos it concerns."""
    return _originals_of(subject).update(purge_after=None)


def _originals_of(subject: Ref) -> QuerySet[Photo]:
    ids = Link.objects.filter(subject_kind=subject.kind, subject_id=subject.id).values("photo_id")
    return Photo.objects.filter(pk__in=ids, original_erased_at=None)


def purge_due(*, by: Actor, at: datetime, limit: int = 200) -> int:
    """Throw away expired drafts and the received bytes whose time has run out; how many photos it concerned."""
    drafts = Photo.objects.filter(draft_until__lte=at).order_by("draft_until", "pk").values_list("pk", flat=True)
    old = Photo.objects.filter(purge_after__lt=clock.on(at), original_erased_at=None).order_by("purge_after", "pk")
    dropped = sum(_drop_draft(photo_id, at) for photo_id in list(drafts[:limit]))
    expired = list(old[:limit])
    for photo in expired:
        _erase_original(photo, by=by, at=at)
    return dropped + len(expired)


def _drop_draft(photo_id: int, at: datetime) -> bool:
    """The row goes first, under its lock, because somebody may be attaching the photo at this very moment."""
    photo = _forget_draft(photo_id, at)
    if photo is None:
        return False
    _remove_files(photo, Variant)
    return True


@command
def _forget_draft(photo_id: int, at: datetime) -> Photo | None:
    photo = Photo.objects.select_for_update(of=("self",)).filter(pk=photo_id, draft_until__lte=at).first()
    if photo is not None:
        Photo.objects.filter(pk=photo_id).delete()
    return photo


def _erase_original(photo: Photo, *, by: Actor, at: datetime) -> None:
    """The bytes go first: a row never says erased while they still lie there."""
    # With what it could be held against gone, the public picture goes too.
    end_release(photo_id=photo.pk, by=by, at=at)
    _remove_files(photo, [Variant.ORIGINAL])
    _note_erased(photo.pk, {}, by=by, at=at)


@command
def _note_erased(photo_id: int, changes: dict[str, str], *, by: Actor, at: datetime) -> None:
    restricted = {"taken_at": None, "lon": None, "lat": None, "accuracy_m": None, "position_source": "", "software": ""}
    waiting = Photo.objects.filter(pk=photo_id, original_erased_at=None)
    if waiting.update(original_erased_at=at, **restricted, **changes):
        record(OriginalErased(subject=Ref("photo", photo_id)), by=by, at=at)
    elif changes:
        Photo.objects.filter(pk=photo_id).update(**changes)


def erase(*, photo_id: int, by: Actor, at: datetime) -> None:
    """Remove every picture of a photo for good; the link and the record stay and prove that there was one."""
    photo = Photo.objects.get(pk=photo_id)
    end_release(photo_id=photo_id, by=by, at=at)
    _remove_files(photo, Variant)
    Band.objects.filter(photo_id=photo_id).delete()
    _note_erased(photo_id, {"state": PhotoState.ERASED, "refusal": ""}, by=by, at=at)


def _remove_files(photo: Photo, variants: Iterable[Variant]) -> None:
    for variant in variants:
        store = received_store() if variant is Variant.ORIGINAL else served_store()
        store.delete(photo.key(variant))


def sweep_orphans(*, by: Actor, at: datetime) -> int:
    """Remove files of this month and the last that no row knows, once they are a day old; how many photos' files."""
    today = clock.on(at)
    months = {f"media/{day:%Y/%m}" for day in (today, today.replace(day=1) - timedelta(days=1))}
    stores = (received_store(), served_store())
    return sum(_sweep_folder(store, month, at=at) for store in stores for month in sorted(months))


def _sweep_folder(store: Storage, month: str, *, at: datetime) -> int:
    removed = 0
    for name in _folders(store, month):
        folder = f"{month}/{name}"
        files = [f"{folder}/{file}" for file in store.listdir(folder)[1]]
        # A young folder may belong to a row that is being written right now.
        is_old = all(store.get_modified_time(file) <= at - timedelta(hours=ORPHAN_HOURS) for file in files)
        if is_old and not Photo.objects.filter(handle=UUID(name)).exists():
            removed += 1
            for file in files:
                store.delete(file)
    return removed


def _folders(store: Storage, month: str) -> list[str]:
    try:
        return sorted(store.listdir(month)[0])
    except FileNotFoundError:
        return []
