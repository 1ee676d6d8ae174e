# SPDX-License-Identifier: Apache-2.0
"""Reading people: who acts, who is to be told, who holds what within reach."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Area, Arm, Grant, Permission, Role, Scope, Spot, arms, role, roles
from jiayuan.people.access import May
from jiayuan.people.intake import canonical_name
from jiayuan.people.models import Account, Person, Post
from jiayuan.people.rules import covering_codes, masked_name

MOST_LISTED = 500


def actor_for(account_id: int | None, *, on: date | None = None) -> Actor:
    """Who acts through an account, with the grants of the posts that hold on a day; one query."""
    if account_id is None:
        return Actor()
    return _actor(account_id, _account_and_posts(account_id, on or clock.today()))


def account_of_session(account_id: int) -> Account | None:
    """The active account behind a session with its posts of today: one query where every page would need two."""
    found = list(
        _with_posts(account_id, clock.today()).annotate(
            held_id=F("post__pk"),
            held_role=F("post__role"),
            held_area=F("post__area"),
            held_unit=F("post__organisation_id"),
        )
    )
    account = next(iter(found), None)
    if account is not None:
        rows = [_Held(row.person_id, row.held_id, row.held_role, row.held_area, row.held_unit) for row in found]
        account.__dict__[_CARRIED] = _actor(account.pk, rows)
    return account


def actor_of_account(account: Account) -> Actor:
    """Who acts through an account; nothing is asked when the account came from ``account_of_session``."""
    # Not __dict__: the account of a request is a lazy stand-in, whose dictionary is its own.
    carried = getattr(account, _CARRIED, None)
    return carried if isinstance(carried, Actor) else actor_for(account.pk)


_CARRIED = "_acting"


def _actor(account_id: int, rows: "Sequence[_Held]") -> Actor:
    if not rows:
        return Actor()
    held = [row for row in rows if row.post_id is not None]
    return Actor(
        account_id=account_id,
        person_id=rows[0].person_id,
        grants=tuple(
            Grant(role=row.role, area=Area(row.area), unit_id=row.unit_id, post_id=row.post_id) for row in held
        ),
        unit_ids=frozenset(row.unit_id for row in held if row.unit_id is not None),
    )


class _Held(NamedTuple):
    """An account's person beside one of its posts; without any post the last four are null."""

    person_id: int | None
    post_id: int | None
    role: str
    area: str
    unit_id: int | None


def _account_and_posts(account_id: int, day: date) -> list[_Held]:
    columns = ("person_id", "post__pk", "post__role", "post__area", "post__organisation_id")
    return [_Held(*row) for row in _with_posts(account_id, day).values_list(*columns)]


def _with_posts(account_id: int, day: date) -> QuerySet[Account]:
    """The active account, once for each of its posts of a day, or once without any."""
    valid = Q(person__posts__starts_on__lte=day) & (
        Q(person__posts__ends_on__isnull=True) | Q(person__posts__ends_on__gte=day)
    )
    return (
        Account.objects.filter(pk=account_id, is_active=True)
        .alias(post=FilteredRelation("person__posts", condition=valid))
        .order_by("post__starts_on", "post__pk")
    )


def accounts_with(permission: Permission, *, spot: Spot, on: date | None = None) -> list[int]:
    """The accounts whose posts give a permission at a spot on a day: those who are told when something waits there."""
    found = _giving(frozenset({permission}), spot=spot, on=on)
    return list(found.order_by("person__account__pk").values_list("person__account__pk", flat=True).distinct())


def persons_with(*permissions: Permission, spot: Spot, on: date | None = None) -> set[int]:
    """The persons who can sign in and hold a post that gives all these permissions at a spot on a day."""
    found = _giving(frozenset(permissions), spot=spot, on=on)
    return set(found.order_by().values_list("person_id", flat=True))


