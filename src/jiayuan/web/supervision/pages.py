# SPDX-License-Identifier: Apache-2.0
"""The list of sheets with its live balance, and one sheet with its items and what may be done now."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from jiayuan.kernel import clock
from jiayuan.kernel.access import holds
from jiayuan.kernel.errors import Problems, Refused
from jiayuan.places import queries as places
from jiayuan.supervision import queries
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import M, Pattern, SheetKind, SheetState, V
from jiayuan.supervision.queries import Balance, Item, Narrowed, Sheet, SheetRow
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.wording import unit_name
from jiayuan.web.guards import needs
from jiayuan.web.supervision import wording
from jiayuan.web.supervision.forms import FORMS
from jiayuan.web.supervision.tabs import tabs_of
from jiayuan.web.supervision.urging_lines import hang_urgings

_GROUPS: dict[str, tuple[SheetState, ...]] = {
    "issued": (SheetState.ISSUED,),
    "overdue": (SheetState.ISSUED,),
    "settled": (SheetState.SETTLED,),
    "draft": (SheetState.DRAFT,),
    "all": (),
}


@needs(May.SEE)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The sheets in the actor's reach: total = struck off + in progress + overdue, and the sheets under it."""
    actor, now = actor_of(request), clock.now()
    group = request.GET.get("state", "") if request.GET.get("state") in _GROUPS else "issued"
    narrowed = Narrowed(states=_GROUPS[group], overdue_at=now if group == "overdue" else None)
    page = queries.page_of_sheets(actor, narrowed=narrowed, now=now, after=request.GET.get("after", ""))
    balance = queries.balance_seen_by(actor, now=now)
    rate, of = wording.rate_words(balance.due_struck, balance.due)
    context = {
        "tabs": tabs_of(actor, "supervision:list"),
        "lines": [_line(row) for row in page.rows],
        "chips": _chips(group, drafts=holds(actor, May.ISSUE)),
        "balance": balance,
        "rate": rate,
        "rate_of": of,
        "now": now,
        "older": "?" + urlencode({"state": group, "after": page.next_key}) if page.next_key else "",
        "newest": f"?state={group}" if request.GET.get("after") else "",
        "may_issue": holds(actor, May.ISSUE),
    }
    return render(request, "supervision/list.html", context)


def _chips(group: str, *, drafts: bool) -> list[dict[str, Any]]:
    names = {
        "issued": pgettext("supervision", "Under way"),
        "overdue": pgettext("supervision", "With overdue items"),
        "settled": pgettext("supervision", "Settled"),
        "draft": pgettext("supervision", "Drafts"),
        "all": pgettext("supervision", "All"),
    }
    shown = {key: name for key, name in names.items() if drafts or key != "draft"}
    return [
        {"label": name, "url": f"?state={key}", "is_on": key == group, "count": None} for key, name in shown.items()
    ]


def _line(row: SheetRow) -> dict[str, Any]:
    return {
        "url": reverse("supervision:one", args=[row.handle]),
        "name": row.number or row.kind.label,
        "kind": row.kind.label,
        "unit": unit_name(row.unit_id),
        "mark": wording.sheet_mark(row.state),
        "at": row.issued_at or row.made_at,
        "balance": row.balance,
        "is_signed": row.signed_at is not None or row.issued_at is None,
    }


def found(request: HttpRequest, handle: str) -> Sheet:
    """A sheet in the actor's reach; outside it does not exist."""
    sheet = queries.sheet_seen_by(actor_of(request), handle)
    if sheet is None:
        raise Http404
    return sheet


@needs(May.SEE)
@require_GET
def one(request: HttpRequest, handle: str) -> HttpResponse:
    """One sheet: how it stands, its items with the next move of each, and its course."""
    return sheet_page(request, found(request, handle))


