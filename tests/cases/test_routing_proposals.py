# SPDX-License-Identifier: Apache-2.0
"""What rules propose, what a trial says beforehand, what they dispatch by themselves, and what came of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiayuan.cases import queries, services
from jiayuan.cases.enums import Hours, Source, State, V
from jiayuan.cases.models import Case, RoutedCase
from jiayuan.cases.queries import RuleFigures, RuleView
from jiayuan.cases.services import CaseId
from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import Refused
from jiayuan.record import readers
from tests.cast import BUREAU, COMMUNITY, DISTRICT, MORNING, NEXT_VILLAGE, STREET, STREET_OFFICE, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move, unit_id
from tests.factories.routing import RUBBISH, STREET_SCENE, rule

pytestmark = pytest.mark.usefixtures("ground")
Budget = Callable[[int], AbstractContextManager[CaptureQueriesContext]]
SOON = MORNING + 4 * QUARTER
TOWN = "YX-990121100"


def proposed(found: Case, **given: Any) -> str:
    """The code of the unit that the rules name; empty for none."""
    proposal = queries.proposed_unit(found, at=given.pop("at", SOON), **given)
    return next((code for code in (STREET_OFFICE, BUREAU, TOWN) if proposal and unit_id(code) == proposal.unit_id), "")


def test_without_rules_nothing_is_proposed() -> None:
    assert proposed(case(State.FILED)) == ""


def test_a_rule_names_the_unit_for_the_cases_that_it_fits() -> None:
    rule(kinds=[RUBBISH], places=[STREET], unit=BUREAU)

    assert proposed(case(State.FILED)) == BUREAU
    assert proposed(case(State.FILED, tile="stacks")) == ""
    assert proposed(case(State.FILED, village=NEXT_VILLAGE)) == ""


def test_whoever_governs_is_the_nearest_office() -> None:
    rule()

    assert proposed(case(State.FILED)) == STREET_OFFICE
    assert proposed(case(State.FILED, village=NEXT_VILLAGE)) == TOWN


def test_a_unit_that_gave_the_case_back_is_not_proposed_again() -> None:
    rule(kinds=[RUBBISH], unit=BUREAU)
    rule()
    found = case(State.FILED)

    assert proposed(found) == BUREAU
    assert proposed(found, returned_by={unit_id(BUREAU)}) == STREET_OFFICE
    assert proposed(found, returned_by={unit_id(BUREAU), unit_id(STREET_OFFICE)}) == ""


def test_the_rules_of_the_hour_decide() -> None:
    rule(hours=Hours.OFF, unit=BUREAU)
    found = case(State.FILED)

    assert proposed(found, at=datetime(2025, 1, 3, 17, 59, tzinfo=ZONE)) == ""
    assert proposed(found, at=datetime(2025, 1, 3, 18, 0, tzinfo=ZONE)) == BUREAU


def test_beyond_the_calendar_a_week_has_five_days() -> None:
    rule(hours=Hours.WORKING, unit=BUREAU)
    found = case(State.FILED)

    friday, saturday = datetime(2060, 1, 2, 10, tzinfo=ZONE), datetime(2060, 1, 3, 10, tzinfo=ZONE)

    assert (friday.isoweekday(), proposed(found, at=friday), proposed(found, at=saturday)) == (5, BUREAU, "")


def test_a_list_of_waiting_cases_asks_for_rules_once(queries_at_most: Budget) -> None:
    rule(unit=BUREAU)
    for _ in range(3):
        case(State.FILED)
    rows = queries.to_do(SYSTEM)[0].rows
    queries.proposed_units(rows, at=SOON)

    with queries_at_most(1):
        found = queries.proposed_units(rows, at=SOON)

    assert {proposal.unit_id for proposal in found.values()} == {unit_id(BUREAU)}
    assert len(found) == 3


def test_a_case_that_came_back_waits_for_a_person() -> None:
    rule(unit=BUREAU)
    returned = move(case(State.RETURNED), V.CONFIRM_RETURN, at=SOON)
    row = next(row for heap in queries.to_do(SYSTEM) for row in heap.rows if row.id == returned.pk)

    assert queries.proposed_units([row], at=SOON) == {}
    with pytest.raises(Refused) as refused:
        services.dispatch_by_rule(case_id=CaseId(returned.pk), by=SYSTEM, at=SOON)
    assert (refused.value.code, refused.value.field) == ("no_rule", "unit")


def test_a_case_is_dispatched_to_the_unit_that_the_rules_name(cast: Cast) -> None:
    rule(kinds=[STREET_SCENE], unit=BUREAU)
    found = case(State.FILED)

    moved = services.dispatch_by_rule(case_id=CaseId(found.pk), by=cast["dispatcher"].actor, at=SOON)

    assert (moved.state, moved.unit_id) == (State.DISPATCHED, unit_id(BUREAU))


# What rules do by themselves


def test_a_rule_dispatches_at_once_only_where_it_says_so() -> None:
    rule(kinds=[RUBBISH], unit=BUREAU, at_once=True)
    rule(kinds=["tile:stacks"], unit=BUREAU)
    rubbish, stacks = case(State.FILED), case(State.FILED, tile="stacks")

    readers.relay(MORNING)

    rubbish.refresh_from_db()
    stacks.refresh_from_db()
    assert (rubbish.state, rubbish.unit_id) == (State.DISPATCHED, unit_id(BUREAU))
    assert stacks.state == State.FILED


def test_what_was_filed_long_ago_waits_for_a_person() -> None:
    rule(unit=BUREAU, at_once=True)
    found = case(State.FILED, at=MORNING - timedelta(hours=5))

    readers.relay(MORNING)

    found.refresh_from_db()
    assert found.state == State.FILED


def test_a_case_that_moved_on_meanwhile_is_left_alone() -> None:
    rule(unit=BUREAU, at_once=True)
    found = case(State.DISPATCHED)

    readers.relay(MORNING)

    found.refresh_from_db()
    assert (found.state, found.unit_id) == (State.DISPATCHED, unit_id(STREET_OFFICE))


def figures(view: RuleView) -> RuleFigures | None:
    readers.relay(MORNING)
    return queries.figures_of_rules().get(view.number)


def test_each_rule_knows_how_often_it_was_followed() -> None:
    view = rule(unit=BUREAU)
    case(State.DISPATCHED, unit=BUREAU)
    case(State.DISPATCHED, unit=STREET_OFFICE)

    assert figures(view) == RuleFigures(proposed=2, followed=1, returned=0, wrong=0)


def test_a_followed_case_whose_return_was_confirmed_counts_against_the_rule() -> None:
    view = rule(unit=BUREAU)
    for answer in (V.CONFIRM_RETURN, V.CONFIRM_RETURN, V.REFUSE_RETURN):
        move(case(State.RETURNED, unit=BUREAU), answer, at=SOON)

    assert figures(view) == RuleFigures(proposed=3, followed=3, returned=3, wrong=2)
    assert RuleFigures(proposed=3, followed=3, returned=3, wrong=2).right == 1


def test_figures_go_by_the_rules_of_the_moment_of_the_dispatch() -> None:
    view = rule(unit=BUREAU, at=MORNING + 5 * QUARTER)
    case(State.DISPATCHED, unit=BUREAU)

    assert figures(view) is None
    assert not RoutedCase.objects.exists()


def test_reading_the_record_again_counts_nothing_twice() -> None:
    view = rule(unit=BUREAU)
    case(State.DISPATCHED, unit=BUREAU)

    assert figures(view) == figures(view)


# Trials


def test_a_trial_says_what_would_have_gone_elsewhere_and_what_had_come_back() -> None:
    case(State.DISPATCHED, unit=STREET_OFFICE)
    case(State.DISPATCHED, unit=BUREAU)
    returned = case(State.RETURNED, unit=STREET_OFFICE)
    move(returned, V.CONFIRM_RETURN, at=SOON)
    move(returned, V.DISPATCH, at=SOON, unit_id=unit_id(BUREAU))
    case(State.FILED)
    view = rule(kinds=[RUBBISH], unit=BUREAU)
    services.end_rule(number=view.number, version=1, by=SYSTEM, at=SOON)

    trial = queries.try_rule(view, instead_of=view.number, by=SYSTEM, at=SOON)

    assert (trial.looked_at, trial.decided, trial.changed, trial.elsewhere) == (3, 3, 3, 2)
    assert (trial.returned, trial.mended) == (1, 1)
    assert [(flow.source, flow.to, flow.n, flow.returned) for flow in trial.flows] == [
        (unit_id(STREET_OFFICE), unit_id(BUREAU), 2, 1)
    ]
    assert {sample.was_returned for sample in trial.samples} == {True, False}


def test_a_trial_of_what_holds_already_changes_nothing() -> None:
    case(State.DISPATCHED)
    view = rule(kinds=[RUBBISH], unit=BUREAU)

    trial = queries.try_rule(view, instead_of=view.number, by=SYSTEM, at=SOON)

    assert (trial.decided, trial.changed, trial.elsewhere, trial.flows) == (1, 0, 0, ())


def test_a_trial_of_an_end_says_for_what_no_rule_would_speak_any_more() -> None:
    case(State.DISPATCHED, unit=BUREAU)
    view = rule(kinds=[RUBBISH], unit=BUREAU)

    trial = queries.try_rule(None, instead_of=view.number, by=SYSTEM, at=SOON)

    assert [(flow.source, flow.to, flow.n) for flow in trial.flows] == [(unit_id(BUREAU), None, 1)]
    assert (trial.elsewhere, trial.undecided) == (0, 1)


def test_a_trial_sees_the_cases_of_the_reach_and_of_the_last_month_alone(cast: Cast) -> None:
    case(State.DISPATCHED)
    case(State.DISPATCHED, village=NEXT_VILLAGE, unit=TOWN)
    case(State.DISPATCHED, at=MORNING - timedelta(days=40))
    view = rule(unit=BUREAU)

    seen = {
        who: queries.try_rule(view, instead_of=None, by=cast[who].actor, at=SOON).looked_at
        for who in ("administrator", "duty_chief", "street_office", "resident")
    }

    assert seen == {"administrator": 2, "duty_chief": 1, "street_office": 0, "resident": 0}


def test_a_trial_writes_nothing_and_asks_three_times_at_most(queries_at_most: Budget) -> None:
    for _ in range(3):
        case(State.DISPATCHED)
    case(State.RETURNED)
    view = rule(unit=BUREAU)
    queries.try_rule(view, instead_of=None, by=SYSTEM, at=SOON)

    with queries_at_most(3) as asked:
        queries.try_rule(view, instead_of=None, by=SYSTEM, at=SOON)

    assert all(query["sql"].startswith("SELECT") for query in asked)


def test_coverage_names_the_kinds_for_which_no_rule_speaks() -> None:
    case(State.DISPATCHED)
    case(State.DISPATCHED, tile="stacks")
    case(State.DISPATCHED, tile="stacks")
    rule(kinds=[RUBBISH])

    found = queries.coverage(by=SYSTEM, at=SOON)

    assert (found.looked_at, found.covered) == (3, 1)
    assert [(gap.county, gap.n) for gap in found.gaps] == [(DISTRICT[:6], 2)]


some_rules = st.fixed_dictionaries(
    {
        "kinds": st.sampled_from([[], [RUBBISH], ["tile:stacks"], [STREET_SCENE]]),
        "places": st.sampled_from([[], [DISTRICT], [STREET], [COMMUNITY], [NEXT_VILLAGE]]),
        "sources": st.sampled_from([[], [Source.PUBLIC]]),
        "setting": st.sampled_from(["", "rural", "urban"]),
        "hours": st.sampled_from([Hours.ANY, Hours.WORKING, Hours.OFF]),
        "priority": st.sampled_from([1, 5]),
        "unit": st.sampled_from(["", BUREAU]),
    }
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=st.lists(some_rules, max_size=4), new=some_rules)
def test_what_a_trial_says_is_what_the_rules_then_decide(rules: list[dict[str, Any]], new: dict[str, Any]) -> None:
    Case.objects.all().delete()
    for view in queries.rules_now():
        if not view.is_off:
            services.end_rule(number=view.number, version=view.version, by=SYSTEM, at=MORNING)
    past = [
        case(State.DISPATCHED, village=village, tile=tile, unit=BUREAU, at=when)
        for village in (COMMUNITY, NEXT_VILLAGE)
        for tile in ("rubbish", "stacks")
        for when in (MORNING, MORNING - timedelta(hours=12))
    ]
    for one in rules:
        rule(**one)
    before = {found.pk: queries.proposed_unit(found, at=dispatched_at(found)) for found in past}
    view = rule(**new)
    after = {found.pk: queries.proposed_unit(found, at=dispatched_at(found)) for found in past}
    services.end_rule(number=view.number, version=1, by=SYSTEM, at=MORNING)

    trial = queries.try_rule(view, instead_of=None, by=SYSTEM, at=SOON)

    assert trial.decided == sum(item is not None and item.rule.number == view.number for item in after.values())
    assert trial.changed == sum(unit_of(before[key]) != unit_of(after[key]) for key in after)


def dispatched_at(found: Case) -> datetime:
    assert found.dispatched_at is not None
    return found.dispatched_at


def unit_of(proposal: queries.Proposal | None) -> int | None:
    return proposal.unit_id if proposal else None
