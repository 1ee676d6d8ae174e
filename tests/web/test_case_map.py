# SPDX-License-Identifier: Apache-2.0
"""The map: gathered by the database, inside the reader's reach, never more than 500 marks, two queries."""

from random import Random

import pytest
from django.test import Client

from jiayuan.cases.enums import State
from jiayuan.cases.models import Case
from jiayuan.cases.queries.map import MOST_MARKS
from tests.cast import NEXT_VILLAGE, Cast
from tests.factories.cases import case, report
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db
BOX = "box=113,31,114,32"


def stands(case: Case, lon: float, lat: float) -> Case:
    Case.objects.filter(pk=case.pk).update(lon=lon, lat=lat)
    return case


def marks(browser: Client, address: str = f"state=all&{BOX}") -> list[list[object]]:
    answer = browser.get(f"/desk/cases/map/points/?{address}")
    assert answer.status_code == 200
    found: list[list[object]] = answer.json()["marks"]
    return found


def test_neighbours_are_gathered_and_the_lonely_lead_to_their_case(cast: Cast) -> None:
    for number in range(3):
        stands(report(), 113.5 + number / 10_000, 31.5)
    alone = stands(report(), 113.9, 31.9)

    many, one = marks(cast["acceptor"].client())

    assert many[2] == 3
    assert one[2] == 1 and one[-1] == f"/desk/cases/{alone.handle}/"


def test_nothing_outside_the_reach_or_the_box_is_on_the_map(cast: Cast) -> None:
    stands(report(village=NEXT_VILLAGE), 113.5, 31.5)
    stands(report(), 115.5, 31.5)
    report()

    assert marks(cast["acceptor"].client()) == []


def test_the_filter_of_the_list_holds_on_the_map(cast: Cast) -> None:
    stands(case(State.HANDLING), 113.5, 31.5)
    stands(report(), 113.9, 31.9)

    assert len(marks(cast["acceptor"].client(), f"state=triage&{BOX}")) == 1


def test_an_answer_is_bounded(cast: Cast) -> None:
    rng = Random(7)
    first = report()
    columns = {
        field.attname: getattr(first, field.attname) for field in Case._meta.concrete_fields if field.name != "id"
    }
    made = [
        Case(**columns | {"handle": f"{n:011d}", "client_id": f"00000001-0000-4000-8000-{n:012d}"}) for n in range(900)
    ]
    for one in made:
        one.lon, one.lat = rng.uniform(113, 114), rng.uniform(31, 32)
    Case.objects.bulk_create(made)

    found = marks(cast["acceptor"].client())

    assert len(found) <= MOST_MARKS
    assert sum(int(str(mark[2])) for mark in found) == 900


def test_the_marks_ask_twice(cast: Cast) -> None:
    for _ in range(5):
        stands(report(), 113.5, 31.5)
    stands(report(), 113.9, 31.9)

    assert len(queries_of(cast["acceptor"].client(), f"/desk/cases/map/points/?state=all&{BOX}")) <= SHELL + 2


@pytest.mark.parametrize("box", ["", "1,2,3", "a,b,c,d", "114,31,113,32", "nan,nan,nan,nan", "-inf,0,inf,1"])
def test_a_box_that_is_none_gathers_nothing(cast: Cast, box: str) -> None:
    stands(report(), 113.5, 31.5)

    assert marks(cast["acceptor"].client(), f"state=all&box={box}") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_with_and_without_positions(cast: Cast, language: str) -> None:
    browser = in_language(language, cast["acceptor"].client())
    found = report()

    assert "data-map" not in told(browser, "/desk/cases/map/?state=all").replace("data-map-says", "")
    stands(found, 113.5, 31.5)

    assert "data-map" in told(browser, "/desk/cases/map/?state=all")
