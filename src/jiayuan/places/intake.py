# SPDX-License-Identifier: Apache-2.0
"""Words into positions, at the door, once: whatever system they came in, WGS-84 goes on from here."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.errors import Problems, Refused
from jiayuan.places import coordinates
from jiayuan.places.coordinates import BadCoordinates, Fault
from jiayuan.places.enums import Crs, PositionSource

_FARTHEST_M = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place on the ground in WGS-84. ``crs`` is the system in which it arrived; it is not converted again."""

    lon: float
    lat: float
    crs: Crs
    accuracy_m: int | None
    source: PositionSource

    @property
    def lon_e6(self) -> int:
        """Longitude in whole millionths of a degree, for events."""
        return coordinates.micro(self.lon)

    @property
    def lat_e6(self) -> int:
        """Latitude in whole millionths of a degree, for events."""
        return coordinates.micro(self.lat)

    def shown_in(self, crs: Crs) -> tuple[float, float]:
        """Longitude and latitude in the system of a tile layer."""
        return coordinates.from_wgs84(self.lon, self.lat, crs=crs)


def position(*, lon: str, lat: str, crs: str = "wgs84", accuracy_m: str = "", source: str = "typed") -> Position:
    """The position that these words mean; refuses them beside their fields, all at once."""
    refusals: list[Refused] = []
    east, north = _number(lon, "lon", refusals), _number(lat, "lat", refusals)
    accuracy = _accuracy(accuracy_m, refusals)
    if crs not in set(Crs):
        refusals.append(
            Refused("unknown_crs", pgettext_lazy("places", "Choose a coordinate system from the list."), field="crs")
        )
    if source not in set(PositionSource):
        refusals.append(
            Refused("unknown_source", pgettext_lazy("places", "Say where the position comes from."), field="source")
        )
    if east is None or north is None or refusals:
        raise Problems(refusals)
    east, north = _converted(east, north, crs=Crs(crs))
    return Position(lon=east, lat=north, crs=Crs(crs), accuracy_m=accuracy, source=PositionSource(source))


def optional_position(*, lon: str, lat: str, crs: str = "wgs84", accuracy_m: str = "", source: str) -> Position | None:
    """The position, or None when neither number was given: a report needs none."""
    if not _plain(lon) and not _plain(lat):
        return None
    return position(lon=lon, lat=lat, crs=crs, accuracy_m=accuracy_m, source=source)


def readings(lon: float, lat: float) -> tuple[tuple[float, float], ...]:
    """All places in WGS-84 that a position of unsaid system may mean: as it stands, and read as shifted for maps.

    Some phones sold in China write shifted coordinates into their pictures, half a kilometre away.
    """
    try:
        return (lon, lat), coordinates.to_wgs84(lon, lat, crs=Crs.GCJ02)
    except BadCoordinates:
        return ((lon, lat),)


def _plain(text: str) -> str:
    """The text with full-width digits made plain and a degree sign taken off."""
    return unicodedata.normalize("NFKC", text).strip().rstrip("°").strip()


def _float(text: str) -> float | None:
    # float() would also read "1_1", "infinity" and the digits of other scripts.
    if len(text) > 30 or not set(text) <= set("0123456789.+-"):
        return None
    try:
        return float(text)
    except ValueError:
        return None


def _number(text: str, field: str, refusals: list[Refused]) -> float | None:
    plain = _plain(text)
    number = _float(plain)
    if not plain:
        refusals.append(Refused("empty", pgettext_lazy("places", "Enter this number of the position."), field=field))
    elif number is None:
        message = pgettext_lazy("places", "This is not a number. Write degrees with a point, like 113.3824.")
        refusals.append(Refused("not_a_number", message, field=field))
    return number


def _accuracy(text: str, refusals: list[Refused]) -> int | None:
    plain = _plain(text)
    metres = _float(plain)
    if plain and (metres is None or metres < 0):
        message = pgettext_lazy("places", "The accuracy is a number of metres. Leave it empty if it is not known.")
        refusals.append(Refused("bad_accuracy", message, field="accuracy_m"))
    # A telephone that knows nothing better says hundreds of kilometres; that is no accuracy.
    return None if metres is None or metres > _FARTHEST_M else round(metres)


_FAULTS = {
    Fault.SWAPPED: pgettext_lazy(
        "places", "Longitude and latitude are swapped. Longitude comes first; in China it is the larger one."
    ),
    Fault.OUTSIDE: pgettext_lazy("places", "This position lies outside China. Check the number or choose the village."),
    Fault.NOT_FINITE: pgettext_lazy("places", "This is not a number. Write degrees with a point, like 113.3824."),
}


def _converted(lon: float, lat: float, *, crs: Crs) -> tuple[float, float]:
    try:
        return coordinates.to_wgs84(lon, lat, crs=crs)
    except BadCoordinates as bad:
        in_range = coordinates.WEST <= lon <= coordinates.EAST
        field = "lat" if in_range and bad.fault is Fault.OUTSIDE else "lon"
        raise Problems([Refused(bad.fault.value, _FAULTS[bad.fault], field=field)]) from bad
