# SPDX-License-Identifier: Apache-2.0
"""The tables of people. ``services`` alone writes them, beside the sign-in library, which may change passwords."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from jiayuan.people.enums import Language, Relation
from jiayuan.places.models import Organisation
from jiayuan.record.events import Ref


class Person(models.Model):
    """A human being. Name and phone stand here alone, so that forgetting a person is emptying one row."""

    name = models.CharField(max_length=40, blank=True, default="")
    phone = models.CharField(max_length=16, blank=True, default="")
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_person"
        constraints = [
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True) | Q(name="", phone=""), name="people_person_forgotten_is_empty"
            )
        ]

    @property
    def ref(self) -> Ref:
        """The person as events name it."""
        return Ref("person", self.pk)


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their canonical user name."""


class Account(AbstractBaseUser):
    """A log-in. ``username`` is canonical (NFKC, lower case); what it may do follows from its person's posts."""

    # Django would write the moment of every sign-in with the machine's clock; the record does not need it.
    last_login = None

    username = models.CharField(max_length=20, unique=True)
    email = models.EmailField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=16, blank=True, default="")
    phone_verified = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=7, choices=Language, default=Language.ZH_HANS)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, related_name="account")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        db_table = "people_account"
        constraints = [
            models.UniqueConstraint(fields=["phone"], condition=~Q(phone=""), name="people_account_one_phone"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="people_account_language_known"),
        ]
        indexes = [models.Index(fields=["email"], name="people_account_by_email")]

    @property
    def ref(self) -> Ref:
        """The account as events name it."""
        return Ref("account", self.pk)


class Household(models.Model):
    """People under one roof, at a village; who belonged to it when is said by its memberships."""

    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)
    door = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "people_household"
        indexes = [models.Index(fields=["village", "id"], name="people_household_by_village")]

    @property
    def ref(self) -> Ref:
        """The household as events name it."""
        return Ref("household", self.pk)


class Membership(models.Model):
    """A person in a household, from a day to a day, both included."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=6, choices=Relation)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "people_membership"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="people_membership_ends_later"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="people_membership_one_open"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(ends_on__isnull=True, relation=Relation.HEAD),
                name="people_membership_one_head",
            ),
        ]


class Post(models.Model):
    """A role that a person holds at an area or in an organisation, from a day to a day, both included."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30)
    area = models.CharField(max_length=12)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "people_post"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="people_post_ends_later"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "area", "organisation"],
                condition=Q(ends_on__isnull=True, organisation__isnull=False),
                name="people_post_one_open_in_unit",
            ),
            # A null is never equal to a null, so posts without an organisation need their own line.
            models.UniqueConstraint(
                fields=["person", "role", "area"],
                condition=Q(ends_on__isnull=True, organisation__isnull=True),
                name="people_post_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "role", "id"], name="people_post_by_area"),
            models.Index(fields=["organisation", "role", "id"], name="people_post_by_organisation"),
        ]

    @property
    def ref(self) -> Ref:
        """The post as events name it."""
        return Ref("post", self.pk)
