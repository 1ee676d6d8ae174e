# SPDX-License-Identifier: Apache-2.0
"""How a town looks at what a village cleared by itself: the size of the sample, the draw, the verdict. Pure.

The draw can be repeated by anybody in any language: a row is called ``<handle of its list>-<its number>``; its key is
the SHA-256 of ``<seed>:<name>`` in hex; the rows with the smallest keys are drawn, in that order. On a shell:
``printf '%s' "$seed:$name" | sha256sum``.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

SAMPLE_PERCENT = 10
"""How many of a hundred cleared rows a town looks at, unless the setting says otherwise."""
MOST_ROWS = 200
MOST_OF_ONE = 999


def week_of(on: date) -> str:
    """The ISO week of a day, ``2025-W01``; its year is that of the week's Thursday."""
    year, week, _ = on.isocalendar()
    return f"{year}-W{week:02d}"


def row_name(handle: str, number: int) -> str:
    """What a row is called in a draw."""
    return f"{handle}-{number}"


def sample_size(eligible: int, *, percent: int = SAMPLE_PERCENT) -> int:
    """How many rows of a village's week are looked at: the share rounded up, never fewer than one if there is any."""
    if eligible <= 0:
        return 0
    return min(eligible, max(1, -(-eligible * percent // 100)))


def draw_key(seed: str, name: str) -> str:
    """By what a row is put in order for a draw."""
    return sha256(f"{seed}:{name}".encode()).hexdigest()


def drawn(seed: str, names: Collection[str], *, size: int) -> tuple[str, ...]:
    """The rows that a seed draws, in the order of the draw; in whatever order they are named, the same ones."""
    return tuple(sorted(set(names), key=lambda name: (draw_key(seed, name), name))[:size])


def digest_of(names: Iterable[str]) -> str:
    """What proves from which rows a sample was drawn: SHA-256 over their sorted names, one in a line."""
    return sha256("\n".join(sorted(names)).encode()).hexdigest()


class Verdict(StrEnum):
    """What becomes of one list of a lot."""

    ACCEPT = "accept"
    REOPEN = "reopen"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was looked at in one list of a lot: how many rows, and how many did not pass."""

    drawn: int
    failed: int


def verdicts(lot: Mapping[int, Looked]) -> dict[int, Verdict]:
    """What becomes of every list of a lot.

    A list with a row that did not pass is opened again. In a lot in which any row failed, a list that nobody looked at
    waits for another draw: it must not ride on a sample that speaks against its neighbours.
    """
    has_failed = any(looked.failed for looked in lot.values())
    return {key: _verdict(looked, has_failed=has_failed) for key, looked in lot.items()}


def _verdict(looked: Looked, *, has_failed: bool) -> Verdict:
    if looked.failed:
        return Verdict.REOPEN
    return Verdict.LEAVE if has_failed and not looked.drawn else Verdict.ACCEPT


def may_accept(hands: Collection[int], *, person_id: int | None) -> bool:
    """Whether somebody may draw from, or decide about, a list: not one of those who made, cleared or handed it in."""
    return person_id is None or person_id not in hands
