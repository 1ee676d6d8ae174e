# SPDX-License-Identifier: Apache-2.0
"""Asking who looks after a zone in a week: one query for a place, for a rota, or for whoever holds a card."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from jiayuan.duties.access import May
from jiayuan.duties.enums import SwapState
from jiayuan.duties.models import Rota, RotaHand, RotaTurn, ZonePlace
from jiayuan.duties.queries.zones import MOST_LISTED, Spanned, column_of, reach
from jiayuan.duties.rules import WEEK, Pattern, days_of, monday_of, week_of
from jiayuan.kernel.access import Actor
from jiayuan.places import queries as places
from jiayuan.places.queries import Unit
from jiayuan.standards import queries as standards

CARD_WEEKS = 5
"""So many weeks a card shows, the running one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandView:
    """Somebody who takes turns. A person stands by id and name; whoever shows it decides how."""

    id: int
    unit: Unit | None
    person_id: int | None
    person_name: str
    named: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaView(Spanned):
    """A rota with the zone for which it is."""

    id: int
    handle: str
    name: str
    what: str
    zone_id: int
    zone_name: str
    skips_holidays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView(Spanned):
    """A pattern by which somebody takes turns; the card only for whoever keeps the rota."""

    id: int
    hand: HandView
    card: str
    every: int
    weekdays: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoView:
    """A turn in one week: its days, whose it is, and who stands in, if somebody was asked to."""

    turn_id: int
    week_on: date
    days: tuple[date, ...]
    hand: HandView
    state: str
    stand_in: HandView | None

    @property
    def comes(self) -> HandView | None:
        """Who comes; None while somebody is looked for."""
        return None if self.state == SwapState.ASKED else self.stand_in or self.hand

    @property
    def key(self) -> str:
        """What a button of a card says of it."""
        return f"{self.turn_id}.{self.week_on.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """A rota in one week, with the names of holidays on which nobody comes."""

    rota: RotaView
    week_on: date
    goes: tuple[GoView, ...]
    left_out: Mapping[date, str] = field(default_factory=dict)

    def on(self, day: date) -> list[GoView]:
        """The turns of one day."""
        return [go for go in self.goes if day in go.days]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """What whoever holds a card sees: their turns of the next weeks, and those for which somebody is looked for."""

    hand: HandView
    rota: RotaView
    own: tuple[GoView, ...]
    wanted: tuple[GoView, ...]


def holidays_in(week_on: date) -> dict[date, str]:
    """The holidays of a week by their names; from memory."""
    return {day: name for day in week_of(week_on) if (name := standards.holiday_on(day))}


def upkeep_at(code: str, week_on: date) -> list[WeekView]:
    """Who looks after the zones that lie in a place, in the week of a day; one query."""
    column, value = column_of(code)
    here = ZonePlace.objects.filter(zone=OuterRef("hand__rota__zone"), **({column: value} if column else {}))
    return _weeks(_turns(Q(Exists(here)), [monday_of(week_on)])[:MOST_LISTED], monday_of(week_on))


def rota(handle: str, week_on: date) -> WeekView | None:
    """A rota in the week of a day, for everybody; two queries."""
    row = Rota.objects.filter(handle=handle).select_related("zone").first()
    return _week_of(row, week_on) if row else None


def rotas_in_reach(actor: Actor) -> list[RotaView]:
    """The rotas whose zones lie at least in part within the actor's reach, by name; at most 500."""
    return [_view(row) for row in _in_reach(actor).order_by("name", "id")[:MOST_LISTED]]


def rota_in_reach(actor: Actor, rota_id: int, week_on: date) -> tuple[WeekView, list[TurnView]] | None:
    """One of them in the week of a day, with every turn it has or had; three queries."""
    row = _in_reach(actor).filter(pk=rota_id).first()
    if row is None:
        return None
    turns = RotaTurn.objects.filter(hand__rota=row).select_related("hand__person").order_by("starts_on", "id")
    return _week_of(row, week_on), [_turn(one) for one in turns]


def card(code: str, on: date) -> CardView | None:
    """What somebody sees by a card: two queries. None for what is no card."""
    row = RotaHand.objects.filter(card=code).select_related("rota__zone", "person").first()
    if row is None:
        return None
    weeks = [monday_of(on) + timedelta(days=WEEK * number) for number in range(CARD_WEEKS)]
    rows = list(_turns(Q(hand__rota=row.rota_id), weeks))
    goes = [go for week in weeks for one in _weeks(rows, week) for go in one.goes if go.days[-1] >= on]
    return CardView(
        hand=_hand(row),
        rota=_view(row.rota),
        own=tuple(go for go in goes if _is_own(go, row.pk)),
        wanted=tuple(go for go in goes if go.state == SwapState.ASKED and go.hand.id != row.pk),
    )


