# SPDX-License-Identifier: Apache-2.0
"""A position proposes a village, when the city has imported where villages lie."""

import json
from typing import Any

import pytest

from jiayuan.kernel.errors import Refused
from jiayuan.places import queries, services
from jiayuan.places.coordinates import from_wgs84
from jiayuan.places.enums import Crs, Level
from jiayuan.places.models import Outline
from jiayuan.places.rows import RowsRefused
from tests.places.conftest import AT, BY, SMALL_CITY


def proposed(lon: float, lat: float) -> str:
    """The code of the proposed village, or empty."""
    found = queries.propose(lon, lat)
    return found.code if found else ""


def test_a_position_inside_an_outline_proposes_its_village(small_city: services.Report) -> None:
    assert proposed(100.05, 30.05) == "990101001001"
    assert proposed(100.25, 30.35) == "990121200202"


def test_a_position_outside_every_outline_proposes_nothing(small_city: services.Report) -> None:
    assert proposed(113.38, 31.69) == ""


def test_a_position_on_a_border_always_proposes_the_same_village(small_city: services.Report) -> None:
    assert proposed(100.1, 30.05) == "990101001001"


def points(*lines: str) -> services.Report:
    """The report on a table of village points."""
    data = "code,lon,lat,crs\n" + "\n".join(lines) + "\n"
    return services.import_village_points(data=data.encode(), by=BY, at=AT)


@pytest.fixture
def without_outlines(small_city: services.Report) -> None:
    """The small city as most cities begin: no outline known."""
    Outline.objects.all().delete()
    queries.forget()


@pytest.mark.usefixtures("without_outlines")
def test_without_outlines_and_points_a_position_proposes_nothing() -> None:
    assert proposed(100.05, 30.05) == ""


@pytest.mark.usefixtures("without_outlines")
def test_without_outlines_the_nearest_village_point_is_proposed_within_reach() -> None:
    points("990101001001,100.05,30.05,", "990101001002,100.15,30.05,")

    assert proposed(100.06, 30.05) == "990101001001"
    assert proposed(100.14, 30.05) == "990101001002"
    assert proposed(101.0, 30.05) == ""


@pytest.mark.usefixtures("without_outlines")
def test_a_point_given_in_gcj02_is_converted_once() -> None:
    lon, lat = from_wgs84(100.05, 30.05, crs=Crs.GCJ02)

    points(f"990101001001,{lon},{lat},gcj02")
    again = points(f"990101001001,{lon},{lat},gcj02")

    assert again.unchanged == 1
    assert proposed(100.05, 30.05) == "990101001001"


@pytest.mark.usefixtures("without_outlines")
def test_a_county_outline_overrules_a_nearer_point_of_another_county() -> None:
    data = json.loads((SMALL_CITY / "outlines.geojson").read_text(encoding="utf-8"))
    data["features"] = [one for one in data["features"] if len(one["properties"]["code"]) == 6]
    services.import_outlines(data=json.dumps(data).encode(), by=BY, at=AT)
    points("990121100200,100.05,30.205,")

    assert proposed(100.05, 30.21) == "990121100200"
    assert proposed(100.05, 30.195) == ""


@pytest.mark.usefixtures("without_outlines")
def test_swapped_points_and_points_of_towns_are_refused_by_line() -> None:
    with pytest.raises(RowsRefused) as refusal:
        points("990101001001,30.05,100.05,", "990101001,100.05,30.05,", "990101001002,x,30.05,")

    assert {(error.line, error.field) for error in refusal.value.errors} >= {(2, "lon"), (3, "code"), (4, "lon")}


def outlines(feature: Any, **facts: Any) -> services.Report:
    """The report on a collection of one outline."""
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    return services.import_outlines(data=data, by=BY, at=AT, **facts)


def feature(code: str, *corners: tuple[float, float]) -> dict[str, Any]:
    """An outline around some corners."""
    ring = [list(corner) for corner in (*corners, corners[0])]
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_an_outline_keeps_its_review_number_and_its_box(small_city: services.Report) -> None:
    square = feature("990101", (100.0, 30.0), (100.5, 30.0), (100.5, 30.2), (100.0, 30.2))

    report = outlines(square, review_number="鄂S(2025)001号", source="市自然资源局")

    outline = queries.outlines(level=Level.COUNTY)[0]
    assert report.changed == 1
    assert outline.bounds == (100.0, 30.0, 100.5, 30.2)
    assert outline.review_number == "鄂S(2025)001号"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (feature("990199", (100.0, 30.0), (100.1, 30.0), (100.1, 30.1)), "code"),
        (feature("99", (100.0, 30.0), (100.1, 30.0), (100.1, 30.1)), "code"),
        (feature("990101", (30.0, 100.0), (30.0, 100.1), (30.1, 100.1)), "geometry"),
        (feature("990101", (100.0, 30.0), (100.1, 30.1), (100.1, 30.0), (100.0, 30.1)), "geometry"),
        ({"type": "Feature", "properties": {"code": "990101"}, "geometry": None}, "geometry"),
        ({"type": "Feature", "properties": {}, "geometry": None}, "code"),
        ("nonsense", "code"),
        (
            {
                "type": "Feature",
                "properties": {"code": "990101"},
                "geometry": {"type": "Point", "coordinates": [100.0, 30.0]},
            },
            "geometry",
        ),
    ],
)
def test_a_wrong_outline_is_named_by_its_number(small_city: services.Report, wrong: Any, field: str) -> None:
    with pytest.raises(RowsRefused) as refusal:
        outlines(wrong)

    assert [(error.line, error.field) for error in refusal.value.errors] == [(1, field)]


@pytest.mark.parametrize("data", [b"", b"[]", b'{"type": "Feature"}', b"\x00\x01", b'{"features": 3}'])
def test_a_file_that_is_no_geojson_is_refused(db: None, data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        services.import_outlines(data=data, by=BY, at=AT)

    assert refusal.value.code == "no_geojson"
