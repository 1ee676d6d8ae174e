# SPDX-License-Identifier: Apache-2.0
"""Upload a ledger, confirm its columns once, look at what would become of each row, let the good ones in."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import LedgerRowState, LedgerStanding, LedgerState
from jiayuan.cases.intake.ledger import mapping_from
from jiayuan.cases.queries import LedgerImport, Shown
from jiayuan.kernel import clock
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.places import queries as places
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.wording import class_name
from jiayuan.web.guards import needs
from jiayuan.web.ledger.download import wrong_rows_book
from jiayuan.web.ledger.forms import UploadForm, column_questions, field_choices

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TONES = {
    LedgerState.UPLOADED: "waiting",
    LedgerState.CHECKED: "waiting",
    LedgerState.IMPORTING: "moving",
    LedgerState.DONE: "done",
}

_SHOWN = dict.fromkeys(LedgerState, LedgerRowState.IMPORTED) | {LedgerState.CHECKED: LedgerRowState.GOOD}


@needs(May.IMPORT_LEDGER)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; below are the ledgers that this person uploaded before."""
    actor = actor_of(request)
    areas = [(place.code, place.label) for place in queries.areas_to_import(actor)]
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, areas=areas)
        if form.is_valid():
            ledger = _uploaded(request, form)
            if ledger is not None:
                return HttpResponseRedirect(reverse("ledger:ledger", args=[ledger.handle]))
    else:
        form = UploadForm(areas=areas)
    lines = [_line(ledger) for ledger in queries.ledgers_of(actor)]
    return render(request, "ledger/upload.html", {"form": form, "lines": lines}, status=422 if form.errors else 200)


def _uploaded(request: HttpRequest, form: UploadForm) -> LedgerImport | None:
    file = form.cleaned_data["file"]
    try:
        return services.upload_ledger(
            data=file.read(), file_name=file.name, by=actor_of(request), at=clock.now(), **form.given()
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        form.show(refusal)
        return None


def _line(ledger: LedgerImport) -> dict[str, Any]:
    return {
        "name": ledger.file_name,
        "url": reverse("ledger:ledger", args=[ledger.handle]),
        "at": ledger.uploaded_at,
        "tone": TONES[LedgerState(ledger.state)],
        "state": LedgerState(ledger.state).label,
        "imported": ledger.imported,
        "wrong": ledger.wrong,
    }


def _found(request: HttpRequest, handle: str) -> LedgerImport:
    ledger = queries.ledger_of(actor_of(request), handle)
    if ledger is None:
        raise Http404
    return ledger


@needs(May.IMPORT_LEDGER)
@require_GET
def ledger_page(request: HttpRequest, handle: str) -> HttpResponse:
    """A ledger as far as it is: its columns to be confirmed, the trial, the import under way, or what came of it."""
    ledger = _found(request, handle)
    asks = ledger.state == LedgerState.UPLOADED or (ledger.state == LedgerState.CHECKED and "columns" in request.GET)
    if asks:
        return _ask_columns(request, ledger, sheet=_number(request.GET.get("sheet", ""), ledger.sheet))
    return _show_trial(request, ledger)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else otherwise


def _ask_columns(
    request: HttpRequest, ledger: LedgerImport, *, sheet: int, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    laid = queries.laid_out(ledger, sheet=sheet)
    said = mapping_from(request.POST.dict(), laid.head) if refusal and laid.head else laid.columns
    context = {
        "ledger": ledger,
        "sheet": sheet,
        "sheets": list(enumerate(laid.sheets)),
        "titles": laid.head.titles[:4] if laid.head else (),
        "questions": column_questions(laid.head, said) if laid.head else [],
        "fields": field_choices(),
        "refusal": refusal,
    }
    return render(request, "ledger/columns.html", context, status=status)


@needs(May.IMPORT_LEDGER)
@require_POST
def columns(request: HttpRequest, handle: str) -> HttpResponse:
    """Try the ledger out with these columns; they are kept for the next sheet of the same shape."""
    ledger = _found(request, handle)
    sheet = _number(request.POST.get("sheet", ""), ledger.sheet)
    laid = queries.laid_out(ledger, sheet=sheet)
    said = mapping_from(request.POST.dict(), laid.head) if laid.head else {}
    try:
        services.map_ledger(ledger_id=ledger.pk, sheet=sheet, columns=said, by=actor_of(request), at=clock.now())
    except NotPermitted:
        raise
    except Refused as refusal:
        if refusal.field != "columns":
            raise
        return _ask_columns(request, ledger, sheet=sheet, refusal=refusal, status=422)
    return HttpResponseRedirect(reverse("ledger:ledger", args=[ledger.handle]))


def _show_trial(request: HttpRequest, ledger: LedgerImport) -> HttpResponse:
    state = LedgerState(ledger.state)
    context = {
        "ledger": ledger,
        "state": state.value,
        "tone": TONES[state],
        "word": state.label,
        "is_running": state is LedgerState.IMPORTING,
        "to_come": ledger.good,
        "before": queries.imported_before(ledger) if state is LedgerState.CHECKED else None,
        "wrong": queries.ledger_rows(ledger, LedgerRowState.WRONG),
        "good": [_preview(row) for row in queries.ledger_rows(ledger, _SHOWN[state])],
        "passed": queries.ledger_rows(ledger, LedgerRowState.KNOWN, LedgerRowState.LEFT_OUT, most=10),
    }
    return render(request, "ledger/trial.html", context)


def _preview(row: Shown) -> dict[str, Any]:
    """A row as it would become a case."""
    if row.handle:
        return _imported(row)
    values = row.values
    standing = LedgerStanding(values.get("standing", LedgerStanding.OPEN))
    return {
        "number": row.number,
        "place": " ".join(part for part in (values.get("village_said"), values.get("place_text")) if part),
        "what": values.get("class_said", ""),
        "text": values.get("text", ""),
        "quantity": values.get("quantity", ""),
        "found_on": date.fromisoformat(values["found_on"]) if values.get("found_on") else None,
        "standing": "" if standing is LedgerStanding.OPEN else standing.label,
        "notes": [remark.sentence for remark in row.remarks],
        "url": "",
    }


def _imported(row: Shown) -> dict[str, Any]:
    """A row as the case that it became."""
    return {
        "number": row.number,
        "place": places.path_name(row.village),
        "what": class_name(row.class_id),
        "found_on": row.found_on,
        "url": reverse("cases:case", args=[row.handle]),
    }


@needs(May.IMPORT_LEDGER)
@require_POST
def let_in(request: HttpRequest, handle: str) -> HttpResponse:
    """Let the good rows in; the page then says how far it is."""
    ledger = _found(request, handle)
    services.start_import(ledger_id=ledger.pk, by=actor_of(request), at=clock.now())
    return HttpResponseRedirect(reverse("ledger:ledger", args=[ledger.handle]))


@needs(May.IMPORT_LEDGER)
@require_GET
def wrong_rows(request: HttpRequest, handle: str) -> HttpResponse:
    """The rows to be corrected as a sheet, with what is wrong in its last column."""
    sheet = queries.wrong_sheet(_found(request, handle))
    if sheet is None or not sheet.rows:
        raise Http404
    answer = HttpResponse(wrong_rows_book(sheet), content_type=XLSX)
    name = quote(pgettext("cases", "to be corrected") + ".xlsx")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
