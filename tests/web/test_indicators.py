# SPDX-License-Identifier: Apache-2.0
"""The page of indicators: n beside every rate, a dash where nothing was due, and the records behind each number."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from jiayuan.cases.enums import State, V
from jiayuan.cases.queries import figures
from jiayuan.kernel import clock
from jiayuan.record import counters, readers
from tests.cast import MORNING, Cast
from tests.factories.cases import QUARTER, case, move
from tests.factories.clearing import accepted
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, small_town

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db

VILLAGE, TOWN_OFFICE = "990101100200", "YX-990101100"
PAGE = "/desk/figures/indicators/"


def follow() -> None:
    readers.catch_up(counters.READER, clock.now())


def told(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Some cases that were closed long after they were due and one in time, and an accepted list."""
    late = case(State.HANDLING, at=MORNING.replace(month=1, day=2))
    late = move(late, V.FEED_BACK, at=MORNING + 4 * QUARTER)
    move(late, V.CLOSE, at=MORNING + 5 * QUARTER)
    case(State.CLOSED, quantity=3, village=VILLAGE, tile="stacks", unit=TOWN_OFFICE)
    accepted(village=VILLAGE, quantities=[5])
    follow()
    return cast


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_whole_in_every_language(busy: Cast, language: str) -> None:
    browser = in_language(language, busy["mayor"].client())

    for url in (PAGE, "/desk/figures/proof/two-stacks/", "/desk/figures/proof/rework_rate/"):
        assert told(browser, url)


def test_rates_stand_beside_what_they_were_made_of_and_their_formula(busy: Cast) -> None:
    said = told(in_language("zh-hans", busy["mayor"].client()), PAGE)

    assert "（1/1）" in said
    assert "结案数 ÷ 应结案数" in said
    assert "核查结案 3，自查自改 0" in said
    assert "核查结案 0，自查自改 5" in said


def test_nothing_due_is_a_dash_and_no_rank(cast: Cast) -> None:
    follow()

    said = told(in_language("zh-hans", cast["mayor"].client()), PAGE)

    assert "0/0" in said
    assert "没有到期案件" in said
    assert "按期结案率从高到低" not in said


def test_few_are_shown_but_not_ranked(busy: Cast) -> None:
    said = told(in_language("zh-hans", busy["mayor"].client()), f"{PAGE}?span=any&from=2025-01-01&to=2025-01-31")

    assert "只列出，不排序" in said
    assert "按期结案率从高到低" not in said


@pytest.mark.parametrize("by", ["area", "unit", "class"])
def test_the_table_is_divided_by_area_unit_or_class(busy: Cast, by: str) -> None:
    said = told(in_language("zh-hans", busy["mayor"].client()), f"{PAGE}?by={by}")

    assert {"area": "东桥区 1", "unit": "桥头街道", "class": "暴露垃圾 1"}[by] in said


def test_nobody_sees_figures_of_another_district(busy: Cast) -> None:
    said = told(in_language("zh-hans", busy["outsider"].client()), f"{PAGE}?area=9901")

    assert "西坪县" in said
    assert "自查自改 5" not in said


def test_a_village_sees_what_was_put_right_at_home_and_no_rates(busy: Cast) -> None:
    assert "办得怎样" not in told(in_language("zh-hans", busy["village_clerk"].client()), PAGE)


def test_the_page_asks_the_counters_once_and_then_only_where_they_stand(
    busy: Cast, queries_at_most: Callable[[int], AbstractContextManager[Any]]
) -> None:
    browser = in_language("zh-hans", busy["mayor"].client())
    browser.get(PAGE)
    move(case(State.FED_BACK), V.CLOSE, at=MORNING + 9 * QUARTER)
    follow()

    # Where the counters stand and whether the city is whole; tasks; indicators; which villages something came from.
    with queries_at_most(5 + SHELL):
        assert "100.00" in told(browser, PAGE)
    with queries_at_most(2 + SHELL):
        told(browser, PAGE)
    # Units are counted when somebody asks for them, and then they stand, too.
    with queries_at_most(4 + SHELL):
        told(browser, f"{PAGE}?by=unit")
    with queries_at_most(2 + SHELL):
        told(browser, f"{PAGE}?by=unit")


def test_the_records_behind_a_rate_are_listed_page_by_page(busy: Cast) -> None:
    for _ in range(60):
        case(State.REPORTED)
    browser = in_language("zh-hans", busy["mayor"].client())

    first = browser.get("/desk/figures/proof/file_rate/").content.decode()

    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    second = browser.get(older.group(1).replace("&amp;", "&")).content.decode()
    handles = [set(re.findall(r"/desk/cases/([A-Z0-9]+)/", page)) for page in (first, second)]
    assert [len(found) for found in handles] == [50, 12]
    assert not handles[0] & handles[1]


def test_both_halves_of_a_task_lead_to_their_records(busy: Cast) -> None:
    browser = in_language("zh-hans", busy["mayor"].client())

    assert "双河" in told(browser, "/desk/figures/proof/two-stacks/")
    assert "双河" in told(browser, "/desk/figures/proof/three-heaps/?part=self")
    assert "这里没有记录" in told(browser, "/desk/figures/proof/three-heaps/")


def test_every_number_of_the_page_leads_to_a_proof_that_opens(busy: Cast) -> None:
    browser = in_language("zh-hans", busy["mayor"].client())
    page = browser.get(PAGE).content.decode()

    proofs = {found.replace("&amp;", "&") for found in re.findall(r'href="(/desk/figures/proof/[^"]+)"', page)}

    assert len(proofs) > 25
    for proof in proofs:
        assert browser.get(proof).status_code == 200, proof


def test_an_unknown_figure_is_not_found(busy: Cast) -> None:
    assert busy["mayor"].client().get("/desk/figures/proof/beauty/").status_code == 404


def test_the_table_for_spreadsheets_has_numerator_and_denominator(busy: Cast) -> None:
    browser = in_language("zh-hans", busy["mayor"].client())
    rows = browser.get("/desk/figures/indicators.csv").content.decode("utf-8-sig").splitlines()

    assert rows[0].startswith("区域,指标,公式,分子,分母")
    assert any("结案率" in row and "÷" in row for row in rows)
    assert any(",–," in row for row in rows)


def test_figures_wait_until_the_records_are_whole(busy: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "_progress", [lambda: 40])

    said = told(in_language("zh-hans", busy["mayor"].client()), PAGE)
    answer = busy["mayor"].client().get("/desk/figures/indicators.csv")

    assert "40" in said
    assert "结案率" not in said
    assert answer.status_code != 200
