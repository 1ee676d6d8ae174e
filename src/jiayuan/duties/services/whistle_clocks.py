# SPDX-License-Identifier: Apache-2.0
"""What a sweep does with the clocks of called units: it reminds before and after, and follows the work calendar."""

import logging
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.db.models import F, Q

from jiayuan.duties import events
from jiayuan.duties.access import May
from jiayuan.duties.enums import UNIT_AT_WORK, UnitState, WhistleKind
from jiayuan.duties.models import WhistleUnit
from jiayuan.duties.rules import half_spent, span_from
from jiayuan.duties.services.whistle_core import due_after, locked, of_unit, write
from jiayuan.kernel.access import Actor, Spot
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.notices.services import notify
from jiayuan.people.queries import accounts_with
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind

logger = logging.getLogger(__name__)
SOON, LATE = "soon", "late"


def remind_of_whistles(*, by: Actor, at: datetime, limit: int = 100) -> int:
    """Remind units of clocks that have run out or will soon; how many. Each in a short command of its own."""
    untold = Q(late_for__isnull=True) | ~Q(late_for=F("due_at"))
    late = _running(untold, until=at)
    hours = standards.Limit(kind=LimitKind.WORKING_HOURS, value=settings.DUE_SOON_HOURS)
    try:
        until = standards.deadline_for(start=at, limit=hours).at
    except Refused:
        # The calendar ends within these hours. What has run out asks no calendar.
        logger.warning("the work calendar ends within %s working hours; nobody is reminded before", hours.value)
        until = at
    untold = Q(soon_for__isnull=True) | ~Q(soon_for=F("due_at"))
    # Whoever was called only just now is left out before the limit is drawn, or they would keep others waiting.
    soon = (row for row in _running(untold & Q(due_at__gt=at), until=until) if _half_spent(row, at))
    told = [_remind(row=row.pk, what=LATE, by=by, at=at) for row in islice(late, limit)]
    told += [_remind(row=row.pk, what=SOON, by=by, at=at) for row in islice(soon, limit)]
    return sum(told)


def _running(untold: Q, *, until: datetime) -> Iterator[WhistleUnit]:
    running = WhistleUnit.objects.filter(untold, due_at__lte=until)
    return iter(running.order_by("due_at", "pk"))


def _half_spent(called: WhistleUnit, at: datetime) -> bool:
    begun = called.signed_at or called.called_at
    return called.due_at is not None and half_spent(now=at, begun=begun, due=called.due_at)


@command
def _remind(*, row: int, what: str, by: Actor, at: datetime) -> bool:
    """Tell the people of a unit once of a due time; False where it moved on meanwhile."""
    called = WhistleUnit.objects.select_related("whistle").filter(pk=row, due_at__isnull=False).first()
    if called is None or called.due_at is None:
        return False
    whistle, due = called.whistle, called.due_at
    untold = Q(**{f"{what}_for__isnull": True}) | ~Q(**{f"{what}_for": due})
    if not WhistleUnit.objects.filter(untold, pk=row, due_at=due).update(**{f"{what}_for": due}):
        return False
    urgent = "_urgent" if whistle.kind == WhistleKind.EMERGENCY else ""
    for account_id in accounts_with(May.ANSWER_WHISTLE, spot=Spot(code=whistle.place, unit_id=called.organisation_id)):
        notify(
            account_id=account_id,
            kind=f"duties.whistle_due_{what}{urgent}",
            subject=whistle.ref,
            position=0,
            params={"handle": whistle.handle, "place": whistle.place},
            key=f"{called.pk}:{due.timestamp():.0f}",
            by=by,
            at=at,
        )
    return True


def recompute_whistles(*, by: Actor, at: datetime, limit: int = 200) -> int:
    """Compute the running clocks anew that rest on days no notice confirmed; how many ended at another moment.

    They are few – those that reach past the end of the confirmed calendar –, so every sweep looks at all of them and
    needs no mark that a year was confirmed. Whatever has not changed is not written.
    """
    doubtful = WhistleUnit.objects.filter(due_is_provisional=True, state__in=UNIT_AT_WORK)
    ids = list(doubtful.order_by("pk").values_list("pk", "whistle_id")[:limit])
    return sum(_try_to_recompute(row, whistle_id, by=by, at=at) for row, whistle_id in ids)


def _try_to_recompute(row: int, whistle_id: int, *, by: Actor, at: datetime) -> bool:
    try:
        return _recompute(row=row, whistle_id=whistle_id, by=by, at=at)
    except Refused as refusal:
        logger.warning("the clocks of whistle %s stay as they are: %s", whistle_id, refusal.code)
        return False


@command
def _recompute(*, row: int, whistle_id: int, by: Actor, at: datetime) -> bool:
    whistle = locked(whistle_id)
    called = WhistleUnit.objects.filter(pk=row, due_is_provisional=True, state__in=UNIT_AT_WORK).first()
    if called is None:
        return False
    sign = due_after(called.called_at, span_from(called.sign_limit))
    result = due_after(called.called_at, span_from(called.result_limit))
    before = (called.sign_due_at, called.result_due_at)
    provisional = sign.provisional or result.provisional
    if before == (sign.at, result.at) and provisional:
        return False
    called.sign_due_at, called.result_due_at, called.due_is_provisional = sign.at, result.at, provisional
    called.due_at = sign.at if called.state == UnitState.CALLED else result.at
    called.save(update_fields=["sign_due_at", "result_due_at", "due_at", "due_is_provisional"])
    if before == (sign.at, result.at):
        return False
    whistle.version, whistle.moved_at = whistle.version + 1, at
    write(whistle)
    moved = events.WhistleDeadlineMoved(**of_unit(whistle, called), sign_due_at=sign.at, result_due_at=result.at)
    record(moved, by=by, at=at)
    return True
