# SPDX-License-Identifier: Apache-2.0
"""SIGKILL at random while people report and move cases: what was acknowledged is there, and everything happened once.

The run is a program of its own, because programs are killed in it and its clock must go; here its numbers are judged.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from bench.ground import create_database

ROOT = Path(__file__).resolve().parents[2]
REPORTS, MOVES = 200, 200

# One group: the run of one worker serves all tests.
pytestmark = [pytest.mark.nightly, pytest.mark.xdist_group("kill")]


@pytest.fixture(scope="module")
def numbers() -> dict[str, int]:
    """What one run on the suite's database said."""
    address = os.environ.get("JIAYUAN_TEST_DATABASE_URL", "")
    # On PostgreSQL a database of its own in the suite's cluster, which is thrown away whole.
    database = create_database(address, f"kill_{uuid4().hex[:8]}") if address else "sqlite"
    command = ["--json", "--reports", str(REPORTS), "--moves", str(MOVES)]
    done = subprocess.run(
        [sys.executable, "-m", "bench.kill", *command, "--database", database],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr[-3000:]
    told: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_somebody_was_killed_while_somebody_waited_for_an_answer(numbers: dict[str, int]) -> None:
    kills = sum(n for what, n in numbers.items() if what.startswith("kills"))

    assert kills >= 5 and numbers["lost answers"] >= 1, numbers


def test_every_acknowledged_report_is_there_once(numbers: dict[str, int]) -> None:
    assert (numbers["reports"], numbers["reports_lost_or_doubled"]) == (REPORTS, 0), numbers


def test_every_acknowledged_move_happened_once(numbers: dict[str, int]) -> None:
    assert (numbers["moves"], numbers["moves_lost_or_doubled"]) == (MOVES, 0), numbers


def test_no_case_stands_between_two_states(numbers: dict[str, int]) -> None:
    assert (numbers["cases_between_states"], numbers["events_without_case"]) == (0, 0), numbers


def test_positions_are_dense(numbers: dict[str, int]) -> None:
    assert numbers["positions_not_dense"] == 0, numbers


def test_everyone_was_told_once_of_what_concerns_them(numbers: dict[str, int]) -> None:
    wrong = {what: numbers[what] for what in ("notices_missing", "notices_too_many", "deliveries_wrong")}

    assert not any(wrong.values()), numbers


def test_the_counters_agree_with_a_full_recount(numbers: dict[str, int]) -> None:
    wrong = {what: numbers[what] for what in ("counters_wrong", "counters_behind", "subjects_parked")}

    assert not any(wrong.values()), numbers
