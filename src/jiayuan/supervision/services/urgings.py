# SPDX-License-Identifier: Apache-2.0
"""The commands of supervision sheets: one item pressed under a number; the unit replies, the issuing side decides.

A colour belongs to a campaign in which colours say how hard something is pressed. The clock raises to the next colour
when no reply came; people judge replies, and may leave a colour out with a reason.
"""

from datetime import datetime
from typing import Any, NewType

from django.db import IntegrityError
from django.utils.translation import pgettext_lazy

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.kernel.handles import new_handle
from jiayuan.kernel.machine import check_move
from jiayuan.papers import services as printing
from jiayuan.record.log import record
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind
from jiayuan.supervision import events
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import (
    URGING_LIVE,
    Colour,
    G,
    ItemState,
    Pattern,
    RaiseReason,
    SheetState,
    TextKind,
    Unmet,
    UrgingState,
    VoidReason,
)
from jiayuan.supervision.intake import UrgingInput
from jiayuan.supervision.lifecycle import URGING
from jiayuan.supervision.models import Item, Sheet, Urging, UrgingStep
from jiayuan.supervision.queries.urgings import PAPER_OF_URGING, document_of_urging, urged
from jiayuan.supervision.rules.colours import BLUE, NONE, is_higher, next_colour, raised_by_clock, skips
from jiayuan.supervision.services.core import (
    ItemId,
    SheetId,
    keep,
    locked,
    locked_item,
    number_of,
    printing_reason,
    refuse_own_unit,
    require_office,
    where_item,
)
from jiayuan.supervision.services.escalating import each_in_turn, settled_scheme
from jiayuan.supervision.services.reply_clock import reply_counts_at

UrgingId = NewType("UrgingId", int)


def urge(*, given: UrgingInput, by: Actor, at: datetime) -> Urging:
    """The supervision sheet; the same ``client_id`` from the same person gives the same one again."""
    try:
        return _urge(given=given, by=by, at=at)
    except (IntegrityError, Stale):
        told = Urging.objects.filter(issued_by_id=by.person_id, client_id=given.client_id).first()
        if told is None:
            raise
        return told


@command
def _urge(*, given: UrgingInput, by: Actor, at: datetime) -> Urging:
    sheet, item = locked_item(ItemId(given.item_id))
    require(by, May.ISSUE, at=sheet.spot)
    refuse_own_unit(sheet, by)
    require_office(given.office, PAPER_OF_URGING, sheet.unit_id, May.ISSUE, by=by)
    _check_item(sheet, item)
    scheme = settled_scheme(sheet.campaign, by=by, at=at)
    pattern = Pattern(scheme.pattern) if scheme is not None else Pattern.STATE
    colour = _first_colour(pattern, given)
    due = _reply_due(given.days, at)
    made = Urging.objects.create(
        **_place_of(sheet),
        handle=new_handle(),
        client_id=given.client_id,
        office=given.office,
        item=item,
        state=UrgingState.OPEN,
        pattern=pattern,
        scheme=scheme,
        colour=colour,
        reason=given.reason,
        requirement=given.requirement,
        days=given.days,
        issued_at=at,
        issued_on=clock.on(at),
        issued_by_id=by.person_id,
        reply_due_at=due.at,
        reply_due_is_provisional=due.provisional,
        moved_at=at,
    )
    if colour:
        reason = given.raise_reason if skips(NONE, colour) else None
        UrgingStep.objects.create(urging=made, from_colour=NONE, to_colour=colour, reason=reason or "", at=at)
    _print(made, sheet, item, given, by=by, at=at)
    return made


def _place_of(sheet: Sheet) -> dict[str, Any]:
    return {name: getattr(sheet, name) for name in ("unit_id", "area", "county", "town", "village")}


def _check_item(sheet: Sheet, item: Item) -> None:
    if sheet.state != SheetState.ISSUED or item.state != ItemState.OPEN or item.paused_at is not None:
        message = pgettext_lazy("supervision", "Only what the unit has in hand can be pressed.")
        raise Refused("not_open", message)
    live = Urging.objects.filter(item=item, state__in=URGING_LIVE).first()
    if live is not None:
        message = pgettext_lazy("supervision", "A supervision sheet presses this item already: %(number)s")
        raise Stale("urged", message, number=live.number)


def _first_colour(pattern: Pattern, given: UrgingInput) -> Colour:
    """Blue without further words; higher only with a reason; none where colours say how an item stands."""
    if pattern is Pattern.STATE:
        if given.colour:
            _refuse_mixing()
        return Colour.NONE
    colour = given.colour or Colour(BLUE)
    if not is_higher(NONE, colour):
        _refuse_mixing()
    if skips(NONE, colour) and given.raise_reason is None:
        message = pgettext_lazy("supervision", "Say why supervision begins at this colour.")
        raise Refused("missing_reason", message, field="raise_reason")
    return colour


