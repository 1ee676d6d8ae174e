# SPDX-License-Identifier: Apache-2.0
"""How hard an item is pressed: which pattern of colours a campaign has, and each level that took over."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiayuan.supervision.enums import Pattern, RaiseReason, Rung
from jiayuan.supervision.models.sheets import Item


class Scheme(models.Model):
    """The one pattern of colours of a campaign. It is chosen before the first sheet is issued and stays."""

    campaign = models.CharField(max_length=30, unique=True)
    pattern = models.CharField(max_length=10, choices=Pattern)
    chosen_at = models.DateTimeField()

    class Meta:
        db_table = "supervision_scheme"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pattern__in=Pattern.values), name="supervision_scheme_pattern_known")
        ]


class Escalation(models.Model):
    """A level that took over. Without a reason the clock said so; a person always gives one."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="escalations")
    from_rung = models.CharField(max_length=7, choices=Rung)
    to_rung = models.CharField(max_length=7, choices=Rung)
    # The working minutes that had gone by since the level before took over, or since the limit.
    after_minutes = models.PositiveIntegerField()
    reason = models.CharField(max_length=9, blank=True, default="", choices=RaiseReason)
    at = models.DateTimeField()

    class Meta:
        db_table = "supervision_escalation"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "to_rung"], name="supervision_escalation_once"),
            models.CheckConstraint(condition=Q(to_rung__in=Rung.values), name="supervision_escalation_rung_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["item", "at"], name="supervision_escalation_of")]
