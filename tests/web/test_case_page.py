# SPDX-License-Identifier: Apache-2.0
"""The case page shows each person the next move they may make, the question open where there is one."""

from datetime import date

import pytest

from jiayuan.cases.enums import LookBackResult, State, V
from jiayuan.cases.models import Case
from tests.cast import MORNING, Cast
from tests.factories.calendar import ends_after
from tests.factories.cases import EXTENDABLE, QUARTER, case, move, photo
from tests.web.stories import LANGUAGES, cast, ground, in_language, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db


def url(found: Case) -> str:
    return f"/desk/cases/{found.handle}/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", State)
def test_every_state_is_shown_in_every_language(cast: Cast, state: State, language: str) -> None:
    found = case(state, text="路口有一堆垃圾")

    said = told(in_language(language, cast["county_supervisor"].client()), url(found))

    assert "路口有一堆垃圾" in said
    assert found.handle in said


def test_a_relapse_and_what_it_comes_from_lead_to_each_other(cast: Cast) -> None:
    checker, at = cast["checker"].actor, MORNING + 9 * QUARTER
    again = photo(by=checker, at=at)
    found = move(case(State.CLOSED), V.LOOK_BACK, by=checker, at=at, result=LookBackResult.RELAPSED, photos=[again])
    relapse = Case.objects.get(relapse_of=found)
    client = in_language("zh-hans", cast["county_supervisor"].client())

    assert f'<a href="{url(relapse)}"' in told(client, url(found))
    assert f'<a href="{url(found)}"' in told(client, url(relapse))


@pytest.mark.parametrize(
    ("part", "state", "verb", "word"),
    [
        ("acceptor", State.REPORTED, "file", "立案"),
        ("grid_worker", State.VERIFYING, "find", "反馈核实结果"),
        ("dispatcher", State.FILED, "dispatch", "派遣"),
        ("street_office", State.DISPATCHED, "sign", "签收"),
        ("street_office", State.HANDLING, "feed_back", "反馈"),
        ("street_office", State.REWORK, "feed_back", "反馈"),
        ("checker", State.FED_BACK, "close", "结案"),
    ],
)
def test_the_next_move_is_one_big_button(cast: Cast, part: str, state: State, verb: str, word: str) -> None:
    found = case(state)

    said = told(in_language("zh-hans", cast[part].client()), url(found))

    assert f"{url(found)}{verb}/" in said
    assert said.count("data-next-move") == 1
    assert word in said.split("data-next-move")[1][:20]


@pytest.mark.parametrize(
    ("part", "state", "field"),
    [("acceptor", State.REPORTED, "condition"), ("dispatcher", State.FILED, "unit")],
)
def test_the_likeliest_answer_is_chosen_already(cast: Cast, part: str, state: State, field: str) -> None:
    said = told(cast[part].client(), url(case(state)))

    chosen = said.split(f'name="{field}"')[1].split(">")[0]
    assert "checked" in chosen


def test_the_feedback_form_stands_open_and_asks_for_the_photo(cast: Cast) -> None:
    said = told(in_language("zh-hans", cast["street_office"].client()), url(case(State.HANDLING)))

    main = said.split('class="j-move is-main"')[1]
    assert main.startswith(" open")
    assert "整改后照片</label>" in main


def test_a_move_that_asks_nothing_leads_back_to_the_case(cast: Cast) -> None:
    found = case(State.DISPATCHED)

    answer = cast["street_office"].client().post(f"{url(found)}sign/", {"version": found.version})

    assert answer.status_code == 302
    assert answer["Location"] == url(found)


def test_the_list_of_the_city_names_the_county_and_that_of_the_street_does_not(cast: Cast) -> None:
    case(State.DISPATCHED)

    assert "东桥区桥头街道" in told(cast["mayor"].client(), "/desk/cases/")
    assert "东桥区桥头街道" not in told(cast["street_office"].client(), "/desk/cases/")


def test_a_case_in_the_next_district_is_not_there(cast: Cast) -> None:
    told(cast["outsider"].client(), url(case()), status=404)


def test_the_page_stands_open_where_the_calendar_ends_and_asks_for_any_day(cast: Cast) -> None:
    found = case(State.HANDLING, **EXTENDABLE)
    ends_after(date(2025, 1, 31))

    said = told(cast["street_office"].client(), url(found))

    asking = said.split(f"{url(found)}ask_extension/")[1].split("</form>")[0]
    assert 'name="until_other"' in asking and 'name="until"' not in asking