def _refuse_mixing() -> None:
    message = pgettext_lazy(
        "supervision", "In this campaign colours mean something else. What they mean is never mixed."
    )
    raise Refused("other_pattern", message, field="colour")


def _reply_due(days: int, at: datetime) -> standards.Due:
    return standards.deadline_for(start=at, limit=standards.Limit(kind=LimitKind.WORKING_DAYS, value=days))


def _print(made: Urging, sheet: Sheet, item: Item, given: UrgingInput, *, by: Actor, at: datetime) -> None:
    """Take the number last, and freeze what the sheet says."""
    made.paper_id = printing.issue(
        kind=PAPER_OF_URGING,
        office=made.office,
        document=document_of_urging(made, sheet, item),
        by=by,
        at=at,
        about=made.ref,
    )
    number = number_of(made.paper_id)
    made.number = number.text
    made.save(update_fields=["paper", "number"])
    issued = events.UrgingIssued(
        **_where(made, sheet, item),
        year=number.year,
        serial=number.n,
        pattern=Pattern(made.pattern),
        colour=Colour(made.colour),
        reason=given.reason,
        raise_reason=given.raise_reason,
        reply_due_at=made.reply_due_at,
    )
    record(issued, by=by, at=at)


def _where(made: Urging, sheet: Sheet, item: Item) -> dict[str, Any]:
    return {**where_item(sheet, item), "subject": made.ref}


def _locked(urging_id: UrgingId) -> tuple[Urging, Sheet, Item]:
    """A supervision sheet behind the locked sheet whose item it presses."""
    made = Urging.objects.select_related("item").get(pk=urging_id)
    sheet = locked_item(ItemId(made.item_id))[0]
    made.refresh_from_db()
    return made, sheet, made.item


def _decide(made: Urging, verb: G, *, at: datetime, version: int | None = None, **given: object) -> None:
    """The single choke point of its moves. Refused when the page that asked has seen an older one."""
    if version is not None and made.version != version:
        message = pgettext_lazy(
            "supervision", "Somebody else changed this sheet meanwhile. Below is how it stands now."
        )
        raise Stale("moved_on", message, state=made.state)
    row, before = URGING[verb], UrgingState(made.state)
    check_move(row, before, given)
    made.state, made.version, made.moved_at = row.after(before), made.version + 1, at


def _write(made: Urging, *also: str) -> None:
    made.save(update_fields=["state", "version", "moved_at", *also])


@command
def reply(*, urging_id: UrgingId, text: str, by: Actor, at: datetime, version: int | None = None) -> Urging:
    """The unit says what it does, or why it could not."""
    made, sheet, item = _locked(urging_id)
    require(by, May.ANSWER, at=made.spot)
    in_time = reply_counts_at(made, item, at) <= made.reply_due_at
    _decide(made, G.REPLY, at=at, version=version, reply=text)
    made.replied_at = at
    _write(made, "replied_at")
    told = keep(item, TextKind.REPLY, text, at=at)
    replied = events.UrgingReplied(**_where(made, sheet, item), in_time=in_time, **told)
    record(replied, by=by, at=at)
    return made


def _require_judge(made: Urging, sheet: Sheet, by: Actor) -> None:
    require(by, May.ACCEPT, at=made.spot)
    refuse_own_unit(sheet, by)


@command
def accept_reply(*, urging_id: UrgingId, by: Actor, at: datetime, version: int | None = None) -> Urging:
    """Accept a reply. The sheet holds until its item is struck off; what was promised can still be pressed."""
    made, sheet, item = _locked(urging_id)
    _require_judge(made, sheet, by)
    _decide(made, G.ACCEPT, at=at, version=version)
    _write(made)
    record(events.UrgingAccepted(**_where(made, sheet, item)), by=by, at=at)
    return made


@command
def refuse_reply(
    *, urging_id: UrgingId, reason: Unmet, note: str, by: Actor, at: datetime, version: int | None = None
) -> Urging:
    """Do not accept a reply; the unit replies again in the same time. The colour stays as it is."""
    made, sheet, item = _locked(urging_id)
    _require_judge(made, sheet, by)
    _decide(made, G.REFUSE, at=at, version=version, reason=reason)
    _wait_again(made, at=at)
    told = keep(item, TextKind.NOTE, note, at=at)
    refused = events.UrgingRefused(
        **_where(made, sheet, item), reason=reason, reply_due_at=made.reply_due_at, **told
    )  # fmt: skip
    record(refused, by=by, at=at)
    return made


