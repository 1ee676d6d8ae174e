# SPDX-License-Identifier: Apache-2.0
"""The demonstration: two hundred cases in every state, made once, in step with the record."""

from collections import Counter

from jiayuan.cases.enums import RUNNING, State
from jiayuan.cases.models import Case
from jiayuan.cases.queries import to_do
from jiayuan.duties.enums import UnitState, WhistleState
from jiayuan.duties.models import Whistle, WhistleUnit
from jiayuan.kernel import clock
from jiayuan.people import queries as people
from jiayuan.record import counters
from jiayuan.site import demonstration


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
    assert set(Whistle.objects.values_list("state", flat=True)) == set(WhistleState)
    late = WhistleUnit.objects.filter(due_at__lt=clock.now()).values_list("organisation__name", flat=True)
    refusing = WhistleUnit.objects.filter(state=UnitState.REFUSING).values_list("organisation__name", flat=True)
    assert late and refusing
    assert all("演示单位" in name for name in (*late, *refusing))
    assert {"acceptor", "dispatcher", "handler", "checker", "grid_worker"} <= _roles_with_work()


def _roles_with_work() -> set[str]:
    """The roles of which somebody finds something to do."""
    everybody = [(login.role, people.account_named(login.username)) for login in demonstration.logins()]
    return {role for role, account_id in everybody if to_do(people.actor_for(account_id))}
