# SPDX-License-Identifier: Apache-2.0
"""Score sheets at the desk: readable as sheets, taken away as tables, brought in as tables."""

import csv
from io import StringIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.inspections import queries, services
from jiayuan.inspections.access import May
from jiayuan.inspections.intake import COLUMNS, points_from, sheet_from_table
from jiayuan.inspections.queries import Marks, Sheet, SheetView
from jiayuan.kernel import clock
from jiayuan.kernel.access import holds
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.kernel.handles import new_handle
from jiayuan.kernel.tables import harmless
from jiayuan.kernel.words import one_line
from jiayuan.web.asked import actor_of
from jiayuan.web.duties import table
from jiayuan.web.guards import needs
from jiayuan.web.inspections import wording
from jiayuan.web.inspections.forms import SheetForm
from jiayuan.web.inspections.rounds import sent


@needs(May.SEE)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every sheet in its newest version."""
    context = {"sheets": queries.sheets(), "edits": holds(actor_of(request), May.EDIT_SHEETS)}
    return render(request, "inspections/sheets.html", context)


def _found(code: str, number: int) -> tuple[SheetView, list[SheetView]]:
    versions = queries.versions_of(code)
    view = next((one for one in versions if one.number == number), None)
    if view is None:
        raise Http404
    return view, versions


@needs(May.SEE)
@require_GET
def one(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as a sheet that can be read and printed."""
    view, versions = _found(code, number)
    sheet = queries.sheet_of(view.version_id)
    context = {
        "view": view,
        "versions": versions,
        "modules": wording.sheet_shown(sheet, Marks()),
        "bonus_cap": wording.points(sheet.bonus_cap) if sheet.bonus_cap else "",
    }
    return render(request, "inspections/sheet.html", context)


@needs(May.SEE)
@require_GET
def download(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as a table, to be changed and brought in again."""
    view, _ = _found(code, number)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS.values())
    writer.writerows([[harmless(cell) for cell in row] for row in _rows(queries.sheet_of(view.version_id))])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}-{number}.csv"'
    return answer


def _rows(sheet: Sheet) -> list[list[str]]:
    rows = []
    for module in sheet.modules:
        head = [module.title, wording.points(module.weight)]
        for item in module.items:
            full = "" if item.is_bonus else wording.points(item.full)
            cap = "" if item.cap == item.full else wording.points(item.cap)
            line = [item.key, item.title, full, cap, "1" if item.may_be_absent else "", "1" if item.is_bonus else ""]
            for ground in item.grounds:
                rows.append(
                    [
                        *head,
                        *line,
                        ground.words,
                        ground.effect.value,
                        wording.points(ground.amount) if ground.amount else "",
                        ground.unit.value,
                        str(ground.most or ""),
                        ground.choice,
                        ground.class_key,
                    ]
                )
                head, line = ["", ""], [""] * 6
    return rows


@needs(May.EDIT_SHEETS)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Publish a version from a table; what is wrong in it is told with its line, and nothing is kept."""
    codes = [(one.code, f"{one.title} · {one.number}") for one in queries.sheets()]
    form = SheetForm(sent(request), initial={"code": request.GET.get("code", "")}, codes=codes)
    if request.method == "GET":
        return render(request, "inspections/bring.html", {"form": form})
    context: dict[str, Any] = {"form": form}
    try:
        read = _read(request)
        if not read.wrong:
            version = _published(request, read.sheet)
            messages.success(request, pgettext("inspections", "The version is published."))
            return HttpResponseRedirect(reverse("inspections:sheet", args=[version.sheet.code, version.number]))
        context["wrong"] = read.wrong
    except NotPermitted:
        raise
    except Refused as refusal:
        form.show(refusal)
    return render(request, "inspections/bring.html", context, status=422)


def _read(request: HttpRequest) -> Any:
    file = request.FILES.get("file")
    if file is None:
        raise Refused("missing_file", pgettext("inspections", "Choose the table."), field="file")
    lines = table.lines_of(file.read(), file_name=file.name or "")
    cap = points_from(request.POST.get("bonus_cap", ""), field="bonus_cap")
    return sheet_from_table(lines, bonus_cap=cap, kind=table.finders().kind)


def _published(request: HttpRequest, sheet: Sheet) -> Any:
    code = request.POST.get("code", "")
    known = {one.code: one.title for one in queries.sheets()}
    title = known.get(code) or one_line(request.POST.get("title", ""), field="title", longest=120, needed=True)
    return services.publish_sheet(
        code=code if code in known else new_handle().lower(),
        title=title,
        sheet=sheet,
        source=one_line(request.POST.get("source", ""), field="source", longest=200, needed=True),
        by=actor_of(request),
        at=clock.now(),
    )
