# SPDX-License-Identifier: Apache-2.0
"""./jiayuan test: every suite on SQLite and on PostgreSQL, then the journeys in a browser.

Rules need no database and run once, with SQLite. PostgreSQL is a cluster of our own that lives as long as the run, in
a folder of its own, reached by a socket only. Whatever is given besides --nightly and --only goes to pytest.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"
NOTHING_COLLECTED = 5
STAGES = ("sqlite", "postgresql", "journeys")
_SUMMARY = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected)")


class Trouble(Exception):
    """Something the person at the keyboard can mend, in one line."""


@dataclass(frozen=True)
class Outcome:
    """How a stage went."""

    name: str
    is_fine: bool
    counts: Counter[str]


def say(line: str) -> None:
    """Show a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


# ── what Debian gives ─────────────────────────────────────────────────────────────────────────────────────────────


def chromium() -> str:
    """The browser's program, or nothing."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""


def postgresql() -> Path | None:
    """The folder with the newest PostgreSQL programs, or nothing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def has_chinese_font() -> bool:
    """Whether a browser can draw Chinese here."""
    lister = shutil.which("fc-list")
    return bool(lister and subprocess.run([lister, ":lang=zh-cn"], capture_output=True, check=False).stdout.strip())


def missing(stages: Sequence[str], *, nightly: bool) -> list[str]:
    """The Debian packages that these stages need and the machine lacks."""
    lacks = {
        "postgresql": "postgresql" in stages and postgresql() is None,
        "chromium": "journeys" in stages and not chromium(),
        # Half a gigabyte that one test opens Word files with: fetched at night, skipped by name otherwise.
        "libreoffice-writer-nogui": nightly and "sqlite" in stages and not shutil.which("soffice"),
        "fonts-noto-cjk": "journeys" in stages and not has_chinese_font(),
    }
    return [name for name, is_lacking in lacks.items() if is_lacking]


