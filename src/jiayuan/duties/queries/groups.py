# SPDX-License-Identifier: Apache-2.0
"""Asking for leading groups and task forces: those of a place and above it, one with everybody who ever belonged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from jiayuan.duties.access import May
from jiayuan.duties.enums import GroupKind, GroupRole
from jiayuan.duties.models import Group, GroupMember
from jiayuan.duties.queries.zones import MOST_LISTED, Spanned, holding, over, reach
from jiayuan.duties.rules import PostSpan, has_left
from jiayuan.kernel.access import Actor
from jiayuan.people.queries import post_terms
from jiayuan.places import queries as places
from jiayuan.places.queries import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView(Spanned):
    """Who belongs to a group, as what. A person stands by id and name; whoever shows it decides how.

    ``has_left``: a member today whose post in the seconding unit is over.
    """

    id: int
    role: GroupRole
    unit: Unit | None
    person_id: int | None
    person_name: str
    post: str
    is_shown: bool
    has_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A group; ``members`` are all that ever belonged, in the order of documents, empty where nobody asked."""

    id: int
    kind: GroupKind
    name: str
    task: str
    place: str
    office: Unit | None
    founded_by: str
    founded_number: str
    founded_on: date
    dissolved_by: str
    dissolved_number: str
    dissolved_on: date | None
    is_illustrative: bool
    members: tuple[MemberView, ...] = ()
    belonging: int = 0

    def lives_on(self, on: date) -> bool:
        """Whether the group is at work on a day: founded, and not yet past its last day."""
        return self.founded_on <= on and (self.dissolved_on is None or on <= self.dissolved_on)


def groups(on: date, *, place: str = "") -> list[GroupView]:
    """Groups with how many belong on a day, the widest place first; of one place those above it too; one query."""
    asked = Q(place__in=over(place)) if place else Q()
    return _listed(Group.objects.filter(asked), on)


def groups_in_reach(actor: Actor, *, on: date) -> list[GroupView]:
    """Those that the actor may keep; one query."""
    return _listed(Group.objects.filter(reach(actor, May.KEEP_GROUPS)), on)


def group(group_id: int, *, on: date) -> GroupView | None:
    """A group with all of its members; three queries."""
    row = Group.objects.filter(pk=group_id).first()
    return _whole(row, on) if row else None


def group_in_reach(actor: Actor, group_id: int, *, on: date) -> GroupView | None:
    """One that the actor may keep, with all of its members; None for any other."""
    row = Group.objects.filter(reach(actor, May.KEEP_GROUPS), pk=group_id).first()
    return _whole(row, on) if row else None


def _listed(rows: QuerySet[Group], on: date) -> list[GroupView]:
    counted = rows.annotate(belonging=Count("members", filter=holding("members__", on)))
    return [_view(row, belonging=row.belonging) for row in counted.order_by("place", "name", "id")[:MOST_LISTED]]


def _whole(row: Group, on: date) -> GroupView:
    rows = list(row.members.select_related("person").order_by("starts_on", "id"))
    terms: dict[int, list[PostSpan]] = {}
    for term in post_terms({one.person_id for one in rows if one.person_id}):
        span = PostSpan(unit_id=term.organisation_id, starts_on=term.starts_on, ends_on=term.ends_on)
        terms.setdefault(term.person_id, []).append(span)
    members = [_member(one, terms.get(one.person_id or 0, []), on) for one in rows]
    return _view(row, members=_in_order(members), belonging=sum(one.holds_on(on) for one in members))


def _in_order(members: Iterable[MemberView]) -> tuple[MemberView, ...]:
    ranks = {role: rank for rank, role in enumerate(GroupRole)}
    return tuple(sorted(members, key=lambda one: (ranks[one.role], one.starts_on, one.id)))


def _member(row: GroupMember, posts: list[PostSpan], on: date) -> MemberView:
    spanned = Spanned(starts_on=row.starts_on, ends_on=row.ends_on)
    return MemberView(
        id=row.pk,
        role=GroupRole(row.role),
        unit=places.organisation(row.organisation_id) if row.organisation_id else None,
        person_id=row.person_id,
        person_name=row.person.name if row.person else "",
        post=row.post,
        is_shown=row.is_shown,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        has_left=spanned.holds_on(on) and has_left(posts, unit_id=row.organisation_id, on=on),
    )


def _view(row: Group, *, members: tuple[MemberView, ...] = (), belonging: int = 0) -> GroupView:
    return GroupView(
        id=row.pk,
        kind=GroupKind(row.kind),
        name=row.name,
        task=row.task,
        place=row.place,
        office=places.organisation(row.office_id) if row.office_id else None,
        founded_by=row.founded_by,
        founded_number=row.founded_number,
        founded_on=row.founded_on,
        dissolved_by=row.dissolved_by,
        dissolved_number=row.dissolved_number,
        dissolved_on=row.dissolved_on,
        is_illustrative=row.is_illustrative,
        members=members,
        belonging=belonging,
    )
