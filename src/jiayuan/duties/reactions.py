# SPDX-License-Identifier: Apache-2.0
"""Who is told when something happened to a whistle. Wired in ``site/wiring.py``; applied exactly once per event."""

from collections.abc import Sequence

from jiayuan.duties import events, services
from jiayuan.duties.access import May
from jiayuan.duties.enums import WhistleKind
from jiayuan.duties.models import Whistle
from jiayuan.kernel.access import Actor, Permission, Spot
from jiayuan.notices.services import notify
from jiayuan.people.events import PersonForgotten
from jiayuan.people.queries import accounts_of, accounts_with
from jiayuan.record.readers import Happened

BY = Actor.system("duties.reactions")

_TELL: dict[type[events.WhistleEvent], Permission] = {
    events.WhistleApplied: May.REVIEW_WHISTLE,
    events.WhistleApproved: May.TRIAGE_WHISTLE,
    events.WhistleTurnedDown: May.WHISTLE,
    events.WhistleDismissed: May.WHISTLE,
    events.WhistleUnitCalled: May.ANSWER_WHISTLE,
    events.WhistleRefused: May.TRIAGE_WHISTLE,
    events.WhistleReleased: May.ANSWER_WHISTLE,
    events.WhistleInsisted: May.ANSWER_WHISTLE,
    events.WhistleDeadlineMoved: May.ANSWER_WHISTLE,
    events.WhistleRetriaged: May.TRIAGE_WHISTLE,
    events.WhistleAnswered: May.WHISTLE,
}
URGENT = (events.WhistleApplied, events.WhistleUnitCalled)
"""What may break the quiet hours when the whistle is an emergency."""


def tell_of_whistles(batch: Sequence[Happened]) -> None:
    """Give whoever acts next a notice of it; whoever did the step before knows already."""
    for happened in batch:
        event = happened.event
        permission = _TELL.get(type(event))  # type: ignore[arg-type]
        if permission is None or not isinstance(event, events.WhistleEvent):
            continue
        urgent = event.kind is WhistleKind.EMERGENCY
        if urgent and isinstance(event, events.WhistleApplied):
            _tell(happened, event, May.REVIEW_WHISTLE, events.EMERGENCY_TOLD)
            permission = May.TRIAGE_WHISTLE
        _tell(happened, event, permission, event.KIND + ("_urgent" if urgent and isinstance(event, URGENT) else ""))


def _tell(happened: Happened, event: events.WhistleEvent, permission: Permission, kind: str) -> None:
    whistle = Whistle.objects.only("handle").get(pk=event.subject.id)
    spot = Spot(code=event.place, unit_id=getattr(event, "unit_id", None))
    left_out = accounts_of(person_ids={happened.person_id} if happened.person_id is not None else ())
    for account_id in accounts_with(permission, spot=spot):
        if account_id in left_out:
            continue
        notify(
            account_id=account_id,
            kind=kind,
            subject=event.subject,
            position=happened.position,
            params={"handle": whistle.handle, "place": event.place},
            by=BY,
            at=happened.at,
        )


def forget_whistlers(batch: Sequence[Happened]) -> None:
    """Let go of what whistles hold of a person who was forgotten."""
    for happened in batch:
        if isinstance(happened.event, PersonForgotten):
            services.erase_whistler(person_id=happened.event.subject.id, by=BY, at=happened.at)
