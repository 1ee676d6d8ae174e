# SPDX-License-Identifier: Apache-2.0
"""A document founds a group, members come and go with days, a document dissolves it; nothing is lost on the way."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from jiayuan.duties import queries, services
from jiayuan.duties.enums import GroupRole
from jiayuan.duties.events import (
    GroupCorrected,
    GroupDissolved,
    GroupFounded,
    GroupMemberCorrected,
    GroupMemberEnded,
    GroupMemberNamed,
)
from jiayuan.duties.intake import HolderFinders, dissolution_from, group_from, member_from
from jiayuan.duties.models import Group, GroupMember
from jiayuan.duties.rules import PostSpan, has_left
from jiayuan.kernel.errors import NotPermitted, Problems, Refused
from jiayuan.people.models import Post
from jiayuan.people.services import end_post
from jiayuan.record.queries import happened_to
from tests.cast import BUREAU, CITY, COMMUNITY, MORNING, NEXT_DISTRICT, SMALL_CITY, STREET_OFFICE, SYSTEM, Cast, cast
from tests.duties.groups import FOUNDED, TODAY, body, found, join, member, paper, unit
from tests.ground import ground, small_town

__all__ = ["cast", "ground", "small_town"]
LATER = TODAY + timedelta(days=30)
FINDERS = HolderFinders(
    place=lambda typed, _field: typed, village=lambda typed, _field: typed, unit=lambda _code: 1, person=lambda _name: 2
)
JOINED = {"role": "member", "organisation": "X", "post": "分管负责人", "starts_on": "2025-01-03"}


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_everything_that_is_wrong_with_a_group_is_said_at_once() -> None:
    with pytest.raises(Problems) as caught:
        group_from({"kind": "club", "founded_on": "昨天"}, finders=FINDERS)

    wanted = {"kind", "name", "task", "place", "founded_by", "founded_on"}
    assert {one.field for one in caught.value.refusals} == wanted


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"post": ""}, "person_or_post"),
        ({"person": "何守田"}, "person_or_post"),
        ({"organisation": ""}, "post_without_unit"),
        ({"role": "boss"}, "missing_role"),
        ({"ends_on": "2025-01-02"}, "ends_before"),
    ],
)
def test_a_member_is_a_person_or_a_post_of_a_unit_for_a_span(changed: dict[str, str], code: str) -> None:
    with pytest.raises(Problems) as caught:
        member_from(JOINED | changed, finders=FINDERS)

    assert [one.code for one in caught.value.refusals] == [code]


def test_a_group_is_dissolved_by_a_document_alone() -> None:
    with pytest.raises(Problems) as caught:
        dissolution_from({"dissolved_by": " ", "dissolved_on": "2025-01-03"})

    assert [one.field for one in caught.value.refusals] == ["dissolved_by"]


# ── who left ──────────────────────────────────────────────────────────────────────────────────────────────────────

OLD, OPEN = (PostSpan(unit_id=7, starts_on=date(2024, 1, 1), ends_on=ends) for ends in (date(2024, 12, 31), None))
ELSEWHERE = PostSpan(unit_id=8, starts_on=date(2025, 1, 1), ends_on=None)
TO_COME = PostSpan(unit_id=7, starts_on=date(2025, 2, 1), ends_on=None)


@pytest.mark.parametrize(
    ("posts", "unit_id", "left"),
    [
        ([], 7, False),
        ([OPEN], 7, False),
        ([OLD], 7, True),
        ([OLD, ELSEWHERE], 7, True),
        ([OLD, OPEN], 7, False),
        ([ELSEWHERE], 7, False),
        ([OLD], None, True),
        ([OLD, ELSEWHERE], None, False),
        ([TO_COME], 7, False),
    ],
)
def test_who_has_no_post_left_in_the_unit_has_left_it(posts: list[PostSpan], unit_id: int | None, left: bool) -> None:
    assert has_left(posts, unit_id=unit_id, on=TODAY) is left


def test_a_member_whose_post_ended_is_told_from_the_others(cast: Cast) -> None:
    group = found()
    for name in ("street_office", "unit_lead"):
        join(group, person_id=cast[name].person_id, post="", organisation_id=unit(STREET_OFFICE))
    gone = cast["street_office"].person_id
    end_post(post_id=Post.objects.get(person_id=gone).pk, ends_on=TODAY, by=SYSTEM, at=MORNING)

    today, tomorrow = (queries.group(group, on=on) for on in (TODAY, TODAY + timedelta(days=1)))

    assert today is not None
    assert tomorrow is not None
    assert [one.person_id for one in today.members if one.has_left] == []
    assert [one.person_id for one in tomorrow.members if one.has_left] == [gone]


# ── a group's life ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_record_knows_a_groups_life_without_any_name(cast: Cast) -> None:
    group = found()
    number = join(group, person_id=cast["bureau"].person_id, post="")
    services.correct_group(group_id=group, given=body(name="示范专班乙"), by=SYSTEM, at=MORNING)
    services.correct_member(member_id=number, given=member(role=GroupRole.LIAISON), by=SYSTEM, at=MORNING)
    services.end_member(member_id=number, ends_on=TODAY, by=SYSTEM, at=MORNING)
    services.dissolve_group(group_id=group, given=paper(), by=SYSTEM, at=MORNING)

    happened = [one.event for one in happened_to(Group.objects.get(pk=group).ref)]

    assert [type(one) for one in happened] == [
        GroupFounded, GroupMemberNamed, GroupCorrected, GroupMemberCorrected, GroupMemberEnded, GroupDissolved,
    ]  # fmt: skip
    named, dissolved = happened[1], happened[-1]
    assert isinstance(named, GroupMemberNamed)
    assert (named.organisation, named.person) == (BUREAU, cast["bureau"].person_id)
    assert isinstance(dissolved, GroupDissolved)
    assert (dissolved.dissolved_on, dissolved.members) == (TODAY, 0)


def test_members_change_and_each_day_knows_its_own(ground: None) -> None:
    group = found()
    old = join(group)
    services.end_member(member_id=old, ends_on=TODAY, by=SYSTEM, at=MORNING)
    join(group, starts_on=TODAY + timedelta(days=1))

    counts = [queries.groups(on)[0].belonging for on in (FOUNDED, TODAY, TODAY + timedelta(days=1))]
    view = queries.group(group, on=TODAY)

    assert counts == [1, 1, 1]
    assert view is not None
    assert [one.holds_on(TODAY) for one in view.members] == [True, False]


def test_dissolving_ends_whoever_still_belongs_and_keeps_the_group(ground: None) -> None:
    group = found()
    still, gone = join(group), join(group, role=GroupRole.HEAD, ends_on=FOUNDED)

    services.dissolve_group(group_id=group, given=paper(), by=SYSTEM, at=MORNING)

    ends = dict(GroupMember.objects.values_list("pk", "ends_on"))
    assert ends == {still: TODAY, gone: FOUNDED}
    view = queries.group(group, on=TODAY + timedelta(days=1))
    assert view is not None
    assert (view.lives_on(TODAY), view.lives_on(TODAY + timedelta(days=1)), view.belonging) == (True, False, 0)
    with pytest.raises(Refused, match="dissolved"):
        join(group, role=GroupRole.LIAISON)
    with pytest.raises(Refused, match="dissolved"):
        services.dissolve_group(group_id=group, given=paper(LATER), by=SYSTEM, at=MORNING)


def test_nobody_belongs_before_the_founding_or_twice_as_the_same(cast: Cast) -> None:
    group, person = found(), cast["bureau"].person_id
    join(group, person_id=person, post="")

    with pytest.raises(Refused, match="before_founding"):
        join(group, starts_on=FOUNDED - timedelta(days=1))
    with pytest.raises(Refused, match="already_member"):
        join(group, person_id=person, post="", starts_on=LATER, organisation_id=unit(STREET_OFFICE))
    join(group, person_id=person, post="", role=GroupRole.OFFICE_HEAD)
    join(group)
    join(group, organisation_id=unit(STREET_OFFICE))
    with pytest.raises(Refused, match="already_member"):
        join(group, starts_on=LATER)


def test_founding_and_dissolving_leave_no_member_outside(ground: None) -> None:
    group = found()
    join(group, starts_on=LATER)

    with pytest.raises(Refused, match="members_after"):
        services.dissolve_group(group_id=group, given=paper(), by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="before_founding"):
        services.dissolve_group(group_id=group, given=paper(FOUNDED - timedelta(days=1)), by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="members_before"):
        services.correct_group(group_id=group, given=body(founded_on=LATER + timedelta(days=1)), by=SYSTEM, at=MORNING)
    services.dissolve_group(group_id=group, given=paper(LATER), by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="dissolved_before"):
        services.correct_group(group_id=group, given=body(founded_on=LATER + timedelta(days=1)), by=SYSTEM, at=MORNING)


def test_an_end_comes_no_earlier_than_the_first_day_and_is_not_moved_on(ground: None) -> None:
    number = join(found())

    with pytest.raises(Refused, match="ends_before"):
        services.end_member(member_id=number, ends_on=FOUNDED - timedelta(days=1), by=SYSTEM, at=MORNING)
    services.end_member(member_id=number, ends_on=TODAY, by=SYSTEM, at=MORNING)
    with pytest.raises(Refused, match="ended_already"):
        services.end_member(member_id=number, ends_on=LATER, by=SYSTEM, at=MORNING)


@pytest.mark.parametrize(
    "broken",
    [
        {"post": ""},
        {"organisation_id": None},
        {"role": "boss"},
        {"ends_on": FOUNDED - timedelta(days=1)},
        {"pk": None},
    ],
)
def test_the_database_holds_none_of_what_the_command_refuses(ground: None, broken: dict[str, object]) -> None:
    row = GroupMember.objects.get(pk=join(found()))
    for name, value in broken.items():
        setattr(row, name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert="pk" in broken)


def test_a_dissolution_without_its_document_is_none_for_the_database(ground: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.filter(pk=found()).update(dissolved_on=TODAY)


def test_whoever_keeps_a_place_keeps_its_groups_and_no_others(cast: Cast) -> None:
    leader, clerk = cast["town_leader"].actor, cast["village_clerk"].actor
    mine, other = found(by=leader), found(place=NEXT_DISTRICT)

    with pytest.raises(NotPermitted):
        found(by=leader, place=CITY)
    with pytest.raises(NotPermitted):
        found(by=clerk, place=COMMUNITY)
    with pytest.raises(NotPermitted):
        services.correct_group(group_id=mine, given=body(place=CITY), by=leader, at=MORNING)
    with pytest.raises(NotPermitted):
        join(other, by=leader)
    with pytest.raises(NotPermitted):
        services.dissolve_group(group_id=other, given=paper(), by=leader, at=MORNING)
    with pytest.raises(NotPermitted):
        services.end_member(member_id=join(other), ends_on=LATER, by=leader, at=MORNING)

    assert [one.id for one in queries.groups_in_reach(leader, on=TODAY)] == [mine]
    assert queries.group_in_reach(leader, other, on=TODAY) is None


def test_a_place_is_told_its_own_groups_and_those_above_it(ground: None) -> None:
    city, street, other = found(place=CITY), found(), found(place=NEXT_DISTRICT)

    assert [one.id for one in queries.groups(TODAY, place=COMMUNITY)] == [city, street]
    assert {one.id for one in queries.groups(TODAY)} == {city, street, other}


def test_a_pack_is_taken_over_once(ground: None) -> None:
    folder = SMALL_CITY / "duties"

    first = services.load_groups(folder=folder, by=SYSTEM, at=MORNING)
    again = services.load_groups(folder=folder, by=SYSTEM, at=MORNING)

    assert (first, again) == (2, 0)
    assert [(one.lives_on(TODAY), one.belonging) for one in queries.groups(TODAY)] == [(True, 2), (False, 0)]


def test_the_shipped_groups_are_examples_and_say_so() -> None:
    folder = settings.BASE / "data" / "suizhou" / "duties"

    rows = services.loading.rows_of(folder / "groups.csv")

    assert {row["is_illustrative"] for row in rows} == {"1"}
    assert [row["name"] for row in rows if "演示数据·非公文" not in row["name"]] == []
