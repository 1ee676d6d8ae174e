# SPDX-License-Identifier: Apache-2.0
"""Stored codes of the media room. A code never changes; its words may."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class PictureFormat(TextChoices):
    """What the received bytes are, read from the bytes and never from the name."""

    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"
    HEIC = "heic", "HEIC"


class PhotoState(TextChoices):
    """How far a photo has come."""

    RECEIVED = "received", pgettext_lazy("media", "Being prepared")
    DERIVED = "derived", pgettext_lazy("media", "Ready")
    REFUSED = "refused", pgettext_lazy("media", "Cannot be shown")
    ERASED = "erased", pgettext_lazy("media", "Erased")


class PositionSource(TextChoices):
    """Where a photo's position comes from."""

    NONE = "", pgettext_lazy("media", "No position")
    EXIF = "exif", pgettext_lazy("media", "Written into the photo by the camera")
    PAGE = "page", pgettext_lazy("media", "Given by the phone while the photo was taken")
    TYPED = "typed", pgettext_lazy("media", "Entered by hand")


class PhotoRole(TextChoices):
    """What a photo is evidence of."""

    BEFORE = "before", pgettext_lazy("media", "Before")
    AFTER = "after", pgettext_lazy("media", "After")
    OTHER = "other", pgettext_lazy("media", "Photo")


class Variant(TextChoices):
    """The forms of a photo: two are served, the third is restricted."""

    LARGE = "large", pgettext_lazy("media", "Large")
    THUMB = "thumb", pgettext_lazy("media", "Small")
    ORIGINAL = "original", pgettext_lazy("media", "As received")


class PublicVariant(TextChoices):
    """The forms in which everybody sees a released photo: rendered anew, with what is covered gone for good."""

    LARGE = "public", pgettext_lazy("media", "Public, large")
    THUMB = "public_thumb", pgettext_lazy("media", "Public, small")


class ReleaseState(TextChoices):
    """How far a photo is on its way to the public. Nothing but a person makes it released."""

    ASKED = "asked", pgettext_lazy("media", "Being looked through")
    PROPOSED = "proposed", pgettext_lazy("media", "Waits for a decision")
    CONFIRMED = "confirmed", pgettext_lazy("media", "Public")
    WITHDRAWN = "withdrawn", pgettext_lazy("media", "Not public")


class WhyWithdrawn(TextChoices):
    """Why a photo is no longer public."""

    HELD_BACK = "held_back", pgettext_lazy("media", "Somebody took it back")
    CHANGED = "changed", pgettext_lazy("media", "What is covered was changed")
    ERASED = "erased", pgettext_lazy("media", "The photo as received was erased")


class RegionSource(TextChoices):
    """Who found what is covered."""

    FACE = "face", pgettext_lazy("media", "Face, found by the program")
    PLATE = "plate", pgettext_lazy("media", "Number plate, found by the program")
    BRUSH = "brush", pgettext_lazy("media", "Drawn by hand")


class RegionState(TextChoices):
    """Whether a part of the picture is covered."""

    PROPOSED = "proposed", pgettext_lazy("media", "Proposed")
    KEPT = "kept", pgettext_lazy("media", "Covered")
    REMOVED = "removed", pgettext_lazy("media", "Left open")
