# SPDX-License-Identifier: Apache-2.0
"""The schematic picture in the tables."""

import pytest

from jiayuan.places import queries, services
from jiayuan.places.rows import RowsRefused
from tests.places.conftest import AT, BY

HEAD = "code,q,r\n"


def cells() -> dict[str, tuple[int, int]]:
    """Where each village's hexagon lies."""
    return {hexagon.code: (hexagon.q, hexagon.r) for hexagon in queries.honeycomb()}


def test_a_village_that_ended_leaves_the_picture(small_city: services.Report) -> None:
    ended = "code,name,valid_from,valid_to\n990101100201,青竹村,2024-01-01,2025-01-01\n"
    services.import_divisions(data=ended.encode(), by=BY, at=AT)

    services.lay_out_honeycomb(by=BY, at=AT)

    assert "990101100201" not in cells()
    assert len(set(cells().values())) == 11


def test_laying_out_twice_gives_the_same_picture_and_no_second_event(small_city: services.Report) -> None:
    before = cells()

    again = services.lay_out_honeycomb(by=BY, at=AT)

    assert (again.created, again.changed) == (0, 0)
    assert cells() == before


def test_a_city_may_arrange_its_picture_by_hand(small_city: services.Report) -> None:
    one, other = cells()["990101001001"], cells()["990101001002"]
    swapped = f"{HEAD}990101001001,{other[0]},{other[1]}\n990101001002,{one[0]},{one[1]}\n"

    services.import_honeycomb(data=swapped.encode(), by=BY, at=AT)

    assert (cells()["990101001001"], cells()["990101001002"]) == (other, one)


def test_two_villages_cannot_share_a_hexagon(small_city: services.Report) -> None:
    with pytest.raises(RowsRefused) as refusal:
        services.import_honeycomb(data=f"{HEAD}990101001001,0,0\n990101001002,0,0\n".encode(), by=BY, at=AT)

    assert [(error.line, error.field) for error in refusal.value.errors] == [(3, "q")]
