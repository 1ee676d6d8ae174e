# SPDX-License-Identifier: Apache-2.0
"""Frontages: a shop signs, what is said is put right, the duty ends. Schemes come with a pack and are never changed."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.duties import events
from jiayuan.duties.access import May
from jiayuan.duties.intake import FrontageFinders, FrontageInput, SchemeInput, frontage_from, schemes_from
from jiayuan.duties.models import Frontage, FrontageItem, FrontageScheme
from jiayuan.duties.queries import place_columns, whole_city
from jiayuan.duties.rules import overlap
from jiayuan.duties.services.loading import known_place, rows_of, unknown
from jiayuan.duties.services.zones import check_new_end, in_turn
from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import new_handle
from jiayuan.record.events import Code
from jiayuan.record.log import record

_SAID = ["scheme", "county", "town", "village", "shop", "address", "signed_on", "starts_on", "ends_on"]


@command
def add_scheme(*, given: SchemeInput, by: Actor, at: datetime) -> FrontageScheme:
    """Add what shops may sign for. One that is there already is refused: what was signed stays what it was."""
    require(by, May.EDIT_LIST, at=whole_city())
    if FrontageScheme.objects.filter(code=given.code).exists():
        raise Refused("scheme_exists", pgettext_lazy("duties", "There is a scheme with this code."), field="code")
    row = FrontageScheme.objects.create(
        code=given.code, name=given.name, source=given.source, is_illustrative=given.is_illustrative
    )
    FrontageItem.objects.bulk_create(
        [FrontageItem(scheme=row, number=n, name=name, words=words) for n, (name, words) in enumerate(given.items, 1)]
    )
    record(events.FrontageSchemeAdded(subject=row.ref, scheme=Code(row.code), items=len(given.items)), by=by, at=at)
    return row


@command
def sign_frontage(*, given: FrontageInput, by: Actor, at: datetime, handle: str = "") -> Frontage:
    """A shop signed for the space before its doors."""
    in_turn()
    require(by, May.EDIT_ZONES, at=Spot(code=given.place))
    _check_once(Frontage.objects.filter(village=given.place), given)
    row = Frontage(handle=handle or new_handle())
    _fill(row, given)
    row.save(force_insert=True)
    record(events.FrontageSigned(subject=row.ref, **_told(row)), by=by, at=at)
    return row


@command
def correct_frontage(*, frontage_id: int, given: FrontageInput, by: Actor, at: datetime) -> Frontage:
    """Put right what is said of a frontage; the code at its door stays."""
    in_turn()
    row = _frontage(frontage_id, by=by)
    require(by, May.EDIT_ZONES, at=Spot(code=given.place))
    _check_once(Frontage.objects.filter(village=given.place).exclude(pk=row.pk), given)
    _fill(row, given)
    row.save(update_fields=_SAID)
    record(events.FrontageCorrected(subject=row.ref, **_told(row)), by=by, at=at)
    return row


@command
def end_frontage(*, frontage_id: int, ends_on: date, by: Actor, at: datetime) -> Frontage:
    """The shop answers until a day, and no longer."""
    row = _frontage(frontage_id, by=by)
    check_new_end(row.starts_on, row.ends_on, ends_on)
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    record(events.FrontageEnded(subject=row.ref, ends_on=ends_on), by=by, at=at)
    return row


@command
def load_schemes(*, folder: Path, by: Actor, at: datetime) -> int:
    """Add the schemes of a pack; how many. Those that are there already are left alone."""
    there = set(FrontageScheme.objects.values_list("code", flat=True))
    added = [one for one in schemes_from(rows_of(folder / "frontage_schemes.csv")) if one.code not in there]
    for given in added:
        add_scheme(given=given, by=by, at=at)
    return len(added)


@command
def load_frontages(*, folder: Path, by: Actor, at: datetime) -> int:
    """Sign the frontages of a pack; how many. Nothing where any has been signed already."""
    if Frontage.objects.exists():
        return 0
    rows = rows_of(folder / "frontages.csv")
    for row in rows:
        sign_frontage(given=frontage_from(row, finders=_FINDERS), by=by, at=at)
    return len(rows)


def _known_scheme(code: str) -> str:
    if not FrontageScheme.objects.filter(code=code).exists():
        raise unknown("scheme")
    return code


_FINDERS = FrontageFinders(village=known_place, scheme=_known_scheme)


def _frontage(frontage_id: int, *, by: Actor) -> Frontage:
    """A frontage, locked, of somebody who keeps its place."""
    rows = Frontage.objects.select_for_update(of=("self",)).select_related("scheme")
    row = rows.filter(pk=frontage_id).first()
    if row is None:
        raise Refused("no_frontage", pgettext_lazy("duties", "There is no such entry."))
    require(by, May.EDIT_ZONES, at=Spot(code=row.village))
    return row


def _check_once(rows: Iterable[Frontage], given: FrontageInput) -> None:
    """Refuse a span that meets another one of the same shop at the same door."""
    for row in rows:
        same = (row.shop, row.address) == (given.shop, given.address)
        if same and overlap(row.starts_on, row.ends_on, given.starts_on, given.ends_on):
            message = pgettext_lazy("duties", "This shop has signed already, from %(day)s. Correct or end that.")
            raise Refused("already_signed", message, field="shop", day=row.starts_on)


def _fill(row: Frontage, given: FrontageInput) -> None:
    scheme = FrontageScheme.objects.filter(code=given.scheme).first()
    if scheme is None:
        raise Refused("no_scheme", pgettext_lazy("duties", "Choose one of these."), field="scheme")
    row.scheme, row.shop, row.address = scheme, given.shop, given.address
    row.signed_on, row.starts_on, row.ends_on = given.signed_on, given.starts_on, given.ends_on
    for name, value in place_columns(given.place).items():
        setattr(row, name, value)


def _told(row: Frontage) -> dict[str, Any]:
    return {
        "place": Code(row.village),
        "scheme": Code(row.scheme.code),
        "signed_on": row.signed_on,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
    }
