# SPDX-License-Identifier: Apache-2.0
"""Two connections at the same moment: one matter has one open supervision sheet, and one raise for one silence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections

from jiayuan.kernel.errors import Stale
from jiayuan.papers.models import NumberCounter
from jiayuan.supervision import services
from jiayuan.supervision.enums import Pattern
from jiayuan.supervision.models import Item, Urging, UrgingStep
from tests.cast import SYSTEM
from tests.supervision.story import CAMPAIGN, NOON, first, issued, matter, pressed

pytestmark = [pytest.mark.usefixtures("committed_offices"), pytest.mark.xdist_group("real_commits")]


def together(*works: Callable[[], object]) -> list[object]:
    """What each of several connections got, or what it ran into; they start together."""
    start = Barrier(len(works))

    def one(work: Callable[[], object]) -> object:
        try:
            start.wait(timeout=20)
            return work()
        except Stale as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [done.result() for done in [pool.submit(one, work) for work in works]]


def listed(campaign: str = "") -> Item:
    """An item of an issued sheet that no case stands behind."""
    return first(issued(by=SYSTEM, items=matter(), campaign=campaign))


def test_an_item_pressed_twice_at_the_same_moment_has_one_open_sheet_and_one_number() -> None:
    item = listed()

    got = together(*[lambda: pressed(item, by=SYSTEM)] * 4)

    assert sum(isinstance(one, Stale) for one in got) == 3
    assert Urging.objects.get().number
    assert NumberCounter.objects.get(kind="supervision").n == 1


def test_two_sweeps_at_the_same_moment_raise_one_colour() -> None:
    services.choose_pattern(campaign=CAMPAIGN, pattern=Pattern.ESCALATION, by=SYSTEM, at=NOON)
    pressed(listed(campaign=CAMPAIGN), by=SYSTEM)
    late: datetime = NOON + timedelta(days=14)

    got = together(*[lambda: services.raise_unanswered(by=SYSTEM, at=late)] * 3)

    assert sorted(str(one) for one in got) == ["0", "0", "1"]
    assert list(UrgingStep.objects.order_by("pk").values_list("to_colour", flat=True)) == ["blue", "orange"]
