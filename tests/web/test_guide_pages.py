# SPDX-License-Identifier: Apache-2.0
"""The pages of the work guide, for staff and for residents, and what of it stands beside a case."""

import pytest
from django.test import Client
from django.utils.translation import override

from jiayuan.cases import queries, services
from jiayuan.cases.enums import State
from jiayuan.web.guide.rendering import rendered
from tests.cases.test_write_guide import HEAPS, SHIPPED
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.cases import case
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]
PAGE = f"/desk/guide/{HEAPS}/"
HEAP = "rural:matter:R01"


@pytest.fixture(autouse=True)
def guide(ground: None) -> None:
    """The shipped pages."""
    services.load_guide(folder=SHIPPED, by=SYSTEM, at=MORNING)


def given(**changed: str) -> dict[str, str]:
    """What the form would send."""
    latest = queries.guide_words(HEAPS)
    assert latest is not None
    return {"title": latest.title, "body": latest.body, "change": "改一处", "number": "1"} | changed


def test_a_page_shows_the_conditions_of_its_classes_from_the_standards(cast: Cast) -> None:
    page = told(cast["street_office"].client(), PAGE)

    assert "扫干净" in page
    assert "沙土堆：立案与结案条件" in page
    assert "3 个工作日" in page
    assert "示意" in page


def test_the_contents_lead_to_every_page(cast: Cast) -> None:
    page = told(cast["grid_worker"].client(), "/desk/guide/")

    assert [one.code for one in queries.guide_contents() if f"/desk/guide/{one.code}/" not in page] == []


def test_a_page_is_looked_at_first_and_then_stands_and_the_change_is_shown(cast: Cast) -> None:
    browser = cast["administrator"].client()

    looked = browser.post(f"{PAGE}edit/", given(body="**两天**清完。", look="1")).content.decode()
    between = told(browser, PAGE)
    answer = browser.post(f"{PAGE}edit/", given(body="**两天**清完。"))

    assert "<strong>两天</strong>" in looked
    assert "第 1 版" in between
    assert answer.status_code == 302
    assert "<strong>两天</strong>清完" in told(browser, PAGE)
    history = told(browser, f"{PAGE}history/")
    assert "改一处" in history
    assert "<ins>" in history


@pytest.mark.parametrize(
    ("changed", "field"), [({"title": ""}, "title"), ({"body": "  "}, "body"), ({"change": ""}, "change")]
)
def test_what_is_missing_comes_back_with_what_was_typed(cast: Cast, changed: dict[str, str], field: str) -> None:
    answer = cast["administrator"].client().post(f"{PAGE}edit/", given(title="新标题", body="新正文") | changed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert ("新正文" if field != "body" else "新标题") in page


def test_whoever_was_slower_keeps_what_was_typed(cast: Cast) -> None:
    browser = cast["administrator"].client()
    browser.post(f"{PAGE}edit/", given(body="先到的。"))

    answer = browser.post(f"{PAGE}edit/", given(body="后到的话。"))

    assert answer.status_code == 409
    assert "后到的话。" in answer.content.decode()


def test_residents_read_what_is_meant_for_them_and_nothing_else() -> None:
    page = told(Client(), f"/guide/{HEAPS}/")

    assert "三堆" in page
    assert "/edit/" not in page
    told(Client(), "/guide/m-checking/", status=404)
    assert "m-checking" not in told(Client(), "/guide/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_of_other_languages_are_told_that_a_text_is_in_simplified_chinese_only(
    cast: Cast, language: str
) -> None:
    latest = queries.guide_words(HEAPS)
    assert latest is not None
    cast["administrator"].client().post(f"{PAGE}edit/", given(title_en=latest.title_en))

    answer = in_language(language).get(f"/guide/{HEAPS}/")

    assert answer.context["page"].is_fallback is (language != "zh-hans")
    assert ("The three heaps" in answer.content.decode()) is (language == "en")


def test_beside_a_case_stand_its_class_and_its_moves(cast: Cast) -> None:
    found = case(State.DISPATCHED, tile="rubbish")
    page = told(cast["street_office"].client(), f"/desk/cases/{found.handle}/")

    assert "暴露垃圾</summary>" in page
    assert "处置：签收、整改、反馈</summary>" in page
    assert "核查：结案还是返工</summary>" not in page


def test_the_guide_costs_a_case_no_query_once_it_is_in_memory(cast: Cast) -> None:
    found = case(State.DISPATCHED)
    asked = queries_of(cast["street_office"].client(), f"/desk/cases/{found.handle}/")

    assert [sql for sql in asked if "cases_guide" in sql] == []


def test_a_new_version_is_beside_the_case_at_once(cast: Cast) -> None:
    found = case(State.REPORTED, village="990101100201", tile="rubble")
    url, acceptor = f"/desk/cases/{found.handle}/", cast["acceptor"].client()
    told(acceptor, url)

    cast["administrator"].client().post(f"{PAGE}edit/", given(body="刚刚改过。"))

    assert "刚刚改过。" in told(acceptor, url)


def test_the_pages_ask_little(cast: Cast) -> None:
    browser = cast["administrator"].client()

    for path in ("/desk/guide/", PAGE, f"{PAGE}history/", f"{PAGE}edit/"):
        assert len(queries_of(browser, path)) <= 2 + SHELL, path


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://example.org/x.png)",
        "<img src=x onerror=alert(1)>",
        "[x](data:text/html,1)",
    ],
)
def test_nothing_that_could_run_comes_out_of_a_page(body: str) -> None:
    html = rendered(body)

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html


