# SPDX-License-Identifier: Apache-2.0
"""How likely two reports mean the same problem: place, days, words and pictures weighed, and pairs of characters. Pure.

Nothing is decided here but an order: a person says "this one", or does not.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians

METRES_PER_DEGREE = 111_320
LIKELY = 35
"""From so many points on two reports are shown beside each other. The same kind in the same village is just enough."""
_SAME_VILLAGE, _NEXT_DOOR = 35, 60
_WORDS, _PICTURE, _FRESH = 25, 45, 5
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is compared of a report. ``pairs`` are the pairs of characters of its words."""

    village: str
    class_id: int
    tile: str
    at: datetime
    lon: float | None = None
    lat: float | None = None
    pairs: frozenset[str] = frozenset()


def pairs_of(text: str) -> list[list[str]]:
    """The runs of letters of a text, each as its pairs of neighbouring characters in order; a lone letter stays."""
    plain = unicodedata.normalize("NFKC", text).lower()
    runs = [run for run in _NO_LETTERS.split(plain) if run]
    return [[run[i : i + 2] for i in range(max(1, len(run) - 1))] for run in runs]


def words_of(text: str) -> str:
    """What the full-text index keeps of a text. Pairs overlap, so no phrase of several can cross from run to run."""
    return " ".join(" ".join(pairs) for pairs in pairs_of(text))


def pair_set(texts: Iterable[str]) -> frozenset[str]:
    """All pairs of characters in some texts."""
    return frozenset(pair for text in texts for pairs in pairs_of(text) for pair in pairs)


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """How far two points of one city lie apart; flat is exact enough over so short a way."""
    east = (other_lon - lon) * cos(radians((lat + other_lat) / 2))
    return hypot(east, other_lat - lat) * METRES_PER_DEGREE


def box_of(lon: float, lat: float, *, within_m: int) -> tuple[float, float, float, float]:
    """West, south, east and north of everything within so many metres."""
    north = within_m / METRES_PER_DEGREE
    east = north / max(0.1, cos(radians(lat)))
    return lon - east, lat - north, lon + east, lat + north


def likeness(one: Seen, other: Seen, *, within_m: int, within_days: int, same_picture: bool = False) -> int:
    """0 to 100: how likely two reports mean the same problem; 0 when place, kind or time speak against it.

    Two positions farther apart than the class allows settle the question, unless one picture shows both.
    """
    if not _is_same_kind(one, other) or abs(one.at - other.at) > timedelta(days=within_days):
        return 0
    near = _nearness(one, other, within_m)
    if near == 0 and not same_picture:
        return 0
    points = near + _overlap(one.pairs, other.pairs) * _WORDS
    points += _PICTURE if same_picture else 0
    points += _FRESH * (1 - abs(one.at - other.at) / timedelta(days=within_days))
    return min(100, round(points))


def _is_same_kind(one: Seen, other: Seen) -> bool:
    return one.class_id == other.class_id or (one.tile != "" and one.tile == other.tile)


def _nearness(one: Seen, other: Seen, within_m: int) -> float:
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return _SAME_VILLAGE if one.village == other.village else 0
    apart = metres(one.lon, one.lat, other.lon, other.lat)
    if apart > within_m:
        return 0
    return _SAME_VILLAGE + (_NEXT_DOOR - _SAME_VILLAGE) * (1 - apart / within_m)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter text stands in the longer one: a few words must be able to match a long account."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
