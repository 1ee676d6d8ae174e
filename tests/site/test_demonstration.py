# SPDX-License-Identifier: Apache-2.0
"""The demonstration: two hundred cases in every state, made once, in step with the record."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import jiayuan
from jiayuan.cases.enums import RUNNING, State
from jiayuan.cases.models import Case
from jiayuan.cases.queries import to_do
from jiayuan.kernel import clock
from jiayuan.people import queries as people
from jiayuan.places import queries as places
from jiayuan.places.services import load_city
from jiayuan.record import counters
from jiayuan.site import demonstration
from jiayuan.standards import queries as standards
from jiayuan.standards.services import load_standards, seed_calendar
from tests.cast import MORNING, SYSTEM
from tests.ground import SHIPPED

SUIZHOU = Path(jiayuan.__file__).parent / "data" / "suizhou"


@pytest.fixture
def suizhou(db: None) -> Iterator[None]:
    """The real city, as ./jiayuan demo loads it."""
    load_city(pack=SUIZHOU, by=SYSTEM, at=MORNING)
    load_standards(folder=SHIPPED, by=SYSTEM, at=MORNING)
    seed_calendar(by=SYSTEM, at=MORNING)
    yield
    places.forget()
    standards.forget()


def test_the_demonstration_has_two_hundred_cases_in_all_states_and_is_made_once(suizhou: None) -> None:
    assert demonstration.load() == demonstration.CASES == 200
    assert demonstration.load() == 0

    stand = Counter(Case.objects.values_list("state", flat=True))
    assert sum(stand.values()) == 200
    assert set(stand) == set(State)
    assert counters.recount().wrong == ()
    assert not Case.objects.filter(moved_at__gt=clock.now()).exists()
    overdue = Case.objects.filter(state__in=RUNNING, due_at__lt=clock.now()).count()
    assert overdue < Case.objects.filter(state__in=RUNNING).count() / 2
    assert {"acceptor", "dispatcher", "handler", "checker", "grid_worker"} <= _roles_with_work()


def _roles_with_work() -> set[str]:
    """The roles of which somebody finds something to do."""
    everybody = [(login.role, people.account_named(login.username)) for login in demonstration.logins()]
    return {role for role, account_id in everybody if to_do(people.actor_for(account_id))}
