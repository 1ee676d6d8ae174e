# SPDX-License-Identifier: Apache-2.0
"""Routing rules: a number that stays, versions that are only added, and what came of each rule's proposals."""

from django.db import models
from django.db.models import F, Q

from jiayuan.cases.enums import Hours
from jiayuan.cases.models.case import Case
from jiayuan.places.models import Organisation
from jiayuan.record.events import Ref

_HOURS = [value.value for value in Hours]


class RoutingRule(models.Model):
    """A rule by its number. Its row is locked by whoever changes it; ``version`` says which version holds."""

    client_id = models.UUIDField(unique=True)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "cases_routing_rule"

    @property
    def ref(self) -> Ref:
        """The rule as events name it."""
        return Ref("routing_rule", self.pk)


class RoutingVersion(models.Model):
    """What a rule said from a moment on. Rows are added and never changed, so the history is the table itself.

    Lists are codes with blanks between them: they are read whole, never searched.
    """

    rule = models.ForeignKey(RoutingRule, on_delete=models.CASCADE, related_name="versions")
    version = models.IntegerField()
    change = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    is_off = models.BooleanField(default=False)

    kinds = models.TextField(blank=True, default="")
    places = models.TextField(blank=True, default="")
    sources = models.CharField(max_length=200, blank=True, default="")
    setting = models.CharField(max_length=8, blank=True, default="")
    weekdays = models.CharField(max_length=7, blank=True, default="")
    hours = models.CharField(max_length=8, blank=True, default="")
    starts = models.SmallIntegerField(default=0)
    ends = models.SmallIntegerField(default=0)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    priority = models.SmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    at_once = models.BooleanField(default=False)
    basis = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        db_table = "cases_routing_version"
        constraints = [
            models.UniqueConstraint(fields=["rule", "version"], name="cases_routing_version_once"),
            models.CheckConstraint(condition=Q(priority__gte=1, priority__lte=9), name="cases_routing_priority"),
            models.CheckConstraint(condition=Q(hours__in=_HOURS), name="cases_routing_hours_known"),
            models.CheckConstraint(
                condition=Q(starts__gte=0, starts__lt=1440, ends__gte=0, ends__lt=1440), name="cases_routing_minutes"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="cases_routing_ends_later",
            ),
        ]


class RoutedCase(models.Model):
    """A dispatch for which a rule had a proposal: which unit it named, which unit got the case, whether it came back.

    Written by the reader that follows the record, so that dispatching itself pays nothing for it.
    """

    position = models.BigIntegerField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    rule = models.ForeignKey(RoutingRule, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    proposed = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    was_wrong = models.BooleanField(default=False)

    class Meta:
        db_table = "cases_routed_case"
        constraints = [
            models.CheckConstraint(
                condition=Q(was_wrong=False) | Q(returned_at__isnull=False), name="cases_routed_wrong_came_back"
            )
        ]
        indexes = [models.Index(fields=["rule", "at"], name="cases_routed_by_rule")]