NEW = "/desk/guide/new/"


def page_given(**changed: str | list[str]) -> dict[str, str | list[str]]:
    """What the form of a new page would send."""
    given: dict[str, str | list[str]] = {"code": "j6vmh6bcfnk", "about": "class", "classes": [HEAP], "public": "on"}
    return given | {"title": "塘边的杂物", "body": "## 怎么认\n塘边三米以内。"} | changed


def test_a_new_page_is_looked_at_first_and_then_stands_beside_its_kind_once(cast: Cast) -> None:
    browser = cast["administrator"].client()
    before = len(queries.guide_contents())

    looked = browser.post(NEW, page_given(look="1")).content.decode()
    between = len(queries.guide_contents())
    answers = [browser.post(NEW, page_given()) for _ in range(2)]

    assert "<h2>怎么认</h2>" in looked and between == before
    assert {answer["Location"] for answer in answers} == {"/desk/guide/j6vmh6bcfnk/"}
    assert len(queries.guide_contents()) == before + 1
    assert "塘边的杂物" in told(Client(), "/guide/")
    assert [one.title for one in queries.beside_case(HEAP, ())][-1] == "塘边的杂物"
    assert "沙土堆：立案与结案条件" in told(browser, "/desk/guide/j6vmh6bcfnk/")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"about": "weather"}, "about"),
        ({"classes": ["no:such:kind"]}, "classes"),
        ({"about": "move", "verbs": []}, "verbs"),
        ({"title": ""}, "title"),
        ({"body": ""}, "body"),
    ],
)
def test_what_is_wrong_with_a_new_page_is_said_beside_it_and_nothing_is_lost(
    cast: Cast, changed: dict[str, str | list[str]], field: str
) -> None:
    answer = cast["administrator"].client().post(NEW, page_given(**changed))

    said = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}' in said
    assert "塘边" in said


def test_a_page_that_stands_under_this_code_is_not_written_over(cast: Cast) -> None:
    browser = cast["administrator"].client()
    browser.post(NEW, page_given())

    answer = browser.post(NEW, page_given(title="另一页"))

    assert answer.status_code == 409
    assert "塘边的杂物" in told(browser, "/desk/guide/j6vmh6bcfnk/")


def test_only_who_may_write_is_led_to_a_new_page(cast: Cast) -> None:
    assert NEW in told(cast["administrator"].client(), "/desk/guide/")
    assert NEW not in told(cast["street_office"].client(), "/desk/guide/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_of_a_new_page_is_whole_in_every_language(cast: Cast, language: str) -> None:
    assert HEAP in told(in_language(language, cast["administrator"].client()), NEW)


@pytest.mark.parametrize(("language", "word"), [("zh-hant", "掃乾淨"), ("en", "sweep it clean")])
def test_the_shipped_pages_are_there_in_every_language(cast: Cast, language: str, word: str) -> None:
    said = told(in_language(language, cast["grid_worker"].client()), PAGE)

    assert word in said
    assert 'lang="zh-hans"' not in said.split("<main")[1].split('class="j-guide"')[1][:40]
    with override(language):
        assert [page.code for page in queries.guide_contents() if page.is_fallback] == []
