# SPDX-License-Identifier: Apache-2.0
"""How long the desk's heaviest questions take: ``python -m bench.desk [CASES]``.

Filtered lists, lists with their total, the map and its extent at so many cases with positions, and the export of
50,000 rows in both forms, with the queries that each asks. Runs on both engines, in a house of its own.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from random import Random
from typing import Any

from bench.ground import ROOT, House, create_database, house

CASES, ROUNDS, EXPORTED, SEED = 100_000, 15, 50_000, 20250103
WEST, SOUTH, EAST, NORTH = 112.7, 31.3, 113.8, 32.4


def here(n: int) -> dict[str, Any]:
    """Fill, ask and measure in this process, whose settings name the database."""
    from bench.inside import ground
    from bench.inside import sessions as open_sessions

    ground()
    open_sessions(area="421303000000", town="421303003000")
    _fill(n)
    return {name: _measured(ask, rounds) for name, (ask, rounds) in _questions().items()} | {
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    }


def _fill(n: int) -> None:
    """Many cases with positions, strewn around the villages of the pack; rows alone, without their course."""
    from django.db import connection

    from bench.inside import SHARES, _case, _villages
    from jiayuan.cases.models import Case
    from jiayuan.kernel import clock

    rng, now, villages = Random(SEED), clock.now(), _villages()
    centres = {place.code: (rng.uniform(WEST, EAST), rng.uniform(SOUTH, NORTH)) for place in villages}
    states = rng.choices(list(SHARES), weights=list(SHARES.values()), k=n)
    for start in range(0, n, 5000):
        made = [_case(rng.choice(villages), state, rng, now) for state in states[start : start + 5000]]
        for case in made:
            lon, lat = centres[case.village]
            case.lon, case.lat = rng.gauss(lon, 0.01), rng.gauss(lat, 0.01)
        Case.objects.bulk_create(made)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _questions() -> dict[str, tuple[Callable[[], object], int]]:
    from jiayuan.cases import queries
    from jiayuan.cases.intake import USUAL_COLUMNS, filter_from
    from jiayuan.cases.queries import Box, Row
    from jiayuan.kernel import clock
    from jiayuan.kernel.access import Actor, Area, Grant
    from jiayuan.web.cases.export import _columns, _lines, _workbook

    now = clock.now()
    county = Actor(account_id=1, person_id=1, grants=(Grant(role="acceptor", area=Area("421303000000")),))
    city = Actor(account_id=1, person_id=1, grants=(Grant(role="acceptor", area=Area("421300000000")),))
    narrowed = {
        name: filter_from(asked, now=now)
        for name, asked in {
            "open": {"state": "open"},
            "due": {"state": "handling", "order": "due"},
            "overdue": {"due": "overdue", "order": "due"},
            "rare": {"state": "all", "mark": "urgent"},
            "all": {"state": "all"},
        }.items()
    }
    whole = Box(west=WEST, south=SOUTH, east=EAST, north=NORTH)
    near = Box(west=113.2, south=31.8, east=113.3, north=31.9)
    columns = _columns(USUAL_COLUMNS)

    def rows() -> Iterator[Row]:
        return queries.every_case(city, narrowed=narrowed["all"], at_most=EXPORTED)

    return {
        "list, open in a county": (lambda: queries.page_of_cases(county, narrowed=narrowed["open"]), ROUNDS),
        "list, due first": (lambda: queries.page_of_cases(county, narrowed=narrowed["due"]), ROUNDS),
        "list, overdue in the city": (lambda: queries.page_of_cases(city, narrowed=narrowed["overdue"]), ROUNDS),
        "list, rare mark (none found)": (lambda: queries.page_of_cases(county, narrowed=narrowed["rare"]), ROUNDS),
        "list and its total": (
            lambda: (
                queries.page_of_cases(county, narrowed=narrowed["open"]),
                queries.total_of(county, narrowed=narrowed["open"]),
            ),
            ROUNDS,
        ),
        "total of all": (lambda: queries.total_of(city, narrowed=narrowed["all"]), ROUNDS),
        "map of the city, all": (lambda: queries.marks_on_map(city, narrowed=narrowed["all"], box=whole), ROUNDS),
        "map of the city, open": (lambda: queries.marks_on_map(city, narrowed=narrowed["open"], box=whole), ROUNDS),
        "map of a town, all": (lambda: queries.marks_on_map(city, narrowed=narrowed["all"], box=near), ROUNDS),
        "extent of the map": (lambda: queries.extent_of(city, narrowed=narrowed["all"]), ROUNDS),
        "export of 50,000 as CSV": (lambda: sum(len(part) for part in _lines(columns, rows(), "zh-hans")), 1),
        "export of 50,000 as a workbook": (lambda: _workbook(columns, rows()).close(), 1),
    }


def _measured(ask: Callable[[], object], rounds: int) -> list[float]:
    """Median and worst in milliseconds, and how many queries it takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    return [round(statistics.median(times), 1), round(max(times), 1), len(captured)]


def report_on(engine: str, where: House, n: int) -> None:
    """Measure one engine and print what was found."""
    command = [sys.executable, "-m", "bench.desk", "--here", str(n)]
    done = subprocess.run(command, cwd=ROOT, env=where.env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    got = json.loads(done.stdout.splitlines()[-1])
    print(f"\n{engine}: {n:,} cases with positions; the process held {got.pop('memory'):.0f} MB at most")
    print(f"  {'ms':<34}{'median':>9}{'worst':>9}{'queries':>9}")
    for name, (median, worst, queries) in got.items():
        print(f"  {name:<34}{median:>9.1f}{worst:>9.1f}{queries:>9.0f}")


def main(arguments: Sequence[str]) -> int:
    """Both engines, one after the other."""
    if arguments[:1] == ["--here"]:
        sys.stdout.write(json.dumps(here(int(arguments[1]))) + "\n")
        return 0
    from tests.run import cluster

    n = int(arguments[0]) if arguments else CASES
    for engine in ("sqlite", "postgresql"):
        with ExitStack() as stack:
            address = create_database(stack.enter_context(cluster()), "bench") if engine == "postgresql" else ""
            report_on(engine, stack.enter_context(house(address)), n)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
