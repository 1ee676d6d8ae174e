# SPDX-License-Identifier: Apache-2.0
"""Asking for plans and rounds: who may see which, what a draw was made from, where a place is inspected too often."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from jiayuan.inspections.access import May
from jiayuan.inspections.enums import Excluded, Manner, RoundState, StrataBy, VisitState, Weighting
from jiayuan.inspections.models import Draw, Exclusion, Plan, PlanLine, Round, Visit
from jiayuan.inspections.rules import Frame, Line
from jiayuan.kernel.access import Actor, Area, Spot, holds, may
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.standards import queries as standards

MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line of a plan, and how many rounds cite it so far, void ones left out."""

    id: int
    plan_id: int
    key: str
    subject: str
    lead: str
    rounds: int
    per_place: int
    cited: int
    year: int
    area: str

    @property
    def is_overdone(self) -> bool:
        """Whether more rounds cite it than it plans."""
        return self.cited > self.rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The plan of a year with its lines."""

    id: int
    year: int
    area: str
    title: str
    source_number: str
    adopted_on: date
    is_illustrative: bool
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round as pages and other rooms see it."""

    id: int
    handle: str
    line_id: int
    version_id: int
    title: str
    manner: Manner
    area: str
    strata_by: StrataBy
    per_stratum: int
    weighting: Weighting
    red_from: int | None
    black_below: int | None
    starts_on: date
    ends_on: date
    state: RoundState
    is_synthetic: bool
    published_at: datetime | None
    appeals_until: datetime | None
    visits: int = 0
    scored: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawView:
    """One draw with everything that lets anybody draw again."""

    attempt: int
    listing: str
    listing_digest: str
    seed: str
    note: str
    drawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionView:
    """A place that takes no part, and why."""

    village: str
    reason: Excluded
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Often:
    """How often a place is inspected in a year under one line of a plan, and how often that was planned."""

    village: str
    n: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """What a round does beyond its plan: rounds of its line, and places inspected more often than planned."""

    line: LineView
    places: tuple[Often, ...]

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to warn of."""
        return self.line.is_overdone or bool(self.places)


def spot_of(row: Round | RoundView) -> Spot:
    """Where a round stands for permission."""
    return Spot(code=row.area)


# ── plans ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def plan_lines(*, ids: Iterable[int] | None = None) -> list[LineView]:
    """Lines of plans with how many rounds cite each; all of them, or those asked for; one query."""
    rows = PlanLine.objects.select_related("plan").annotate(
        cited=Count("cited_by", filter=~Q(cited_by__state=RoundState.VOID))
    )
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return [
        LineView(
            id=row.pk,
            plan_id=row.plan_id,
            key=row.key,
            subject=row.subject,
            lead=row.lead,
            rounds=row.rounds,
            per_place=row.per_place,
            cited=row.cited,
            year=row.plan.year,
            area=row.plan.area,
        )
        for row in rows.order_by("-plan__year", "plan__area", "pk")
    ]


def plans() -> list[PlanView]:
    """Every plan, the newest year first; two queries."""
    lines = plan_lines()
    return [
        PlanView(
            id=row.pk,
            year=row.year,
            area=row.area,
            title=row.title,
            source_number=row.source_number,
            adopted_on=row.adopted_on,
            is_illustrative=row.is_illustrative,
            lines=tuple(line for line in lines if line.plan_id == row.pk),
        )
        for row in Plan.objects.order_by("-year", "area")
    ]


# ── rounds ────────────────────────────────────────────────────────────────────────────────────────────────────────


def rounds_seen_by(actor: Actor) -> list[RoundView]:
    """The rounds that somebody may see, the newest first: published ones, and all those in a planner's reach."""
    rows = _counted().order_by("-starts_on", "-id")[:MOST_LISTED]
    return [_view(row) for row in rows if _is_seen(row, actor)]


def round_seen_by(actor: Actor, handle: str) -> RoundView | None:
    """One round, or None where it does not exist for somebody."""
    row = _counted().filter(handle=handle).first()
    return _view(row) if row is not None and _is_seen(row, actor) else None


