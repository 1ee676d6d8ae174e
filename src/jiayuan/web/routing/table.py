# SPDX-License-Identifier: Apache-2.0
"""Routing rules as a table: out for a spreadsheet, in again with a look at what it would change before it does."""

import csv
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import npgettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.intake import HEADINGS, Finders, TableRow, rules_from_table, source_named
from jiayuan.cases.queries import RuleView
from jiayuan.kernel import clock
from jiayuan.kernel.access import holds
from jiayuan.kernel.errors import NotPermitted, Problems, Refused
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.routing import wording
from jiayuan.web.routing.forms import initial_of
from jiayuan.web.routing.writing import trial_words

LARGEST = 1_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@needs(May.SEE_ROUTING)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """All rules as CSV, in the shape that the import reads; the last column says each in words."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="routing-rules.csv"'
    answer.write("\ufeff")  # or a spreadsheet takes the characters for another encoding
    writer = csv.writer(answer)
    writer.writerow([*HEADINGS.values(), pgettext("cases", "In words")])
    for view in queries.rules_now():
        writer.writerow([_safe(cell) for cell in (*_cells(view), wording.sentence(view))])
    return answer


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(view: RuleView) -> list[str]:
    values: dict[str, Any] = initial_of(view) | {"number": str(view.number), "is_off": view.is_off}
    return [_cell(name, values[name]) for name in HEADINGS]


def _cell(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, list):
        return ("" if name == "weekdays" else " ").join(value)
    return str(value)


@needs(May.SEE_ROUTING)
@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest) -> HttpResponse:
    """What a table would change, line by line and case by case; pressed again, it is taken over."""
    if request.method == "GET":
        return render(request, "routing/table.html", _context(request))
    if not holds(actor_of(request), May.EDIT_ROUTING):
        raise NotPermitted(
            "not_permitted", pgettext("cases", "None of your posts may write routing rules."), permission="edit"
        )
    data = _sent(request)
    try:
        rows = rules_from_table(data, finders=FINDERS, today=clock.today())
        plan = _plan(rows)
        if "save" in request.POST and not any(item["wrong"] for item in plan):
            return _kept(request, rows)
        context = _context(request) | _look(request, rows, plan, data)
    except NotPermitted:
        raise
    except Problems as problems:
        wrong = [_said(item) for item in problems.refusals]
        return render(request, "routing/table.html", _context(request) | {"wrong": wrong}, status=422)
    except Refused as refusal:
        return render(request, "routing/table.html", _context(request) | {"wrong": [refusal.message]}, status=422)
    return render(request, "routing/table.html", context, status=422 if context["has_wrong"] else 200)


def _context(request: HttpRequest) -> dict[str, Any]:
    return {"may_write": holds(actor_of(request), May.EDIT_ROUTING), "headings": HEADINGS.values()}


def _sent(request: HttpRequest) -> bytes:
    """The file, or what the page kept of it between looking and taking over."""
    file = request.FILES.get("file")
    if file is not None and file.size and file.size <= LARGEST:
        return bytes(file.read())
    return request.POST.get("text", "").encode()[:LARGEST]


def _plan(rows: Sequence[TableRow]) -> list[dict[str, Any]]:
    """What each line would do: write, change, switch off, nothing – or what is wrong with it."""
    present = {view.number: view for view in queries.rules_now()}
    return [_planned(row, present) for row in rows]


def _planned(row: TableRow, present: dict[int, RuleView]) -> dict[str, Any]:
    now = present.get(row.number) if row.number is not None else None
    wrong = [_said(item) for item in row.refusals]
    after: RuleView | None = None
    if row.number is not None and now is None and not wrong:
        wrong.append(pgettext("cases", "There is no rule with this number."))
    if row.given is not None and not wrong:
        try:
            after = queries.view_from(row.given, number=row.number or queries.UNWRITTEN + row.line, at=clock.now())
        except Problems as problems:
            wrong = [_said(item) for item in problems.refusals]
    changes = wording.differences(now, after) if now and after else []
    shown = after or now
    return {
        "line": row.line,
        "number": row.number,
        "what": _what(now, after, is_changed=bool(changes)),
        "sentence": wording.sentence(shown) if shown else "",
        "changes": changes,
        "wrong": wrong,
        "after": after,
    }


def _what(now: RuleView | None, after: RuleView | None, *, is_changed: bool) -> str:
    if after is None:
        return pgettext("cases", "stays switched off") if now and now.is_off else pgettext("cases", "is switched off")
    if now is None:
        return pgettext("cases", "is written")
    return pgettext("cases", "is changed") if is_changed else pgettext("cases", "stays as it is")


def _said(refusal: Refused) -> str:
    column = HEADINGS.get(refusal.field, "")
    return f"{column}：{refusal.message}" if column else refusal.message


def _look(request: HttpRequest, rows: Sequence[TableRow], plan: list[dict[str, Any]], data: bytes) -> dict[str, Any]:
    has_wrong = any(item["wrong"] for item in plan)
    named = {row.number for row in rows}
    after = [item["after"] for item in plan if item["after"] is not None]
    kept = [view for view in queries.rules_now() if view.number not in named]
    trial = None if has_wrong else queries.try_rules([*kept, *after], by=actor_of(request), at=clock.now())
    return {
        "plan": plan,
        "has_wrong": has_wrong,
        "text": _text_of(data),
        "trial": trial_words(request, trial) if trial else None,
    }


def _text_of(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _kept(request: HttpRequest, rows: Sequence[TableRow]) -> HttpResponse:
    kept = services.keep_rules(
        rows=[(row.number, row.given, row.client_id) for row in rows], by=actor_of(request), at=clock.now()
    )
    said = npgettext("cases", "%(n)s rule was taken over.", "%(n)s rules were taken over.", len(kept))
    messages.success(request, said % {"n": len(kept)})
    return redirect("routing:rules")


def _kind_named(word: str) -> str:
    """A kind by its code, or by what a class, a tile or a group is called; the narrowest wins."""
    if word.partition(":")[0] in ("class", "tile", "group"):
        return word
    for row in standards.classes():
        if word == row.name.zh_hans and standards.conditions_of(row.id):
            return f"class:{row.key}"
    tile = next((tile for tile in standards.tiles() if word == tile.name.zh_hans), None)
    if tile is not None:
        return f"tile:{tile.code}"
    group = next((row for row in standards.classes() if word == row.group.zh_hans), None)
    return f"group:{group.key.scheme}:{group.key.kind}:{group.group_code}" if group else word


def _place_named(word: str) -> str:
    """A place by its code, or by its name if only one is called so."""
    if found := places.division(word):
        return found.code
    levels = (Level.COUNTY, Level.TOWN, Level.VILLAGE)
    named = [
        place
        for place in places.search(word, levels=levels, limit=20)
        if word in (place.name, place.short_name, place.label, place.full_label)
    ]
    return named[0].code if len(named) == 1 else word


def _unit_named(word: str) -> str:
    """A unit by its code or by one of its names."""
    return next((unit.code for unit in places.organisations() if word in (unit.code, unit.short_name, unit.name)), word)


FINDERS = Finders(kind=_kind_named, place=_place_named, unit=_unit_named, source=source_named)