def persons_in(*, organisation_ids: Collection[int], on: date | None = None) -> set[int]:
    """The persons with a post in any of these organisations on a day."""
    held = _holding(on or clock.today()).filter(organisation_id__in=organisation_ids)
    return set(held.order_by().values_list("person_id", flat=True))


class PostHeld(NamedTuple):
    """A post of somebody who holds a permission somewhere; ``gives`` says whether through this very post."""

    person_id: int
    area: str
    organisation_id: int | None
    gives: bool


def posts_of_holders(permission: Permission, *, on: date | None = None) -> list[PostHeld]:
    """Every post of those who can sign in and hold a permission over any area on a day; one query."""
    roles_giving = _codes([held for held in roles() if permission in held.permissions], Scope.AREA)
    held = _holding(on or clock.today())
    holders = held.filter(role__in=roles_giving, person__account__is_active=True).values("person_id")
    rows = held.filter(person_id__in=holders).order_by("person_id", "pk")
    return [
        PostHeld(person_id, area, organisation_id, role_code in roles_giving)
        for person_id, area, organisation_id, role_code in rows.values_list(
            "person_id", "area", "organisation_id", "role"
        )
    ]


def _giving(permissions: frozenset[Permission], *, spot: Spot, on: date | None) -> QuerySet[Post]:
    """The posts of active accounts whose role gives all these permissions at a spot on a day."""
    giving = [held for held in roles() if permissions <= held.permissions]
    by_area = _codes(giving, Scope.AREA)
    by_unit = _codes(giving, Scope.UNIT)
    here = Q(role__in=by_area, area__in=covering_codes(spot.code))
    if spot.unit_id is not None:
        here |= Q(role__in=by_unit, organisation_id=spot.unit_id)
    return _holding(on or clock.today()).filter(here, person__account__is_active=True)


class Colleague(NamedTuple):
    """Somebody who can be named to others: account, person, name, role, and the unit for which they work there.

    ``called`` is the name, with the role where several bear it; ``permissions`` are those of all their posts found.
    """

    account_id: int
    person_id: int
    name: str
    role_name: str
    unit_id: int | None
    called: str
    permissions: frozenset[Permission]


def colleagues(permission: Permission, *, spot: Spot, on: date | None = None) -> list[Colleague]:
    """Those whose posts give a permission at a spot on a day, each once, by name; one query."""
    giving = [held for held in roles() if permission in held.permissions]
    here = Q(role__in=_codes(giving, Scope.AREA), area__in=covering_codes(spot.code))
    if spot.unit_id is not None:
        here |= Q(role__in=_codes(giving, Scope.UNIT), organisation_id=spot.unit_id)
    found = _holding(on or clock.today()).filter(here, person__account__is_active=True)
    columns = ("person__account__pk", "person_id", "person__name", "role", "organisation_id")
    rows = list(found.order_by("person__name", "pk").values_list(*columns))
    held: dict[int, frozenset[Permission]] = {}
    for account_id, _, _, code, _ in rows:
        held[account_id] = held.get(account_id, frozenset()) | role(code).permissions
    by_account = {
        account_id: Colleague(
            account_id,
            person_id,
            name,
            str(role(code).name),
            unit_id if role(code).scope is Scope.UNIT else None,
            name,
            held[account_id],
        )
        for account_id, person_id, name, code, unit_id in rows
    }
    often = Counter(one.name for one in by_account.values())
    return [
        one._replace(called=f"{one.name}·{one.role_name}") if often[one.name] > 1 else one
        for one in by_account.values()
    ]


def accounts_of(*, person_ids: Collection[int], unit_id: int | None = None, on: date | None = None) -> frozenset[int]:
    """The accounts of these persons, and of everyone with a post in a unit on a day."""
    if not person_ids and unit_id is None:
        return frozenset()
    wanted = Q(person_id__in=person_ids)
    if unit_id is not None:
        wanted |= Q(person_id__in=_holding(on or clock.today()).filter(organisation_id=unit_id).values("person_id"))
    return frozenset(Account.objects.filter(wanted).values_list("pk", flat=True))


