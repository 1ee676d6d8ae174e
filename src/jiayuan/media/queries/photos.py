# SPDX-License-Identifier: Apache-2.0
"""Reading photos. What is returned to pages carries no position, no time and no camera."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.media.access import May
from jiayuan.media.alike import NEAR, is_near, is_same_view, probes
from jiayuan.media.enums import PhotoRole, PhotoState, PositionSource, Variant
from jiayuan.media.fingerprint import apart
from jiayuan.media.models import Band, Link, Photo
from jiayuan.media.software import editor_in
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
    found = _photos_where(Q(subject_kind=kind, subject_id__in=list(ids)))
    return {subject.id: photos for subject, photos in found.items()}


def photos_of_each(subjects: Iterable[Ref]) -> Mapping[Ref, tuple[PhotoShown, ...]]:
    """The photos of some subjects of any kind in one query; subjects without photos are left out."""
    asked = [Q(subject_kind=subject.kind, subject_id=subject.id) for subject in subjects]
    return _photos_where(reduce(or_, asked)) if asked else {}


def _photos_where(asked: Q) -> Mapping[Ref, tuple[PhotoShown, ...]]:
    links = Link.objects.filter(asked).exclude(photo__state=PhotoState.ERASED).select_related("photo")
    found: dict[Ref, list[PhotoShown]] = defaultdict(list)
    for link in links.order_by("subject_kind", "subject_id", "place"):
        found[Ref(link.subject_kind, link.subject_id)].append(_shown(link))
    return {subject: tuple(photos) for subject, photos in found.items()}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A photo with all that may be asked about its taking; restricted."""

    id: int
    handle: UUID
    role: PhotoRole
    state: PhotoState
    linked_at: datetime
    received_at: datetime
    taken_at: datetime | None
    lon: float | None
    lat: float | None
    accuracy_m: int | None
    source: PositionSource
    software: str
    sha256: str
    dhash: int
    fine: str
    synthetic: bool

    @property
    def is_ready(self) -> bool:
        """Whether its variants can be fetched."""
        return self.state is PhotoState.DERIVED

    @property
    def hashes(self) -> tuple[int, str]:
        """What the picture is compared by."""
        return self.dhash, self.fine

    @property
    def editor(self) -> str:
        """The editing program that the picture says it went through; empty when it names none."""
        return editor_in(self.software)

    def is_copy_of(self, other: "Evidence") -> bool:
        """Whether two pictures of one thing are one and the same, rather than taken twice from the same spot."""
        if self.synthetic or other.synthetic:
            return False
        compared = bool(self.fine and other.fine) and is_same_view(self.hashes, other.hashes)
        return compared or self.sha256 == other.sha256


_FACTS = ("received_at", "taken_at", "lon", "lat", "accuracy_m", "software", "sha256", "dhash", "fine", "synthetic")


def evidence_of(*, subject: Ref, spot: Spot, by: Actor) -> tuple[Evidence, ...]:
    """The photos of a subject in the order in which they were added, with their restricted facts; in one query."""
    require(by, May.SEE_ORIGINAL, at=spot)
    links = (
        Link.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
        .exclude(photo__state=PhotoState.ERASED)
        .select_related("photo")
        .order_by("place")
    )
    return tuple(
        Evidence(
            id=link.photo_id,
            handle=link.photo.handle,
            role=PhotoRole(link.role),
            state=PhotoState(link.photo.state),
            linked_at=link.linked_at,
            source=PositionSource(link.photo.position_source),
            **{name: getattr(link.photo, name) for name in _FACTS},
        )
        for link in links
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """An earlier picture that is the same as this one, byte for byte, or nearly the same, and what it belongs to."""

    photo_id: int
    handle: UUID
    subject: Ref
    is_same: bool
    bits: int


def earlier_twins(photo: Photo | Evidence, *, most: int = 20) -> tuple[Twin, ...]:
    """The earlier evidence in the whole store that is the same picture or nearly so, the likest first; three queries.

    Drawn and plain pictures are compared by their bytes alone. Drafts that prove nothing yet are left out.
    """
    if photo.synthetic:
        return ()
    near = _near_ids(photo) if photo.fine else []
    columns = ("pk", "handle", "sha256", "dhash", "fine")
    same = Photo.objects.filter(sha256=photo.sha256, pk__lt=photo.id, synthetic=False)
    alike = Photo.objects.filter(pk__in=near, synthetic=False)
    rows = same.values_list(*columns).union(alike.values_list(*columns))
    hashes = (photo.dhash, photo.fine)
    found = {
        pk: (sha256 != photo.sha256, apart(photo.dhash, dhash), handle)
        for pk, handle, sha256, dhash, fine in rows
        if sha256 == photo.sha256 or is_near(hashes, (dhash, fine))
    }
    return _evidence_among(found)[:most]


def alike_among(*, handles: Iterable[UUID], kind: str, ids: Iterable[int]) -> frozenset[int]:
    """Which of these subjects have a picture that is the same as one of these photos or nearly so; two queries."""
    facts = ("sha256", "dhash", "fine")
    given = list(Photo.objects.filter(handle__in=list(handles), synthetic=False).values_list(*facts))
    if not given:
        return frozenset()
    links = Link.objects.filter(subject_kind=kind, subject_id__in=list(ids), photo__synthetic=False)
    rows = links.values_list("subject_id", "photo__sha256", "photo__dhash", "photo__fine")
    return frozenset(
        subject_id
        for subject_id, sha256, dhash, fine in rows
        if any(sha256 == same or is_near((dhash, fine), (near, near_fine)) for same, near, near_fine in given)
    )


def _near_ids(photo: Photo | Evidence) -> list[int]:
    """The earlier pictures whose short hash is near: one query that reads nothing but an index."""
    rows = Band.objects.filter(key__in=probes(photo.dhash), photo_id__lt=photo.id).values_list("photo_id", "dhash")
    return list({photo_id for photo_id, dhash in rows if apart(photo.dhash, dhash) <= NEAR})


def _evidence_among(found: Mapping[int, tuple[bool, int, UUID]]) -> tuple[Twin, ...]:
    links = Link.objects.filter(photo_id__in=list(found)).order_by("pk") if found else ()
    twins = [
        Twin(
            photo_id=link.photo_id,
            handle=found[link.photo_id][2],
            subject=Ref(link.subject_kind, link.subject_id),
            is_same=not found[link.photo_id][0],
            bits=found[link.photo_id][1],
        )
        for link in links
    ]
    return tuple(sorted(twins, key=lambda twin: (not twin.is_same, twin.bits, twin.photo_id)))
