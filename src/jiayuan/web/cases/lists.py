# SPDX-License-Identifier: Apache-2.0
"""The desk's lists of cases: tabs, chips, filters, columns, and the rows as everybody may see them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import Column, Due, Group, Mark, Order, Source
from jiayuan.cases.intake import address_of, columns_from, filter_from, group_from
from jiayuan.cases.queries import Filter, Row, Saved
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Permission, holds
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import read_handle
from jiayuan.kernel.words import one_line
from jiayuan.media import queries as media
from jiayuan.media.enums import PhotoRole, Variant
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import bulk_verbs, wording
from jiayuan.web.cases.desk import Line, line
from jiayuan.web.guards import needs
from jiayuan.web.templatetags.jiayuan import moment

LONGEST_NAME = 20
_USUAL: tuple[tuple[Permission, dict[str, str]], ...] = (
    (May.DECIDE_APPEAL, {"state": Group.OPEN, "due": Due.OVERDUE, "order": Order.DUE}),
    (May.TRIAGE, {"state": Group.TRIAGE}),
    (May.DISPATCH, {"state": Group.DISPATCH}),
    (May.HANDLE, {"state": Group.HANDLING, "order": Order.DUE}),
    (May.CHECK, {"state": Group.CHECK}),
)
"""What somebody comes for first, by what their post lets them do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row under its head; the marks of some columns are drawn from the row's line instead."""

    code: str
    head: str
    words: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A case as a row of a table."""

    line: Line
    choice: str
    thumb: str
    is_urgent: bool
    cells: tuple[Cell, ...]


def asked_of(request: HttpRequest) -> dict[str, str]:
    """The words of the address, or the usual list of this person when it names none."""
    asked = address_of(request.GET.dict())
    return asked if any(name != "area" for name in asked) else usual_of(actor_of(request)) | asked


def usual_of(actor: Actor) -> dict[str, str]:
    """The address of the list that this person comes for first."""
    found = next((words for permission, words in _USUAL if holds(actor, permission)), {"state": Group.OPEN.value})
    return {name: str(word) for name, word in found.items()}


@needs(May.SEE)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The cases in the actor's reach, narrowed and in order, a page at a time."""
    actor, told = actor_of(request), request.GET.get("q", "")
    if (handle := read_handle(told)) and queries.case_seen_by(actor, handle):
        return HttpResponseRedirect(reverse("cases:case", args=[handle]))
    return list_page(request, asked_of(request), query=told)


def list_page(
    request: HttpRequest, asked: dict[str, str], *, query: str = "", refusal: Refused | None = None, name: str = ""
) -> HttpResponse:
    """The page of a list; with a refusal when something about it could not be kept."""
    actor, now = actor_of(request), clock.now()
    narrowed = filter_from(asked, now=now)
    sought, after = query.strip(), request.GET.get("after", "")
    if sought:
        page = queries.search(actor, sought, after=after)
    else:
        page = queries.page_of_cases(actor, narrowed=narrowed, after=after)
    saved = queries.saved_lists(actor)
    here, place = urlencode(asked), {"q": sought} if sought else asked
    columns, asked_for = columns_of(saved, here), filters(asked, actor)
    context = {
        "with_photo": Column.PHOTO in columns,
        "rows": table_rows(page.rows, columns, now, by=actor),
        "heads": [(column.value, str(column.label)) for column in columns],
        "total": "" if sought else total_words(queries.total_of(actor, narrowed=narrowed)),
        "older": f"?{urlencode(place | {'after': page.next_key})}" if page.next_key else "",
        "newest": f"?{urlencode(place)}" if after else "",
        "tabs": _tabs(saved, actor, here),
        "saved": next((item for item in saved if item.is_own and item.name and item.address == here), None),
        "chips": chips_of(asked),
        "filters": asked_for,
        "hidden": [(name, asked[name]) for name in ("state", "due") if asked.get(name)],
        "narrowing": _narrowing(asked, asked_for),
        "columns": [(column.value, str(column.label), column in columns) for column in Column],
        "address": here,
        "query": sought[:60],
        "not_found": bool(sought) and not page.rows,
        "bulk": [(verb.value, str(verb.label)) for verb in bulk_verbs.offered(actor)],
        "most": services.MOST_AT_ONCE,
        "units": [(str(unit), wording.unit_name(unit)) for unit in sorted(actor.unit_ids)],
        "may_register": holds(actor, May.REPORT) or holds(actor, May.TRIAGE),
        "may_import": holds(actor, May.IMPORT_LEDGER),
        "refusal": refusal,
        "name": name,
        "open_url": _opened(request),
    }
    return render(request, "cases/list.html", context, status=422 if refusal else 200)


