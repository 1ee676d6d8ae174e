# SPDX-License-Identifier: Apache-2.0
"""The draws of checkers and what checkers are told about pictures."""

from django.db import models
from django.db.models import Q

from jiayuan.cases.enums import DeclineReason, DrawEnding, DrawReason, Flag, Weight
from jiayuan.cases.models.case import Case
from jiayuan.people.models import Person
from jiayuan.places.models import Organisation


class CheckDraw(models.Model):
    """One draw of who checks a case: from its seed and the persons behind the digest anybody can draw again."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="draws")
    round = models.PositiveSmallIntegerField()
    attempt = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False, related_name="+")
    why = models.CharField(max_length=10, choices=DrawReason)
    seed = models.CharField(max_length=32)
    eligible = models.PositiveIntegerField()
    eligible_digest = models.CharField(max_length=64)
    relaxed = models.BooleanField()
    # Nobody, when nobody was left: then the check is open to the area's supervisors, and whoever checked stands here.
    checker = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=DrawEnding, blank=True, default="")
    declined = models.CharField(max_length=10, choices=DeclineReason, blank=True, default="")

    class Meta:
        db_table = "cases_check_draw"
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "attempt"], name="cases_check_draw_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="cases_check_draw_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="cases_check_draw_ends_somehow",
            ),
            models.CheckConstraint(
                condition=Q(checker__isnull=False, eligible__gte=1)
                | Q(checker__isnull=True, eligible=0)
                | Q(eligible=0, ending=DrawEnding.CHECKED),
                name="cases_check_draw_among_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="cases_check_draw_by_unit"),
            models.Index(fields=["answer_by"], name="cases_check_draw_silent", condition=Q(ended_at__isnull=True)),
        ]


class CheckFlag(models.Model):
    """Something that a checker is told about a picture of a case, judged once when the evidence came."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="flags")
    photo = models.ForeignKey("media.Photo", on_delete=models.PROTECT, related_name="+")
    flag = models.CharField(max_length=16, choices=Flag)
    weight = models.CharField(max_length=8, choices=Weight)
    metres = models.PositiveIntegerField(null=True)
    minutes = models.IntegerField(null=True)
    word = models.CharField(max_length=60, blank=True, default="")
    other_photo = models.ForeignKey(
        "media.Photo", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    other_case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    raised_at = models.DateTimeField()

    class Meta:
        db_table = "cases_check_flag"
        constraints = [models.UniqueConstraint(fields=["case", "photo", "flag"], name="cases_check_flag_once")]
