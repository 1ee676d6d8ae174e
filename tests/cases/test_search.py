# SPDX-License-Identifier: Apache-2.0
"""Cases are found by number, words, place and telephone – inside the reader's reach, and never by what was erased."""

from datetime import timedelta

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.utils import CaptureQueriesContext

from jiayuan.cases import queries, services
from jiayuan.cases.enums import Source
from jiayuan.cases.models import SearchWords, Text
from tests.cast import MORNING, NEXT_VILLAGE, SYSTEM, Cast
from tests.factories.cases import report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def found(cast: Cast, text: str, who: str = "acceptor") -> set[int]:
    return {row.id for row in queries.search(cast[who].actor, text).rows}


@pytest.mark.parametrize("text", ["垃圾", "路口有一堆垃圾", "路口 垃圾", "圾没人", "ABC", "abc12", "东头"])
def test_a_report_is_found_by_any_part_of_its_words(cast: Cast, text: str) -> None:
    wanted = report(text="桥头路口有一堆垃圾没人管，abc12", place_text="村委会东头")
    report(text="水沟堵了")

    assert found(cast, text) == {wanted.pk}


@pytest.mark.parametrize("text", ["口桥", "垃圾水沟", "管ab", "堆", "", "，。", "垃圾' OR 1", '"', "*", "NEAR("])
def test_what_was_not_written_is_not_found(cast: Cast, text: str) -> None:
    report(text="桥头路口有一堆垃圾没人管，abc12")

    assert found(cast, text) == set()


def test_numbers_find_their_case_however_they_are_typed(cast: Cast) -> None:
    own = report()
    outside = report(source=Source.HOTLINE, outside_number="RX20250103001", by=SYSTEM)

    assert found(cast, own.handle.lower()) == {own.pk}
    assert found(cast, " rx20250103001 ") == {outside.pk}


def test_a_place_finds_its_cases_by_name_and_by_pinyin_and_words_narrow_it(cast: Cast) -> None:
    rubbish, water = report(text="一堆垃圾"), report(text="水沟堵了")

    assert found(cast, "桥头社区") == found(cast, "qiaotou") == {rubbish.pk, water.pk}
    assert found(cast, "桥头社区 水沟") == {water.pk}


def test_a_telephone_number_is_found_by_those_alone_who_may_see_it(cast: Cast) -> None:
    wanted = report(contact_phone="13800000000")

    assert found(cast, "138 0000 0000") == {wanted.pk}
    for who in ("dispatcher", "checker", "grid_worker", "outsider"):
        assert found(cast, "13800000000", who) == set()


def test_nothing_outside_the_reach_is_found(cast: Cast) -> None:
    here, there = report(text="一堆垃圾"), report(text="一堆垃圾", village=NEXT_VILLAGE)

    assert found(cast, "垃圾") == {here.pk}
    assert found(cast, "垃圾", "outsider") == {there.pk}
    assert found(cast, there.handle) == set()


def test_an_erased_text_is_not_found(cast: Cast) -> None:
    resident = cast["resident"]
    report(text="一堆垃圾", by=resident.actor)

    services.erase_reporter(person_id=resident.person_id, by=SYSTEM, at=MORNING)

    assert found(cast, "垃圾") == set()
    assert not SearchWords.objects.exists()


def test_texts_that_a_loader_wrote_are_found_once_they_are_indexed(cast: Cast) -> None:
    loaded = report()
    Text.objects.create(case=loaded, kind="report", body="一堆垃圾", written_at=MORNING)
    assert found(cast, "垃圾") == set()

    assert services.index_texts(by=SYSTEM, at=MORNING) == 1
    assert found(cast, "垃圾") == {loaded.pk}


def test_pages_follow_each_other_without_gap_and_each_grant_asks_once(cast: Cast) -> None:
    made = [report(text="一堆垃圾", at=MORNING + timedelta(minutes=number)).pk for number in range(7)]
    actor = cast["acceptor"].actor

    with CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as asked:
        first = queries.search(actor, "垃圾", size=3)
    second = queries.search(actor, "垃圾", after=first.next_key, size=3)
    third = queries.search(actor, "垃圾", after=second.next_key, size=3)

    assert [row.id for page in (first, second, third) for row in page.rows] == made[::-1]
    assert third.next_key == ""
    assert len(asked) == 1
