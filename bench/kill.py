# SPDX-License-Identifier: Apache-2.0
"""``./jiayuan bench kill``: SIGKILL to server and worker at random while people report and move cases.

Whoever gets no answer sends the same again, as the offline page and an impatient thumb do. Afterwards every
acknowledged report and move must be there once, every reaction must have happened once, and no case may stand between
two states. Unlike the other measurements this one fails when a promise is broken.
"""

import argparse
import json
import os
import re
import signal
import sys
import threading
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from bench.ground import (
    Answer,
    House,
    Line,
    await_page,
    children,
    create_database,
    end,
    house,
    kill_group,
    post,
    post_photo,
    spot_of,
)
from tests.run import cluster

TOWN, VILLAGE = "421303003000", "421303003001"
COUNTY = "421303000000"
REPORTERS = 4
MOVERS = 4
QUIET_SECONDS = (0.4, 2.2)
CATCH_UP_SECONDS = 60
PAUSE_SECONDS = 0.5
PATIENCE_SECONDS = 180
"""How long one person tries before the run is called broken: a busy machine starts a server in half a minute."""


class Broken(Exception):
    """The house did not come back, or said something that it must never say."""


@dataclass(slots=True)
class Tally:
    """What the clients and the killer did."""

    reports: dict[str, str] = field(default_factory=dict)
    moves: list[tuple[str, int, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str) -> None:
        """Count one of something."""
        with self.lock:
            self.counts[what] += 1


# ── the killer ────────────────────────────────────────────────────────────────────────────────────────────────────


class Keeper:
    """Keeps server and worker running, and kills them at random until told to stop."""

    def __init__(self, where: House, rng: Random, tally: Tally) -> None:
        self.where, self.rng, self.tally = where, rng, tally
        self.server, self.worker = where.server(), where.worker()
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._kill_on)

    def _kill_on(self) -> None:
        while not self.is_over.wait(self.rng.uniform(*QUIET_SECONDS)):
            if self.server.poll() is not None:
                # The server ends itself when one of its processes was killed; whoever supervises it starts it again.
                self._start_server()
            self.rng.choice([self._kill_server, self._kill_server_worker, self._kill_worker, self._kill_both])()

    def _kill_server(self) -> None:
        self.tally.add("kills of the server")
        kill_group(self.server)
        self._start_server()

    def _start_server(self) -> None:
        self.server = self.where.server()
        # A house that is killed before it ever opened its door tests nothing.
        await_page(self.where.port)

    def _kill_server_worker(self) -> None:
        """One of the server's two processes."""
        found = children(self.server.pid)
        if found:
            self.tally.add("kills of one server process")
            _kill(self.rng.choice(found))

    def _kill_worker(self) -> None:
        self.tally.add("kills of the worker")
        kill_group(self.worker)
        self.worker = self.where.worker()

    def _kill_both(self) -> None:
        self._kill_worker()
        self._kill_server()

    def stop(self) -> None:
        """No more kills; both run again, and the readers come to the end of the record."""
        self.is_over.set()
        self.thread.join()
        if self.server.poll() is not None:
            self._start_server()
        patience = time.monotonic() + CATCH_UP_SECONDS
        while True:
            stand = self.where.inside("position")
            if len(set(stand.values())) == 1:
                return
            if time.monotonic() > patience:
                raise Broken(f"the readers did not catch up: {stand}")
            time.sleep(0.5)

    def end(self) -> None:
        """End both programs."""
        self.is_over.set()
        if self.thread.is_alive():
            self.thread.join()
        end(self.server)
        end(self.worker)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


# ── the people ────────────────────────────────────────────────────────────────────────────────────────────────────


