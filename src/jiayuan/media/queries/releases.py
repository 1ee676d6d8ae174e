# SPDX-License-Identifier: Apache-2.0
"""Reading what the public sees of photos, and what waits for a person's decision."""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from PIL import Image

from jiayuan.kernel.access import Actor, Spot, arms
from jiayuan.media.access import May
from jiayuan.media.enums import (
    PhotoRole,
    PhotoState,
    PublicVariant,
    RegionSource,
    RegionState,
    ReleaseState,
)
from jiayuan.media.intake import Box
from jiayuan.media.models import Link, Region, Release
from jiayuan.media.storage import fetch, served_store
from jiayuan.record.events import Ref

JPEG_QUALITY = 85


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPhoto:
    """A photo that a person has released, as everybody may see it."""

    handle: UUID
    role: PhotoRole
    width: int
    height: int
    linked_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionShown:
    """A part of a picture as the page of the release draws it."""

    id: int
    source: RegionSource
    state: RegionState
    box: Box

    @property
    def is_covered(self) -> bool:
        """Whether the public would not see what is below it."""
        return self.state is not RegionState.REMOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """How far a photo is on its way to the public."""

    handle: UUID
    state: ReleaseState
    version: int
    is_served: bool
    spot: Spot
    width: int
    height: int
    was_looked_through: bool
    asked_at: datetime
    decided_at: datetime | None
    regions: tuple[RegionShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRelease:
    """A photo that waits for somebody to decide, and what it proves."""

    handle: UUID
    subject: Ref | None
    role: PhotoRole
    place: str
    asked_at: datetime
    faces: int
    plates: int


def _public() -> Q:
    return Q(state=ReleaseState.CONFIRMED, rendered=F("version"), photo__state=PhotoState.DERIVED)


def public_photos(subjects: Iterable[Ref]) -> Mapping[Ref, tuple[PublicPhoto, ...]]:
    """The released photos of some subjects in the order in which they were added, in one query; others are left out."""
    asked = [Q(subject_kind=subject.kind, subject_id=subject.id) for subject in subjects]
    if not asked:
        return {}
    found: dict[Ref, list[PublicPhoto]] = defaultdict(list)
    links = Link.objects.filter(reduce(or_, asked), photo__release__in=Release.objects.filter(_public()))
    for link in links.select_related("photo__release").order_by("subject_kind", "subject_id", "place"):
        found[Ref(link.subject_kind, link.subject_id)].append(_shown(link))
    return {subject: tuple(photos) for subject, photos in found.items()}


def _shown(link: Link) -> PublicPhoto:
    return PublicPhoto(
        handle=link.photo.handle,
        role=PhotoRole(link.role),
        width=link.photo.width,
        height=link.photo.height,
        linked_at=link.linked_at,
        confirmed_at=link.photo.release.decided_at,
    )


def public_mark(handle: UUID) -> str:
    """What changes whenever the public picture does; empty while there is none."""
    version = Release.objects.filter(_public(), photo__handle=handle).values_list("version", flat=True).first()
    return "" if version is None else str(version)


def public_bytes(handle: UUID, variant: PublicVariant = PublicVariant.LARGE) -> bytes | None:
    """A released picture as WebP, with what is covered gone for good; None unless a person has confirmed it."""
    release = Release.objects.select_related("photo").filter(_public(), photo__handle=handle).first()
    if release is None:
        return None
    try:
        return fetch(served_store(), release.key(variant, release.version))
    except FileNotFoundError:
        return None


def public_jpeg(handle: UUID) -> bytes | None:
    """The large released picture as JPEG, for papers: Word reads no WebP. None unless a person has confirmed it."""
    data = public_bytes(handle)
    if data is None:
        return None
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        picture.convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def public_url(photo: PublicPhoto | UUID, variant: PublicVariant = PublicVariant.LARGE) -> str:
    """The address of a public variant; it answers 404 once the photo is taken back."""
    handle = photo.handle if isinstance(photo, PublicPhoto) else photo
    return reverse("media:photo", args=[handle, variant])


def release_of(handle: UUID) -> ReleaseView | None:
    """How far a photo is; None when nobody has asked about it. Whoever asks has asked for permission."""
    release = Release.objects.select_related("photo").filter(photo__handle=handle).first()
    if release is None:
        return None
    return ReleaseView(
        handle=handle,
        state=ReleaseState(release.state),
        version=release.version,
        is_served=release.state == ReleaseState.CONFIRMED and release.rendered == release.version,
        spot=Spot(code=release.place),
        width=release.photo.width,
        height=release.photo.height,
        was_looked_through=bool(release.detector),
        asked_at=release.asked_at,
        decided_at=release.decided_at,
        regions=tuple(_region(region) for region in release.regions.order_by("pk")),
    )


def _region(region: Region) -> RegionShown:
    return RegionShown(
        id=region.pk,
        source=RegionSource(region.source),
        state=RegionState(region.state),
        box=Box(left=region.left, top=region.top, width=region.width, height=region.height),
    )


def release_states(handles: Iterable[UUID]) -> Mapping[UUID, ReleaseState]:
    """How far some photos are, in one query; those that nobody asked about are left out."""
    found = Release.objects.filter(photo__handle__in=list(handles)).values_list("photo__handle", "state")
    return {handle: ReleaseState(state) for handle, state in found}


def waiting_releases(by: Actor, *, limit: int) -> tuple[WaitingRelease, ...]:
    """The photos that wait for this person, oldest first; three queries."""
    releases = list(_waiting(by).select_related("photo").order_by("asked_at", "pk")[:limit])
    links: dict[int, Link] = {}
    for link in Link.objects.filter(photo_id__in=[release.photo_id for release in releases]).order_by("-pk"):
        links[link.photo_id] = link
    counts = _counts(releases)
    return tuple(_waits(release, links.get(release.photo_id), counts[release.pk]) for release in releases)


def _waits(release: Release, link: Link | None, counts: Mapping[str, int]) -> WaitingRelease:
    return WaitingRelease(
        handle=release.photo.handle,
        subject=Ref(link.subject_kind, link.subject_id) if link else None,
        role=PhotoRole(link.role) if link else PhotoRole.OTHER,
        place=release.place,
        asked_at=release.asked_at,
        faces=counts[RegionSource.FACE],
        plates=counts[RegionSource.PLATE],
    )


def _counts(releases: Sequence[Release]) -> Mapping[int, Mapping[str, int]]:
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    found = Region.objects.filter(release__in=releases).exclude(state=RegionState.REMOVED)
    for release_id, source in found.values_list("release_id", "source"):
        counts[release_id][source] += 1
    return counts


def waiting_count(by: Actor) -> int:
    """How many photos wait for this person."""
    return _waiting(by).count()


def next_waiting(by: Actor, *, after: UUID) -> UUID | None:
    """The photo that waits longest beside this one."""
    rest = _waiting(by).exclude(photo__handle=after).order_by("asked_at", "pk")
    return rest.values_list("photo__handle", flat=True).first()


def _waiting(by: Actor) -> QuerySet[Release]:
    """Only areas count: a unit does not decide what everybody sees of its own work."""
    reach = [Q(**arm.lookup) for arm in arms(by, May.RELEASE) if arm.column != "unit_id"]
    waiting = Release.objects.filter(state=ReleaseState.PROPOSED)
    return waiting.filter(reduce(or_, reach)) if reach else waiting.none()


def first_link(handle: UUID) -> tuple[Ref, PhotoRole] | None:
    """What a photo proves; None for a draft."""
    link = Link.objects.filter(photo__handle=handle).order_by("pk").first()
    return (Ref(link.subject_kind, link.subject_id), PhotoRole(link.role)) if link else None


def is_own_proof(handle: UUID, by: Actor) -> bool:
    """Whether this person proved the work by the photo, and so leaves its release to somebody else."""
    if by.account_id is None:
        return False
    proofs = Link.objects.filter(photo__handle=handle, role=PhotoRole.AFTER, linked_by_id=by.account_id)
    return proofs.exists()
