# SPDX-License-Identifier: Apache-2.0
"""Many connections take numbers at once and some fail in the middle: the numbers are consecutive, none is missing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from jiayuan.kernel.commands import command
from jiayuan.papers import services
from jiayuan.papers.models import NumberCounter, Paper
from jiayuan.papers.rules import Number
from jiayuan.record.models import StoredEvent
from tests.cast import MORNING, SYSTEM
from tests.papers.sample import OFFICE, TODAY, document

pytestmark = [pytest.mark.usefixtures("committed_offices"), pytest.mark.xdist_group("real_commits")]
HANDS = 64
T = TypeVar("T")


class Dropped(Exception):
    """What a command runs into after it took its number."""


def all_at_once(work: Callable[[int], T]) -> list[T | Exception]:
    """What each of 64 connections got, or what it ran into; they start together."""
    start = Barrier(HANDS)

    def one(hand: int) -> T | Exception:
        try:
            start.wait(timeout=60)
            return work(hand)
        except Exception as fault:  # noqa: BLE001 – the test looks at whatever it was
            return fault
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as pool:
        return [one.result() for one in [pool.submit(one, hand) for hand in range(HANDS)]]


@command
def _numbered_sheet(hand: int) -> Number:
    """A command of another room that takes a number as its last writing; every fourth fails after that."""
    number = services.take_number(kind="supervision", office=OFFICE, on=TODAY, by=SYSTEM, at=MORNING)
    if hand % 4 == 3:
        raise Dropped
    return number


@command
def _paper(hand: int) -> int:
    paper_id = services.issue(
        kind="official", office=OFFICE, document=document(f"第{hand}号通知"), by=SYSTEM, at=MORNING
    )
    if hand % 4 == 3:
        raise Dropped
    return paper_id


def test_numbers_taken_by_64_connections_at_once_are_consecutive_whatever_fails() -> None:
    answers = all_at_once(_numbered_sheet)

    taken = [answer.n for answer in answers if isinstance(answer, Number)]
    assert sorted(taken) == list(range(1, 49))
    assert sum(isinstance(answer, Dropped) for answer in answers) == 16, answers
    assert NumberCounter.objects.get().n == 48


def test_papers_issued_by_64_connections_at_once_are_numbered_without_a_gap() -> None:
    answers = all_at_once(_paper)

    assert sum(isinstance(answer, Dropped) for answer in answers) == 16, answers
    papers = list(Paper.objects.order_by("n"))
    assert [paper.n for paper in papers] == list(range(1, 49))
    assert {paper.pk for paper in papers} == {answer for answer in answers if isinstance(answer, int)}
    # The order of the numbers is the order of the commits, for the counter stays locked until then.
    events = StoredEvent.objects.filter(kind="papers.issued").order_by("position")
    assert [event.subject_id for event in events] == [paper.pk for paper in papers]
    assert services.issue(kind="official", office=OFFICE, document=document(), by=SYSTEM, at=MORNING)
    assert Paper.objects.order_by("-n")[0].n == 49
