# SPDX-License-Identifier: Apache-2.0
"""Zones, claims and guarantors of a pack, through the same commands by which people name them."""

from csv import DictReader
from datetime import datetime
from pathlib import Path

from django.utils.translation import pgettext_lazy

from jiayuan.duties.intake import HolderFinders, guarantee_from, holder_from, zone_from
from jiayuan.duties.models import Guarantee, Zone
from jiayuan.duties.services.zones import claim, guarantee, open_zone
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.people.queries import person_behind
from jiayuan.places import queries as places


@command
def load_answers(*, folder: Path, by: Actor, at: datetime) -> int:
    """Name whoever a pack names; how many rows. Nothing where anybody has been named already.

    Persons stand by the user name of their account, so accounts are opened first.
    """
    if Zone.objects.exists() or Guarantee.objects.exists():
        return 0
    zones = {row["name"]: open_zone(given=zone_from(row, finders=FINDERS), by=by, at=at).pk
             for row in rows_of(folder / "zones.csv")}  # fmt: skip
    claims, guarantors = rows_of(folder / "claims.csv"), rows_of(folder / "guarantors.csv")
    for row in claims:
        claim(zone_id=zones[row["zone"]], given=holder_from(row, finders=FINDERS), by=by, at=at)
    for row in guarantors:
        guarantee(given=guarantee_from(row, finders=FINDERS), by=by, at=at)
    return len(zones) + len(claims) + len(guarantors)


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a table of a pack; none where there is no such table."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(DictReader(lines))


def unknown(field: str) -> Refused:
    """The refusal of a row that names what is not there."""
    return Refused("unknown", pgettext_lazy("duties", "The pack names something that is not known."), field=field)


def known_place(code: str, field: str) -> str:
    """The code of a place of a row, if there is one."""
    found = places.division(code)
    if found is None:
        raise unknown(field)
    return found.code


def _unit(code: str) -> int:
    found = places.organisation_by_code(code)
    if found is None:
        raise unknown("organisation")
    return found.id


def _person(username: str) -> int:
    found = person_behind(username)
    if found is None:
        raise unknown("person")
    return found


FINDERS = HolderFinders(place=known_place, village=known_place, unit=_unit, person=_person)
"""How the words of a pack become keys; persons stand by their user names."""
