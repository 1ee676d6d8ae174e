# SPDX-License-Identifier: Apache-2.0
"""Who is told what when something happened to a case. Wired in ``site/wiring.py``; applied exactly once per event."""

from collections.abc import Sequence
from datetime import datetime

from jiayuan.cases import events, services
from jiayuan.cases.access import May
from jiayuan.cases.models import Case, ClearingList, Mention
from jiayuan.cases.queries import Listener, listeners_of, spot_of
from jiayuan.cases.queries.outsiders import hands_of, kept_away
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Permission, Spot
from jiayuan.media import services as media
from jiayuan.notices.services import notify, notify_holder
from jiayuan.people.events import PersonForgotten
from jiayuan.people.queries import accounts_of, accounts_with
from jiayuan.record.events import Ref
from jiayuan.record.readers import Happened
from jiayuan.standards.events import CalendarYearConfirmed

BY = Actor.system("cases.reactions")

_TELL: dict[type[events.CaseEvent], Permission] = {
    events.CaseReported: May.TRIAGE,
    events.CaseVerificationAsked: May.VERIFY,
    events.CaseVerified: May.TRIAGE,
    events.CaseFiled: May.DISPATCH,
    events.CaseDispatched: May.HANDLE,
    events.CaseReturned: May.APPROVE,
    events.CaseReturnConfirmed: May.DISPATCH,
    events.CaseReturnRefused: May.HANDLE,
    events.CaseSentBack: May.HANDLE,
    events.CaseExtensionAsked: May.APPROVE,
    events.CaseExtended: May.HANDLE,
    events.CaseExtensionRefused: May.HANDLE,
    events.CaseShelvingAsked: May.APPROVE,
    events.CaseShelved: May.HANDLE,
    events.CaseShelvingRefused: May.HANDLE,
    events.CaseResumed: May.HANDLE,
    events.CaseDeadlineMoved: May.HANDLE,
    events.CaseUrged: May.HANDLE,
    events.CaseVoided: May.HANDLE,
    events.CaseForceClosed: May.HANDLE,
    events.CaseAppealed: May.APPROVE,
    events.CaseAppealReviewed: May.DECIDE_APPEAL,
    events.CaseAppealDecided: May.HANDLE,
    events.CaseReopenAsked: May.APPROVE,
    events.CaseReopened: May.HANDLE,
    events.CaseReconsidered: May.TRIAGE,
}


def tell(batch: Sequence[Happened]) -> None:
    """Give each person who can go on with a case a notice of it; whoever did the step before knows already."""
    for happened in batch:
        permission = _TELL.get(type(happened.event))  # type: ignore[arg-type]
        if permission is not None and isinstance(happened.event, events.CaseEvent):
            _tell(happened, happened.event, permission)
        elif isinstance(happened.event, events.CaseNoted):
            _tell_named(happened, happened.event)
        elif isinstance(happened.event, events.CheckerDrawn):
            _tell_checker(happened, happened.event)


def _tell_named(happened: Happened, event: events.CaseNoted) -> None:
    """Tell whoever is named in a note where it stands; never what it says."""
    handle = Case.objects.only("handle").get(pk=event.subject.id).handle
    for account_id in Mention.objects.filter(note_id=event.note_id).values_list("account_id", flat=True).order_by("pk"):
        notify(
            account_id=account_id,
            kind=event.KIND,
            subject=event.subject,
            position=happened.position,
            params={"handle": handle, "place": event.place},
            by=BY,
            at=happened.at,
        )


def _tell_checker(happened: Happened, event: events.CheckerDrawn) -> None:
    """Tell whoever was drawn that a check waits for them; when nobody was left, all those who may check it instead."""
    case = Case.objects.get(pk=event.subject.id)
    kind, told = event.KIND, accounts_of(person_ids={event.checker} if event.checker else ())
    if not event.eligible:
        able = accounts_with(May.CHECK, spot=Spot(code=event.place, unit_id=event.unit_id))
        away = kept_away(case, hands_of(case), on=clock.today())
        kind, told = events.CaseFedBack.KIND, frozenset(able) - accounts_of(person_ids=away, unit_id=event.unit_id)
    for account_id in sorted(told):
        notify(
            account_id=account_id,
            kind=kind,
            subject=event.subject,
            position=happened.position,
            params={"handle": case.handle, "place": event.place},
            by=BY,
            at=happened.at,
        )


def _tell(happened: Happened, event: events.CaseEvent, permission: Permission) -> None:
    case = Case.objects.only("handle", "unit_id", "village").get(pk=event.subject.id)
    spot = Spot(code=event.place, unit_id=getattr(event, "unit_id", case.unit_id))
    # Whoever did the step knows already.
    left_out = accounts_of(person_ids={happened.person_id} if happened.person_id is not None else ())
    for account_id in accounts_with(permission, spot=spot, on=None):
        if account_id in left_out:
            continue
        notify(
            account_id=account_id,
            kind=event.KIND,
            subject=event.subject,
            position=happened.position,
            params={"handle": case.handle, "place": event.place},
            by=BY,
            at=happened.at,
        )


PUBLIC_STEPS: tuple[type[events.CaseEvent], ...] = (
    events.CaseFiled,
    events.CaseRejected,
    events.CaseSigned,
    events.CaseFedBack,
    events.CaseSentBack,
    events.CaseShelved,
    events.CaseResumed,
    events.CaseClosed,
    events.CaseForceClosed,
    events.CaseVoided,
    events.CaseMerged,
    events.CaseReopened,
    events.CaseReconsidered,
    events.CaseReopenRefused,
)
"""What reporters and followers are told of: the stages they see, not what offices do between them."""


