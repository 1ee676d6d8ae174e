# SPDX-License-Identifier: Apache-2.0
"""The tables of the room. ``services`` alone writes them; what cases may point to is never deleted."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from jiayuan.standards.enums import Kind, LimitKind, Relation, Setting


def _codes(codes: Iterable[StrEnum]) -> list[str]:
    """Stored codes as plain text, so that migrations do not import today's enums."""
    return [code.value for code in codes]


class Named(models.Model):
    """A thing with a name in three languages; the Chinese one is the name, the others say it again."""

    name = models.CharField(max_length=120)
    name_hant = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)

    class Meta:
        abstract = True


class ClassScheme(Named):
    """A standard or a local list that gives codes to classes, with the days on which it is in force."""

    code = models.CharField(max_length=24, unique=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "standards_scheme"


class ClassGroup(Named):
    """A big class of a scheme."""

    scheme = models.ForeignKey(ClassScheme, on_delete=models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=4)

    class Meta:
        db_table = "standards_group"
        constraints = [models.UniqueConstraint(fields=["scheme", "kind", "code"], name="standards_group_once")]


class ProblemClass(Named):
    """A class of problem. Its key is scheme, kind and code: the same digits name a matter and a facility."""

    scheme = models.ForeignKey(ClassScheme, on_delete=models.PROTECT, related_name="classes")
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=8)
    group = models.ForeignKey(ClassGroup, on_delete=models.PROTECT, related_name="classes")
    unit = models.CharField(max_length=4)
    photos_before = models.PositiveSmallIntegerField(default=1)
    photos_after = models.PositiveSmallIntegerField(default=1)
    same_within_m = models.PositiveIntegerField(default=60)
    same_within_days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        db_table = "standards_class"
        constraints = [
            models.CheckConstraint(
                condition=Q(photos_before__lte=9, photos_after__lte=9), name="standards_class_photos_at_most_nine"
            ),
            models.CheckConstraint(
                condition=Q(same_within_m__gte=1, same_within_days__gte=1), name="standards_class_same_within"
            ),
            models.UniqueConstraint(fields=["scheme", "kind", "code"], name="standards_class_once"),
            models.CheckConstraint(condition=Q(kind__in=_codes(Kind)), name="standards_class_kind"),
        ]


class ClassMapping(models.Model):
    """How a class of one scheme stands to a class of another; ``gone`` has no other side."""

    old = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, related_name="mapped_to")
    new = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, related_name="mapped_from", null=True, blank=True)
    relation = models.CharField(max_length=12)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "standards_mapping"
        constraints = [
            models.UniqueConstraint(fields=["old"], name="standards_mapping_once"),
            models.CheckConstraint(condition=Q(relation__in=_codes(Relation)), name="standards_mapping_relation"),
            models.CheckConstraint(
                condition=Q(relation=Relation.GONE.value, new__isnull=True)
                | (~Q(relation=Relation.GONE.value) & Q(new__isnull=False)),
                name="standards_mapping_gone_is_empty",
            ),
        ]


class FilingCondition(Named):
    """When a class is filed, how long it may take and when it counts as dealt with. A retired one keeps its cases."""

    problem_class = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    limit_kind = models.CharField(max_length=16)
    limit_value = models.PositiveSmallIntegerField()
    closes_when = models.CharField(max_length=120)
    closes_when_hant = models.CharField(max_length=120)
    closes_when_en = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    is_retired = models.BooleanField(default=False)

    class Meta:
        db_table = "standards_condition"
        constraints = [
            models.UniqueConstraint(fields=["problem_class", "number"], name="standards_condition_once"),
            models.CheckConstraint(
                condition=Q(limit_kind__in=_codes(LimitKind), limit_value__gte=1), name="standards_condition_limit"
            ),
        ]


class Campaign(Named):
    """A campaign of a city, from a day on; most have no published end."""

    code = models.CharField(max_length=40, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "standards_campaign"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="standards_campaign_ends_later"
            )
        ]


class Phase(Named):
    """A dated stretch of a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="phases")
    code = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "standards_phase"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="standards_phase_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="standards_phase_ends_later"
            ),
        ]


class TaskSet(Named):
    """What a phase brings to do, for countryside or for built-up places."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="task_sets")
    code = models.CharField(max_length=40)
    setting = models.CharField(max_length=5)

    class Meta:
        db_table = "standards_task_set"
        constraints = [
            models.UniqueConstraint(fields=["phase", "code"], name="standards_task_set_once"),
            models.CheckConstraint(condition=Q(setting__in=_codes(Setting)), name="standards_task_set_setting"),
        ]


class Task(Named):
    """One target or key task, with the unit in which the campaign counts it."""

    task_set = models.ForeignKey(TaskSet, on_delete=models.PROTECT, related_name="tasks")
    code = models.CharField(max_length=40)
    unit = models.CharField(max_length=4)
    contains = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "standards_task"
        constraints = [models.UniqueConstraint(fields=["task_set", "code"], name="standards_task_once")]


class ClassTarget(models.Model):
    """The one task to which a class counts in a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="targets")
    problem_class = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, related_name="targets")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="targets")
    basis = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "standards_target"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "problem_class"], name="standards_target_one_per_campaign")
        ]


class Tile(Named):
    """A picture that residents choose, and the class that it becomes in the countryside and in town."""

    code = models.CharField(max_length=24, unique=True)
    number = models.PositiveSmallIntegerField(unique=True)
    icon = models.CharField(max_length=24)
    rural_class = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, related_name="rural_tiles")
    urban_class = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, related_name="urban_tiles")

    class Meta:
        db_table = "standards_tile"
        constraints = [
            # More than nine pictures do not fit a telephone's first screen at a size that a thumb hits.
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=9), name="standards_tile_at_most_nine")
        ]


class TileWord(models.Model):
    """A word that speaks for a tile when residents type instead of choosing."""

    tile = models.ForeignKey(Tile, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=24)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "standards_tile_word"
        constraints = [models.UniqueConstraint(fields=["tile", "word"], name="standards_tile_word_once")]


class WorkDay(models.Model):
    """A day of the work calendar; provisional until the yearly notice names it."""

    on = models.DateField(unique=True)
    is_working = models.BooleanField()
    reason = models.CharField(max_length=60, blank=True, default="")
    source = models.CharField(max_length=120)
    provisional = models.BooleanField()

    class Meta:
        db_table = "standards_work_day"


class WorkHours(models.Model):
    """The working segments that hold from a day of the year on: ``05-01``, ``08:00-12:00,14:30-18:00``."""

    since = models.CharField(max_length=5, unique=True)
    segments = models.CharField(max_length=120)

    class Meta:
        db_table = "standards_work_hours"


class Stamp(models.Model):
    """One row that changes with every write, so that each process sees when what it remembers is old."""

    token = models.CharField(max_length=32)

    class Meta:
        db_table = "standards_stamp"
