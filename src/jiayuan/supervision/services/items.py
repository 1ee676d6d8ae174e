# SPDX-License-Identifier: Apache-2.0
"""The commands of items: the unit feeds back or asks for time, the issuing side looks and strikes off, or does not."""

from datetime import datetime

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import State as CaseState
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind
from jiayuan.supervision import events
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import (
    LIVE,
    Denial,
    M,
    RequestState,
    TextKind,
    TimeReason,
    Unmet,
    V,
    VoidReason,
)
from jiayuan.supervision.models import Item, Pause, Sheet, TimeRequest
from jiayuan.supervision.services.core import (
    ItemId,
    decide_item,
    decide_sheet,
    due_of,
    keep,
    locked_item,
    refuse_own_unit,
    where,
    where_item,
    write_item,
    write_sheet,
)
from jiayuan.supervision.services.reply_clock import reply_clock_goes_on

MOST_EXTENSIONS = 2


@command
def feed_back(*, item_id: ItemId, measures: str, by: Actor, at: datetime) -> Item:
    """Say what was done about an item that no case stands behind; with a case its feedback says so."""
    sheet, item = locked_item(item_id)
    require(by, May.ANSWER, at=sheet.spot)
    if item.case_id is not None:
        message = pgettext_lazy("supervision", "Feed back on the case; the item follows it.")
        raise Refused("follows_case", message)
    return _fed_back(sheet, item, measures, by=by, at=at)


def _fed_back(sheet: Sheet, item: Item, measures: str, *, by: Actor, at: datetime) -> Item:
    decide_item(sheet, item, V.FEED_BACK, at=at, given={"measures": measures})
    if item.paused_at is not None:
        # A case that ends while it rests: what was left of the time is left still.
        _go_on(sheet, item, item.paused_at, by=by, at=at)
    item.fed_back_at, item.asking, item.paused_at = at, False, None
    lapse(item, at=at)
    end_pause(item, at=at)
    write_item(sheet, item, "fed_back_at", "asking", "paused_at", "due_at", "due_is_provisional")
    told = keep(item, TextKind.MEASURES, "" if item.case_id else measures, at=at)
    fed_back = events.ItemFedBack(**where_item(sheet, item), in_time=at <= due_of(item), **told)
    record(fed_back, by=by, at=at)
    return item


@command
def strike_off(*, item_id: ItemId, by: Actor, at: datetime) -> Item:
    """Strike an item off after somebody of the issuing side looked; a case has to be checked and closed first."""
    sheet, item = locked_item(item_id)
    _require_judge(sheet, by)
    if item.case is not None and item.case.state != CaseState.CLOSED:
        message = pgettext_lazy("supervision", "Its case is not closed yet. First the case is checked, then the item.")
        raise Refused("case_open", message)
    decide_item(sheet, item, V.STRIKE_OFF, at=at)
    item.struck_at = at
    write_item(sheet, item, "struck_at")
    in_time = item.fed_back_at is not None and item.fed_back_at <= due_of(item)
    struck = events.ItemStruckOff(**where_item(sheet, item), due_at=due_of(item), in_time=in_time)
    record(struck, by=by, at=at)
    _settle_if_done(sheet, by=by, at=at)
    return item


@command
def refuse(*, item_id: ItemId, reason: Unmet, until: datetime, note: str, by: Actor, at: datetime) -> Item:
    """Do not strike an item off: the unit has until a new day. Time spent waiting was never the unit's."""
    sheet, item = locked_item(item_id)
    _require_judge(sheet, by)
    if item.case_id is not None:
        message = pgettext_lazy(
            "supervision", "Send its case back, or have it taken up again; the item follows the case."
        )
        raise Refused("follows_case", message)
    before, since = due_of(item), item.fed_back_at
    decide_item(sheet, item, V.REFUSE, at=at, given={"reason": reason, "until": until})
    item.fed_back_at, item.due_at, item.due_is_provisional = None, until, False
    item.refusals += 1
    write_item(sheet, item, "fed_back_at", "due_at", "due_is_provisional", "refusals")
    if since is not None:
        reply_clock_goes_on(sheet, item, since=since, by=by, at=at)
    told = keep(item, TextKind.NOTE, note, at=at)
    refused = events.ItemRefused(
        **where_item(sheet, item), reason=reason, due_before=before, due_at=until, **told
    )  # fmt: skip
    record(refused, by=by, at=at)
    return item


