# SPDX-License-Identifier: Apache-2.0
"""The tables of the media room: photos and the evidence links that hang on them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from jiayuan.media.enums import PhotoState, PublicVariant, ReleaseState, Variant


class Photo(models.Model):
    """One received photo. Position, time and software are restricted: only ``queries.origin_of`` reads them."""

    handle = models.UUIDField(unique=True)
    state = models.CharField(max_length=10)
    refusal = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    received_bytes = models.PositiveIntegerField()
    format = models.CharField(max_length=4)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    dhash = models.BigIntegerField(db_index=True)
    # Empty when the picture is too plain to be compared, and for pictures that came before it was kept.
    fine = models.CharField(max_length=64, blank=True, default="")
    # Drawn for the demonstration: never compared with anything.
    synthetic = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    position_source = models.CharField(max_length=5, blank=True)
    software = models.CharField(max_length=120, blank=True)
    # A photo is a draft until it is attached; drafts nobody attached are thrown away.
    draft_until = models.DateTimeField(null=True)
    # The received bytes are erased after this day; the day is set when what the photo proves is closed.
    purge_after = models.DateField(null=True)
    original_erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="media_photo_position_whole",
                condition=Q(lon__isnull=True, lat__isnull=True, position_source="")
                | (Q(lon__isnull=False, lat__isnull=False) & ~Q(position_source="")),
            ),
            models.CheckConstraint(
                name="media_photo_refused_has_reason",
                condition=(Q(state=PhotoState.REFUSED) & ~Q(refusal=""))
                | (~Q(state=PhotoState.REFUSED) & Q(refusal="")),
            ),
            models.CheckConstraint(
                name="media_photo_erased_whole",
                condition=~Q(state=PhotoState.ERASED) | Q(original_erased_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["received_at"], name="media_photo_to_derive", condition=Q(state=PhotoState.RECEIVED)),
            models.Index(fields=["draft_until"], name="media_photo_drafts", condition=Q(draft_until__isnull=False)),
            models.Index(
                fields=["purge_after"], name="media_photo_to_purge", condition=Q(original_erased_at__isnull=True)
            ),
        ]

    def key(self, variant: Variant) -> str:
        """Where a variant lies in its store: by month and random handle, never by hash or file name."""
        return f"media/{self.received_on:%Y/%m}/{self.handle}/{variant}"


class Band(models.Model):
    """A quarter of a picture's difference hash as a key, so that nearly the same pictures are found by equality."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="bands")
    key = models.IntegerField()
    dhash = models.BigIntegerField()

    class Meta:
        # All that the search reads stands in the index.
        indexes = [models.Index(fields=["key", "dhash", "photo"], name="media_band_search")]


class Link(models.Model):
    """What a photo is evidence of. A link is written once; a wrong one is answered by another photo."""

    photo = models.ForeignKey(Photo, models.PROTECT, related_name="links")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    role = models.CharField(max_length=6)
    place = models.PositiveSmallIntegerField()
    linked_at = models.DateTimeField()
    linked_on = models.DateField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "photo"], name="media_link_once"),
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "place"], name="media_link_in_order"),
        ]

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the link; a second time is a fault of the code."""
        if self.pk is not None:
            raise TypeError("an evidence link is never changed")
        super().save(*args, **kwargs)


class Release(models.Model):
    """What of a photo the public may see. ``version`` counts decisions; what is served was made from the same one."""

    photo = models.OneToOneField(Photo, models.CASCADE, related_name="release")
    state = models.CharField(max_length=10)
    version = models.IntegerField(default=0)
    # The version whose rendition lies in the store; it is served only while it is the newest and confirmed.
    rendered = models.IntegerField(null=True)
    # Whether the worker has something to do: to look through, to render, or to take down.
    waits = models.BooleanField(default=True)
    # Which detector looked; empty when none could.
    detector = models.CharField(max_length=60, blank=True, default="")
    # Where the photo's subject stood when the release was asked for.
    place = models.CharField(max_length=12)
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            # Nothing becomes public before a person confirmed it: the database says so too.
            models.CheckConstraint(
                name="media_release_confirmed_by_somebody",
                condition=~Q(state="confirmed") | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(name="media_release_state_known", condition=Q(state__in=ReleaseState.values)),
        ]
        indexes = [
            models.Index(fields=["asked_at", "id"], name="media_release_to_do", condition=Q(waits=True)),
            models.Index(fields=["asked_at", "id"], name="media_release_all", condition=Q(state="proposed")),
            models.Index(fields=["county", "asked_at"], name="media_release_county", condition=Q(state="proposed")),
            models.Index(fields=["town", "asked_at"], name="media_release_town", condition=Q(state="proposed")),
            models.Index(fields=["village", "asked_at"], name="media_release_village", condition=Q(state="proposed")),
        ]

    def key(self, variant: PublicVariant, version: int) -> str:
        """Where a rendition lies: beside the photo's other pictures, under the version of its decision."""
        return f"media/{self.photo.received_on:%Y/%m}/{self.photo.handle}/{variant}-{version}"


class Region(models.Model):
    """A part of a picture that is covered for the public, in ten-thousandths of its width and height."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="regions")
    source = models.CharField(max_length=5)
    state = models.CharField(max_length=8)
    left = models.PositiveSmallIntegerField()
    top = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="media_region_inside",
                condition=Q(left__gte=0, top__gte=0, width__gt=0, height__gt=0)
                & Q(left__lte=10_000 - models.F("width"), top__lte=10_000 - models.F("height")),
            ),
        ]
