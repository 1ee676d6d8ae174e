# SPDX-License-Identifier: Apache-2.0
"""Upkeep rotas: drawn up for a zone, turns added and ended, cards handed out. Nothing is deleted."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.duties import events
from jiayuan.duties.access import May
from jiayuan.duties.intake import RotaInput, TurnInput, rota_from, turn_from
from jiayuan.duties.models import Rota, RotaHand, RotaTurn, Zone
from jiayuan.duties.services.loading import FINDERS, rows_of, unknown
from jiayuan.duties.services.zones import check_new_end
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import new_handle, seeded
from jiayuan.places import queries as places
from jiayuan.record.events import Code, PersonId
from jiayuan.record.log import record

_SAID = ["zone", "name", "what", "skips_holidays", "starts_on"]


@command
def draw_rota(*, given: RotaInput, by: Actor, at: datetime, handle: str = "") -> Rota:
    """Draw up a rota for a zone."""
    row = Rota(handle=handle or new_handle())
    _fill(row, given, by=by)
    row.save(force_insert=True)
    record(events.RotaDrawn(subject=row.ref, **_told(row)), by=by, at=at)
    return row


@command
def correct_rota(*, rota_id: int, given: RotaInput, by: Actor, at: datetime) -> Rota:
    """Put right what is said of a rota."""
    row = _rota(rota_id, by=by)
    if row.ends_on is not None and row.ends_on < given.starts_on:
        raise Refused("ends_before", pgettext_lazy("duties", "The last day lies before the first."), field="starts_on")
    if RotaTurn.objects.filter(hand__rota=row, starts_on__lt=given.starts_on).exists():
        message = pgettext_lazy("duties", "A turn begins before this day. End the rota and draw up another one.")
        raise Refused("turns_before", message, field="starts_on")
    _fill(row, given, by=by)
    row.save(update_fields=_SAID)
    record(events.RotaCorrected(subject=row.ref, **_told(row)), by=by, at=at)
    return row


@command
def end_rota(*, rota_id: int, ends_on: date, by: Actor, at: datetime) -> Rota:
    """A rota holds until a day, with all of its turns."""
    row = _rota(rota_id, by=by)
    check_new_end(row.starts_on, row.ends_on, ends_on)
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    record(events.RotaEnded(subject=row.ref, ends_on=ends_on), by=by, at=at)
    return row


@command
def add_turn(*, rota_id: int, given: TurnInput, by: Actor, at: datetime, card: str = "") -> RotaTurn:
    """Somebody takes turns. Whoever takes none in this rota yet gets a card."""
    rota = _rota(rota_id, by=by)
    if given.starts_on < rota.starts_on:
        message = pgettext_lazy("duties", "The rota begins on %(day)s only.")
        raise Refused("before_the_rota", message, field="starts_on", day=rota.starts_on)
    holder = {"organisation_id": given.organisation_id, "person_id": given.person_id, "named": given.named}
    hand = rota.hands.filter(**holder).first() or RotaHand(rota=rota, card=card or new_handle(), **holder)
    if hand.pk is None:
        hand.save(force_insert=True)
    pattern: dict[str, Any] = {
        "every": given.every, "weekdays": given.weekdays, "starts_on": given.starts_on, "ends_on": given.ends_on,
    }  # fmt: skip
    row = RotaTurn.objects.create(hand=hand, **pattern)
    unit = places.organisation(given.organisation_id) if given.organisation_id else None
    added = events.RotaTurnAdded(
        subject=rota.ref, turn=row.pk, organisation=Code(unit.code if unit else ""),
        person=PersonId(given.person_id) if given.person_id else None, **pattern,
    )  # fmt: skip
    record(added, by=by, at=at)
    return row


@command
def end_turn(*, turn_id: int, ends_on: date, by: Actor, at: datetime) -> RotaTurn:
    """A turn falls on its days until a last one."""
    rota_id = RotaTurn.objects.filter(pk=turn_id).values_list("hand__rota_id", flat=True).first()
    if rota_id is None:
        raise Refused("no_turn", pgettext_lazy("duties", "There is no such turn."))
    rota = _rota(rota_id, by=by)
    row = RotaTurn.objects.get(pk=turn_id)
    check_new_end(row.starts_on, row.ends_on, ends_on)
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    record(events.RotaTurnEnded(subject=rota.ref, turn=row.pk, ends_on=ends_on), by=by, at=at)
    return row


@command
def renew_card(*, hand_id: int, by: Actor, at: datetime) -> RotaHand:
    """A card was lost or got into wrong hands: there is a new one, and the old one opens nothing any more."""
    row = RotaHand.objects.filter(pk=hand_id).first()
    if row is None:
        raise Refused("no_hand", pgettext_lazy("duties", "There is no such entry."))
    rota = _rota(row.rota_id, by=by)
    row.card = new_handle()
    row.save(update_fields=["card"])
    record(events.RotaCardRenewed(subject=rota.ref), by=by, at=at)
    return row


@command
def load_rotas(*, folder: Path, by: Actor, at: datetime, seed: int | None = None) -> int:
    """Draw up the rotas of a pack with their turns; how many. Nothing where any has been drawn up already.

    With a ``seed`` handles and cards are the same each time, which only a demonstration wants.
    """
    if Rota.objects.exists():
        return 0
    bits = seeded(seed) if seed is not None else None
    zones = dict(Zone.objects.values_list("name", "id"))
    made = {}
    for row in rows_of(folder / "rotas.csv"):
        given = rota_from(row, zone=_finder(zones))
        made[row["name"]] = draw_rota(given=given, by=by, at=at, handle=new_handle(bits)).pk
    for row in rows_of(folder / "rota_turns.csv"):
        if row["rota"] not in made:
            raise unknown("rota")
        given_turn = turn_from(row, finders=FINDERS)
        add_turn(rota_id=made[row["rota"]], given=given_turn, by=by, at=at, card=new_handle(bits))
    return len(made)


def _finder(zones: dict[str, int]) -> Callable[[str], int]:
    def zone(name: str) -> int:
        if name not in zones:
            raise unknown("zone")
        return zones[name]

    return zone


def _rota(rota_id: int, *, by: Actor) -> Rota:
    """A rota, locked, of somebody who keeps the rotas of every village of its zone."""
    row = Rota.objects.select_for_update(of=("self",)).filter(pk=rota_id).first()
    if row is None:
        raise Refused("no_rota", pgettext_lazy("duties", "There is no such rota."))
    _require_at(by, _villages(row.zone_id))
    return row


def _villages(zone_id: int) -> Iterable[str]:
    return Zone.objects.filter(pk=zone_id).order_by("places__village").values_list("places__village", flat=True)


def _require_at(by: Actor, villages: Iterable[str]) -> None:
    for code in villages:
        require(by, May.KEEP_ROTAS, at=Spot(code=code))


def _fill(row: Rota, given: RotaInput, *, by: Actor) -> None:
    zone = Zone.objects.filter(pk=given.zone_id).first()
    if zone is None:
        raise Refused("no_zone", pgettext_lazy("duties", "There is no such zone."), field="zone")
    _require_at(by, _villages(zone.pk))
    if given.starts_on < zone.starts_on:
        message = pgettext_lazy("duties", "The zone begins on %(day)s only.")
        raise Refused("before_the_zone", message, field="starts_on", day=zone.starts_on)
    row.zone, row.name, row.what = zone, given.name, given.what
    row.skips_holidays, row.starts_on = given.skips_holidays, given.starts_on


def _told(row: Rota) -> dict[str, Any]:
    return {"zone": row.zone_id, "skips_holidays": row.skips_holidays, "starts_on": row.starts_on}
