# SPDX-License-Identifier: Apache-2.0
"""A whole city from a data pack: a folder of tables, each of them optional but the first."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.places import honeycomb
from jiayuan.places.enums import Level
from jiayuan.places.events import HoneycombLaidOut
from jiayuan.places.models import Division, HoneycombCell
from jiayuan.places.rows import CellRow
from jiayuan.places.services.divisions import import_division_links, import_divisions
from jiayuan.places.services.geometry import import_honeycomb, import_outlines, import_village_points, place_cells
from jiayuan.places.services.organisations import import_jurisdictions, import_organisations
from jiayuan.places.services.upsert import Report, require_import, told

_STEPS = (
    ("divisions.csv", import_divisions),
    ("links.csv", import_division_links),
    ("organisations.csv", import_organisations),
    ("jurisdictions.csv", import_jurisdictions),
    ("outlines.geojson", import_outlines),
    ("points.csv", import_village_points),
    ("honeycomb.csv", import_honeycomb),
)


@command
def load_city(*, pack: Path, by: Actor, at: datetime) -> Report:
    """Import every table of a pack, all or nothing; a second time changes nothing."""
    require_import(by)
    if not (pack / "divisions.csv").is_file():
        message = pgettext_lazy("places", "There is no city in this folder: divisions.csv is missing.")
        raise Refused("no_pack", message, field="pack")
    report = Report(created=0, changed=0, unchanged=0, absent=0)
    for name, step in _STEPS:
        if (pack / name).is_file():
            report += step(data=(pack / name).read_bytes(), by=by, at=at)
    if not _picture_is_whole():
        report += lay_out_honeycomb(by=by, at=at)
    return report


def _picture_is_whole() -> bool:
    """Whether each present village has a hexagon of its own."""
    villages = Division.objects.filter(level=Level.VILLAGE, valid_to=None).count()
    cells = HoneycombCell.objects.filter(division__valid_to=None).values_list("q", "r")
    return len(cells) == len(set(cells)) == villages


@command
def lay_out_honeycomb(*, by: Actor, at: datetime) -> Report:
    """Draw the schematic picture of all present villages anew. Villages that are gone leave it."""
    require_import(by)
    ids = dict(Division.objects.filter(level=Level.VILLAGE, valid_to=None).order_by("code").values_list("code", "id"))
    counties: dict[str, dict[str, list[str]]] = {}
    for code in ids:
        counties.setdefault(code[:6], {}).setdefault(code[:9], []).append(code)
    tree: honeycomb.Group = (
        "",
        tuple(
            (county, tuple((town, tuple(villages)) for town, villages in towns.items()))
            for county, towns in counties.items()
        ),
    )
    cells = {code: CellRow(code=code, q=q, r=r) for code, (q, r) in honeycomb.lay_out(tree).items()}
    # A derived picture, not a record of anything: the one place where rows may go.
    HoneycombCell.objects.exclude(division_id__in=ids.values()).delete()
    return told(place_cells(cells, ids), HoneycombLaidOut, by=by, at=at)
