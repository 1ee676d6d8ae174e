# SPDX-License-Identifier: Apache-2.0
"""Finding the open cases that a report may be about. What lies near a point and what lies in the village, no more."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from jiayuan.cases.access import May
from jiayuan.cases.enums import ENDED, OPEN, Source, State, TextKind, V
from jiayuan.cases.lifecycle import LIFE
from jiayuan.cases.models import Case, Text
from jiayuan.cases.rules.sameness import LIKELY, Seen, box_of, likeness, pair_set
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.media.queries import alike_among
from jiayuan.places.intake import Position
from jiayuan.standards import queries as standards

MOST_COMPARED = 200
MOST_SHOWN = 5
_COMPARED = ("id", "handle", "version", "state", "village", "unit_id", "problem_class_id", "tile", "lon", "lat",
             "reported_at", "due_at", "me_toos")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """An open case that may be the same. A resident sees kind, place, stage and day of it; ``told`` is for staff."""

    id: int
    handle: str
    version: int
    state: State
    village: str
    unit_id: int | None
    problem_class_id: int
    tile: str
    reported_at: datetime
    due_at: datetime | None
    me_toos: int
    points: int
    told: str = ""

    @property
    def spot(self) -> Spot:
        """Where the case stands for permission."""
        return Spot(code=self.village, unit_id=self.unit_id)


def likely_same(
    *,
    village: str,
    class_id: int,
    tile: str,
    at: datetime,
    text: str = "",
    position: Position | None = None,
    photos: Collection[UUID] = (),
    most: int = MOST_SHOWN,
) -> list[Likely]:
    """The open cases that a report made now may be about, the likeliest first; two queries, two more for pictures."""
    seen = Seen(
        village=village,
        class_id=class_id,
        tile=tile,
        at=at,
        lon=position.lon if position else None,
        lat=position.lat if position else None,
        pairs=pair_set([text]),
    )
    return _ranked(seen, photos=photos, most=most, left_out=0)


def likely_same_as(case: Case, texts: Iterable[Text], *, most: int = MOST_SHOWN) -> list[Likely]:
    """The open cases that this one may be the same as, the likeliest first; two queries."""
    told = [text.body for text in texts if text.kind == TextKind.REPORT]
    seen = Seen(
        village=case.village,
        class_id=case.problem_class_id,
        tile=case.tile,
        at=case.reported_at,
        lon=case.lon,
        lat=case.lat,
        pairs=pair_set(told),
    )
    return _ranked(seen, photos=(), most=most, left_out=case.pk)


def _ranked(seen: Seen, *, photos: Collection[UUID], most: int, left_out: int) -> list[Likely]:
    same = standards.sameness(seen.class_id)
    rows = [row for row in _around(seen, same.within_m, same.within_days) if row["id"] != left_out]
    if not rows:
        return []
    words = _words_of([row["id"] for row in rows])
    alike = alike_among(handles=photos, kind="case", ids=[row["id"] for row in rows]) if photos else frozenset()
    found = []
    for row in rows:
        points = likeness(
            seen,
            _seen(row, words),
            within_m=same.within_m,
            within_days=same.within_days,
            same_picture=row["id"] in alike,
        )
        if points >= LIKELY:
            found.append(_likely(row, points, words))
    return sorted(found, key=lambda item: (-item.points, item.reported_at, item.id))[:most]


def _around(seen: Seen, within_m: int, within_days: int) -> list[dict[str, Any]]:
    """Open cases of the village, and those near the point whatever village they were booked to; one query."""
    span = timedelta(days=within_days)
    kind = Q(problem_class_id=seen.class_id)
    if seen.tile:
        kind |= Q(tile=seen.tile)
    recent = Case.objects.filter(
        kind, state__in=OPEN, reported_at__gte=seen.at - span, reported_at__lte=seen.at + span
    ).order_by()
    at_home = recent.filter(village=seen.village).values(*_COMPARED)
    both: QuerySet[Case, dict[str, Any]] = at_home
    if seen.lon is not None and seen.lat is not None:
        west, south, east, north = box_of(seen.lon, seen.lat, within_m=within_m)
        both = at_home.union(
            recent.filter(lat__gte=south, lat__lte=north, lon__gte=west, lon__lte=east).values(*_COMPARED)
        )
    return list(both.order_by("-reported_at", "-id")[:MOST_COMPARED])


def _words_of(ids: Collection[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    told = Text.objects.filter(case_id__in=ids, kind=TextKind.REPORT).order_by("id")
    for case_id, body in told.values_list("case_id", "body"):
        found[case_id].append(body)
    return found


def _seen(row: Mapping[str, Any], words: Mapping[int, list[str]]) -> Seen:
    return Seen(
        village=row["village"],
        class_id=row["problem_class_id"],
        tile=row["tile"],
        at=row["reported_at"],
        lon=row["lon"],
        lat=row["lat"],
        pairs=pair_set(words.get(row["id"], ())),
    )


def _likely(row: Mapping[str, Any], points: int, words: Mapping[int, list[str]]) -> Likely:
    shown = {name: row[name] for name in _COMPARED if name not in ("lon", "lat", "state")}
    told = next(iter(words.get(row["id"], ())), "")
    return Likely(**shown, state=State(row["state"]), points=points, told=told)


@dataclass(frozen=True, slots=True)
class Merging:
    """Which of two cases ends in which: the duplicate by handle and version, and the one that leads."""

    duplicate: str
    version: int
    into: str


def merging(actor: Actor, case: Case, other: Likely) -> Merging | None:
    """How an actor may merge two cases in one step; the one that has come less far ends. None when they may not."""
    if not (may(actor, May.TRIAGE, at=case.spot) and may(actor, May.TRIAGE, at=other.spot)):
        return None
    sources = LIFE[V.MERGE].sources
    this = Merging(case.handle, case.version, other.handle)
    that = Merging(other.handle, other.version, case.handle)
    if case.state not in sources:
        return that if other.state in sources and case.state not in ENDED else None
    if other.state not in sources:
        return this
    # Both are still with the desk: the later report follows the earlier one.
    return this if (case.reported_at, case.pk) > (other.reported_at, other.id) else that


def device_digest(device: str) -> str:
    """What is kept of a browser's random cookie, so that nobody counts twice; it cannot be read back."""
    return salted_hmac("jiayuan.followers", device, algorithm="sha256").hexdigest()[:40] if device else ""


def is_told(source: Source, client_id: UUID) -> bool:
    """Whether this very report has arrived before: a lost answer must lead back to it and to no other question."""
    return Case.objects.filter(source=source, client_id=client_id).exists()