def _opened(request: HttpRequest) -> str:
    """The page of the case that the address wants beside the list; opening it asks whether it is in reach."""
    handle = read_handle(request.GET.get("open", ""))
    return reverse("cases:case", args=[handle]) if handle else ""


def total_words(total: int) -> str:
    """How many cases there are, as a page says it."""
    return f"{queries.MOST_COUNTED}+" if total > queries.MOST_COUNTED else str(total)


def columns_of(saved: Sequence[Saved], here: str) -> tuple[Column, ...]:
    """The columns of this list, if it is a saved one, or the person's usual ones."""
    own = next((item.columns for item in saved if item.name and item.address == here), "")
    usual = next((item.columns for item in saved if not item.name), "")
    chosen = columns_from(own or usual)
    return chosen if Column.WHAT in chosen else (Column.WHAT, *chosen)


def _tabs(saved: Sequence[Saved], actor: Actor, here: str) -> list[dict[str, Any]]:
    usual = urlencode(usual_of(actor))
    tabs = [(pgettext("cases", "Mine first"), usual)]
    if holds(actor, May.APPROVE):
        tabs.append((str(Mark.MEETING.label), urlencode({"state": Group.OPEN.value, "mark": Mark.MEETING.value})))
    tabs += [(item.name, item.address) for item in saved if item.name]
    return [{"label": label, "url": f"?{address}", "is_on": address == here, "count": None} for label, address in tabs]


def chips_of(asked: dict[str, str]) -> list[dict[str, Any]]:
    """The states, then how near the end of the limit is; a chip keeps whatever else is narrowed."""
    group, due = group_from(asked), asked.get("due", "")
    chips = [(str(one.label), {"state": one.value, "due": ""}, one is group and not due) for one in Group]
    chips += [(str(one.label), {"state": Group.OPEN.value, "due": one.value}, due == one.value) for one in Due]
    return [
        {"label": label, "url": f"?{urlencode(address_of(asked | change))}", "is_on": is_on, "count": None}
        for label, change, is_on in chips
    ]


Option = tuple[str, str]


def filters(asked: Mapping[str, str], actor: Actor) -> list[dict[str, Any]]:
    """The questions of the fold "more filters", each with its choices and the one that is chosen."""
    asked_for: list[tuple[str, str, Iterable[Option]]] = [
        ("area", pgettext("cases", "Area"), areas(actor)),
        ("class", pgettext("cases", "What it is"), _classes()),
        ("unit", pgettext("cases", "Unit"), _units(actor)),
        ("source", pgettext("cases", "Source"), ((one.value, str(one.label)) for one in Source)),
        ("mark", pgettext("cases", "Special"), ((one.value, str(one.label)) for one in Mark)),
        ("order", pgettext("cases", "Order"), ((one.value, str(one.label)) for one in Order)),
    ]
    days = [
        ("since", pgettext("cases", "Reported from")),
        ("until", pgettext("cases", "Reported until")),
        ("due_since", pgettext("cases", "Due from")),
        ("due_until", pgettext("cases", "Due until")),
    ]
    chosen = [(name, label, list(options), asked.get(name, "")) for name, label, options in asked_for]
    return [
        {"name": name, "label": label, "options": options, "value": value} for name, label, options, value in chosen
    ] + [{"name": name, "label": label, "options": None, "value": asked.get(name, "")} for name, label in days]


