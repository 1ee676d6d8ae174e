# SPDX-License-Identifier: Apache-2.0
"""What happened to bulletins. What they say stands in their tables."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.record.events import Code, Digest, Event, private
from jiayuan.supervision.enums import BulletinKind


@dataclass(frozen=True, kw_only=True)
class BulletinEvent(Event):
    """What every event of a bulletin carries."""

    office: Code
    place: Code


@dataclass(frozen=True, kw_only=True)
class BulletinDrafted(BulletinEvent):
    """A bulletin was drafted with so many numbers, asked at a position of the record."""

    KIND: ClassVar[str] = "supervision.bulletin_drafted"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Drafted with %(facts)s numbers")

    kind: BulletinKind
    facts: int
    corrects: int | None = None


@dataclass(frozen=True, kw_only=True)
class BulletinEdited(BulletinEvent):
    """Somebody changed a part of a bulletin; what it says stands in its table."""

    KIND: ClassVar[str] = "supervision.bulletin_edited"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Part %(part)s was edited")

    part: int
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class BulletinPhotosChosen(BulletinEvent):
    """Somebody chose which released photos a bulletin shows; so many are shown now."""

    KIND: ClassVar[str] = "supervision.bulletin_photos_chosen"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "%(photos)s photos chosen")

    photos: int


@dataclass(frozen=True, kw_only=True)
class BulletinAskedAgain(BulletinEvent):
    """The numbers were asked for again; so many changed."""

    KIND: ClassVar[str] = "supervision.bulletin_asked_again"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "The numbers were asked for again, %(changed)s changed")

    changed: int


@dataclass(frozen=True, kw_only=True)
class BulletinHandedUp(BulletinEvent):
    """A bulletin waits to be signed; so many of its parts were edited."""

    KIND: ClassVar[str] = "supervision.bulletin_handed_up"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Handed up for signature, %(edited)s parts edited")

    edited: int


@dataclass(frozen=True, kw_only=True)
class BulletinHandedBack(BulletinEvent):
    """Whoever was to sign wants something else."""

    KIND: ClassVar[str] = "supervision.bulletin_handed_back"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Handed back")


@dataclass(frozen=True, kw_only=True)
class BulletinIssued(BulletinEvent):
    """A bulletin was signed by somebody who did not write it, and published under a number."""

    KIND: ClassVar[str] = "supervision.bulletin_issued"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "Signed and published")

    year: int
    serial: int
    facts: int


@dataclass(frozen=True, kw_only=True)
class BulletinDiscarded(BulletinEvent):
    """A draft was discarded; it never had a number."""

    KIND: ClassVar[str] = "supervision.bulletin_discarded"
    SENTENCE: ClassVar[Any] = pgettext_lazy("supervision", "The draft was discarded")


EVENTS = (
    BulletinDrafted,
    BulletinEdited,
    BulletinPhotosChosen,
    BulletinAskedAgain,
    BulletinHandedUp,
    BulletinHandedBack,
    BulletinIssued,
    BulletinDiscarded,
)
"""Every event of a bulletin, for the room to list."""
