# SPDX-License-Identifier: Apache-2.0
"""``./jiayuan bench``: create, list, detail and counts, each beside its SQL limit in the same run.

Absolute figures move with the machine and its neighbours; what counts is the ratio, for which ours and the limit take
turns. It reports and never fails. ``./jiayuan bench kill`` is another program: it kills, and it does fail.
"""

import argparse
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import psycopg

from bench import blur, kill, scale, similar
from bench.ground import (
    House,
    Line,
    Program,
    await_page,
    children,
    cpu_seconds,
    create_database,
    end,
    get,
    house,
    memory_mb,
    post,
    spot_of,
)
from bench.limit import CLIENTS, Statement, pgbench, sqlite_loop, statements, without_head
from tests.run import cluster

COUNTY, TOWN, VILLAGE = "421303000000", "421303003000", "421303003001"
PARTS = ("inspections", "lists", "bulletin")
"""What is measured by a program of its own: a round of the city, two hundred lists, a long bulletin."""
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
DURABLE = "-c max_connections=60 -c shared_buffers=256MB"
"""PostgreSQL as it is, with every commit on the disk before it is acknowledged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is measured."""

    cases: int
    rounds: int
    seconds: float


SIZES = {
    "full": Size(cases=20_000, rounds=3, seconds=1.5),
    "quick": Size(cases=2_000, rounds=1, seconds=1.0),
}


@dataclass(slots=True)
class Operation:
    """One operation: how it is asked, what it asks, and what was measured."""

    name: str
    request: Callable[[], bytes]
    status: int
    script: list[Statement]
    queries: int
    seconds: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)


def measure(operation: Operation, where: House, server: Program, seconds: float) -> None:
    """Ask with eight clients for some seconds through the whole stack."""
    workers = children(server.pid)
    until, times, lock = time.perf_counter() + seconds, [0.0] * 0, threading.Lock()
    used, start = cpu_seconds(workers), time.perf_counter()

    def client() -> None:
        mine = []
        with Line(where.port) as line:
            while (begun := time.perf_counter()) < until:
                answer = line.ask(operation.request())
                mine.append(time.perf_counter() - begun)
                if answer.status != operation.status:
                    raise RuntimeError(
                        f"{operation.name}: {answer.status} {answer.body.decode(errors='replace')[:800]}"
                    )
        with lock:
            times.extend(mine)

    with ThreadPoolExecutor(CLIENTS) as pool:
        for task in [pool.submit(client) for _ in range(CLIENTS)]:
            task.result()
    operation.rates.append(len(times) / (time.perf_counter() - start))
    operation.cpu.append((cpu_seconds(workers) - used) / len(times))
    operation.seconds += times


def operations(where: House, engine: str, size: Size) -> tuple[list[Operation], dict[str, Any]]:
    """The four operations of this house, filled and ready to be asked."""
    where.inside("ground")
    sessions = where.inside("sessions", area=COUNTY, town=TOWN)
    filled = where.inside("fill", n=size.cases, county=COUNTY[:6])
    tile = where.inside("plan", village=VILLAGE)["tile"]
    form = {
        "village": VILLAGE,
        "tile": tile,
        "text": "路口有一堆垃圾",
        "contact_name": "李",
        "contact_phone": "13800000000",
    }
    pages = {
        "list of 50, filtered": ("/desk/cases/?state=open", sessions["acceptor"]),
        "detail": (f"/desk/cases/{filled['handle']}/", sessions["acceptor"]),
        "counts": ("/desk/figures/", sessions["city_leader"]),
    }
    captured = where.inside("capture", pages=pages, post=form)
    numbers = count()

    def create() -> bytes:
        n = next(numbers)
        address = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
        return post("/report/", {**form, **spot_of(n), "client_id": str(uuid4())}, address=address)

    asked: dict[str, tuple[Callable[[], bytes], int]] = {"create": (create, 302)}
    for name, (path, session) in pages.items():
        asked[name] = (partial(get, path, session=session), 200)
    return [
        Operation(
            name=name,
            request=request,
            status=status,
            script=statements(captured[name], engine),
            queries=sum(not sql.upper().startswith(CONTROL) for _, sql in captured[name]),
        )
        for name, (request, status) in asked.items()
    ], filled


@contextmanager
def serving(where: House) -> Iterator[tuple[Program, float]]:
    """The server of a house and the seconds until its first page."""
    server = where.server()
    try:
        yield server, await_page(where.port)
    finally:
        end(server)


