# SPDX-License-Identifier: Apache-2.0
"""What of a photo the public sees: looked through by the program, decided by a person, rendered by the worker.

Looking through and rendering are work on pictures and stand outside every command. A rendition lies under the version
of the decision it was made from, so that one made too late can never be taken for a newer one.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import after_commit, command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.media import detection, wake
from jiayuan.media.access import May
from jiayuan.media.enums import (
    PhotoState,
    PublicVariant,
    RegionSource,
    RegionState,
    ReleaseState,
    Variant,
    WhyWithdrawn,
)
from jiayuan.media.events import ReleaseConfirmed, ReleaseProposed, ReleaseWithdrawn
from jiayuan.media.intake import Box
from jiayuan.media.models import Link, Photo, Region, Release
from jiayuan.media.obscure import public_pictures
from jiayuan.media.queries.releases import is_own_proof
from jiayuan.media.rules import MOST_REGIONS, box_of
from jiayuan.media.services.drawings import draw_on_view
from jiayuan.media.storage import fetch, put, served_store
from jiayuan.record.events import Ref
from jiayuan.record.log import record

logger = logging.getLogger(__name__)

REFUSALS = {
    "release_unknown": pgettext_lazy("media", "Nobody has asked yet whether this photo may become public."),
    "release_not_ready": pgettext_lazy("media", "This photo is still being looked through. Try again in a minute."),
    "release_own": pgettext_lazy("media", "You added this photo as proof of the work. Somebody else releases it."),
    "release_too_many": pgettext_lazy("media", "At most %(most)s parts of a photo can be covered."),
    "release_moved_on": pgettext_lazy("media", "Somebody else has just changed this photo. Look at it again."),
}


@command
def offer(*, subject: Ref, spot: Spot, by: Actor, at: datetime) -> int:
    """Ask for the photos of a subject that is over to be looked through; how many were not asked for before.

    Nobody waits for it, so no bell is rung. What is drawn on first view is left out: there would be thousands. A photo
    whose served pictures are not made yet is asked for, too, and is looked through once they are.
    """
    require(by, May.RELEASE, at=spot)
    asked = Link.objects.filter(subject_kind=subject.kind, subject_id=subject.id, photo__release=None)
    photos = asked.filter(photo__state__in=_COMING, photo__received_bytes__gt=0).values_list("photo_id")
    fresh = [_asked(photo_id, spot, at) for (photo_id,) in photos.order_by("place")]
    Release.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


@command
def ask_release(*, handle: UUID, spot: Spot, by: Actor, at: datetime) -> None:
    """Have one photo looked through now; asking again changes nothing."""
    require(by, May.RELEASE, at=spot)
    photo = Photo.objects.filter(handle=handle, state=PhotoState.DERIVED, draft_until=None).first()
    if photo is None:
        raise _refused("release_not_ready")
    Release.objects.bulk_create([_asked(photo.pk, spot, at)], ignore_conflicts=True)
    photo_id = photo.pk
    after_commit(lambda: wake.release(photo_id))


def _asked(photo_id: int, spot: Spot, at: datetime) -> Release:
    return Release(
        photo_id=photo_id,
        state=ReleaseState.ASKED,
        place=spot.code,
        county=spot.code[:6],
        town=spot.code[:9],
        village=spot.code,
        asked_at=at,
    )


_COMING = (PhotoState.RECEIVED, PhotoState.DERIVED)


def _ready() -> Q:
    """What the worker can do something about: a photo that has no served pictures yet waits for them first."""
    return Q(waits=True) & (Q(photo__state=PhotoState.DERIVED) | ~Q(state=ReleaseState.ASKED))


# ── the worker's part ─────────────────────────────────────────────────────────────────────────────────────────────


def prepare(*, photo_id: int, by: Actor, at: datetime) -> None:
    """Do what a photo waits for: look it through, or render what was decided. Twice changes nothing."""
    release = Release.objects.select_related("photo").filter(_ready(), photo_id=photo_id).first()
    if release is None:
        return
    if release.state == ReleaseState.ASKED:
        _look(release, by=by, at=at)
    elif release.state == ReleaseState.CONFIRMED:
        _render(release, by=by, at=at)
    else:
        _take_down(release)


def prepare_due(*, by: Actor, at: datetime, limit: int = 10) -> int:
    """The sweep behind the bell: whatever still waits, oldest first; how many were tried."""
    waiting = Release.objects.filter(_ready()).order_by("asked_at", "pk")
    ids = list(waiting.values_list("photo_id", flat=True)[:limit])
    for photo_id in ids:
        try:
            prepare(photo_id=photo_id, by=by, at=at)
        except Exception:
            # One picture that brings the detector down must not keep all later ones waiting.
            logger.exception("photo %s could not be prepared for the public", photo_id)
    return len(ids)


def _look(release: Release, *, by: Actor, at: datetime) -> None:
    found: Mapping[RegionSource, Sequence[Box]] = {}
    detector = ""
    try:
        found, detector = _looked_through(_large(release.photo, by=by, at=at)), detection.DETECTOR
    except Exception:
        # Without a detector, or with one that fails, a person still looks, and the page says that nothing did before.
        logger.exception("photo %s was not looked through", release.photo_id)
    _propose(release.pk, found, detector, by=by, at=at)


def _looked_through(data: bytes) -> Mapping[RegionSource, Sequence[Box]]:
    width, height, found = detection.look_through(data)
    return {
        source: [box_of(one.left, one.top, one.right, one.bottom, width=width, height=height) for one in some]
        for source, some in found.items()
    }


def _large(photo: Photo, *, by: Actor, at: datetime) -> bytes:
    try:
        return fetch(served_store(), photo.key(Variant.LARGE))
    except FileNotFoundError:
        draw_on_view(handle=photo.handle, by=by, at=at)
        return fetch(served_store(), photo.key(Variant.LARGE))


@command
def _propose(
    release_id: int, found: Mapping[RegionSource, Sequence[Box]], detector: str, *, by: Actor, at: datetime
) -> None:
    release = _locked(Q(pk=release_id))
    if release is None or release.state != ReleaseState.ASKED:
        return
    _write_regions(release, found, RegionState.PROPOSED)
    release.state, release.detector, release.waits = ReleaseState.PROPOSED, detector, False
    release.save(update_fields=["state", "detector", "waits"])
    counts = {name: len(found.get(source, ())) for name, source in _COUNTED}
    record(ReleaseProposed(subject=Ref("photo", release.photo_id), **counts), by=by, at=at)


_COUNTED = (("faces", RegionSource.FACE), ("plates", RegionSource.PLATE))


def _write_regions(release: Release, boxes: Mapping[RegionSource, Sequence[Box]], state: RegionState) -> None:
    Region.objects.bulk_create(
        Region(
            release=release, source=source, state=state, left=box.left, top=box.top, width=box.width, height=box.height
        )
        for source, some in boxes.items()
        for box in some[:MOST_REGIONS]
    )


def _render(release: Release, *, by: Actor, at: datetime) -> None:
    """Write the public variants of one decision. Whoever decided anew meanwhile finds nothing of it served."""
    version, photo = release.version, release.photo
    covered = release.regions.filter(state=RegionState.KEPT).order_by("pk")
    boxes = [Box(left=one.left, top=one.top, width=one.width, height=one.height) for one in covered]
    if not Release.objects.filter(pk=release.pk, version=version, state=ReleaseState.CONFIRMED).exists():
        return
    pictures = public_pictures(_large(photo, by=by, at=at), boxes)
    if release.rendered is not None:
        _remove(release, release.rendered)
    for variant, picture in pictures.items():
        put(served_store(), release.key(variant, version), picture)
    if not _note_rendered(release.pk, version):
        _remove(release, version)


@command
def _note_rendered(release_id: int, version: int) -> bool:
    current = Release.objects.filter(pk=release_id, version=version, state=ReleaseState.CONFIRMED)
    return bool(current.update(rendered=version, waits=False))


def _take_down(release: Release) -> None:
    if release.rendered is not None:
        _remove(release, release.rendered)
    _note_taken_down(release.pk, release.version)


@command
def _note_taken_down(release_id: int, version: int) -> None:
    # Conditional: somebody may have confirmed it again meanwhile.
    Release.objects.filter(pk=release_id, version=version).update(rendered=None, waits=False)


def _remove(release: Release, version: int) -> None:
    for variant in PublicVariant:
        served_store().delete(release.key(variant, version))


# ── the person's part ─────────────────────────────────────────────────────────────────────────────────────────────


@command
def cover(
    *, handle: UUID, kept: Sequence[int], drawn: Sequence[Box], seen: int, spot: Spot, by: Actor, at: datetime
) -> None:
    """Say which parts are covered without releasing anything; a photo that was public is no longer until confirmed.

    ``kept`` are the regions that stay covered, ``drawn`` those added by hand, ``seen`` the version that was looked at.
    """
    release = _decidable(handle, seen, spot=spot, by=by)
    if not _change(release, kept, drawn):
        return
    was_public = release.state == ReleaseState.CONFIRMED
    _move(release, ReleaseState.PROPOSED if was_public else ReleaseState(release.state))
    if was_public:
        _note_withdrawn(release, WhyWithdrawn.CHANGED, by=by, at=at)


@command
def confirm_release(
    *, handle: UUID, kept: Sequence[int], drawn: Sequence[Box], seen: int, spot: Spot, by: Actor, at: datetime
) -> None:
    """Let the public see a photo with these parts covered. Confirming the same again changes nothing."""
    release = _decidable(handle, seen, spot=spot, by=by)
    _refuse_own(release, by)
    is_changed = _change(release, kept, drawn)
    if release.state == ReleaseState.CONFIRMED and not is_changed:
        return
    release.regions.filter(state=RegionState.PROPOSED).update(state=RegionState.KEPT)
    release.decided_by_id, release.decided_at = by.account_id, at
    _move(release, ReleaseState.CONFIRMED)
    covered = release.regions.filter(state=RegionState.KEPT).count()
    record(ReleaseConfirmed(subject=_subject(release), photo=release.photo_id, covered=covered), by=by, at=at)
    _ring(release)


@command
def hold_back(*, handle: UUID, spot: Spot, by: Actor, at: datetime) -> None:
    """Keep a photo from the public, or take it back from there; saying it again changes nothing."""
    require(by, May.RELEASE, at=spot)
    release = _locked(Q(photo__handle=handle))
    if release is None:
        raise _refused("release_unknown")
    if release.state != ReleaseState.WITHDRAWN:
        release.decided_by_id, release.decided_at = by.account_id, at
        _withdraw(release, WhyWithdrawn.HELD_BACK, by=by, at=at)


@command
def end_release(*, photo_id: int, by: Actor, at: datetime) -> None:
    """Take a photo back because what it was made from is gone; nothing happens to one that nobody asked about."""
    release = _locked(Q(photo_id=photo_id))
    if release is not None and release.state != ReleaseState.WITHDRAWN:
        _withdraw(release, WhyWithdrawn.ERASED, by=by, at=at)


def _decidable(handle: UUID, seen: int, *, spot: Spot, by: Actor) -> Release:
    require(by, May.RELEASE, at=spot)
    release = _locked(Q(photo__handle=handle))
    if release is None:
        raise _refused("release_unknown")
    if release.state == ReleaseState.ASKED or release.photo.state != PhotoState.DERIVED:
        raise _refused("release_not_ready")
    if release.version != seen:
        raise Stale("release_moved_on", REFUSALS["release_moved_on"])
    return release


def _refuse_own(release: Release, by: Actor) -> None:
    """Whoever proved the work by a photo does not also decide that everybody sees it."""
    if is_own_proof(release.photo.handle, by):
        raise _refused("release_own")


def _change(release: Release, kept: Sequence[int], drawn: Sequence[Box]) -> bool:
    """Cover these parts and no others; whether that is another picture than before."""
    regions = {region.pk: region for region in release.regions.order_by("pk")}
    stays = set(kept) & set(regions)
    if len(stays) + len(drawn) > MOST_REGIONS:
        raise _refused("release_too_many", most=MOST_REGIONS)
    covered = {pk for pk, region in regions.items() if region.state != RegionState.REMOVED}
    if stays == covered and not drawn:
        return False
    release.regions.filter(pk__in=stays).update(state=RegionState.KEPT)
    release.regions.exclude(pk__in=stays).update(state=RegionState.REMOVED)
    _write_regions(release, {RegionSource.BRUSH: drawn}, RegionState.KEPT)
    return True


def _move(release: Release, state: ReleaseState) -> None:
    release.state, release.version = state, release.version + 1
    release.waits = state == ReleaseState.CONFIRMED or release.rendered is not None
    release.save(update_fields=["state", "version", "waits", "decided_by", "decided_at"])


def _withdraw(release: Release, why: WhyWithdrawn, *, by: Actor, at: datetime) -> None:
    was_public = release.state == ReleaseState.CONFIRMED
    _move(release, ReleaseState.WITHDRAWN)
    if was_public:
        _note_withdrawn(release, why, by=by, at=at)


def _note_withdrawn(release: Release, why: WhyWithdrawn, *, by: Actor, at: datetime) -> None:
    record(ReleaseWithdrawn(subject=_subject(release), photo=release.photo_id, why=why), by=by, at=at)
    _ring(release)


def _ring(release: Release) -> None:
    photo_id = release.photo_id
    after_commit(lambda: wake.release(photo_id))


def _subject(release: Release) -> Ref:
    link = release.photo.links.order_by("pk").first()
    return Ref(link.subject_kind, link.subject_id) if link else Ref("photo", release.photo_id)


def _locked(which: Q) -> Release | None:
    return Release.objects.select_for_update(of=("self",)).select_related("photo").filter(which).first()


def _refused(code: str, **facts: Any) -> Refused:
    return Refused(code, REFUSALS[code], **facts)
