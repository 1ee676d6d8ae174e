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
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import count
from time import perf_counter
from typing import Any
from uuid import uuid4

from bench.ground import ROOT, House, create_database, house, spot_of

ENGINES = ("sqlite", "postgresql")
TIMES = 9
COUNTY, TOWN, VILLAGE = "421303", "421303003", "421303003001"
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
MOST_SLOWER = 1.5
PAGES: dict[str, tuple[str, str]] = {
    "list, filtered": ("acceptor", f"/desk/cases/?state=open&area={COUNTY}"),
    "list with total": ("city_leader", "/desk/cases/?state=all"),
    "list, a town": ("city_leader", f"/desk/cases/?state=closed&area={TOWN}"),
    "to-do": ("dispatcher", "/desk/"),
    "counts": ("city_leader", "/desk/figures/"),
    "indicators": ("city_leader", "/desk/figures/indicators/"),
    "map of the city": ("city_leader", "/desk/cases/map/points/?state=all&box=112.6,31.2,114.2,32.6"),
    "map of a town": ("city_leader", "/desk/cases/map/points/?state=all&box=113.2,31.8,113.3,31.9"),
}
EXPORTS = {"export, CSV": "csv", "export, workbook": "xlsx"}


def here(scale: float) -> dict[str, Any]:
    """Fill the present database with so many seasons and ask every question; milliseconds, queries and the limit."""
    import django

    django.setup()

    from bench import season
    from bench.inside import sessions

    session = sessions("421303000000", "421303003000")
    filled = season.fill(scale)
    return {"filled": filled} | ask(session)


def ask(session: Mapping[str, str]) -> dict[str, Any]:
    """Every question of a filled database: how many cases there are, and per question milliseconds and queries."""
    from django.db import connection
    from django.test import Client

    from bench import duplicates
    from bench.inside import plan
    from jiayuan.cases.models import Case

    def browser(role: str) -> Client:
        made = Client(headers={"host": "localhost"})
        made.cookies["sessionid"] = session[role]
        return made

    found: dict[str, dict[str, float]] = {}
    newest = Case.objects.order_by("-pk").values_list("handle", flat=True)[0]
    for name, (role, path) in (PAGES | {"detail": ("city_leader", f"/desk/cases/{newest}/")}).items():
        found[name] = _asked(partial(_read, browser(role).get, path), connection)
    for name, form in EXPORTS.items():
        question = partial(_read, browser("city_leader").post, f"/desk/cases/export/{form}/?state=all&area={COUNTY}")
        found[name] = _asked(question, connection, times=1)
    told = {"village": VILLAGE, "tile": plan(VILLAGE)["tile"], "text": "路口有一堆垃圾没人管"}
    found["create"] = _written(partial(Client, headers={"host": "localhost"}), told, after=Case.objects.count())
    doubles = duplicates.measure(asked=30)
    found["duplicates"] = {"ms": doubles["ours"][0], "bare_ms": doubles["bare"][0], "queries": doubles["queries"]}
    return {"cases": doubles["cases"], "questions": found}


def _read(send: Callable[[str], Any], path: str) -> None:
    answer = send(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    if answer.streaming:
        for _ in answer.streaming_content:
            pass


def _written(phone: Callable[[], Any], told: Mapping[str, str], *, after: int) -> dict[str, float]:
    """The median of reports as residents send them, each from a line of its own; ``bench`` has their limit."""
    from bench.inside import statements_of

    numbers = count(after)

    def send() -> None:
        number = next(numbers)
        fields = {**told, **spot_of(number), "client_id": str(uuid4())}
        answer = phone().post(
            "/report/", fields, headers={"x-forwarded-for": f"10.{number >> 8 & 255}.{number & 255}.1"}
        )
        if answer.status_code != 302:
            raise RuntimeError(f"a report was answered with {answer.status_code}")

    send()
    asked = [sql for alias, sql in statements_of(send) if alias == "default" and not sql.upper().startswith(CONTROL)]
    return {"ms": statistics.median(_timed(send) for _ in range(TIMES)), "bare_ms": 0, "queries": len(asked)}


def _asked(question: Callable[[], None], connection: Any, *, times: int = TIMES) -> dict[str, float]:
    """Ours and the bare statements in turn; medians."""
    from bench.inside import statements_of

    question()  # what a process keeps of places and standards is there in a server that has run for a second
    asked = [sql for alias, sql in statements_of(question) if alias == "default"]
    statements = [sql for sql in asked if sql.upper().startswith(("SELECT", "(SELECT", "WITH"))]
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(times):
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
    print(table(runs[0]["questions"], runs[-1]["questions"]))


def table(small: Mapping[str, Mapping[str, float]], large: Mapping[str, Mapping[str, float]]) -> str:
    """Both scales beside each other, a line a question: ratio is the bare statements' time to ours."""
    head = f"  {'':<18}{'queries':>8}{'ms':>10}{'ratio':>8}{'more: queries':>15}{'ms':>10}{'ratio':>8}{'slower':>8}"
    lines = [
        f"  {name:<18}{one['queries']:>8}{one['ms']:>10.1f}{_ratio(one):>8}"
        f"{large[name]['queries']:>15}{large[name]['ms']:>10.1f}{_ratio(large[name]):>8}"
        f"{large[name]['ms'] / one['ms']:>8.2f}"
        for name, one in small.items()
    ]
    end = f"  Lists and counts may slow down by {MOST_SLOWER}; an export grows with what it exports."
    return "\n".join((head, *lines, end))


def _ratio(measured: Mapping[str, float]) -> str:
    return f"{measured['bare_ms'] / measured['ms']:.2f}" if measured["bare_ms"] else "–"


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
