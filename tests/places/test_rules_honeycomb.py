# SPDX-License-Identifier: Apache-2.0
"""The schematic picture: every group in one piece, always the same."""

import csv
from math import dist
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import jiayuan.data
from jiayuan.places.honeycomb import Cell, Group, draw, is_connected, lay_out, thread

SUIZHOU = Path(jiayuan.data.__file__).parent / "suizhou"


def tree_of(sizes: list[list[int]]) -> Group:
    """A city of counties of towns with so many villages."""
    counties: list[Group | str] = []
    for county, towns in enumerate(sizes):
        groups: list[Group | str] = [
            (f"{county}.{town}", tuple(f"{county}.{town}.{village}" for village in range(size)))
            for town, size in enumerate(towns)
        ]
        counties.append((f"{county}", tuple(groups)))
    return "city", tuple(counties)


def groups_of(cells: dict[str, Cell], depth: int) -> list[list[Cell]]:
    """The cells of each county (depth 1) or town (depth 2)."""
    found: dict[str, list[Cell]] = {}
    for code, cell in cells.items():
        found.setdefault(".".join(code.split(".")[:depth]), []).append(cell)
    return list(found.values())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 20), min_size=0, max_size=10), min_size=0, max_size=8))
def test_counties_and_towns_stay_in_one_piece(sizes: list[list[int]]) -> None:
    cells = lay_out(tree_of(sizes))

    assert len(set(cells.values())) == len(cells) == sum(map(sum, sizes))
    for depth in (1, 2):
        assert all(is_connected(group) for group in groups_of(cells, depth))


@given(st.lists(st.lists(st.integers(0, 20), max_size=8), max_size=6))
def test_the_plain_line_for_trees_that_cannot_be_cut_keeps_groups_in_one_piece_too(sizes: list[list[int]]) -> None:
    cells = thread(tree_of(sizes))

    assert len(set(cells.values())) == len(cells) == sum(map(sum, sizes))
    for depth in (1, 2):
        assert all(is_connected(group) for group in groups_of(cells, depth))


def test_one_connected_shape_is_told_from_two() -> None:
    assert is_connected([(0, 0), (1, 0), (1, 1)])
    assert not is_connected([(0, 0), (2, 0)])


def shipped_cells() -> dict[str, Cell]:
    """The committed picture of the demonstration city."""
    with (SUIZHOU / "honeycomb.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (int(row["q"]), int(row["r"])) for row in csv.DictReader(file)}


def test_the_committed_picture_of_suizhou_is_what_the_generator_draws() -> None:
    cells = shipped_cells()
    counties: dict[str, dict[str, list[str]]] = {}
    for code in sorted(cells):
        counties.setdefault(code[:6], {}).setdefault(code[:9], []).append(code)

    drawn = lay_out(
        (
            "city",
            tuple(
                (key, tuple((town, tuple(codes)) for town, codes in towns.items())) for key, towns in counties.items()
            ),
        )
    )

    assert len(cells) == 1009
    assert drawn == cells
    for digits in (6, 9):
        for key in {code[:digits] for code in cells}:
            assert is_connected([cell for code, cell in cells.items() if code.startswith(key)])


def test_gaps_are_wider_between_towns_and_widest_between_counties() -> None:
    cells = {"a1": (0, 0), "a2": (1, 0), "b1": (2, 0), "c1": (3, 0)}
    towns = {"a1": "a", "a2": "a", "b1": "b", "c1": "c"}
    counties = {"a1": "A", "a2": "A", "b1": "A", "c1": "C"}

    picture = draw(cells, towns=towns, counties=counties, side=10)

    reach = [(max(x for x, _ in hexagon.corners), min(x for x, _ in hexagon.corners)) for hexagon in picture]
    gaps = [reach[n + 1][1] - reach[n][0] for n in range(3)]
    assert 0 < gaps[0] < gaps[1] < gaps[2]


def test_no_two_hexagons_of_the_picture_overlap() -> None:
    cells = shipped_cells()
    picture = draw(
        cells, towns={code: code[:9] for code in cells}, counties={code: code[:6] for code in cells}, side=10
    )

    assert all(len(hexagon.corners) == 6 for hexagon in picture)
    # A corner never reaches beyond the circle around its own cell, and cells are a grid.
    assert all(dist((hexagon.x, hexagon.y), corner) < 10 for hexagon in picture for corner in hexagon.corners)
    assert min(value for hexagon in picture for corner in hexagon.corners for value in corner) >= 0
