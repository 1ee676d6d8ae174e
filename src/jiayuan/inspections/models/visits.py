# SPDX-License-Identifier: Apache-2.0
"""What was found at a drawn place, how it is read now, the scores that followed, appeals, and looks back."""

from django.db import models
from django.db.models import Q

from jiayuan.inspections.enums import AppealState
from jiayuan.inspections.models.rounds import Round, Visit
from jiayuan.record.events import Ref


class Finding(models.Model):
    """A ground of the sheet found at a place: its picture hangs here, and at the case that it became.

    How often it counts stands in its readings, of which the newest holds; nothing of a finding is ever changed.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, db_index=False, related_name="findings")
    number = models.PositiveSmallIntegerField()
    client_id = models.UUIDField()
    item = models.CharField(max_length=10)
    ground = models.CharField(max_length=4)
    place_text = models.CharField(max_length=100, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    found_at = models.DateTimeField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "inspections_finding"
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="inspections_finding_once"),
            models.UniqueConstraint(fields=["visit", "client_id"], name="inspections_finding_told_once"),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__isnull=False, lat__isnull=False),
                name="inspections_finding_position_whole",
            ),
        ]

    @property
    def ref(self) -> Ref:
        """The finding as photos and events name it."""
        return Ref("inspection_finding", self.pk)


class Appeal(models.Model):
    """An objection to a finding, by the inspected and once, and what became of it."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, db_index=False, related_name="appeals")
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=AppealState, default=AppealState.ASKED)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        db_table = "inspections_appeal"
        constraints = [
            models.UniqueConstraint(fields=["finding"], name="inspections_appealed_once"),
            models.CheckConstraint(condition=Q(state__in=AppealState.values), name="inspections_appeal_state_known"),
            models.CheckConstraint(
                condition=Q(state=AppealState.ASKED, decided_at__isnull=True, answer="")
                | (~Q(state=AppealState.ASKED) & Q(decided_at__isnull=False) & ~Q(answer="")),
                name="inspections_decided_with_an_answer",
            ),
            # Whoever asks does not decide.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="inspections_appeal_decided_by_another",
            ),
        ]

    @property
    def ref(self) -> Ref:
        """The appeal as photos name it."""
        return Ref("inspection_appeal", self.pk)


class Reading(models.Model):
    """How often a finding counts, from its first reading to the one that holds; 0 is struck."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, db_index=False, related_name="readings")
    version = models.PositiveSmallIntegerField()
    times = models.PositiveSmallIntegerField()
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        db_table = "inspections_reading"
        constraints = [models.UniqueConstraint(fields=["finding", "version"], name="inspections_reading_once")]


class Absence(models.Model):
    """An item of the sheet of which a place has nothing."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, db_index=False, related_name="absences")
    item = models.CharField(max_length=10)

    class Meta:
        db_table = "inspections_absence"
        constraints = [models.UniqueConstraint(fields=["visit", "item"], name="inspections_absence_once")]


class VisitScore(models.Model):
    """What a place scored, and scored after each upheld appeal; in millionths, empty where nothing applies."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, db_index=False, related_name="scores")
    version = models.PositiveSmallIntegerField()
    points = models.PositiveBigIntegerField(null=True)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, null=True, related_name="+")
    scored_at = models.DateTimeField()

    class Meta:
        db_table = "inspections_score"
        constraints = [models.UniqueConstraint(fields=["visit", "version"], name="inspections_score_once")]


class LookBack(models.Model):
    """A draw among the findings of a round: which are looked at again. All of black places, a share of the others."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="look_back")
    percent = models.PositiveSmallIntegerField()
    listing = models.TextField()
    listing_digest = models.CharField(max_length=64)
    seed = models.CharField(max_length=32)
    drawn_at = models.DateTimeField()

    class Meta:
        db_table = "inspections_look_back"
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="inspections_look_back_share")
        ]


class LookedAgain(models.Model):
    """A finding that is looked at again. What is seen there is noted at its case."""

    look_back = models.ForeignKey(LookBack, on_delete=models.PROTECT, db_index=False, related_name="drawn")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "inspections_looked_again"
        constraints = [models.UniqueConstraint(fields=["look_back", "finding"], name="inspections_looked_again_once")]