def _narrowing(asked: Mapping[str, str], asked_for: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What the fold narrows now, each with the address that takes it off again."""
    found = []
    for item in asked_for:
        value = item["value"]
        if value:
            options = dict(item["options"] or [])
            word = options.get(value, value)
            words = word if options else f"{item['label']} {word}"
            without = {name: word for name, word in asked.items() if name != item["name"]}
            found.append({"words": words, "url": f"?{urlencode(without)}"})
    return found


def areas(actor: Actor) -> list[Option]:
    """The counties, or the towns, that the actor can narrow a list to."""
    reach = {grant.area.key for grant in actor.grants}
    top = next(iter(reach), "")
    level = {4: "county", 6: "town"}.get(len(top), "")
    if len(reach) != 1 or not level:
        return []
    length = 6 if level == "county" else 9
    return [(place.code[:length], place.short_name) for place in places.children(top)]


def _classes() -> Iterable[Option]:
    return ((str(row.id), str(row.name)) for row in standards.classes() if standards.conditions_of(row.id))


def _units(actor: Actor) -> list[Option]:
    """The units that answer for something in the actor's area; whoever works for a unit needs no choice of one."""
    if actor.unit_ids or not actor.grants:
        return []
    found = {unit.id: unit.short_name for grant in actor.grants for unit in _units_under(grant.area.key)}
    return [(str(unit_id), name) for unit_id, name in found.items()]


def _units_under(area: str) -> list[places.Unit]:
    today = clock.today()
    return [
        unit
        for unit in places.organisations()
        if any(code.startswith(area) for code in places.answers_for(unit.id, on=today))
    ]


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def table_rows(rows: Sequence[Row], columns: Sequence[Column], now: datetime, *, by: Actor) -> list[TableRow]:
    """Cases as rows of a table, with their first picture if that column is wanted: one query for all of them."""
    thumbs = _thumbs(rows) if Column.PHOTO in columns else {}
    shown = [column for column in columns if column is not Column.PHOTO]
    return [_table_row(row, line(row, now, by=by), shown, thumbs.get(row.id, "")) for row in rows]


def _table_row(row: Row, shown: Line, columns: Sequence[Column], thumb: str) -> TableRow:
    cells = tuple(Cell(column.value, str(column.label), words_of(column, row, shown)) for column in columns)
    return TableRow(shown, f"{row.handle}.{row.version}", thumb, row.urgent, cells)


def _thumbs(rows: Sequence[Row]) -> dict[int, str]:
    found = {}
    for case_id, photos in media.photos_of_many("case", [row.id for row in rows]).items():
        first = next((photo for photo in photos if photo.is_ready and photo.role is PhotoRole.BEFORE), None)
        if first is not None:
            found[case_id] = media.variant_url(first, Variant.THUMB)
    return found


def _moment(at: datetime | None) -> str:
    return moment(at) if at is not None else ""


_WORDS: Mapping[Column, Callable[[Row, Line], str]] = {
    Column.HANDLE: lambda row, shown: row.handle,
    Column.WHAT: lambda row, shown: shown.what,
    Column.WHERE: lambda row, shown: shown.where,
    Column.UNIT: lambda row, shown: shown.unit,
    Column.STATE: lambda row, shown: shown.mark.word,
    Column.DUE: lambda row, shown: shown.due.words if shown.due else "",
    Column.REPORTED: lambda row, shown: _moment(row.reported_at),
    Column.SOURCE: lambda row, shown: str(Source(row.source).label),
    Column.QUANTITY: lambda row, shown: str(row.quantity),
    Column.REWORKS: lambda row, shown: str(row.reworks or ""),
    Column.RETURNS: lambda row, shown: str(row.returns or ""),
    Column.DUE_AT: lambda row, shown: _moment(row.due_at),
    Column.ENDED_AT: lambda row, shown: _moment(row.ended_at),
}


def words_of(column: Column, row: Row, shown: Line) -> str:
    """What a column says of a case."""
    return _WORDS[column](row, shown)


# ── keeping a list ────────────────────────────────────────────────────────────────────────────────────────────────


@needs(May.SEE)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list under a name, its columns with it; or only the columns, for all lists."""
    asked = address_of(dict(parse_qsl(request.POST.get("address", ""))))
    columns = columns_from(" ".join(request.POST.getlist("column")))
    common: dict[str, Any] = {"columns": columns, "by": actor_of(request), "at": clock.now()}
    back = f"{reverse('cases:list')}?{urlencode(asked)}"
    if "name" not in request.POST:
        services.choose_columns(**common)
        return HttpResponseRedirect(back)
    name = request.POST["name"]
    try:
        kept = one_line(name, field="name", longest=LONGEST_NAME, needed=True)
        services.save_list(name=kept, asked=asked, unit_id=_unit(request), **common)
    except Refused as refusal:
        return list_page(request, asked, refusal=refusal, name=name)
    return HttpResponseRedirect(back)


def _unit(request: HttpRequest) -> int | None:
    chosen = request.POST.get("unit", "")
    return int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else None


@needs(May.SEE)
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Take a saved list out again."""
    number = request.POST.get("list", "")
    if number.isascii() and number.isdecimal() and len(number) < 10:
        services.forget_list(list_id=int(number), by=actor_of(request), at=clock.now())
    return HttpResponseRedirect(reverse("cases:list"))


def narrowed_by(request: HttpRequest) -> tuple[dict[str, str], Filter]:
    """The list that an address names, for whatever is done with all of it."""
    asked = asked_of(request)
    return asked, filter_from(asked, now=clock.now())
