# SPDX-License-Identifier: Apache-2.0
"""The moves of sheets and items: one form and one service call for each verb of the tables."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import npgettext, pgettext
from django.views.decorators.http import require_POST

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.kernel.words import words
from jiayuan.supervision import queries, services
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import Denial, M, RaiseReason, Rung, TimeReason, Unmet, V, VoidReason
from jiayuan.supervision.intake import LONGEST_MEASURES, choice, until_from
from jiayuan.supervision.queries import Item
from jiayuan.supervision.services import ItemId, SheetId
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.supervision.forms import FORMS
from jiayuan.web.supervision.pages import found, sheet_page

Posted = Any
Work = Callable[[ItemId, Posted, Actor, datetime], Item]


def _feed_back(item_id: ItemId, posted: Posted, by: Actor, at: datetime) -> Item:
    measures = words(posted.get("measures", ""), field="measures", longest=LONGEST_MEASURES, needed=True)
    return services.feed_back(item_id=item_id, measures=measures, by=by, at=at)


def _strike_off(item_id: ItemId, posted: Posted, by: Actor, at: datetime) -> Item:
    return services.strike_off(item_id=item_id, by=by, at=at)


def _refuse(item_id: ItemId, posted: Posted, by: Actor, at: datetime) -> Item:
    return services.refuse(
        item_id=item_id,
        reason=choice(Unmet, posted.get("reason", ""), field="reason"),
        until=until_from(posted.get("until", ""), now=at),
        note=words(posted.get("note", ""), field="note", longest=LONGEST_MEASURES),
        by=by,
        at=at,
    )


def _ask_time(item_id: ItemId, posted: Posted, by: Actor, at: datetime) -> Item:
    return services.ask_time(
        item_id=item_id,
        reason=choice(TimeReason, posted.get("reason", ""), field="reason"),
        until=until_from(posted.get("until", ""), now=at),
        plan=words(posted.get("plan", ""), field="plan", longest=LONGEST_MEASURES),
        by=by,
        at=at,
    )


def _grant_time(item_id: ItemId, posted: Posted, by: Actor, at: datetime) -> Item:
    return services.grant_time(item_id=item_id, by=by, at=at)


def _refuse_time(item_id: ItemId, posted: Posted, by: Actor, at: datetime) -> Item:
    reason = choice(Denial, posted.get("reason", ""), field="reason")
    return services.refuse_time(item_id=item_id, reason=reason, by=by, at=at)


def _raise(item_id: ItemId, posted: Posted, by: Actor, at: datetime) -> Item:
    return services.raise_level(
        item_id=item_id,
        to=choice(Rung, posted.get("to", ""), field="to"),
        reason=choice(RaiseReason, posted.get("reason", ""), field="reason"),
        by=by,
        at=at,
    )


def _void(item_id: ItemId, posted: Posted, by: Actor, at: datetime) -> Item:
    reason = choice(VoidReason, posted.get("reason", ""), field="reason")
    return services.void_item(item_id=item_id, reason=reason, by=by, at=at)


WORK: dict[V, Work] = {
    V.FEED_BACK: _feed_back,
    V.STRIKE_OFF: _strike_off,
    V.REFUSE: _refuse,
    V.ASK_TIME: _ask_time,
    V.GRANT_TIME: _grant_time,
    V.REFUSE_TIME: _refuse_time,
    V.RAISE: _raise,
    V.VOID: _void,
}


@needs(May.SEE)
@require_POST
def move_item(request: HttpRequest, handle: str, number: int, verb: str) -> HttpResponse:
    """One move of one item; what was refused comes back with the form as it was filled in."""
    sheet = found(request, handle)
    item = queries.item_of(sheet, number)
    if item is None or verb not in V.values or V(verb) not in WORK:
        raise Http404
    try:
        WORK[V(verb)](ItemId(item.pk), request.POST, actor_of(request), clock.now())
    except Refused as refusal:
        if isinstance(refusal, NotPermitted):
            raise
        open_form = None
        if V(verb) in FORMS and not isinstance(refusal, Stale):
            form = FORMS[V(verb)](request.POST)
            form.show(refusal)
            open_form = (number, V(verb), form)
        status = 409 if isinstance(refusal, Stale) else 422
        return sheet_page(request, found(request, handle), refusal=refusal, open_form=open_form, status=status)
    return HttpResponseRedirect(reverse("supervision:one", args=[handle]) + f"#item-{number}")


@needs(May.ACCEPT)
@require_POST
def strike_off_many(request: HttpRequest, handle: str) -> HttpResponse:
    """Strike off the ticked items, each judged by itself; what could not be struck off says why."""
    sheet = found(request, handle)
    numbers = [int(text) for text in request.POST.getlist("item") if text.isdecimal() and len(text) < 5]
    done, refused = 0, []
    for number in dict.fromkeys(numbers):
        item = queries.item_of(sheet, number)
        if item is None:
            continue
        try:
            services.strike_off(item_id=ItemId(item.pk), by=actor_of(request), at=clock.now())
            done += 1
        except NotPermitted:
            raise
        except Refused as refusal:
            refused.append(f"{number}: {refusal.message}")
    if done:
        text = npgettext("supervision", "%(n)s item was struck off.", "%(n)s items were struck off.", done)
        messages.success(request, text % {"n": done})
    for text in refused:
        messages.warning(request, pgettext("supervision", "Item %(what)s") % {"what": text})
    return HttpResponseRedirect(reverse("supervision:one", args=[handle]))


@needs(May.SEE)
@require_POST
def move_sheet(request: HttpRequest, handle: str, verb: str) -> HttpResponse:
    """Issue, sign, discard or void a sheet."""
    sheet = found(request, handle)
    sheet_id, by, at = SheetId(sheet.pk), actor_of(request), clock.now()
    version = _version_in(request)
    try:
        match verb:
            case M.ISSUE:
                services.issue(sheet_id=sheet_id, by=by, at=at, version=version, **_begins(request.POST))
            case M.SIGN:
                services.sign(sheet_id=sheet_id, by=by, at=at)
            case M.DISCARD:
                services.discard(sheet_id=sheet_id, by=by, at=at, version=version)
                return HttpResponseRedirect(reverse("supervision:list"))
            case M.VOID:
                reason = choice(VoidReason, request.POST.get("reason", ""), field="reason")
                services.void_sheet(sheet_id=sheet_id, reason=reason, by=by, at=at, version=version)
            case _:
                raise Http404
    except NotPermitted:
        raise
    except Refused as refusal:
        status = 409 if isinstance(refusal, Stale) else 422
        return sheet_page(request, found(request, handle), refusal=refusal, status=status)
    return HttpResponseRedirect(reverse("supervision:one", args=[handle]))


def _version_in(request: HttpRequest) -> int | None:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def _begins(posted: Posted) -> dict[str, Any]:
    """At which higher level supervision begins, if somebody chose one."""
    if not posted.get("begins"):
        return {}
    reason = posted.get("raise_reason", "")
    return {
        "begins": choice(Rung, posted.get("begins", ""), field="begins"),
        "reason": choice(RaiseReason, reason, field="raise_reason") if reason else None,
    }
