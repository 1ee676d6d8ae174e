# SPDX-License-Identifier: Apache-2.0
"""The only writers of people: accounts are opened, posts given and ended, persons forgotten.

The sign-in library changes passwords, e-mail addresses and second factors by itself; nothing else does.
"""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Role, Scope, Spot, holds, require, roles
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line
from jiayuan.people.access import May
from jiayuan.people.enums import Language, Relation
from jiayuan.people.events import (
    AccountOpened,
    HouseholdFormed,
    HouseholdJoined,
    HouseholdLeft,
    PersonAppointed,
    PersonForgotten,
    PostEnded,
)
from jiayuan.people.intake import canonical_name, canonical_phone
from jiayuan.people.models import Account, Household, Membership, Person, Post
from jiayuan.people.names import username_validators
from jiayuan.places.queries import division
from jiayuan.record.events import Code, PersonId
from jiayuan.record.log import record
from jiayuan.record.services import forget_person as forget_in_record

WHOLE_CITY = Spot(code="")
"""A spot that only a grant over the whole city covers."""


@command
def open_account(
    *,
    username: str,
    password: str | None,
    name: str,
    phone: str = "",
    email: str = "",
    language: Language = Language.ZH_HANS,
    by: Actor,
    at: datetime,
) -> Account:
    """An account with a person behind it, without any post; without a password it signs in by code alone."""
    _require_anywhere(by)
    person = Person.objects.create(name=one_line(name, field="name", longest=40, needed=True), phone=_phone(phone))
    account = Account(
        username=_free_name(username),
        email=_free_email(email),
        phone=person.phone,
        # An administrator took the number down; the person did not answer a code yet.
        phone_verified=False,
        language=language,
        person=person,
    )
    account.set_password(password)
    account.save(force_insert=True)
    if account.email:
        EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=True)
    record(AccountOpened(subject=account.ref, person=PersonId(person.pk)), by=by, at=at)
    return account


def _require_anywhere(by: Actor) -> None:
    """An account without a post may do nothing, so the place does not matter: holding the permission is enough."""
    if not holds(by, May.MANAGE_POSTS):
        require(by, May.MANAGE_POSTS, at=WHOLE_CITY)


def _free_name(typed: str) -> str:
    for validate in username_validators:
        try:
            validate(typed)
        except ValidationError as refused:
            raise Refused("username", refused.message, field="username", **(refused.params or {})) from refused
    if Account.objects.filter(username=canonical_name(typed)).exists():
        raise Refused(
            "name_taken", pgettext_lazy("people", "This user name is taken. Choose another one."), field="username"
        )
    return canonical_name(typed)


def _phone(typed: str) -> str:
    if not typed.strip():
        return ""
    number = canonical_phone(typed)
    if not number:
        raise Refused("phone", pgettext_lazy("people", "This is not a telephone number."), field="phone")
    if Account.objects.filter(phone=number).exists():
        raise Refused(
            "phone_taken",
            pgettext_lazy("people", "Another account uses this number. Leave it empty or ask for another one."),
            field="phone",
        )
    return number


def _free_email(typed: str) -> str:
    address = typed.strip().lower()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as refused:
        raise Refused("email", pgettext_lazy("people", "This is not an e-mail address."), field="email") from refused
    if EmailAddress.objects.filter(email=address).exists():
        raise Refused(
            "email_taken",
            pgettext_lazy("people", "Another account uses this e-mail address. Leave it empty or give another one."),
            field="email",
        )
    return address


@command
def register(*, account: Account, by: Actor, at: datetime) -> Account:
    """A new account that a visitor filled in on the sign-up page, kept without a person and without any post."""
    account.username = canonical_name(account.username)
    account.save(force_insert=True)
    record(AccountOpened(subject=account.ref, person=None), by=by, at=at)
    return account


