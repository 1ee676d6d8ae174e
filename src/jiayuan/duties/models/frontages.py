# SPDX-License-Identifier: Apache-2.0
"""Frontages: shops that signed for the space before their doors, by a scheme (门前三包, 四包, 五包) that is data."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jiayuan.record.events import Ref


class FrontageScheme(models.Model):
    """What shops sign for. A city that changes its items adds another scheme; what was signed stays what it was."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=200)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        db_table = "duties_frontage_scheme"

    @property
    def ref(self) -> Ref:
        """The scheme as events name it."""
        return Ref("frontage_scheme", self.pk)


class FrontageItem(models.Model):
    """One duty of a scheme, in words that a shop understands."""

    scheme = models.ForeignKey(FrontageScheme, on_delete=models.CASCADE, db_index=False, related_name="items")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=20)
    words = models.CharField(max_length=200)

    class Meta:
        db_table = "duties_frontage_item"
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="duties_frontage_item_once")]


class Frontage(models.Model):
    """A shop front, and the days on which its shop answers for it. Everybody reads what stands here."""

    handle = models.CharField(max_length=11, unique=True)
    scheme = models.ForeignKey(FrontageScheme, on_delete=models.PROTECT, related_name="+")
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)
    shop = models.CharField(max_length=60)
    address = models.CharField(max_length=120)
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "duties_frontage"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="duties_frontage_ends_later"
            ),
            models.UniqueConstraint(
                fields=["village", "address", "shop"], condition=Q(ends_on__isnull=True),
                name="duties_frontage_one_open_of_a_shop",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["village", "id"], name="duties_frontage_by_village"),
            models.Index(fields=["town", "id"], name="duties_frontage_by_town"),
            models.Index(fields=["county", "id"], name="duties_frontage_by_county"),
        ]

    @property
    def ref(self) -> Ref:
        """The frontage as events name it."""
        return Ref("frontage", self.pk)
