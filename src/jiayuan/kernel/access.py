# SPDX-License-Identifier: Apache-2.0
"""Permission by area, in one line: ``require(by, May.HANDLE, at=case.spot)``.

A grant is a role at an area of the code tree, or a role inside one organisation. ``may`` decides for one thing;
``arms`` gives the same rule as filters for lists, each of them equality on one column so that a composite index
serves it. A property test holds the two faces equal.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.errors import NotPermitted

CITY, COUNTY, TOWN, VILLAGE = "city", "county", "town", "village"
_WIDTHS = {COUNTY: 6, TOWN: 9, VILLAGE: 12}
_CODE = re.compile(r"[0-9]{12}")


@dataclass(frozen=True, slots=True)
class Area:
    """A node of the division tree by its 12-digit code; trailing zeros name the level."""

    code: str

    def __post_init__(self) -> None:
        """Refuse anything else: an empty or shortened code would be the beginning of every other one."""
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"not the code of a division: {self.code!r}")

    @property
    def level(self) -> str:
        """``city``, ``county``, ``town`` or ``village``."""
        if self.code[9:] != "000":
            return VILLAGE
        if self.code[6:9] != "000":
            return TOWN
        return COUNTY if self.code[4:6] != "00" else CITY

    @property
    def column(self) -> str:
        """The coarsest column that equals this area's key in scoped tables; empty for the whole city."""
        return "" if self.level == CITY else self.level

    @property
    def key(self) -> str:
        """The value that column holds: 6, 9 or 12 digits."""
        return {CITY: self.code[:4], COUNTY: self.code[:6], TOWN: self.code[:9], VILLAGE: self.code}[self.level]

    def covers(self, code: str) -> bool:
        """Whether a division (12 digits) lies in this area, itself included."""
        return code.startswith(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a thing stands for permission: its village (or coarser division) and the unit that has it in hand."""

    code: str
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Permission:
    """A named right. The sentence is read by administrators, so it says what a person may do, not how."""

    code: str
    sentence: Any = field(compare=False)


class Scope(StrEnum):
    """Whether a role counts over an area or inside one organisation."""

    AREA = "area"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Role:
    """A role in prose: what it is called, what it is for, what it may do, and how far it reaches."""

    code: str
    name: Any = field(compare=False)
    purpose: Any = field(compare=False)
    scope: Scope
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role held at an area (scope area) or in an organisation (scope unit), through one post."""

    role: str
    area: Area
    unit_id: int | None = None
    post_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: an account with a person and grants, the system under a name, or an anonymous visitor."""

    account_id: int | None = None
    person_id: int | None = None
    grants: tuple[Grant, ...] = ()
    unit_ids: frozenset[int] = frozenset()
    name: str = ""

    @classmethod
    def system(cls, name: str) -> "Actor":
        """The system acting by itself, with every permission and a name that the record keeps."""
        return cls(name=name)

    @property
    def is_system(self) -> bool:
        """True for the system, false for every person and visitor."""
        return bool(self.name) and self.account_id is None and self.person_id is None

    @property
    def is_staff(self) -> bool:
        """True when at least one post is held today."""
        return bool(self.grants)


ANONYMOUS = Actor()


@dataclass(frozen=True, slots=True)
class Arm:
    """One filter of a reach: equality on ``column``; an empty column is the whole city."""

    column: str
    value: str | int

    def holds(self, spot: Spot) -> bool:
        """Whether a thing at this spot is inside the arm."""
        if self.column == "unit_id":
            return spot.unit_id == self.value
        # The whole value, as the list's equality has it, never a beginning.
        return not self.column or spot.code[: _WIDTHS[self.column]] == self.value

    @property
    def lookup(self) -> dict[str, str | int]:
        """The arm as a Django filter."""
        return {self.column: self.value} if self.column else {}


_roles: dict[str, Role] = {}


def hold_roles(roles: Iterable[Role]) -> None:
    """Let the roof say which roles exist. Called once, while the program starts."""
    _roles.clear()
    _roles.update({role.code: role for role in roles})
    _arms.cache_clear()


def roles() -> tuple[Role, ...]:
    """Every role, in the order in which the roof lists them."""
    return tuple(_roles.values())


def role(code: str) -> Role:
    """One role by its stored code; KeyError for a code that the roof does not know."""
    return _roles[code]


def arms(actor: Actor, permission: Permission) -> tuple[Arm, ...]:
    """The filters inside which the actor holds a permission; none at all means nothing may be seen."""
    if actor.is_system:
        return (Arm("", ""),)
    return _arms(actor.grants, permission)


@lru_cache(maxsize=4096)
def _arms(grants: tuple[Grant, ...], permission: Permission) -> tuple[Arm, ...]:
    found = dict.fromkeys(_arm(grant) for grant in grants if _gives(grant, permission))
    return tuple(arm for arm in found if not any(_inside(arm, other) for other in found if other != arm))


def _gives(grant: Grant, permission: Permission) -> bool:
    held = _roles.get(grant.role)
    if held is None or (held.scope is Scope.UNIT and grant.unit_id is None):
        return False
    return permission in held.permissions


def _arm(grant: Grant) -> Arm:
    if _roles[grant.role].scope is Scope.UNIT and grant.unit_id is not None:
        return Arm("unit_id", grant.unit_id)
    return Arm(grant.area.column, grant.area.key if grant.area.column else "")


def _inside(arm: Arm, other: Arm) -> bool:
    """Whether an arm adds nothing beside another: only area arms nest."""
    if "unit_id" in (arm.column, other.column):
        return other.column == ""
    return str(arm.value).startswith(str(other.value))


def may(actor: Actor, permission: Permission, *, at: Spot) -> bool:
    """Whether the actor holds a permission for a thing at this spot."""
    return any(arm.holds(at) for arm in arms(actor, permission))


def holds(actor: Actor, permission: Permission) -> bool:
    """Whether the actor holds a permission anywhere: for menus, never for acting."""
    return bool(arms(actor, permission))


def require(actor: Actor, permission: Permission, *, at: Spot) -> None:
    """Refuse with a named reason unless the actor holds the permission at this spot."""
    if not may(actor, permission, at=at):
        raise NotPermitted(
            "not_permitted",
            pgettext_lazy("kernel", "None of your posts allows this here: %(what)s"),
            what=permission.sentence,
            permission=permission.code,
        )
