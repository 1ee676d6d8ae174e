# SPDX-License-Identifier: Apache-2.0
"""A whole demonstration of its own for the journeys: tables, city, cases, server and worker, in a folder of its own.

The real programs run as ``./jiayuan demo`` starts them, only on a free port, so that a journey meets what a resident
meets. The database is the embedded file, or the PostgreSQL that the run gives.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse, urlunparse

import psycopg

from jiayuan.kernel import clock
from jiayuan.site.setup import DEMO_START

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
DATABASE = "jiayuan_journeys"
GROUND_FOR_SHAME = "Traceback (most recent call last)"


@dataclass(frozen=True, slots=True)
class House:
    """Where the demonstration answers, and where it keeps its things."""

    port: int
    folder: Path

    @property
    def address(self) -> str:
        """The first page without its slash."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def opened_house(folder: Path) -> Iterator[House]:
    """A demonstration that serves for this block; afterwards its programs must have had nothing to be ashamed of."""
    env = _surroundings(folder)
    _run(env, "manage.py", "prepare")
    _run(env, "-m", "tests.journeys.newcomers")
    house = House(_free_port(), folder)
    with (folder / "said.log").open("w") as log:
        programs = [
            subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log) for command in _programs(house.port)
        ]
        try:
            _await(house, programs)
            yield house
        finally:
            _end(programs)
    said = (folder / "said.log").read_text()
    assert GROUND_FOR_SHAME not in said, said[said.index(GROUND_FOR_SHAME) :][:4000]


def _surroundings(folder: Path) -> dict[str, str]:
    offset = int((DEMO_START - clock.real_now()).total_seconds())
    return os.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "jiayuan.site.settings",
        "JIAYUAN_MODE": "demo",
        "JIAYUAN_VAR": str(folder),
        "JIAYUAN_DATABASE_URL": _own_database(os.environ.get("JIAYUAN_TEST_DATABASE_URL", "")),
        "JIAYUAN_DEMO_OFFSET_SECONDS": str(offset),
    }


def _own_database(url: str) -> str:
    """The address of a new database beside the given one; empty for the embedded file."""
    if not url:
        return ""
    parts = urlparse(url)
    with psycopg.connect(urlunparse(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    return urlunparse(parts._replace(path=f"/{DATABASE}"))


def _run(env: dict[str, str], *arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}: {done.stdout[-1000:]}{done.stderr[-4000:]}"


def _programs(port: int) -> list[list[str]]:
    server = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--workers", "1"]
    threads = ["--blocking-threads", "4", "--log-level", "warning", "--host", "127.0.0.1", "--port", str(port)]
    return [[*server, *threads, "jiayuan.site.wsgi:application"], [sys.executable, "manage.py", "worker"]]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(house: House, programs: list[subprocess.Popen[bytes]]) -> None:
    patience = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < patience:
        assert all(program.poll() is None for program in programs), (house.folder / "said.log").read_text()[-4000:]
        connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise AssertionError(f"No page answered: {(house.folder / 'said.log').read_text()[-4000:]}")


def _end(programs: list[subprocess.Popen[bytes]]) -> None:
    for program in programs:
        program.terminate()
    for program in programs:
        try:
            program.wait(timeout=10)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
