# SPDX-License-Identifier: Apache-2.0
"""Words → typed groups, members and dissolutions, or refusals beside what is wrong. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import pgettext_lazy

from jiayuan.duties.enums import GroupKind, GroupRole
from jiayuan.duties.intake.lists import Gathering, day_of
from jiayuan.duties.intake.zones import HolderFinders
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line, words


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupInput:
    """A group, its task and place, where its office sits, and the document that founded it."""

    kind: GroupKind
    name: str
    task: str
    place: str
    office_id: int | None
    founded_by: str
    founded_number: str
    founded_on: date
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInput:
    """Who belongs to a group and as what; exactly one of person and post is given, a post with its unit."""

    role: GroupRole
    organisation_id: int | None
    person_id: int | None
    post: str
    is_shown: bool
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DissolutionInput:
    """The document that dissolved a group, and the group's last day."""

    dissolved_by: str
    dissolved_number: str
    dissolved_on: date


def group_from(raw: Mapping[str, str], *, finders: HolderFinders) -> GroupInput:
    """A group, or all that is wrong with it."""
    gathering = Gathering()
    take = gathering.take
    office = raw.get("office", "").strip()
    found = GroupInput(
        kind=take(lambda: GroupKind(_chosen(raw, "kind", GroupKind.values)), GroupKind.LEADING),
        name=take(lambda: _line(raw, "name", 60), ""),
        task=take(lambda: words(raw.get("task", ""), field="task", longest=300, needed=True), ""),
        place=take(lambda: finders.place(_line(raw, "place", 60), "place"), ""),
        office_id=take(lambda: _unit(office, "office", finders), None) if office else None,
        founded_by=take(lambda: _line(raw, "founded_by", 200), ""),
        founded_number=take(lambda: one_line(raw.get("founded_number", ""), field="founded_number", longest=60), ""),
        founded_on=take(lambda: day_of(raw, "founded_on"), date.min),
        is_illustrative=raw.get("is_illustrative", "") in ("on", "1"),
    )
    gathering.finish()
    return found


def member_from(raw: Mapping[str, str], *, finders: HolderFinders) -> MemberInput:
    """A member, or all that is wrong with it."""
    gathering = Gathering()
    take = gathering.take
    unit, person = raw.get("organisation", "").strip(), raw.get("person", "").strip()
    post = take(lambda: one_line(raw.get("post", ""), field="post", longest=40), "")
    if bool(person) is bool(post):
        message = pgettext_lazy("duties", "Name exactly one: a person, or a post by its title.")
        gathering.refusals.append(Refused("person_or_post", message, field="person"))
    if post and not unit:
        message = pgettext_lazy("duties", "Say in which unit this post is.")
        gathering.refusals.append(Refused("post_without_unit", message, field="organisation"))
    found = MemberInput(
        role=take(lambda: GroupRole(_chosen(raw, "role", GroupRole.values)), GroupRole.MEMBER),
        organisation_id=take(lambda: finders.unit(unit), None) if unit else None,
        person_id=take(lambda: finders.person(person), None) if person else None,
        post=post,
        is_shown=raw.get("is_shown", "") in ("on", "1"),
        starts_on=take(lambda: day_of(raw, "starts_on"), date.min),
        ends_on=take(lambda: day_of(raw, "ends_on") if raw.get("ends_on", "").strip() else None, None),
    )
    gathering.check_span(found.starts_on, found.ends_on)
    gathering.finish()
    return found


def dissolution_from(raw: Mapping[str, str]) -> DissolutionInput:
    """By which document a group ends and when, or all that is wrong with it."""
    gathering = Gathering()
    take = gathering.take
    number = raw.get("dissolved_number", "")
    found = DissolutionInput(
        dissolved_by=take(lambda: _line(raw, "dissolved_by", 200), ""),
        dissolved_number=take(lambda: one_line(number, field="dissolved_number", longest=60), ""),
        dissolved_on=take(lambda: day_of(raw, "dissolved_on"), date.min),
    )
    gathering.finish()
    return found


def _line(raw: Mapping[str, str], field: str, longest: int) -> str:
    return one_line(raw.get(field, ""), field=field, longest=longest, needed=True)


def _unit(code: str, field: str, finders: HolderFinders) -> int:
    """The unit of a question that is not called ``organisation``; its refusal stands beside that question."""
    try:
        return finders.unit(code)
    except Refused as refusal:
        raise Refused(refusal.code, refusal.message, field=field) from refusal


def _chosen(raw: Mapping[str, str], field: str, known: list[str]) -> str:
    code = raw.get(field, "")
    if code not in known:
        raise Refused(f"missing_{field}", pgettext_lazy("duties", "Choose one of these."), field=field)
    return code
