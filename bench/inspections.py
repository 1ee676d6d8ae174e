# SPDX-License-Identifier: Apache-2.0
"""What a round of the whole city costs the rules: 1,009 places drawn, given inspectors, scored, averaged, banded.

Beside each stands a bare loop that hashes, or adds, as often. Nothing but rules and memory is measured here.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from random import Random
from typing import TypeVar

from jiayuan.inspections.rules import (
    Frame,
    Ground,
    Item,
    Line,
    Marks,
    Mean,
    Measured,
    Module,
    Sheet,
    assign,
    banded,
    digest_of,
    draw,
    listing_of,
    mean_of,
    score,
    spread_of,
)

PLACES, TOWNS, INSPECTORS = 1_009, 54, 20
SEED = "20250103"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Seconds of CPU for one part of a round, ours and the bare loop's."""

    name: str
    seconds: float
    bare: float

    @property
    def ratio(self) -> float:
        """Ours to the bare loop."""
        return self.seconds / self.bare


def measure(*, places: int = PLACES) -> tuple[Measure, Measure, Measure]:
    """Draw, score and band a round in which every place is drawn."""
    rng = Random(SEED)
    codes = [f"9901{number % TOWNS:05d}{number:04d}" for number in range(places)]
    lines = tuple(Line(code=code, stratum=code[:9]) for code in codes)
    frame = Frame(lines=lines, quotas={line.stratum: places for line in lines})

    def drawing() -> int:
        digest_of(listing_of(frame))
        drawn = draw(frame, SEED)
        assign(SEED, {line.code: range(INSPECTORS) for line in drawn})
        return len(drawn)

    names = [f"{SEED}:{code}:{person}" for code in codes for person in range(INSPECTORS + 1)]
    hashing, _ = _timed(lambda: [sha256(name.encode()).hexdigest() for name in names])
    drawn_in, n = _timed(drawing)
    if n != places:
        raise AssertionError(f"{n} of {places} places were drawn")
    sheet, marks = _sheet(), [_marks(rng) for _ in range(places)]
    scored_in, totals = _timed(lambda: [score(sheet, one).total or Fraction(0) for one in marks])
    adding, _ = _timed(lambda: [sum(one.counts.values()) + sum(item.full for item in sheet.items) for one in marks])
    banded_in, _ = _timed(lambda: _bands(codes, totals))
    averaging, _ = _timed(lambda: sum(totals, Fraction(0)))
    return (
        Measure(name="drawn, with inspectors", seconds=drawn_in, bare=hashing),
        Measure(name="scored", seconds=scored_in, bare=adding),
        Measure(name="averaged and banded", seconds=banded_in, bare=averaging),
    )


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def _sheet() -> Sheet:
    """Ten modules of three items with two grounds each."""
    return Sheet(
        modules=tuple(
            Module(
                key=str(number),
                title=str(number),
                weight=1_000,
                items=tuple(
                    Item(
                        key=f"{number}.{place}",
                        title="x",
                        full=500,
                        cap=500,
                        grounds=tuple(Ground(key=letter, words="x", amount=100) for letter in "ab"),
                    )
                    for place in range(3)
                ),
            )
            for number in range(10)
        )
    )


def _marks(rng: Random) -> Marks:
    keys = [(f"{number}.{place}", letter) for number in range(10) for place in range(3) for letter in "ab"]
    return Marks(counts={key: rng.randrange(4) for key in rng.sample(keys, 12)})


def _bands(codes: list[str], totals: list[Fraction]) -> int:
    towns: dict[str, list[Measured]] = {}
    for code, points in zip(codes, totals, strict=True):
        towns.setdefault(code[:9], []).append(Measured(key=code, points=points))
    means = [Mean(key=key, points=mean_of(all_of), n=len(all_of), whole=40) for key, all_of in towns.items()]
    return len(banded(means, spread_of([one.points for one in all_of] for all_of in towns.values())))


if __name__ == "__main__":
    for one in measure():
        ours, bare = one.seconds * 1000, one.bare * 1000
        print(f"{PLACES} places {one.name}: {ours:.0f} ms CPU, bare loop {bare:.0f} ms, ratio {one.ratio:.1f}")