def _wait_again(made: Urging, *, at: datetime) -> None:
    due = _reply_due(made.days, at)
    made.reply_due_at, made.reply_due_is_provisional, made.replied_at = due.at, due.provisional, None
    _write(made, "colour", "reply_due_at", "reply_due_is_provisional", "replied_at")


@command
def raise_colour(
    *,
    urging_id: UrgingId,
    by: Actor,
    at: datetime,
    to: Colour | None = None,
    reason: RaiseReason | None = None,
    version: int | None = None,
) -> Urging:
    """Raise the colour to the next one, or further with a reason. Refused where colours say how an item stands."""
    made, sheet, item = _locked(urging_id)
    _require_judge(made, sheet, by)
    if made.pattern == Pattern.STATE:
        _refuse_mixing()
    colour = to or Colour(next_colour(made.colour) or made.colour)
    if not is_higher(made.colour, colour):
        message = pgettext_lazy("supervision", "It has this colour already, or a higher one.")
        raise Refused("not_higher", message, field="to")
    if skips(made.colour, colour) and reason is None:
        message = pgettext_lazy("supervision", "Say why a colour is left out.")
        raise Refused("missing_reason", message, field="reason")
    _decide(made, G.RAISE, at=at, version=version)
    skipping = reason if skips(made.colour, colour) else None
    _step(made, sheet, item, colour, skipping, by_clock=False, by=by, at=at)
    return made


def _step(
    made: Urging, sheet: Sheet, item: Item, to: Colour, reason: RaiseReason | None, *, by_clock: bool, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    before = Colour(made.colour)
    UrgingStep.objects.create(
        urging=made, from_colour=before, to_colour=to, reason=reason or "", by_clock=by_clock, at=at
    )
    made.colour = to
    _wait_again(made, at=at)
    raised = events.UrgingRaised(
        **_where(made, sheet, item),
        from_colour=before,
        to_colour=to,
        raise_reason=reason,
        reply_due_at=made.reply_due_at,
    )
    record(raised, by=by, at=at)


def raise_unanswered(*, by: Actor, at: datetime, limit: int = 100) -> int:
    """Raise the colour wherever no reply came in time, by one step; how many. Each in a command of its own."""
    # What rests or waits for its acceptance is not raised, and must not stand before what is.
    late = Urging.objects.filter(
        state=UrgingState.OPEN,
        pattern=Pattern.ESCALATION,
        reply_due_at__lt=at,
        item__state=ItemState.OPEN,
        item__paused_at=None,
    )
    waiting = late.exclude(colour=Colour.RED).order_by("reply_due_at", "pk").values_list("pk", flat=True)
    return each_in_turn(waiting, lambda pk: _raise_unanswered(urging_id=UrgingId(pk), by=by, at=at), limit=limit)


@command
def _raise_unanswered(*, urging_id: UrgingId, by: Actor, at: datetime) -> bool:
    made, sheet, item = _locked(urging_id)
    require(by, May.ACCEPT, at=made.spot)
    to = raised_by_clock(urged(made, item), at)
    if made.state != UrgingState.OPEN or to is None:
        return False
    _decide(made, G.RAISE, at=at)
    _step(made, sheet, item, Colour(to), None, by_clock=True, by=by, at=at)
    return True


@command
def void_urging(
    *, urging_id: UrgingId, reason: VoidReason, by: Actor, at: datetime, version: int | None = None
) -> Urging:
    """Make a supervision sheet void. Its number stays taken and its paper says so."""
    made, sheet, item = _locked(urging_id)
    require(by, May.ISSUE, at=made.spot)
    refuse_own_unit(sheet, by)
    _decide(made, G.VOID, at=at, version=version, reason=reason)
    made.void_reason, made.ended_at = reason, at
    _write(made, "void_reason", "ended_at")
    if made.paper_id is not None:
        printing.void(paper_id=made.paper_id, reason=printing_reason(reason), by=Actor.system("supervision"), at=at)
    record(events.UrgingVoided(**_where(made, sheet, item), reason=reason), by=by, at=at)
    return made


@command
def end_urgings(*, sheet_id: int, by: Actor, at: datetime) -> int:
    """End what presses items of a sheet that were struck off or made void; how many."""
    sheet = locked(SheetId(sheet_id))
    require(by, May.ACCEPT, at=sheet.spot)
    over = [ItemState.STRUCK, ItemState.VOID]
    live = Urging.objects.filter(item__sheet=sheet, item__state__in=over, state__in=URGING_LIVE)
    for made in live.select_related("item").order_by("pk"):
        _decide(made, G.CLOSE, at=at)
        made.ended_at = at
        _write(made, "ended_at")
        struck = made.item.state == ItemState.STRUCK
        record(events.UrgingClosed(**_where(made, sheet, made.item), struck=struck), by=by, at=at)
    return len(live)
