# SPDX-License-Identifier: Apache-2.0
"""Asking for visits: who may see which, what was found there and how it is read, what a round came to."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from jiayuan.inspections.access import May
from jiayuan.inspections.enums import AppealState, RoundState, VisitState, Weighting
from jiayuan.inspections.models import Absence, Appeal, Finding, LookBack, Reading, Visit, VisitScore
from jiayuan.inspections.queries.rounds import RoundView, draws_of, spot_of
from jiayuan.inspections.rules import Marks, Mean, Measured, banded, frame_from, mean_of, spread_of
from jiayuan.kernel.access import Actor, Area, Spot, arms, may

MILLION = 1_000_000
MOST_LISTED = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """A drawn place as somebody may see it; ``points`` are None before the round is published, to the inspected."""

    id: int
    round_id: int
    round_title: str
    round_handle: str
    version_id: int
    number: int
    village: str
    stratum: str
    inspector_id: int | None
    state: VisitState
    started_at: datetime | None
    submitted_at: datetime | None
    points: Fraction | None
    is_published: bool
    is_synthetic: bool
    appeals_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding with how often it counted at first and counts now, the case that it became, and its appeal."""

    id: int
    number: int
    item: str
    ground: str
    place_text: str
    note: str
    found_at: datetime
    case_id: int | None
    case_handle: str
    first_times: int
    times: int
    appeal: "AppealView | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealView:
    """An appeal as both sides read it."""

    id: int
    finding_id: int
    visit_id: int
    village: str
    reason: str
    state: AppealState
    asked_at: datetime
    asked_by: int | None
    decided_at: datetime | None
    answer: str
    inspector_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreView:
    """What a place scored by a version of its score."""

    version: int
    points: Fraction | None
    scored_at: datetime
    appeal_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a round came to: places, then the units that it compares in bands; ``spread`` is a variance."""

    places: tuple[VisitView, ...]
    towns: tuple[Mean, ...]
    counties: tuple[Mean, ...]
    bands: tuple[tuple[Mean, ...], ...]
    spread: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackView:
    """Which findings are looked at again, and what they were drawn from."""

    percent: int
    seed: str
    listing: str
    listing_digest: str
    drawn_at: datetime
    findings: tuple[int, ...]


# ── one visit ─────────────────────────────────────────────────────────────────────────────────────────────────────


def visits_of(actor: Actor) -> list[VisitView]:
    """The places that somebody was drawn to inspect and has not scored yet, in running rounds; one query."""
    if actor.person_id is None:
        return []
    rows = (
        _rows().filter(inspector_id=actor.person_id, round__state=RoundState.DRAWN).exclude(state=VisitState.SUBMITTED)
    )
    return [visit_view(row, sees_points=True) for row in rows.order_by("state", "round_id", "number")[:MOST_LISTED]]


def visits_in_reach(actor: Actor) -> list[VisitView]:
    """The scored places in somebody's reach, the newest first; before that nobody learns where inspectors go."""
    reach = Q(pk__in=[])
    for arm in arms(actor, May.SEE):
        if arm.column != "unit_id":
            reach |= Q(**arm.lookup)
    rows = _rows().filter(reach, state=VisitState.SUBMITTED).order_by("-submitted_at", "-id")[:MOST_LISTED]
    return [visit_view(row, sees_points=row.round.state == RoundState.PUBLISHED) for row in rows]


def visit_seen_by(actor: Actor, visit_id: int) -> VisitView | None:
    """One visit for its inspector, for planners of the round, and once it is scored for the place; else None."""
    row = _rows().filter(pk=visit_id).first()
    if row is None:
        return None
    if may(actor, May.PLAN, at=spot_of(row.round)) or _is_drawn(actor, row):
        return visit_view(row, sees_points=True)
    is_told = row.state == VisitState.SUBMITTED and may(actor, May.SEE, at=Spot(code=row.village))
    return visit_view(row, sees_points=row.round.state == RoundState.PUBLISHED) if is_told else None


def _is_drawn(actor: Actor, row: Visit) -> bool:
    return actor.person_id is not None and actor.person_id == row.inspector_id


def _rows() -> QuerySet[Visit]:
    return Visit.objects.select_related("round")


