# SPDX-License-Identifier: Apache-2.0
"""How often something may be written: exact in a window, also when everybody writes at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier

import pytest
from django.db import connections
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from jiayuan.kernel.errors import Refused
from jiayuan.kernel.limits import Budget, Limit, forget_ended, spend, take
from jiayuan.kernel.models import LimitWindow

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WALKS = count()
WALK = Budget(name="walk", address=Limit(limit=5, per=10 * MINUTE), device=Limit(limit=2, per=10 * MINUTE))


@pytest.mark.django_db
def test_up_to_the_limit_is_allowed_and_the_next_must_wait_for_the_window_to_end() -> None:
    answers = [take("k", limit=3, per=MINUTE, at=NOON + timedelta(seconds=second)) for second in (0, 10, 20, 30)]

    assert [answer.allowed for answer in answers] == [True, True, True, False]
    assert answers[3].wait_seconds == 30


@pytest.mark.django_db
def test_after_the_wait_that_was_told_it_is_allowed_again() -> None:
    for _ in range(2):
        take("k", limit=1, per=MINUTE, at=NOON)
    wait = take("k", limit=1, per=MINUTE, at=NOON + timedelta(milliseconds=1_500)).wait_seconds

    assert wait == 59
    assert take("k", limit=1, per=MINUTE, at=NOON + timedelta(milliseconds=1_500, seconds=wait)).allowed


@pytest.mark.django_db
def test_two_keys_do_not_disturb_each_other() -> None:
    take("a", limit=1, per=MINUTE, at=NOON)

    assert take("b", limit=1, per=MINUTE, at=NOON).allowed


@pytest.mark.django_db
def test_a_limit_of_zero_allows_nothing() -> None:
    assert not take("k", limit=0, per=MINUTE, at=NOON).allowed


@pytest.mark.django_db
@effort(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    limit=st.integers(1, 6),
    per=st.integers(1, 60),
    pauses=st.lists(st.integers(0, 40), min_size=1, max_size=40),
)
def test_any_sequence_of_tries_keeps_every_window_within_the_limit(limit: int, per: int, pauses: list[int]) -> None:
    key, moment, opened, inside = f"walk {next(WALKS)}", NOON, NOON - timedelta(days=1), 0
    for pause in pauses:
        moment += timedelta(seconds=pause)
        answer = take(key, limit=limit, per=timedelta(seconds=per), at=moment)
        if moment >= opened + timedelta(seconds=per):
            opened, inside = moment, 0
        assert answer.allowed == (inside < limit)
        inside += answer.allowed
        if not answer.allowed:
            assert moment + timedelta(seconds=answer.wait_seconds) >= opened + timedelta(seconds=per)


@pytest.mark.usefixtures("real_commits")
@pytest.mark.parametrize("limit", [1, 7, 50])
def test_many_threads_at_once_never_get_more_than_the_limit(limit: int) -> None:
    threads, tries = 8, 12
    start = Barrier(threads)

    def knock() -> int:
        start.wait()
        try:
            return sum(take("crowd", limit=limit, per=MINUTE, at=NOON).allowed for _ in range(tries))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        allowed = sum(future.result() for future in [pool.submit(knock) for _ in range(threads)])

    assert allowed == min(limit, threads * tries)


@pytest.mark.django_db
def test_an_eager_device_is_refused_with_the_minutes_to_wait_and_leaves_the_village_its_share() -> None:
    for _ in range(2):
        spend(WALK, address="1.2.3.4", device="phone", at=NOON)

    for _ in range(9):
        with pytest.raises(Refused) as caught:
            spend(WALK, address="1.2.3.4", device="phone", at=NOON + MINUTE)

    assert caught.value.code == "too_many"
    assert caught.value.facts["minutes"] == 9
    for neighbour in ("a", "b", "c"):
        spend(WALK, address="1.2.3.4", device=neighbour, at=NOON + MINUTE)


@pytest.mark.django_db
def test_throwing_the_cookie_away_meets_the_limit_of_the_address() -> None:
    for number in range(5):
        spend(WALK, address="1.2.3.4", device=f"fresh {number}", at=NOON)

    with pytest.raises(Refused):
        spend(WALK, address="1.2.3.4", device="", at=NOON)


@pytest.mark.django_db
def test_no_address_is_stored() -> None:
    spend(WALK, address="203.0.113.77", device="phone", at=NOON)

    assert not any("203.0" in key or "phone" in key for key in LimitWindow.objects.values_list("key", flat=True))


@pytest.mark.django_db
def test_windows_that_ended_are_forgotten_and_running_ones_stay() -> None:
    take("old", limit=1, per=MINUTE, at=NOON - MINUTE)
    take("running", limit=1, per=MINUTE, at=NOON)

    assert forget_ended(at=NOON) == 1
    assert not take("running", limit=1, per=MINUTE, at=NOON).allowed
