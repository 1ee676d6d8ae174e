# SPDX-License-Identifier: Apache-2.0
"""What the roles of the city may and may not do."""

import pkgutil
from importlib import import_module

import pytest
from django.utils.translation import override

import jiayuan
from jiayuan.cases.access import May as Cases
from jiayuan.kernel.access import Permission, Scope, role, roles
from jiayuan.people.access import May as People

CHANGING = {
    Cases.REPORT,
    Cases.TRIAGE,
    Cases.VERIFY,
    Cases.DISPATCH,
    Cases.HANDLE,
    Cases.CHECK,
    Cases.APPROVE,
    Cases.DECIDE_APPEAL,
    Cases.VOID,
    Cases.CALL_BACK,
    Cases.ASK_REOPEN,
    Cases.REDRAW,
    Cases.LIST_CLEARING,
    Cases.ACCEPT_CLEARING,
    Cases.EDIT_ROUTING,
    Cases.EDIT_GUIDE,
    Cases.EDIT_REPLIES,
    Cases.IMPORT_LEDGER,
    Cases.NOTE,
}
"""What changes something; nobody who only looks holds any of it."""


def permissions_of(room: str) -> list[Permission]:
    try:
        shelf = import_module(f"jiayuan.{room}.access")
    except ModuleNotFoundError:
        return []
    return [value for value in vars(shelf.May).values() if isinstance(value, Permission)]


ROOMS = [room.name for room in pkgutil.iter_modules(jiayuan.__path__) if room.name != "kernel"]
ALL = [permission for room in ROOMS for permission in permissions_of(room)]


@pytest.mark.parametrize("permission", ALL, ids=lambda one: one.code)
def test_somebody_holds_each_permission(permission: Permission) -> None:
    assert any(permission in held.permissions for held in roles())


def test_no_two_permissions_share_a_code() -> None:
    assert len({one.code for one in ALL}) == len(ALL)


@pytest.mark.parametrize("code", [held.code for held in roles()])
def test_a_role_says_what_it_is_called_and_what_it_is_for(code: str) -> None:
    with override("en"):
        assert str(role(code).name)
        assert str(role(code).purpose).endswith(".")


def test_the_auditor_changes_nothing() -> None:
    auditor = role("auditor").permissions

    assert not auditor & (CHANGING | {People.MANAGE_POSTS, People.FORGET_PEOPLE, People.KEEP_HOUSEHOLDS})


def test_the_administrator_does_no_case_work() -> None:
    of_cases = {one for one in role("administrator").permissions if one.code.startswith("cases.")}

    assert of_cases == {Cases.SEE_ROUTING, Cases.EDIT_ROUTING, Cases.EDIT_GUIDE, Cases.EDIT_REPLIES}


def test_nobody_handles_and_checks_by_one_role() -> None:
    assert not [held for held in roles() if {Cases.HANDLE, Cases.CHECK} <= held.permissions]


def test_handling_is_done_inside_a_unit() -> None:
    assert {held.scope for held in roles() if Cases.HANDLE in held.permissions} == {Scope.UNIT}


def test_the_handling_unit_never_sees_the_reporter() -> None:
    assert not [held for held in roles() if {Cases.HANDLE, Cases.SEE_REPORTER} <= held.permissions]
