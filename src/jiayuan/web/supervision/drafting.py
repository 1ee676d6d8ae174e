# SPDX-License-Identifier: Apache-2.0
"""Drafting a sheet: first the unit, then what it has in hand, ticked; nothing about a case is typed again."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.cases import queries as cases
from jiayuan.cases.access import May as Cases
from jiayuan.cases.enums import Order, State
from jiayuan.cases.intake.lists import Filter
from jiayuan.inspections import queries as inspections
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, may
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.supervision import queries, services
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import SheetState
from jiayuan.supervision.intake import SheetInput, sheet_from
from jiayuan.supervision.queries import KINDS_OF_PAPER, Sheet
from jiayuan.supervision.services import SheetId
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.desk import line
from jiayuan.web.guards import needs
from jiayuan.web.supervision.forms import DAYS, SheetForm, UnitForm
from jiayuan.web.supervision.offices import offices_for
from jiayuan.web.supervision.pages import found

MOST_SHOWN = 200
MOST_UNITS = 12


@needs(May.ISSUE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new sheet: without a unit the question for it, with one its open cases."""
    code = request.GET.get("unit", "")
    unit = places.organisation_by_code(code)
    if unit is None:
        return _choose_unit(request)
    return _draft_page(request, unit, None)


def _choose_unit(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("unit_query", "").strip()
    form = UnitForm(initial={"unit_query": asked})
    if asked or request.GET.get("unit"):
        form = UnitForm({"unit_query": asked})
    found_units = _units(actor_of(request), asked)
    if asked and not found_units:
        message = pgettext("supervision", "No unit in your reach is called so.")
        form.show(Refused("unknown_unit", message, field="unit_query"))
    context = {"form": form, "units": found_units, "most": MOST_UNITS}
    return render(request, "supervision/unit.html", context)


def _units(actor: Actor, asked: str) -> list[places.Unit]:
    """Units by a part of their name that the actor may issue sheets to."""
    if not asked:
        return []
    named = [unit for unit in places.organisations() if asked in unit.name or asked in unit.short_name]
    reached = (unit for unit in named if _may_issue_to(actor, unit))
    return list(reached)[:MOST_UNITS]


def _may_issue_to(actor: Actor, unit: places.Unit) -> bool:
    home = queries.home_of(unit.id)
    return home is not None and may(actor, May.ISSUE, at=queries.spot_of_unit(unit.id, home))


@needs(May.ISSUE)
@require_GET
def from_round(request: HttpRequest, handle: str) -> HttpResponse:
    """What a published round found, by the unit that has it in hand: one press drafts its list."""
    actor = actor_of(request)
    view = inspections.round_seen_by(actor, handle)
    if view is None or view.published_at is None:
        raise Http404
    made = {one.case_id for _, one in inspections.findings_of_round(view.id) if one.case_id is not None}
    found = [case for case in cases.cases_by_id(made) if may(actor, Cases.SEE, at=case.spot)]
    listed = queries.listed_cases([case.pk for case in found])
    held: dict[int, list[str]] = {}
    for case in found:
        if case.state in queries.IN_HAND and case.unit_id is not None and case.pk not in listed:
            held.setdefault(case.unit_id, []).append(case.handle)
    context = {
        "round": view,
        "units": [_unit_line(unit_id, handles, handle) for unit_id, handles in sorted(held.items())],
        "listed": len(listed),
        "waiting": sum(case.state in _NOT_OUT for case in found),
    }
    return render(request, "supervision/from_round.html", context)


_NOT_OUT = (State.REPORTED, State.VERIFYING, State.VERIFIED, State.FILED, State.RETURNED)


def _unit_line(unit_id: int, handles: list[str], round_handle: str) -> dict[str, Any]:
    unit = places.organisation(unit_id)
    code = unit.code if unit else ""
    query = urlencode({"unit": code, "case": handles, "source": "inspection", "ref": round_handle}, doseq=True)
    return {
        "name": unit.short_name if unit else "",
        "n": len(handles),
        "url": f"{reverse('supervision:new')}?{query}",
    }


@needs(May.ISSUE)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, handle: str) -> HttpResponse:
    """Change a draft: its unit stays, everything else may become another."""
    sheet = found(request, handle)
    unit = places.organisation(sheet.unit_id)
    if sheet.state != SheetState.DRAFT or unit is None:
        raise Http404
    return _draft_page(request, unit, sheet)


