# SPDX-License-Identifier: Apache-2.0
"""WGS-84, GCJ-02 and BD-09 into each other, and the refusal of what cannot be a place in China.

WGS-84 is stored. GCJ-02 shifts it by a published polynomial (in the middle of Hubei 588 m east and 209 m south), BD-09
shifts that again. The inverses are found by iteration: three rounds leave less than a hundredth of a millimetre.
"""

from collections.abc import Callable
from enum import StrEnum
from math import atan2, cos, hypot, isfinite, pi, radians, sin, sqrt

from jiayuan.places.enums import Crs

Pair = tuple[float, float]

_A, _EE = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, on which the shift is defined
_BD = pi * 3000.0 / 180.0
WEST, EAST, SOUTH, NORTH = 73.0, 136.0, 3.0, 54.0


class Fault(StrEnum):
    """Why two numbers are no place in China."""

    NOT_FINITE = "not_finite"
    SWAPPED = "swapped"
    OUTSIDE = "outside"


class BadCoordinates(ValueError):
    """Two numbers that are no place in China; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def check(lon: float, lat: float) -> None:
    """Refuse numbers outside the rectangle around China, telling swapped ones apart."""
    if not (isfinite(lon) and isfinite(lat)):
        raise BadCoordinates(Fault.NOT_FINITE)
    if WEST <= lon <= EAST and SOUTH <= lat <= NORTH:
        return
    # The two ranges do not overlap (73 > 54), so a swap can never be mistaken for a right pair.
    swapped = WEST <= lat <= EAST and SOUTH <= lon <= NORTH
    raise BadCoordinates(Fault.SWAPPED if swapped else Fault.OUTSIDE)


def _waves(t: float, *terms: tuple[float, float]) -> float:
    return sum(size * sin(t * pi * turns) for size, turns in terms) * 2.0 / 3.0


def _to_gcj02(lon: float, lat: float) -> Pair:
    x, y = lon - 105.0, lat - 35.0
    shared = _waves(x, (20.0, 6.0), (20.0, 2.0))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + shared
    north += _waves(y, (20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + shared
    east += _waves(x, (20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30))
    magic = 1.0 - _EE * sin(radians(lat)) ** 2
    metres_east = _A / sqrt(magic) * cos(radians(lat)) * pi / 180.0
    metres_north = _A * (1.0 - _EE) / (magic * sqrt(magic)) * pi / 180.0
    return lon + east / metres_east, lat + north / metres_north


def _gcj02_to_bd09(lon: float, lat: float) -> Pair:
    length = hypot(lon, lat) + 0.00002 * sin(lat * _BD)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _BD)
    return length * cos(angle) + 0.0065, length * sin(angle) + 0.006


def _to_bd09(lon: float, lat: float) -> Pair:
    return _gcj02_to_bd09(*_to_gcj02(lon, lat))


def _undo(shift: Callable[[float, float], Pair], lon: float, lat: float) -> Pair:
    guess_lon, guess_lat = lon, lat
    for _ in range(6):
        there_lon, there_lat = shift(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon + lon - there_lon, guess_lat + lat - there_lat
    return guess_lon, guess_lat


_SHIFTS: dict[Crs, Callable[[float, float], Pair]] = {Crs.GCJ02: _to_gcj02, Crs.BD09: _to_bd09}


def to_wgs84(lon: float, lat: float, *, crs: Crs) -> Pair:
    """The same place in WGS-84; refuses what is no place in China."""
    check(lon, lat)
    return _undo(_SHIFTS[crs], lon, lat) if crs in _SHIFTS else (lon, lat)


def from_wgs84(lon: float, lat: float, *, crs: Crs) -> Pair:
    """The same place in the system of a tile layer; refuses what is no place in China."""
    check(lon, lat)
    return _SHIFTS[crs](lon, lat) if crs in _SHIFTS else (lon, lat)


def micro(degrees: float) -> int:
    """Whole millionths of a degree, as events carry them (11 cm)."""
    return round(degrees * 1_000_000)
