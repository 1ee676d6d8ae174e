# SPDX-License-Identifier: Apache-2.0
"""What follows elsewhere: items follow their cases, whoever has to act next is told. Wired in ``site/wiring.py``."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from jiayuan.cases import events as of_cases
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Permission, Spot
from jiayuan.notices.services import notify
from jiayuan.people.queries import accounts_of, accounts_with
from jiayuan.record.events import Event
from jiayuan.record.readers import Happened
from jiayuan.supervision import events, queries, services
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import Rung, VoidReason
from jiayuan.supervision.models import Meeting, Sheet, Talk, Urging
from jiayuan.supervision.rules.escalation import next_rung
from jiayuan.supervision.services import ItemId

BY = Actor.system("supervision.cases")
HISTORY = timedelta(days=2)
"""What became known so much later than it happened is history, and no news for anybody."""

_Follow = Callable[[ItemId, datetime], None]


def _feedback(item_id: ItemId, at: datetime) -> None:
    services.follow_feedback(item_id=item_id, by=BY, at=at)


def _rework(item_id: ItemId, at: datetime) -> None:
    services.follow_rework(item_id=item_id, by=BY, at=at)


def _pause(item_id: ItemId, at: datetime) -> None:
    services.follow_pause(item_id=item_id, by=BY, at=at)


def _resume(item_id: ItemId, at: datetime) -> None:
    services.follow_resume(item_id=item_id, by=BY, at=at)


def _other_unit(item_id: ItemId, at: datetime) -> None:
    services.follow_void(item_id=item_id, reason=VoidReason.WRONG_UNIT, by=BY, at=at)


def _no_case(item_id: ItemId, at: datetime) -> None:
    services.follow_void(item_id=item_id, reason=VoidReason.NO_CASE, by=BY, at=at)


FOLLOWS: dict[type[of_cases.CaseEvent], _Follow] = {
    of_cases.CaseFedBack: _feedback,
    of_cases.CaseForceClosed: _feedback,
    of_cases.CaseSentBack: _rework,
    of_cases.CaseReopened: _rework,
    of_cases.CaseShelved: _pause,
    of_cases.CaseReturned: _pause,
    of_cases.CaseResumed: _resume,
    of_cases.CaseReturnRefused: _resume,
    of_cases.CaseReturnConfirmed: _other_unit,
    of_cases.CaseVoided: _no_case,
    of_cases.CaseMerged: _no_case,
}
"""What an item does when something happens to its case."""


def follow_cases(batch: Sequence[Happened]) -> None:
    """Let items follow their cases; a case that stands on no sheet costs one look at an index."""
    for happened in batch:
        follow = FOLLOWS.get(type(happened.event))  # type: ignore[arg-type]
        if follow is None:
            continue
        item_id = queries.item_behind(happened.event.subject.id, position=happened.position)
        if item_id is not None:
            follow(ItemId(item_id), happened.at)


_ENDS = (events.ItemStruckOff, events.ItemVoided, events.SheetVoided)


def follow_items(batch: Sequence[Happened]) -> None:
    """End supervision sheets whose items were struck off or made void."""
    for happened in batch:
        if isinstance(happened.event, _ENDS) and queries.is_urged(happened.event.subject.id):
            services.end_urgings(sheet_id=happened.event.subject.id, by=BY, at=happened.at)


_TELL_UNIT = (
    events.SheetIssued,
    events.SheetVoided,
    events.ItemRefused,
    events.ItemTimeGranted,
    events.ItemTimeRefused,
    events.ItemStruckOff,
)
_TELL_ISSUER = (events.ItemFedBack, events.ItemTimeAsked, events.ItemVoided, events.SheetSettled)


def tell(batch: Sequence[Happened]) -> None:
    """Tell the unit what was issued to it and decided, the issuing side what waits for it, a level that it presses."""
    for happened in batch:
        event = happened.event
        if happened.recorded_at - happened.at > HISTORY:
            continue
        if isinstance(event, _TELL_INVITED):
            _tell_invited(happened, event)
        elif isinstance(event, events.TalkEvent):
            _tell_summoned(happened, event)
        elif isinstance(event, events.ItemEscalated):
            _tell(happened, event, _of_rung(event))
        elif isinstance(event, (*_TELL_UNIT, *_URGE_UNIT)):
            _tell(happened, event, _holding(event, May.ANSWER))
        elif isinstance(event, (*_TELL_ISSUER, events.UrgingReplied)):
            _tell(happened, event, _holding(event, May.ACCEPT))


_URGE_UNIT = (
    events.UrgingIssued,
    events.UrgingAccepted,
    events.UrgingRefused,
    events.UrgingRaised,
    events.UrgingVoided,
)


def _subject_of(event: events.SheetEvent) -> Sheet | Urging:
    """What an event is about: a sheet, or what presses an item of one."""
    found = Urging if event.subject.kind == "urging" else Sheet
    return found.objects.only("handle", "area", "unit_id").get(pk=event.subject.id)


def _holding(event: events.SheetEvent, permission: Permission) -> list[int]:
    sheet = _subject_of(event)
    told = accounts_with(permission, spot=sheet.spot, on=None)
    if permission is May.ANSWER:
        return told
    # The unit's own people are never on the issuing side of its sheet.
    own = set(accounts_with(May.ANSWER, spot=sheet.spot, on=None))
    return [account for account in told if account not in own]


def _of_rung(event: events.ItemEscalated) -> list[int]:
    """Those who answer at exactly the level that presses now, and the unit that is pressed."""
    area = Sheet.objects.values_list("area", flat=True).get(pk=event.subject.id)
    here = set(accounts_with(May.RAISE, spot=Spot(code=queries.code_at(area, event.to_rung)), on=None))
    above = next_rung(event.to_rung)
    if above is not None:
        here -= set(accounts_with(May.RAISE, spot=Spot(code=queries.code_at(area, Rung(above))), on=None))
    return sorted({*here, *_holding(event, May.ANSWER)})


_TELL_INVITED = (events.MeetingPlanned, events.MeetingCancelled, events.MinutesIssued)


def _tell_invited(happened: Happened, event: events.MeetingEvent) -> None:
    """Tell the units of a meeting that they are invited, that it is cancelled, that its minutes are there."""
    meeting = Meeting.objects.get(pk=event.subject.id)
    params: dict[str, str | int] = {"handle": meeting.handle, "day": clock.on(meeting.meets_at).isoformat()}
    accounts: set[int] = set()
    for roll in queries.rolls_of(meeting):
        home = queries.home_of(roll.unit_id)
        if home is not None:
            accounts |= set(accounts_with(May.ANSWER, spot=queries.spot_of_unit(roll.unit_id, home), on=None))
    _notify(happened, event, accounts, params)


def _tell_summoned(happened: Happened, event: events.TalkEvent) -> None:
    """Tell the unit that it is summoned, and what became of it."""
    talk = Talk.objects.get(pk=event.subject.id)
    params: dict[str, str | int] = {
        "handle": talk.handle,
        "unit": event.unit,
        "day": clock.on(talk.meets_at).isoformat(),
    }
    _notify(happened, event, accounts_with(May.ANSWER, spot=talk.spot, on=None), params)


def _tell(happened: Happened, event: events.SheetEvent, accounts: Iterable[int]) -> None:
    handle = _subject_of(event).handle
    params: dict[str, str | int] = {"handle": handle, "unit": event.unit, "item": getattr(event, "number", 0)}
    _notify(happened, event, accounts, params)


def _notify(happened: Happened, event: Event, accounts: Iterable[int], params: dict[str, str | int]) -> None:
    acted = {happened.person_id} if happened.person_id is not None else set()
    left_out = accounts_of(person_ids=acted)
    for account_id in accounts:
        if account_id not in left_out:
            notify(
                account_id=account_id,
                kind=event.KIND,
                subject=event.subject,
                position=happened.position,
                params=params,
                by=BY,
                at=happened.at,
            )