def _insist(port: int, tally: Tally, request: bytes, *, accepts: Callable[[Answer, int], bool]) -> Answer:
    """Send until an answer is accepted; a broken line or a server's error is a lost answer, sent again."""
    start, number = time.monotonic(), -1
    while time.monotonic() - start < PATIENCE_SECONDS:
        number += 1
        try:
            with Line(port, timeout=30) as line:
                answer = line.ask(request)
        except OSError:
            tally.add("lost answers")
        else:
            if accepts(answer, number):
                return answer
            if answer.status < 500:
                raise Broken(f"{answer.status}: {answer.body.decode(errors='replace')[-1500:]}")
            tally.add("errors answered")
        time.sleep(0.5)
    raise Broken(f"nobody answered for {PATIENCE_SECONDS} seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What everyone in the story needs: where the house is, the sessions, and what forms ask for."""

    port: int
    sessions: dict[str, str]
    plan: dict[str, str]
    tally: Tally
    photo: bytes
    rng: Random

    def pause(self) -> None:
        """People take their time; without it everything would be over between two kills."""
        with self.tally.lock:
            seconds = self.rng.uniform(0, PAUSE_SECONDS)
        time.sleep(seconds)

    def report(self, client_id: UUID) -> str:
        """Report until it is acknowledged; the handle of the receipt. Each reporter has an address of their own."""
        self.pause()
        seen: list[str] = []
        while (answer := self._send(client_id, seen)).status != 302:
            # Shown what may be the same, a resident says that it is not; so does whoever reports here.
            seen += _TOKEN.findall(answer.body.decode())
        handle = answer.location.split("/")[2]
        with self.tally.lock:
            self.tally.reports[str(client_id)] = handle
        return handle

    def _send(self, client_id: UUID, seen: Sequence[str]) -> Answer:
        number = client_id.int & 0xFFFFFF
        fields = {
            "client_id": str(client_id),
            "village": VILLAGE,
            "tile": self.plan["tile"],
            "text": "路口有一堆垃圾",
            "same_seen": list(seen),
            **spot_of(number),
        }
        address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        # Every fourth comes with a picture, whose file and row must not fall apart either.
        request = (
            post_photo("/report/", fields, self.photo, address=address)
            if number % 4 == 0
            else post("/report/", fields, address=address)
        )
        return _insist(self.port, self.tally, request, accepts=lambda answer, _: answer.status in (200, 302))

    def follow(self, client_id: UUID, moves: int) -> None:
        """Report, then move that case on, step by step: file, dispatch, sign, return, confirm, dispatch, sign …"""
        handle = self.report(client_id)
        for version in range(moves):
            self.pause()
            verb, role, state = "file", "acceptor", "filed"
            if version:
                verb, role, state = _ROUND[(version - 1) % len(_ROUND)]
            self._move(handle, version, verb, role)
            with self.tally.lock:
                self.tally.moves.append((handle, version, state))

    def _move(self, handle: str, version: int, verb: str, role: str) -> None:
        fields = {
            "version": str(version),
            "condition": self.plan["condition"],
            "unit": self.plan["unit"],
            "reason": self.plan["reason"],
        }
        request = post(f"/desk/cases/{handle}/{verb}/", fields, session=self.sessions[role])

        # Done by a try whose answer was lost: the page then says that the case has moved on, and a case that its unit
        # has returned is out of the unit's sight.
        done = {409, 404} if verb == "return" else {409}

        def accepts(answer: Answer, number: int) -> bool:
            was_done = number > 0 and answer.status in done
            if was_done:
                self.tally.add("moves found done")
            return was_done or answer.status == 302

        _insist(self.port, self.tally, request, accepts=accepts)


_TOKEN = re.compile(r'name="same_seen"[^>]* value="([^"]+)"')
_ROUND = (
    ("dispatch", "dispatcher", "dispatched"),
    ("sign", "handler", "handling"),
    ("return", "handler", "returned"),
    ("confirm_return", "duty_chief", "filed"),
)


def play(where: House, *, reports: int, moves: int, seed: int) -> dict[str, int]:
    """The numbers of one run: what was done to the house, and how often each promise was broken."""
    rng, tally = Random(seed), Tally()
    where.inside("ground")
    sessions = where.inside("sessions", area=COUNTY, town=TOWN)
    plan = {**where.inside("plan", village=VILLAGE), "unit": sessions.pop("unit")}
    photo = b64decode(plan.pop("photo"))
    story = Story(
        port=where.port,
        sessions=sessions,
        plan={name: str(value) for name, value in plan.items()},
        tally=tally,
        photo=photo,
        rng=Random(seed + 1),
    )
    ids = [UUID(int=rng.getrandbits(128), version=4) for _ in range(reports)]
    keeper = Keeper(where, rng, tally)
    start = time.monotonic()
    try:
        await_page(where.port)
        keeper.thread.start()
        _crowd(story, ids, moves)
        keeper.stop()
    finally:
        keeper.end()
    broken = where.inside("verify", reports=tally.reports, moves=tally.moves)
    done = {"reports": len(tally.reports), "moves": len(tally.moves), "seconds": round(time.monotonic() - start)}
    return {**done, **dict(sorted(tally.counts.items())), **broken}


def _crowd(story: Story, ids: Sequence[UUID], moves: int) -> None:
    """Reporters and movers at once; each case that is moved is one of those just reported."""
    per_case = 10
    first, rest = ids[: moves // per_case], ids[moves // per_case :]
    with ThreadPoolExecutor(REPORTERS) as reporters, ThreadPoolExecutor(MOVERS) as movers:
        led = [movers.submit(story.follow, one, per_case) for one in first]
        told = [reporters.submit(story.report, one) for one in rest]
        for moved in led:
            moved.result()
        for reported in told:
            reported.result()


PROMISES = (
    "reports_lost_or_doubled", "moves_lost_or_doubled", "cases_between_states", "events_without_case",
    "positions_not_dense", "notices_missing", "notices_too_many", "deliveries_wrong", "counters_wrong",
    "counters_behind", "subjects_parked",
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """0 when every promise was kept on every database that was asked for."""
    parser = argparse.ArgumentParser(prog="./jiayuan bench kill", description=__doc__)
    parser.add_argument("--database", action="append", help="sqlite, postgresql or an address; both when left out")
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--moves", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20250103)
    parser.add_argument("--json", action="store_true", help="one line of JSON per database")
    options = parser.parse_args(arguments)
    is_kept = True
    for name in options.database or ["sqlite", "postgresql"]:
        with ExitStack() as stack:
            address = {"sqlite": ""}.get(name, name)
            if name == "postgresql":
                address = stack.enter_context(cluster())
                create_database(address)
            where = stack.enter_context(house(address))
            numbers = play(where, reports=options.reports, moves=options.moves, seed=options.seed)
        is_kept = is_kept and not any(numbers[promise] for promise in PROMISES)
        _tell(name, numbers, as_json=options.json)
    return 0 if is_kept else 1


def _tell(name: str, numbers: dict[str, int], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(numbers), flush=True)
        return
    print(f"\n{name}")
    for what, n in numbers.items():
        print(f"  {what.replace('_', ' '):<32} {n:>6}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
