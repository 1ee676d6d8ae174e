# SPDX-License-Identifier: Apache-2.0
"""What holds for every move alike: where it may start, who may make it, and that nobody moves an older case."""

from typing import Any

import pytest
from django.db.models import QuerySet

from jiayuan.cases.enums import ENDED, State, V
from jiayuan.cases.events import CheckerDrawn
from jiayuan.cases.lifecycle import LIFE, OPEN_TO_ALL, moves_from
from jiayuan.cases.models import Case
from jiayuan.kernel.access import ANONYMOUS, Actor, Area, Grant, Scope, roles
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.people.models import Person
from jiayuan.record.models import StoredEvent
from tests.cast import CITY, DISTRICT, MORNING, NEXT_DISTRICT, STREET_OFFICE
from tests.factories.cases import QUARTER, case_for, move, unit_id

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 10 * QUARTER
every_move = pytest.mark.parametrize("verb", list(V))
NOTHING: dict[V, dict[str, Any]] = {
    V.FIND: {"finding": ""},
    V.FILE: {"condition_id": 0},
    V.REJECT: {"reason": ""},
    V.DISPATCH: {"unit_id": 0},
    V.RETURN: {"reason": ""},
    V.FEED_BACK: {"evidence": []},
    V.SEND_BACK: {"reason": ""},
    V.REFUSE_RETURN: {"reason": ""},
    V.HAND_IN: {"evidence": []},
    V.ASK_EXTENSION: {"until": None},
    V.REFUSE_EXTENSION: {"reason": ""},
    V.ASK_SHELVING: {"until": None},
    V.REFUSE_SHELVING: {"reason": ""},
    V.URGE: {"reason": ""},
    V.SPLIT: {"parts": ()},
    V.MERGE: {"into_id": 0},
    V.VOID: {"reason": ""},
    V.FORCE_CLOSE: {"reason": ""},
    V.APPEAL: {"reason": ""},
    V.REVIEW_APPEAL: {"answered": ""},
    V.DECIDE_APPEAL: {"answered": ""},
    V.CALL_BACK: {"result": ""},
    V.LOOK_BACK: {"result": ""},
    V.ASK_REOPEN: {"reason": ""},
    V.REOPEN: {"note": ""},
    V.RECONSIDER: {"note": ""},
    V.REFUSE_REOPEN: {"note": ""},
}
"""What is left out so that one need is not met; the field that asks for it is named like the need."""


def start_of(verb: V) -> State:
    return LIFE[verb].sources[0]


def goes_to(verb: V, state: State) -> State:
    return LIFE[verb].after(state)


SOMEBODY = 77


def holding(role: str, *, area: str, unit: int | None = None, person_id: int = SOMEBODY) -> Actor:
    """Somebody with one post."""
    grant = Grant(role=role, area=Area(area), unit_id=unit)
    return Actor(account_id=None, person_id=person_id, grants=(grant,), unit_ids=frozenset({unit} if unit else ()))


def untouched(found: Case) -> bool:
    """Whether neither the case nor its record moved."""
    now = Case.objects.get(pk=found.pk)
    return (now.state, now.version) == (found.state, found.version) and steps_of(found).count() == found.version + 1


def steps_of(found: Case) -> QuerySet[StoredEvent]:
    """The steps of a case; that a checker was drawn is none."""
    of_case = StoredEvent.objects.filter(subject_kind="case", subject_id=found.pk, kind__startswith="cases.")
    return of_case.exclude(kind=CheckerDrawn.KIND)


@every_move
def test_a_move_starts_in_its_states_and_in_no_other(verb: V) -> None:
    for state in State:
        found = case_for(verb, state)
        if state in LIFE[verb].sources:
            assert move(found, verb, at=LATER).state == goes_to(verb, state)
            continue

        with pytest.raises(Stale) as refused:
            move(found, verb, at=LATER)

        assert refused.value.code == "wrong_state"
        assert untouched(found)


@every_move
def test_a_move_on_a_case_that_was_moved_meanwhile_is_refused(verb: V) -> None:
    found = case_for(verb)

    with pytest.raises(Stale) as refused:
        move(found, verb, at=LATER, version=found.version + 1)

    assert refused.value.code == "moved_on"
    assert untouched(found)


