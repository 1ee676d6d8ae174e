# SPDX-License-Identifier: Apache-2.0
"""A resident who reports what others reported sees it first, joins it or goes on; nothing typed is lost either way."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from jiayuan.cases.enums import ReopenGround, State, V
from jiayuan.cases.models import Case, Follower, Request
from tests.cast import COMMUNITY, MORNING
from tests.factories.cases import QUARTER, case, move, report
from tests.web.stories import ground, in_language

__all__ = ["ground"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
TYPED: Mapping[str, Any] = {
    "village": COMMUNITY,
    "tile": "rubbish",
    "text": "路口有一堆垃圾",
    "contact_phone": "13800000000",
    "client_id": "01940000-0000-7000-8000-000000000002",
}


def token_in(said: str) -> str:
    return said.split('name="same" value="')[1].split('"')[0]


def browser() -> Client:
    found = in_language("zh-hans")
    found.get("/report/")
    return found


def test_the_same_heap_is_shown_without_words_number_or_receipt_and_everything_is_kept() -> None:
    known = report(text="李家门口的垃圾", contact_name="李春花", contact_phone="13900000000")

    answer = browser().post("/report/", TYPED)

    said = answer.content.decode()
    assert answer.status_code == 200 and "是不是这一处" in said
    assert "路口有一堆垃圾" in said and "13800000000" in said
    assert not any(word in said for word in (known.handle, "李家", "李春花", "13900000000"))
    assert Case.objects.count() == 1


def test_one_tap_joins_it_with_a_receipt_of_its_own() -> None:
    known, phone = report(), browser()
    token = token_in(phone.post("/report/", TYPED).content.decode())

    answer = phone.post("/report/", {**TYPED, "same": token})

    follower = Follower.objects.get()
    assert answer["Location"] == f"/r/{follower.handle}/?joined=1"
    said = phone.get(answer["Location"]).content.decode()
    assert follower.handle in said and known.handle not in said and "已为您 +1" in said
    assert Case.objects.get().me_toos == 1 and follower.phone == "13800000000"


def test_a_browser_that_keeps_no_cookies_and_sends_twice_counts_once() -> None:
    report()
    phone = browser()
    token = token_in(phone.post("/report/", TYPED).content.decode())
    answers = []

    for _ in range(2):
        phone.cookies.clear()
        answers.append(phone.post("/report/", {**TYPED, "same": token})["Location"])

    assert answers[0] == answers[1]
    assert Case.objects.get().me_toos == Follower.objects.count() == 1


def test_who_has_looked_and_sends_again_makes_a_report_of_their_own() -> None:
    report()
    phone = browser()
    token = token_in(phone.post("/report/", TYPED).content.decode())

    answer = phone.post("/report/", {**TYPED, "same_seen": token})

    assert answer.status_code == 302 and Case.objects.count() == 2


def test_a_report_sent_twice_is_asked_nothing_the_second_time() -> None:
    phone = browser()
    first = phone.post("/report/", TYPED)

    assert phone.post("/report/", TYPED)["Location"] == first["Location"]


def test_a_token_made_elsewhere_joins_nothing() -> None:
    report()

    answer = browser().post("/report/", {**TYPED, "same": "1"})

    assert answer.status_code == 422 and not Follower.objects.exists()


def test_while_choosing_the_same_are_fetched_and_a_strange_question_gets_nothing() -> None:
    report()
    phone = browser()

    assert "就是这处" in phone.get("/report/same/", {"village": COMMUNITY, "tile": "rubbish"}).content.decode()
    for asked in ({}, {"village": "x", "tile": "rubbish"}, {"village": COMMUNITY, "tile": "x", "lon": "a"}):
        assert "就是这处" not in phone.get("/report/same/", asked).content.decode()


def test_a_resident_asks_for_a_closed_case_and_reads_the_reason_of_the_answer() -> None:
    closed, phone = case(State.CLOSED), browser()

    asked = phone.post(f"/r/{closed.handle}/reopen/", {"reason": ReopenGround.STILL_THERE, "note": "还在那里"})
    waiting = phone.get(asked["Location"]).content.decode()
    move(Case.objects.get(), V.REFUSE_REOPEN, at=MORNING + 20 * QUARTER, note="现场已清。")
    answered = phone.get(f"/r/{closed.handle}/").content.decode()

    assert Request.objects.count() == 1
    assert "正在等候答复" in waiting and "提出申请" not in waiting
    assert "现场已清。" in answered


def test_asking_without_a_ground_keeps_the_words() -> None:
    closed = case(State.CLOSED)

    answer = browser().post(f"/r/{closed.handle}/reopen/", {"note": "还在那里"})

    assert answer.status_code == 422 and "还在那里" in answer.content.decode()
    assert not Request.objects.exists()
