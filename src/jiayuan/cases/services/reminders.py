# SPDX-License-Identifier: Apache-2.0
"""Reminding units of deadlines: once some working hours before, once when they have passed. A sweep finds both."""

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef

from jiayuan.cases.access import May
from jiayuan.cases.enums import RUNNING, ReminderKind
from jiayuan.cases.models import Case, Reminder
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.notices.services import notify
from jiayuan.people.queries import accounts_with
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind

logger = logging.getLogger(__name__)


def remind_due(*, by: Actor, at: datetime, limit: int = 100) -> int:
    """Remind units of what has passed or is due soon; how many cases. Each in a short command of its own."""
    passed = _remind_of(ReminderKind.OVERDUE, after=None, until=at, limit=limit, by=by, at=at)
    hours = standards.Limit(kind=LimitKind.WORKING_HOURS, value=settings.DUE_SOON_HOURS)
    try:
        soon = standards.deadline_for(start=at, limit=hours).at
    except Refused:
        # The calendar ends within these hours. What has passed asks no calendar; what is soon cannot be told now.
        logger.warning("the work calendar ends within %s working hours; nobody is reminded before", hours.value)
        return passed
    return passed + _remind_of(ReminderKind.SOON, after=at, until=soon, limit=limit, by=by, at=at)


def _remind_of(
    kind: ReminderKind, *, after: datetime | None, until: datetime, limit: int, by: Actor, at: datetime
) -> int:
    waiting = _unreminded(kind, after=after, until=until, limit=limit)
    return sum(_remind(case_id=case_id, kind=kind, by=by, at=at) for case_id in waiting)


def _unreminded(kind: ReminderKind, *, after: datetime | None, until: datetime, limit: int) -> list[int]:
    told = Reminder.objects.filter(case=OuterRef("pk"), kind=kind, due_at=OuterRef("due_at"))
    waiting = Case.objects.filter(~Exists(told), state__in=RUNNING, due_at__lte=until)
    if after is not None:
        waiting = waiting.filter(due_at__gt=after)
    return list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


@command
def _remind(*, case_id: int, kind: ReminderKind, by: Actor, at: datetime) -> bool:
    case = Case.objects.filter(pk=case_id, state__in=RUNNING).first()
    if case is None or case.due_at is None:
        return False
    _, is_new = Reminder.objects.get_or_create(case=case, kind=kind, due_at=case.due_at)
    if not is_new:
        return False
    # An urgent case may wake people, nothing else may; which it is belongs to the kind of the notice.
    code = f"cases.due_{kind.value}" + ("_urgent" if case.urgent else "")
    for account_id in accounts_with(May.HANDLE, spot=case.spot, on=None):
        notify(
            account_id=account_id,
            kind=code,
            subject=case.ref,
            position=0,
            params={"handle": case.handle, "place": case.village},
            key=f"{case.pk}:{case.due_at.timestamp():.0f}",
            by=by,
            at=at,
        )
    return True