def tell_residents(batch: Sequence[Happened]) -> None:
    """Tell reporters and followers how far their case is: in the inbox, or by text message if they left a number."""
    for happened in batch:
        if isinstance(happened.event, PUBLIC_STEPS):
            for listener in listeners_of(happened.event.subject.id):
                _tell_resident(happened, happened.event, listener)


def _tell_resident(happened: Happened, event: events.CaseEvent, listener: Listener) -> None:
    kind, params = f"told.{event.KIND}", {"handle": listener.receipt}
    if listener.has_phone:
        notify_holder(
            holder=listener.holder,
            holder_id=listener.holder_id,
            language=listener.language,
            kind=kind,
            subject=event.subject,
            position=happened.position,
            params=params,
            by=BY,
            at=happened.at,
        )
    if listener.person_id is None or listener.person_id == happened.person_id:
        return
    for account_id in accounts_of(person_ids={listener.person_id}):
        notify(
            account_id=account_id,
            kind=kind,
            subject=event.subject,
            position=happened.position,
            params=params,
            by=BY,
            at=happened.at,
        )


_AGAIN = (events.CaseReopened, events.CaseReconsidered)


def hold_received(batch: Sequence[Happened]) -> None:
    """Let the time of the pictures as received run out once their case has ended, and stop it when it runs again.

    Those of a merged duplicate are evidence of the case that leads: their time is that case's.
    """
    for happened in batch:
        event = happened.event
        if isinstance(event, events.CaseMerged):
            continue
        if isinstance(event, events.ENDING):
            for subject in _with_merged(event):
                media.start_retention(subject=subject, by=BY, at=happened.at)
                _offer_photos(event, subject, happened.at)
        elif isinstance(event, _AGAIN):
            for subject in _with_merged(event):
                media.stop_retention(subject=subject, by=BY, at=happened.at)


def _offer_photos(event: events.CaseEvent, subject: Ref, at: datetime) -> None:
    """Have the pictures of a case that was put right looked through: somebody may show them to the public."""
    spot = spot_of(subject.id) if isinstance(event, events.CaseClosed) else None
    if spot is not None:
        media.offer(subject=subject, spot=spot, by=BY, at=at)


def _with_merged(event: events.CaseEvent) -> list[Ref]:
    """A case and all that were merged into it."""
    merged = Case.objects.filter(merged_into_id=event.subject.id).only("pk").order_by("pk")
    return [event.subject, *(case.ref for case in merged)]


def recompute_deadlines(batch: Sequence[Happened]) -> None:
    """Mark a year that was confirmed: deadlines that rested on its doubtful days are computed anew by the sweep.

    Not here: a reader is one transaction, and all those cases would be locked as long as it runs.
    """
    for happened in batch:
        if isinstance(happened.event, CalendarYearConfirmed):
            services.mark_year(year=happened.event.year, by=BY, at=happened.at)


def forget_reporters(batch: Sequence[Happened]) -> None:
    """Let go of what cases hold of a person who was forgotten."""
    for happened in batch:
        if isinstance(happened.event, PersonForgotten):
            services.erase_reporter(person_id=happened.event.subject.id, by=BY, at=happened.at)
            services.erase_list_maker(person_id=happened.event.subject.id, by=BY, at=happened.at)


BY_RULE = Actor.system("cases.routing")
_TOLD_OF_ROUTES = (events.CaseDispatched, events.CaseReturned, events.CaseReturnConfirmed)


def route(batch: Sequence[Happened]) -> None:
    """Dispatch what a rule dispatches at once, and keep count of what came of each rule's proposals."""
    for happened in batch:
        if isinstance(happened.event, events.CaseFiled):
            at = max(clock.now(), happened.at)
            services.dispatch_at_once(case_id=services.CaseId(happened.event.subject.id), by=BY_RULE, at=at)
    told = [item for item in batch if isinstance(item.event, _TOLD_OF_ROUTES)]
    if told:
        services.keep_count(happened=told, by=BY_RULE, at=told[-1].at)


def tell_of_lists(batch: Sequence[Happened]) -> None:
    """Tell the town that a list waits, and those who made a list that it came back."""
    for happened in batch:
        event = happened.event
        if isinstance(event, events.ClearingHandedIn):
            told = accounts_with(May.ACCEPT_CLEARING, spot=Spot(code=event.place), on=None)
            _tell_of_list(happened, event, told)
        elif isinstance(event, events.ClearingReopened | events.ClearingTakenBack):
            found = ClearingList.objects.only("made_by_id", "handed_in_by_id").get(pk=event.subject.id)
            hands = {person for person in (found.made_by_id, found.handed_in_by_id) if person is not None}
            _tell_of_list(happened, event, sorted(accounts_of(person_ids=hands)))


def _tell_of_list(happened: Happened, event: events.ClearingEvent, accounts: Sequence[int]) -> None:
    handle = ClearingList.objects.values_list("handle", flat=True).get(pk=event.subject.id)
    acted = {happened.person_id} if happened.person_id is not None else set()
    left_out = accounts_of(person_ids=acted)
    for account_id in accounts:
        if account_id not in left_out:
            notify(
                account_id=account_id,
                kind=event.KIND,
                subject=event.subject,
                position=happened.position,
                params={"handle": handle, "place": event.place},
                by=BY,
                at=happened.at,
            )