def sheet_page(
    request: HttpRequest,
    sheet: Sheet,
    *,
    refusal: Refused | None = None,
    open_form: "tuple[int, V, Any] | None" = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a sheet; a refused move comes back on it with its form as it was filled in."""
    actor, now = actor_of(request), clock.now()
    items = queries.items_of(sheet)
    matters = queries.matters_of(items)
    colours = _colours(sheet, items, now)
    shown = [_item(request, sheet, item, matters, colours, now, open_form) for item in items]
    hang_urgings(actor, sheet, shown)
    balance = queries.balances_of([sheet.pk], now=now).get(sheet.pk, Balance())
    moves = queries.sheet_moves_for(actor, sheet)
    context = {
        "sheet": sheet,
        "name": sheet.number or str(SheetKind(sheet.kind).label),
        "kind": SheetKind(sheet.kind).label,
        "unit": unit_name(sheet.unit_id),
        "office": _office_name(sheet),
        "mark": wording.sheet_mark(sheet.state),
        "balance": balance,
        "items": shown,
        "may": {verb.value for verb in moves},
        "voids": FORMS[V.VOID]().fields["reason"].choices if M.VOID in moves else [],  # type: ignore[attr-defined]
        "to_strike": sum(any(move["verb"] == V.STRIKE_OFF.value for move in one["moves"]) for one in shown),
        "days": wording.days_words(sheet.days),
        "entries": wording.timeline(queries.history_of(sheet), queries.texts_of(sheet)),
        "refusals": refusals_in(refusal) if open_form is None else [],
        "paper": sheet.paper,
    }
    return render(request, "supervision/one.html", context, status=status)


def refusals_in(refusal: Refused | None) -> list[Refused]:
    """Everything that was refused, one by one."""
    if refusal is None:
        return []
    return list(refusal.refusals) if isinstance(refusal, Problems) else [refusal]


def _office_name(sheet: Sheet) -> str:
    office = queries.office_of(sheet)
    return office.name if office is not None else sheet.office


def _colours(sheet: Sheet, items: list[Item], now: datetime) -> dict[int, Any]:
    """The colours of a campaign in which they say how an item stands; the other pattern has sheets of its own."""
    if sheet.state != SheetState.ISSUED or queries.pattern_of(sheet.campaign) is Pattern.ESCALATION:
        return {}
    return dict(queries.colours_of(items, now=now))


def _item(
    request: HttpRequest,
    sheet: Sheet,
    item: Item,
    matters: dict[int, str],
    colours: dict[int, Any],
    now: datetime,
    open_form: "tuple[int, V, Any] | None",
) -> dict[str, Any]:
    verbs = queries.moves_for(actor_of(request), sheet, item)
    asked = queries.asked_of(item)
    return {
        "item": item,
        "what": wording.what(item, matters),
        "matter": matters.get(item.pk, "") if item.problem_class_id is not None else "",
        "where": places.path_name(item.place),
        "mark": wording.item_mark(item),
        "due": wording.due_line(item, now),
        "colour": wording.colour_mark(colours[item.pk]) if item.pk in colours else None,
        "rung": wording.rung_words(item.rung) if item.escalations.all() else "",
        "case_url": reverse("cases:case", args=[item.case.handle]) if item.case is not None else "",
        "asked": asked,
        "hint": wording.provisional_hint(item.due_is_provisional),
        "moves": [_move(sheet, item, verb, open_form) for verb in verbs],
    }


def _move(sheet: Sheet, item: Item, verb: V, open_form: "tuple[int, V, Any] | None") -> dict[str, Any]:
    is_open = open_form is not None and open_form[:2] == (item.number, verb)
    form = open_form[2] if is_open and open_form is not None else FORMS[verb]() if verb in FORMS else None
    if form is not None:
        form.auto_id = f"id_{item.number}_{verb.value}_%s"
    return {
        "verb": verb.value,
        "label": verb.label,
        "url": reverse("supervision:move", args=[sheet.handle, item.number, verb.value]),
        "form": form,
        "is_open": is_open,
        "is_main": verb in (V.STRIKE_OFF, V.FEED_BACK, V.GRANT_TIME),
    }
