# SPDX-License-Identifier: Apache-2.0
"""Reading places costs no query until something was imported."""

import pytest
from pytest_django import DjangoAssertNumQueries

from jiayuan.places import queries, services
from jiayuan.places.enums import Level
from jiayuan.places.models import Division, GroundVersion


def test_once_read_places_are_answered_without_a_query(
    small_city: services.Report, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queries.propose(100.05, 30.05)
    queries.honeycomb()

    with django_assert_num_queries(0):
        queries.division("990101")
        queries.children("990101")
        queries.search("双河")
        queries.count()
        queries.units_for("990101100200")
        queries.propose(100.05, 30.05)
        queries.honeycomb()


def test_an_import_of_another_process_is_seen_after_the_interval(
    small_city: services.Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries.division("990101")
    Division.objects.filter(code="990101000000").update(short_name="东区")
    GroundVersion.objects.update(token="b" * 32)

    monkeypatch.setattr(queries, "STALE_SECONDS", 0.0)

    found = queries.division("990101")
    assert found is not None
    assert found.short_name == "东区"


def test_an_unknown_code_is_none_and_its_name_is_the_code(small_city: services.Report) -> None:
    assert queries.division("990199") is None
    assert queries.division("<script>") is None
    assert queries.path_name("990199") == "990199"
    assert queries.path_name("990101100200") == "柳塘镇双河村"


def test_a_search_gives_villages_unless_asked_for_more(small_city: services.Report) -> None:
    assert {place.level for place in queries.search("柳塘")} == {Level.VILLAGE}
    assert queries.search("柳塘镇", levels=[Level.TOWN])[0].code == "990101100000"


def test_a_search_stays_within_a_county(small_city: services.Report) -> None:
    assert [place.label for place in queries.search("shuanghe")] == ["柳塘镇双河村", "石磨镇双河村"]
    assert [place.label for place in queries.search("shuanghe", within="990121")] == ["石磨镇双河村"]


def test_the_city_is_found_by_itself(small_city: services.Report) -> None:
    city = queries.city()

    assert city is not None
    assert city.short_name == "云溪市"
    assert [place.short_name for place in queries.children(city.code)] == ["东桥区", "西坪县"]