def install(names: Sequence[str]) -> None:
    """Fetch Debian packages, or say which ones somebody with the right must fetch."""
    wanted = " ".join(names)
    if os.getuid() != 0 or not shutil.which("apt-get"):
        raise Trouble(f"These are missing: {wanted}. Have them installed: sudo apt-get install {wanted}")
    say(f"Installing {wanted}")
    # The cluster that Debian would make and start by itself is not wanted: ours is thrown away.
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *names]):
        done = subprocess.run(["apt-get", *command], env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            words = done.stderr.strip() or "it gave no reason"
            raise Trouble(f"apt-get could not install {wanted}: {words.splitlines()[-1]}")


# ── a cluster of our own ──────────────────────────────────────────────────────────────────────────────────────────


# Twice 64 hands may be at work, and the server lets go of a connection a moment after its hand did.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300"


@contextmanager
def cluster(settings: str = CARELESS) -> Iterator[str]:
    """The address of a PostgreSQL that lives for this block, behind a socket; tests do not care for crashes."""
    programs = postgresql()
    if programs is None:
        raise Trouble("PostgreSQL is not here. Debian: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="jiayuan-pg-"))
    become = _as_owner_of(folder)
    try:
        kind = ["-U", "jiayuan", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        make: list[str | Path] = [*become, programs / "initdb", "-D", folder / "data", *kind]
        _quietly(make)
        options = f"-k {folder} -c listen_addresses='' {settings}"
        control: list[str | Path] = [*become, programs / "pg_ctl", "-D", folder / "data"]
        _quietly([*control, "-w", "-l", folder / "log", "-o", options, "start"])
        try:
            yield f"postgresql://jiayuan@/jiayuan?host={folder}"
        finally:
            _quietly([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_owner_of(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root, so root gives the folder to Debian's postgres user and works as that."""
    if os.getuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]


def _quietly(command: Sequence[str | Path]) -> None:
    # A folder that the other user may not enter would stop its programs; and pg_ctl's server keeps pipes open.
    with tempfile.TemporaryFile("w+") as words:
        done = subprocess.run(command, cwd="/", stdout=words, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            words.seek(0)
            raise Trouble(f"The throw-away PostgreSQL failed: {words.read().strip()[-300:]}")


# ── stages ────────────────────────────────────────────────────────────────────────────────────────────────────────


def stage(name: str, *arguments: str, database: str = "") -> Outcome:
    """Run pytest once; its words pass through, its numbers are kept."""
    say(f"\n── {name} " + "─" * (70 - len(name)))
    start = time.monotonic()
    env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "JIAYUAN_TEST_DATABASE_URL": database, "PYTHONUNBUFFERED": "1"}
    latest = ""
    with subprocess.Popen(
        [PYTHON, "-m", "pytest", "-q", *arguments],
        cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        for line in program.stdout:
            sys.stdout.write(line)
            latest = line if _SUMMARY.search(line) and " in " in line else latest
    sys.stdout.flush()
    counts = Counter({word.rstrip("s") if word == "errors" else word: int(n) for n, word in _SUMMARY.findall(latest)})
    say(f"── {name}: {time.monotonic() - start:.0f} s")
    return Outcome(name, program.returncode in (0, NOTHING_COLLECTED), counts)


def run_stages(options: argparse.Namespace, rest: Sequence[str]) -> Iterator[Outcome]:
    """The stages that were asked for, one after the other."""
    heavy = [] if options.nightly else ["-m", "not nightly"]
    two = [] if any(word.startswith("-n") for word in rest) else ["-n", "2", "--dist", "loadgroup"]
    without_journeys = ["--ignore=tests/journeys", *heavy, *rest]
    if "sqlite" in options.only:
        yield stage("SQLite", *two, *without_journeys)
    if "postgresql" in options.only:
        with cluster() as address:
            yield stage(
                "PostgreSQL",
                *two,
                "--ignore-glob=*test_rules_*",
                "--ignore=tests/house",
                *without_journeys,
                database=address,
            )
            if "journeys" in options.only:
                # The whole story once, through the server and the worker, on the other engine too.
                story = ["tests/journeys/test_story.py", "-k", "390 and zh"]
                yield stage("Story on PostgreSQL", "-p", "no:randomly", *heavy, *story, database=address)
    if "journeys" in options.only:
        asked = [word for word in rest if word.startswith("tests/journeys")]
        paths = asked or ["tests/journeys"]
        yield stage("Journeys", "-p", "no:randomly", *heavy, *paths, *(word for word in rest if word not in asked))


def stages_for(only: Sequence[str], rest: Sequence[str]) -> list[str]:
    """The stages that the named paths concern; all of them when no path is named."""
    paths = [word for word in rest if word.startswith("tests")]
    if only or not paths:
        return list(only) or list(STAGES)
    concerned = {"journeys"} if all(word.startswith("tests/journeys") for word in paths) else {"sqlite", "postgresql"}
    return [name for name in STAGES if name in concerned]


def main(arguments: Sequence[str]) -> int:
    """0 when every stage passed."""
    parser = argparse.ArgumentParser(prog="./jiayuan test", description=__doc__)
    parser.add_argument("--nightly", action="store_true", help="the heavy tests too")
    parser.add_argument("--only", action="append", default=[], choices=STAGES, help="only this stage; may be repeated")
    options, rest = parser.parse_known_args(arguments)
    options.only = stages_for(options.only, rest)
    start = time.monotonic()
    try:
        if names := missing(options.only, nightly=options.nightly):
            install(names)
        outcomes = list(run_stages(options, rest))
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    total: Counter[str] = sum((outcome.counts for outcome in outcomes), Counter())
    bad = [outcome.name for outcome in outcomes if not outcome.is_fine]
    words = ", ".join(f"{n} {word}" for word, n in total.most_common() if word != "deselected") or "no tests ran"
    verdict = f" – not fine: {', '.join(bad)}" if bad else ""
    say(f"\n=== {words} in {time.monotonic() - start:.0f}s{verdict} ===")
    return 1 if bad or not total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