@command
def appoint(
    *,
    person_id: int,
    role: str,
    area: str,
    organisation_id: int | None = None,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Post:
    """A post for a person. Nobody appoints themselves, and nobody beyond the area where they may manage posts."""
    person = _living(person_id)
    require(by, May.MANAGE_POSTS, at=Spot(code=area, unit_id=organisation_id))
    _check_appointment(by, person=person, held=_known_role(role), area=area, organisation_id=organisation_id)
    _check_days(starts_on, ends_on)
    _check_not_held(person=person, role=role, area=area, organisation_id=organisation_id, starts_on=starts_on)
    post = Post.objects.create(
        person=person, role=role, area=area, organisation_id=organisation_id, starts_on=starts_on, ends_on=ends_on
    )
    record(
        PersonAppointed(
            subject=post.ref,
            role=Code(role),
            area=Code(area),
            organisation_id=organisation_id,
            starts_on=starts_on,
            ends_on=ends_on,
            person=PersonId(person.pk),
        ),
        by=by,
        at=at,
    )
    return post


def _living(person_id: int) -> Person:
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id, forgotten_at__isnull=True).first()
    if person is None:
        raise Refused("no_person", pgettext_lazy("people", "There is no such person any more."), field="person")
    return person


def _known_role(code: str) -> Role:
    found = next((one for one in roles() if one.code == code), None)
    if found is None:
        raise Refused("no_role", pgettext_lazy("people", "Choose a role from the list."), field="role")
    return found


def _check_appointment(by: Actor, *, person: Person, held: Role, area: str, organisation_id: int | None) -> None:
    if by.person_id == person.pk:
        # Otherwise whoever manages posts could give themselves every other permission too.
        raise Refused(
            "own_post",
            pgettext_lazy("people", "Nobody appoints themselves. Ask another administrator."),
            field="person",
        )
    _check_area(area, field="area")
    if held.scope is Scope.UNIT and organisation_id is None:
        raise Refused(
            "no_organisation",
            pgettext_lazy("people", "This role is held inside an organisation. Choose which one."),
            field="organisation",
        )


def _check_area(code: str, *, field: str) -> None:
    """Refuse what is no division in full: a code cut short would be read as another level by whoever compares keys."""
    place = division(code)
    if place is None or place.code != code:
        raise Refused("no_area", pgettext_lazy("people", "Choose an area from the list."), field=field)


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused(
            "ends_before_start",
            pgettext_lazy("people", "The last day (%(ends_on)s) lies before the first (%(starts_on)s)."),
            field="ends_on",
            starts_on=starts_on,
            ends_on=ends_on,
        )


def _check_not_held(*, person: Person, role: str, area: str, organisation_id: int | None, starts_on: date) -> None:
    same = [
        post
        for post in Post.objects.filter(person=person, role=role, area=area)
        if post.organisation_id == organisation_id
    ]
    if any(post.ends_on is None or post.ends_on >= starts_on for post in same):
        raise Refused(
            "already_held", pgettext_lazy("people", "The person holds this post already at that time."), field="role"
        )


@command
def end_post(*, post_id: int, ends_on: date, by: Actor, at: datetime) -> Post:
    """The post with its last day; an earlier last day than the one set so far is taken, a later one refused."""
    post = Post.objects.select_for_update(of=("self",)).filter(pk=post_id).first()
    if post is None:
        raise Refused("no_post", pgettext_lazy("people", "There is no such post any more."))
    require(by, May.MANAGE_POSTS, at=Spot(code=post.area, unit_id=post.organisation_id))
    _check_days(post.starts_on, ends_on)
    if post.ends_on is not None and ends_on >= post.ends_on:
        raise Refused(
            "ends_already",
            pgettext_lazy("people", "The post ends with %(ends_on)s already."),
            field="ends_on",
            ends_on=post.ends_on,
        )
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    record(
        PostEnded(
            subject=post.ref,
            role=Code(post.role),
            area=Code(post.area),
            ends_on=ends_on,
            person=PersonId(post.person_id),
        ),
        by=by,
        at=at,
    )
    return post


