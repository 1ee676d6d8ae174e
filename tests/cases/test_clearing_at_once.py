# SPDX-License-Identifier: Apache-2.0
"""Several people at once, on connections of their own: one draw, one verdict, one row for one sending."""

import pytest

from jiayuan.cases import queries, services
from jiayuan.cases.enums import ListState, RowFlaw
from jiayuan.cases.models import Case, ClearingCount, ClearingList, ClearingRow, ClearingSample
from jiayuan.cases.services import ListId
from jiayuan.kernel.errors import Stale
from tests.cases.test_at_once import HANDS, all_at_once
from tests.cast import MORNING, SYSTEM
from tests.factories.clearing import begun, decide, draw, handed_in, row_given

pytestmark = [pytest.mark.usefixtures("committed_ground"), pytest.mark.xdist_group("real_commits")]


def won(answers: list[object]) -> list[object]:
    """What those got who were first; all others must have been told that they were not."""
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(answer, Stale) for answer in refused), answers
    return [answer for answer in answers if not isinstance(answer, Exception)]


def test_of_many_who_draw_at_once_one_draws() -> None:
    found = handed_in(rows=3)

    answers = all_at_once(lambda: draw(found).pk)

    assert len(won(list(answers))) == 1
    assert ClearingSample.objects.count() == 1
    assert list(queries.wrong_samples(ClearingSample.objects.all())) == []


def test_of_two_who_decide_differently_one_wins_and_nothing_counts_twice() -> None:
    found = handed_in(quantities=[3, 2])
    sample = draw(found)
    verdicts = iter([{}, {1: RowFlaw.NOT_DONE}] * HANDS)

    answers = all_at_once(lambda: decide(sample, flaws=next(verdicts)).failed)

    (failed,) = won(list(answers))
    now = ClearingList.objects.get()
    assert now.state == (ListState.REOPENED if failed else ListState.ACCEPTED)
    assert Case.objects.count() == failed
    assert ClearingCount.objects.count() == (0 if failed else 2)
    assert list(queries.wrong_lists([now])) == []


def test_a_row_pressed_twice_is_one_row() -> None:
    found, given = begun(), row_given()

    answers = all_at_once(lambda: services.add_row(list_id=ListId(found.pk), given=given, by=SYSTEM, at=MORNING).number)

    assert answers == [1] * HANDS
    assert ClearingRow.objects.count() == 1
