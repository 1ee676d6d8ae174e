# SPDX-License-Identifier: Apache-2.0
"""What a checker is told about pictures: facts in, flags out.

What a picture does not say is never held against it: messengers strip position, time and camera. A flag informs, a
person decides; so each carries the figure that somebody can judge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from jiayuan.cases.enums import Flag, Weight

EARTH_M = 6_371_000
UNKNOWN_ACCURACY_M = 50
"""What a phone without a word about its accuracy is trusted with."""
SPREAD = 2
"""A thing that counts as the same within some metres may well be photographed from twice as far."""
MUCH_FARTHER = 4
GRACE = timedelta(minutes=30)
"""Phones keep time by the network; cameras and cheap phones are off by minutes."""
UNSET = timedelta(days=730)
"""A camera whose clock was never set begins years ago: that is no statement about this picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place in WGS-84 with how far off it may be."""

    lon: float
    lat: float
    accuracy_m: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """An earlier picture that is the same or nearly the same, and the case that it belongs to, if it is a case."""

    photo_id: int
    case_id: int | None
    is_same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is known of one picture. ``readings`` are all places that its position may mean."""

    photo_id: int
    is_after: bool
    received_at: datetime
    taken_at: datetime | None = None
    readings: tuple[Point, ...] = ()
    editor: str = ""
    twins: tuple[Twin, ...] = ()
    same_as: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What the pictures are held against: where the case lies, since when the unit has it, how far it spreads."""

    place: Point | None
    since: datetime | None
    within_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A flag at a picture with the figure behind it."""

    flag: Flag
    weight: Weight
    photo_id: int
    metres: int | None = None
    minutes: int | None = None
    word: str = ""
    other_photo: int | None = None
    other_case: int | None = None


def flags_of(errand: Errand, pictures: Sequence[Picture], *, case_id: int) -> tuple[Raised, ...]:
    """Every flag of every picture, the weightiest first, in the order of the pictures."""
    raised = [flag for picture in pictures for flag in _flags(errand, picture, pictures, case_id)]
    return tuple(sorted(raised, key=lambda flag: flag.weight is not Weight.STRONG))


def _flags(errand: Errand, picture: Picture, pictures: Sequence[Picture], case_id: int) -> Iterator[Raised]:
    yield from _copied(picture, case_id)
    yield from _far(errand, picture)
    yield from _untimely(errand, picture, pictures)
    if picture.editor:
        yield Raised(flag=Flag.EDITED, weight=Weight.HINT, photo_id=picture.photo_id, word=picture.editor)


def _copied(picture: Picture, case_id: int) -> Iterator[Raised]:
    """The likest earlier picture of another case, and the one before of this case."""
    if picture.same_as is not None:
        yield Raised(
            flag=Flag.SAME_AS_BEFORE, weight=Weight.STRONG, photo_id=picture.photo_id, other_photo=picture.same_as
        )
    others = [twin for twin in picture.twins if twin.case_id != case_id]
    if others:
        likest = others[0]
        yield Raised(
            flag=Flag.SAME if likest.is_same else Flag.NEARLY_SAME,
            weight=Weight.STRONG,
            photo_id=picture.photo_id,
            other_photo=likest.photo_id,
            other_case=likest.case_id,
        )


def _far(errand: Errand, picture: Picture) -> Iterator[Raised]:
    if errand.place is None or not picture.readings:
        return
    metres = min(metres_between(errand.place, reading) for reading in picture.readings)
    allowed = allowance(errand.within_m, errand.place, picture.readings[0])
    if metres > allowed:
        weight = Weight.STRONG if metres > MUCH_FARTHER * allowed else Weight.HINT
        yield Raised(flag=Flag.FAR, weight=weight, photo_id=picture.photo_id, metres=metres)


def _untimely(errand: Errand, picture: Picture, pictures: Sequence[Picture]) -> Iterator[Raised]:
    if picture.taken_at is None:
        return
    if is_clock_wrong(picture):
        minutes = _minutes(picture.taken_at - picture.received_at)
        yield Raised(flag=Flag.CLOCK, weight=Weight.HINT, photo_id=picture.photo_id, minutes=minutes)
        return
    if not picture.is_after:
        return
    if errand.since is not None and picture.taken_at < errand.since - GRACE:
        minutes = _minutes(errand.since - picture.taken_at)
        yield Raised(flag=Flag.EARLY, weight=Weight.STRONG, photo_id=picture.photo_id, minutes=minutes)
    earlier = [one for one in pictures if not one.is_after and one.taken_at is not None and not is_clock_wrong(one)]
    latest = max((one.taken_at for one in earlier if one.taken_at is not None), default=None)
    if latest is not None and picture.taken_at < latest - GRACE:
        minutes = _minutes(latest - picture.taken_at)
        yield Raised(flag=Flag.BACKWARDS, weight=Weight.STRONG, photo_id=picture.photo_id, minutes=minutes)


def is_clock_wrong(picture: Picture) -> bool:
    """Whether the camera's clock cannot have been right: ahead of the arrival, or years behind it."""
    taken = picture.taken_at
    return taken is not None and not picture.received_at - UNSET <= taken <= picture.received_at + GRACE


def allowance(within_m: int, place: Point, taken: Point) -> int:
    """How far from the case a picture may be taken, by the spread of the class and what both positions are worth."""
    doubts = (UNKNOWN_ACCURACY_M if point.accuracy_m is None else point.accuracy_m for point in (place, taken))
    return SPREAD * within_m + sum(doubts)


def metres_between(one: Point, other: Point) -> int:
    """The distance over ground, in whole metres."""
    south, north = radians(one.lat), radians(other.lat)
    across, up = radians(other.lon - one.lon), north - south
    half = sin(up / 2) ** 2 + cos(south) * cos(north) * sin(across / 2) ** 2
    return round(2 * EARTH_M * asin(min(1.0, sqrt(half))))


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
