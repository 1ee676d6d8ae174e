# SPDX-License-Identifier: Apache-2.0
"""Asking who answers for a place on a day: guarantors with one query, zones and their claims with another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from jiayuan.duties.access import May
from jiayuan.duties.enums import ZoneKind
from jiayuan.duties.models import Claim, Guarantee, Zone, ZonePlace
from jiayuan.kernel.access import Actor, Permission, Spot, arms, may
from jiayuan.places import queries as places
from jiayuan.places.queries import Unit

MOST_LISTED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Spanned:
    """What holds from a day to a day, both included."""

    starts_on: date
    ends_on: date | None

    def holds_on(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder(Spanned):
    """Who answers, as what, and from when to when. A person stands by id and name; whoever shows it decides how."""

    id: int
    unit: Unit | None
    person_id: int | None
    person_name: str
    named: str
    duty: str
    is_shown: bool
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeView:
    """Who answers for a place (12 digits), or for a hamlet of a village."""

    place: str
    hamlet: str
    holder: Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneView(Spanned):
    """A zone with its claims; ``villages`` is empty where nobody asked for them."""

    id: int
    name: str
    kind: ZoneKind
    description: str
    geometry: str
    villages: tuple[str, ...]
    claims: tuple[Holder, ...]


def place_columns(code: str) -> dict[str, str]:
    """The columns by which reach is asked, of a division; empty where it stands above them."""
    place = places.division(code)
    if place is None:
        return {"county": "", "town": "", "village": ""}
    return {"county": place.county, "town": place.town, "village": place.village}


def holding(prefix: str, on: date) -> Q:
    """What holds on a day, as a condition; ``prefix`` leads to the table."""
    return Q(**{f"{prefix}starts_on__lte": on}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on})
    )


def over(code: str) -> tuple[str, ...]:
    """A place and everything above it inside the city."""
    codes = (code[:4] + "00000000", code[:6] + "000000", code[:9] + "000", code)
    return tuple(dict.fromkeys(codes))


def guarantees_at(code: str, on: date) -> list[GuaranteeView]:
    """Who answers for a place on a day, from the city down to its hamlets; one query."""
    rows = Guarantee.objects.filter(holding("", on), place__in=over(code)).select_related("person")
    return [_guarantee_view(row) for row in rows.order_by("place", "hamlet", "id")[:MOST_LISTED]]


def zones_at(code: str, on: date) -> list[ZoneView]:
    """The zones that lie in a place on a day, with whoever holds them then, also those nobody claimed; one query."""
    column, value = column_of(code)
    here = ZonePlace.objects.filter(zone=OuterRef("pk"), **({column: value} if column else {}))
    rows = (
        Zone.objects.filter(holding("", on), Exists(here))
        .annotate(held=FilteredRelation("claims", condition=holding("claims__", on)))
        .annotate(**{f"held_{name}": F(f"held__{name}") for name in _HELD})
        .annotate(held_name=F("held__person__name"))
        .order_by("name", "id")[:MOST_LISTED]
    )
    by_zone: dict[int, list[Any]] = {}
    for row in rows:
        by_zone.setdefault(row.pk, []).append(row)
    return [_zone_view(found[0], villages=(), claims=_in_order(found)) for found in by_zone.values()]


def _in_order(rows: Iterable[Any]) -> list[Holder]:
    """The claims of a zone's rows, the earliest first; none where the only row found no claim."""
    claims = (_claimed(row) for row in rows if row.held_id is not None)
    return sorted(claims, key=lambda one: (one.starts_on, one.id))


_HELD = ("id", "organisation_id", "person_id", "named", "duty", "is_shown", "starts_on", "ends_on", "document")


def column_of(code: str) -> tuple[str, str]:
    """The column in which a place stands, with its value; empty above the counties."""
    columns = place_columns(code)
    return next(((name, columns[name]) for name in ("village", "town", "county") if columns[name]), ("", ""))


def _claimed(row: Any) -> Holder:
    return Holder(
        id=row.held_id,
        unit=places.organisation(row.held_organisation_id) if row.held_organisation_id else None,
        person_id=row.held_person_id,
        person_name=row.held_name or "",
        named=row.held_named,
        duty=row.held_duty,
        is_shown=row.held_is_shown,
        starts_on=row.held_starts_on,
        ends_on=row.held_ends_on,
        document=row.held_document,
    )


def _holder(row: Guarantee | Claim) -> Holder:
    return Holder(
        id=row.pk,
        unit=places.organisation(row.organisation_id) if row.organisation_id else None,
        person_id=row.person_id,
        person_name=row.person.name if row.person else "",
        named=row.named,
        duty=row.duty,
        is_shown=row.is_shown,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        document=row.document,
    )


def _guarantee_view(row: Guarantee) -> GuaranteeView:
    return GuaranteeView(place=row.place, hamlet=row.hamlet, holder=_holder(row))


def _zone_view(row: Zone, *, villages: Iterable[str], claims: Iterable[Holder]) -> ZoneView:
    return ZoneView(
        id=row.pk,
        name=row.name,
        kind=ZoneKind(row.kind),
        description=row.description,
        geometry=row.geometry,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        villages=tuple(villages),
        claims=tuple(claims),
    )


def may_keep(actor: Actor, codes: Sequence[str]) -> bool:
    """Whether a person may name, correct and end at all of these places."""
    return bool(codes) and all(may(actor, May.EDIT_ZONES, at=Spot(code=code)) for code in codes)


def reach(actor: Actor, permission: Permission = May.EDIT_ZONES) -> Q:
    """What lies where somebody may keep zones, or holds another permission, as a condition on its columns."""
    reached = Q(pk__in=())
    for arm in arms(actor, permission):
        reached |= Q(**arm.lookup) if arm.column else Q(pk__isnull=False)
    return reached


def guarantees_in_reach(actor: Actor) -> list[GuaranteeView]:
    """Everybody who answers for a place within the actor's reach, over or not, by place; at most 500."""
    rows = Guarantee.objects.filter(reach(actor)).select_related("person")
    return [_guarantee_view(row) for row in rows.order_by("place", "hamlet", "starts_on", "id")[:MOST_LISTED]]


def guarantee_in_reach(actor: Actor, guarantee_id: int) -> GuaranteeView | None:
    """One of them, or None where the actor has no reach."""
    row = Guarantee.objects.filter(reach(actor), pk=guarantee_id).select_related("person").first()
    return _guarantee_view(row) if row else None


def zones_in_reach(actor: Actor, permission: Permission = May.EDIT_ZONES) -> list[ZoneView]:
    """The zones that lie at least in part where somebody may keep them (or holds another permission), by name."""
    rows = _zones(actor, permission).prefetch_related("places", "claims__person").order_by("name", "id")[:MOST_LISTED]
    return [_whole(row) for row in rows]


def zone_in_reach(actor: Actor, zone_id: int) -> ZoneView | None:
    """One of them, or None where the actor has no reach."""
    row = _zones(actor, May.EDIT_ZONES).filter(pk=zone_id).prefetch_related("places", "claims__person").first()
    return _whole(row) if row else None


def _zones(actor: Actor, permission: Permission) -> Any:
    return Zone.objects.filter(Exists(ZonePlace.objects.filter(reach(actor, permission), zone=OuterRef("pk"))))


def _whole(row: Zone) -> ZoneView:
    claims = sorted(row.claims.all(), key=lambda one: (one.starts_on, one.pk))
    return _zone_view(
        row, villages=sorted(one.village for one in row.places.all()), claims=[_holder(one) for one in claims]
    )
