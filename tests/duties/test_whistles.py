# SPDX-License-Identifier: Apache-2.0
"""A whistle goes its way: applied, reviewed, triaged, answered, rated; each step by whoever may take it there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jiayuan.duties import queries, services
from jiayuan.duties.enums import NoWhistle, Outside, U, UnitState, W, WhistleKind, WhistleState
from jiayuan.duties.events import WhistleApplied, WhistleRated, WhistleUnitCalled
from jiayuan.duties.intake import CallInput, Rating
from jiayuan.duties.lifecycle import CALLED_UNIT, UNPRESSED, WHISTLE
from jiayuan.duties.models import Whistle, WhistleText, WhistleUnit
from jiayuan.kernel.access import Actor, Area, Grant, Scope, roles
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.record.queries import happened_to
from tests.cast import BUREAU, COMMUNITY, DISTRICT, MORNING, NEXT_DISTRICT, STREET_OFFICE, SYSTEM, Cast, cast
from tests.duties.lists import DUST, STALLS, entry, lists, publish_next
from tests.factories.whistles import (
    CLAUSE,
    DISTRICT_OFFICE,
    answer,
    applied,
    called,
    fresh,
    refuse,
    sign_and_arrive,
    unit_id,
    wanted,
    whistle,
)
from tests.ground import ground, small_town

__all__ = ["cast", "ground", "lists", "small_town"]
pytestmark = pytest.mark.usefixtures("lists")
S = WhistleState
MARKS = Rating(speed=5, handling=4, result=3)


def states(found: Whistle) -> dict[str, str]:
    return dict(found.units.order_by("id").values_list("organisation__code", "state"))


def told(found: Whistle) -> list[str]:
    return [item.event.KIND.removeprefix("duties.whistle_") for item in happened_to(found.ref)]


def make(verb: W, found: Whistle, by: Actor, **given: Any) -> Whistle:
    """A move of the table, made by somebody."""
    common: dict[str, Any] = {"whistle_id": found.pk, "by": by, "at": MORNING}
    reason: dict[str, Any] = {"reason": NoWhistle.TWICE, "note": ""}
    work: dict[W, Callable[[], Whistle]] = {
        W.APPROVE: lambda: services.approve_whistle(**common | given),
        W.TURN_DOWN: lambda: services.turn_whistle_down(**common | reason | given),
        W.DISMISS: lambda: services.dismiss_whistle(**common | reason | given),
        W.WITHDRAW: lambda: services.withdraw_whistle(**common | given),
        W.LINK: lambda: services.link_case(**common | {"handle": "7K3M9P2RTXA"} | given),
        W.ASSIGN: lambda: services.assign_whistle(**common | {"given": CallInput(lead=unit_id())} | given),
        W.RATE: lambda: services.rate_whistle(**common | {"given": MARKS} | given),
    }
    return work[verb]()


def make_unit(verb: U, found: Whistle, by: Actor, code: str = BUREAU) -> WhistleUnit:
    """A move of a called unit, made by somebody."""
    common: dict[str, Any] = {"whistle_id": found.pk, "unit_id": unit_id(code), "by": by, "at": MORNING}
    work: dict[U, Callable[[], WhistleUnit]] = {
        U.SIGN: lambda: services.sign_whistle(**common),
        U.ARRIVE: lambda: services.arrive_at_whistle(**common),
        U.TELL_MEASURES: lambda: services.tell_measures(told="先清后查。", **common),
        U.TELL_RESULT: lambda: services.tell_result(told="已清。", **common),
        U.REFUSE: lambda: services.refuse_whistle(clause=CLAUSE, note="", **common),
        U.RELEASE: lambda: services.release_unit(instead=unit_id(DISTRICT_OFFICE), outside=None, **common),
        U.INSIST: lambda: services.insist_on_unit(note="", **common),
    }
    return work[verb]()


def holder(permission: Any, *, area: str = DISTRICT, unit: int | None = None, inside: bool = True) -> Actor:
    """Somebody with exactly the first role that gives a permission, or with every other role and not this one."""
    grants = tuple(
        Grant(role=role.code, area=Area(area), unit_id=unit if role.scope is Scope.UNIT else None)
        for role in roles()
        if (permission in role.permissions) is inside
    )
    return Actor(account_id=1_000_001, person_id=None, grants=grants[:1] if inside else grants)


PRESSED = [(verb, state) for verb, row in WHISTLE.items() if verb not in UNPRESSED for state in row.sources]
UNIT_PATHS: dict[UnitState, tuple[U, ...]] = {
    UnitState.CALLED: (),
    UnitState.SIGNED: (U.SIGN,),
    UnitState.ON_SITE: (U.SIGN, U.ARRIVE),
    UnitState.ANSWERED: (U.SIGN, U.ARRIVE, U.TELL_RESULT),
    UnitState.REFUSING: (U.REFUSE,),
}


def in_state(state: WhistleState, cast: Cast) -> Whistle:
    return whistle(state, by=cast["village_clerk"].actor if state is S.APPLIED else SYSTEM)


def unit_in(state: UnitState) -> Whistle:
    found = called()
    for verb in UNIT_PATHS[state]:
        make_unit(verb, found, SYSTEM)
    return fresh(found)


@pytest.mark.parametrize(("verb", "state"), PRESSED)
def test_each_move_of_the_table_starts_where_the_table_says_and_leads_where_it_says(
    verb: W, state: WhistleState, cast: Cast
) -> None:
    found = in_state(state, cast)

    moved = make(verb, found, SYSTEM)

    assert fresh(moved).state == WHISTLE[verb].after(state)
    assert fresh(moved).version == found.version + 1


ELSEWHERE = [
    (verb, state)
    for verb, row in WHISTLE.items()
    for state in WhistleState
    if verb not in UNPRESSED and state not in row.sources
]


@pytest.mark.parametrize(("verb", "state"), ELSEWHERE)
def test_a_move_from_anywhere_else_is_told_as_moved_on_and_writes_nothing(
    verb: W, state: WhistleState, cast: Cast
) -> None:
    found = in_state(state, cast)

    with pytest.raises(Stale):
        make(verb, found, SYSTEM)

    assert (fresh(found).state, fresh(found).version) == (state, found.version)


@pytest.mark.parametrize(("verb", "state"), PRESSED)
def test_only_whoever_the_table_names_moves_a_whistle_and_only_at_home(
    verb: W, state: WhistleState, cast: Cast
) -> None:
    found, may = in_state(state, cast), WHISTLE[verb].by

    for nobody in (holder(may, inside=False), holder(may, area=NEXT_DISTRICT)):
        with pytest.raises(NotPermitted):
            make(verb, found, nobody)

    assert make(verb, found, holder(may)).version == found.version + 1


UNIT_MOVES = [(verb, state) for verb, row in CALLED_UNIT.items() for state in row.sources]


@pytest.mark.parametrize(("verb", "state"), UNIT_MOVES)
def test_each_move_of_a_unit_starts_where_the_table_says_and_leads_where_it_says(verb: U, state: UnitState) -> None:
    found = unit_in(state)

    row = make_unit(verb, found, SYSTEM)

    assert WhistleUnit.objects.get(pk=row.pk).state == CALLED_UNIT[verb].after(state)


UNIT_ELSEWHERE = [
    (verb, state) for verb, row in CALLED_UNIT.items() for state in UNIT_PATHS if state not in row.sources
]


@pytest.mark.parametrize(("verb", "state"), UNIT_ELSEWHERE)
def test_a_unit_that_stands_elsewhere_is_told_so(verb: U, state: UnitState) -> None:
    found = unit_in(state)

    with pytest.raises(Stale):
        make_unit(verb, found, SYSTEM)

    assert states(found)[BUREAU] == state


@pytest.mark.parametrize(("verb", "state"), UNIT_MOVES)
def test_only_the_unit_itself_answers_and_only_the_triage_office_decides(verb: U, state: UnitState) -> None:
    found, may = unit_in(state), CALLED_UNIT[verb].by
    theirs = holder(may, unit=unit_id())

    for nobody in (
        holder(may, inside=False, unit=unit_id()),
        holder(may, area=NEXT_DISTRICT, unit=unit_id(DISTRICT_OFFICE)),
    ):
        with pytest.raises(NotPermitted):
            make_unit(verb, found, nobody)

    assert make_unit(verb, found, theirs).organisation_id == unit_id()


def test_a_move_that_lacks_what_it_needs_is_refused_beside_its_field(cast: Cast) -> None:
    answered = whistle(S.ANSWERED)

    with pytest.raises(Refused) as told_so:
        make(W.RATE, answered, SYSTEM, given=Rating(speed=5, handling=0, result=3))
    assert told_so.value.field == "handling"
    with pytest.raises(Refused) as told_so:
        services.tell_result(
            whistle_id=unit_in(UnitState.ON_SITE).pk, unit_id=unit_id(), told="", by=SYSTEM, at=MORNING
        )
    assert told_so.value.field == "told"


def test_a_community_applies_and_waits_for_the_leader(cast: Cast) -> None:
    found = applied(cast["village_clerk"].actor, cases=("7K3M9P2RTXA",))

    assert (found.state, found.village, found.town, found.applicant_id) == (
        S.APPLIED, COMMUNITY, COMMUNITY[:9], cast["village_clerk"].person_id,
    )  # fmt: skip
    (event,) = [item.event for item in happened_to(found.ref)]
    assert isinstance(event, WhistleApplied)
    assert (event.cases, event.class_code, event.to) == (("7K3M9P2RTXA",), STALLS, S.APPLIED)
    assert WhistleText.objects.get(pk=event.text_id or 0).body.startswith("渡口路")


def test_a_leaders_own_whistle_and_an_emergency_wait_for_nobody(cast: Cast) -> None:
    own = applied(cast["town_leader"].actor)
    urgent = applied(cast["village_clerk"].actor, kind=WhistleKind.EMERGENCY)

    assert (own.state, told(own)) == (S.TRIAGE, ["applied", "approved"])
    assert (urgent.state, told(urgent)) == (S.TRIAGE, ["applied"])


def test_the_same_form_sent_twice_is_one_whistle(cast: Cast) -> None:
    given = wanted()

    first = services.apply_for_whistle(given=given, by=cast["village_clerk"].actor, at=MORNING)
    again = services.apply_for_whistle(given=given, by=cast["village_clerk"].actor, at=MORNING)

    assert first.pk == again.pk
    assert told(first) == ["applied"]


def test_a_community_whistles_for_itself_only(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        applied(cast["village_clerk"].actor, place="990101001002")


def test_the_list_says_who_leads_and_who_assists() -> None:
    listed = queries.listed_for(STALLS, COMMUNITY, MORNING.date())

    assert listed.lead is not None
    assert listed.lead.code == BUREAU
    assert {unit.code for unit in listed.cooperating} == {DISTRICT_OFFICE, STREET_OFFICE}


def test_a_unit_beside_the_list_needs_a_reason_and_one_from_elsewhere_is_never_called() -> None:
    found = applied(class_key=DUST)

    def assign(code: str, outside: Outside | None) -> None:
        given = CallInput(lead=unit_id(code), outside=outside)
        services.assign_whistle(whistle_id=found.pk, given=given, by=SYSTEM, at=MORNING)

    with pytest.raises(Refused, match="outside_the_list"):
        assign(STREET_OFFICE, None)
    with pytest.raises(Refused, match="unit_elsewhere"):
        assign("YX-990121100", Outside.LEADERS_DECIDED)
    assert fresh(found).state == S.TRIAGE
    assign(STREET_OFFICE, Outside.LEADERS_DECIDED)
    event = next(item.event for item in happened_to(found.ref) if isinstance(item.event, WhistleUnitCalled))
    assert event.outside is Outside.LEADERS_DECIDED


def test_where_the_list_is_silent_that_is_the_reason() -> None:
    found = applied(class_key="gbt47678-2026:matter:01001")

    services.assign_whistle(whistle_id=found.pk, given=CallInput(lead=unit_id()), by=SYSTEM, at=MORNING)

    assert found.units.get().outside == Outside.LIST_SILENT


def test_the_last_result_hands_the_whistle_back_to_be_rated() -> None:
    found = called(assisting=(STREET_OFFICE, DISTRICT_OFFICE))
    answer(found)
    answer(found, DISTRICT_OFFICE)
    assert fresh(found).state == S.CALLED

    answer(found, STREET_OFFICE)

    assert fresh(found).state == S.ANSWERED
    assert told(found)[-2:] == ["result_told", "answered"]


def test_a_rating_has_three_marks_and_ends_the_whistle() -> None:
    found = whistle(S.RATED)

    assert (found.speed, found.handling, found.result, found.ended_at) == (5, 4, 3, MORNING)
    event = happened_to(found.ref)[-1].event
    assert isinstance(event, WhistleRated)
    assert WhistleText.objects.get(pk=event.text_id or 0).body == "到场快。"


@pytest.mark.parametrize("clause", ["", "qingdan:1:2.3", "qingdan:9:2.10", "第二部分第10项"])
def test_a_refusal_without_an_entry_that_covers_the_class_is_no_refusal(clause: str) -> None:
    found = called()

    with pytest.raises(Refused) as told_so:
        refuse(found, clause=clause)

    assert told_so.value.field == "clause"
    assert states(found)[BUREAU] == UnitState.CALLED


def test_an_entry_that_is_not_in_force_any_more_is_no_ground_for_a_refusal() -> None:
    found, today = called(), MORNING.date()
    publish_next(entry(key="2.10", task="店外经营查处", lead=BUREAU, classes=(STALLS,)), valid_from=today)

    with pytest.raises(Refused, match="unknown_clause"):
        refuse(found, clause=CLAUSE)
    refuse(found, clause="qingdan:2:2.10")

    assert found.units.get(organisation_id=unit_id()).clause == "qingdan:2:2.10"


def test_a_released_unit_is_replaced_in_its_role() -> None:
    found = called()
    refuse(found)

    services.release_unit(
        whistle_id=found.pk,
        unit_id=unit_id(),
        instead=unit_id(DISTRICT_OFFICE),
        outside=None,
        by=SYSTEM,
        at=MORNING,
    )

    assert states(found) == {BUREAU: "released", STREET_OFFICE: "called", DISTRICT_OFFICE: "called"}
    assert found.units.get(organisation__code=DISTRICT_OFFICE).role == "lead"
    assert fresh(found).state == S.CALLED


def test_somebody_has_to_lead() -> None:
    found = called()
    refuse(found)

    with pytest.raises(Refused, match="lead_needed"):
        services.release_unit(whistle_id=found.pk, unit_id=unit_id(), instead=None, outside=None, by=SYSTEM, at=MORNING)
    assert states(found)[BUREAU] == UnitState.REFUSING


def test_when_no_unit_is_left_the_triage_office_has_it_again_and_may_call_the_same_one() -> None:
    found = called(assisting=())
    refuse(found)

    services.release_unit(whistle_id=found.pk, unit_id=unit_id(), instead=None, outside=None, by=SYSTEM, at=MORNING)

    assert (fresh(found).state, told(found)[-1]) == (S.TRIAGE, "retriaged")
    services.assign_whistle(whistle_id=found.pk, given=CallInput(lead=unit_id()), by=SYSTEM, at=MORNING)
    assert list(found.units.order_by("id").values_list("state", flat=True)) == ["released", "called"]


def test_releasing_the_only_one_still_missing_hands_the_whistle_back() -> None:
    found = called()
    answer(found)
    refuse(found, STREET_OFFICE)

    services.release_unit(
        whistle_id=found.pk, unit_id=unit_id(STREET_OFFICE), instead=None, outside=None, by=SYSTEM, at=MORNING
    )

    assert fresh(found).state == S.ANSWERED


def test_a_unit_that_has_to_answer_signs_on_anew() -> None:
    found = called()
    sign_and_arrive(found)
    refuse(found)
    later = MORNING + timedelta(hours=3)

    services.insist_on_unit(whistle_id=found.pk, unit_id=unit_id(), note="按清单由牵头单位到场。", by=SYSTEM, at=later)

    row = found.units.get(organisation_id=unit_id())
    assert (row.state, row.clause, row.signed_at, row.arrived_at, row.called_at) == ("called", "", None, None, later)
    assert row.due_at == row.sign_due_at > later


def test_the_database_itself_keeps_one_lead_and_every_mark() -> None:
    found = called()

    wrongs: tuple[Callable[[], object], ...] = (
        lambda: found.units.filter(role="assist").update(role="lead"),
        lambda: found.units.update(state="refusing", due_at=None),
        lambda: found.units.update(state="answered", due_at=None),
        lambda: Whistle.objects.filter(pk=found.pk).update(state="rated", ended_at=MORNING),
        lambda: Whistle.objects.filter(pk=found.pk).update(state="turned_down", ended_at=MORNING),
    )
    for wrong in wrongs:
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_an_older_page_moves_nothing() -> None:
    found = applied()

    with pytest.raises(Stale, match="moved_on"):
        make(W.WITHDRAW, found, SYSTEM, version=found.version - 1)


def test_a_forgotten_persons_words_are_gone_and_their_events_stand(cast: Cast) -> None:
    found = applied(cast["village_clerk"].actor)

    erased = services.erase_whistler(person_id=cast["village_clerk"].person_id, by=SYSTEM, at=MORNING)

    assert (erased, fresh(found).applicant_id, found.texts.count()) == (1, None, 0)
    assert told(found) == ["applied"]


def test_whoever_has_no_reach_sees_no_whistle(cast: Cast) -> None:
    found = called()

    assert all(
        queries.whistle_seen_by(cast[who].actor, found.handle) is not None
        for who in ("village_clerk", "town_leader", "dispatcher", "bureau", "street_office", "mayor", "auditor")
    )
    assert queries.whistle_seen_by(cast["outsider"].actor, found.handle) is None
    assert queries.whistle_seen_by(cast["street_office"].actor, applied().handle) is None


def test_each_finds_what_waits_for_them(cast: Cast) -> None:
    clerk = cast["village_clerk"].actor
    waiting, urgent = applied(clerk), called()
    refuse(urgent, STREET_OFFICE)
    whistle(S.ANSWERED)

    def heaps(who: str) -> dict[str, int]:
        found = queries.whistles_waiting(cast[who].actor)
        return {heap.verb: len(heap.whistles) + len(heap.units) for heap in found}

    assert waiting.state == S.APPLIED
    assert heaps("town_leader") == {"applied": 1, "rate": 1}
    assert heaps("dispatcher") == {"refusing": 1}
    assert heaps("bureau") == {"answer": 1}
    assert heaps("village_clerk") == {"rate": 1}
    assert heaps("outsider") == {}
