# SPDX-License-Identifier: Apache-2.0
"""Two at once, on connections of their own: one case for one report, one winner for one move."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from django.db import connections

from jiayuan.cases import services
from jiayuan.cases.enums import Readers, State, V
from jiayuan.cases.models import Case, Note, Text
from jiayuan.cases.services import CaseId
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.errors import Stale
from jiayuan.record.models import StoredEvent
from tests.cases.record import course
from tests.cast import MORNING, PARTS, enter
from tests.factories.cases import QUARTER, case, move, told

pytestmark = [pytest.mark.usefixtures("committed_ground"), pytest.mark.xdist_group("real_commits")]
HANDS = 6
T = TypeVar("T")


def all_at_once(work: Callable[[], T]) -> list[T | Exception]:
    """What each of several threads got, or what it ran into; they start together."""
    start = Barrier(HANDS)

    def one() -> T | Exception:
        try:
            start.wait(timeout=20)
            return work()
        except Exception as refusal:  # noqa: BLE001 – the test looks at whatever it was
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as pool:
        return [one.result() for one in [pool.submit(one) for _ in range(HANDS)]]


def test_the_same_report_told_by_many_connections_at_once_is_one_case() -> None:
    given = told(text="桥头有一堆垃圾", contact_phone="13812345678")

    answers = all_at_once(lambda: services.report(given=given, by=ANONYMOUS, at=MORNING).handle)

    stored = Case.objects.get()
    assert answers == [stored.handle] * HANDS
    assert Text.objects.count() == 1
    assert len(course(stored)) == 1


@pytest.mark.parametrize(("state", "verb"), [(State.DISPATCHED, V.SIGN), (State.FED_BACK, V.CLOSE)])
@pytest.mark.parametrize("knows_version", [True, False])
def test_of_many_who_move_a_case_at_once_one_wins_and_the_others_are_told(
    state: State, verb: V, *, knows_version: bool
) -> None:
    found = case(state)
    given: dict[str, Any] = {"version": found.version} if knows_version else {}

    answers = all_at_once(lambda: move(found, verb, at=MORNING + 10 * QUARTER, **given).version)

    assert [answer for answer in answers if not isinstance(answer, Exception)] == [found.version + 1]
    told_so = [answer for answer in answers if isinstance(answer, Stale)]
    assert len(told_so) == HANDS - 1, answers
    assert {refusal.code for refusal in told_so} == {"moved_on" if knows_version else "wrong_state"}
    assert Case.objects.get().version == found.version + 1
    assert [event.to for event in course(found)][-1] == Case.objects.get().state


def test_two_different_moves_at_once_leave_one_course() -> None:
    found = case(State.FED_BACK)
    verbs = iter([V.CLOSE, V.SEND_BACK] * HANDS)

    answers = all_at_once(lambda: move(found, next(verbs), at=MORNING + 10 * QUARTER).state)

    won = [answer for answer in answers if not isinstance(answer, Exception)]
    now = Case.objects.get()
    assert won == [now.state]
    assert len(course(found)) == now.version + 1
    positions = list(StoredEvent.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))


def test_a_note_pressed_twice_is_one_note() -> None:
    found, by, client_id = case(), enter(PARTS["acceptor"]).actor, uuid4()

    answers = all_at_once(
        lambda: (
            services.note(
                case_id=CaseId(found.pk), client_id=client_id, body="电话已打", readers=Readers.DESK, by=by, at=MORNING
            ).pk
        )
    )

    assert answers == [Note.objects.get().pk] * HANDS
