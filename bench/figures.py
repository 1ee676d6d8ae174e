# SPDX-License-Identifier: Apache-2.0
"""How long figures take from counters: functions for a process whose settings name a filled installation.

``counts`` is the table by area and class of the dashboard, ``indicators`` a page of indicators, ``put_right`` the tasks
of the campaign, ``earlier`` the fold of the record for a past day. Each gives milliseconds and its number of queries.
"""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiayuan.cases.queries.figures import Cut, Period, figures, task_figures
from jiayuan.cases.tallies import CAME, ENDED, standing
from jiayuan.kernel import clock
from jiayuan.record import counters
from jiayuan.standards import queries as standards

CITY = "4213"


def counts() -> None:
    """By county and class, as the dashboard asks."""
    counters.numbers_inside(measures=[standing("closed"), CAME, ENDED], level="city", under=CITY)


def indicators() -> None:
    """Every indicator since the campaign began, by area, class and unit."""
    today = clock.today()
    figures(under=CITY, period=Period(since=today - timedelta(days=120), until=today), cut=Cut(as_of=today))


def put_right() -> None:
    """What was put right by task."""
    today = clock.today()
    campaign = standards.campaign_on(today)
    if campaign is not None:
        task_figures(campaign=campaign, cut=Cut(as_of=today))


def earlier() -> None:
    """The same indicators as of yesterday, from the record."""
    today = clock.today()
    cut = Cut(as_of=today - timedelta(days=1))
    figures(under=CITY, period=Period(since=today - timedelta(days=120), until=cut.as_of), cut=cut)


def timed(question: Callable[[], None], *, times: int = 9) -> tuple[float, int]:
    """The median of some rounds in milliseconds, and how many queries one round asks."""
    with CaptureQueriesContext(connection) as asked:
        question()
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        question()
        spans.append((time.perf_counter() - start) * 1000)
    return statistics.median(spans), len(asked)


def report() -> dict[str, tuple[float, int]]:
    """Every question with its milliseconds and queries."""
    told = {question.__name__: timed(question) for question in (counts, indicators, put_right)}
    return told | {"earlier": timed(earlier, times=1)}
