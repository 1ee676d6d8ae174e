# SPDX-License-Identifier: Apache-2.0
"""Who checks is drawn by lot, so that nobody chooses their checker and anybody can draw again from the same seed.

Persons are drawn as rows of clearing lists are: the lowest SHA-256 over ``seed:person``. Who declined or was silent is
left out the next time. Whoever checked a unit three times running rests, unless there is nobody else.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from jiayuan.cases.rules import clearing

RUNNING = 3
"""So many checks of one unit may one person do one after another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLot:
    """What a draw gave: who, out of how many, and whether the rule of three had to give way."""

    person_id: int | None
    eligible: tuple[int, ...]
    relaxed: bool


def draw(*, seed: str, able: Collection[int], barred: Collection[int], latest: Sequence[int | None]) -> CheckLot:
    """Draw among those able to check and not barred; ``latest`` are the newest checkers of the unit, newest first."""
    everybody = set(able) - set(barred)
    rested = everybody - tired(latest)
    eligible = rested or everybody
    first = clearing.drawn(seed, [str(person_id) for person_id in eligible], size=1)
    person_id = int(first[0]) if first else None
    return CheckLot(person_id=person_id, eligible=tuple(sorted(eligible)), relaxed=bool(everybody) and not rested)


def tired(latest: Sequence[int | None]) -> set[int]:
    """Whoever checked the unit three times running."""
    newest = latest[:RUNNING]
    same = newest[0] if len(newest) == RUNNING and len(set(newest)) == 1 else None
    return {same} if same is not None else set()


def digest_of(person_ids: Iterable[int]) -> str:
    """What an event keeps of who could have been drawn: SHA-256 over their ids, sorted as words, one in a line."""
    return clearing.digest_of(str(person_id) for person_id in person_ids)
