# SPDX-License-Identifier: Apache-2.0
"""Words into positions, refused beside their fields."""

import pytest

from jiayuan.kernel.errors import Problems
from jiayuan.places.coordinates import from_wgs84
from jiayuan.places.enums import Crs, PositionSource
from jiayuan.places.intake import optional_position, position


def test_a_typed_position_is_read() -> None:
    found = position(lon=" 113.3824 ", lat="31.69°", accuracy_m="12.4")

    assert (found.lon_e6, found.lat_e6) == (113_382_400, 31_690_000)
    assert (found.accuracy_m, found.source, found.crs) == (12, PositionSource.TYPED, Crs.WGS84)


def test_full_width_digits_are_digits() -> None:
    assert position(lon="１１３．３８", lat="３１．６９").lon == 113.38


@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09])
def test_a_position_of_a_chinese_map_is_converted_once_and_shown_again_as_it_came(crs: Crs) -> None:
    lon, lat = from_wgs84(113.3824, 31.69, crs=crs)

    found = position(lon=str(lon), lat=str(lat), crs=crs.value, source="map")

    assert (found.lon, found.lat) == pytest.approx((113.3824, 31.69), abs=1e-7)
    assert found.crs is crs
    assert found.shown_in(crs) == pytest.approx((lon, lat), abs=1e-7)


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        ("", "31.69", {("lon", "empty")}),
        ("", "", {("lon", "empty"), ("lat", "empty")}),
        ("abc", "31.69", {("lon", "not_a_number")}),
        ("113.38", "三十一", {("lat", "not_a_number")}),
        ("nan", "31.69", {("lon", "not_a_number")}),
        ("1e2", "31.69", {("lon", "not_a_number")}),
        ("1_1", "31.69", {("lon", "not_a_number")}),
        ("1" * 5000, "31.69", {("lon", "not_a_number")}),
        ("<b>113</b>", "31.69", {("lon", "not_a_number")}),
        ("😀", "31.69", {("lon", "not_a_number")}),
        ("31.69", "113.3824", {("lon", "swapped")}),
        ("0", "0", {("lon", "outside")}),
        ("2.35", "48.85", {("lon", "outside")}),
        ("113.38", "-31.69", {("lat", "outside")}),
        ("99999999999", "31.69", {("lon", "outside")}),
    ],
)
def test_what_cannot_be_a_position_is_refused_beside_its_field(
    lon: str, lat: str, expected: set[tuple[str, str]]
) -> None:
    with pytest.raises(Problems) as problems:
        position(lon=lon, lat=lat)

    assert {(refusal.field, refusal.code) for refusal in problems.value.refusals} == expected
    assert all(refusal.message for refusal in problems.value.refusals)


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [("crs", "beijing54", "crs"), ("source", "rumour", "source"), ("accuracy_m", "-3", "accuracy_m")],
)
def test_an_unknown_system_source_or_accuracy_is_refused(name: str, value: str, field: str) -> None:
    with pytest.raises(Problems) as problems:
        position(lon="113.38", lat="31.69", **{name: value})

    assert [refusal.field for refusal in problems.value.refusals] == [field]


def test_an_absurd_accuracy_counts_as_unknown() -> None:
    assert position(lon="113.38", lat="31.69", accuracy_m="250000").accuracy_m is None


def test_no_numbers_are_no_position() -> None:
    assert optional_position(lon="", lat=" ", source="device") is None
    assert optional_position(lon="113.38", lat="31.69", source="device") is not None


def test_one_number_alone_is_refused() -> None:
    with pytest.raises(Problems):
        optional_position(lon="113.38", lat="", source="device")
