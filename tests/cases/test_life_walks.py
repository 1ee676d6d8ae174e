# SPDX-License-Identifier: Apache-2.0
"""Many walks through the life of cases, by chance: after every step the house is in order.

A walk reports cases here and there, tries every move on any of them by anybody, and lets the counters catch up when it
likes. Whatever happened, the record, the rows and the numbers say the same.
"""

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from typing_extensions import override

from jiayuan.cases.enums import ENDED, RUNNING, WITH_UNIT, State, V
from jiayuan.cases.events import CaseReturnConfirmed, CaseReturned, CaseVoided
from jiayuan.cases.lifecycle import LIFE, OPEN_TO_ALL
from jiayuan.cases.models import Case, Request, Timer
from jiayuan.cases.queries import history_of, moves_of
from jiayuan.cases.services import CaseId, resume_due
from jiayuan.cases.tallies import CAME, standing
from jiayuan.cases.tallies import ENDED as ENDED_MEASURE
from jiayuan.kernel import clock
from jiayuan.kernel.access import ANONYMOUS, Actor, Area, Grant
from jiayuan.kernel.errors import Refused
from jiayuan.record import counters, readers
from tests.cases.record import course
from tests.cast import CITY, COMMUNITY, DISTRICT, MORNING, NEXT_DISTRICT, NEXT_VILLAGE, SYSTEM
from tests.factories.cases import case_for, condition_of, move, photo, report, unit_id

UNDER_WAY = (State.FILED, State.RETURNED, *WITH_UNIT)
LETS_GO = (CaseReturned, CaseVoided, CaseReturnConfirmed)
MADE: set[V] = set()
"""Every move that this walk made."""
UNITS = {COMMUNITY: "YX-990101001", "990101100200": "YX-990101100", NEXT_VILLAGE: "YX-990121100"}


def _post(role: str, *, area: str = DISTRICT, unit: str = "", person_id: int) -> Actor:
    held = unit_id(unit) if unit else None
    grant = Grant(role=role, area=Area(area), unit_id=held)
    return Actor(person_id=person_id, grants=(grant,), unit_ids=frozenset({held} if held else ()))


def company() -> list[Actor]:
    """Everybody who may come by, among them some who may do nothing here and one who checks the own unit."""
    handler = _post("handler", area=CITY, unit=UNITS[COMMUNITY], person_id=3)
    checker = _post("checker", person_id=4)
    return [
        SYSTEM,
        ANONYMOUS,
        _post("duty_chief", person_id=1),
        _post("grid_worker", person_id=2),
        handler,
        checker,
        _post("duty_chief", area=NEXT_DISTRICT, person_id=5),
        Actor(person_id=6, grants=handler.grants + checker.grants, unit_ids=handler.unit_ids),
        Actor(person_id=3, grants=checker.grants),
        _post("county_supervisor", person_id=7),
    ]


