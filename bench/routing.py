# SPDX-License-Identifier: Apache-2.0
"""What the rules cost: routing 20,000 cases as a trial does, beside the plain loop that asks each rule of each case.

Nothing but rules and memory is measured here; the two queries of a trial stand in the bench of lists.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from jiayuan.cases.enums import Hours
from jiayuan.cases.rules.routing import Answering, Breadth, Facts, Moment, Rule, Rulebook

CASES, RULES, CLASSES, VILLAGES = 20_000, 200, 60, 1_000
SEED = 20250103
FIRST = date(2024, 12, 3)
EVERY_UNIT = Answering(unit_ids=frozenset(range(70)), governing=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Seconds of CPU for all cases, ours and the plain loop's, and how many cases a rule decided."""

    cases: int
    rules: int
    seconds: float
    plain_seconds: float
    decided: int

    @property
    def ratio(self) -> float:
        """Ours to the plain loop: below one, the index pays."""
        return self.seconds / self.plain_seconds


def measure(*, cases: int = CASES, rules: int = RULES) -> Routed:
    """Route cases through rules of every kind, the same for ever."""
    rng = Random(SEED)
    book = Rulebook(_rule(rng, number) for number in range(1, rules + 1))
    facts = [_facts(rng) for _ in range(cases)]
    seconds, decided = _timed(lambda: sum(book.route(one, answering=_answering).rule is not None for one in facts))
    plain, same = _timed(lambda: sum(any(rule.holds_for(one) for rule in book.rules) for one in facts))
    if decided != same:
        raise AssertionError(f"the index decides {decided} cases, the plain loop {same}")
    return Routed(cases=cases, rules=rules, seconds=seconds, plain_seconds=plain, decided=decided)


def _answering(_village: str) -> Answering:
    return EVERY_UNIT


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def _village(rng: Random) -> str:
    number = rng.randrange(VILLAGES)
    return f"9901{number % 4:02d}{number % 12:03d}{number:03d}"


def _rule(rng: Random, number: int) -> Rule:
    village = _village(rng)
    return Rule(
        number=number,
        priority=rng.randint(1, 9),
        classes=frozenset(rng.sample(range(CLASSES), rng.choice([1, 1, 2, 10]))),
        breadth=Breadth.CLASS,
        places=frozenset([village[: rng.choice([6, 9, 12])]]) if number % 5 else frozenset(),
        hours=rng.choice([Hours.ANY, Hours.ANY, Hours.WORKING, Hours.OFF]),
        unit_id=rng.randrange(70),
    )


def _facts(rng: Random) -> Facts:
    return Facts(
        class_id=rng.randrange(CLASSES),
        village=_village(rng),
        source=rng.choice(["public", "grid"]),
        setting=rng.choice(["rural", "urban"]),
        moment=Moment(
            on=FIRST + timedelta(days=rng.randrange(31)), minute=rng.randrange(1440), in_hours=rng.random() < 0.5
        ),
    )


if __name__ == "__main__":
    found = measure()
    print(
        f"{found.cases} cases × {found.rules} rules: {found.seconds:.2f} s CPU, plain loop {found.plain_seconds:.2f} s,"
        f" ratio {found.ratio:.2f}, decided {found.decided}"
    )
