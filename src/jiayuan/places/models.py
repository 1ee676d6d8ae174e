# SPDX-License-Identifier: Apache-2.0
"""The tables of the ground. ``services`` alone writes them; nothing is ever deleted, what has gone gets an end date."""

from django.db import models
from django.db.models import F, Q


class Division(models.Model):
    """A division of the code tree. ``parent`` is a code, not a key: it follows from the digits."""

    code = models.CharField(max_length=15, unique=True)
    system = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=80)
    urban_rural = models.CharField(max_length=3, blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    pinyin = models.CharField(max_length=300, blank=True, default="")
    initials = models.CharField(max_length=80, blank=True, default="")
    parent = models.CharField(max_length=15, blank=True, default="")

    class Meta:
        db_table = "places_division"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="places_division_ends_later"
            )
        ]
        indexes = [models.Index(fields=["parent", "code"], name="places_division_children")]


class DivisionLink(models.Model):
    """What became of a division: renamed, given another code, merged or split on a day."""

    predecessor = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="became")
    successor = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="came_from")
    change = models.CharField(max_length=10)
    on = models.DateField()

    class Meta:
        db_table = "places_division_link"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="places_division_link_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="places_division_link_not_itself"),
        ]


class Organisation(models.Model):
    """A body in the chain of command, which is not the code tree. ``division`` is where it is at home."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    uscc = models.CharField(max_length=18, blank=True, default="")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    division = models.ForeignKey(
        Division, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations"
    )

    class Meta:
        db_table = "places_organisation"
        constraints = [
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="places_organisation_one_uscc"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="places_organisation_not_its_own_parent"
            ),
        ]


class Jurisdiction(models.Model):
    """Who governs a division or reports for it, from when to when, and by which document."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="jurisdictions")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="jurisdictions")
    role = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "places_jurisdiction"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "division", "role", "valid_from"], name="places_jurisdiction_once"
            ),
            # Figures add up only if no division is reported twice; closed spans are compared by the import.
            models.UniqueConstraint(
                fields=["division"],
                condition=Q(role="reports_for", valid_to__isnull=True),
                name="places_jurisdiction_one_reporter",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="places_jurisdiction_ends_later",
            ),
        ]


class Outline(models.Model):
    """An imported outline in WGS-84 as GeoJSON text with its box, and the review number it must be shown with."""

    division = models.OneToOneField(Division, on_delete=models.PROTECT, related_name="outline")
    geometry = models.TextField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    review_number = models.CharField(max_length=40, blank=True, default="")
    source = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "places_outline"


class VillagePoint(models.Model):
    """A point in WGS-84 that stands for a village, where no outline is known."""

    division = models.OneToOneField(Division, on_delete=models.PROTECT, related_name="point")
    lon = models.FloatField()
    lat = models.FloatField()
    source = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "places_village_point"


class HoneycombCell(models.Model):
    """A village's hexagon in the schematic picture. Its axes are no coordinates."""

    division = models.OneToOneField(Division, on_delete=models.PROTECT, related_name="cell")
    q = models.SmallIntegerField()
    r = models.SmallIntegerField()

    class Meta:
        db_table = "places_honeycomb_cell"


class GroundVersion(models.Model):
    """One row whose token changes with every import, so that each process knows when its copy is old."""

    id = models.SmallIntegerField(primary_key=True)
    token = models.CharField(max_length=32)

    class Meta:
        db_table = "places_ground_version"
