# SPDX-License-Identifier: Apache-2.0
"""What is counted: how many cases stand where, how many came and ended on which day."""

from datetime import date, timedelta

import pytest

from jiayuan.cases.enums import Answer, State, V
from jiayuan.cases.services import CaseId, file
from jiayuan.cases.tallies import CAME, ENDED, ENDED_IN_TIME, standing
from jiayuan.record import counters, readers
from jiayuan.record.models import EVER, Counter
from jiayuan.standards import queries as standards
from jiayuan.standards.book import ClassKey
from jiayuan.standards.enums import Kind
from tests.cast import MORNING, NEXT_VILLAGE, SYSTEM
from tests.factories.cases import QUARTER, case, case_for, move, report

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 10 * QUARTER
RUBBISH, RUBBLE = "gbt47678-2026:matter:06010", "gbt47678-2026:matter:06011"


def numbers(measure: str, level: str = "city") -> dict[str, int]:
    """The standing numbers of a measure by division, without the noughts."""
    readers.catch_up(counters.READER, LATER)
    return {one.code: one.n for one in counters.numbers(measures=[measure], level=level) if one.n}


def on_days(measure: str) -> dict[date, int]:
    """The flow of a measure in the whole city by day."""
    readers.catch_up(counters.READER, LATER)
    found = Counter.objects.filter(measure=measure, level="city", class_code="").exclude(on=EVER)
    return dict(found.values_list("on", "n"))


def test_each_state_is_counted_at_every_level() -> None:
    for village in ("990101001001", "990101001001", NEXT_VILLAGE):
        report(village=village)

    measure = standing(State.REPORTED)
    assert numbers(measure) == {"9901": 3}
    assert numbers(measure, "county") == {"990101": 2, "990121": 1}
    assert numbers(measure, "village") == {"990101001001": 2, NEXT_VILLAGE: 1}


def test_a_case_that_moves_leaves_one_number_for_the_next() -> None:
    case(State.HANDLING)

    assert {state for state in State if numbers(standing(state))} == {State.HANDLING}


def test_a_case_that_is_filed_as_another_class_changes_the_class_that_is_counted() -> None:
    rubble = standards.class_by_key(ClassKey.read(RUBBLE))
    assert rubble is not None
    assert rubble.key.kind is Kind.MATTER
    found = report()
    file(case_id=CaseId(found.pk), condition_id=standards.conditions_of(rubble.id)[0].id, by=SYSTEM, at=LATER)
    readers.catch_up(counters.READER, LATER)

    told = counters.numbers(
        measures=[standing(State.REPORTED), standing(State.FILED)], level="city", class_codes=[RUBBISH, RUBBLE]
    )

    assert {(one.measure, one.class_code): one.n for one in told if one.n} == {("cases.filed", RUBBLE): 1}


def test_what_came_and_ended_is_counted_on_its_day_in_shanghai() -> None:
    report(seen_at=MORNING.replace(hour=0, minute=1))
    report(seen_at=MORNING.replace(hour=0) - timedelta(seconds=1))
    fed_back = case(State.FED_BACK)
    late = case(State.HANDLING)
    assert late.due_at is not None
    move(fed_back, V.CLOSE, at=LATER)
    move(move(late, V.FEED_BACK, at=late.due_at + timedelta(seconds=1)), V.CLOSE, at=LATER + timedelta(days=1))

    assert on_days(CAME) == {date(2025, 1, 2): 1, date(2025, 1, 3): 3}
    assert on_days(ENDED) == {date(2025, 1, 3): 1, date(2025, 1, 4): 1}
    assert on_days(ENDED_IN_TIME) == {date(2025, 1, 3): 1}


def test_a_full_recount_agrees() -> None:
    for state in State:
        case(state)
    readers.catch_up(counters.READER, LATER)

    recount = counters.recount()

    assert recount.wrong == ()
    assert recount.compared > len(State)


def test_a_case_excused_and_reopened_takes_its_end_in_time_back_once() -> None:
    found = case_for(V.DECIDE_APPEAL)
    excused = move(found, V.DECIDE_APPEAL, at=LATER, answered=Answer.YES)
    assert numbers(ENDED_IN_TIME) == {"9901": 1}

    move(move(excused, V.ASK_REOPEN, at=LATER), V.REOPEN, at=LATER)

    assert (numbers(ENDED), numbers(ENDED_IN_TIME)) == ({}, {})
