# SPDX-License-Identifier: Apache-2.0
"""A case on paper: a page of A4 with its facts, its course, its pictures and lines to sign.

Paper goes from hand to hand, so nothing about the reporter stands on it, whoever prints it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from jiayuan.cases import queries
from jiayuan.cases.access import May
from jiayuan.cases.queries import Case
from jiayuan.kernel import clock
from jiayuan.media import queries as media
from jiayuan.media.enums import PhotoRole
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import wording
from jiayuan.web.cases.desk import Line, line_of, picture
from jiayuan.web.guards import needs
from jiayuan.web.templatetags.jiayuan import full_moment

MOST_PICTURES = 2

Fact = tuple[str, str]


@needs(May.SEE)
@require_GET
def sheet(request: HttpRequest, handle: str) -> HttpResponse:
    """The page to be printed."""
    actor, now = actor_of(request), clock.now()
    case = queries.case_seen_by(actor, handle)
    if case is None:
        raise Http404
    line, texts = line_of(case, now, by=actor), queries.texts_of(case)
    photos = media.photos_of(case.ref)
    before = [picture(photo) for photo in photos if photo.role == PhotoRole.BEFORE]
    # What counts afterwards is the latest try; the pictures of an earlier one stand on the page of the case.
    after = [picture(photo) for photo in photos if photo.role == PhotoRole.AFTER]
    shots = [(PhotoRole.BEFORE.label, before[:MOST_PICTURES]), (PhotoRole.AFTER.label, after[-MOST_PICTURES:])]
    told = [text.body for text in texts.values() if text.kind == "report"]
    place_told = " ".join(text.body for text in texts.values() if text.kind == "place")
    context = {
        "case": case,
        "line": line,
        "facts": [(name, words) for name, words in _facts(case, line, place_told) if words],
        "told": told,
        "shots": [(name, pictures) for name, pictures in shots if pictures],
        "entries": wording.timeline(queries.history_of(case), texts)[::-1],
        "printed_at": now,
    }
    return render(request, "cases/sheet.html", context)


def _facts(case: Case, line: Line, place_told: str) -> Iterable[Fact]:
    """What stands in the head of the sheet; what is not known is left out."""
    kept = standards.problem_class(case.problem_class_id)
    yield pgettext("cases", "Receipt code"), case.handle
    yield pgettext("cases", "State"), line.mark.word
    yield pgettext("cases", "What it is"), f"{kept.key.code} {kept.name}"
    yield pgettext("cases", "How many"), str(case.quantity)
    yield pgettext("cases", "Where"), line.where
    yield pgettext("cases", "Where exactly"), place_told
    yield pgettext("cases", "Source"), case.get_source_display()
    yield pgettext("cases", "Number elsewhere"), case.outside_number
    yield pgettext("cases", "Reported at"), full_moment(case.reported_at)
    yield pgettext("cases", "Due elsewhere"), _said(case.outside_due_at)
    yield pgettext("cases", "Unit"), line.unit
    yield pgettext("cases", "Due at"), _said(case.due_at)
    yield from _conditions(case)
    yield pgettext("cases", "Fed back at"), _said(case.fed_back_at)
    yield pgettext("cases", "Ended"), _said(case.ended_at)
    yield pgettext("cases", "In time"), line.due.words if line.due and case.in_time is not None else ""
    yield pgettext("cases", "Times sent back"), str(case.reworks or "")


def _conditions(case: Case) -> Iterable[Fact]:
    if case.condition_id is None:
        return
    condition = standards.condition(case.condition_id)
    limit = wording.limit_words(condition.limit.kind, condition.limit.value)
    yield pgettext("cases", "Filed as"), f"{condition.name} · {limit}"
    yield pgettext("cases", "Done when"), str(condition.closes_when)


def _said(at: datetime | None) -> str:
    return full_moment(at) if at is not None else ""
