# SPDX-License-Identifier: Apache-2.0
"""A case on paper: what it is, its deadlines, its course and lines to sign; never a word about who reported it."""

import pytest
from django.test import Client

from jiayuan.cases.enums import State
from jiayuan.cases.models import Case
from tests.cast import Cast
from tests.factories.cases import case
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db
NAME, PHONE = "柳知秋", "13987654321"


def sheet(browser: Client, found: Case, *, status: int = 200) -> str:
    return told(browser, f"/desk/cases/{found.handle}/sheet/", status=status)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", State)
def test_every_state_has_a_sheet_in_every_language(cast: Cast, state: State, language: str) -> None:
    found = case(state, text="路口有一堆垃圾")

    said = sheet(in_language(language, cast["county_supervisor"].client()), found)

    assert "路口有一堆垃圾" in said and found.handle in said


def test_the_sheet_has_the_course_from_its_beginning_and_lines_to_sign(cast: Cast) -> None:
    found = case(State.CLOSED)

    said = sheet(in_language("zh-hans", cast["county_supervisor"].client()), found)

    course = said.split("办理经过")[1]
    assert course.index("立案") < course.index("签收") < course.index("结案")
    for word in ("截止时间", "是否按期", "处置单位", "核查人 ____", "演示数据·非公文", "问题办理单"):
        assert word in said, word


@pytest.mark.parametrize("part", ["acceptor", "street_office", "county_supervisor"])
def test_nothing_about_the_reporter_goes_on_paper(cast: Cast, part: str) -> None:
    said = sheet(cast[part].client(), case(State.HANDLING, contact_name=NAME, contact_phone=PHONE))

    assert NAME not in said and PHONE not in said


def test_a_case_in_the_next_district_has_no_sheet(cast: Cast) -> None:
    sheet(cast["outsider"].client(), case(), status=404)


def test_a_sheet_asks_little(cast: Cast) -> None:
    found = case(State.CLOSED)

    assert len(queries_of(cast["county_supervisor"].client(), f"/desk/cases/{found.handle}/sheet/")) <= SHELL + 5


def test_the_page_of_a_case_leads_to_its_sheet(cast: Cast) -> None:
    found = case()

    assert f"/desk/cases/{found.handle}/sheet/" in told(cast["acceptor"].client(), f"/desk/cases/{found.handle}/")
