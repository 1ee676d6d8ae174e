# SPDX-License-Identifier: Apache-2.0
"""Zones with their places and claims, and guarantors of places. All of it holds from a day to a day, both included."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jiayuan.duties.enums import ZoneKind
from jiayuan.people.models import Person
from jiayuan.places.models import Organisation
from jiayuan.record.events import Ref

_OPEN = Q(ends_on__isnull=True)
_ENDS_LATER = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
ONE_HOLDER = (
    Q(organisation__isnull=False, person__isnull=True, named="")
    | Q(organisation__isnull=True, person__isnull=False, named="")
    | Q(organisation__isnull=True, person__isnull=True) & ~Q(named="")
)


class Zone(models.Model):
    """A road section, an area or a list of places that somebody may claim. It may cross villages and towns."""

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=ZoneKind)
    description = models.CharField(max_length=300)
    # GeoJSON in WGS-84, one line or polygon; empty where words say enough.
    geometry = models.TextField(blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "duties_zone"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ZoneKind.values), name="duties_zone_kind_known"),
            models.CheckConstraint(condition=_ENDS_LATER, name="duties_zone_ends_later"),
        ]

    @property
    def ref(self) -> Ref:
        """The zone as events name it."""
        return Ref("zone", self.pk)


class ZonePlace(models.Model):
    """A village in which a part of a zone lies."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, db_index=False, related_name="places")
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)

    class Meta:
        db_table = "duties_zone_place"
        constraints = [models.UniqueConstraint(fields=["zone", "village"], name="duties_zone_place_once")]
        indexes = [
            models.Index(fields=["village", "zone"], name="duties_zone_by_village"),
            models.Index(fields=["town", "zone"], name="duties_zone_by_town"),
            models.Index(fields=["county", "zone"], name="duties_zone_by_county"),
        ]


class _Held(models.Model):
    """Who answers, as what, and from when to when. Exactly one of unit, person and name says who."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    # A shop, a union or another body that is no organisation of the city.
    named = models.CharField(max_length=60, blank=True, default="")
    duty = models.CharField(max_length=40)
    # Whether residents read role and masked name of the person; units and bodies are always shown.
    is_shown = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    document = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        abstract = True


class Claim(_Held):
    """Who claimed a zone, and what for."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="claims")

    class Meta:
        db_table = "duties_claim"
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_HOLDER, name="duties_claim_one_holder"),
            models.CheckConstraint(condition=_ENDS_LATER, name="duties_claim_ends_later"),
            models.UniqueConstraint(
                fields=["zone", "organisation"], condition=_OPEN & Q(organisation__isnull=False),
                name="duties_claim_one_open_of_a_unit",
            ),
            models.UniqueConstraint(
                fields=["zone", "person"], condition=_OPEN & Q(person__isnull=False),
                name="duties_claim_one_open_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["zone", "named"], condition=_OPEN & ~Q(named=""), name="duties_claim_one_open_of_a_body"
            ),
        ]  # fmt: skip

    @property
    def ref(self) -> Ref:
        """The claim as events name it."""
        return Ref("claim", self.pk)


class Guarantee(_Held):
    """Who answers for a place (包保): a county, a town, a village, or a hamlet of one."""

    place = models.CharField(max_length=12)
    county = models.CharField(max_length=6, blank=True)
    town = models.CharField(max_length=9, blank=True)
    village = models.CharField(max_length=12, blank=True)
    hamlet = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "duties_guarantee"
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_HOLDER, name="duties_guarantee_one_holder"),
            models.CheckConstraint(condition=_ENDS_LATER, name="duties_guarantee_ends_later"),
            models.CheckConstraint(condition=Q(hamlet="") | ~Q(village=""), name="duties_guarantee_hamlet_in_village"),
            models.UniqueConstraint(
                fields=["place", "hamlet", "organisation"], condition=_OPEN & Q(organisation__isnull=False),
                name="duties_guarantee_one_open_of_unit",
            ),
            models.UniqueConstraint(
                fields=["place", "hamlet", "person"], condition=_OPEN & Q(person__isnull=False),
                name="duties_guarantee_one_open_of_person",
            ),
            models.UniqueConstraint(
                fields=["place", "hamlet", "named"], condition=_OPEN & ~Q(named=""),
                name="duties_guarantee_one_open_of_body",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["place", "id"], name="duties_guarantee_by_place"),
            models.Index(fields=["town", "id"], name="duties_guarantee_by_town"),
            models.Index(fields=["county", "id"], name="duties_guarantee_by_county"),
        ]

    @property
    def ref(self) -> Ref:
        """The entry as events name it."""
        return Ref("guarantee", self.pk)
