# SPDX-License-Identifier: Apache-2.0
"""What a season costs, once and ten times: ``./jiayuan bench season [--quick] [--only ENGINE]``.

Each question is asked as its page asks it, through the whole stack but the socket; beside it, in turn, the statements
that it sent, by a bare cursor. What is printed: milliseconds, queries, the ratio to that limit, and how much slower ten
seasons are than one. Lists and counts must not slow down by more than half.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from time import perf_counter
from typing import Any

from bench.ground import ROOT, House, create_database, house

ENGINES = ("sqlite", "postgresql")
TIMES = 9
COUNTY, TOWN = "421303", "421303003"
MOST_SLOWER = 1.5
PAGES: dict[str, tuple[str, str]] = {
    "list, filtered": ("acceptor", f"/desk/cases/?state=open&area={COUNTY}"),
    "list with total": ("city_leader", "/desk/cases/?state=all"),
    "list, a town": ("city_leader", f"/desk/cases/?state=closed&area={TOWN}"),
    "to-do": ("dispatcher", "/desk/"),
    "counts": ("city_leader", "/desk/figures/"),
    "indicators": ("city_leader", "/desk/figures/indicators/"),
    "map": ("city_leader", "/desk/cases/map/points/?west=112.6&south=31.2&east=114.2&north=32.6&zoom=8"),
    "export": ("city_leader", "/desk/cases/export/csv/?state=all"),
}


def here(scale: float) -> dict[str, Any]:
    """Fill the present database with so many seasons and ask every question; milliseconds, queries and the limit."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from bench import duplicates, season
    from bench.inside import sessions
    from jiayuan.cases.models import Case

    session = sessions("421303000000", "421303003000")
    filled = season.fill(scale)
    found: dict[str, Any] = {"filled": filled, "cases": Case.objects.count(), "questions": {}}
    newest = Case.objects.order_by("-pk").values_list("handle", flat=True)[0]
    pages = PAGES | {"detail": ("city_leader", f"/desk/cases/{newest}/")}
    for name, (role, path) in pages.items():
        browser = Client(headers={"host": "localhost"})
        browser.cookies["sessionid"] = session[role]
        if browser.get(path).status_code == 200:
            found["questions"][name] = _asked(partial(_read, browser, path), connection)
    doubles = duplicates.measure(asked=30)
    found["questions"]["duplicates"] = {
        "ms": doubles["ours"][0],
        "bare_ms": doubles["bare"][0],
        "queries": doubles["queries"],
    }
    return found


def _read(browser: Any, path: str) -> None:
    answer = browser.get(path)
    if answer.streaming:
        for _ in answer.streaming_content:
            pass


def _asked(question: Callable[[], None], connection: Any) -> dict[str, float]:
    """Ours and the bare statements in turn; medians."""
    from bench.inside import statements_of

    asked = [sql for alias, sql in statements_of(question) if alias == "default"]
    statements = [sql for sql in asked if sql.upper().startswith(("SELECT", "(SELECT", "WITH"))]
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(TIMES):
        ours.append(_timed(question))
        bare.append(_timed(partial(_replay, statements, connection)))
    return {"ms": statistics.median(ours), "bare_ms": statistics.median(bare), "queries": len(statements)}


def _replay(statements: Sequence[str], connection: Any) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            # As text, without parameters: a percent sign in it must not be taken for one.
            cursor.execute(statement.replace("%", "%%"), ())
            cursor.fetchall()


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def measured(engine: str, scale: float) -> dict[str, Any]:
    """One engine filled so many times, in an installation that is thrown away."""
    from tests.run import cluster

    with ExitStack() as stack:
        address = create_database(stack.enter_context(cluster()), "bench") if engine == "postgresql" else ""
        where: House = stack.enter_context(house(address))
        where.inside("ground")
        command = [sys.executable, "-m", "bench.scale", "--here", str(scale)]
        done = subprocess.run(command, cwd=ROOT, env=where.env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def report_on(engine: str, scales: Sequence[float]) -> None:
    """Measure one engine at each scale and print both beside each other."""
    runs = [measured(engine, scale) for scale in scales]
    sizes = " and ".join(f"{run['cases']:,} cases (filled in {run['filled']:.0f} s)" for run in runs)
    print(f"\n{engine}: {sizes}")
    print(f"  {'':<18}{'queries':>8}{'ms':>10}{'bare ms':>10}{'ratio':>8}{'ms, more':>10}{'slower':>8}")
    small, large = runs[0]["questions"], runs[-1]["questions"]
    for name, one in small.items():
        other = large.get(name, one)
        print(
            f"  {name:<18}{one['queries']:>8}{one['ms']:>10.1f}{one['bare_ms']:>10.1f}"
            f"{one['bare_ms'] / one['ms']:>8.2f}{other['ms']:>10.1f}{other['ms'] / one['ms']:>8.2f}"
        )
    print(f"  Lists and counts may slow down by {MOST_SLOWER}; an export grows with what it exports.")


def main(arguments: Sequence[str]) -> int:
    """Always 0 when it could measure; the numbers speak."""
    if arguments[:1] == ["--here"]:
        sys.stdout.write(json.dumps(here(float(arguments[1]))) + "\n")
        return 0
    parser = argparse.ArgumentParser(prog="./jiayuan bench season", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a hundredth and a tenth instead of one and ten")
    parser.add_argument("--only", choices=ENGINES, help="one engine")
    parser.add_argument("--scales", default="1,10", help="how many seasons, the smaller first (1,10)")
    options = parser.parse_args(arguments)
    for engine in [options.only] if options.only else ENGINES:
        report_on(engine, (0.01, 0.1) if options.quick else [float(text) for text in options.scales.split(",")])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
