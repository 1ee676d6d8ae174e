# SPDX-License-Identifier: Apache-2.0
"""How long it takes to find what may be the same, and to search, in a database that is already full of cases.

Ours is the whole question as the report page asks it; beside it the same statements by a bare cursor.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any

SEED, ASKED = 20250103, 100
LIMIT_MS = 50


def measure(*, asked: int = ASKED) -> dict[str, Any]:
    """Median, 95th percentile and worst in ms of the search for duplicates and of the same SQL, and how many cases.

    Asks as a resident would who stands beside cases picked by chance, the moment after they were reported.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from jiayuan.cases.models import Case
    from jiayuan.cases.queries import likely_same

    rng = Random(SEED)
    ids = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    ours: list[float] = []
    bare: list[float] = []
    queries = found = 0
    for case in Case.objects.filter(pk__in=rng.sample(ids, min(asked, len(ids)))):
        question = partial(
            likely_same,
            village=case.village,
            class_id=case.problem_class_id,
            tile=case.tile,
            at=case.reported_at,
            text="路口有一堆垃圾没人管",
        )
        with CaptureQueriesContext(connection) as captured:
            found += bool(question())
        queries = max(queries, len(captured))
        ours.append(_timed(question))
        bare.append(_timed(partial(_again, [query["sql"] for query in captured])))
    return {
        "cases": len(ids),
        "ours": _spread(ours),
        "bare": _spread(bare),
        "queries": queries,
        "found": found,
        "limit_ms": LIMIT_MS,
    }


def _again(captured: Sequence[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for sql in captured:
            cursor.execute(sql.replace("%", "%%"))
            cursor.fetchall()


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _spread(values: Sequence[float]) -> list[float]:
    return [
        round(value, 2) for value in (statistics.median(values), statistics.quantiles(values, n=20)[-1], max(values))
    ]
