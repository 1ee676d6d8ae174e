# SPDX-License-Identifier: Apache-2.0
"""Leading groups and task forces: founded and dissolved by a document, with members who come and go in between."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jiayuan.duties.enums import GroupKind, GroupRole
from jiayuan.people.models import Person
from jiayuan.places.models import Organisation
from jiayuan.record.events import Ref

_OPEN = Q(ends_on__isnull=True)


class Group(models.Model):
    """A body for one task at the city, a county, a town or a village. A dissolved one keeps its page."""

    kind = models.CharField(max_length=10, choices=GroupKind)
    name = models.CharField(max_length=60)
    task = models.CharField(max_length=300)
    place = models.CharField(max_length=12)
    county = models.CharField(max_length=6, blank=True)
    town = models.CharField(max_length=9, blank=True)
    village = models.CharField(max_length=12, blank=True)
    # Where its office sits (办公室设在…); empty where the document says nothing of one.
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    founded_by = models.CharField(max_length=200)
    founded_number = models.CharField(max_length=60, blank=True, default="")
    founded_on = models.DateField()
    dissolved_by = models.CharField(max_length=200, blank=True, default="")
    dissolved_number = models.CharField(max_length=60, blank=True, default="")
    dissolved_on = models.DateField(null=True)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        db_table = "duties_group"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="duties_group_kind_known"),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True, dissolved_by="")
                | (Q(dissolved_on__gte=F("founded_on")) & ~Q(dissolved_by="")),
                name="duties_group_dissolved_by_paper",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["place", "id"], name="duties_group_by_place"),
            models.Index(fields=["village", "id"], name="duties_group_by_village"),
            models.Index(fields=["town", "id"], name="duties_group_by_town"),
            models.Index(fields=["county", "id"], name="duties_group_by_county"),
        ]

    @property
    def ref(self) -> Ref:
        """The group as events name it."""
        return Ref("duty_group", self.pk)


class GroupMember(models.Model):
    """Who belongs to a group, as what, from a day to a day: a person whom a unit seconded, or whoever holds a post."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=14, choices=GroupRole)
    # The unit that seconds the person, or in which the post is.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    # A post by its title, whoever holds it: 分管负责人.
    post = models.CharField(max_length=40, blank=True, default="")
    # Whether residents read the masked name of the person; posts are always shown.
    is_shown = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "duties_group_member"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=GroupRole.values), name="duties_group_role_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, post="") | (Q(person__isnull=True, organisation__isnull=False)
                & ~Q(post="")),
                name="duties_group_person_or_post",
            ),
            models.CheckConstraint(
                condition=_OPEN | Q(ends_on__gte=F("starts_on")), name="duties_group_member_ends_later"
            ),
            models.UniqueConstraint(
                fields=["group", "role", "person"], condition=_OPEN & Q(person__isnull=False),
                name="duties_group_one_open_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["group", "role", "organisation", "post"], condition=_OPEN & ~Q(post=""),
                name="duties_group_one_open_of_a_post",
            ),
        ]  # fmt: skip
