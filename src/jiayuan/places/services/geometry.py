# SPDX-License-Identifier: Apache-2.0
"""Where divisions lie: outlines and points on the ground, hexagons in the schematic picture."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.places import rows
from jiayuan.places.enums import Crs, Level
from jiayuan.places.events import HoneycombLaidOut, OutlinesImported, VillagePointsImported
from jiayuan.places.models import Division, HoneycombCell, Outline, VillagePoint
from jiayuan.places.outlines import read_outlines
from jiayuan.places.rows import CellRow, Line, PointRow, RowsRefused
from jiayuan.places.services.upsert import (
    BATCH,
    Report,
    compared,
    read_or_refuse,
    refuse_doubles,
    require_import,
    told,
)


@command
def import_outlines(
    *, data: bytes, by: Actor, at: datetime, review_number: str = "", source: str = "", crs: Crs = Crs.WGS84
) -> Report:
    """Add and change outlines from GeoJSON; refuses the whole file if one outline is wrong."""
    require_import(by)
    ids = dict(Division.objects.values_list("code", "id"))
    read, errors = read_outlines(data, crs=crs, known=ids.keys())
    if errors:
        raise RowsRefused(errors)
    shared = {"review_number": review_number, "source": source}
    wanted = {row.code: {**asdict(row), **shared} for row in read}
    names = [name for name in next(iter(wanted.values()), {}) if name != "code"]
    now = {
        code: {"code": code, **dict(zip(names, values, strict=True))}
        for code, *values in Outline.objects.values_list("division__code", *names)
    }
    plan = compared(now, wanted)
    for code in (*plan.created, *plan.changed):
        values = {name: wanted[code][name] for name in names}
        Outline.objects.update_or_create(division_id=ids[code], defaults=values)
    return told(plan.report, OutlinesImported, by=by, at=at)


@command
def import_village_points(*, data: bytes, by: Actor, at: datetime) -> Report:
    """Add and change the points that stand for villages, from a table; refuses it whole if a line is wrong."""
    require_import(by)
    ids = _villages()
    wanted = {row.code: row for row in read_or_refuse(data, rows.POINTS, _known(ids))}
    held = VillagePoint.objects.values_list("division__code", "lon", "lat", "source")
    now = {code: PointRow(code=code, lon=lon, lat=lat, source=source) for code, lon, lat, source in held}
    plan = compared(now, wanted)
    for code in (*plan.created, *plan.changed):
        row = wanted[code]
        values = {"lon": row.lon, "lat": row.lat, "source": row.source}
        VillagePoint.objects.update_or_create(division_id=ids[code], defaults=values)
    return told(plan.report, VillagePointsImported, by=by, at=at)


@command
def import_honeycomb(*, data: bytes, by: Actor, at: datetime) -> Report:
    """Take the places of hexagons from a table, for a city that arranges its picture by hand."""
    require_import(by)
    ids = _villages()
    known = _known(ids)

    def check(found: Sequence[tuple[Line, CellRow]]) -> None:
        known(found)
        refuse_doubles(found, [(row.q, row.r) for _, row in found], field="q")

    wanted = {row.code: row for row in read_or_refuse(data, rows.CELLS, check)}
    return told(place_cells(wanted, ids), HoneycombLaidOut, by=by, at=at)


def place_cells(wanted: dict[str, CellRow], ids: dict[str, int]) -> Report:
    """Write hexagons; they are all set anew when one moves, because two may change places."""
    held = HoneycombCell.objects.values_list("division__code", "q", "r")
    plan = compared({code: CellRow(code=code, q=q, r=r) for code, q, r in held}, wanted)
    if plan.created or plan.changed:
        HoneycombCell.objects.bulk_create(
            [HoneycombCell(division_id=ids[code], q=row.q, r=row.r) for code, row in wanted.items()],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["division"],
            update_fields=["q", "r"],
        )
    return plan.report


def _villages() -> dict[str, int]:
    return dict(Division.objects.filter(level=Level.VILLAGE).values_list("code", "id"))


def _known(ids: Collection[str]) -> Callable[[Sequence[tuple[Line, Any]]], None]:
    def check(found: Sequence[tuple[Line, Any]]) -> None:
        refuse_doubles(found, [row.code for _, row in found], field="code")
        for line, row in found:
            if row.code not in ids:
                line.wrong("code", pgettext_lazy("places", "This is no village of this city. Import divisions first."))

    return check
