# SPDX-License-Identifier: Apache-2.0
"""Asking for frontages: one by its handle for everybody, those in reach for the desk, how many at a place."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from jiayuan.duties.models import Frontage, FrontageScheme
from jiayuan.duties.queries.zones import Spanned, column_of, holding, reach
from jiayuan.kernel.access import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontageView(Spanned):
    """A shop front; ``items`` are name and sentence of each duty, empty where nobody asked for them."""

    id: int
    handle: str
    place: str
    shop: str
    address: str
    scheme: str
    scheme_name: str
    source: str
    is_illustrative: bool
    signed_on: date
    items: tuple[tuple[str, str], ...] = ()


def frontage(handle: str) -> FrontageView | None:
    """A frontage with its duties; two queries."""
    return _one(Frontage.objects.filter(handle=handle))


def frontage_in_reach(actor: Actor, handle: str) -> FrontageView | None:
    """One that the actor may keep, with its duties; None for any other."""
    return _one(Frontage.objects.filter(reach(actor), handle=handle))


def frontages_in_reach(
    actor: Actor,
    *,
    on: date,
    place: str = "",
    scheme: str = "",
    standing: str = "",
    words: str = "",
    start: int,
    most: int,
) -> list[FrontageView]:
    """Those that the actor may keep, the newest first: of a place, of a scheme, holding or over on a day, by words."""
    asked = reach(actor)
    if place:
        column, value = column_of(place)
        asked &= Q(**{column: value}) if column else Q()
    if scheme:
        asked &= Q(scheme__code=scheme)
    if standing:
        asked &= Q(ends_on__lt=on) if standing == "over" else Q(ends_on__gte=on) | Q(ends_on__isnull=True)
    if words:
        asked &= Q(shop__icontains=words) | Q(address__icontains=words)
    rows = Frontage.objects.filter(asked).select_related("scheme").order_by("-id")
    return [_view(row) for row in rows[start : start + most]]


def frontages_at(code: str, on: date) -> int:
    """How many shops of a place answer for their frontages on a day; one query."""
    column, value = column_of(code)
    here = Q(**{column: value}) if column else Q()
    return Frontage.objects.filter(here, holding("", on)).count()


def frontage_schemes() -> list[tuple[str, str]]:
    """Code and name of every scheme; one query."""
    return list(FrontageScheme.objects.order_by("code").values_list("code", "name"))


def frontage_address(handle: str) -> str:
    """What the QR code at the door says."""
    return f"{settings.SITE_URL}/f/{handle}/"


def _one(rows: QuerySet[Frontage]) -> FrontageView | None:
    row = rows.select_related("scheme").first()
    if row is None:
        return None
    return _view(row, tuple(row.scheme.items.order_by("number").values_list("name", "words")))


def _view(row: Frontage, items: tuple[tuple[str, str], ...] = ()) -> FrontageView:
    return FrontageView(
        id=row.pk,
        handle=row.handle,
        place=row.village,
        shop=row.shop,
        address=row.address,
        scheme=row.scheme.code,
        scheme_name=row.scheme.name,
        source=row.scheme.source,
        is_illustrative=row.scheme.is_illustrative,
        signed_on=row.signed_on,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        items=items,
    )
