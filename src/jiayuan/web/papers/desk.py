# SPDX-License-Identifier: Apache-2.0
"""Papers at the desk: a list that can be narrowed, and making one void."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.kernel import clock
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line
from jiayuan.papers import queries, services
from jiayuan.papers.access import May
from jiayuan.papers.enums import VoidReason
from jiayuan.papers.queries import PaperRow, PaperView
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.papers.forms import NarrowForm, VoidForm
from jiayuan.web.papers.pages import TONES, found

ROWS = 50
LONGEST_NOTE = 200


@needs(May.SEE)
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """The papers in reach, the newest first."""
    form = NarrowForm(request.GET, offices=[(one.code, one.name) for one in queries.offices()])
    asked = {name: str(value) for name, value in (form.cleaned_data if form.is_valid() else {}).items() if value}
    words = asked.pop("q", "")
    rows = queries.papers_seen_by(actor_of(request), words=words, **asked)
    page = _page(request)
    shown = queries.rows_of(rows[(page - 1) * ROWS : page * ROWS + 1])
    context = {
        "form": form,
        "rows": [_line(row) for row in shown[:ROWS]],
        "is_narrowed": bool(asked or words),
        "newer": _address(request, page - 1) if page > 1 else "",
        "older": _address(request, page + 1) if len(shown) > ROWS else "",
    }
    return render(request, "papers/list.html", context)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _address(request: HttpRequest, page: int) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "page" and value}
    return f"?{urlencode(kept | {'page': page})}"


def _line(row: PaperRow) -> dict[str, Any]:
    return {"row": row, "tone": TONES[row.standing], "url": reverse("papers:paper", args=[row.handle])}


@needs(May.VOID)
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, handle: str) -> HttpResponse:
    """Make a paper void, with a reason that everybody reads."""
    view = found(handle)
    if view is None or not queries.may_void(actor_of(request), view.row):
        raise Http404
    form, status = VoidForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        try:
            _refuse_belonging(view)
            _void(request, view.row.id)
        except Refused as refusal:
            form.show(refusal)
            status = 422
        else:
            messages.success(request, pgettext("papers", "The paper is void. Its number is not given again."))
            return HttpResponseRedirect(reverse("papers:paper", args=[view.row.handle]))
    return render(request, "papers/void.html", {"view": view, "form": form}, status=status)


def _refuse_belonging(view: PaperView) -> None:
    """What a paper orders would go on under a number that is void: where it was issued both are made void."""
    if view.about is not None:
        message = pgettext_lazy("papers", "This paper belongs to a matter that goes on. Make it void there.")
        raise Refused("belongs", message)


def _void(request: HttpRequest, paper_id: int) -> None:
    reason = request.POST.get("reason", "")
    if reason not in VoidReason.values:
        raise Refused("no_reason", pgettext("papers", "Choose why it is void."), field="reason")
    note = one_line(request.POST.get("note", ""), field="note", longest=LONGEST_NOTE)
    services.void(paper_id=paper_id, reason=VoidReason(reason), note=note, by=actor_of(request), at=clock.now())
