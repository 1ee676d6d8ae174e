# SPDX-License-Identifier: Apache-2.0
"""Which families a season consists of: totals dealt to cases and rows so that every published figure comes out exactly.

A family is what belongs together – a case with its duplicates or its relapse, a village's week of lists – and is told
without looking at any other, so a load that was broken off goes on at the next one.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from jiayuan.cases.rules.clearing import week_of
from jiayuan.cases.rules.season import Figure, Shapes, cut, deal
from jiayuan.cases.services.season.ground import Ground
from jiayuan.kernel.handles import seeded

LAST_DECISIONS = timedelta(days=4)
"""What is handed in later than this before the end may not be decided in time."""


MIXED = 50
"""One family in so many is loaded before all others, from everywhere."""
TOWN = 9


class Fate(StrEnum):
    """What becomes of a family."""

    CLOSED = "closed"
    OPEN = "open"
    UNFILED = "unfiled"
    VOID = "void"
    LOT = "lot"
    FAILED_LOT = "failed_lot"
    TAKEN_BACK = "taken_back"
    OPEN_LIST = "open_list"
    WAITING_LIST = "waiting_list"


@dataclass(slots=True, kw_only=True)
class Family:
    """What is settled of a family before it is told."""

    fate: Fate
    setting: str
    task: str
    quantity: int = 1
    relapses: bool = False
    duplicates: int = 0
    returns: int = 0
    place: str = ""
    day: date | None = None
    lists: list[list[tuple[str, int]]] = field(default_factory=list)
    number: int = 0


def plan(ground: Ground, shapes: Shapes, *, seed: int, already: Mapping[str, int]) -> list[Family]:
    """Every family of the season in the order in which they are loaded. ``already`` is what counts to a task before."""
    rng = seeded(f"plan {seed}")
    families = [*_closed(ground, shapes, rng, already), *_lists(ground, shapes, rng), *_beside(shapes, rng)]
    rng.shuffle(families)
    for family in families:
        family.place = family.place or ground.place(family.setting, rng)
    first = len(families) // MIXED
    # What is first seen is mixed. The rest goes town by town: a transaction then touches few numbers, again and again.
    ordered = families[:first] + sorted(families[first:], key=lambda family: (family.place[:TOWN], family.task))
    for number, family in enumerate(ordered):
        family.number = number
    return ordered


def _closed(ground: Ground, shapes: Shapes, rng: Random, already: Mapping[str, int]) -> list[Family]:
    """Cases that were dispatched, handled, checked and closed; their quantities sum up to the figures."""
    made: list[Family] = []
    for figure in shapes.figures:
        left = _by_cases(figure, shapes, already)
        dealt = deal(left, mean=figure.mean, rng=rng)
        made += [
            Family(fate=Fate.CLOSED, setting=figure.setting, task=figure.task, quantity=quantity) for quantity in dealt
        ]
        # A relapse is a case of its own and counts once more; ``_by_cases`` has left room for it.
        own = made[-len(dealt) :]
        for family in rng.sample(own, min(len(own), shapes.cases["relapses_per_figure"])):
            family.relapses = True
    for setting in ("rural", "urban"):
        made += [
            Family(fate=Fate.CLOSED, setting=setting, task=f"other-{setting}", quantity=1)
            for _ in range(shapes.cases[f"other_{setting}"])
        ]
    _mark(made, shapes, rng, ground)
    return made


def _by_cases(figure: Figure, shapes: Shapes, already: Mapping[str, int]) -> int:
    """How much of a figure is left for cases, once lists, relapses and failed rows have had their part."""
    beside = shapes.cases["relapses_per_figure"]
    if figure.setting == "rural":
        beside += shapes.cases["failed_rows_per_rural_figure"]
    left = figure.total - by_lists(figure) - beside - already.get(figure.task, 0)
    if left < beside:
        raise ValueError(f"{figure.code}: the season is too small for its branches")
    return left


def by_lists(figure: Figure) -> int:
    """How much of a figure villages clear by their own lists."""
    return figure.total * figure.self_percent // 100


def _mark(made: list[Family], shapes: Shapes, rng: Random, ground: Ground) -> None:
    """Give some closed cases what is rare: duplicates, a storm of them, three returns, one place that relapses."""
    urban = [family for family in made if family.setting == "urban" and not family.relapses]
    for family in rng.sample(made, min(len(made), shapes.cases["duplicates"])):
        family.duplicates = rng.choice((1, 1, 1, 2))
    stormy, *others = rng.sample(urban, 1 + min(len(urban) - 1, int(shapes.shares["third_returns"])))
    stormy.duplicates = shapes.cases["storm"]
    for family in others:
        family.returns = 3
    cluster = [family for family in made if family.task == "other-urban"][: shapes.cases["cluster"]]
    spot = ground.place("urban", rng)
    for family in cluster:
        # One place whose posters come back again and again; which place it is changes with the seed.
        family.place, family.relapses = spot, True


def _lists(ground: Ground, shapes: Shapes, rng: Random) -> list[Family]:
    """Village's weeks of lists: rows of all classes dealt to lists, lists to villages and days."""
    rows = [
        (figure.task, quantity)
        for figure in shapes.figures
        if figure.self_percent
        for quantity in deal(by_lists(figure), mean=figure.mean + 1, rng=rng)
    ]
    rng.shuffle(rows)
    lots: dict[tuple[str, str], Family] = {}
    latest = shapes.ends_at.date() - LAST_DECISIONS
    for found in cut(rows, smallest=2, largest=7, rng=rng):
        place, day = ground.place("rural", rng), ground.day("rural", rng, latest=latest)
        key = (place, week_of(day))
        lot = lots.setdefault(key, Family(fate=Fate.LOT, setting="rural", task="", place=place, day=day))
        lot.lists.append(found)
    made = list(lots.values())
    tasks = [figure.task for figure in shapes.figures if figure.setting == "rural"]
    wanted = tasks * shapes.cases["failed_rows_per_rural_figure"]
    single = [lot for lot in made if len(lot.lists) == 1]
    for lot, task in zip(rng.sample(single, min(len(single), len(wanted))), wanted, strict=False):
        lot.fate, lot.task = Fate.FAILED_LOT, task
    if len(single) < len(wanted):
        raise ValueError("the season has too few lists for those that fail")
    return made


def _beside(shapes: Shapes, rng: Random) -> list[Family]:
    """What counts to no figure: not filed, void, still open."""
    tasks: dict[str, list[str]] = defaultdict(list)
    for figure in shapes.figures:
        tasks[figure.setting].append(figure.task)
    made: list[Family] = []
    for fate, name in ((Fate.UNFILED, "unfiled"), (Fate.VOID, "void"), (Fate.OPEN, "open")):
        for _ in range(shapes.cases[name]):
            setting = "urban" if rng.random() < 0.72 else "rural"
            made.append(Family(fate=fate, setting=setting, task=rng.choice([*tasks[setting], f"other-{setting}"])))
    rural = tasks["rural"]
    for fate, name in (
        (Fate.OPEN_LIST, "open_lists"),
        (Fate.WAITING_LIST, "waiting_lists"),
        (Fate.TAKEN_BACK, "taken_back_lists"),
    ):
        for _ in range(shapes.cases[name]):
            rows = [(rng.choice(rural), rng.randint(1, 4)) for _ in range(rng.randint(2, 5))]
            made.append(Family(fate=fate, setting="rural", task="", lists=[rows]))
    return made
