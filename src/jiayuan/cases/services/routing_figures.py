# SPDX-License-Identifier: Apache-2.0
"""What rules do while nobody looks: dispatching at once where they say so, and keeping count of their proposals."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from jiayuan.cases import events
from jiayuan.cases.enums import State
from jiayuan.cases.models import Case, RoutedCase
from jiayuan.cases.queries import routing as queries
from jiayuan.cases.services.core import CaseId
from jiayuan.cases.services.moves import dispatch
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command, savepoint
from jiayuan.kernel.errors import Refused
from jiayuan.record.readers import Happened

FRESH = timedelta(hours=1)
"""Filed longer ago than this, a case waits for a person: its unit could not have known of it in time."""


@command
def dispatch_at_once(*, case_id: CaseId, by: Actor, at: datetime) -> Case | None:
    """Dispatch a case that was just filed, if the rule that decides says so; None when it is left to a person."""
    case = Case.objects.filter(pk=case_id, state=State.FILED).first()
    if case is None or case.filed_at is None or at - case.filed_at > FRESH:
        return None
    proposal = queries.proposed_unit(case, at=at)
    if proposal is None or not proposal.rule.at_once:
        return None
    try:
        with savepoint():
            return dispatch(case_id=case_id, unit_id=proposal.unit_id, by=by, at=at, version=case.version)
    except Refused:
        # The calendar ends, or the case moved on: the dispatcher finds it in the to-do list and reads why.
        return None


@command
def keep_count(*, happened: Sequence[Happened], by: Actor, at: datetime) -> int:
    """Note for each dispatch what the rules of that moment proposed, and for each return that it came back."""
    sent = [item for item in happened if isinstance(item.event, events.CaseDispatched)]
    rows = list(_routed(sent)) if sent else []
    RoutedCase.objects.bulk_create(rows, ignore_conflicts=True)
    for item in happened:
        if isinstance(item.event, events.CaseReturned):
            _came_back(item, item.event)
        if isinstance(item.event, events.CaseReturnConfirmed):
            _was_wrong(item.event)
    return len(rows)


def _routed(sent: Sequence[Happened]) -> Iterable[RoutedCase]:
    cases = Case.objects.in_bulk([item.event.subject.id for item in sent])
    editions = queries.every_edition()
    for item in sent:
        case, event = cases.get(item.event.subject.id), item.event
        if case is None or not isinstance(event, events.CaseDispatched):
            continue
        decision = editions.decision_for(case, event.class_code, at=item.at)
        if decision.rule is not None and decision.unit_id is not None:
            yield RoutedCase(
                position=item.position,
                case=case,
                rule_id=decision.rule.number,
                version=decision.rule.version,
                proposed_id=decision.unit_id,
                unit_id=event.unit_id,
                at=item.at,
            )


def _came_back(item: Happened, event: events.CaseReturned) -> None:
    """The unit gave it back: the latest dispatch of the case came back."""
    latest = RoutedCase.objects.filter(case_id=event.subject.id, position__lt=item.position).order_by("-position")
    row = latest.first()
    if row is not None and row.returned_at is None:
        row.returned_at = item.at
        row.save(update_fields=["returned_at"])


def _was_wrong(event: events.CaseReturnConfirmed) -> None:
    """The duty chief agrees with the unit: its dispatch was a wrong one."""
    row = RoutedCase.objects.filter(case_id=event.subject.id, unit_id=event.unit_id).order_by("-position").first()
    if row is not None and row.returned_at is not None:
        row.was_wrong = True
        row.save(update_fields=["was_wrong"])
