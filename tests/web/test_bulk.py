# SPDX-License-Identifier: Apache-2.0
"""One move for many cases: each is judged by itself, and sending the page twice does nothing twice."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from jiayuan.cases.enums import State, V, VoidReason
from jiayuan.cases.models import Case
from tests.cast import MORNING, NEXT_VILLAGE, Cast
from tests.factories.cases import case, move, report, unit_id
from tests.web.stories import LANGUAGES, cast, ground, in_language, small_town

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db
YESTERDAY = MORNING - timedelta(days=1)


def chosen(*cases: Case) -> list[str]:
    """The boxes of these cases as the list drew them."""
    return [f"{one.handle}.{one.version}" for one in cases]


def sent(cast: Cast, part: str, verb: str, boxes: Sequence[str], **more: Any) -> HttpResponse:
    browser = in_language("zh-hans", cast[part].client())
    answer = browser.post("/desk/cases/bulk/", {"verb": verb, "case": list(boxes), "sure": "1", **more})
    assert isinstance(answer, HttpResponse)
    return answer


def states(*cases: Case) -> list[str]:
    return [Case.objects.get(pk=one.pk).state for one in cases]


def test_what_may_be_moved_is_moved_and_the_rest_is_refused_with_its_reason(cast: Cast) -> None:
    first, second, reported = (
        case(State.FILED, at=YESTERDAY),
        case(State.FILED, at=YESTERDAY),
        case(State.REPORTED, at=YESTERDAY),
    )

    answer = sent(cast, "dispatcher", "dispatch", chosen(first, second, reported), unit=unit_id())

    assert states(first, second, reported) == [State.DISPATCHED, State.DISPATCHED, State.REPORTED]
    said = answer.content.decode()
    assert "3 件中办成 2 件" in said
    assert "现在是“已上报”，这一步不适用" in said
    assert reported.handle in said.split('name="case"')[1]


def test_the_same_page_sent_twice_says_the_same_and_moves_nothing_twice(cast: Cast) -> None:
    found = case(State.DISPATCHED, at=YESTERDAY)
    boxes = chosen(found)
    first = sent(cast, "street_office", "sign", boxes)
    version = Case.objects.get(pk=found.pk).version

    second = sent(cast, "street_office", "sign", boxes)

    assert "1 件中办成 1 件" in first.content.decode() and "1 件中办成 1 件" in second.content.decode()
    assert Case.objects.get(pk=found.pk).version == version


def test_what_somebody_else_moved_meanwhile_is_refused(cast: Cast) -> None:
    found = case(State.DISPATCHED, at=YESTERDAY)
    boxes = chosen(found)
    sent(cast, "unit_lead", "sign", boxes)

    said = sent(cast, "street_office", "sign", boxes).content.decode()

    assert "1 件中办成 0 件" in said and "这一步不适用" not in said


def test_another_move_by_the_same_person_meanwhile_is_not_taken_for_this_one(cast: Cast) -> None:
    found, chief = case(State.REPORTED, at=YESTERDAY), cast["duty_chief"]
    boxes = chosen(found)
    move(found, V.FILE, by=chief.actor, at=MORNING)

    said = sent(cast, "duty_chief", "void", boxes, reason=VoidReason.TEST.value).content.decode()

    assert states(found) == [State.FILED]
    assert "1 件中办成 0 件" in said


def test_the_question_is_asked_before_anything_is_done(cast: Cast) -> None:
    found = case(State.FILED, at=YESTERDAY)
    browser = cast["dispatcher"].client()

    answer = browser.post("/desk/cases/bulk/", {"verb": "dispatch", "case": chosen(found)})

    assert answer.status_code == 200 and b'name="unit"' in answer.content
    assert states(found) == [State.FILED]


def test_a_missing_answer_keeps_the_choice(cast: Cast) -> None:
    found = case(State.REPORTED, at=YESTERDAY)

    answer = sent(cast, "duty_chief", "void", chosen(found), note="重复登记")

    assert answer.status_code == 422
    assert "重复登记" in answer.content.decode() and chosen(found)[0] in answer.content.decode()
    assert states(found) == [State.REPORTED]


def test_nobody_checks_their_own_work_in_bulk_either(cast: Cast) -> None:
    theirs = case(State.FED_BACK, at=YESTERDAY)

    assert sent(cast, "street_office", "close", chosen(theirs)).status_code == 403
    sent(cast, "checker", "close", chosen(theirs))
    assert states(theirs) == [State.CLOSED]


def test_what_lies_outside_the_reach_does_not_exist(cast: Cast) -> None:
    elsewhere = report(village=NEXT_VILLAGE)

    answer = sent(cast, "acceptor", "file", chosen(elsewhere))

    assert answer.status_code == 422
    assert elsewhere.handle not in answer.content.decode()
    assert states(elsewhere) == [State.REPORTED]


def test_filing_takes_the_first_condition_of_each(cast: Cast) -> None:
    one, other = report(), report(tile="wires")

    sent(cast, "acceptor", "file", chosen(one, other))

    assert states(one, other) == [State.FILED, State.FILED]


def test_several_are_merged_into_the_one_that_leads(cast: Cast) -> None:
    leads, second, third = report(), report(), report()

    sent(cast, "acceptor", "merge", chosen(leads, second, third), into=leads.handle)

    assert states(leads, second, third) == [State.REPORTED, State.MERGED, State.MERGED]
    assert Case.objects.get(pk=leads.pk).me_toos == 2


def test_all_of_a_list_can_be_chosen_at_once(cast: Cast) -> None:
    found = [case(State.DISPATCHED, at=YESTERDAY) for _ in range(3)]
    browser = cast["street_office"].client()

    browser.post("/desk/cases/bulk/?state=handling", {"verb": "sign", "all": "1", "sure": "1"})

    assert states(*found) == [State.HANDLING] * 3


def test_without_a_rule_nothing_is_dispatched_by_rule(cast: Cast) -> None:
    found = case(State.FILED, at=YESTERDAY)

    said = sent(cast, "dispatcher", "dispatch", chosen(found), unit="rule").content.decode()

    assert "1 件中办成 0 件" in said
    assert states(found) == [State.FILED]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("part", "verb", "state"),
    [
        ("acceptor", "file", State.REPORTED),
        ("dispatcher", "dispatch", State.FILED),
        ("checker", "close", State.FED_BACK),
        ("acceptor", "urge", State.REPORTED),
        ("acceptor", "merge", State.REPORTED),
        ("duty_chief", "void", State.FILED),
    ],
)
def test_the_question_is_whole_in_every_language(cast: Cast, part: str, verb: str, state: State, language: str) -> None:
    browser = in_language(language, cast[part].client())

    assert (
        browser.post("/desk/cases/bulk/", {"verb": verb, "case": chosen(case(state, at=YESTERDAY))}).status_code == 200
    )
    assert browser.post("/desk/cases/bulk/", {"verb": verb}).status_code == 422
