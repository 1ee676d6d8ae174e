# SPDX-License-Identifier: Apache-2.0
"""Bulletins: their parts with names in braces, the facts behind the names, the photos that somebody chose."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiayuan.kernel.access import Spot
from jiayuan.papers.models import Paper
from jiayuan.people.models import Person
from jiayuan.record.events import Ref
from jiayuan.supervision.enums import BulletinKind, BulletinState

_ISSUED = BulletinState.ISSUED.value


class Bulletin(models.Model):
    """A bulletin of an office about an area: drafted from what is known, edited by people, signed by somebody else."""

    handle = models.CharField(max_length=11, unique=True)
    client_id = models.UUIDField()
    kind = models.CharField(max_length=6, choices=BulletinKind)
    state = models.CharField(max_length=9, choices=BulletinState)
    version = models.IntegerField(default=0)
    office = models.CharField(max_length=32)
    # The division that it is about, and its columns of reach.
    area = models.CharField(max_length=12)
    county = models.CharField(max_length=6, blank=True)
    town = models.CharField(max_length=9, blank=True)
    village = models.CharField(max_length=12, blank=True)
    round_handle = models.CharField(max_length=11, blank=True, default="")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    title = models.CharField(max_length=120)
    # How far the record had come when its numbers were asked, and when.
    position = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=60, blank=True, default="")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        db_table = "supervision_bulletin"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["made_by", "client_id"], name="supervision_bulletin_told_once"),
            models.CheckConstraint(
                condition=Q(state__in=BulletinState.values), name="supervision_bulletin_state_known"
            ),
            models.CheckConstraint(
                condition=(Q(state=_ISSUED, issued_at__isnull=False, paper__isnull=False) & ~Q(number=""))
                | (~Q(state=_ISSUED) & Q(issued_at__isnull=True, paper__isnull=True, number="")),
                name="supervision_bulletin_issued_is_numbered",
            ),
            models.CheckConstraint(
                condition=(Q(kind="round", since__isnull=True, until__isnull=True) & ~Q(round_handle=""))
                | Q(kind="period", since__isnull=False, until__isnull=False, round_handle=""),
                name="supervision_bulletin_is_about_something",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=models.F("made_by")),
                name="supervision_bulletin_signed_by_another",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-made_at", "-id"], name="supervision_bulletin_newest"),
            models.Index(fields=["county", "-made_at", "-id"], name="supervision_bulletin_by_county"),
            models.Index(fields=["town", "-made_at", "-id"], name="supervision_bulletin_by_town"),
        ]

    @property
    def ref(self) -> Ref:
        """The bulletin as events name it."""
        return Ref("bulletin", self.pk)

    @property
    def spot(self) -> Spot:
        """Where the bulletin stands for permission."""
        return Spot(code=self.area)


class BulletinPart(models.Model):
    """A heading or a paragraph; ``proposed`` is what stood there before anybody edited it."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9)
    text = models.TextField(max_length=2000, blank=True)
    proposed = models.TextField(max_length=2000, blank=True)

    class Meta:
        db_table = "supervision_bulletin_part"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "number"], name="supervision_part_numbered_once")
        ]


class BulletinFact(models.Model):
    """A number that parts may name: as it is printed, and the query that gives it again."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="facts")
    name = models.CharField(max_length=60)
    text = models.CharField(max_length=40)
    query = models.CharField(max_length=80)
    # JSON: pairs of names and values.
    arguments = models.TextField()

    class Meta:
        db_table = "supervision_bulletin_fact"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "name"], name="supervision_fact_named_once")
        ]


class BulletinPhoto(models.Model):
    """A photo that a bulletin shows beside a problem; what it proves stands in its link."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="photos")
    handle = models.UUIDField()

    class Meta:
        db_table = "supervision_bulletin_photo"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "handle"], name="supervision_photo_chosen_once")
        ]
