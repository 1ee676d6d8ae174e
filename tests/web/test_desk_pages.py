# SPDX-License-Identifier: Apache-2.0
"""To-do list, list of cases, inbox and dashboard, as each of the cast reads them."""

from urllib.parse import quote

import pytest

from jiayuan.cases.enums import State
from jiayuan.record import readers
from jiayuan.web.desk.pages import SHOWN
from tests.cast import MORNING, Cast
from tests.factories.cases import case
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db

STAFF = ("acceptor", "dispatcher", "street_office", "checker", "grid_worker", "mayor")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("url", ["/desk/", "/desk/cases/?state=all", "/desk/cases/?q=nothing", "/desk/notices/"])
def test_the_desk_is_whole_in_every_language(cast: Cast, url: str, language: str) -> None:
    for state in State:
        case(state)
    readers.relay(MORNING)

    for part in STAFF:
        told(in_language(language, cast[part].client()), url)


@pytest.mark.parametrize(
    ("part", "state", "heap"),
    [
        ("acceptor", State.REPORTED, "待受理"),
        ("acceptor", State.VERIFIED, "待受理"),
        ("grid_worker", State.VERIFYING, "待核实"),
        ("dispatcher", State.FILED, "待派遣"),
        ("street_office", State.DISPATCHED, "待处置"),
        ("checker", State.FED_BACK, "待核查"),
    ],
)
def test_what_waits_for_somebody_is_on_their_list(cast: Cast, part: str, state: State, heap: str) -> None:
    found = case(state)

    said = told(in_language("zh-hans", cast[part].client()), "/desk/")

    assert f"/desk/cases/{found.handle}/" in said
    assert heap in said


def test_whoever_has_nothing_to_do_is_told_so(cast: Cast) -> None:
    assert "没有待办" in told(in_language("zh-hans", cast["checker"].client()), "/desk/")


def test_a_long_heap_shows_its_first_rows_and_a_link_to_all(cast: Cast) -> None:
    browser, found = cast["acceptor"].client(), [case() for _ in range(SHOWN + 3)]

    short = told(in_language("zh-hans", browser), "/desk/")
    whole = told(in_language("zh-hans", browser), "/desk/?of=triage")

    assert short.count("data-row") == SHOWN
    assert 'href="?of=triage#triage">全部 11 项<' in short
    assert whole.count("data-row") == len(found)
    assert "?of=triage#triage" not in whole
    for one in found:
        assert f"/desk/cases/{one.handle}/" in whole


@pytest.mark.parametrize("of", ["nothing", "check", "\x00", "<script>"])
def test_no_heap_is_shown_whole_that_was_not_asked_for(cast: Cast, of: str) -> None:
    for _ in range(SHOWN + 1):
        case()

    assert told(cast["acceptor"].client(), f"/desk/?of={quote(of)}").count("data-row") == SHOWN


def test_the_to_do_list_asks_the_same_for_one_row_as_for_ten(cast: Cast) -> None:
    browser = cast["acceptor"].client()
    case()
    for_one = queries_of(browser, "/desk/")
    for _ in range(9):
        case()

    for_ten = queries_of(browser, "/desk/")

    assert len(for_one) == len(for_ten) <= SHELL + 5, for_ten


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("part", "url"), [("mayor", "/desk/figures/"), ("county_supervisor", "/desk/figures/")])
def test_the_dashboard_is_whole_in_every_language(cast: Cast, part: str, url: str, language: str) -> None:
    for state in State:
        case(state)
    readers.relay(MORNING)

    said = told(in_language(language, cast[part].client()), url)

    # One case in each of the ten open states, and the one that leads the merged one.
    assert 'class="value">11<' in said


def test_the_honeycomb_of_a_county_shows_its_villages_only(cast: Cast) -> None:
    of_the_city = told(cast["mayor"].client(), "/desk/figures/").count("<polygon")
    of_the_county = told(cast["county_supervisor"].client(), "/desk/figures/").count("<polygon")

    assert 0 < of_the_county < of_the_city
