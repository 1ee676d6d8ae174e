# SPDX-License-Identifier: Apache-2.0
"""Whistles, the units called by each, what was told, and cases named by their codes.

``county``, ``town`` and ``village`` are as of the day of applying and never follow a merger. Classes, clauses and cases
stand by value: lists change, and cases live in a storey above.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiayuan.duties.enums import (
    NoWhistle,
    Outside,
    UnitRole,
    UnitState,
    WhistleKind,
    WhistleState,
    WhistleTextKind,
)
from jiayuan.kernel.access import Spot
from jiayuan.people.models import Person
from jiayuan.places.models import Organisation
from jiayuan.record.events import Ref

# Plain text, so that migrations never import today's enums.
_OVER = ["rated", "turned_down", "withdrawn"]
_AT_WORK = ["called", "signed", "on_site"]


class Whistle(models.Model):
    """A call from below for departments to come (街乡吹哨、部门报到)."""

    handle = models.CharField(max_length=11, unique=True)
    client_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=WhistleKind)
    state = models.CharField(max_length=12, choices=WhistleState)
    version = models.IntegerField(default=0)
    place = models.CharField(max_length=12)
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12, blank=True)
    class_key = models.CharField(max_length=60)
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    reason = models.CharField(max_length=10, blank=True, default="", choices=NoWhistle)
    speed = models.SmallIntegerField(null=True)
    handling = models.SmallIntegerField(null=True)
    result = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "duties_whistle"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["applicant", "client_id"], name="duties_whistle_told_once"),
            models.CheckConstraint(condition=Q(state__in=WhistleState.values), name="duties_whistle_state_known"),
            models.CheckConstraint(condition=Q(kind__in=WhistleKind.values), name="duties_whistle_kind_known"),
            models.CheckConstraint(
                condition=Q(state="turned_down") & ~Q(reason="") | ~Q(state="turned_down") & Q(reason=""),
                name="duties_whistle_turned_down_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OVER, ended_at__isnull=False) | ~Q(state__in=_OVER) & Q(ended_at__isnull=True),
                name="duties_whistle_over_has_moment",
            ),
            models.CheckConstraint(
                # NULL lies in no range and outside none, so that each has to be there besides.
                condition=Q(state="rated", speed__range=(1, 5), handling__range=(1, 5), result__range=(1, 5))
                & Q(speed__isnull=False, handling__isnull=False, result__isnull=False)
                | ~Q(state="rated") & Q(speed__isnull=True, handling__isnull=True, result__isnull=True),
                name="duties_whistle_rated_on_three_things",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-applied_at", "-id"], name="duties_whistle_newest"),
            models.Index(fields=["county", "-applied_at", "-id"], name="duties_whistle_by_county"),
            models.Index(fields=["town", "-applied_at", "-id"], name="duties_whistle_by_town"),
            models.Index(fields=["village", "-applied_at", "-id"], name="duties_whistle_by_village"),
            models.Index(fields=["state", "county", "town", "village"], name="duties_whistle_waiting"),
        ]

    @property
    def ref(self) -> Ref:
        """The whistle as events name it."""
        return Ref("whistle", self.pk)

    @property
    def spot(self) -> Spot:
        """Where the whistle stands for permission; what a unit may do is asked of the unit's row."""
        return Spot(code=self.place)


class WhistleUnit(models.Model):
    """A unit called by a whistle, with its own clocks. A unit that was released stays, so that the course is whole."""

    whistle = models.ForeignKey(Whistle, on_delete=models.CASCADE, related_name="units")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False, related_name="+")
    role = models.CharField(max_length=6, choices=UnitRole)
    state = models.CharField(max_length=8, choices=UnitState, default=UnitState.CALLED)
    outside = models.CharField(max_length=9, blank=True, default="", choices=Outside)
    called_at = models.DateTimeField()
    # The limits as they were on that day, so that another setting moves no running clock.
    sign_limit = models.CharField(max_length=8)
    result_limit = models.CharField(max_length=8)
    sign_due_at = models.DateTimeField()
    result_due_at = models.DateTimeField()
    # The end of the clock that runs: signing on first, the result afterwards; empty while none runs.
    due_at = models.DateTimeField(null=True)
    due_is_provisional = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    clause = models.CharField(max_length=60, blank=True, default="")
    # The due times of which the unit was reminded, before and after.
    soon_for = models.DateTimeField(null=True)
    late_for = models.DateTimeField(null=True)

    class Meta:
        db_table = "duties_whistle_unit"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=UnitState.values), name="duties_called_unit_state_known"),
            models.CheckConstraint(condition=Q(role__in=UnitRole.values), name="duties_called_unit_role_known"),
            models.UniqueConstraint(
                fields=["whistle", "organisation"], condition=~Q(state="released"), name="duties_unit_called_once"
            ),
            models.UniqueConstraint(
                fields=["whistle"], condition=Q(role="lead") & ~Q(state="released"), name="duties_whistle_has_one_lead"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_AT_WORK, due_at__isnull=False) | ~Q(state__in=_AT_WORK) & Q(due_at__isnull=True),
                name="duties_called_unit_clock_runs",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "on_site", "answered"]) | Q(signed_at__isnull=False),
                name="duties_called_unit_signed_on",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["on_site", "answered"]) | Q(arrived_at__isnull=False),
                name="duties_called_unit_arrived",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                | ~Q(state="answered") & Q(answered_at__isnull=True),
                name="duties_called_unit_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refusing", "released"]) | ~Q(clause=""), name="duties_refusal_cites_a_clause"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state", "due_at", "id"], name="duties_called_by_unit"),
            models.Index(fields=["due_at", "id"], name="duties_called_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["called_at", "organisation"], name="duties_called_at"),
            models.Index(fields=["id"], name="duties_called_provisional", condition=Q(due_is_provisional=True)),
        ]


class WhistleText(models.Model):
    """What somebody told, kept apart from events so that it can be erased."""

    whistle = models.ForeignKey(Whistle, on_delete=models.CASCADE, related_name="texts")
    unit = models.ForeignKey(WhistleUnit, on_delete=models.CASCADE, null=True, related_name="texts")
    kind = models.CharField(max_length=8, choices=WhistleTextKind)
    body = models.TextField(max_length=2000)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        db_table = "duties_whistle_text"


class WhistleCase(models.Model):
    """A case that belongs to a whistle, by its code."""

    whistle = models.ForeignKey(Whistle, on_delete=models.CASCADE, db_index=False, related_name="cases")
    handle = models.CharField(max_length=11)

    class Meta:
        db_table = "duties_whistle_case"
        constraints: ClassVar = [models.UniqueConstraint(fields=["whistle", "handle"], name="duties_whistle_case_once")]
        indexes: ClassVar = [models.Index(fields=["handle"], name="duties_whistle_by_case")]
