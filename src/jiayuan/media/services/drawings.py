# SPDX-License-Identifier: Apache-2.0
"""Pictures of the demonstration that are drawn when somebody first looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from jiayuan.kernel import bulk, clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.media import illustrations
from jiayuan.media.enums import PhotoRole, PhotoState, PictureFormat
from jiayuan.media.illustrations.sheet import HEIGHT, WIDTH
from jiayuan.media.models import Link, Photo
from jiayuan.media.pictures import derive_pictures
from jiayuan.media.storage import put, served_store
from jiayuan.record.events import Ref

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
