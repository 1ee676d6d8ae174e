# SPDX-License-Identifier: Apache-2.0
"""Two at once, on connections of their own: one winner for one move, and no result that is lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from jiayuan.duties import queries, services
from jiayuan.duties.enums import WhistleState
from jiayuan.duties.intake import CallInput
from jiayuan.duties.models import Whistle, WhistleUnit
from jiayuan.kernel.errors import Stale
from jiayuan.record.queries import happened_to
from tests.cast import BUREAU, MORNING, SMALL_CITY, STREET_OFFICE, SYSTEM
from tests.factories.whistles import DISTRICT_OFFICE, applied, called, fresh, sign_and_arrive, unit_id
from tests.ground import committed_ground

__all__ = ["committed_ground"]
pytestmark = [pytest.mark.usefixtures("committed_lists"), pytest.mark.xdist_group("real_commits")]


@pytest.fixture
def committed_lists(committed_ground: None) -> Iterator[None]:
    queries.forget()
    services.load_lists(folder=SMALL_CITY / "duties", by=SYSTEM, at=MORNING)
    yield
    queries.forget()


def together(*works: Callable[[], object]) -> list[object]:
    """What each of several connections got, or what it ran into; they start together."""
    start = Barrier(len(works))

    def one(work: Callable[[], object]) -> object:
        try:
            start.wait(timeout=20)
            return work()
        except Stale as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [done.result() for done in [pool.submit(one, work) for work in works]]


def test_two_who_call_units_at_the_same_moment_call_one_lead() -> None:
    found = applied()

    def assign(code: str) -> Whistle:
        given = CallInput(lead=unit_id(code))
        return services.assign_whistle(whistle_id=found.pk, given=given, by=SYSTEM, at=MORNING)

    got = together(lambda: assign(BUREAU), lambda: assign(STREET_OFFICE))

    assert sum(isinstance(one, Stale) for one in got) == 1
    assert WhistleUnit.objects.get().role == "lead"


def test_two_of_a_unit_who_sign_on_at_the_same_moment_sign_once() -> None:
    found = called()

    def sign() -> WhistleUnit:
        return services.sign_whistle(whistle_id=found.pk, unit_id=unit_id(), by=SYSTEM, at=MORNING)

    got = together(sign, sign)

    assert sum(isinstance(one, Stale) for one in got) == 1
    assert [item.event.KIND for item in happened_to(found.ref)].count("duties.whistle_signed") == 1


def test_two_last_results_told_at_the_same_moment_hand_the_whistle_back_once() -> None:
    found = called(assisting=(STREET_OFFICE, DISTRICT_OFFICE))
    every = (BUREAU, STREET_OFFICE, DISTRICT_OFFICE)
    for code in every:
        sign_and_arrive(found, code)

    def tell(code: str) -> Callable[[], object]:
        return lambda: services.tell_result(
            whistle_id=found.pk, unit_id=unit_id(code), told="已清。", by=SYSTEM, at=MORNING
        )

    got = together(*map(tell, every))

    assert not any(isinstance(one, Stale) for one in got)
    assert fresh(found).state == WhistleState.ANSWERED
    assert [item.event.KIND for item in happened_to(found.ref)].count("duties.whistle_answered") == 1
