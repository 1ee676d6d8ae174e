# SPDX-License-Identifier: Apache-2.0
"""GeoJSON into checked outlines in WGS-84. The file comes from the city; its review number is shown beside it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

from jiayuan.kernel.errors import Refused
from jiayuan.places import rules
from jiayuan.places.coordinates import BadCoordinates, to_wgs84
from jiayuan.places.enums import Crs
from jiayuan.places.rows import RowError, decoded

_DIGITS = 6  # 11 cm; more would say more than a boundary knows


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineRow:
    """One outline with its box."""

    code: str
    geometry: str
    west: float
    south: float
    east: float
    north: float


def read_outlines(data: bytes, *, crs: Crs, known: Collection[str]) -> tuple[list[OutlineRow], list[RowError]]:
    """The outlines of a FeatureCollection whose features carry ``code``; line numbers count features from 1."""
    features = _features(data)
    rows, errors = [], []
    for number, feature in enumerate(features, start=1):
        found = _outline(feature, crs=crs, known=known)
        if isinstance(found, OutlineRow):
            rows.append(found)
        else:
            errors.append(RowError(number, *found))
    for code in {row.code for row in rows if sum(other.code == row.code for other in rows) > 1}:
        errors.append(RowError(0, "code", pgettext_lazy("places", "A code stands twice in this file.")))
        rows = [row for row in rows if row.code != code]
    return rows, errors


def _features(data: bytes) -> list[Any]:
    try:
        document = json.loads(decoded(data))
    except ValueError:
        document = None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        message = pgettext_lazy("places", "This file is no GeoJSON collection of outlines.")
        raise Refused("no_geojson", message, field="file")
    return features


def _outline(feature: Any, *, crs: Crs, known: Collection[str]) -> OutlineRow | tuple[str, Any]:
    """The outline, or the field that is wrong and why."""
    try:
        code = rules.full_code(str(feature["properties"]["code"]))
    except (rules.BadCode, KeyError, TypeError):
        return "code", pgettext_lazy("places", "An outline needs a division code of 2, 4, 6, 9 or 12 digits.")
    if code not in known:
        return "code", pgettext_lazy("places", "This division is not known. Import divisions first.")
    try:
        geometry = _area(feature["geometry"], crs=crs)
    except BadCoordinates:
        return "geometry", pgettext_lazy("places", "This is no place in China. Longitude comes first.")
    except (ShapelyError, KeyError, TypeError, ValueError):
        return "geometry", pgettext_lazy("places", "This outline cannot be read.")
    if geometry.is_empty or not geometry.is_valid:
        return "geometry", pgettext_lazy("places", "An outline is a closed area that does not cross itself.")
    west, south, east, north = geometry.bounds
    text = json.dumps(mapping(geometry), separators=(",", ":"))
    return OutlineRow(code=code, geometry=text, west=west, south=south, east=east, north=north)


def _area(given: Any, *, crs: Crs) -> Any:
    """The polygon or polygons of a GeoJSON geometry, in WGS-84."""
    if given["type"] not in {"Polygon", "MultiPolygon"}:
        raise ValueError(given["type"])
    return shape({"type": given["type"], "coordinates": _placed(given["coordinates"], crs=crs)})


def _placed(coordinates: Any, *, crs: Crs) -> Any:
    """The same nest of rings with every corner converted and rounded."""
    if isinstance(coordinates[0], (int, float)):
        lon, lat = to_wgs84(coordinates[0], coordinates[1], crs=crs)
        return round(lon, _DIGITS), round(lat, _DIGITS)
    return [_placed(part, crs=crs) for part in coordinates]