def rota_address(handle: str) -> str:
    """Where everybody reads a rota."""
    return f"{settings.SITE_URL}/duties/rota/{handle}/"


def card_address(code: str) -> str:
    """What the QR code of a card says."""
    return f"{settings.SITE_URL}/lz/{code}/"


def _is_own(go: GoView, hand_id: int) -> bool:
    """Whether a turn is somebody's own, or one that they took over."""
    return hand_id == (go.stand_in.id if go.stand_in else go.hand.id) or hand_id == go.hand.id


def _in_reach(actor: Actor) -> Any:
    places_of = ZonePlace.objects.filter(reach(actor, May.KEEP_ROTAS), zone=OuterRef("zone"))
    return Rota.objects.filter(Exists(places_of)).select_related("zone")


def _turns(asked: Q, weeks: Sequence[date]) -> Any:
    """The turns that may fall into some weeks, once for each of their swaps there."""
    first, latest = weeks[0], weeks[-1] + timedelta(days=WEEK - 1)
    begun = Q(starts_on__lte=latest) & (Q(ends_on__isnull=True) | Q(ends_on__gte=first))
    rows = RotaTurn.objects.filter(asked, begun).select_related("hand__rota__zone", "hand__person")
    swaps = FilteredRelation("swaps", condition=Q(swaps__week_on__in=list(weeks)))
    rows = rows.annotate(swap=swaps, swap_week=F("swap__week_on"), swap_state=F("swap__state"))
    other = {f"other_{name}": F(f"swap__taken_by__{name}") for name in ("id", "organisation_id", "person_id", "named")}
    return rows.annotate(**other, other_name=F("swap__taken_by__person__name")).order_by("hand__rota_id", "id")


def _weeks(rows: Iterable[Any], week_on: date) -> list[WeekView]:
    """Rows of turns as the weeks of their rotas; rotas in which nobody has a turn then are left out."""
    rotas: dict[int, Rota] = {}
    by_turn: dict[int, Any] = {}
    for row in rows:
        rotas[row.hand.rota_id] = row.hand.rota
        if row.pk not in by_turn or row.swap_week == week_on:
            by_turn[row.pk] = row
    found = []
    for one in rotas.values():
        left_out = holidays_in(week_on) if one.skips_holidays else {}
        turns = [row for row in by_turn.values() if row.hand.rota_id == one.pk]
        goes = [go for row in turns if (go := _go(row, week_on, left_out)) is not None]
        if goes:
            found.append(WeekView(rota=_view(one), week_on=week_on, goes=tuple(goes), left_out=left_out))
    return found


def _week_of(row: Rota, week_on: date) -> WeekView:
    week = monday_of(week_on)
    found = _weeks(_turns(Q(hand__rota=row), [week]), week)
    left_out = holidays_in(week) if row.skips_holidays else {}
    return found[0] if found else WeekView(rota=_view(row), week_on=week, goes=(), left_out=left_out)


def _go(row: Any, week_on: date, left_out: Mapping[date, str]) -> GoView | None:
    pattern = Pattern(every=row.every, weekdays=row.weekdays, starts_on=row.starts_on, ends_on=row.ends_on)
    days = days_of(pattern, week_on, until=row.hand.rota.ends_on, but=left_out)
    if not days:
        return None
    is_swapped = row.swap_week == week_on and row.swap_state != SwapState.WITHDRAWN
    return GoView(
        turn_id=row.pk,
        week_on=week_on,
        days=tuple(days),
        hand=_hand(row.hand),
        state=row.swap_state if is_swapped else "",
        stand_in=_other(row) if is_swapped and row.other_id else None,
    )


def _other(row: Any) -> HandView:
    return HandView(
        id=row.other_id,
        unit=places.organisation(row.other_organisation_id) if row.other_organisation_id else None,
        person_id=row.other_person_id,
        person_name=row.other_name or "",
        named=row.other_named,
    )


def _hand(row: RotaHand) -> HandView:
    return HandView(
        id=row.pk,
        unit=places.organisation(row.organisation_id) if row.organisation_id else None,
        person_id=row.person_id,
        person_name=row.person.name if row.person else "",
        named=row.named,
    )


def _turn(row: RotaTurn) -> TurnView:
    return TurnView(
        id=row.pk,
        hand=_hand(row.hand),
        card=row.hand.card,
        every=row.every,
        weekdays=row.weekdays,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _view(row: Rota) -> RotaView:
    return RotaView(
        id=row.pk,
        handle=row.handle,
        name=row.name,
        what=row.what,
        zone_id=row.zone_id,
        zone_name=row.zone.name,
        skips_holidays=row.skips_holidays,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
