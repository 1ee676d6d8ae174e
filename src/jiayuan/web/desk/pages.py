# SPDX-License-Identifier: Apache-2.0
"""To-do and inbox. The to-do list asks the live tables, so it never shows what somebody else has just done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import queries as cases
from jiayuan.duties.access import May as Duties
from jiayuan.inspections.access import May as Inspections
from jiayuan.kernel import clock
from jiayuan.kernel.access import holds
from jiayuan.notices import queries as notices
from jiayuan.notices import services as notice_services
from jiayuan.papers.queries import sees_papers
from jiayuan.standards import queries as standards
from jiayuan.standards.access import May
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import telling
from jiayuan.web.cases.desk import Line, line
from jiayuan.web.clearing.waiting import waiting
from jiayuan.web.guards import signed_in
from jiayuan.web.inspections.rounds import drawn_for
from jiayuan.web.releases.waiting import waiting as photos_waiting
from jiayuan.web.routing.proposing import suggested_units
from jiayuan.web.supervision.waiting import waiting as on_sheets
from jiayuan.web.whistles import wording

SHOWN = 8
"""So many rows of a heap stand on the page; the others are a link away, so that no heap hides the next one."""


@dataclass(frozen=True, slots=True)
class Heap:
    """A heap as the page shows it: its most urgent rows, and where all of them are."""

    key: str
    name: str
    count: str
    lines: Sequence[Any]
    everything: str


@signed_in
@require_GET
def todo(request: HttpRequest) -> HttpResponse:
    """Heaps of what waits for this person, the most urgent first in each; ``of`` names the one that is shown whole."""
    now, whole = clock.now(), request.GET.get("of", "")
    names = _names()
    heaps = [
        _heap(heap.verb, names[heap.verb], _lines(request, heap, now), whole, is_cut_off=heap.more)
        for heap in cases.to_do(actor_of(request))
    ]
    warnings = standards.calendar_findings(clock.today()) if holds(actor_of(request), May.KEEP_CALENDAR) else ()
    context = {
        "heaps": heaps,
        "clearing": [
            _heap(heap.key, heap.name, heap.lines, whole, count=heap.count)
            for heap in (*waiting(actor_of(request)), *on_sheets(actor_of(request)), *photos_waiting(actor_of(request)))
        ],
        "whistles": [_heap(heap.key, heap.name, heap.lines, whole) for heap in wording.waiting(actor_of(request), now)],
        "sees_papers": sees_papers(actor_of(request)),
        "drawn": drawn_for(actor_of(request)) if holds(actor_of(request), Inspections.INSPECT) else [],
        "sees_whistles": holds(actor_of(request), Duties.SEE_WHISTLES),
        "warnings": warnings,
    }
    return render(request, "desk/todo.html", context)


def _heap(
    key: str, name: str, lines: Sequence[Any], whole: str, *, is_cut_off: bool = False, count: int | None = None
) -> Heap:
    """A heap with its first rows, or with all of them if it is the one that was asked for."""
    shown = lines if key == whole else lines[:SHOWN]
    everything = f"?{urlencode({'of': key})}#{key}" if len(shown) < len(lines) else ""
    return Heap(key, name, f"{len(lines) if count is None else count}{'+' if is_cut_off else ''}", shown, everything)


def _lines(request: HttpRequest, heap: cases.Heap, now: datetime) -> list[Line]:
    """The rows of a heap; where a dispatch waits, with the unit that the rules name."""
    lines = [line(row, now, by=actor_of(request)) for row in heap.rows]
    if heap.verb != "dispatch":
        return lines
    units = suggested_units(heap.rows, now)
    return [replace(one, unit=units.get(row.id, "")) for one, row in zip(lines, heap.rows, strict=True)]


def _names() -> dict[str, Any]:
    return {
        "handle": pgettext("cases", "To be put right"),
        "check": pgettext("cases", "To be checked"),
        "triage": pgettext("cases", "To be filed"),
        "verify": pgettext("cases", "To be verified on site"),
        "dispatch": pgettext("cases", "To be dispatched"),
        "returned": pgettext("cases", "Returned, to be decided"),
        "answer": pgettext("cases", "Somebody asks"),
        "decide_appeal": pgettext("cases", "Appeals to be decided"),
    }


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The person's notices, newest first."""
    before, only = request.GET.get("before", ""), request.GET.get("only", "")
    box = notices.inbox(
        actor_of(request),
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        unread_only=only == "unread",
        kinds=telling.HEAPS[only][1] if only in telling.HEAPS else (),
    )
    older = f"?{urlencode({'only': only, 'before': box.older_than})}" if box.older_than else ""
    heaps = [("", pgettext("cases", "All")), ("unread", pgettext("notices", "New"))]
    heaps += [(code, str(name)) for code, (name, _) in telling.HEAPS.items()]
    chips = [
        {"label": name, "url": f"?only={code}" if code else "?", "is_on": code == only, "count": None}
        for code, name in heaps
    ]
    return render(request, "desk/inbox.html", {"notices": box.notices, "older": older, "chips": chips})


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    notice_services.mark_read(by=actor_of(request), at=clock.now())
    return HttpResponseRedirect(reverse("desk:inbox"))
