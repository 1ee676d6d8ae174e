# SPDX-License-Identifier: Apache-2.0
"""Cases on a map, gathered by the database: however many there are, an answer has at most 500 marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count, F, FloatField, IntegerField, Max, Min, Value
from django.db.models.functions import Cast

from jiayuan.cases.intake.lists import Filter
from jiayuan.cases.models import Case
from jiayuan.cases.queries.lists import of_filter
from jiayuan.kernel.access import Actor

MOST_MARKS = 500
CELLS_ACROSS = 20
SMALLEST_CELL = 0.0005
"""About fifty metres: below that, neighbours are told apart by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A piece of the map in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def cell(self) -> float:
        """The side of the squares in which cases are gathered, so that twenty stand side by side."""
        return max(self.east - self.west, self.north - self.south, SMALLEST_CELL * CELLS_ACROSS) / CELLS_ACROSS


@dataclass(frozen=True, slots=True, kw_only=True)
class MapMark:
    """Some cases that stand close together, or a single one, which alone has a receipt code, class and state."""

    lon: float
    lat: float
    n: int
    handle: str = ""
    class_id: int = 0
    state: str = ""


def marks_on_map(actor: Actor, *, narrowed: Filter, box: Box) -> Sequence[MapMark]:
    """The cases of a list that have a position inside a box, gathered by squares, the fullest first; two queries."""
    inside = of_filter(actor, narrowed).filter(
        lon__gte=box.west, lon__lte=box.east, lat__gte=box.south, lat__lte=box.north
    )
    side = Value(box.cell, output_field=FloatField())
    squares = (
        inside.annotate(x=Cast(F("lon") / side, IntegerField()), y=Cast(F("lat") / side, IntegerField()))
        .order_by()
        .values("x", "y")
        .annotate(n=Count("id"), middle_lon=Avg("lon"), middle_lat=Avg("lat"), first=Min("id"))
        .order_by("-n", "first")[:MOST_MARKS]
    )
    found = list(squares.values_list("n", "middle_lon", "middle_lat", "first"))
    alone = [first for n, _, _, first in found if n == 1]
    columns = ("pk", "handle", "problem_class_id", "state")
    known = {row[0]: row[1:] for row in Case.objects.filter(pk__in=alone).values_list(*columns)} if alone else {}
    return [_mark(n, lon, lat, known.get(first) if n == 1 else None) for n, lon, lat, first in found]


def _mark(n: int, lon: float, lat: float, known: tuple[str, int, str] | None) -> MapMark:
    if known is None:
        return MapMark(lon=lon, lat=lat, n=n)
    return MapMark(lon=lon, lat=lat, n=1, handle=known[0], class_id=known[1], state=known[2])


def extent_of(actor: Actor, *, narrowed: Filter) -> Box | None:
    """The piece of the map in which a list's cases stand; None when none of them has a position."""
    ends = of_filter(actor, narrowed).aggregate(west=Min("lon"), south=Min("lat"), east=Max("lon"), north=Max("lat"))
    return Box(**ends) if ends["west"] is not None else None
