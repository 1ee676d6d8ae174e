# SPDX-License-Identifier: Apache-2.0
"""What happened to leading groups and task forces. Persons by id in the salted part; names and titles never."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.duties.enums import GroupKind, GroupRole
from jiayuan.record.events import Code, Event, PersonId, private


@dataclass(frozen=True, kw_only=True)
class GroupFounded(Event):
    """A document founded a leading group or a task force."""

    KIND: ClassVar[str] = "duties.group_founded"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The group was founded on %(founded_on)s")

    place: Code
    kind: GroupKind
    founded_on: date


@dataclass(frozen=True, kw_only=True)
class GroupCorrected(Event):
    """What is said of a group was put right; as it is said now."""

    KIND: ClassVar[str] = "duties.group_corrected"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The group was corrected; it was founded on %(founded_on)s")

    place: Code
    kind: GroupKind
    founded_on: date


@dataclass(frozen=True, kw_only=True)
class GroupMemberNamed(Event):
    """Somebody belongs to a group from a day on."""

    KIND: ClassVar[str] = "duties.group_member_named"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A member was named, from %(starts_on)s")

    member: int
    role: GroupRole
    organisation: Code
    starts_on: date
    ends_on: date | None
    person: PersonId | None = private()


@dataclass(frozen=True, kw_only=True)
class GroupMemberCorrected(Event):
    """What is said of a member was put right; as it is said now."""

    KIND: ClassVar[str] = "duties.group_member_corrected"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A member was corrected; the membership holds from %(starts_on)s")

    member: int
    role: GroupRole
    organisation: Code
    starts_on: date
    ends_on: date | None
    person: PersonId | None = private()


@dataclass(frozen=True, kw_only=True)
class GroupMemberEnded(Event):
    """Somebody belongs to a group no longer after a day."""

    KIND: ClassVar[str] = "duties.group_member_ended"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A membership ends after %(ends_on)s")

    member: int
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class GroupDissolved(Event):
    """A document dissolved a group after a day; so many members belonged to it until then."""

    KIND: ClassVar[str] = "duties.group_dissolved"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The group was dissolved on %(dissolved_on)s")

    dissolved_on: date
    members: int


EVENTS = (
    GroupFounded,
    GroupCorrected,
    GroupMemberNamed,
    GroupMemberCorrected,
    GroupMemberEnded,
    GroupDissolved,
)
"""Every event of groups."""
