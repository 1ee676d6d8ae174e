# SPDX-License-Identifier: Apache-2.0
"""The page about the data lists the real dates of the campaign, and no pack may tell a kind that has no words."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from jiayuan.web.front.dated import dated_facts


@pytest.mark.django_db
def test_the_page_lists_the_dated_meetings_in_their_order(settings: Settings, client: Client) -> None:
    settings.DEMO = True
    page = client.get("/about-the-data/", headers={"Accept-Language": "zh-hans"}).content.decode()
    days = [page.index(f'<time datetime="{day}">') for day in ("2024-09-10", "2024-11-16", "2024-12-04", "2025-01-03")]
    assert days == sorted(days)
    assert "京山" in page


def test_a_city_that_tells_nothing_has_no_dated_facts() -> None:
    assert dated_facts("small_city_that_is_not_there") == ()


@pytest.mark.parametrize("row", ["2024-09-31,city_meeting,,", "2024-09-30,parade,,"])
def test_a_wrong_day_or_an_unknown_kind_is_an_error(settings: Settings, tmp_path: Path, row: str) -> None:
    settings.BASE = tmp_path
    pack = tmp_path / "data" / "wrong"
    pack.mkdir(parents=True)
    (pack / "dated_facts.csv").write_text(f"on,kind,place,source\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"day is out of range|no such kind: parade"):
        dated_facts.__wrapped__("wrong")


def test_the_shipped_facts_begin_with_the_meeting_of_the_city() -> None:
    assert (dated_facts()[0].on, dated_facts()[0].kind) == (date(2024, 9, 10), "city_meeting")
