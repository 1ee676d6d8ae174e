# SPDX-License-Identifier: Apache-2.0
"""What stands in the way of a move beyond the table."""

from datetime import date, timedelta
from typing import Any

import pytest

from jiayuan.cases.enums import State, V
from jiayuan.cases.rules.life import (
    Facts,
    extension_ends,
    goes_to_a_meeting,
    is_extendable,
    obstacle,
    shelving_ends,
)
from jiayuan.standards.enums import LimitKind as K
from tests.cast import MORNING

TOMORROW = MORNING + timedelta(days=1)


def facts(**known: Any) -> Facts:
    """A case in hand with a limit of five working days, due tomorrow."""
    usual: dict[str, Any] = {"limit_kind": K.WORKING_DAYS, "limit_value": 5, "due_at": TOMORROW}
    values: dict[str, Any] = {"state": State.HANDLING, "at": MORNING, **usual, **known}
    return Facts(**values)


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({}, ""),
        ({"at": TOMORROW}, ""),
        ({"at": TOMORROW + timedelta(seconds=1)}, "limit_passed"),
        ({"extensions": 1}, ""),
        ({"extensions": 2}, "extended_twice"),
        ({"asking": frozenset({"extension"})}, "request_open"),
        ({"asking": frozenset({"shelving"})}, ""),
        ({"limit_kind": K.WORKING_HOURS, "limit_value": 40}, "no_extension"),
        ({"limit_kind": K.URGENT, "limit_value": 48}, "no_extension"),
        ({"limit_kind": K.WORKING_DAYS, "limit_value": 1}, "no_extension"),
        ({"limit_kind": K.CALENDAR_DAYS, "limit_value": 2}, ""),
    ],
)
def test_more_time_is_asked_for_before_the_limit_and_at_most_twice(known: dict[str, Any], code: str) -> None:
    assert obstacle(V.ASK_EXTENSION, facts(**known)) == code


def test_small_things_get_no_more_time() -> None:
    assert not is_extendable(None, 9)
    assert not is_extendable(K.WORKING_HOURS, 8)
    assert is_extendable(K.WORKING_DAYS, 2)


@pytest.mark.parametrize(("days", "code"), [(0, "not_later"), (1, ""), (7, ""), (8, "too_far")])
def test_an_extension_ends_after_the_deadline_and_within_one_limit_more(days: int, code: str) -> None:
    until, latest = TOMORROW + timedelta(days=days), TOMORROW + timedelta(days=7)

    assert extension_ends(due_at=TOMORROW, until=until, latest=latest) == code


@pytest.mark.parametrize(("days", "code"), [(-1, "not_ahead"), (0, "not_ahead"), (1, ""), (365, ""), (366, "too_far")])
def test_shelving_ends_ahead_and_within_a_year(days: int, code: str) -> None:
    today = date(2025, 1, 3)

    assert shelving_ends(today, today + timedelta(days=days)) == code


def test_a_case_is_shelved_once() -> None:
    assert obstacle(V.ASK_SHELVING, facts()) == ""
    assert obstacle(V.ASK_SHELVING, facts(shelvings=1)) == "shelved_before"


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"in_time": True}, "not_late"),
        ({"in_time": None}, "not_late"),
        ({"in_time": False}, ""),
        ({"in_time": False, "appealed": True}, "appealed_before"),
    ],
)
def test_only_what_was_late_is_appealed_and_once(known: dict[str, Any], code: str) -> None:
    assert obstacle(V.APPEAL, facts(state=State.CLOSED, **known)) == code


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        (V.GRANT_EXTENSION, "extension"),
        (V.REFUSE_EXTENSION, "extension"),
        (V.SHELVE, "shelving"),
        (V.REFUSE_SHELVING, "shelving"),
        (V.REVIEW_APPEAL, "appeal"),
        (V.DECIDE_APPEAL, "appeal_second"),
        (V.REOPEN, "reopening"),
        (V.RECONSIDER, "reopening"),
        (V.REFUSE_REOPEN, "reopening"),
    ],
)
def test_an_answer_needs_its_own_question(verb: V, asked: str) -> None:
    others = frozenset({"extension", "shelving", "appeal", "appeal_second", "reopening"} - {asked})

    assert obstacle(verb, facts(asking=others)) == "no_request"
    assert obstacle(verb, facts(asking=others | {asked})) == ""


def test_what_must_be_verified_first_is_filed_after_that() -> None:
    assert obstacle(V.FILE, facts(state=State.REPORTED, must_verify=True)) == "verify_first"
    assert obstacle(V.FILE, facts(state=State.VERIFIED, must_verify=True)) == ""
    assert obstacle(V.FILE, facts(state=State.REPORTED)) == ""


def test_the_third_return_goes_to_the_joint_meeting() -> None:
    assert [goes_to_a_meeting(returns) for returns in range(5)] == [False, False, False, True, True]
