# SPDX-License-Identifier: Apache-2.0
"""The front page asks one question, shows three numbers, and names no person."""

import pytest

from jiayuan.cases.enums import State
from jiayuan.record import readers
from jiayuan.record.models import Cursor
from tests.cast import MORNING, Cast
from tests.factories.cases import case
from tests.web.stories import LANGUAGES, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_is_whole_in_every_language(language: str) -> None:
    case(State.CLOSED)
    case(State.HANDLING)
    readers.relay(MORNING)

    said = told(in_language(language), "/")

    assert 'href="/report/"' in said
    assert "jiayuan/honeycomb.css" in said
    values = [part.split("<")[0] for part in said.split('class="value">')[1:]]
    assert values == ["2", "1", "1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_about_data_is_there_in_every_language(language: str) -> None:
    told(in_language(language), "/privacy/")


def test_the_front_page_asks_four_times_at_most() -> None:
    case(State.HANDLING)
    readers.relay(MORNING)

    asked = queries_of(in_language("zh-hans"), "/")

    assert len(asked) <= 4, asked


@pytest.mark.parametrize("path", ["/", "/desk/figures/", "/desk/figures/indicators/"])
def test_no_page_tells_figures_while_the_city_is_being_loaded(cast: Cast, path: str) -> None:
    case(State.CLOSED)
    readers.relay(MORNING)
    browser = in_language("zh-hans", cast["mayor"].client())
    assert "j-number" in told(browser, path)
    for mark, position in (("season", 3), ("season.whole", 10)):
        Cursor.objects.create(reader=mark, position=position)

    said = told(browser, path)

    assert "数据还在载入（30%）" in said.replace(" ", "")
    assert "j-number" not in said
    assert "j-comb" not in said
