# SPDX-License-Identifier: Apache-2.0
"""The limit of an operation: the statements that a page asked, word for word, without anything around them.

What must differ from one report to the next – handle, client id, address, the ids that a statement gives back – is
replaced by an expression or a variable. PostgreSQL is asked by pgbench, SQLite by a bare loop.
"""

import re
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

CLIENTS = 8
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; "
    "PRAGMA temp_store=MEMORY;"
)
HEAD = "UPDATE record_head"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, the database it goes to, and the variable that keeps what it gives back."""

    database: str
    sql: str
    keeps: str = ""


_VARIABLES = {
    ("cases_text", "case_id"): ":b_case",
    ("cases_contact", "case_id"): ":b_case",
    ("record_event", "position"): ":b_position",
    ("record_event", "subject_id"): ":b_case",
    ("record_secret", "position"): ":b_position",
}
_FRESH = {
    "postgresql": {
        ("cases_case", "handle"): "substr(md5(random()::text), 1, 11)",
        ("cases_case", "client_id"): "gen_random_uuid()",
        ("kernel_limitwindow", "key"): "md5(random()::text)",
    },
    "sqlite": {
        ("cases_case", "handle"): "substr(hex(randomblob(8)), 1, 11)",
        ("cases_case", "client_id"): "lower(hex(randomblob(16)))",
        ("kernel_limitwindow", "key"): "hex(randomblob(16))",
    },
}
_INSERT = re.compile(r'INSERT INTO "?(\w+)"? \(([^)]*)\) VALUES \(')
_RETURNING = {"cases_case": "b_case", "record_head": "b_position"}


def statements(captured: Iterable[Sequence[str]], engine: str) -> list[Statement]:
    """Captured statements as they may be repeated any number of times."""
    return [_repeatable(database, sql, engine) for database, sql in captured]


def _repeatable(database: str, sql: str, engine: str) -> Statement:
    if sql.startswith(HEAD):
        return Statement(database, sql, _RETURNING["record_head"])
    found = _INSERT.match(sql)
    if found is None:
        return Statement(database, sql)
    table = found[1]
    columns = [column.strip().strip('"') for column in found[2].split(",")]
    values, after = _values(sql, found.end())
    changes = _VARIABLES | _FRESH[engine]
    replaced = [changes.get((table, column), value) for column, value in zip(columns, values, strict=True)]
    return Statement(database, f"{sql[: found.end()]}{', '.join(replaced)}{sql[after:]}", _RETURNING.get(table, ""))


def _values(sql: str, start: int) -> tuple[list[str], int]:
    """The values of an INSERT's first row, split at commas outside quotes, and where they end."""
    values, begin, position, is_quoted = [], start, start, False
    while is_quoted or sql[position] != ")":
        is_quoted ^= sql[position] == "'"
        if not is_quoted and sql[position] == ",":
            values.append(sql[begin:position].strip())
            begin = position + 1
        position += 1
    return [*values, sql[begin:position].strip()], position


def pgbench(address: str, script: Sequence[Statement], folder: Path, seconds: float) -> float:
    """Transactions per second of a script with eight clients."""
    path = folder / "script.sql"
    path.write_text("\n".join(_line(statement) for statement in script) + "\n", encoding="utf-8")
    parts = urlsplit(address)
    where = ["-h", parse_qs(parts.query)["host"][0], "-U", parts.username or ""]
    # The same protocol as the server's driver speaks: whole statements as text.
    command = [_program(), "-n", "-M", "simple", "-c", str(CLIENTS), "-j", "2", "-T", str(max(1, round(seconds)))]
    done = subprocess.run(
        [*command, *where, "-f", str(path), parts.path.lstrip("/")], capture_output=True, text=True, check=False
    )
    told = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode or told is None or "number of failed transactions: 0" not in done.stdout:
        raise RuntimeError(f"pgbench failed: {done.stderr[-1500:]}{done.stdout[-500:]}")
    return float(told[1])


def _line(statement: Statement) -> str:
    # \gset names its variables after columns, so the prefix makes b_id and b_position of them.
    if not statement.keeps:
        return statement.sql + ";"
    return statement.sql.replace('RETURNING "cases_case"."id"', 'RETURNING "cases_case"."id" AS "case"') + " \\gset b_"


def _program() -> str:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else "pgbench"


def sqlite_loop(folder: Path, script: Sequence[Statement], seconds: float) -> float:
    """Rounds per second of a bare loop: one process for what writes, for SQLite has one writer; two for what reads."""
    workers = 1 if any(statement.sql.startswith("INSERT") for statement in script) else 2
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(_rounds, [folder] * workers, [list(script)] * workers, [seconds] * workers))


def _rounds(folder: Path, script: list[Statement], seconds: float) -> float:
    names = {"default": "jiayuan.sqlite3", "limits": "limits.sqlite3", "cache": "cache.sqlite3"}
    lines = {name: sqlite3.connect(folder / file, isolation_level=None, timeout=20) for name, file in names.items()}
    for line in lines.values():
        line.executescript(PRAGMAS)
    kept: dict[str, object] = {}
    n, start = 0, time.perf_counter()
    while (took := time.perf_counter() - start) < seconds:
        for statement in script:
            with closing(lines[statement.database].execute(statement.sql, kept)) as cursor:
                rows = cursor.fetchall()
            if statement.keeps:
                kept[statement.keeps] = rows[0][0]
        n += 1
    for line in lines.values():
        line.close()
    return n / took


def without_head(script: Sequence[Statement]) -> Iterator[Statement]:
    """The same script with positions from a sequence, which nobody waits for, instead of the head's row."""
    for statement in script:
        is_head = statement.sql.startswith(HEAD)
        yield (
            Statement(statement.database, "SELECT nextval('bench') AS position", "b_position") if is_head else statement
        )
