# SPDX-License-Identifier: Apache-2.0
"""Pressure passes from level to level: by the clock one after the other, by a person with a reason. And colours."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor, Spot, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.places import queries as places
from jiayuan.record.events import Code, Ref
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.supervision import events
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import ItemState, Pattern, RaiseReason, Rung, SheetState, V
from jiayuan.supervision.models import Escalation, Item, Scheme, Sheet
from jiayuan.supervision.queries.standing import pressed_of, waits, worked
from jiayuan.supervision.rules.escalation import LADDER, step_due
from jiayuan.supervision.services.core import ItemId, decide_item, locked_item, where_item, write_item

logger = logging.getLogger(__name__)
_MINUTE = timedelta(minutes=1)


def escalate_due(*, by: Actor, at: datetime, limit: int = 100) -> int:
    """Let the next level press wherever the one before had its time; how many items. Each in a command of its own."""
    late = Item.objects.filter(
        state=ItemState.OPEN, paused_at=None, due_at__lt=at, sheet__state=SheetState.ISSUED
    ).exclude(rung=Rung.CITY)
    waiting = late.order_by("rung_since", "pk").values_list("pk", flat=True)
    return each_in_turn(waiting, lambda pk: _escalate(item_id=ItemId(pk), by=by, at=at), limit=limit)


def each_in_turn(waiting: Iterable[int], act: Callable[[int], bool], *, limit: int) -> int:
    """Do what the clock does to each, until so many were moved; how many. What the calendar does not reach stays as it
    is and keeps nobody else waiting; the log says so once.
    """
    done, beyond = 0, 0
    for pk in waiting:
        try:
            done += act(pk)
        except Refused as refusal:
            if refusal.code != "calendar_ends":
                raise
            beyond += 1
        if done >= limit:
            break
    if beyond:
        logger.warning("the work calendar does not reach %s overdue matters; they stay as they are", beyond)
    return done


@command
def _escalate(*, item_id: ItemId, by: Actor, at: datetime) -> bool:
    sheet, item = locked_item(item_id)
    require(by, May.RAISE, at=sheet.spot)
    if sheet.state != SheetState.ISSUED or item.state != ItemState.OPEN:
        return False
    step = step_due(pressed_of(item), waits(), at, worked)
    if step is None:
        return False
    _press(sheet, item, Rung(step.rung), step.after, None, by=by, at=at)
    write_item(sheet, item, "rung", "rung_since")
    return True


@command
def raise_level(*, item_id: ItemId, to: Rung, reason: RaiseReason, by: Actor, at: datetime) -> Item:
    """Let a higher level press at once. A person may skip levels, and says why; the record keeps it."""
    sheet, item = locked_item(item_id)
    require(by, May.RAISE, at=sheet.spot)
    decide_item(sheet, item, V.RAISE, at=at, given={"reason": reason})
    _check_higher(item, to)
    _press(sheet, item, to, timedelta(0), reason, by=by, at=at)
    write_item(sheet, item, "rung", "rung_since")
    return item


def begin_higher(sheet: Sheet, item: Item, to: Rung, reason: RaiseReason | None, *, by: Actor, at: datetime) -> None:
    """Begin at a higher level while a sheet is issued; inside that command."""
    require(by, May.RAISE, at=sheet.spot)
    if reason is None:
        message = pgettext_lazy("supervision", "Say why supervision begins at a higher level.")
        raise Refused("missing_reason", message, field="raise_reason")
    _check_higher(item, to)
    _press(sheet, item, to, timedelta(0), reason, by=by, at=at)
    item.save(update_fields=["rung", "rung_since"])


def _check_higher(item: Item, to: Rung) -> None:
    if LADDER.index(to) <= LADDER.index(item.rung):
        message = pgettext_lazy("supervision", "It is at this level already, or above it.")
        raise Refused("not_higher", message, field="to")


def _press(
    sheet: Sheet, item: Item, to: Rung, after: timedelta, reason: RaiseReason | None, *, by: Actor, at: datetime
) -> None:
    before = Rung(item.rung)
    minutes = int(after / _MINUTE)
    Escalation.objects.create(
        item=item, from_rung=before, to_rung=to, after_minutes=minutes, reason=reason or "", at=at
    )
    item.rung, item.rung_since = to, at
    escalated = events.ItemEscalated(
        **where_item(sheet, item), from_rung=before, to_rung=to, after_minutes=minutes, reason=reason
    )
    record(escalated, by=by, at=at)


@command
def choose_pattern(*, campaign: str, pattern: Pattern, by: Actor, at: datetime) -> None:
    """Choose what colours mean in a campaign, once: what was issued under one pattern is never read in the other."""
    require(by, May.RAISE, at=_whole_city())
    if standards.campaign(campaign) is None:
        message = pgettext_lazy("supervision", "There is no such campaign.")
        raise Refused("no_campaign", message, field="campaign")
    scheme, is_new = Scheme.objects.get_or_create(campaign=campaign, defaults={"pattern": pattern, "chosen_at": at})
    if not is_new:
        if scheme.pattern == pattern:
            return
        raise Stale("chosen", pgettext_lazy("supervision", "What colours mean was chosen for this campaign already."))
    _tell_choice(scheme, by=by, at=at)


def _tell_choice(scheme: Scheme, *, by: Actor, at: datetime) -> None:
    chosen = events.PatternChosen(
        subject=Ref("supervision_scheme", scheme.pk), campaign=Code(scheme.campaign), pattern=Pattern(scheme.pattern)
    )
    record(chosen, by=by, at=at)


def settled_scheme(campaign: str, *, by: Actor, at: datetime) -> Scheme | None:
    """What colours mean in a campaign, settled by the first supervision sheet where nobody has chosen: then they say
    how an item stands, for good. None without a campaign, in which nothing has a colour of its own.
    """
    if standards.campaign(campaign) is None:
        return None
    scheme, is_new = Scheme.objects.get_or_create(
        campaign=campaign, defaults={"pattern": Pattern.STATE, "chosen_at": at}
    )
    if is_new:
        _tell_choice(scheme, by=by, at=at)
    return scheme


def _whole_city() -> Spot:
    city = places.city()
    if city is None:
        raise Refused("no_city", pgettext_lazy("supervision", "The city is not loaded yet."))
    return Spot(code=city.code)
