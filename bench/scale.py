# SPDX-License-Identifier: Apache-2.0
"""What a season costs, once and ten times: ``./jiayuan bench season [--quick] [--only ENGINE]``.

Each question is asked as its page asks it, through the whole stack but the socket; beside it, in turn, the statements
that it sent, by a bare cursor. What is printed: milliseconds, queries, the ratio to that limit, and how much slower ten
seasons are than one, asked in turn. Lists and counts must not slow down by more than half.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from time import perf_counter
from typing import Any
from uuid import uuid4

from bench.ground import ROOT, House, Program, create_database, house, spot_of
from tests.run import cluster

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


def here(scale: float) -> None:
    """Fill the present database, then answer the name of a question with what asking it once took, until the end.

    Each line of the answer is JSON: first the size, then per question milliseconds, those of its bare statements, and
    how many statements there are.
    """
    import django

    django.setup()

    from bench import season
    from bench.inside import sessions

    session = sessions("421303000000", "421303003000")
    filled = season.fill(scale)
    answer(session, filled=filled)


def answer(session: Mapping[str, str], *, filled: float) -> None:
    """Serve a filled database; see ``here``."""
    from jiayuan.cases.models import Case

    questions = _questions(session)
    for question in questions.values():
        question.begin()
    _say({"cases": Case.objects.count(), "filled": filled, "names": list(questions)})
    for line in sys.stdin:
        _say(questions[line.strip()].once())


def _say(told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


class Question:
    """A question as its page asks it, and the statements that it sends, for a bare cursor."""

    def __init__(self, ask: Callable[[], None], *, reads: bool = True) -> None:
        self.ask, self.reads = ask, reads
        self.statements: list[str] = []

    def begin(self) -> None:
        """Ask once, for what a process keeps of places and standards, and once more to see the statements."""
        from bench.inside import statements_of

        self.ask()
        asked = [sql for alias, sql in statements_of(self.ask) if alias == "default"]
        self.statements = [sql for sql in asked if not sql.upper().startswith(CONTROL)]

    def once(self) -> dict[str, float]:
        """Ours, and the bare statements of what only reads."""
        ms = _timed(self.ask)
        return {"ms": ms, "bare_ms": _timed(self._bare) if self.reads else 0, "queries": len(self.statements)}

    def _bare(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            for statement in self.statements:
                if statement.upper().startswith(("SELECT", "(SELECT", "WITH")):
                    # As text, without parameters: a percent sign in it must not be taken for one.
                    cursor.execute(statement.replace("%", "%%"), ())
                    cursor.fetchall()


def _questions(session: Mapping[str, str]) -> dict[str, Question]:
    from django.test import Client

    from bench.inside import plan
    from jiayuan.cases.models import Case

    def browser(role: str) -> Client:
        made = Client(headers={"host": "localhost"})
        made.cookies["sessionid"] = session[role]
        return made

    newest = Case.objects.order_by("-pk").values_list("handle", flat=True)[0]
    pages = PAGES | {"detail": ("city_leader", f"/desk/cases/{newest}/")}
    found = {name: Question(partial(_read, browser(role).get, path)) for name, (role, path) in pages.items()}
    for name, form in EXPORTS.items():
        path = f"/desk/cases/export/{form}/?state=all&area={COUNTY}"
        found[name] = Question(partial(_read, browser("city_leader").post, path))
    found["duplicates"] = Question(_compare())
    told = {"village": VILLAGE, "tile": plan(VILLAGE)["tile"], "text": "路口有一堆垃圾没人管"}
    found["create"] = Question(_report(told, after=Case.objects.count()), reads=False)
    return found


def _read(send: Callable[[str], Any], path: str) -> None:
    told = send(path)
    if told.status_code != 200:
        raise RuntimeError(f"{path} answered {told.status_code}")
    if told.streaming:
        for _ in told.streaming_content:
            pass


def _compare() -> Callable[[], None]:
    """What may be the same as a report beside the newest case of the village."""
    from jiayuan.cases.models import Case
    from jiayuan.cases.queries import likely_same

    beside = Case.objects.filter(village=VILLAGE).order_by("-reported_at")[0]

    def ask() -> None:
        likely_same(
            village=VILLAGE,
            class_id=beside.problem_class_id,
            tile="",
            at=beside.reported_at,
            text="路口有一堆垃圾没人管",
        )

    return ask


def _report(told: Mapping[str, str], *, after: int) -> Callable[[], None]:
    """A report as residents send it, each from a telephone and a line of its own."""
    from django.test import Client

    numbers = count(after)

    def send() -> None:
        number = next(numbers)
        fields = {**told, **spot_of(number), "client_id": str(uuid4())}
        line = {"x-forwarded-for": f"10.{number >> 8 & 255}.{number & 255}.1", "host": "localhost"}
        status = Client().post("/report/", fields, headers=line).status_code
        if status != 302:
            raise RuntimeError(f"a report was answered with {status}")

    return send


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


@contextmanager
def filled_house(engine: str, scale: float) -> Iterator[Program]:
    """A process that serves one engine filled so many times, in an installation that is thrown away."""
    with ExitStack() as stack:
        address = create_database(stack.enter_context(cluster()), "bench") if engine == "postgresql" else ""
        where: House = stack.enter_context(house(address))
        where.inside("ground")
        command = [sys.executable, "-m", "bench.scale", "--here", str(scale)]
        with subprocess.Popen(
            command, cwd=ROOT, env=where.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as program:
            try:
                yield program
            finally:
                program.terminate()


def _heard(program: Program, name: str = "") -> dict[str, Any]:
    """The next line of a process, after a question if one is put."""
    if program.stdin is None or program.stdout is None:
        raise RuntimeError("a process that is asked needs both pipes")
    if name:
        program.stdin.write(f"{name}\n".encode())
        program.stdin.flush()
    line = program.stdout.readline()
    if not line:
        raise RuntimeError("the process that was asked has ended; what it said stands above")
    told: dict[str, Any] = json.loads(line)
    return told


def report_on(engine: str, scales: Sequence[float]) -> None:
    """Fill one engine at both scales, ask them in turn, and print both beside each other."""
    with ExitStack() as stack:
        programs = [stack.enter_context(filled_house(engine, scale)) for scale in (scales[0], scales[-1])]
        print(f"\n{engine}: {in_turn(programs)}")


def in_turn(programs: Sequence[Program]) -> str:
    """Put each question to both in turn, so that whatever else the machine does slows both; the table."""
    sizes = [_heard(program) for program in programs]
    rounds: list[dict[str, list[dict[str, float]]]] = [{} for _ in programs]
    for name in sizes[0]["names"]:
        for _ in range(1 if name in EXPORTS else TIMES):
            for program, heard in zip(programs, rounds, strict=True):
                heard.setdefault(name, []).append(_heard(program, name))
    small, large = ({name: _median(some) for name, some in heard.items()} for heard in rounds)
    head = " and ".join(f"{size['cases']:,} cases (filled in {size['filled']:.0f} s)" for size in sizes)
    return f"{head}\n{table(small, large)}"


def _median(rounds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: statistics.median(one[name] for one in rounds) for name in ("ms", "bare_ms", "queries")}


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
        here(float(arguments[1]))
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
