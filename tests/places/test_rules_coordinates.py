# SPDX-License-Identifier: Apache-2.0
"""Coordinate systems into each other."""

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.places.coordinates import BadCoordinates, Fault, check, from_wgs84, micro, to_wgs84
from jiayuan.places.enums import Crs

# WGS-84, then GCJ-02 and BD-09 as the independent package gcoord 1.0.7 computes them.
ORACLE = [
    ((113.3824, 31.69), (113.38861732834015, 31.688126188894625), (113.39504660427171, 31.694409928671035)),
    ((87.6, 43.8), (87.60283897227161, 43.80121203029208), (87.60921015182171, 43.80747250765041)),
    ((121.47, 31.23), (121.47453490044272, 31.22806748194233), (121.48107620808638, 31.233986715638547)),
    ((109.5, 18.25), (109.50411844404833, 18.248331520999667), (109.51068025634335, 18.25401200619137)),
    ((126.6, 45.8), (126.60591820066094, 45.80189956036948), (126.6122701982135, 45.80825508671766)),
]
Pair = tuple[float, float]


@pytest.mark.parametrize(("wgs84", "gcj02", "bd09"), ORACLE)
def test_both_systems_agree_with_an_independent_package(wgs84: Pair, gcj02: Pair, bd09: Pair) -> None:
    assert from_wgs84(*wgs84, crs=Crs.GCJ02) == pytest.approx(gcj02, abs=1e-10)
    assert from_wgs84(*wgs84, crs=Crs.BD09) == pytest.approx(bd09, abs=1e-10)
    assert to_wgs84(*gcj02, crs=Crs.GCJ02) == pytest.approx(wgs84, abs=1e-9)
    assert to_wgs84(*bd09, crs=Crs.BD09) == pytest.approx(wgs84, abs=1e-9)


@given(st.floats(74, 135), st.floats(4, 53), st.sampled_from(Crs))
def test_there_and_back_is_the_same_place(lon: float, lat: float, crs: Crs) -> None:
    there = from_wgs84(lon, lat, crs=crs)

    assert to_wgs84(*there, crs=crs) == pytest.approx((lon, lat), abs=1e-9)


def test_in_suizhou_the_shift_is_nearly_six_hundred_metres_east() -> None:
    lon, lat = from_wgs84(113.3824, 31.69, crs=Crs.GCJ02)

    assert (lon - 113.3824) * 111_320 * cos(radians(lat)) == pytest.approx(588, abs=3)
    assert (lat - 31.69) * 110_900 == pytest.approx(-208, abs=3)


@given(st.floats(73, 136), st.floats(3, 54))
def test_a_swapped_pair_is_always_told_apart(lon: float, lat: float) -> None:
    with pytest.raises(BadCoordinates) as refusal:
        check(lat, lon)

    assert refusal.value.fault is Fault.SWAPPED


@pytest.mark.parametrize(
    ("lon", "lat", "fault"),
    [
        (0.0, 0.0, Fault.OUTSIDE),
        (139.7, 35.7, Fault.OUTSIDE),
        (113.4, 60.0, Fault.OUTSIDE),
        (float("nan"), 31.7, Fault.NOT_FINITE),
        (113.4, float("inf"), Fault.NOT_FINITE),
    ],
)
def test_what_is_no_place_in_china_is_refused_by_name(lon: float, lat: float, fault: Fault) -> None:
    with pytest.raises(BadCoordinates) as refusal:
        to_wgs84(lon, lat, crs=Crs.WGS84)

    assert refusal.value.fault is fault


def test_events_carry_whole_millionths() -> None:
    assert micro(113.3824004) == 113_382_400
