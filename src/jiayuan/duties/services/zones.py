# SPDX-License-Identifier: Apache-2.0
"""Naming who answers: guarantors of places, zones and who claims them. Nothing is deleted; what is over gets an end."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.duties import events
from jiayuan.duties.access import May
from jiayuan.duties.intake import GuaranteeInput, HolderInput, ZoneInput
from jiayuan.duties.models import Claim, Guarantee, Stamp, Zone, ZonePlace
from jiayuan.duties.queries import place_columns
from jiayuan.duties.rules import overlap
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.places import queries as places
from jiayuan.record.events import Code, PersonId
from jiayuan.record.log import record

_HOLDER = ["organisation", "person", "named", "duty", "is_shown", "starts_on", "ends_on", "document"]
_TURN = 2


def in_turn() -> None:
    """Whoever names or corrects waits for whoever does so now, so that two spans of one holder can never meet."""
    Stamp.objects.get_or_create(pk=_TURN, defaults={"token": ""})
    Stamp.objects.select_for_update().get(pk=_TURN)


def _require_at(by: Actor, codes: Iterable[str]) -> None:
    """A zone may cross villages: whoever keeps it has to answer for all of them."""
    for code in codes:
        require(by, May.EDIT_ZONES, at=Spot(code=code))


@command
def guarantee(*, given: GuaranteeInput, by: Actor, at: datetime) -> Guarantee:
    """Name who answers for a place."""
    in_turn()
    _require_at(by, [given.place])
    _check_free(Guarantee.objects.filter(place=given.place, hamlet=given.hamlet), given.holder)
    row = Guarantee(place=given.place, hamlet=given.hamlet, **place_columns(given.place))
    _fill(row, given.holder)
    row.save(force_insert=True)
    record(events.AnswerNamed(subject=row.ref, **_told(row, given.place)), by=by, at=at)
    return row


@command
def correct_guarantee(*, guarantee_id: int, given: GuaranteeInput, by: Actor, at: datetime) -> Guarantee:
    """Put right what is said of somebody who answers for a place."""
    in_turn()
    row = _guarantee(guarantee_id)
    _require_at(by, [row.place, given.place])
    others = Guarantee.objects.filter(place=given.place, hamlet=given.hamlet).exclude(pk=row.pk)
    _check_free(others, given.holder)
    columns = {"place": given.place, "hamlet": given.hamlet, **place_columns(given.place)}
    for name, value in columns.items():
        setattr(row, name, value)
    _fill(row, given.holder)
    row.save(update_fields=[*columns, *_HOLDER])
    record(events.AnswerCorrected(subject=row.ref, **_told(row, given.place)), by=by, at=at)
    return row


@command
def end_guarantee(*, guarantee_id: int, ends_on: date, by: Actor, at: datetime) -> Guarantee:
    """Somebody answers for a place until a day, and no longer."""
    row = _guarantee(guarantee_id)
    _require_at(by, [row.place])
    _end(row, ends_on, by=by, at=at)
    return row


def _guarantee(guarantee_id: int) -> Guarantee:
    row = Guarantee.objects.select_for_update(of=("self",)).filter(pk=guarantee_id).first()
    if row is None:
        raise Refused("no_guarantee", pgettext_lazy("duties", "There is no such entry."))
    return row


@command
def open_zone(*, given: ZoneInput, by: Actor, at: datetime) -> Zone:
    """Draw a zone that may be claimed."""
    _require_at(by, given.villages)
    row = Zone(starts_on=given.starts_on)
    _draw(row, given)
    row.save(force_insert=True)
    _lie_in(row, given.villages)
    opened = events.ZoneOpened(
        subject=row.ref, kind=given.kind, villages=len(given.villages), starts_on=given.starts_on
    )
    record(opened, by=by, at=at)
    return row


@command
def correct_zone(*, zone_id: int, given: ZoneInput, by: Actor, at: datetime) -> Zone:
    """Put right what is said of a zone."""
    row = _zone(zone_id, by=by)
    _require_at(by, given.villages)
    if row.ends_on is not None and row.ends_on < given.starts_on:
        raise Refused("ends_before", pgettext_lazy("duties", "The last day lies before the first."), field="starts_on")
    if row.claims.filter(starts_on__lt=given.starts_on).exists():
        message = pgettext_lazy("duties", "It was claimed before this day. Correct the claims first.")
        raise Refused("claimed_before", message, field="starts_on")
    _draw(row, given)
    row.starts_on = given.starts_on
    row.save(update_fields=["name", "kind", "description", "geometry", "starts_on"])
    row.places.exclude(village__in=given.villages).delete()
    _lie_in(row, sorted(set(given.villages) - set(row.places.values_list("village", flat=True))))
    corrected = events.ZoneCorrected(
        subject=row.ref, kind=given.kind, villages=len(given.villages), starts_on=given.starts_on
    )
    record(corrected, by=by, at=at)
    return row


def _draw(row: Zone, given: ZoneInput) -> None:
    row.name, row.kind, row.description, row.geometry = given.name, given.kind, given.description, given.geometry


def _lie_in(row: Zone, villages: Iterable[str]) -> None:
    ZonePlace.objects.bulk_create([ZonePlace(zone=row, **place_columns(code)) for code in villages])


def _zone(zone_id: int, *, by: Actor) -> Zone:
    """A zone, locked, of somebody who answers for all of its places."""
    row = Zone.objects.select_for_update(of=("self",)).filter(pk=zone_id).first()
    if row is None:
        raise Refused("no_zone", pgettext_lazy("duties", "There is no such zone."))
    _require_at(by, row.places.values_list("village", flat=True))
    return row


@command
def end_zone(*, zone_id: int, ends_on: date, by: Actor, at: datetime) -> Zone:
    """The zone is one until a day, and no longer; who claimed it until later has to be ended first."""
    row = _zone(zone_id, by=by)
    running = [one for one in row.claims.all() if one.ends_on is None or one.ends_on > ends_on]
    if running:
        message = pgettext_lazy("duties", "It is claimed beyond this day. End the claims first.")
        raise Refused("zone_is_claimed", message, field="ends_on")
    check_end(row.starts_on, ends_on)
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    record(events.ZoneEnded(subject=row.ref, ends_on=ends_on), by=by, at=at)
    return row


@command
def claim(*, zone_id: int, given: HolderInput, by: Actor, at: datetime) -> Claim:
    """Somebody claims a zone."""
    row = _zone(zone_id, by=by)
    _check_inside(row, given)
    _check_free(row.claims.all(), given)
    made = Claim(zone=row)
    _fill(made, given)
    made.save(force_insert=True)
    record(events.AnswerNamed(subject=made.ref, **_told(made, "")), by=by, at=at)
    return made


@command
def correct_claim(*, claim_id: int, given: HolderInput, by: Actor, at: datetime) -> Claim:
    """Put right what is said of a claim."""
    row = _claim(claim_id, by=by)
    _check_inside(row.zone, given)
    _check_free(row.zone.claims.exclude(pk=row.pk), given)
    _fill(row, given)
    row.save(update_fields=_HOLDER)
    record(events.AnswerCorrected(subject=row.ref, **_told(row, "")), by=by, at=at)
    return row


@command
def end_claim(*, claim_id: int, ends_on: date, by: Actor, at: datetime) -> Claim:
    """A claim holds until a day, and no longer."""
    row = _claim(claim_id, by=by)
    _end(row, ends_on, by=by, at=at)
    return row


def _claim(claim_id: int, *, by: Actor) -> Claim:
    """A claim whose zone is locked first, as everything that touches its claims does."""
    zone_id = Claim.objects.filter(pk=claim_id).values_list("zone_id", flat=True).first()
    if zone_id is None:
        raise Refused("no_claim", pgettext_lazy("duties", "There is no such entry."))
    zone = _zone(zone_id, by=by)
    row = Claim.objects.get(pk=claim_id)
    row.zone = zone
    return row


def _check_inside(zone: Zone, given: HolderInput) -> None:
    """Refuse a claim that begins before its zone, or outlasts it."""
    if given.starts_on < zone.starts_on:
        message = pgettext_lazy("duties", "The zone begins on %(day)s only.")
        raise Refused("before_the_zone", message, field="starts_on", day=zone.starts_on)
    if zone.ends_on is not None and (given.ends_on is None or given.ends_on > zone.ends_on):
        message = pgettext_lazy("duties", "The zone ends after %(day)s.")
        raise Refused("after_the_zone", message, field="ends_on", day=zone.ends_on)


def _check_free(rows: "Iterable[Guarantee | Claim]", given: HolderInput) -> None:
    """Refuse a span that meets another one of the same holder at the same place; others may answer beside it."""
    for row in rows:
        same = (row.organisation_id, row.person_id, row.named) == (
            given.organisation_id, given.person_id, given.named,
        )  # fmt: skip
        if same and overlap(row.starts_on, row.ends_on, given.starts_on, given.ends_on):
            message = pgettext_lazy("duties", "The same one answers here already, from %(day)s. Correct or end that.")
            raise Refused("already_answers", message, field="starts_on", day=row.starts_on)


def _fill(row: Guarantee | Claim, given: HolderInput) -> None:
    row.organisation_id, row.person_id, row.named = given.organisation_id, given.person_id, given.named
    row.duty, row.is_shown, row.document = given.duty, given.is_shown, given.document
    row.starts_on, row.ends_on = given.starts_on, given.ends_on


def _end(row: Guarantee | Claim, ends_on: date, *, by: Actor, at: datetime) -> None:
    check_new_end(row.starts_on, row.ends_on, ends_on)
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    record(events.AnswerEnded(subject=row.ref, ends_on=ends_on), by=by, at=at)


def check_end(starts_on: date, ends_on: date) -> None:
    """Refuse a last day before the first."""
    if ends_on < starts_on:
        raise Refused("ends_before", pgettext_lazy("duties", "The last day lies before the first."), field="ends_on")


def check_new_end(starts_on: date, ended_on: date | None, ends_on: date) -> None:
    """Refuse a last day before the first, and one after the last day that was set already."""
    check_end(starts_on, ends_on)
    if ended_on is not None and ends_on > ended_on:
        message = pgettext_lazy("duties", "It ends after %(day)s already. Correct it if that is wrong.")
        raise Refused("ended_already", message, field="ends_on", day=ended_on)


def _told(row: Guarantee | Claim, place: str) -> dict[str, Any]:
    unit = places.organisation(row.organisation_id) if row.organisation_id else None
    return {
        "place": Code(place),
        "organisation": Code(unit.code if unit else ""),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "person": PersonId(row.person_id) if row.person_id else None,
    }
