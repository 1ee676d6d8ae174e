# SPDX-License-Identifier: Apache-2.0
"""What happens to photos, as the record keeps it. The subject is what the photo proves."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.media.enums import PhotoRole, WhyWithdrawn
from jiayuan.record.events import Digest, Event, private


@dataclass(frozen=True, kw_only=True)
class PhotoAttached(Event):
    """A photo became evidence. The digest of the received bytes rests under the seal of the record."""

    KIND: ClassVar[str] = "media.photo_attached"
    SENTENCE: ClassVar[Any] = pgettext_lazy("media", "A photo was added.")

    photo: int
    role: PhotoRole
    received_sha256: Digest = private()


@dataclass(frozen=True, kw_only=True)
class OriginalOpened(Event):
    """Somebody looked at a photo as it was received; who it was stands in the private part."""

    KIND: ClassVar[str] = "media.original_opened"
    SENTENCE: ClassVar[Any] = pgettext_lazy("media", "A photo was opened as it was received.")

    photo: int


@dataclass(frozen=True, kw_only=True)
class OriginalErased(Event):
    """The received bytes of a photo, its position and its time are gone; its subject is the photo itself."""

    KIND: ClassVar[str] = "media.original_erased"
    SENTENCE: ClassVar[Any] = pgettext_lazy("media", "A photo's received bytes were erased.")


@dataclass(frozen=True, kw_only=True)
class ReleaseProposed(Event):
    """A photo was looked through and waits for a person; its subject is the photo itself."""

    KIND: ClassVar[str] = "media.release_proposed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("media", "A photo was looked through for faces and number plates.")

    faces: int
    plates: int


@dataclass(frozen=True, kw_only=True)
class ReleaseConfirmed(Event):
    """A person looked at a photo and let the public see it, with so many parts covered."""

    KIND: ClassVar[str] = "media.release_confirmed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("media", "A photo was released to the public.")

    photo: int
    covered: int


@dataclass(frozen=True, kw_only=True)
class ReleaseWithdrawn(Event):
    """A photo that was public is so no longer."""

    KIND: ClassVar[str] = "media.release_withdrawn"
    SENTENCE: ClassVar[Any] = pgettext_lazy("media", "A photo was taken back from the public.")

    photo: int
    why: WhyWithdrawn


EVENTS = (PhotoAttached, OriginalOpened, OriginalErased, ReleaseProposed, ReleaseConfirmed, ReleaseWithdrawn)
