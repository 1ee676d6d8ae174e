# SPDX-License-Identifier: Apache-2.0
"""Several administrators at once, on connections of their own: one wins, the others are told, nothing is lost."""

from typing import Any
from uuid import UUID

import pytest

from jiayuan.cases import queries, services
from jiayuan.cases.models import RoutingVersion
from jiayuan.kernel.errors import Stale
from tests.cases.test_at_once import HANDS, all_at_once
from tests.cast import BUREAU, MORNING, SYSTEM
from tests.factories.routing import rule, said

pytestmark = [pytest.mark.usefixtures("committed_ground"), pytest.mark.xdist_group("real_commits")]


def test_of_many_who_change_a_rule_at_once_one_wins_and_the_others_are_told() -> None:
    view = rule(unit=BUREAU)
    priorities = iter(range(1, HANDS + 1))

    def change() -> int:
        given: Any = said(unit=BUREAU, priority=next(priorities), basis="纪要")
        return services.change_rule(number=view.number, version=1, given=given, by=SYSTEM, at=MORNING).priority

    answers = all_at_once(change)

    won = [answer for answer in answers if not isinstance(answer, Exception)]
    assert sum(isinstance(answer, Stale) for answer in answers) == HANDS - 1, answers
    now = queries.rule_now(view.number)
    assert now is not None and (now.version, [now.priority]) == (2, won)
    assert RoutingVersion.objects.filter(rule_id=view.number).count() == 2


def test_the_same_new_rule_sent_by_many_connections_at_once_is_one_rule() -> None:
    client_id = UUID(int=77, version=4)

    answers = all_at_once(
        lambda: services.make_rule(given=said(unit=BUREAU), client_id=client_id, by=SYSTEM, at=MORNING).number
    )

    assert len(set(answers)) == 1, answers
    assert RoutingVersion.objects.count() == 1
