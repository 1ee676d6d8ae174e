# SPDX-License-Identifier: Apache-2.0
"""The front page asks one question, shows three numbers, and names no person."""

import pytest

from jiayuan.cases.enums import State
from jiayuan.record import readers
from tests.cast import MORNING
from tests.factories.cases import case
from tests.web.stories import LANGUAGES, ground, in_language, queries_of, told

__all__ = ["ground"]

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