def published_round(handle: str) -> RoundView | None:
    """A round whose scores are published: whoever can read may see how it was drawn."""
    row = _counted().filter(handle=handle, state=RoundState.PUBLISHED).first()
    return _view(row) if row is not None else None


def _counted() -> QuerySet[Round]:
    return Round.objects.annotate(
        n=Count("visits"), n_scored=Count("visits", filter=Q(visits__state=VisitState.SUBMITTED))
    )


def _is_seen(row: Round, actor: Actor) -> bool:
    if row.state == RoundState.PUBLISHED and holds(actor, May.SEE):
        return True
    return may(actor, May.PLAN, at=spot_of(row))


def _view(row: Round) -> RoundView:
    return RoundView(
        id=row.pk,
        handle=row.handle,
        line_id=row.line_id,
        version_id=row.version_id,
        title=row.title,
        manner=Manner(row.manner),
        area=row.area,
        strata_by=StrataBy(row.strata_by),
        per_stratum=row.per_stratum,
        weighting=Weighting(row.weighting),
        red_from=row.red_from,
        black_below=row.black_below,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=RoundState(row.state),
        is_synthetic=row.is_synthetic,
        published_at=row.published_at,
        appeals_until=row.appeals_until,
        visits=getattr(row, "n", 0),
        scored=getattr(row, "n_scored", 0),
    )


def exclusions_of(round_id: int) -> list[ExclusionView]:
    """The places that take no part in a round, by code."""
    rows = Exclusion.objects.filter(round_id=round_id).order_by("village")
    return [ExclusionView(village=row.village, reason=Excluded(row.reason), note=row.note) for row in rows]


def draws_of(round_id: int) -> list[DrawView]:
    """The draws of a round, the newest first: the first of them holds."""
    rows = Draw.objects.filter(round_id=round_id).order_by("-attempt")
    return [
        DrawView(
            attempt=row.attempt,
            listing=row.listing,
            listing_digest=row.listing_digest,
            seed=row.seed,
            note=row.note,
            drawn_at=row.drawn_at,
        )
        for row in rows
    ]


def frame_of(row: Round, *, on: date) -> Frame:
    """The list from which a round draws, as things stand: places, their strata, and who takes no part; one query."""
    excluded = {one.village: one.reason.value for one in exclusions_of(row.pk)}
    strata = _listed(row) if row.strata_by == StrataBy.LISTED else _strata(row, on)
    lines = tuple(
        Line(code=code, stratum=stratum, excluded=excluded.get(code, "")) for code, stratum in sorted(strata.items())
    )
    return Frame(lines=lines, quotas=dict.fromkeys(strata.values(), row.per_stratum))


def _listed(row: Round) -> dict[str, str]:
    return dict(line.split("\t", 1) for line in row.listed.splitlines())


def _strata(row: Round, on: date) -> dict[str, str]:
    inside = Area(row.area).key
    below = [one for one in places.known(Level.VILLAGE) if one.code.startswith(inside) and one.stands_on(on)]
    return {one.code: _stratum(one, StrataBy(row.strata_by)) for one in below}


def _stratum(place: places.Place, by: StrataBy) -> str:
    if by is StrataBy.COUNTY:
        return place.county
    if by is StrataBy.TOWN:
        return place.town
    if by is StrataBy.SETTING:
        return standards.setting_of(urban_rural=place.urban_rural, kind=place.kind).value
    return "all"


# ── more often than planned ───────────────────────────────────────────────────────────────────────────────────────


def visited_often(line: LineView, villages: Iterable[str]) -> tuple[Often, ...]:
    """Those of some places that are inspected in the line's year more often than it plans; one query."""
    asked = set(villages)
    counted = Counter(
        Visit.objects.filter(round__line_id=line.id)
        .exclude(round__state=RoundState.VOID)
        .values_list("village", flat=True)
    )
    return tuple(
        Often(village=code, n=n, planned=line.per_place)
        for code, n in sorted(counted.items())
        if code in asked and n > line.per_place
    )


def warnings_of(view: RoundView, villages: Sequence[str]) -> Warned:
    """What a round does beyond its line of the plan; two queries."""
    line = plan_lines(ids=[view.line_id])[0]
    return Warned(line=line, places=visited_often(line, villages))