def _require_judge(sheet: Sheet, by: Actor) -> None:
    require(by, May.ACCEPT, at=sheet.spot)
    refuse_own_unit(sheet, by)


@command
def ask_time(*, item_id: ItemId, reason: TimeReason, until: datetime, plan: str, by: Actor, at: datetime) -> Item:
    """Ask for more time: a reason and a day. Asking carries no penalty, and an open request is no delay by itself."""
    sheet, item = locked_item(item_id)
    require(by, May.ANSWER, at=sheet.spot)
    decide_item(sheet, item, V.ASK_TIME, at=at, given={"reason": reason, "until": until})
    _refuse_more_time(item, until)
    told = keep(item, TextKind.PLAN, plan, at=at)
    TimeRequest.objects.create(
        item=item, state=RequestState.OPEN, reason=reason, until=until, text_id=told["text_id"], asked_at=at
    )
    item.asking = True
    write_item(sheet, item, "asking")
    record(events.ItemTimeAsked(**where_item(sheet, item), reason=reason, until=until, **told), by=by, at=at)
    return item


def _refuse_more_time(item: Item, until: datetime) -> None:
    if item.asking:
        raise Refused("asked", pgettext_lazy("supervision", "More time was asked for already; the answer is to come."))
    if item.extensions >= MOST_EXTENSIONS:
        message = pgettext_lazy("supervision", "It got more time twice already. Talk to the issuing side.")
        raise Refused("extended", message)
    if until <= due_of(item):
        message = pgettext_lazy("supervision", "The item is due on that day or later already.")
        raise Refused("until_early", message, field="until")


@command
def grant_time(*, item_id: ItemId, by: Actor, at: datetime) -> Item:
    """Grant the time that was asked for."""
    sheet, item = locked_item(item_id)
    _require_judge(sheet, by)
    decide_item(sheet, item, V.GRANT_TIME, at=at)
    asked, before = _asked(item), due_of(item)
    asked.state, asked.answered_at = RequestState.GRANTED, at
    asked.save(update_fields=["state", "answered_at"])
    if asked.until > before:
        # Otherwise the clock stood still meanwhile and gave more time than was asked for.
        item.due_at, item.due_is_provisional = asked.until, False
    item.asking = False
    item.extensions += 1
    write_item(sheet, item, "due_at", "due_is_provisional", "asking", "extensions")
    record(events.ItemTimeGranted(**where_item(sheet, item), due_before=before, due_at=due_of(item)), by=by, at=at)
    return item


@command
def refuse_time(*, item_id: ItemId, reason: Denial, by: Actor, at: datetime) -> Item:
    """Refuse the time that was asked for, and say why."""
    sheet, item = locked_item(item_id)
    _require_judge(sheet, by)
    decide_item(sheet, item, V.REFUSE_TIME, at=at, given={"reason": reason})
    asked = _asked(item)
    asked.state, asked.answered_at, asked.denial = RequestState.REFUSED, at, reason
    asked.save(update_fields=["state", "answered_at", "denial"])
    item.asking = False
    write_item(sheet, item, "asking")
    record(events.ItemTimeRefused(**where_item(sheet, item), reason=reason), by=by, at=at)
    return item


def _asked(item: Item) -> TimeRequest:
    found = TimeRequest.objects.select_for_update(of=("self",)).filter(item=item, state=RequestState.OPEN).first()
    if found is None:
        raise Refused("not_asked", pgettext_lazy("supervision", "Nobody asks for more time now."))
    return found


def lapse(item: Item, *, at: datetime) -> None:
    """Let a request for time be overtaken."""
    TimeRequest.objects.filter(item=item, state=RequestState.OPEN).update(state=RequestState.LAPSED, answered_at=at)


@command
def void_item(*, item_id: ItemId, reason: VoidReason, by: Actor, at: datetime) -> Item:
    """Make an item void: it belongs to no balance any more."""
    sheet, item = locked_item(item_id)
    require(by, May.ISSUE, at=sheet.spot)
    refuse_own_unit(sheet, by)
    return _voided(sheet, item, reason, by=by, at=at)


def _voided(sheet: Sheet, item: Item, reason: VoidReason, *, by: Actor, at: datetime) -> Item:
    decide_item(sheet, item, V.VOID, at=at, given={"reason": reason})
    item.void_reason, item.asking, item.paused_at = reason, False, None
    lapse(item, at=at)
    end_pause(item, at=at)
    write_item(sheet, item, "void_reason", "asking", "paused_at")
    record(events.ItemVoided(**where_item(sheet, item), reason=reason), by=by, at=at)
    _settle_if_done(sheet, by=by, at=at)
    return item


