# SPDX-License-Identifier: Apache-2.0
"""A whole city from its pack."""

from datetime import date
from pathlib import Path

import pytest

import jiayuan.data
from jiayuan.kernel.errors import Refused
from jiayuan.places import honeycomb, queries, services
from jiayuan.places.enums import Kind, Level
from jiayuan.places.models import Division
from jiayuan.record.models import StoredEvent
from tests.places.conftest import AT, BY, SMALL_CITY

SUIZHOU = Path(jiayuan.data.__file__).parent / "suizhou"


def test_the_small_city_stands_with_all_its_parts(small_city: services.Report) -> None:
    village = queries.division("990101100200")

    assert str(queries.count()) == "2 4 9 3"
    assert village is not None
    assert (village.short_name, village.kind, village.urban_rural) == ("双河村", Kind.VILLAGE, "220")
    assert (village.county, village.town, village.village) == ("990101", "990101100", "990101100200")
    assert village.label == "柳塘镇双河村"
    assert village.full_label == "东桥区柳塘镇双河村"
    assert len(queries.organisations()) == 9
    assert len(queries.outlines(level=Level.VILLAGE)) == 12
    assert len(queries.honeycomb()) == 12


def test_loading_a_second_time_changes_nothing_and_records_nothing(small_city: services.Report) -> None:
    told = StoredEvent.objects.count()

    again = services.load_city(pack=SMALL_CITY, by=BY, at=AT)

    assert (again.created, again.changed) == (0, 0)
    assert again.unchanged == small_city.created - 12  # the hexagons are only laid out when villages lack them
    assert StoredEvent.objects.count() == told


def test_the_demonstration_city_loads_and_counts_as_known(db: None) -> None:
    services.load_city(pack=SUIZHOU, by=BY, at=AT)

    assert str(queries.count()) == "3 51 842 167"
    assert len(queries.reporting_units(date(2025, 1, 3))) == 5
    assert len(queries.honeycomb()) == 1009


def test_two_cities_stand_side_by_side(small_city: services.Report) -> None:
    services.load_city(pack=SUIZHOU, by=BY, at=AT)

    assert str(queries.count()) == "5 55 851 170"
    cells = {hexagon.code: (hexagon.q, hexagon.r) for hexagon in queries.honeycomb()}
    assert len(set(cells.values())) == 1009 + 12
    assert honeycomb.is_connected([cell for code, cell in cells.items() if code.startswith("421303")])


def test_a_folder_without_divisions_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        services.load_city(pack=tmp_path, by=BY, at=AT)

    assert refusal.value.code == "no_pack"


def test_a_pack_with_one_wrong_file_loads_nothing_at_all(db: None, tmp_path: Path) -> None:
    (tmp_path / "divisions.csv").write_bytes((SMALL_CITY / "divisions.csv").read_bytes())
    (tmp_path / "organisations.csv").write_text("code,name,kind\nX,某局,no_such_kind\n", encoding="utf-8")

    with pytest.raises(Refused):
        services.load_city(pack=tmp_path, by=BY, at=AT)

    assert not Division.objects.exists()
    assert str(queries.count()) == "0 0 0 0"
