# SPDX-License-Identifier: Apache-2.0
"""Documents, their versions, and the entries of each version. What was published is never changed, only followed."""

from django.db import models
from django.db.models import Q

from jiayuan.duties.enums import Kind, Part, Standing
from jiayuan.record.events import Ref


class Document(models.Model):
    """A list as a document that goes on: its title stays, what it says stands in its versions."""

    code = models.SlugField(max_length=20, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    title = models.CharField(max_length=120)

    class Meta:
        db_table = "duties_document"
        constraints = [models.CheckConstraint(condition=Q(kind__in=Kind.values), name="duties_document_kind_known")]

    @property
    def ref(self) -> Ref:
        """The document as events name it."""
        return Ref("duty_list", self.pk)


class Version(models.Model):
    """The whole of a document as it was issued once: its source, the day from which it holds, its entries."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.DRAFT)
    # Goes up with every change of a draft, so that two who write at once are told.
    revision = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=200, blank=True, default="")
    source_number = models.CharField(max_length=60, blank=True, default="")
    issuer = models.CharField(max_length=100, blank=True, default="")
    issued_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        db_table = "duties_version"
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="duties_version_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(standing="draft"), name="duties_one_draft_of_a_document"
            ),
            # On any day the version in force is the published one that began last, so two can never hold at once.
            models.UniqueConstraint(
                fields=["document", "valid_from"],
                condition=Q(standing="published"),
                name="duties_one_version_begins_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(standing="draft", valid_from__isnull=True, published_at__isnull=True)
                | Q(
                    standing="published",
                    valid_from__isnull=False,
                    published_at__isnull=False,
                    issued_on__isnull=False,
                )
                & ~Q(source="")
                & ~Q(source_number=""),
                name="duties_published_says_its_source",
            ),
        ]


class DutyEntry(models.Model):
    """A line of a version. Organisations and classes stand by their codes, as they were named when it was issued."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=20)
    group = models.CharField(max_length=40)
    task = models.CharField(max_length=300)
    part = models.CharField(max_length=12, choices=Part)
    lead = models.CharField(max_length=40, blank=True, default="")
    cooperating = models.TextField(blank=True, default="")
    classes = models.TextField(blank=True, default="")
    department_does = models.CharField(max_length=600, blank=True, default="")
    town_does = models.CharField(max_length=600, blank=True, default="")
    clause = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        db_table = "duties_entry"
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="duties_entry_once_in_a_version"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="duties_entry_part_known"),
            models.CheckConstraint(condition=~Q(part="taken_back", lead=""), name="duties_who_takes_back_leads"),
        ]


class Stamp(models.Model):
    """One row that changes with every publication, so that each process sees when what it remembers is old."""

    token = models.CharField(max_length=32)

    class Meta:
        db_table = "duties_stamp"
