# SPDX-License-Identifier: Apache-2.0
"""A permission that no role holds is a locked door without a key; a role without words is a title without meaning."""

import pytest
from django.utils.translation import override

from jiayuan.kernel.access import Permission, Role, roles
from tests.house.tree import ROOMS, modules_of

PERMISSIONS = [
    (room, value)
    for room in ROOMS
    for module in modules_of(room, "access")
    for value in vars(module.May).values()
    if isinstance(value, Permission)
]
NAMES = [permission.code for _, permission in PERMISSIONS]


def test_there_are_permissions_and_no_code_is_used_twice() -> None:
    assert len(NAMES) == len(set(NAMES)) > 5


@pytest.mark.parametrize(("room", "permission"), PERMISSIONS, ids=NAMES)
def test_a_permission_is_of_its_room_says_what_it_allows_and_is_held_by_some_role(
    room: str, permission: Permission
) -> None:
    assert permission.code.startswith(f"{room}.")
    with override("en"):
        assert len(str(permission.sentence).split()) >= 2
    assert any(permission in role.permissions for role in roles())


@pytest.mark.parametrize("role", roles(), ids=[role.code for role in roles()])
def test_a_role_has_a_name_a_purpose_and_known_permissions(role: Role) -> None:
    with override("en"):
        assert str(role.name)
        assert str(role.purpose).endswith(".")
    assert {permission.code for permission in role.permissions} <= set(NAMES)
