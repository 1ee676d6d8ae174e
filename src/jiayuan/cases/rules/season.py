# SPDX-License-Identifier: Apache-2.0
"""The shapes of a synthetic season, and how totals are dealt to days, places and cases so that every sum is exact."""

import tomllib
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any, Generic, TypeVar

T = TypeVar("T")
HUNDRED = 100
_SIZES = ((1, 52), (2, 22), (3, 11), (4, 6), (5, 4), (6, 2), (8, 2), (12, 1))
"""How many things one report or row is about, with the weight of each: most are one or two."""
_MEAN = sum(size * weight for size, weight in _SIZES) / sum(weight for _, weight in _SIZES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A published figure that the season must give exactly: what counts, where, and how much."""

    code: str
    task: str
    setting: str
    total: int
    self_percent: int
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rush:
    """So many days before and on a day, in which so many times the usual is reported."""

    until: date
    days: int
    times: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weak:
    """An invented contractor that does badly, and how much of some tasks it gets."""

    code: str
    name: str
    short_name: str
    tasks: tuple[str, ...]
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A class that occurs in the season: its key, to which task it is dealt, how often, and how it is drawn."""

    key: str
    task: str
    weight: float
    scene: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Everything that the data file of a season declares."""

    seed: int
    starts_on: date
    ends_at: datetime
    figures: tuple[Figure, ...]
    cases: Mapping[str, int]
    days: Mapping[str, Any]
    rushes: tuple[Rush, ...]
    places: Mapping[str, float]
    map: Mapping[str, float]
    shares: Mapping[str, float]
    slow: frozenset[str]
    weak: tuple[Weak, ...]
    sources: Mapping[str, Mapping[str, float]]
    kinds: tuple[Kind, ...]

    def chance(self, name: str, rng: Random) -> bool:
        """Whether the branch with this share is taken this time."""
        return rng.random() * HUNDRED < self.shares[name]


def read_shapes(text: str) -> Shapes:
    """The shapes that a data file declares."""
    told = tomllib.loads(text)
    return Shapes(
        seed=told["seed"],
        starts_on=told["starts_on"],
        ends_at=told["ends_at"],
        figures=tuple(Figure(**row) for row in told["figure"]),
        cases=told["cases"],
        days=told["days"],
        rushes=tuple(Rush(**row) for row in told["rush"]),
        places=told["places"],
        map=told["map"],
        shares=told["shares"],
        slow=frozenset(told["slow"]["classes"]),
        weak=tuple(Weak(**row | {"tasks": tuple(row["tasks"])}) for row in told["weak"]),
        sources=told["sources"],
        kinds=tuple(Kind(**row) for row in told["class"]),
    )


def smaller(shapes: Shapes, scale: float) -> Shapes:
    """The same shapes with other sums, for tests and benches: everything that is counted, times so much."""
    figures = tuple(
        Figure(**{name: getattr(row, name) for name in Figure.__slots__} | {"total": max(20, round(row.total * scale))})
        for row in shapes.figures
    )
    cases = {name: max(1, round(n * scale)) for name, n in shapes.cases.items()}
    changed = {"figures": figures, "cases": cases}
    return Shapes(**{name: getattr(shapes, name) for name in Shapes.__slots__} | changed)


class Chooser(Generic[T]):
    """Draws among things by their weights."""

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = [(thing, weight) for thing, weight in weighted if weight > 0]
        self.things = [thing for thing, _ in pairs]
        self._sums = list(accumulate(weight for _, weight in pairs))

    def draw(self, rng: Random) -> T:
        """One of the things."""
        return self.things[bisect(self._sums, rng.random() * self._sums[-1])]


def days_of(shapes: Shapes) -> list[date]:
    """The days of the season, its last one included."""
    last = shapes.ends_at.date()
    return [shapes.starts_on + timedelta(days=n) for n in range((last - shapes.starts_on).days + 1)]


def day_weights(shapes: Shapes, *, setting: str, is_holiday: Callable[[date], bool]) -> dict[date, float]:
    """How much is reported on each day: rising over the season, dipping at week-ends and holidays, with its rushes."""
    days = days_of(shapes)
    rise = shapes.days["last"] - shapes.days["first"]
    weights: dict[date, float] = {}
    for number, day in enumerate(days):
        weight = shapes.days["first"] + rise * number / len(days)
        weight *= shapes.days["holiday"] if is_holiday(day) else shapes.days["week"][day.weekday()]
        for rush in shapes.rushes:
            if rush.until - timedelta(days=rush.days) < day <= rush.until:
                weight *= rush.times
        if setting == "urban":
            weight *= shapes.days["urban_after" if day >= shapes.days["urban_from"] else "urban_before"]
        weights[day] = weight
    # The last morning has not seen much yet.
    weights[days[-1]] *= 0.1
    return weights


def place_weights(codes: Collection[str], shapes: Shapes, rng: Random) -> dict[str, float]:
    """How much lies in each place: a heavy tail whose top tenth holds the declared share; who is where is drawn."""
    order = sorted(codes)
    rng.shuffle(order)
    top = max(1, round(len(order) * shapes.places["top_percent"] / HUNDRED))
    head = [(rank + 1) ** -shapes.places["falling"] for rank in range(len(order))]
    share = shapes.places["top_holds_percent"] / HUNDRED if len(order) > top else 1.0
    above, below = sum(head[:top]), sum(head[top:]) or 1.0
    return {
        code: head[rank] * (share / above if rank < top else (1 - share) / below) for rank, code in enumerate(order)
    }


def deal(total: int, *, mean: float, rng: Random) -> list[int]:
    """Whole numbers of one or more whose sum is exactly the total and whose mean is about the one wanted."""
    sizes: Chooser[int] = Chooser(_SIZES)
    dealt: list[int] = []
    left = total
    while left > 0:
        # A wish beside the mean of the sizes is met by adding to, or sparing, some of them.
        size = sizes.draw(rng)
        if mean > _MEAN and rng.random() < mean - _MEAN:
            size += 1
        elif mean < _MEAN and size > 1 and rng.random() < (_MEAN - mean) / (_MEAN - 1):
            size = 1
        dealt.append(min(size, left))
        left -= dealt[-1]
    return dealt


def cut(things: Sequence[Any], *, smallest: int, largest: int, rng: Random) -> list[list[Any]]:
    """The things in their order, cut into pieces of a few each."""
    pieces: list[list[Any]] = []
    start = 0
    while start < len(things):
        size = rng.randint(smallest, largest)
        pieces.append(list(things[start : start + size]))
        start += size
    return pieces


def share_of_top(counts: Collection[int], *, percent: float) -> float:
    """Which part of all, 0 to 1, the top so many percent of places hold; places without anything are to be given."""
    ordered = sorted(counts, reverse=True)
    top = max(1, round(len(ordered) * percent / HUNDRED))
    return sum(ordered[:top]) / (sum(ordered) or 1)
