# SPDX-License-Identifier: Apache-2.0
"""Reading photos. What is returned to pages carries no position, no time and no camera."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.media.access import May
from jiayuan.media.enums import PhotoRole, PhotoState, PositionSource, Variant
from jiayuan.media.models import Link, Photo
from jiayuan.media.storage import fetch, served_store
from jiayuan.record.events import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoShown:
    """A photo as a page shows it."""

    id: int
    handle: UUID
    role: PhotoRole
    state: PhotoState
    width: int
    height: int
    linked_at: datetime

    @property
    def is_ready(self) -> bool:
        """Whether its variants can be fetched."""
        return self.state is PhotoState.DERIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoOrigin:
    """What a photo says about its taking; restricted."""

    taken_at: datetime | None
    lon: float | None
    lat: float | None
    accuracy_m: int | None
    source: PositionSource
    software: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What decides who may see a photo: its subjects, or for a draft the account that sent it."""

    state: PhotoState
    subjects: tuple[Ref, ...]
    owner_id: int | None


def photos_of(subject: Ref) -> tuple[PhotoShown, ...]:
    """The photos of one subject in the order in which they were added."""
    return photos_of_many(subject.kind, [subject.id]).get(subject.id, ())


def photos_of_many(kind: str, ids: Iterable[int]) -> Mapping[int, tuple[PhotoShown, ...]]:
    """The photos of many subjects of one kind in one query; subjects without photos are left out."""
    links = (
        Link.objects.filter(subject_kind=kind, subject_id__in=list(ids))
        .exclude(photo__state=PhotoState.ERASED)
        .select_related("photo")
        .order_by("subject_id", "place")
    )
    found: dict[int, list[PhotoShown]] = defaultdict(list)
    for link in links:
        found[link.subject_id].append(_shown(link))
    return {subject_id: tuple(photos) for subject_id, photos in found.items()}


def _shown(link: Link) -> PhotoShown:
    return PhotoShown(
        id=link.photo_id,
        handle=link.photo.handle,
        role=PhotoRole(link.role),
        state=PhotoState(link.photo.state),
        width=link.photo.width,
        height=link.photo.height,
        linked_at=link.linked_at,
    )


def count_of(subject: Ref, role: PhotoRole) -> int:
    """How many photos of this role a subject has, erased ones included: they were given."""
    return Link.objects.filter(subject_kind=subject.kind, subject_id=subject.id, role=role).count()


def variant_url(photo: PhotoShown | UUID, variant: Variant) -> str:
    """The address of a variant; the guard stands behind it."""
    handle = photo.handle if isinstance(photo, PhotoShown) else photo
    return reverse("media:photo", args=[handle, variant])


def provenance(handle: UUID) -> Provenance | None:
    """What decides who may see this photo; None when there is no such photo or it was erased."""
    photo = Photo.objects.filter(handle=handle).exclude(state=PhotoState.ERASED).first()
    if photo is None:
        return None
    links = photo.links.order_by("pk").values_list("subject_kind", "subject_id")
    return Provenance(
        state=PhotoState(photo.state),
        subjects=tuple(Ref(kind, subject_id) for kind, subject_id in links),
        owner_id=photo.received_by_id,
    )


def picture(handle: UUID, variant: Variant) -> bytes | None:
    """The bytes of a served variant, or None while it is not made; the caller has asked who may see it."""
    photo = Photo.objects.filter(handle=handle, state=PhotoState.DERIVED).first()
    if photo is None or variant is Variant.ORIGINAL:
        return None
    try:
        return fetch(served_store(), photo.key(variant))
    except FileNotFoundError:
        return None


def origin_of(*, handle: UUID, spot: Spot, by: Actor) -> PhotoOrigin:
    """Position, time and camera of a photo, for who may see them at this spot."""
    require(by, May.SEE_ORIGINAL, at=spot)
    photo = Photo.objects.get(handle=handle)
    return PhotoOrigin(
        taken_at=photo.taken_at,
        lon=photo.lon,
        lat=photo.lat,
        accuracy_m=photo.accuracy_m,
        source=PositionSource(photo.position_source),
        software=photo.software,
        sha256=photo.sha256,
    )


def same_picture(photo_id: int) -> tuple[Ref, ...]:
    """Other subjects that already have this very picture, by its bytes or by its difference hash."""
    photo = Photo.objects.get(pk=photo_id)
    twins = Photo.objects.exclude(pk=photo_id)
    ids = twins.filter(sha256=photo.sha256).values("pk").union(twins.filter(dhash=photo.dhash).values("pk"))
    links = Link.objects.filter(photo_id__in=list(ids.values_list("pk", flat=True)[:50])).order_by("pk")
    return tuple(dict.fromkeys(Ref(link.subject_kind, link.subject_id) for link in links))