@every_move
def test_whose_post_does_not_give_the_permission_is_refused(verb: V) -> None:
    found = case_for(verb)
    lacking = [role for role in roles() if LIFE[verb].by not in role.permissions]
    assert lacking

    for role in lacking:
        unit = unit_id() if role.scope is Scope.UNIT else None
        with pytest.raises(NotPermitted):
            move(found, verb, by=holding(role.code, area=CITY, unit=unit), at=LATER)
    if verb in OPEN_TO_ALL:
        assert move(found, verb, by=ANONYMOUS, at=LATER).version == found.version + 1
        return
    with pytest.raises(NotPermitted):
        move(found, verb, by=ANONYMOUS, at=LATER)

    assert untouched(found)


@every_move
def test_the_same_post_in_the_next_district_or_in_another_unit_is_refused(verb: V) -> None:
    found = case_for(verb)
    giving = [role for role in roles() if LIFE[verb].by in role.permissions]
    assert giving

    for role in giving:
        unit = unit_id("YX-990121100") if role.scope is Scope.UNIT else None
        area = CITY if unit else NEXT_DISTRICT
        with pytest.raises(NotPermitted):
            move(found, verb, by=holding(role.code, area=area, unit=unit), at=LATER, version=found.version + 1)

    assert untouched(found)


@every_move
def test_the_post_that_gives_the_permission_here_is_enough(verb: V) -> None:
    # Whoever checks where nobody could be drawn is written into the draw, so there has to be such a person.
    Person.objects.create(pk=SOMEBODY)
    for role in roles():
        if LIFE[verb].by in role.permissions:
            unit = unit_id(STREET_OFFICE) if role.scope is Scope.UNIT else None
            found = case_for(verb)

            moved = move(found, verb, by=holding(role.code, area=DISTRICT, unit=unit), at=LATER, version=found.version)

            there = goes_to(verb, start_of(verb))
            assert (moved.state, moved.version, moved.moved_at) == (there, found.version + 1, LATER)


@pytest.mark.parametrize("verb", [verb for verb in V if LIFE[verb].needs])
def test_a_move_that_lacks_what_it_needs_is_refused_beside_the_question(verb: V) -> None:
    found = case_for(verb)

    with pytest.raises(Refused) as refused:
        move(found, verb, at=LATER, **NOTHING[verb])

    assert refused.value.field in LIFE[verb].needs
    assert refused.value.code == f"missing_{refused.value.field}"
    assert untouched(found)


@every_move
def test_a_move_writes_one_event_that_says_where_the_case_came_from_and_went(verb: V) -> None:
    found = case_for(verb)

    moved = move(found, verb, at=LATER)

    event = steps_of(found).order_by("position").last()
    assert event is not None
    assert (event.subject_kind, event.subject_id, event.at) == ("case", found.pk, LATER)
    assert f'"came_from":"{start_of(verb)}"' in event.payload
    assert f'"to":"{moved.state}"' in event.payload
    assert f'"place":"{found.village}"' in event.payload


def test_every_move_that_needs_something_is_refused_without_it_somewhere_above() -> None:
    assert set(NOTHING) == {verb for verb in V if LIFE[verb].needs}


def test_nothing_is_left_to_do_in_the_end_and_something_everywhere_else() -> None:
    assert [state for state in State if not moves_from(state)] == [State.VOID, State.MERGED]
    assert all(LIFE[verb].to in (None, State.REPORTED, State.REWORK) for state in ENDED for verb in moves_from(state))


def test_the_clock_runs_from_dispatch_to_feedback_and_is_charged_no_check() -> None:
    effects = {verb.value: row.clock.value for verb, row in LIFE.items() if row.clock != "none"}

    assert effects == {
        "dispatch": "start",
        "return": "pause",
        "confirm_return": "stop",
        "refuse_return": "resume",
        "feed_back": "stop",
        "send_back": "restart",
        "grant_extension": "extend",
        "shelve": "pause",
        "resume": "resume",
        "void": "stop",
        "force_close": "stop",
        "reopen": "restart",
    }