def visit_view(row: Visit, *, sees_points: bool) -> VisitView:
    """A visit as a plain value; points stay away from whoever may not see them yet."""
    return VisitView(
        id=row.pk,
        round_id=row.round_id,
        round_title=row.round.title,
        round_handle=row.round.handle,
        version_id=row.round.version_id,
        number=row.number,
        village=row.village,
        stratum=row.stratum,
        inspector_id=row.inspector_id,
        state=VisitState(row.state),
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        points=_points(row.points) if sees_points else None,
        is_published=row.round.state == RoundState.PUBLISHED,
        is_synthetic=row.round.is_synthetic,
        appeals_until=row.round.appeals_until,
    )


def _points(kept: int | None) -> Fraction | None:
    return None if kept is None else Fraction(kept, MILLION)


def _latest(field: str) -> Subquery:
    newest = Reading.objects.filter(finding=OuterRef("pk")).order_by("-version")
    return Subquery(newest.values(field)[:1])


def marks_of(visit_id: int, *, absent: Collection[str] | None = None) -> Marks:
    """How often each ground of a place counts now, and what is not there, unless it is given; two queries."""
    rows = Finding.objects.filter(visit_id=visit_id).annotate(times=_latest("times"))
    counts: Counter[tuple[str, str]] = Counter()
    for item, ground, times in rows.values_list("item", "ground", "times"):
        counts[item, ground] += times
    if absent is None:
        absent = list(Absence.objects.filter(visit_id=visit_id).values_list("item", flat=True))
    return Marks(counts=dict(counts), absent=frozenset(absent))


def findings_of(visit_id: int) -> list[FindingView]:
    """What was found at a place, in its order; two queries."""
    return _findings(Finding.objects.filter(visit_id=visit_id))


def finding_of(finding_id: int) -> tuple[FindingView, int] | None:
    """One finding with the id of its visit, or None."""
    visit_id = Finding.objects.filter(pk=finding_id).values_list("visit_id", flat=True).first()
    found = _findings(Finding.objects.filter(pk=finding_id))
    return (found[0], visit_id) if found and visit_id is not None else None


def _findings(rows: QuerySet[Finding]) -> list[FindingView]:
    first = Reading.objects.filter(finding=OuterRef("pk"), version=1).values("times")[:1]
    told = rows.annotate(times=_latest("times"), first_times=Subquery(first), case_handle=F("case__handle"))
    found = list(told.order_by("number"))
    appeals = {one.finding_id: one for one in _appeals(Appeal.objects.filter(finding__in=[row.pk for row in found]))}
    return [
        FindingView(
            id=row.pk,
            number=row.number,
            item=row.item,
            ground=row.ground,
            place_text=row.place_text,
            note=row.note,
            found_at=row.found_at,
            case_id=row.case_id,
            case_handle=row.case_handle or "",
            first_times=row.first_times,
            times=row.times,
            appeal=appeals.get(row.pk),
        )
        for row in found
    ]


def scores_of(visit_id: int) -> list[ScoreView]:
    """The scores of a place, the first one first; one query."""
    rows = VisitScore.objects.filter(visit_id=visit_id).order_by("version")
    return [
        ScoreView(version=row.version, points=_points(row.points), scored_at=row.scored_at, appeal_id=row.appeal_id)
        for row in rows
    ]


# ── appeals ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _appeals(rows: QuerySet[Appeal]) -> list[AppealView]:
    return [
        AppealView(
            id=row.pk,
            finding_id=row.finding_id,
            visit_id=row.finding.visit_id,
            village=row.finding.visit.village,
            reason=row.reason,
            state=AppealState(row.state),
            asked_at=row.asked_at,
            asked_by=row.asked_by_id,
            decided_at=row.decided_at,
            answer=row.answer,
            inspector_id=row.finding.visit.inspector_id,
        )
        for row in rows.select_related("finding__visit").order_by("asked_at", "pk")
    ]


def appeals_of_round(round_id: int) -> list[AppealView]:
    """The appeals against a round, the earliest first; one query."""
    return _appeals(Appeal.objects.filter(finding__visit__round_id=round_id))


def visit_of_appeal(appeal_id: int) -> int | None:
    """The visit that an appeal is about, or None."""
    return Appeal.objects.filter(pk=appeal_id).values_list("finding__visit_id", flat=True).first()


