# SPDX-License-Identifier: Apache-2.0
"""A round in which every one of the 1,009 places of the demonstration's city is drawn and scored."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from jiayuan.inspections import queries, services
from jiayuan.inspections.enums import StrataBy
from jiayuan.kernel import clock
from jiayuan.people import queries as people
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from tests.cast import SYSTEM as BY
from tests.ground import suizhou
from tests.inspections.rounds import SHIPPED, plan, round_input
from tests.site.test_demonstration_rounds import member

__all__ = ["suizhou"]


@pytest.mark.nightly
def test_a_round_of_the_whole_city_is_drawn_at_once_scored_and_banded(
    suizhou: None, queries_at_most: Callable[[int], AbstractContextManager[Any]]
) -> None:
    at, city = clock.now(), places.city()
    assert city is not None
    services.load_sheets(folder=SHIPPED, by=BY, at=at)
    actors = {one.person_id: one for one in (people.actor_for(member(f"检查{n}", "inspector")) for n in range(5))}
    services.adopt_plan(given=plan(area=city.code), by=BY, at=at)
    given = round_input(area=city.code, strata_by=StrataBy.TOWN, per_stratum=999)
    row = services.prepare_round(given=given, by=BY, at=at)
    took = {}

    started = time.perf_counter()
    with queries_at_most(40):
        services.draw_places(round_id=row.pk, note="", by=BY, at=at)
    took["drawn"] = time.perf_counter() - started
    visits = list(row.visits.order_by("number").values_list("pk", "inspector_id"))
    started = time.perf_counter()
    for visit_id, inspector in visits:
        services.submit_visit(visit_id=visit_id, absent=(), expected=None, by=actors[inspector], at=at)
    took["scored"] = time.perf_counter() - started
    services.publish_round(round_id=row.pk, by=BY, at=at)
    view = queries.published_round(row.handle)
    assert view is not None
    started = time.perf_counter()
    with queries_at_most(6):
        found = queries.results_of(view)
    took["averaged"] = time.perf_counter() - started

    print(", ".join(f"{name} in {seconds:.2f} s" for name, seconds in took.items()))  # noqa: T201 – read with -s
    assert len(found.places) == len(places.known(Level.VILLAGE)) == 1009
    assert sum(mean.n for mean in found.counties) == 1009
    # Nothing was found anywhere, so nobody can be told from anybody.
    assert len(found.bands) == 1