def _settle_if_done(sheet: Sheet, *, by: Actor, at: datetime) -> None:
    """A sheet is settled by its last item; nobody declares it."""
    if sheet.items.filter(state__in=LIVE).exists():
        return
    decide_sheet(sheet, M.SETTLE, at=at)
    sheet.settled_at = at
    write_sheet(sheet, "settled_at")
    struck = sheet.items.filter(struck_at__isnull=False).count()
    record(events.SheetSettled(**where(sheet), struck=struck), by=by, at=at)


# ── what follows the course of a case ────────────────────────────────────────────────────────────────────────────


@command
def follow_feedback(*, item_id: ItemId, by: Actor, at: datetime) -> None:
    """The unit fed back on the case behind an item, or the case ended without that."""
    sheet, item = locked_item(item_id)
    require(by, May.ANSWER, at=sheet.spot)
    if item.fed_back_at is None and item.state in LIVE:
        _fed_back(sheet, item, "case", by=by, at=at)


@command
def follow_rework(*, item_id: ItemId, by: Actor, at: datetime) -> None:
    """The case behind an item goes back to its unit, which has again what was left when it fed back."""
    sheet, item = locked_item(item_id)
    require(by, May.ANSWER, at=sheet.spot)
    if item.fed_back_at is None or item.state not in LIVE:
        return
    since = item.fed_back_at
    decide_item(sheet, item, V.TAKE_BACK, at=at)
    _go_on(sheet, item, since, by=by, at=at)
    # The check was nobody's delay: no level counts it either.
    Pause.objects.create(item=item, from_at=since, until_at=max(at, since))
    item.fed_back_at = None
    write_item(sheet, item, "fed_back_at", "due_at", "due_is_provisional")
    record(events.ItemTakenBack(**where_item(sheet, item), due_at=due_of(item)), by=by, at=at)


def _go_on(sheet: Sheet, item: Item, since: datetime, *, by: Actor, at: datetime) -> None:
    """Leave what was left, of the time of the item and of the time to reply to what presses it."""
    due = standards.deadline_after_pause(
        due=standards.Due(at=due_of(item), provisional=item.due_is_provisional),
        kind=LimitKind.WORKING_DAYS,
        paused_at=since,
        resumed_at=at,
    )
    item.due_at, item.due_is_provisional = due.at, due.provisional
    reply_clock_goes_on(sheet, item, since=since, by=by, at=at)


@command
def follow_pause(*, item_id: ItemId, by: Actor, at: datetime) -> None:
    """The clock of an item stands still while that of its case does."""
    sheet, item = locked_item(item_id)
    require(by, May.ACCEPT, at=sheet.spot)
    if item.paused_at is not None or item.fed_back_at is not None or item.state not in LIVE:
        return
    decide_item(sheet, item, V.PAUSE, at=at)
    item.paused_at = at
    write_item(sheet, item, "paused_at")
    Pause.objects.create(item=item, from_at=at)
    record(events.ItemPaused(**where_item(sheet, item)), by=by, at=at)


@command
def follow_resume(*, item_id: ItemId, by: Actor, at: datetime) -> None:
    """The clock of an item goes on with what was left of its time."""
    sheet, item = locked_item(item_id)
    require(by, May.ACCEPT, at=sheet.spot)
    if item.paused_at is None or item.state not in LIVE:
        return
    before = due_of(item)
    decide_item(sheet, item, V.RESUME, at=at)
    _go_on(sheet, item, item.paused_at, by=by, at=at)
    item.paused_at = None
    end_pause(item, at=at)
    write_item(sheet, item, "paused_at", "due_at", "due_is_provisional")
    record(events.ItemResumed(**where_item(sheet, item), due_before=before, due_at=due_of(item)), by=by, at=at)


def end_pause(item: Item, *, at: datetime) -> None:
    """Close the span in which the clock stood still."""
    for span in Pause.objects.filter(item=item, until_at=None):
        span.until_at = max(at, span.from_at)
        span.save(update_fields=["until_at"])


@command
def follow_void(*, item_id: ItemId, reason: VoidReason, by: Actor, at: datetime) -> None:
    """The case behind an item is no longer this unit's, or no case any more."""
    sheet, item = locked_item(item_id)
    require(by, May.ISSUE, at=sheet.spot)
    if item.state in LIVE:
        _voided(sheet, item, reason, by=by, at=at)
