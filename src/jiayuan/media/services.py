# SPDX-License-Identifier: Apache-2.0
"""The only writers of the media room.

Image and file work never happens inside a command: bytes are inspected and stored first, then a short command writes
the row. A crash in between leaves a file without a row, and ``sweep_orphans`` removes it.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.storage import Storage
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import pgettext_lazy

from jiayuan.kernel import bulk, clock
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import after_commit, command, inside
from jiayuan.kernel.errors import Refused
from jiayuan.media import illustrations, wake
from jiayuan.media.access import May
from jiayuan.media.alike import keys
from jiayuan.media.enums import PhotoRole, PhotoState, PictureFormat, PositionSource, Variant
from jiayuan.media.events import OriginalErased, OriginalOpened, PhotoAttached
from jiayuan.media.illustrations.sheet import HEIGHT, WIDTH
from jiayuan.media.inspection import Inspected, inspect
from jiayuan.media.intake import Captured
from jiayuan.media.models import Band, Link, Photo
from jiayuan.media.pictures import derive_pictures
from jiayuan.media.rules import MOST_AT_ONCE, ORPHAN_HOURS, Standing, draft_ends, purge_day, refusal_to_attach
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


_DRAWN_AS = "Jiayuan illustration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture of the demonstration that is drawn when somebody first looks at it: nothing of it is stored before."""

    handle: UUID
    words: str
    subject: Ref = Ref("", 0)
    role: PhotoRole = PhotoRole.OTHER
    place: int = 0
    at: datetime | None = None
    key: int = 0

    @classmethod
    def of(cls, *, scene: str, setting: str, stage: str, seed: int, handle: UUID) -> "Drawing":
        """What is to be drawn: a scene in a setting, before or after, by a seed."""
        return cls(handle=handle, words=f"{_DRAWN_AS} {scene} {setting} {stage} {seed}")

    def hung(self, subject: Ref, *, role: PhotoRole, place: int, at: datetime) -> "Drawing":
        """The same picture as what it shows."""
        return replace(self, subject=subject, role=role, place=place, at=at)


@command
def hang_drawings(*, drawings: Sequence[Drawing], by: Actor, at: datetime) -> int:
    """Rows and links for pictures that are drawn on first view; how many. Nothing was received, so no event seals them.

    They are marked as drawn and are never compared with any other picture.
    """
    photos = [_undrawn(drawing, at) for drawing in drawings]
    bulk.insert(photos)
    bulk.insert(
        [
            bulk.row(
                Link,
                id=drawing.key,
                photo_id=drawing.key,
                subject_kind=drawing.subject.kind,
                subject_id=drawing.subject.id,
                role=drawing.role,
                place=drawing.place,
                linked_at=drawing.at or at,
                linked_on=clock.on(drawing.at or at),
            )
            for drawing in drawings
        ]
    )
    return len(drawings)


def _undrawn(drawing: Drawing, at: datetime) -> Photo:
    moment = drawing.at or at
    return bulk.row(
        Photo,
        id=drawing.key,
        handle=drawing.handle,
        state=PhotoState.DERIVED,
        received_at=moment,
        received_on=clock.on(moment),
        sha256=sha256(drawing.words.encode()).hexdigest(),
        received_bytes=0,
        format=PictureFormat.JPEG,
        width=WIDTH,
        height=HEIGHT,
        dhash=0,
        software=drawing.words,
        synthetic=True,
        original_erased_at=moment,
    )


def draw_on_view(*, handle: UUID, by: Actor, at: datetime) -> bool:
    """Make the served variants of a picture that is drawn on first view; whether this is one."""
    photo = Photo.objects.filter(handle=handle, synthetic=True, received_bytes=0, state=PhotoState.DERIVED).first()
    if photo is None:
        return False
    scene, setting, stage, seed = photo.software.removeprefix(_DRAWN_AS).split()
    data = illustrations.illustration(
        illustrations.Scene(scene), illustrations.Setting(setting), illustrations.Stage(stage), seed=int(seed)
    )
    for variant, picture in derive_pictures(data, PictureFormat.JPEG).items():
        put(served_store(), photo.key(variant), picture)
    return True
