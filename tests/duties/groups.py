# SPDX-License-Identifier: Apache-2.0
"""Invented groups of the invented city, and who belongs to them."""

from datetime import date
from typing import Any

from jiayuan.duties import services
from jiayuan.duties.enums import GroupKind, GroupRole
from jiayuan.duties.intake import DissolutionInput, GroupInput, MemberInput
from jiayuan.kernel.access import Actor
from jiayuan.places import queries as places
from tests.cast import BUREAU, MORNING, STREET, SYSTEM

FOUNDED = date(2024, 12, 4)
TODAY = MORNING.date()


def unit(code: str) -> int:
    """The id of an organisation."""
    found = places.organisation_by_code(code)
    assert found is not None
    return found.id


def body(**given: Any) -> GroupInput:
    """A task force of the street."""
    said: dict[str, Any] = {
        "kind": GroupKind.TASK_FORCE,
        "name": "示范工作专班",
        "task": "协调清运",
        "place": STREET,
        "office_id": unit(BUREAU),
        "founded_by": "关于成立示范工作专班的通知",
        "founded_number": "虚桥办〔2024〕3号",
        "founded_on": FOUNDED,
    }
    return GroupInput(**(said | given))


def found(by: Actor = SYSTEM, **given: Any) -> int:
    """Found a group."""
    return int(services.found_group(given=body(**given), by=by, at=MORNING).pk)


def member(**given: Any) -> MemberInput:
    """A post of the bureau that belongs to a group."""
    said: dict[str, Any] = {
        "role": GroupRole.MEMBER,
        "organisation_id": unit(BUREAU),
        "person_id": None,
        "post": "分管负责人",
        "is_shown": False,
        "starts_on": FOUNDED,
        "ends_on": None,
    }
    return MemberInput(**(said | given))


def join(group_id: int, by: Actor = SYSTEM, **given: Any) -> int:
    """Name a member."""
    return int(services.name_member(group_id=group_id, given=member(**given), by=by, at=MORNING).pk)


def paper(on: date = TODAY) -> DissolutionInput:
    """The document that dissolves a group."""
    return DissolutionInput(dissolved_by="关于撤销示范工作专班的通知", dissolved_number="", dissolved_on=on)