class Life(RuleBasedStateMachine):
    """A city with a handful of cases."""

    cases = Bundle("cases")
    first: V

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.company = company()
        self.now = MORNING
        MADE.clear()

    @override
    def teardown(self) -> None:
        """Take the whole walk back."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(target=cases, village=st.sampled_from(sorted(UNITS)), tile=st.sampled_from(["rubbish", "sheds", "wires"]))
    def somebody_reports(self, village: str, tile: str) -> int:
        return report(village=village, tile=tile, at=self.now).pk

    @initialize(target=cases)
    def the_first_move_is_made(self) -> int:
        return self._lead_to(self.first)

    @rule(target=cases, verb=st.sampled_from(list(V)))
    def a_move_that_is_possible_is_made(self, verb: V) -> int:
        return self._lead_to(verb)

    def _lead_to(self, verb: V) -> int:
        found = case_for(verb)
        self.now = max(self.now, found.moved_at)
        if verb not in (V.ASK_EXTENSION, V.GRANT_EXTENSION, V.REFUSE_EXTENSION) or (
            found.due_at is not None and found.due_at > self.now
        ):
            assert self._try(found, verb, SYSTEM, 0)
        return found.pk

    @rule(case_id=cases, verb=st.sampled_from(list(V)), who=st.integers(0, 9), minutes=st.integers(0, 2000))
    def somebody_tries_a_move(self, case_id: int, verb: V, who: int, minutes: int) -> None:
        self._try(Case.objects.get(pk=case_id), verb, self.company[who], minutes)

    @rule(case_id=cases, number=st.integers(0, 9), minutes=st.integers(0, 2000))
    def the_system_goes_on(self, case_id: int, number: int, minutes: int) -> None:
        found = Case.objects.get(pk=case_id)
        self.now += timedelta(minutes=minutes)
        if verbs := moves_of(SYSTEM, found, history_of(found), at=self.now):
            assert self._try(found, verbs[number % len(verbs)], SYSTEM, 0)

    @rule(days=st.integers(1, 90))
    def time_passes_and_what_was_shelved_goes_on(self, days: int) -> None:
        self.now += timedelta(days=days)
        resume_due(by=SYSTEM, at=self.now)
        assert not Case.objects.filter(state=State.SHELVED, shelved_until__lt=clock.on(self.now)).exists()

    def _try(self, found: Case, verb: V, by: Actor, minutes: int) -> bool:
        """Make a move; it must succeed exactly when the buttons offered it."""
        self.now += timedelta(minutes=minutes)
        offered = verb in moves_of(by, found, history_of(found), at=self.now)
        more: dict[str, Any] = {"unit_id": unit_id(UNITS[found.village])} if verb is V.DISPATCH else {}
        if verb in (V.FEED_BACK, V.HAND_IN):
            more = {"evidence": [photo(at=self.now)]}
        if verb is V.ASK_SHELVING:
            more = {"until": clock.on(self.now) + timedelta(days=30)}
        if verb is V.MERGE:
            # Into a case of the same village: whoever reaches only this one could not merge it anywhere else.
            more = {"into_id": CaseId(report(at=found.reported_at, village=found.village).pk)}
        if verb is V.FILE:
            # The longest limit, so that more time can be asked for.
            more = {"condition_id": condition_of(found, -1)}
        try:
            with transaction.atomic():
                moved = move(found, verb, by=by, at=self.now, **more)
        except Refused as refusal:
            assert not offered, f"{verb} was offered in {found.state} and refused: {refusal.code}"
            return False
        # Whoever holds the receipt may ask without any post, so nobody offers it to them as a button of the desk.
        assert offered or (verb in OPEN_TO_ALL and not by.is_staff)
        assert moved.state == LIFE[verb].after(State(found.state))
        MADE.add(verb)
        return True

    @rule()
    def the_counters_catch_up(self) -> None:
        readers.catch_up(counters.READER, self.now)

    @invariant()
    def the_state_is_where_the_latest_event_went(self) -> None:
        for found in Case.objects.order_by("pk"):
            events = course(found)
            assert len(events) == found.version + 1
            assert events[-1].to == found.state
            steps = pairwise(events)
            assert all(before.to == after.came_from for before, after in steps)

    @invariant()
    def no_deadline_moves_without_an_event_that_says_so(self) -> None:
        for found in Case.objects.order_by("pk"):
            due = None
            for event in course(found):
                due = None if isinstance(event, LETS_GO) else getattr(event, "due_at", None) or due
            assert found.due_at == due, course(found)

    @invariant()
    def the_clocks_say_the_same_as_the_cases(self) -> None:
        for found in Case.objects.order_by("pk"):
            running = {timer.stage: timer for timer in Timer.objects.filter(case=found, ended_at=None)}
            assert ("check" in running) == (found.state == State.FED_BACK)
            assert ("verify" in running) == (found.state == State.VERIFYING)
            assert ("dispatch" in running) == (found.state == State.FILED)
            assert ("whole" in running) == (found.state in UNDER_WAY)
            assert ("handle" in running) == (found.state in (*RUNNING, State.SHELVED, State.RETURNED))
            if handle := running.get("handle"):
                assert (handle.paused_at is not None) == (found.state in (State.SHELVED, State.RETURNED))
                assert found.unit_id is None or handle.due_at == found.due_at
            if found.state == State.FED_BACK:
                ended = Timer.objects.filter(case=found, stage="handle").order_by("-started_at", "-pk").first()
                assert ended is not None
                assert ended.ended_at == found.fed_back_at

    @invariant()
    def what_is_asked_is_what_waits_for_an_answer(self) -> None:
        for found in Case.objects.order_by("pk"):
            kinds = Request.objects.filter(case=found, state="open").values_list("kind", flat=True)
            assert {code.removesuffix("_second") for code in found.asked} == set(kinds)

    @invariant()
    def the_counters_after_relay_are_what_is_there(self) -> None:
        readers.catch_up(counters.READER, self.now)
        assert counters.recount().wrong == ()
        there = Counter(Case.objects.values_list("state", flat=True))
        told = {
            state: sum(number.n for number in counters.numbers(measures=[standing(state)], level="city"))
            for state in State
        }
        assert told == {state: there[state] for state in State}
        flows = counters.numbers(measures=[CAME, ENDED_MEASURE], level="city")
        assert sum(one.n for one in flows if one.measure == CAME) == sum(there.values())
        assert sum(one.n for one in flows if one.measure == ENDED_MEASURE) == there[State.CLOSED]

    @invariant()
    def what_has_ended_stays_ended(self) -> None:
        assert not Case.objects.filter(state__in=ENDED, ended_at=None).exists()
        connection.check_constraints()


def walk(first: V, wanted: settings) -> None:
    """Walk from one move on; the first try is hypothesis's simplest and says little."""
    beginning = type(f"LifeFrom{first.value.title().replace('_', '')}", (Life,), {"first": first})
    run_state_machine_as_test(beginning, settings=wanted)


@pytest.mark.parametrize("verb", list(V))
def test_a_walk_from_every_move_of_the_table_keeps_the_house_in_order(ground: None, verb: V) -> None:
    walk(
        verb,
        settings(
            max_examples=3,
            phases=[Phase.generate],  # a walk that fails is short enough to be read as it is
            stateful_step_count=16,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert verb in MADE


@pytest.mark.nightly
@pytest.mark.parametrize("verb", list(V))
def test_a_thousand_walks_keep_the_house_in_order(ground: None, verb: V) -> None:
    walk(
        verb,
        settings(max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)),
    )
