# SPDX-License-Identifier: Apache-2.0
"""Many press "me too" at once, and two merge crosswise: everybody counts once, one merger wins, nothing hangs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from django.db import connections

from jiayuan.cases import queries, services
from jiayuan.cases.enums import State
from jiayuan.cases.models import Case, Follower
from jiayuan.cases.services import CaseId
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.kernel.errors import Refused
from tests.cases.record import course
from tests.cast import MORNING, SYSTEM
from tests.factories.cases import QUARTER, report

pytestmark = [pytest.mark.usefixtures("committed_ground"), pytest.mark.xdist_group("real_commits")]


def together(*works: Callable[[], str]) -> list[str | Exception]:
    """What each got, or what it ran into; they start at the same moment."""
    start = Barrier(len(works))

    def one(work: Callable[[], str]) -> str | Exception:
        try:
            start.wait(timeout=20)
            return work()
        except Exception as refusal:  # noqa: BLE001 – the test looks at whatever it was
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [item.result() for item in [pool.submit(one, work) for work in works]]


def joining(case: Case, device: str) -> Callable[[], str]:
    return lambda: (
        services.join(case_id=CaseId(case.pk), device=queries.device_digest(device), by=ANONYMOUS, at=MORNING).handle
    )


def test_many_devices_at_once_are_all_counted_and_one_device_only_once() -> None:
    found, numbers = report(), count()

    receipts = together(*[joining(found, str(next(numbers))) for _ in range(3)], *[joining(found, "same")] * 3)

    assert len({str(receipt) for receipt in receipts}) == 4
    assert Case.objects.get().me_toos == Follower.objects.count() == 4
    assert len(course(found)) == 5


def test_of_two_crosswise_mergers_one_wins_and_no_case_is_lost() -> None:
    one, other = report(), report()

    def merging(case: Case, into: Case) -> Callable[[], str]:
        return lambda: (
            services.merge(case_id=CaseId(case.pk), into_id=CaseId(into.pk), by=SYSTEM, at=MORNING + QUARTER).handle
        )

    answers = together(merging(one, other), merging(other, one))

    assert len([answer for answer in answers if isinstance(answer, Refused)]) == 1, answers
    assert sorted(Case.objects.values_list("state", flat=True)) == [State.MERGED, State.REPORTED]


def test_who_joins_a_duplicate_while_its_leading_case_is_merged_waits_for_nobody_in_a_circle() -> None:
    # The duplicate is older than both: whoever locked it first and then looked for its leading case would hang.
    duplicate, leading, last = report(), report(), report()
    services.merge(case_id=CaseId(duplicate.pk), into_id=CaseId(leading.pk), by=SYSTEM, at=MORNING)

    def merging() -> str:
        merged = services.merge(case_id=CaseId(leading.pk), into_id=CaseId(last.pk), by=SYSTEM, at=MORNING + QUARTER)
        return merged.handle

    answers = together(merging, *[joining(duplicate, str(number)) for number in range(5)])

    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert Case.objects.get(pk=last.pk).me_toos == 2 + 5
    assert set(Case.objects.exclude(pk=last.pk).values_list("merged_into_id", flat=True)) == {last.pk}
