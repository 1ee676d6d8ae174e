# SPDX-License-Identifier: Apache-2.0
"""Leading groups and task forces: founded by a document, joined and left by members, dissolved by a document."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.duties import events
from jiayuan.duties.access import May
from jiayuan.duties.intake import DissolutionInput, GroupInput, MemberInput, dissolution_from, group_from, member_from
from jiayuan.duties.models import Group, GroupMember
from jiayuan.duties.queries import place_columns
from jiayuan.duties.rules import overlap
from jiayuan.duties.services.loading import FINDERS, rows_of, unknown
from jiayuan.duties.services.zones import check_new_end
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.places import queries as places
from jiayuan.record.events import Code, PersonId
from jiayuan.record.log import record

_SAID = ["kind", "name", "task", "place", "county", "town", "village", "office", "founded_by", "founded_number",
         "founded_on", "is_illustrative"]  # fmt: skip
_MEMBER = ["role", "organisation", "person", "post", "is_shown", "starts_on", "ends_on"]


@command
def found_group(*, given: GroupInput, by: Actor, at: datetime) -> Group:
    """A document founded a group."""
    require(by, May.KEEP_GROUPS, at=Spot(code=given.place))
    row = Group()
    _fill(row, given)
    row.save(force_insert=True)
    record(events.GroupFounded(subject=row.ref, **_told(row)), by=by, at=at)
    return row


@command
def correct_group(*, group_id: int, given: GroupInput, by: Actor, at: datetime) -> Group:
    """Put right what is said of a group and of the document that founded it."""
    row = _group(group_id, by=by)
    require(by, May.KEEP_GROUPS, at=Spot(code=given.place))
    if row.dissolved_on is not None and row.dissolved_on < given.founded_on:
        message = pgettext_lazy("duties", "It was dissolved before this day.")
        raise Refused("dissolved_before", message, field="founded_on")
    if row.members.filter(starts_on__lt=given.founded_on).exists():
        message = pgettext_lazy("duties", "A member belonged to it before this day. Correct the members first.")
        raise Refused("members_before", message, field="founded_on")
    _fill(row, given)
    row.save(update_fields=_SAID)
    record(events.GroupCorrected(subject=row.ref, **_told(row)), by=by, at=at)
    return row


@command
def dissolve_group(*, group_id: int, given: DissolutionInput, by: Actor, at: datetime) -> Group:
    """A document dissolved a group: whoever still belongs to it does so until that day. Its page stays."""
    row = _group(group_id, by=by)
    _check_lives(row)
    if given.dissolved_on < row.founded_on:
        message = pgettext_lazy("duties", "It was founded on %(day)s only.")
        raise Refused("before_founding", message, field="dissolved_on", day=row.founded_on)
    if row.members.filter(starts_on__gt=given.dissolved_on).exists():
        message = pgettext_lazy("duties", "A member joins after this day. Correct the members first.")
        raise Refused("members_after", message, field="dissolved_on")
    ending = row.members.filter(ends_on__isnull=True) | row.members.filter(ends_on__gt=given.dissolved_on)
    ended = ending.update(ends_on=given.dissolved_on)
    row.dissolved_by, row.dissolved_number = given.dissolved_by, given.dissolved_number
    row.dissolved_on = given.dissolved_on
    row.save(update_fields=["dissolved_by", "dissolved_number", "dissolved_on"])
    record(
        events.GroupDissolved(subject=row.ref, dissolved_on=given.dissolved_on, members=ended), by=by, at=at
    )  # fmt: skip
    return row


@command
def name_member(*, group_id: int, given: MemberInput, by: Actor, at: datetime) -> GroupMember:
    """Somebody belongs to a group."""
    group = _group(group_id, by=by)
    _check_inside(group, given)
    _check_once(group, given, but=None)
    row = GroupMember(group=group)
    _fill_member(row, given)
    row.save(force_insert=True)
    record(events.GroupMemberNamed(subject=group.ref, **_told_of_member(row)), by=by, at=at)
    return row


@command
def correct_member(*, member_id: int, given: MemberInput, by: Actor, at: datetime) -> GroupMember:
    """Put right what is said of a member."""
    row = _member(member_id, by=by)
    _check_inside(row.group, given)
    _check_once(row.group, given, but=row.pk)
    _fill_member(row, given)
    row.save(update_fields=_MEMBER)
    record(events.GroupMemberCorrected(subject=row.group.ref, **_told_of_member(row)), by=by, at=at)
    return row


@command
def end_member(*, member_id: int, ends_on: date, by: Actor, at: datetime) -> GroupMember:
    """Somebody belongs to a group until a day, and no longer."""
    row = _member(member_id, by=by)
    check_new_end(row.starts_on, row.ends_on, ends_on)
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    record(events.GroupMemberEnded(subject=row.group.ref, member=row.pk, ends_on=ends_on), by=by, at=at)
    return row


@command
def load_groups(*, folder: Path, by: Actor, at: datetime) -> int:
    """Found the groups of a pack with their members; how many. Nothing where any has been founded already.

    Persons stand by the user name of their account, so accounts are opened first.
    """
    if Group.objects.exists():
        return 0
    rows = rows_of(folder / "groups.csv")
    made = {row["name"]: found_group(given=group_from(row, finders=FINDERS), by=by, at=at).pk for row in rows}
    for row in rows_of(folder / "group_members.csv"):
        if row["group"] not in made:
            raise unknown("group")
        name_member(group_id=made[row["group"]], given=member_from(row, finders=FINDERS), by=by, at=at)
    for row in rows:
        if row["dissolved_on"]:
            dissolve_group(group_id=made[row["name"]], given=dissolution_from(row), by=by, at=at)
    return len(rows)


def _group(group_id: int, *, by: Actor) -> Group:
    """A group, locked, of somebody who keeps the groups of its place."""
    row = Group.objects.select_for_update(of=("self",)).filter(pk=group_id).first()
    if row is None:
        raise Refused("no_group", pgettext_lazy("duties", "There is no such group."))
    require(by, May.KEEP_GROUPS, at=Spot(code=row.place))
    return row


def _member(member_id: int, *, by: Actor) -> GroupMember:
    """A member whose group is locked first, as everything that touches its members does."""
    group_id = GroupMember.objects.filter(pk=member_id).values_list("group_id", flat=True).first()
    if group_id is None:
        raise Refused("no_member", pgettext_lazy("duties", "There is no such entry."))
    group = _group(group_id, by=by)
    row = GroupMember.objects.get(pk=member_id)
    row.group = group
    return row


def _check_lives(row: Group) -> None:
    if row.dissolved_on is not None:
        message = pgettext_lazy("duties", "The group was dissolved on %(day)s.")
        raise Refused("dissolved", message, field="dissolved_on", day=row.dissolved_on)


def _check_inside(group: Group, given: MemberInput) -> None:
    """Refuse a membership that begins before the group, or outlasts it."""
    if given.starts_on < group.founded_on:
        message = pgettext_lazy("duties", "It was founded on %(day)s only.")
        raise Refused("before_founding", message, field="starts_on", day=group.founded_on)
    if group.dissolved_on is not None and (given.ends_on is None or given.ends_on > group.dissolved_on):
        message = pgettext_lazy("duties", "The group was dissolved on %(day)s.")
        raise Refused("dissolved", message, field="ends_on", day=group.dissolved_on)


def _check_once(group: Group, given: MemberInput, *, but: int | None) -> None:
    """Refuse a span that meets another one of the same member in the same role; in other roles it may."""
    for row in group.members.filter(role=given.role, post=given.post):
        # Somebody whom another unit sends now is still the same person; the same title elsewhere is another post.
        same = row.person_id == given.person_id if given.person_id else row.organisation_id == given.organisation_id
        if row.pk != but and same and overlap(row.starts_on, row.ends_on, given.starts_on, given.ends_on):
            message = pgettext_lazy("duties", "A member as this already, from %(day)s. Correct or end that.")
            raise Refused("already_member", message, field="starts_on", day=row.starts_on)


def _fill(row: Group, given: GroupInput) -> None:
    row.kind, row.name, row.task, row.office_id = given.kind, given.name, given.task, given.office_id
    row.founded_by, row.founded_number, row.founded_on = given.founded_by, given.founded_number, given.founded_on
    row.is_illustrative, row.place = given.is_illustrative, given.place
    for name, value in place_columns(given.place).items():
        setattr(row, name, value)


def _fill_member(row: GroupMember, given: MemberInput) -> None:
    row.role, row.organisation_id, row.person_id = given.role, given.organisation_id, given.person_id
    row.post, row.is_shown = given.post, given.is_shown
    row.starts_on, row.ends_on = given.starts_on, given.ends_on


def _told(row: Group) -> dict[str, Any]:
    return {"place": Code(row.place), "kind": row.kind, "founded_on": row.founded_on}


def _told_of_member(row: GroupMember) -> dict[str, Any]:
    unit = places.organisation(row.organisation_id) if row.organisation_id else None
    return {
        "member": row.pk,
        "role": row.role,
        "organisation": Code(unit.code if unit else ""),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "person": PersonId(row.person_id) if row.person_id else None,
    }
