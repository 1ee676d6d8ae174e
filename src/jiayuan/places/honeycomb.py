# SPDX-License-Identifier: Apache-2.0
"""The honeycomb: one hexagon per village, towns in one piece, counties in one piece, wider gaps between them.

It is a schematic picture on a plane of its own (示意图). Nothing in it may be compared with longitude and latitude, and
neighbours in it need not be neighbours on the ground. The same tree always gives the same picture.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin, sqrt

Cell = tuple[int, int]
Group = tuple[str, tuple["Group | str", ...]]
"""A code with what lies in it: groups, or village codes at the bottom."""

NEIGHBOURS: tuple[Cell, ...] = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
_STRETCH = 1.3  # wider than high, as screens are
_EDGE_ANGLES = tuple(pi / 3 * side for side in range(6))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hexagon:
    """One village in the picture: its axial place, its centre and its six corners in units of the picture."""

    code: str
    q: int
    r: int
    x: float
    y: float
    corners: tuple[tuple[float, float], ...]

    @property
    def points(self) -> str:
        """The corners as an SVG ``points`` attribute."""
        return _svg_points(self.corners)


@lru_cache(maxsize=4096)
def _svg_points(corners: tuple[tuple[float, float], ...]) -> str:
    # Two pages draw a thousand of them each time; writing out twelve numbers costs more than looking them up.
    return " ".join(f"{x:g},{y:g}" for x, y in corners)


def lay_out(root: Group) -> dict[str, Cell]:
    """The axial place of every village below the root."""
    # No tree is known that the cuts cannot share out, but nothing proves that there is none.
    return _settle(root, _disc(_size(root))) or thread(root)


def _size(node: Group | str) -> int:
    return 1 if isinstance(node, str) else sum(_size(child) for child in node[1])


def _centre(cell: Cell) -> tuple[float, float]:
    """The centre of a cell of side 1 with a corner on top."""
    q, r = cell
    return sqrt(3) * (q + r / 2), 1.5 * r


def _disc(size: int) -> list[Cell]:
    """As many cells as there are villages, the nearest to the middle of an ellipse."""
    reach = int(size**0.5) + 3
    cells = [(q, r) for q in range(-2 * reach, 2 * reach + 1) for r in range(-reach, reach + 1)]

    def distance(cell: Cell) -> tuple[float, Cell]:
        x, y = _centre(cell)
        return round((x / _STRETCH) ** 2 + y**2, 6), cell

    return sorted(cells, key=distance)[:size]


def thread(root: Group) -> dict[str, Cell]:
    """All villages along one line that turns at the rim: plain, but any stretch of it holds together."""
    villages = _villages(root)
    width = max(1, round(len(villages) ** 0.5 * _STRETCH))
    rows = range(len(villages) // width + 1)
    line = [(q if r % 2 == 0 else width - 1 - q, r) for r in rows for q in range(width)]
    return dict(zip(villages, line, strict=False))


def _villages(node: Group | str) -> list[str]:
    return [node] if isinstance(node, str) else [village for child in node[1] for village in _villages(child)]


def _settle(node: Group, cells: list[Cell]) -> dict[str, Cell] | None:
    """Places for the villages of one group in a region of its size; None if the region cannot be shared out."""
    villages = [child for child in node[1] if isinstance(child, str)]
    if villages or not cells:
        # Inside a town the order is that of reading, so that codes can be found again by eye.
        return dict(zip(villages, sorted(cells, key=lambda cell: (cell[1], cell[0])), strict=True))
    return _share([child for child in node[1] if not isinstance(child, str) and _size(child)], cells)


def _share(groups: Sequence[Group], cells: list[Cell]) -> dict[str, Cell] | None:
    """Cut a region in two again and again until each group has a piece of its own size.

    A small forked piece may be impossible to cut; then the next best cut above it is tried.
    """
    if len(groups) == 1:
        return _settle(groups[0], cells)
    sizes = [_size(group) for group in groups]
    middle = min(range(1, len(groups)), key=lambda at: (abs(2 * sum(sizes[:at]) - len(cells)), at))
    for here, there in _cuts(cells, sum(sizes[:middle])):
        first = _share(groups[:middle], here)
        second = first and _share(groups[middle:], there)
        if first and second:
            return first | second
    return None


_SWEEPS: tuple[Callable[[Cell], tuple[int, int]], ...] = (
    lambda cell: (2 * cell[0] + cell[1], cell[1]),  # left to right
    lambda cell: (cell[1], cell[0]),  # row by row
    lambda cell: (cell[0], cell[1]),  # along one slant
    lambda cell: (-cell[0] - cell[1], cell[0]),  # along the other
    lambda cell: (2 * cell[0] + cell[1], -cell[1]),
    lambda cell: (cell[1], -cell[0]),
    lambda cell: (cell[0], -cell[1]),
    lambda cell: (-cell[0] - cell[1], -cell[0]),
)


def _cuts(cells: list[Cell], size: int) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """The region in two connected pieces, the first of the given size; the shortest border comes first."""
    cuts = []
    for sweep in _SWEEPS:
        ordered = sorted(cells, key=sweep)
        cuts += [(ordered[:size], ordered[size:]), (ordered[-size:], ordered[:-size])]
    cuts.sort(key=lambda cut: _border(*cut))
    yield from ((here, there) for here, there in cuts if is_connected(here) and is_connected(there))


def neighbours_of(cell: Cell) -> tuple[Cell, ...]:
    """The six cells around a cell."""
    return tuple((cell[0] + q, cell[1] + r) for q, r in NEIGHBOURS)


def is_connected(cells: Iterable[Cell]) -> bool:
    """Whether one can walk between all cells without leaving them."""
    waiting = set(cells)
    edge = [waiting.pop()] if waiting else []
    while edge:
        near = [cell for cell in neighbours_of(edge.pop()) if cell in waiting]
        waiting.difference_update(near)
        edge += near
    return not waiting


def _border(here: list[Cell], there: list[Cell]) -> int:
    beyond = set(there)
    return sum(neighbour in beyond for cell in here for neighbour in neighbours_of(cell))


def draw(
    cells: Mapping[str, Cell], *, towns: Mapping[str, str], counties: Mapping[str, str], side: float = 10.0
) -> list[Hexagon]:
    """The picture: hexagons pulled in a little at a neighbour, more at another town, most at another county.

    ``towns`` and ``counties`` name the group of each village. The top left corner of the picture is at 0, 0.
    """
    at = {cell: code for code, cell in cells.items()}
    left = min((_centre(cell)[0] for cell in cells.values()), default=0.0) - sqrt(3) / 2
    top = min((_centre(cell)[1] for cell in cells.values()), default=0.0) - 1
    drawn = []
    for code in sorted(cells):
        x, y = _centre(cells[code])
        middle = ((x - left) * side, (y - top) * side)
        gaps = [_gap(code, at.get(cell), towns=towns, counties=counties) for cell in neighbours_of(cells[code])]
        corners = _corners(middle, [side * (sqrt(3) / 2 - gap) for gap in gaps])
        q, r = cells[code]
        drawn.append(Hexagon(code=code, q=q, r=r, x=round(middle[0], 2), y=round(middle[1], 2), corners=corners))
    return drawn


def _gap(code: str, other: str | None, *, towns: Mapping[str, str], counties: Mapping[str, str]) -> float:
    if other is None or towns[code] == towns[other]:
        return 0.04
    return 0.13 if counties[code] == counties[other] else 0.26


def _corners(middle: tuple[float, float], reaches: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Where each edge line, at its own distance from the middle, meets the next one."""
    corners = []
    for side, angle in enumerate(_EDGE_ANGLES):
        near, far = reaches[side], reaches[(side + 1) % 6]
        along = (far - near * cos(pi / 3)) / sin(pi / 3)
        x = near * cos(angle) - along * sin(angle)
        y = near * sin(angle) + along * cos(angle)
        corners.append((round(middle[0] + x, 2), round(middle[1] + y, 2)))
    return tuple(corners)
