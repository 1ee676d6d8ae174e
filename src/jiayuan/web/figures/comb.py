# SPDX-License-Identifier: Apache-2.0
"""The honeycomb: one hexagon per village, shaded in five steps by how much is open there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import npgettext, pgettext

from jiayuan.places import queries as places

if TYPE_CHECKING:
    from jiayuan.places.honeycomb import Hexagon


MARGIN = 12.0
"""From the middle of a hexagon to beyond its corners, on the plane of the picture."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One village in the picture."""

    points: str
    step: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Rank:
    """One line of the list beside the picture."""

    name: str
    value: int
    url: str


@dataclass(frozen=True, slots=True)
class Comb:
    """The picture, its key, and the same numbers for those who do not see it."""

    viewbox: str
    cells: tuple[Cell, ...]
    key: tuple[dict[str, Any], ...]
    ranks: tuple[Rank, ...]


def comb(
    numbers: Mapping[str, int], *, url: Callable[[str], str], ranks: tuple[Rank, ...] | None = None, under: str = ""
) -> Comb:
    """The honeycomb of these numbers by village code, with the villages where most is open beside it.

    ``under`` cuts out the villages whose codes begin so.
    ``ranks`` puts another list in their place: in public nobody ranks villages.
    """
    hexagons = tuple(hexagon for hexagon in places.honeycomb() if hexagon.code.startswith(under))
    most = max(numbers.values(), default=0)
    # A thousand cells, but few different numbers: each is put into words once.
    words = {n: _open_words(n) for n in {0, *numbers.values()}}
    cells = []
    for hexagon in hexagons:
        n = numbers.get(hexagon.code, 0)
        title = f"{places.path_name(hexagon.code)} · {words[n]}"
        cells.append(Cell(points=hexagon.points, step=step_of(n, most), title=title, url=url(hexagon.code)))
    return Comb(_viewbox(hexagons), tuple(cells), key_of(most), _fullest(numbers, url) if ranks is None else ranks)


def _fullest(numbers: Mapping[str, int], url: Callable[[str], str]) -> tuple[Rank, ...]:
    ranked = sorted(((n, code) for code, n in numbers.items() if n > 0), key=lambda pair: (-pair[0], pair[1]))
    return tuple(Rank(places.path_name(code), n, url(code)) for n, code in ranked[:12])


def step_of(n: int, most: int) -> int:
    """0 for none, then 1 to 5 in equal steps up to the greatest."""
    return 0 if n <= 0 or most <= 0 else min(5, 1 + (n - 1) * 5 // max(most, 1))


def key_of(most: int) -> tuple[dict[str, Any], ...]:
    """What each shade means, as ranges of whole numbers."""
    ranges: dict[int, list[int]] = {}
    for n in range(1, most + 1):
        ranges.setdefault(step_of(n, most), []).append(n)
    entries = [{"step": 0, "words": pgettext("web", "none")}]
    for step, values in sorted(ranges.items()):
        words = f"{values[0]}" if len(values) == 1 else f"{values[0]}–{values[-1]}"
        entries.append({"step": step, "words": words})
    return tuple(entries)


def _open_words(n: int) -> str:
    return npgettext("web", "%(n)s open", "%(n)s open", n) % {"n": n}


def _viewbox(hexagons: "tuple[Hexagon, ...]") -> str:
    """The part of the plane that the hexagons fill, by their middles and a margin: there are six times more corners."""
    if not hexagons:
        return "0 0 1 1"
    left, top = min(cell.x for cell in hexagons) - MARGIN, min(cell.y for cell in hexagons) - MARGIN
    right, bottom = max(cell.x for cell in hexagons) + MARGIN, max(cell.y for cell in hexagons) + MARGIN
    return f"{left:.1f} {top:.1f} {right - left:.1f} {bottom - top:.1f}"
