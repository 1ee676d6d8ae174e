# SPDX-License-Identifier: Apache-2.0
"""Who is told when something happened to a round. Wired in ``site/wiring.py``; applied exactly once per event."""

from collections.abc import Collection, Sequence

from jiayuan.inspections import events, services
from jiayuan.inspections.access import May
from jiayuan.inspections.models import Round, Visit
from jiayuan.inspections.queries import spot_of
from jiayuan.kernel.access import Actor, Permission, Spot
from jiayuan.notices.services import notify
from jiayuan.people.events import PersonForgotten
from jiayuan.people.queries import accounts_of, accounts_with
from jiayuan.record.events import Event
from jiayuan.record.readers import Happened

BY = Actor.system("inspections.reactions")


def tell(batch: Sequence[Happened]) -> None:
    """Tell inspectors that they were drawn, the inspected what concerns them, and who decides that an appeal waits."""
    for happened in batch:
        event = happened.event
        if isinstance(event, events.PlacesDrawn):
            row = Round.objects.get(pk=event.subject.id)
            drawn = accounts_of(person_ids=set(event.inspectors or ()))
            _notify(happened, event, sorted(drawn), row.handle, place=row.area)
        elif isinstance(event, events.RoundPublished):
            _tell_published(happened, event)
        elif isinstance(event, events.PlaceScored | events.ScoreAppealed | events.AppealDecided):
            _tell_of_visit(happened, event)


def forget_appellants(batch: Sequence[Happened]) -> None:
    """Let go of what appeals hold of a person who was forgotten."""
    for happened in batch:
        if isinstance(happened.event, PersonForgotten):
            services.erase_appellant(person_id=happened.event.subject.id, by=BY, at=happened.at)


def _tell_published(happened: Happened, event: events.RoundPublished) -> None:
    """Each of the inspected once, whatever the number of their places."""
    row = Round.objects.get(pk=event.subject.id)
    told: set[int] = set()
    for village in row.visits.order_by("number").values_list("village", flat=True):
        fresh = [one for one in _with(May.APPEAL, Spot(code=village)) if one not in told]
        told |= set(fresh)
        _notify(happened, event, fresh, row.handle, place=village)


def _tell_of_visit(happened: Happened, event: events.PlaceScored | events.ScoreAppealed | events.AppealDecided) -> None:
    visit = Visit.objects.select_related("round").get(pk=event.subject.id)
    if isinstance(event, events.ScoreAppealed):
        to = _with(May.DECIDE, spot_of(visit.round))
    else:
        to = _with(May.APPEAL, Spot(code=visit.village))
    # Whoever did it knows already, and whoever scored has no part in the appeal.
    left_out = accounts_of(person_ids={one for one in (happened.person_id, visit.inspector_id) if one is not None})
    _notify(happened, event, [one for one in to if one not in left_out], visit.round.handle, place=visit.village)


def _with(permission: Permission, spot: Spot) -> list[int]:
    return accounts_with(permission, spot=spot)


def _notify(happened: Happened, event: Event, accounts: Collection[int], handle: str, *, place: str) -> None:
    for account_id in accounts:
        notify(
            account_id=account_id,
            kind=event.KIND,
            subject=event.subject,
            position=happened.position,
            params={"handle": handle, "place": place},
            by=BY,
            at=happened.at,
        )
