# SPDX-License-Identifier: Apache-2.0
"""Whoever holds the receipt sees stage and due date; a wrong code is answered beside the question and kept."""

import pytest
from django.test import Client

from jiayuan.cases.enums import State, V, VoidReason
from tests.cast import MORNING
from tests.factories.cases import QUARTER, case, move
from tests.web.stories import LANGUAGES, ground, in_language, told

__all__ = ["ground"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", State)
def test_each_stage_is_told_in_every_language(state: State, language: str) -> None:
    found = case(state, text="路口有一堆垃圾", contact_name="李春花", contact_phone="13800000000")

    said = told(in_language(language), f"/r/{found.handle}/")

    assert found.handle in said
    assert "李春花" not in said
    assert "13800000000" not in said


def test_the_receipt_of_a_new_report_says_where_and_what() -> None:
    found = case()

    said = told(in_language("zh-hans"), f"/r/{found.handle}/?new=1")

    assert "已收到您的上报" in said
    assert "上报时间" in said
    assert "data-receipt" in said


def test_the_question_for_the_code_comes_without_reproach() -> None:
    assert "errorlist" not in told(Client(), "/r/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_code_is_answered_beside_the_question_and_kept(language: str) -> None:
    said = told(in_language(language), "/r/?code=ABCDE", status=422)

    assert 'aria-describedby="code_hint code_error"' in said
    assert 'value="ABCDE"' in said


def test_a_code_leads_to_its_report_however_it_was_typed() -> None:
    found = case()

    answer = Client().get("/r/", {"code": f" {found.handle.lower()} "})

    assert answer["Location"] == f"/r/{found.handle}/"


def test_the_reporter_reads_the_stage_and_not_what_offices_call_it() -> None:
    returned, rework = case(State.RETURNED), case(State.REWORK)
    browser = in_language("zh-hans")

    assert "单位已回退" not in told(browser, f"/r/{returned.handle}/")
    assert "第一次整改没有通过核查" in told(browser, f"/r/{rework.handle}/")


def test_what_was_closed_by_force_is_not_called_put_right() -> None:
    forced = move(case(State.HANDLING), V.FORCE_CLOSE, at=MORNING + 9 * QUARTER)

    said = told(in_language("zh-hans"), f"/r/{forced.handle}/")

    assert "核查通过" not in said
    assert "没有计入整改数" in said


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (VoidReason.MISTAKEN, "录错或录重"),
        (VoidReason.NOT_THERE, "没有发现"),
        (VoidReason.NOT_OURS, "12345"),
        (VoidReason.TEST, "测试"),
    ],
)
def test_whoever_reported_reads_why_it_does_not_count(reason: VoidReason, words: str) -> None:
    ended = move(case(), V.VOID, at=MORNING + QUARTER, reason=reason)

    assert words in told(in_language("zh-hans"), f"/r/{ended.handle}/")
