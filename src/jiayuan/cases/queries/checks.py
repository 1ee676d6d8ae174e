# SPDX-License-Identifier: Apache-2.0
"""What the check of a case is told: its flags, its draws, and whom it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiayuan.cases.access import May
from jiayuan.cases.enums import Flag, State, Weight
from jiayuan.cases.models import Case, CheckDraw, CheckFlag
from jiayuan.cases.queries.reading import case_seen_by
from jiayuan.cases.rules import Point, metres_between
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.media.enums import PhotoRole, PhotoState, PositionSource
from jiayuan.media.queries import Evidence
from jiayuan.places.intake import readings


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPicture:
    """The picture of another case that a flag speaks of, for whoever may see that case."""

    case_handle: str
    photo_handle: UUID
    is_ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagTold:
    """A flag as a checker reads it."""

    photo_id: int
    flag: Flag
    weight: Weight
    metres: int | None
    minutes: int | None
    word: str
    other_photo_id: int | None
    other: OtherPicture | None


def case_to_check(actor: Actor, handle: str) -> Case | None:
    """A case that the actor may check as far as posts go; for everybody else its check does not exist."""
    case = case_seen_by(actor, handle)
    return case if case is not None and may(actor, May.CHECK, at=case.spot) and _is_outside(actor, case) else None


def _is_outside(actor: Actor, case: Case) -> bool:
    return case.unit_id is None or case.unit_id not in actor.unit_ids


def may_compare(actor: Actor, case: Case) -> bool:
    """Whether a case was fed back once and the actor may compare its pictures."""
    return case.fed_back_at is not None and may(actor, May.CHECK, at=case.spot) and _is_outside(actor, case)


def may_redraw(actor: Actor, case: Case) -> bool:
    """Whether a checker was drawn and the actor may have another one drawn."""
    return case.state == State.FED_BACK and may(actor, May.REDRAW, at=case.spot)


def flags_told(actor: Actor, case: Case) -> tuple[FlagTold, ...]:
    """The flags of a case, the weightiest first; another case's picture only inside the actor's reach."""
    rows = CheckFlag.objects.filter(case=case).select_related("other_case", "other_photo").order_by("id")
    told = [_told(actor, row) for row in rows]
    return tuple(sorted(told, key=lambda flag: flag.weight is not Weight.STRONG))


def _told(actor: Actor, row: CheckFlag) -> FlagTold:
    return FlagTold(
        photo_id=row.photo_id,
        flag=Flag(row.flag),
        weight=Weight(row.weight),
        metres=row.metres,
        minutes=row.minutes,
        word=row.word,
        other_photo_id=row.other_photo_id,
        other=_other(actor, row),
    )


def _other(actor: Actor, row: CheckFlag) -> OtherPicture | None:
    case, photo = row.other_case, row.other_photo
    if case is None or photo is None or not may(actor, May.SEE, at=Spot(code=case.village, unit_id=case.unit_id)):
        return None
    return OtherPicture(case_handle=case.handle, photo_handle=photo.handle, is_ready=photo.state == PhotoState.DERIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawTold:
    """A draw as a checker reads it: everything but who."""

    round: int
    attempt: int
    seed: str
    eligible: int
    eligible_digest: str
    relaxed: bool
    drawn_at: datetime
    answer_by: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of checking: its newest draw, when the unit fed back, and when the round before ended."""

    draw: DrawTold
    fed_back_at: datetime
    began_at: datetime | None


def round_of_check(case: Case) -> Round | None:
    """The newest round of checking; None before any."""
    rows = CheckDraw.objects.filter(case=case).order_by("round", "attempt").values(*DrawTold.__dataclass_fields__)
    draws = [DrawTold(**row) for row in rows]
    if not draws:
        return None
    newest = draws[-1]
    ended = [draw.ended_at for draw in draws if draw.round < newest.round and draw.ended_at is not None]
    fed_back_at = next(draw.drawn_at for draw in draws if draw.round == newest.round)
    return Round(draw=newest, fed_back_at=fed_back_at, began_at=max(ended, default=None))


def readings_of(one: Evidence) -> tuple[Point, ...]:
    """All places that a picture's position may mean: what came with the page is WGS-84, a camera may write either."""
    if one.lon is None or one.lat is None:
        return ()
    meant = readings(one.lon, one.lat) if one.source is PositionSource.EXIF else ((one.lon, one.lat),)
    return tuple(Point(lon=lon, lat=lat, accuracy_m=one.accuracy_m) for lon, lat in meant)


def distance_to(case: Case, one: Evidence, *, among: Sequence[Evidence]) -> int | None:
    """How far from the case a picture was taken, in metres; None when one of the two is not known.

    Where the case has no position of its own, its first picture stands for it, as for its flags.
    """
    place, points = place_of(case, among), readings_of(one)
    return min(metres_between(place, point) for point in points) if place is not None and points else None


def place_of(case: Case, among: Sequence[Evidence]) -> Point | None:
    """Where a case lies: as it was reported, else where its first picture was taken."""
    if case.lon is not None and case.lat is not None:
        return Point(lon=case.lon, lat=case.lat, accuracy_m=case.accuracy_m)
    points = (readings_of(one) for one in among if one.role is not PhotoRole.AFTER)
    return next((found[0] for found in points if found), None)
