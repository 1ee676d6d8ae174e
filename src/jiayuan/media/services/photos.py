# SPDX-License-Identifier: Apache-2.0
"""The only writers of the media room.

Image and file work never happens inside a command: bytes are inspected and stored first, then a short command writes
the row. A crash in between leaves a file without a row, and ``sweep_orphans`` removes it.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import pgettext_lazy

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import after_commit, command, inside
from jiayuan.kernel.errors import Refused
from jiayuan.media import wake
from jiayuan.media.access import May
from jiayuan.media.alike import keys
from jiayuan.media.enums import PhotoRole, PhotoState, PictureFormat, PositionSource, Variant
from jiayuan.media.events import OriginalOpened, PhotoAttached
from jiayuan.media.inspection import Inspected, inspect
from jiayuan.media.intake import Captured
from jiayuan.media.models import Band, Link, Photo
from jiayuan.media.pictures import derive_pictures
from jiayuan.media.rules import MOST_AT_ONCE, Standing, draft_ends, refusal_to_attach
from jiayuan.media.storage import fetch, put, received_store, served_store
from jiayuan.media.vault import Unreadable, seal, unseal
from jiayuan.record.events import Digest, Ref
from jiayuan.record.log import record

logger = logging.getLogger(__name__)

ATTACH_REFUSALS = {
    "photo_gone": pgettext_lazy("media", "One of the photos is no longer here. Please choose it again."),
    "photo_not_shown": pgettext_lazy("media", "One of the photos could not be read. Please choose another one."),
    "photo_taken": pgettext_lazy("media", "One of the photos already belongs to something else. Take a new one."),
    "photo_too_many": pgettext_lazy("media", "At most %(most)s photos can be added here."),
}


def receive(
    *, data: bytes, declared_name: str = "", captured: Captured | None = None, by: Actor, at: datetime
) -> Photo:
    """A draft photo whose bytes are safely stored; refused by name when they are no acceptable picture.

    Call it before the command that attaches the photo, never inside one.
    """
    if inside():
        raise RuntimeError("receive() decodes pictures and writes files: call it before the command")
    return _kept(_draft(inspect(data, declared_name), captured, by=by, at=at), data)


def receive_drawn(*, data: bytes, by: Actor, at: datetime) -> Photo:
    """A draft whose picture was drawn for the demonstration: marked so, and never compared with any other."""
    if inside():
        raise RuntimeError("receive_drawn() decodes pictures and writes files: call it before the command")
    photo = _draft(inspect(data), None, by=by, at=at)
    photo.synthetic = True
    return _kept(photo, data)


def _kept(photo: Photo, data: bytes) -> Photo:
    photo.received_bytes = len(data)
    put(received_store(), photo.key(Variant.ORIGINAL), seal(data, owner=str(photo.handle)))
    _insert(photo)
    return photo


def _draft(facts: Inspected, captured: Captured | None, *, by: Actor, at: datetime) -> Photo:
    photo = Photo(
        handle=uuid4(),
        state=PhotoState.RECEIVED,
        received_at=at,
        received_on=clock.on(at),
        received_by_id=by.account_id,
        sha256=facts.sha256,
        format=facts.format,
        width=facts.width,
        height=facts.height,
        dhash=facts.dhash,
        fine=facts.fine,
        taken_at=facts.taken_at,
        software=facts.software,
        draft_until=draft_ends(at),
    )
    if facts.lon_e6 is not None and facts.lat_e6 is not None:
        photo.lon, photo.lat = facts.lon_e6 / 1_000_000, facts.lat_e6 / 1_000_000
        photo.position_source = PositionSource.EXIF
    elif captured is not None:
        photo.lon, photo.lat, photo.accuracy_m = captured.lon, captured.lat, captured.accuracy_m
        photo.position_source = captured.source
    return photo


@command
def _insert(photo: Photo) -> None:
    photo.save(force_insert=True)
    if photo.fine and not photo.synthetic:
        Band.objects.bulk_create(Band(photo=photo, key=key, dhash=photo.dhash) for key in keys(photo.dhash))
    photo_id = photo.pk
    after_commit(lambda: wake.derivation(photo_id))


def derive(*, photo_id: int, by: Actor, at: datetime) -> PhotoState:
    """Make the served variants of a received photo; its new state. Doing it twice changes nothing."""
    photo = Photo.objects.get(pk=photo_id)
    if photo.state != PhotoState.RECEIVED:
        return PhotoState(photo.state)
    try:
        data = unseal(fetch(received_store(), photo.key(Variant.ORIGINAL)), owner=str(photo.handle))
        made = derive_pictures(data, PictureFormat(photo.format))
    except Refused as refusal:
        return _settle(photo_id, PhotoState.REFUSED, refusal.code)
    except (FileNotFoundError, Unreadable):
        return _settle(photo_id, PhotoState.REFUSED, "photo_unreadable")
    for variant, picture in made.items():
        put(served_store(), photo.key(variant), picture)
    return _settle(photo_id, PhotoState.DERIVED)


@command
def _settle(photo_id: int, state: PhotoState, refusal: str = "") -> PhotoState:
    # Conditional: two workers may have derived the same photo, or it was erased meanwhile.
    Photo.objects.filter(pk=photo_id, state=PhotoState.RECEIVED).update(state=state, refusal=refusal)
    return PhotoState(Photo.objects.values_list("state", flat=True).get(pk=photo_id))


def derive_due(*, by: Actor, at: datetime, limit: int = 20) -> int:
    """The sweep behind the doorbell: derive what still waits, oldest first; how many were tried."""
    waiting = Photo.objects.filter(state=PhotoState.RECEIVED).order_by("received_at", "pk")
    ids = list(waiting.values_list("pk", flat=True)[:limit])
    for photo_id in ids:
        try:
            derive(photo_id=photo_id, by=by, at=at)
        except Exception:
            # One photo that brings a decoder down must not keep all later ones waiting.
            logger.exception("photo %s could not be derived", photo_id)
    return len(ids)


@command
def attach(
    *, photos: Sequence[UUID], to: Ref, role: PhotoRole, by: Actor, at: datetime, handed_on_from: Ref | None = None
) -> tuple[int, ...]:
    """Link draft photos to what they prove, in the given order; the ids of the photos.

    Refused when a photo is gone, unreadable, somebody else's or already evidence of something else, or when there are
    too many at once. Attaching the same photo to the same subject again changes nothing. Whoever calls holds the
    subject's row, or has just made it. What an inspector found becomes a case: its pictures hang at the finding and are
    ``handed_on_from`` there.
    """
    hanging = Link.objects.filter(subject_kind=to.kind, subject_id=to.id)
    # One reading tells the photos, whether they hang there and the newest place: every report pays for it.
    held = Photo.objects.select_for_update(of=("self",)).filter(handle__in=photos)
    told = held.annotate(
        hangs=Exists(hanging.filter(photo_id=OuterRef("pk"))),
        newest=Subquery(hanging.order_by("-place").values("place")[:1]),
    ).order_by("pk")
    found = {photo.handle: photo for photo in told}
    linked = {photo.pk for photo in told if photo.hangs}
    handed_on = _hanging_at(handed_on_from, photos)
    fresh = [
        _attachable(found.get(handle), by=by, at=at, linked=linked, handed_on=handed_on)
        for handle in dict.fromkeys(photos)
    ]
    fresh_photos = [photo for photo in fresh if photo is not None]
    # At once, not ever: a case that is sent back again and again must still take the evidence of the next try.
    if len(fresh_photos) > MOST_AT_ONCE:
        raise _refusal("photo_too_many", most=MOST_AT_ONCE)
    newest = max((photo.newest or 0 for photo in told), default=0)
    _write_links(fresh_photos, to=to, role=role, after=newest, by=by, at=at)
    return tuple(found[handle].pk for handle in dict.fromkeys(photos))


def _hanging_at(subject: Ref | None, photos: Sequence[UUID]) -> set[int]:
    """Those of the photos that hang at a subject; no query where none is named."""
    if subject is None:
        return set()
    hanging = Link.objects.filter(subject_kind=subject.kind, subject_id=subject.id, photo__handle__in=photos)
    return set(hanging.values_list("photo_id", flat=True))


def _attachable(photo: Photo | None, *, by: Actor, at: datetime, linked: set[int], handed_on: set[int]) -> Photo | None:
    """The photo, or None when it already hangs there."""
    if photo is not None and photo.pk in linked:
        return None
    if photo is not None and photo.pk in handed_on:
        return photo
    code = refusal_to_attach(_standing(photo, at) if photo is not None else None, account_id=by.account_id)
    if code:
        raise _refusal(code)
    return photo


def _standing(photo: Photo, at: datetime) -> Standing:
    return Standing(
        is_draft=photo.draft_until is not None,
        is_refused=photo.state == PhotoState.REFUSED,
        expired=photo.state == PhotoState.ERASED or (photo.draft_until is not None and photo.draft_until <= at),
        owner_id=photo.received_by_id,
    )


def _refusal(code: str, **facts: int) -> Refused:
    return Refused(code, ATTACH_REFUSALS[code], field="photos", **facts)


def _write_links(photos: Sequence[Photo], *, to: Ref, role: PhotoRole, after: int, by: Actor, at: datetime) -> None:
    Link.objects.bulk_create(
        Link(
            photo=photo,
            subject_kind=to.kind,
            subject_id=to.id,
            role=role,
            place=place,
            linked_at=at,
            linked_on=clock.on(at),
            linked_by_id=by.account_id,
        )
        for place, photo in enumerate(photos, start=after + 1)
    )
    for photo in photos:
        record(PhotoAttached(subject=to, photo=photo.pk, role=role, received_sha256=Digest(photo.sha256)), by=by, at=at)
    Photo.objects.filter(pk__in=[photo.pk for photo in photos]).update(draft_until=None)


def open_original(*, handle: UUID, spot: Spot, by: Actor, at: datetime) -> tuple[bytes, PictureFormat]:
    """The bytes as they were received, for who may see them at this spot; the record keeps who looked.

    Refused without the permission, and when the original was erased.
    """
    require(by, May.SEE_ORIGINAL, at=spot)
    photo = Photo.objects.filter(handle=handle, original_erased_at=None).first()
    if photo is None:
        raise Refused("photo_original_gone", pgettext_lazy("media", "The photo as received is no longer kept."))
    data = unseal(fetch(received_store(), photo.key(Variant.ORIGINAL)), owner=str(photo.handle))
    _note_opened(photo, by=by, at=at)
    return data, PictureFormat(photo.format)


@command
def _note_opened(photo: Photo, *, by: Actor, at: datetime) -> None:
    link = photo.links.order_by("pk").first()
    subject = Ref(link.subject_kind, link.subject_id) if link else Ref("photo", photo.pk)
    record(OriginalOpened(subject=subject, photo=photo.pk), by=by, at=at)
