# SPDX-License-Identifier: Apache-2.0
"""Score sheets and their versions. A version is never changed: scores name it, and mean what it said."""

from django.db import models
from django.db.models import Q

from jiayuan.inspections.enums import Effect, Unit
from jiayuan.record.events import Ref


class ScoreSheet(models.Model):
    """A sheet that goes on: its title stays, what it asks stands in its versions."""

    code = models.SlugField(max_length=20, unique=True)
    title = models.CharField(max_length=120)

    class Meta:
        db_table = "inspections_sheet"

    @property
    def ref(self) -> Ref:
        """The sheet as events name it."""
        return Ref("score_sheet", self.pk)


class SheetVersion(models.Model):
    """A sheet as it was published once, with its source. Points and weights are hundredths."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    bonus_cap = models.PositiveIntegerField(default=0)
    is_illustrative = models.BooleanField(default=False)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "inspections_sheet_version"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="inspections_version_once"),
            models.CheckConstraint(condition=~Q(source=""), name="inspections_version_says_its_source"),
        ]


class SheetModule(models.Model):
    """A part of a version with its weight."""

    version = models.ForeignKey(SheetVersion, on_delete=models.CASCADE, db_index=False, related_name="modules")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=10)
    title = models.CharField(max_length=60)
    weight = models.PositiveIntegerField()

    class Meta:
        db_table = "inspections_sheet_module"
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="inspections_module_once"),
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=10_000), name="inspections_module_weighs"),
        ]


class SheetItem(models.Model):
    """A line of a module: full marks and cap, or for a bonus item its cap alone."""

    module = models.ForeignKey(SheetModule, on_delete=models.CASCADE, db_index=False, related_name="items")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    full = models.PositiveIntegerField()
    cap = models.PositiveIntegerField()
    may_be_absent = models.BooleanField(default=False)
    is_bonus = models.BooleanField(default=False)

    class Meta:
        db_table = "inspections_sheet_item"
        constraints = [
            models.UniqueConstraint(fields=["module", "key"], name="inspections_item_once"),
            models.CheckConstraint(
                condition=Q(is_bonus=True, full=0, cap__gt=0)
                | Q(is_bonus=False, full__gt=0, cap__lte=models.F("full")),
                name="inspections_item_has_marks",
            ),
        ]


class SheetGround(models.Model):
    """Why points go or come, and the class of the case that a finding creates."""

    item = models.ForeignKey(SheetItem, on_delete=models.CASCADE, db_index=False, related_name="grounds")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=4)
    words = models.CharField(max_length=300)
    effect = models.CharField(max_length=12, choices=Effect)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=12, choices=Unit)
    most = models.PositiveSmallIntegerField(default=0)
    choice = models.CharField(max_length=10, blank=True, default="")
    class_key = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "inspections_sheet_ground"
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="inspections_ground_once"),
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="inspections_ground_effect_known"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="inspections_ground_unit_known"),
            models.CheckConstraint(
                condition=Q(effect__in=[Effect.DEDUCT, Effect.ADD], amount__gt=0)
                | (~Q(effect__in=[Effect.DEDUCT, Effect.ADD]) & Q(amount=0)),
                name="inspections_ground_moves_points",
            ),
        ]