def _codes(held: Sequence[Role], scope: Scope) -> list[str]:
    return [one.code for one in held if one.scope is scope]


def _holding(day: date) -> QuerySet[Post]:
    return Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


def account_named(username: str) -> int | None:
    """The id of the account with this user name, or None."""
    return Account.objects.filter(username=username).values_list("pk", flat=True).first()


def person_name(person_id: int) -> str:
    """The name of a person for colleagues; empty when the person was forgotten or never gave one."""
    return Person.objects.values_list("name", flat=True).filter(pk=person_id).first() or ""


def person_names(person_ids: Collection[int]) -> dict[int, str]:
    """The names of some persons for colleagues; one query, and none where nobody is asked for."""
    asked = set(person_ids)
    return dict(Person.objects.filter(pk__in=asked).values_list("pk", "name")) if asked else {}


def person_name_masked(person_id: int) -> str:
    """The name of a person for outsiders: the first character and stars."""
    return masked(person_name(person_id))


def masked(name: str) -> str:
    """A name that was read already, for outsiders."""
    return masked_name(name)


def has_second_factor(*, account_id: int) -> bool:
    """Whether an account has an authenticator; recovery codes alone are none."""
    return Account.objects.filter(pk=account_id, authenticator__type="totp").exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """A post as a list shows it."""

    post_id: int
    person_id: int
    person_name: str
    username: str
    role: Role
    area: str
    organisation: str
    starts_on: date
    ends_on: date | None
    can_end: bool


def posts_in_reach(actor: Actor, *, on: date) -> list[PostRow]:
    """The posts that hold on a day or later, within the actor's reach, by area and role; at most 500."""
    reach = Q(pk__in=())
    for arm in arms(actor, May.SEE_PEOPLE):
        reach |= _within(arm)
    found = (
        Post.objects.filter(reach, Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_related("person__account", "organisation")
        .order_by("area", "role", "pk")[:MOST_LISTED]
    )
    ending = arms(actor, May.MANAGE_POSTS)
    return [_row(post, ending=ending) for post in found]


def _within(arm: Arm) -> Q:
    """An arm as a filter on posts. Posts are few, so a prefix may cost a scan here; cases never do this."""
    if arm.column == "unit_id":
        return Q(organisation_id=arm.value)
    return Q(area__startswith=str(arm.value))


def _row(post: Post, *, ending: Sequence[Arm]) -> PostRow:
    account = getattr(post.person, "account", None)
    spot = Spot(code=post.area, unit_id=post.organisation_id)
    return PostRow(
        post_id=post.pk,
        person_id=post.person_id,
        person_name=post.person.name,
        username=account.username if account else "",
        role=role(post.role),
        area=post.area,
        organisation=post.organisation.short_name if post.organisation else "",
        starts_on=post.starts_on,
        ends_on=post.ends_on,
        can_end=any(arm.holds(spot) for arm in ending),
    )


class PostTerm(NamedTuple):
    """A post of a person: the organisation, if it is in one, its first day and its last."""

    person_id: int
    organisation_id: int | None
    starts_on: date
    ends_on: date | None


def post_terms(person_ids: Collection[int]) -> list[PostTerm]:
    """Every post that some persons hold or held; one query, and none where nobody is asked for."""
    if not person_ids:
        return []
    rows = Post.objects.filter(person_id__in=person_ids).order_by("person_id", "starts_on", "id")
    return [PostTerm(*row) for row in rows.values_list("person_id", "organisation_id", "starts_on", "ends_on")]


def username_of(person_id: int) -> str:
    """The user name with which a person signs in; empty for whoever has no account."""
    return Account.objects.filter(person_id=person_id).values_list("username", flat=True).first() or ""


def person_behind(username: str) -> int | None:
    """The person who signs in with a user name; None for an unknown name and for accounts nobody gave a name."""
    found = Account.objects.filter(username=canonical_name(username), is_active=True)
    return found.values_list("person_id", flat=True).first()
