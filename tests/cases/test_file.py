# SPDX-License-Identifier: Apache-2.0
"""Filing: the condition names the class, the limit and when the case counts as done."""

import pytest

from jiayuan.cases.enums import State
from jiayuan.cases.events import CaseFiled
from jiayuan.cases.models import Case
from jiayuan.cases.services import CaseId, file
from jiayuan.kernel.errors import Refused
from jiayuan.standards import queries as standards
from jiayuan.standards.book import ClassKey
from jiayuan.standards.enums import Kind
from jiayuan.standards.models import FilingCondition
from tests.cases.record import latest
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.cases import condition_of, report

pytestmark = pytest.mark.usefixtures("ground")


def test_filing_sets_class_condition_and_moment_and_no_due_date_yet(cast: Cast) -> None:
    case = report()

    filed = file(case_id=CaseId(case.pk), condition_id=condition_of(case), by=cast["acceptor"].actor, at=MORNING)

    assert (filed.state, filed.condition_id, filed.filed_at) == (State.FILED, condition_of(case), MORNING)
    assert (filed.due_at, filed.unit_id) == (None, None)
    event = latest(case, CaseFiled)
    assert (event.limit_kind, event.limit_value) == ("working_hours", 4)
    assert event.class_before == event.class_code == "gbt47678-2026:matter:06010"


def test_the_acceptor_may_see_another_class_in_it_and_the_event_knows_both(cast: Cast) -> None:
    case = report()
    rubble = standards.class_by_key(ClassKey("gbt47678-2026", Kind.MATTER, "06011"))
    assert rubble is not None
    condition = standards.conditions_of(rubble.id)[0]

    filed = file(case_id=CaseId(case.pk), condition_id=condition.id, by=cast["acceptor"].actor, at=MORNING)

    assert filed.problem_class_id == rubble.id
    event = latest(case, CaseFiled)
    assert (event.class_before, event.class_code) == ("gbt47678-2026:matter:06010", "gbt47678-2026:matter:06011")


def test_a_condition_that_is_retired_or_unknown_is_refused() -> None:
    case = report()
    retired = condition_of(case)
    FilingCondition.objects.filter(pk=retired).update(is_retired=True)
    standards.forget()

    for condition_id in (retired, 10**9, 10**30):
        with pytest.raises(Refused) as refused:
            file(case_id=CaseId(case.pk), condition_id=condition_id, by=SYSTEM, at=MORNING)
        assert (refused.value.code, refused.value.field) == ("missing_condition", "condition")

    assert Case.objects.get().state == State.REPORTED
