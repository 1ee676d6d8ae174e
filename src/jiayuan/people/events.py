# SPDX-License-Identifier: Apache-2.0
"""What happened to accounts, posts and persons. Persons stand in the salted part; names are nowhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.record.events import Code, Event, PersonId, private


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Event):
    """An account was opened, by an administrator for a person or by a visitor for themselves."""

    KIND: ClassVar[str] = "people.account_opened"
    SENTENCE: ClassVar[Any] = pgettext_lazy("people", "Account opened")

    person: PersonId | None = private()


@dataclass(frozen=True, kw_only=True)
class PersonAppointed(Event):
    """A person was given a post."""

    KIND: ClassVar[str] = "people.appointed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("people", "Appointed as %(role)s from %(starts_on)s")

    role: Code
    area: Code
    organisation_id: int | None
    starts_on: date
    ends_on: date | None
    person: PersonId = private()


@dataclass(frozen=True, kw_only=True)
class PostEnded(Event):
    """A post got its last day."""

    KIND: ClassVar[str] = "people.post_ended"
    SENTENCE: ClassVar[Any] = pgettext_lazy("people", "The post of %(role)s ends with %(ends_on)s")

    role: Code
    area: Code
    ends_on: date
    person: PersonId = private()


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """A person's name, number, account and the keys to their traces were removed at their request."""

    KIND: ClassVar[str] = "people.forgotten"
    SENTENCE: ClassVar[Any] = pgettext_lazy("people", "A person was forgotten")


@dataclass(frozen=True, kw_only=True)
class HouseholdFormed(Event):
    """A household was entered with its head."""

    KIND: ClassVar[str] = "people.household_formed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("people", "Household entered")

    village: Code
    head: PersonId = private()


@dataclass(frozen=True, kw_only=True)
class HouseholdJoined(Event):
    """A person came to belong to a household."""

    KIND: ClassVar[str] = "people.household_joined"
    SENTENCE: ClassVar[Any] = pgettext_lazy("people", "A person joined the household")

    starts_on: date
    person: PersonId = private()


@dataclass(frozen=True, kw_only=True)
class HouseholdLeft(Event):
    """A person no longer belongs to a household."""

    KIND: ClassVar[str] = "people.household_left"
    SENTENCE: ClassVar[Any] = pgettext_lazy("people", "A person left the household")

    ends_on: date
    person: PersonId = private()


EVENTS = (
    AccountOpened,
    PersonAppointed,
    PostEnded,
    PersonForgotten,
    HouseholdFormed,
    HouseholdJoined,
    HouseholdLeft,
)
"""Every event of the room, for the roof to list."""