# ── what a round came to ──────────────────────────────────────────────────────────────────────────────────────────


def places_of(view: RoundView) -> list[VisitView]:
    """The drawn places of a round with their points, in the order of the draw; one query."""
    rows = _rows().filter(round_id=view.id).order_by("number")
    return [visit_view(row, sees_points=True) for row in rows]


def results_of(view: RoundView) -> Results:
    """What a round came to so far, from the places that are scored; three queries."""
    rows = list(_rows().filter(round_id=view.id).order_by("number"))
    scored = [row for row in rows if row.points is not None]
    whole = _taking_part(view)
    by_town = _means(_groups(scored, lambda row: row.town, view.weighting), whole[9])
    towns = {mean.key: mean for mean in by_town}
    counties = _means(_up(by_town, view.weighting), whole[6], of=towns)
    compared, groups = _compared(view, scored, by_town, counties)
    spread = spread_of(groups)
    return Results(
        places=tuple(visit_view(row, sees_points=True) for row in rows),
        towns=tuple(by_town),
        counties=tuple(counties),
        bands=banded(compared, spread),
        spread=spread,
    )


def _compared(
    view: RoundView, scored: Sequence[Visit], towns: Sequence[Mean], counties: Sequence[Mean]
) -> tuple[Sequence[Mean], list[list[Fraction]]]:
    """The units that a round compares, and the places of each: a city its counties, a county its towns."""
    level = Area(view.area).level
    groups: dict[str, list[Fraction]] = defaultdict(list)
    for row in scored:
        key = row.county if level == "city" else row.town
        groups[key].append(Fraction(row.points or 0, MILLION))
    return (counties if level == "city" else towns), list(groups.values())


def _taking_part(view: RoundView) -> Mapping[int, Counter[str]]:
    """How many places of each town (9 digits) and county (6) took part in the draw that holds."""
    held = draws_of(view.id)[:1]
    lines = [line for draw in held for line in frame_from(draw.listing).lines if not line.excluded]
    return {digits: Counter(line.code[:digits] for line in lines) for digits in (6, 9)}


def _groups(rows: Iterable[Visit], key: Callable[[Visit], str], weighting: Weighting) -> Mapping[str, list[Measured]]:
    found: dict[str, list[Measured]] = defaultdict(list)
    for row in rows:
        weight = Fraction(row.stands_for, MILLION) if weighting is Weighting.STANDS_FOR else Fraction(1)
        found[key(row)].append(Measured(key=row.village, points=Fraction(row.points or 0, MILLION), weight=weight))
    return found


def _up(towns: Iterable[Mean], weighting: Weighting) -> Mapping[str, list[Measured]]:
    """Towns as what a county's mean is made of: each the same, or each by the places it stands for."""
    found: dict[str, list[Measured]] = defaultdict(list)
    for town in towns:
        weight = town.weight if weighting is Weighting.STANDS_FOR else Fraction(1)
        found[town.key[:6]].append(Measured(key=town.key, points=town.points, weight=weight))
    return found


def _means(
    groups: Mapping[str, list[Measured]], whole: Mapping[str, int], of: Mapping[str, Mean] | None = None
) -> list[Mean]:
    return [
        Mean(
            key=key,
            points=mean_of(parts),
            n=sum(of[part.key].n for part in parts) if of else len(parts),
            whole=whole[key],
            weight=sum((part.weight for part in parts), Fraction(0)),
        )
        for key, parts in sorted(groups.items())
    ]


def look_back_of(round_id: int) -> LookBackView | None:
    """What is looked at again of a round, or None; two queries."""
    row = LookBack.objects.filter(round_id=round_id).first()
    if row is None:
        return None
    return LookBackView(
        percent=row.percent,
        seed=row.seed,
        listing=row.listing,
        listing_digest=row.listing_digest,
        drawn_at=row.drawn_at,
        findings=tuple(row.drawn.order_by("pk").values_list("finding_id", flat=True)),
    )


def findings_of_round(round_id: int) -> list[tuple[str, FindingView]]:
    """Every finding of a round with its village, in the order of places; three queries."""
    rows = Finding.objects.filter(visit__round_id=round_id)
    villages = dict(rows.values_list("pk", "visit__village"))
    return [(villages[one.id], one) for one in _findings(rows)]
