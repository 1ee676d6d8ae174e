# SPDX-License-Identifier: Apache-2.0
"""Supervision sheets: one item pressed once more, under a number of its own; each colour it went through."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiayuan.papers.models import Paper
from jiayuan.people.models import Person
from jiayuan.record.events import Ref
from jiayuan.supervision.enums import (
    URGING_LIVE,
    Colour,
    Pattern,
    RaiseReason,
    UrgeReason,
    UrgingState,
    VoidReason,
)
from jiayuan.supervision.models.pressure import Scheme
from jiayuan.supervision.models.reach import AtUnit
from jiayuan.supervision.models.sheets import Item

# Plain text, so that migrations never import today's enums.
_LIVE = [state.value for state in URGING_LIVE]
_PRESSED = [Colour.BLUE.value, Colour.ORANGE.value, Colour.RED.value]
_IN_ORDER = (
    Q(from_colour="", to_colour="blue")
    | Q(from_colour="blue", to_colour="orange")
    | Q(from_colour="orange", to_colour="red")
)
_SKIPPING = Q(from_colour="", to_colour__in=["orange", "red"]) | Q(from_colour="blue", to_colour="red")


class Urging(AtUnit):
    """A supervision sheet. One matter, one open sheet; a colour only where colours say how hard it is pressed."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, db_index=False, related_name="+")
    state = models.CharField(max_length=8, choices=UrgingState)
    # What colours mean in its campaign, as it was when it was issued. The choice never changes.
    pattern = models.CharField(max_length=10, choices=Pattern)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, null=True, related_name="+")
    colour = models.CharField(max_length=6, blank=True, default="", choices=Colour)
    reason = models.CharField(max_length=7, choices=UrgeReason)
    requirement = models.CharField(max_length=400, blank=True, default="")
    # Within how many working days the unit replies, after the issue and after each colour.
    days = models.PositiveSmallIntegerField()
    # Both are there when the command that issues it ends; its paper names it, so that it has to be there first.
    number = models.CharField(max_length=60, blank=True, default="")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reply_due_at = models.DateTimeField()
    reply_due_is_provisional = models.BooleanField(default=False)
    replied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=10, blank=True, default="", choices=VoidReason)

    class Meta:
        db_table = "supervision_urging"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issued_by", "client_id"], name="supervision_urging_told_once"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="supervision_urging_number_once"),
            models.UniqueConstraint(fields=["item"], condition=Q(state__in=_LIVE), name="supervision_urging_one_open"),
            models.CheckConstraint(condition=Q(state__in=UrgingState.values), name="supervision_urging_state_known"),
            models.CheckConstraint(
                condition=Q(pattern="escalation", colour__in=_PRESSED) | Q(pattern="state", colour=""),
                name="supervision_urging_patterns_never_mixed",
            ),
            models.CheckConstraint(
                condition=Q(pattern="state") | Q(scheme__isnull=False), name="supervision_urging_coloured_by_choice"
            ),
            models.CheckConstraint(
                condition=Q(state="open", replied_at__isnull=True)
                | Q(state__in=["replied", "accepted"], replied_at__isnull=False)
                | Q(state__in=["closed", "void"]),
                name="supervision_urging_replied_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_LIVE, ended_at__isnull=True) | ~Q(state__in=_LIVE) & Q(ended_at__isnull=False),
                name="supervision_urging_over_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="void") & ~Q(void_reason="") | ~Q(state="void") & Q(void_reason=""),
                name="supervision_urging_void_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-issued_at", "-id"], name="supervision_urging_newest"),
            models.Index(fields=["county", "-issued_at", "-id"], name="supervision_urging_by_county"),
            models.Index(fields=["town", "-issued_at", "-id"], name="supervision_urging_by_town"),
            models.Index(fields=["unit", "-issued_at", "-id"], name="supervision_urging_by_unit"),
            models.Index(fields=["item"], name="supervision_urging_of_item"),
            models.Index(fields=["reply_due_at", "id"], name="supervision_urging_due", condition=Q(state="open")),
        ]

    @property
    def ref(self) -> Ref:
        """The supervision sheet as events name it."""
        return Ref("urging", self.pk)


class UrgingStep(models.Model):
    """A colour that a supervision sheet went to. Each once; one that leaves a colour out says why."""

    urging = models.ForeignKey(Urging, on_delete=models.CASCADE, db_index=False, related_name="steps")
    from_colour = models.CharField(max_length=6, blank=True, choices=Colour)
    to_colour = models.CharField(max_length=6, choices=Colour)
    reason = models.CharField(max_length=9, blank=True, default="", choices=RaiseReason)
    by_clock = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "supervision_urging_step"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["urging", "to_colour"], name="supervision_urging_colour_once"),
            models.CheckConstraint(
                condition=_IN_ORDER | (_SKIPPING & ~Q(reason="") & Q(by_clock=False)),
                name="supervision_urging_colours_in_order",
            ),
        ]
