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
