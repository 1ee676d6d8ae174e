# SPDX-License-Identifier: Apache-2.0
"""What a department took back goes to no town: by hand, in bulk, by a rule, or because a return was refused."""

from datetime import timedelta

import pytest

from jiayuan.cases import queries
from jiayuan.cases.enums import ReturnDecision, ReturnReason, State, V
from jiayuan.cases.events import CaseReturned
from jiayuan.cases.models import Case
from jiayuan.cases.services import CaseId, dispatch, dispatch_at_once, give_back, refuse_return
from jiayuan.kernel.errors import Refused
from jiayuan.standards import queries as standards
from tests.cases.record import latest
from tests.cast import BUREAU, MORNING, STREET_OFFICE, SYSTEM
from tests.duties.lists import DUST, RUBBISH, TODAY, entry, lists, publish_next
from tests.factories.cases import QUARTER, case, condition_of, move, report, unit_id
from tests.factories.routing import rule

__all__ = ["lists"]
pytestmark = pytest.mark.usefixtures("ground", "lists")
LATER = MORNING + 3 * QUARTER
DUST_KIND = f"class:{DUST}"


def class_id(key: str) -> int:
    found = standards.class_by_key(standards.ClassKey.read(key))
    assert found is not None
    return found.id


def dusty() -> Case:
    """A filed case of a class that the list takes back from the towns."""
    reported = report(tile="", class_id=class_id(DUST))
    return move(reported, V.FILE, at=MORNING, condition_id=condition_of(reported))


def sent(found: Case, unit: str) -> Case:
    return dispatch(case_id=CaseId(found.pk), unit_id=unit_id(unit), by=SYSTEM, at=LATER)


def returned_by_list(found: Case, clause: str) -> Case:
    reason = next(iter(ReturnReason))
    return give_back(case_id=CaseId(found.pk), reason=reason, note="", clause=clause, by=SYSTEM, at=LATER)


def test_what_was_taken_back_is_refused_to_a_town_and_the_refusal_names_entry_and_lead() -> None:
    found = dusty()

    with pytest.raises(Refused, match="taken_back") as told:
        sent(found, STREET_OFFICE)

    assert [word for word in ("2.3", "工地扬尘整治", "市城管局", "桥头街道") if word not in told.value.message] == []
    assert (told.value.field, Case.objects.get(pk=found.pk).state) == ("unit", State.FILED)


def test_the_department_that_leads_gets_it() -> None:
    assert sent(dusty(), BUREAU).unit_id == unit_id(BUREAU)


def test_what_the_list_leaves_with_the_towns_goes_to_the_town() -> None:
    assert sent(case(State.FILED), STREET_OFFICE).state == State.DISPATCHED


def test_a_class_that_no_entry_covers_goes_where_the_dispatcher_says() -> None:
    assert sent(case(State.FILED, tile="sheds"), STREET_OFFICE).state == State.DISPATCHED


def test_a_return_is_not_refused_once_the_list_took_the_class_back() -> None:
    returned = case(State.RETURNED)
    publish_next(entry(key="2.1", part="taken_back", lead="YX-CG", classes=(RUBBISH,)), valid_from=TODAY)

    with pytest.raises(Refused, match="taken_back"):
        refuse_return(
            case_id=CaseId(returned.pk), reason=next(iter(ReturnDecision)), note="仍由街道清运", by=SYSTEM, at=LATER
        )


def test_a_return_relies_on_an_entry_that_covers_the_class() -> None:
    found = case(State.DISPATCHED)
    cited = queries.entries_covering(found.problem_class_id, TODAY)[0]

    returned = returned_by_list(found, cited.code)

    assert latest(returned, CaseReturned).clause == "qingdan:1:2.1"


def test_a_return_that_relies_on_another_entry_is_refused() -> None:
    found = case(State.DISPATCHED)

    with pytest.raises(Refused, match="unknown_clause"):
        returned_by_list(found, "qingdan:1:2.3")
    assert Case.objects.get(pk=found.pk).state == State.DISPATCHED


def test_a_rule_that_would_send_it_to_the_town_is_passed_over() -> None:
    town = rule(kinds=[DUST_KIND], unit=STREET_OFFICE, at_once=True, priority=1)
    bureau = rule(kinds=[DUST_KIND], unit=BUREAU, priority=9)
    found = dusty()

    proposal = queries.proposed_unit(found, at=LATER)

    assert proposal is not None
    assert (proposal.unit_id, proposal.rule.number) == (unit_id(BUREAU), bureau.number)
    assert [one.number for one in proposal.passed_over] == [town.number]


def test_a_rule_for_whoever_governs_proposes_nobody_and_dispatches_nothing() -> None:
    rule(kinds=[DUST_KIND], at_once=True)
    found = dusty()

    assert queries.proposed_unit(found, at=LATER) is None
    assert dispatch_at_once(case_id=CaseId(found.pk), by=SYSTEM, at=LATER) is None


def test_a_trial_says_which_rules_would_send_against_the_list() -> None:
    found = sent(dusty(), BUREAU)
    town = rule(kinds=[DUST_KIND])

    trial = queries.try_rules(queries.rules_now(), by=SYSTEM, at=LATER + timedelta(days=1))

    assert (found.state, trial.looked_at) == (State.DISPATCHED, 1)
    assert [(one.rule, one.key, one.n) for one in trial.against] == [(town.number, "2.3", 1)]
