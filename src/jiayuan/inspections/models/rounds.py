# SPDX-License-Identifier: Apache-2.0
"""The year's plan, rounds that cite a line of it, their draws, and a visit for each drawn place."""

from django.db import models
from django.db.models import F, Q

from jiayuan.inspections.enums import Excluded, Manner, RoundState, StrataBy, VisitState, Weighting
from jiayuan.inspections.models.sheets import SheetVersion
from jiayuan.record.events import Ref


class Plan(models.Model):
    """What is inspected in a year, and by which document. One for each year and area."""

    year = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    source_number = models.CharField(max_length=60)
    adopted_on = models.DateField()
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        db_table = "inspections_plan"
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="inspections_plan_once_a_year")]

    @property
    def ref(self) -> Ref:
        """The plan as events name it."""
        return Ref("inspection_plan", self.pk)


class PlanLine(models.Model):
    """A matter of a plan: how many rounds of it, and how often one place may be inspected in the year."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, db_index=False, related_name="lines")
    key = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    lead = models.CharField(max_length=60)
    rounds = models.PositiveSmallIntegerField()
    per_place = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "inspections_plan_line"
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="inspections_plan_line_once"),
            models.CheckConstraint(condition=Q(rounds__gte=1, per_place__gte=1), name="inspections_plan_line_plans"),
        ]


class Round(models.Model):
    """One round: what is scored by which version, where and how places are drawn, and what they count for."""

    handle = models.CharField(max_length=11, unique=True)
    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="cited_by")
    version = models.ForeignKey(SheetVersion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    manner = models.CharField(max_length=12, choices=Manner)
    area = models.CharField(max_length=12)
    strata_by = models.CharField(max_length=8, choices=StrataBy)
    per_stratum = models.PositiveSmallIntegerField()
    # Where the list says it: a place and its stratum in a line, parted by a tab.
    listed = models.TextField(blank=True, default="")
    weighting = models.CharField(max_length=12, choices=Weighting)
    # From how many hundredths on a place is on the red list, and below how many on the black one.
    red_from = models.PositiveIntegerField(null=True)
    black_below = models.PositiveIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.PREPARED)
    is_synthetic = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    appeals_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "inspections_round"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="inspections_round_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="inspections_round_ends_later"),
            models.CheckConstraint(condition=Q(per_stratum__gte=1), name="inspections_round_draws_some"),
            models.CheckConstraint(
                condition=Q(red_from__isnull=True) | Q(black_below__isnull=True) | Q(red_from__gte=F("black_below")),
                name="inspections_round_red_above_black",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.PUBLISHED, published_at__isnull=False, appeals_until__isnull=False)
                | (~Q(state=RoundState.PUBLISHED) & Q(published_at__isnull=True, appeals_until__isnull=True)),
                name="inspections_round_published_says_when",
            ),
        ]
        indexes = [models.Index(fields=["-starts_on", "-id"], name="inspections_newest_rounds")]

    @property
    def ref(self) -> Ref:
        """The round as events name it."""
        return Ref("inspection_round", self.pk)


class Exclusion(models.Model):
    """A place that takes no part in a round's draw, and why."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, db_index=False, related_name="exclusions")
    village = models.CharField(max_length=12)
    reason = models.CharField(max_length=10, choices=Excluded)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "inspections_exclusion"
        constraints = [
            models.UniqueConstraint(fields=["round", "village"], name="inspections_exclusion_once"),
            models.CheckConstraint(condition=Q(reason__in=Excluded.values), name="inspections_exclusion_reason_known"),
            models.CheckConstraint(
                condition=~Q(reason=Excluded.OTHER, note=""), name="inspections_other_reason_is_written_down"
            ),
        ]


class Draw(models.Model):
    """One draw of a round's places: the list as it was sealed and the seed, from which anybody can draw again."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, db_index=False, related_name="draws")
    attempt = models.PositiveSmallIntegerField()
    listing = models.TextField()
    listing_digest = models.CharField(max_length=64)
    seed = models.CharField(max_length=32)
    # Why places are drawn once more; empty for the first draw alone.
    note = models.CharField(max_length=300, blank=True, default="")
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        db_table = "inspections_draw"
        constraints = [
            models.UniqueConstraint(fields=["round", "attempt"], name="inspections_draw_once"),
            models.CheckConstraint(
                condition=Q(attempt=1, note="") | (Q(attempt__gt=1) & ~Q(note="")),
                name="inspections_drawn_again_for_a_reason",
            ),
        ]


class Visit(models.Model):
    """A drawn place of a round: who inspects it, and what it scored. The place stays unknown to the inspected."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, db_index=False, related_name="visits")
    number = models.PositiveSmallIntegerField()
    stratum = models.CharField(max_length=40)
    # For how many millionths of a place of its stratum it stands.
    stands_for = models.PositiveBigIntegerField()
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)
    inspector = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.DRAWN)
    client_id = models.UUIDField(null=True)
    started_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_on = models.DateField(null=True)
    # In millionths of a point; empty where nothing of the sheet applies. Corrected by upheld appeals.
    points = models.PositiveBigIntegerField(null=True)

    class Meta:
        db_table = "inspections_visit"
        constraints = [
            models.UniqueConstraint(fields=["round", "village"], name="inspections_visit_once"),
            models.CheckConstraint(condition=Q(state__in=VisitState.values), name="inspections_visit_state_known"),
            models.CheckConstraint(
                condition=Q(state=VisitState.SUBMITTED, submitted_at__isnull=False, submitted_on__isnull=False)
                | (
                    ~Q(state=VisitState.SUBMITTED)
                    & Q(submitted_at__isnull=True, submitted_on__isnull=True, points=None)
                ),
                name="inspections_visit_scored_when_submitted",
            ),
        ]
        indexes = [
            models.Index(fields=["inspector", "state"], name="inspections_visits_of"),
            models.Index(fields=["village", "round"], name="inspections_visits_at"),
            models.Index(fields=["town", "state"], name="inspections_visits_in_town"),
            models.Index(fields=["county", "state"], name="inspections_visits_in_county"),
        ]

    @property
    def ref(self) -> Ref:
        """The visit as events name it."""
        return Ref("inspection_visit", self.pk)