@command
def forget_person(*, person_id: int, by: Actor, at: datetime) -> None:
    """Empty a person: name, number, log-in and the keys to their traces in the record go, the events stay.

    People may have themselves forgotten; otherwise it takes the permission over the whole city. Whoever still holds a
    post is asked to have it ended first, since a living post must have a name.
    """
    own = by.person_id is not None and by.person_id == person_id
    if not own:
        require(by, May.FORGET_PEOPLE, at=WHOLE_CITY)
    person = _living(person_id)
    if Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.on(at)), person=person).exists():
        raise Refused(
            "holds_post", pgettext_lazy("people", "The person still holds a post. End it, then forget the person.")
        )
    _empty_account(person)
    person.name, person.phone, person.forgotten_at = "", "", at
    person.save(update_fields=["name", "phone", "forgotten_at"])
    forget_in_record(person_id=PersonId(person.pk), by=by, at=at)
    # Signing it with the person just forgotten would leave the very trace that was asked to go.
    record(PersonForgotten(subject=person.ref), by=Actor.system("people.forgotten") if own else by, at=at)


def _empty_account(person: Person) -> None:
    """Close the log-in for good. The row stays, because notices point to it; nothing in it names anyone."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    account.username, account.email, account.phone = f"-{account.pk}", "", ""
    account.phone_verified, account.is_active = False, False
    account.set_unusable_password()
    account.save(update_fields=["username", "email", "phone", "phone_verified", "is_active", "password"])


@command
def form_household(
    *, village: str, head_id: int, door: str = "", starts_on: date, by: Actor, at: datetime
) -> Household:
    """A household at a village with its head; the head leaves no other household silently."""
    require(by, May.KEEP_HOUSEHOLDS, at=Spot(code=village))
    _check_area(village, field="village")
    head = _living(head_id)
    _check_no_household(head)
    household = Household.objects.create(
        county=village[:6], town=village[:9], village=village, door=one_line(door, field="door", longest=40)
    )
    _belong(household, head, Relation.HEAD, starts_on=starts_on)
    record(HouseholdFormed(subject=household.ref, village=Code(village), head=PersonId(head.pk)), by=by, at=at)
    return household


def _check_no_household(person: Person) -> None:
    if Membership.objects.filter(person=person, ends_on__isnull=True).exists():
        raise Refused(
            "in_household",
            pgettext_lazy("people", "The person belongs to another household. Let them leave that one first."),
            field="person",
        )


def _belong(household: Household, person: Person, relation: Relation, *, starts_on: date) -> None:
    Membership.objects.create(household=household, person=person, relation=relation, starts_on=starts_on)


@command
def join_household(*, household_id: int, person_id: int, starts_on: date, by: Actor, at: datetime) -> None:
    """Let a person belong to a household from a day on; refused while they belong to another one."""
    household = _household(household_id, by=by)
    person = _living(person_id)
    _check_no_household(person)
    _belong(household, person, Relation.MEMBER, starts_on=starts_on)
    record(HouseholdJoined(subject=household.ref, starts_on=starts_on, person=PersonId(person.pk)), by=by, at=at)


def _household(household_id: int, *, by: Actor) -> Household:
    household = Household.objects.select_for_update(of=("self",)).filter(pk=household_id).first()
    if household is None:
        raise Refused("no_household", pgettext_lazy("people", "There is no such household any more."))
    require(by, May.KEEP_HOUSEHOLDS, at=Spot(code=household.village))
    return household


@command
def leave_household(*, household_id: int, person_id: int, ends_on: date, by: Actor, at: datetime) -> None:
    """Let a person no longer belong to a household after a day."""
    household = _household(household_id, by=by)
    membership = household.memberships.filter(person_id=person_id, ends_on__isnull=True).first()
    if membership is None:
        raise Refused("no_member", pgettext_lazy("people", "The person does not belong to this household."))
    _check_days(membership.starts_on, ends_on)
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    record(HouseholdLeft(subject=household.ref, ends_on=ends_on, person=PersonId(person_id)), by=by, at=at)
