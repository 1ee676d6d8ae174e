# SPDX-License-Identifier: Apache-2.0
"""Summons talks: the leader of a unit is asked why, and what is promised is tracked. Posts are named, persons never."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiayuan.papers.models import Paper
from jiayuan.people.models import Person
from jiayuan.record.events import Ref
from jiayuan.supervision.enums import TalkCause, TalkState
from jiayuan.supervision.models.reach import AtUnit
from jiayuan.supervision.models.sheets import Item, Sheet


class Talk(AtUnit):
    """A formal interview of a unit's leader (约谈). A unit is summoned to one at a time."""

    state = models.CharField(max_length=9, choices=TalkState)
    cause = models.CharField(max_length=7, choices=TalkCause)
    # The item that pressed as far as the county, if it is the ground; else the reason is.
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="")
    # Both by their posts.
    summoned = models.CharField(max_length=40)
    host = models.CharField(max_length=40)
    meets_at = models.DateTimeField()
    venue = models.CharField(max_length=80)
    number = models.CharField(max_length=60, blank=True, default="")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    present = models.CharField(max_length=200, blank=True, default="")
    minutes = models.TextField(max_length=1000, blank=True, default="")
    minutes_paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "supervision_talk"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["made_by", "client_id"], name="supervision_talk_told_once"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="supervision_talk_number_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state="called"), name="supervision_talk_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=TalkState.values), name="supervision_talk_state_known"),
            models.CheckConstraint(
                condition=Q(item__isnull=False) | ~Q(reason=""), name="supervision_talk_has_a_ground"
            ),
            models.CheckConstraint(
                condition=Q(state="held", held_at__isnull=False, minutes_paper__isnull=False, sheet__isnull=False)
                | ~Q(state="held") & Q(held_at__isnull=True, minutes_paper__isnull=True, sheet__isnull=True),
                name="supervision_talk_held_is_written_up",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-meets_at", "-id"], name="supervision_talk_newest"),
            models.Index(fields=["county", "-meets_at", "-id"], name="supervision_talk_by_county"),
            models.Index(fields=["town", "-meets_at", "-id"], name="supervision_talk_by_town"),
            models.Index(fields=["unit", "-meets_at", "-id"], name="supervision_talk_by_unit"),
        ]

    @property
    def ref(self) -> Ref:
        """The talk as events name it."""
        return Ref("talk", self.pk)