def report_on(engine: str, where: House, size: Size, folder: Path) -> None:
    """Measure one engine and print what was found."""
    begun = time.monotonic()
    asked, filled = operations(where, engine, size)
    ready = time.monotonic() - begun
    print(f"\n{engine}: {filled['cases']:,} cases in bulk with {filled['events']:,} events (ready after {ready:.0f} s)")
    print(f"  {CLIENTS} clients, server of 2 workers × 4 threads, {size.rounds} × {size.seconds:.1f} s in turn")
    with serving(where) as (server, cold):
        # Each process remembers places and standards from its first request on.
        for operation in asked:
            measure(operation, where, server, 0.5)
            operation.rates, operation.cpu, operation.seconds = [], [], []
        for _ in range(size.rounds):
            for operation in asked:
                measure(operation, where, server, size.seconds)
                operation.limits.append(_limit(engine, where, operation.script, folder, size.seconds))
        memory = [memory_mb(pid) for pid in children(server.pid)]
    print(f"  {'':<22}{'rps':>7}{'p95 ms':>9}{'CPU ms':>9}{'queries':>9}{'limit rps':>11}{'ratio':>8}")
    for operation in asked:
        print(_row(operation))
    print(f"  a worker holds {statistics.mean(memory):.0f} MB (PSS); first page {cold:.1f} s after the start")
    if engine == "postgresql":
        print(_head_lock(where, asked[0].script, folder, size))


def _limit(engine: str, where: House, script: Sequence[Statement], folder: Path, seconds: float) -> float:
    if engine == "sqlite":
        return sqlite_loop(where.folder, script, seconds)
    return pgbench(where.database, script, folder, seconds)


def _row(operation: Operation) -> str:
    p95 = statistics.quantiles(operation.seconds, n=20)[-1] * 1000
    ratios = [ours / limit for ours, limit in zip(operation.rates, operation.limits, strict=True)]
    return (
        f"  {operation.name:<22}{statistics.mean(operation.rates):>7.0f}{p95:>9.1f}"
        f"{statistics.mean(operation.cpu) * 1000:>9.2f}{operation.queries:>9}"
        f"{statistics.mean(operation.limits):>11.0f}{statistics.median(ratios):>8.3f}"
    )


def _head_lock(where: House, script: Sequence[Statement], folder: Path, size: Size) -> str:
    """What it costs that positions are dense and in commit order: the same report with and without the head's row."""
    with psycopg.connect(where.database, autocommit=True) as connection:
        connection.execute("CREATE SEQUENCE bench START 1000000000")
    without = list(without_head(script))
    rates = [
        (pgbench(where.database, script, folder, size.seconds), pgbench(where.database, without, folder, size.seconds))
        for _ in range(size.rounds)
    ]
    held, free = (statistics.mean(side) for side in zip(*rates, strict=True))
    return (
        f"  the record's head lock: create at {held:.0f} tps with it, {free:.0f} without "
        f"({held / free:.2f}; {CLIENTS} clients, pgbench)"
    )


def _within() -> dict[str, str]:
    """The surroundings of a part that stands on the rooms themselves."""
    source = str(Path(__file__).resolve().parents[1] / "src")
    return {"DJANGO_SETTINGS_MODULE": "jiayuan.site.settings_test"} | os.environ | {"PYTHONPATH": source}


def main(arguments: Sequence[str]) -> int:
    """Always 0 when it could measure; the numbers speak."""
    if arguments[:1] == ["kill"]:
        return kill.main(arguments[1:])
    if arguments[:1] == ["season"]:
        return scale.main(arguments[1:])
    if arguments[:1] == ["similar"]:
        return similar.main(arguments[1:])
    if arguments[:1] == ["blur"]:
        return blur.main(arguments[1:])
    if arguments[:1] and arguments[0] in PARTS:
        return subprocess.run([sys.executable, "-m", f"bench.{arguments[0]}"], env=_within(), check=False).returncode
    parser = argparse.ArgumentParser(prog="./jiayuan bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short look, PostgreSQL alone")
    parser.add_argument("--only", choices=["postgresql", "sqlite"], help="one engine")
    options = parser.parse_args(arguments)
    engines = [options.only] if options.only else ["postgresql"] if options.quick else ["postgresql", "sqlite"]
    size = SIZES["quick" if options.quick else "full"]
    start = time.monotonic()
    with TemporaryDirectory(prefix="jiayuan-bench-") as made:
        folder = Path(made)
        for engine in engines:
            with ExitStack() as stack:
                address = ""
                if engine == "postgresql":
                    address = create_database(stack.enter_context(cluster(DURABLE)), "bench")
                where = stack.enter_context(house(address, static=folder / "static"))
                report_on(engine, where, size, folder)
    print(f"\n{time.monotonic() - start:.0f} s in all. Ratios hold; the rest moves with the machine.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
