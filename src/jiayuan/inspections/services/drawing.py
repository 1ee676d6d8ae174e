# SPDX-License-Identifier: Apache-2.0
"""Drawing the places of a round, and who inspects each, from one seed that is kept with the sealed list."""

import secrets
from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import pgettext_lazy

from jiayuan.inspections import events, rules
from jiayuan.inspections.access import May
from jiayuan.inspections.enums import RoundState, VisitState
from jiayuan.inspections.models import Draw, Round, Visit
from jiayuan.inspections.queries import frame_of
from jiayuan.inspections.services.rounds import locked_round
from jiayuan.kernel.access import COUNTY, TOWN, VILLAGE, Actor, Area
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.people import queries as people
from jiayuan.places import queries as places
from jiayuan.record.events import Code, PersonId
from jiayuan.record.log import record

SEED_BYTES = 16
MILLION = 1_000_000
_INSPECTED = {"city": 6, COUNTY: 9, TOWN: 12, VILLAGE: 12}
"""How many digits name the unit that is compared, and so inspected: a round of the city compares counties."""


@command
def draw_places(*, round_id: int, note: str, by: Actor, at: datetime, seed: str | None = None) -> Draw:
    """Draw the places of a round and an inspector for each; again only with a note, and before anybody went out.

    ``seed`` is for replays and tests; otherwise chance gives one. It is recorded with the list it was used on.
    """
    row = locked_round(round_id, by=by)
    _refuse_to_draw(row, note)
    frame = frame_of(row, on=row.starts_on)
    seed = seed or secrets.token_hex(SEED_BYTES)
    drawn = rules.draw(frame, seed)
    if not drawn:
        raise Refused("nobody_to_draw", pgettext_lazy("inspections", "No place is left that could be drawn."))
    inspectors = rules.assign(seed, _able(row, [line.code for line in drawn], on=row.starts_on))
    _refuse_uninspected(inspectors)
    kept = _keep(row, frame, seed, note, by=by, at=at)
    row.visits.all().delete()
    _send_out(row, frame, drawn, inspectors)
    row.state = RoundState.DRAWN
    row.save(update_fields=["state"])
    happened = events.PlacesDrawn(
        subject=row.ref,
        attempt=kept.attempt,
        listed=len(frame.lines),
        excluded=sum(bool(line.excluded) for line in frame.lines),
        drawn=len(drawn),
        seed=Code(seed),
        listing_digest=Code(kept.listing_digest),
        inspectors=tuple(PersonId(one) for one in inspectors.values() if one is not None),
    )
    record(happened, by=by, at=at)
    return kept


def _refuse_to_draw(row: Round, note: str) -> None:
    if row.state not in (RoundState.PREPARED, RoundState.DRAWN):
        raise Refused("not_open", pgettext_lazy("inspections", "Nothing is drawn for this round any more."))
    if row.state == RoundState.PREPARED:
        return
    if row.visits.exclude(state=VisitState.DRAWN).exists():
        message = pgettext_lazy("inspections", "Somebody is inspecting already. What was drawn stays drawn.")
        raise Refused("under_way", message)
    if not note:
        message = pgettext_lazy("inspections", "Say why places are drawn again. It stands beside both draws.")
        raise Refused("missing_note", message, field="note")


def _keep(row: Round, frame: rules.Frame, seed: str, note: str, *, by: Actor, at: datetime) -> Draw:
    attempt = row.draws.count() + 1
    listing = rules.listing_of(frame)
    return Draw.objects.create(
        round=row,
        attempt=attempt,
        listing=listing,
        listing_digest=rules.digest_of(listing),
        seed=seed,
        note=note if attempt > 1 else "",
        drawn_at=at,
        drawn_by_id=by.person_id,
    )


def _send_out(row: Round, frame: rules.Frame, drawn: tuple[rules.Line, ...], inspectors: dict[str, int | None]) -> None:
    weights = rules.stands_for(frame, drawn)
    Visit.objects.bulk_create(
        Visit(
            round=row,
            number=number,
            stratum=line.stratum,
            stands_for=round(weights[line.code] * MILLION),
            county=line.code[:6],
            town=line.code[:9],
            village=line.code,
            inspector_id=inspectors[line.code],
        )
        for number, line in enumerate(drawn, 1)
    )


def _refuse_uninspected(inspectors: dict[str, int | None]) -> None:
    left = [code for code, person in inspectors.items() if person is None]
    if left:
        message = pgettext_lazy(
            "inspections",
            "For %(n)s places nobody from outside could be drawn, %(place)s among them. Appoint more inspectors.",
        )
        raise Refused("no_inspector", message, n=len(left), place=places.path_name(left[0]))


def _able(row: Round, codes: list[str], *, on: date) -> dict[str, Collection[int]]:
    """Who may inspect each place: whoever inspects there, has no post in the unit that is compared, nor governs it."""
    held = people.posts_of_holders(May.INSPECT, on=on)
    digits = _INSPECTED[Area(row.area).level]
    able: dict[str, Collection[int]] = {}
    for code in codes:
        governing = {unit.id for unit in places.governing(code, on=on) if unit.division[:digits] == code[:digits]}
        inspecting = {one.person_id for one in held if one.gives and Area(one.area).covers(code)}
        inside = {
            one.person_id
            for one in held
            if Area(one.area).key.startswith(code[:digits]) or one.organisation_id in governing
        }
        able[code] = inspecting - inside
    return able
