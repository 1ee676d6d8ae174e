# SPDX-License-Identifier: Apache-2.0
"""The clock of a reply to a supervision sheet: it stands still while the clock of the pressed item does.

Whoever fed back waits for somebody else, and nothing can be done about what is shelved: no colour follows from that.
"""

from datetime import datetime

from jiayuan.kernel.access import Actor
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind
from jiayuan.supervision import events
from jiayuan.supervision.enums import UrgingState
from jiayuan.supervision.models import Item, Sheet, Urging
from jiayuan.supervision.services.core import where_item


def reply_clock_goes_on(sheet: Sheet, item: Item, *, since: datetime, by: Actor, at: datetime) -> None:
    """Leave the unit again what it had left to reply when the clock of the item stopped; inside the command that lets
    the item go on, so that no sweep comes between.
    """
    made = Urging.objects.filter(item=item, state=UrgingState.OPEN).first()
    if made is None:
        return
    before = made.reply_due_at
    due = standards.deadline_after_pause(
        due=standards.Due(at=before, provisional=made.reply_due_is_provisional),
        kind=LimitKind.WORKING_DAYS,
        # A time to reply that was given while the clock stood still was whole when it was given.
        paused_at=max(since, made.moved_at),
        resumed_at=at,
    )
    if due.at == before:
        return
    made.reply_due_at, made.reply_due_is_provisional = due.at, due.provisional
    made.save(update_fields=["reply_due_at", "reply_due_is_provisional"])
    where = {**where_item(sheet, item), "subject": made.ref}
    record(events.UrgingClockMoved(**where, due_before=before, reply_due_at=due.at), by=by, at=at)


def reply_counts_at(made: Urging, item: Item, at: datetime) -> datetime:
    """The moment at which a reply counts: when the clock stopped, if it stands still."""
    stopped = item.fed_back_at or item.paused_at
    return at if stopped is None else min(at, max(stopped, made.moved_at))
