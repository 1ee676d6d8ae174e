# SPDX-License-Identifier: Apache-2.0
"""Nobody answers a wish of their own unit, whatever posts they hold beside it, and one person is one stage."""

from dataclasses import replace
from typing import Any

import pytest

from jiayuan.cases.enums import State, V
from jiayuan.cases.lifecycle import LIFE
from jiayuan.cases.models import Case
from jiayuan.cases.queries import contact_of, history_of, moves_of, search, to_do
from jiayuan.cases.rules.life import NOT_BY_ITS_UNIT
from jiayuan.kernel.access import Actor, Area, Grant
from jiayuan.kernel.errors import Refused
from tests.cast import DISTRICT, MORNING, Cast
from tests.factories.cases import QUARTER, case, case_for, move

pytestmark = pytest.mark.usefixtures("ground")
LATER = MORNING + 10 * QUARTER


def also(cast: Cast, part: str, *roles: str) -> Actor:
    """A member of the cast with further posts for the whole district."""
    actor = cast[part].actor
    return replace(actor, grants=actor.grants + tuple(Grant(role=role, area=Area(DISTRICT)) for role in roles))


def offered(actor: Actor, found: Case) -> tuple[V, ...]:
    return moves_of(actor, found, history_of(found), at=LATER)


@pytest.mark.parametrize("verb", sorted(NOT_BY_ITS_UNIT))
def test_nobody_of_the_unit_decides_about_its_case_by_a_second_post(cast: Cast, verb: V) -> None:
    both = also(cast, "street_office", "duty_chief", "county_supervisor")
    outside = also(cast, "bureau", "duty_chief", "county_supervisor")
    state = State.HANDLING if verb in (V.VOID, V.FORCE_CLOSE) else None
    found = case_for(verb, state)

    assert verb in offered(outside, found)
    assert verb not in offered(both, found)
    with pytest.raises(Refused, match="own_work"):
        move(found, verb, by=both, at=LATER)


def test_what_waits_for_an_answer_is_not_listed_for_the_unit_that_asks(cast: Cast) -> None:
    both, outside = also(cast, "street_office", "duty_chief"), also(cast, "bureau", "duty_chief")
    case_for(V.SHELVE)
    case(State.RETURNED)

    assert not {"answer", "returned"} & {heap.verb for heap in to_do(both)}
    assert {"answer", "returned"} <= {heap.verb for heap in to_do(outside)}


def test_whoever_reviewed_an_appeal_does_not_decide_it(cast: Cast) -> None:
    found = case_for(V.REVIEW_APPEAL)
    both = also(cast, "duty_chief", "county_supervisor")
    found = move(found, V.REVIEW_APPEAL, by=both, at=LATER)

    with pytest.raises(Refused, match="own_review"):
        move(found, V.DECIDE_APPEAL, by=both, at=LATER)

    assert V.DECIDE_APPEAL not in offered(both, found)
    assert V.DECIDE_APPEAL in offered(cast["county_supervisor"].actor, found)


def test_the_table_names_only_what_others_than_the_unit_do() -> None:
    assert all(not LIFE[verb].by.code.endswith("handle") for verb in NOT_BY_ITS_UNIT)


def test_the_reporter_stays_hidden_from_a_handler_who_also_sits_at_the_desk(cast: Cast) -> None:
    both, desk = also(cast, "street_office", "acceptor"), cast["acceptor"].actor
    told: dict[str, Any] = {"contact_name": "柳三", "contact_phone": "13987654321"}
    found, back, elsewhere = case(State.HANDLING, **told), case(State.RETURNED, **told), case(State.FILED, **told)

    assert [contact_of(both, one) for one in (found, back)] == [None, None]
    assert contact_of(both, elsewhere) is not None and contact_of(desk, found) is not None
    assert [row.id for row in search(both, "13987654321").rows] == [elsewhere.pk]
    assert {row.id for row in search(desk, "13987654321").rows} == {found.pk, back.pk, elsewhere.pk}
