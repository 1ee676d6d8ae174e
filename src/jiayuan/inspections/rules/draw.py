# SPDX-License-Identifier: Apache-2.0
"""Which places a seed draws from a sealed list, and who inspects them. Anybody can draw again, in any language.

The list is a text. Its first line names this way of drawing; ``# stratum N`` lines say how many are drawn of each
stratum; then every place in a line: code, stratum, and why it takes no part, parted by tabs. The key of a place is the
SHA-256 of ``<seed>:<code>`` in hex; of each stratum those with the smallest keys are drawn, in that order. On a shell:
``printf '%s' "$seed:$code" | sha256sum``.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

ALGORITHM = "jiayuan-draw-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A place of the list: its code, its stratum, and the code of the reason why it takes no part, if it does not."""

    code: str
    stratum: str
    excluded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Everything a draw depends on but its seed: the places, and how many of each stratum are drawn."""

    lines: tuple[Line, ...]
    quotas: Mapping[str, int]


def key_of(seed: str, name: str) -> str:
    """By what a name is put in order."""
    return sha256(f"{seed}:{name}".encode()).hexdigest()


def _in_order(seed: str, names: Collection[str]) -> list[str]:
    return sorted(set(names), key=lambda name: (key_of(seed, name), name))


def draw(frame: Frame, seed: str) -> tuple[Line, ...]:
    """The drawn places, stratum by stratum, in the order of the draw; all of a stratum that is too small."""
    drawn: list[Line] = []
    for stratum in sorted(frame.quotas):
        taking_part = {line.code: line for line in frame.lines if line.stratum == stratum and not line.excluded}
        order = _in_order(seed, taking_part)[: frame.quotas[stratum]]
        drawn += [taking_part[code] for code in order]
    return tuple(drawn)


def listing_of(frame: Frame) -> str:
    """The list as it is sealed: the same frame gives the same text, in whatever order it was put together."""
    quotas = [f"# {stratum}\t{n}" for stratum, n in sorted(frame.quotas.items())]
    lines = [f"{line.code}\t{line.stratum}\t{line.excluded}" for line in sorted(frame.lines, key=lambda one: one.code)]
    return "\n".join([ALGORITHM, *quotas, *lines]) + "\n"


def frame_from(listing: str) -> Frame:
    """The frame in a sealed list; ``ValueError`` for a text that is none, or was sealed for another way of drawing."""
    head, *rest = listing.split("\n")
    if head != ALGORITHM or rest[-1:] != [""]:
        raise ValueError(f"not a list of {ALGORITHM}")
    cells = [line.split("\t") for line in rest[:-1]]
    quotas = {name.removeprefix("# "): int(n) for name, n in (row for row in cells if row[0].startswith("# "))}
    lines = tuple(
        Line(code=code, stratum=stratum, excluded=excluded)
        for code, stratum, excluded in (row for row in cells if not row[0].startswith("# "))
    )
    return Frame(lines=lines, quotas=quotas)


def digest_of(text: str) -> str:
    """What proves which list, or which seed, a draw was made with: SHA-256 in hex."""
    return sha256(text.encode()).hexdigest()


def stands_for(frame: Frame, drawn: Sequence[Line]) -> dict[str, Fraction]:
    """For how many places of its stratum each drawn place stands: those taking part by those drawn."""
    taking_part = Counter(line.stratum for line in frame.lines if not line.excluded)
    of_stratum = Counter(line.stratum for line in drawn)
    return {line.code: Fraction(taking_part[line.stratum], of_stratum[line.stratum]) for line in drawn}


def assign(seed: str, able: Mapping[str, Collection[int]]) -> dict[str, int | None]:
    """Who inspects which place: places in the order of the draw, each with those who may go there.

    Among those with the fewest places so far the smallest key of ``<code>:<person>`` decides, so that nobody chooses
    and the work is shared. None where nobody may go.
    """
    load: Counter[int] = Counter()
    found: dict[str, int | None] = {}
    for code, persons in able.items():
        person = min(persons, key=lambda one: (load[one], key_of(seed, f"{code}:{one}"), one), default=None)
        found[code] = person
        if person is not None:
            load[person] += 1
    return found


def sample(seed: str, names: Collection[str], *, percent: int, always: Collection[str] = ()) -> tuple[str, ...]:
    """A share of the names, rounded up and at least one if there is any, and all that must be looked at again."""
    rest = set(names) - set(always)
    size = min(len(rest), max(1, -(-len(rest) * percent // 100))) if percent else 0
    return (*_in_order(seed, always), *_in_order(seed, rest)[:size])