def _draft_page(request: HttpRequest, unit: places.Unit, sheet: Sheet | None) -> HttpResponse:
    if not _may_issue_to(actor_of(request), unit):
        raise Http404
    offices = offices_for(actor_of(request), set(KINDS_OF_PAPER.values()))
    if request.method == "POST":
        form = SheetForm(request.POST, offices=offices)
        try:
            made = _save(request, unit, sheet)
            return HttpResponseRedirect(reverse("supervision:one", args=[made.handle]))
        except NotPermitted:
            raise
        except Refused as refusal:
            form.show(refusal)
            status = 409 if isinstance(refusal, Stale) else 422
            return _render(request, unit, sheet, form, set(request.POST.getlist("case")), status=status)
    form = SheetForm(initial=_initial(sheet, offices) | _asked_for(request), offices=offices)
    return _render(request, unit, sheet, form, _picked(request, sheet), status=200)


def _save(request: HttpRequest, unit: places.Unit, sheet: Sheet | None) -> Sheet:
    by, at = actor_of(request), clock.now()
    picked = cases.cases_named(by, request.POST.getlist("case"))
    campaign = standards.campaign_on(clock.on(at))
    raw = {**request.POST.dict(), "unit": unit.code}
    given: SheetInput = sheet_from(
        raw, cases=[case.pk for case in picked], unit=lambda _code, _field: unit.id,
        campaign=campaign.code if campaign else "",
    )  # fmt: skip
    if sheet is None:
        return services.draft_sheet(given=given, by=by, at=at)
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else None
    return services.write_draft(sheet_id=SheetId(sheet.pk), given=given, by=by, at=at, version=version)


def _initial(sheet: Sheet | None, offices: list[tuple[str, str]]) -> dict[str, Any]:
    if sheet is None:
        return {"days": DAYS, "office": offices[0][0] if offices else "", "kind": "list", "source": "desk"}
    matters = queries.matters_of(queries.items_of(sheet))
    return {
        "kind": sheet.kind,
        "office": sheet.office,
        "source": sheet.source,
        "days": sheet.days,
        "requirement": sheet.requirement,
        "source_ref": sheet.source_ref,
        "matter": next(iter(matters.values()), ""),
    }


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the page before knew of the sheet's source."""
    known = {"source": request.GET.get("source", ""), "source_ref": request.GET.get("ref", "")}
    return {name: value for name, value in known.items() if value}


def _picked(request: HttpRequest, sheet: Sheet | None) -> set[str]:
    """What is ticked at first: what the draft lists, or what was chosen on the page before."""
    if sheet is not None:
        return {item.case.handle for item in queries.items_of(sheet) if item.case is not None}
    return set(request.GET.getlist("case"))


def _render(
    request: HttpRequest, unit: places.Unit, sheet: Sheet | None, form: SheetForm, picked: Iterable[str], *, status: int
) -> HttpResponse:
    now, actor = clock.now(), actor_of(request)
    narrowed = Filter(unit_id=unit.id, order=Order.DUE, states=queries.IN_HAND)
    rows = list(cases.every_case(actor, narrowed=narrowed, at_most=MOST_SHOWN))
    listed = queries.listed_cases([row.id for row in rows], but=sheet.pk if sheet else None)
    context = {
        "form": form,
        "unit": unit,
        "sheet": sheet,
        "client_id": request.POST.get("client_id") or str(uuid4()),
        "rows": [
            {"line": line(row, now, by=actor), "handle": row.handle, "is_picked": row.handle in set(picked)}
            for row in rows
            if row.id not in listed
        ],
        "listed": len(listed),
        "most": MOST_SHOWN if len(rows) >= MOST_SHOWN else 0,
    }
    return render(request, "supervision/draft.html", context, status=status)
