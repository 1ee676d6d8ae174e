# SPDX-License-Identifier: Apache-2.0
"""The tables of the room: offices with their marks, the counters of numbers, and papers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jiayuan.papers.enums import Standing
from jiayuan.record.events import Ref


class Office(models.Model):
    """An office that issues papers: its name in the red head, the area it works for, the unit it belongs to."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    area = models.CharField(max_length=12)
    unit = models.CharField(max_length=32, blank=True, default="")
    # Whatever an invented office issues is marked 演示数据·非公文, whoever forgets to say so.
    is_synthetic = models.BooleanField(default=False)


class Mark(models.Model):
    """How an office is written in the numbers of one kind of paper (发文机关代字). Empty: counts issues (第×期)."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=40)
    mark = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind"], name="papers_mark_one_for_a_kind"),
            # Two kinds under one mark would print the same number twice.
            models.UniqueConstraint(fields=["mark"], condition=~Q(mark=""), name="papers_mark_of_one_kind"),
        ]


class NumberCounter(models.Model):
    """How far the numbers of a kind and an office have come in a year. Its lock orders whoever takes one."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year", "office"], name="papers_counter_one")]


class Paper(models.Model):
    """An issued paper: its number, its frozen model, what became of it, and what was printed."""

    handle = models.CharField(max_length=11, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    mark = models.CharField(max_length=40, blank=True, default="")
    form = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    on = models.DateField()
    model = models.TextField()
    model_sha256 = models.CharField(max_length=64)
    is_synthetic = models.BooleanField()
    is_public = models.BooleanField()
    about_kind = models.CharField(max_length=20, blank=True, default="")
    about_id = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    standing = models.CharField(max_length=10, default=Standing.VALID)
    void_reason = models.CharField(max_length=10, blank=True, default="")
    void_note = models.CharField(max_length=200, blank=True, default="")
    voided_at = models.DateTimeField(null=True)
    # The position of its own event, known once the command that issued it was committed.
    position = models.BigIntegerField(null=True)
    printed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    pdf_sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    # The formats that were made, by blanks, and which font stands for which, as JSON.
    formats = models.CharField(max_length=20, blank=True, default="")
    fonts = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "office", "n"], name="papers_paper_number_once"),
            models.CheckConstraint(
                name="papers_paper_void_has_reason",
                condition=(Q(standing=Standing.VOID) & ~Q(void_reason="") & Q(voided_at__isnull=False))
                | (~Q(standing=Standing.VOID) & Q(void_reason="") & Q(voided_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="papers_paper_printed_whole",
                condition=Q(printed_at__isnull=True, pdf_sha256="")
                | (Q(printed_at__isnull=False, position__isnull=False) & ~Q(pdf_sha256="")),
            ),
            models.CheckConstraint(
                name="papers_paper_about_whole",
                condition=Q(about_kind="", about_id__isnull=True) | (~Q(about_kind="") & Q(about_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="papers_paper_corrects_another",
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["tries", "id"], name="papers_paper_to_print", condition=Q(printed_at__isnull=True)),
            models.Index(fields=["office", "on", "id"], name="papers_paper_by_day"),
            models.Index(fields=["about_kind", "about_id", "id"], name="papers_paper_about"),
        ]

    @property
    def ref(self) -> Ref:
        """The paper as the subject of events."""
        return Ref("paper", self.pk)
