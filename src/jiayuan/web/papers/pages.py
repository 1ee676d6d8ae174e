# SPDX-License-Identifier: Apache-2.0
"""A paper on the screen, with where its numbers come from, and its files."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from jiayuan.kernel.handles import read_handle
from jiayuan.papers import queries
from jiayuan.papers.document import Slot, Table
from jiayuan.papers.enums import Format, Standing
from jiayuan.papers.queries import Line, PaperView, Plate, Sheet
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import public

TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TONES = {Standing.VALID: "done", Standing.CORRECTED: "waiting", Standing.VOID: "refused"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a number in the text comes from."""

    n: int
    slot: Slot


def found(handle: str) -> PaperView | None:
    """The paper with a handle as it was typed, or None."""
    read = read_handle(handle)
    return queries.paper(read) if read else None


def _readable(request: HttpRequest, handle: str) -> PaperView:
    """A paper that the reader may read whole; any other does not exist."""
    view = found(handle)
    if view is None or not queries.may_read(actor_of(request), view.row):
        raise Http404
    return view


@public
@require_GET
def paper(request: HttpRequest, handle: str) -> HttpResponse:
    """The paper as it reads, its files, and where its numbers come from."""
    view = _readable(request, handle)
    sheet = queries.sheet_of(view)
    origins = {id(slot): Origin(n=n, slot=slot) for n, slot in enumerate(_slots(sheet), start=1)}
    context = {
        "view": view,
        "sheet": sheet,
        "tone": TONES[view.row.standing],
        "body": [_block(one, origins) for one in sheet.body],
        "annexes": [(label, title, [_block(one, origins) for one in body]) for label, title, body in sheet.annexes],
        "origins": list(origins.values()),
        "files": [(format_.value, format_.label) for format_ in view.formats],
        "may_void": view.row.standing != Standing.VOID and queries.may_void(actor_of(request), view.row),
        "is_staff": queries.sees_papers(actor_of(request)),
    }
    return render(request, "papers/paper.html", context)


def _slots(sheet: Sheet) -> Iterator[Slot]:
    for one in (*sheet.body, *(block for _, _, some in sheet.annexes for block in some)):
        if isinstance(one, Line):
            yield from (run for run in one.runs if isinstance(run, Slot))


def _block(one: Line | Table | Plate, origins: dict[int, Origin]) -> dict[str, Any]:
    """A line, table or plate for the template: which tag it is, and its runs with the numbers of their origins."""
    if isinstance(one, Table):
        return {"table": one}
    if isinstance(one, Plate):
        figures = [(n, figure, queries.below_figure(n, figure)) for n, figure in one.figures]
        return {"figures": figures, "per_row": one.per_row}
    runs = [(run.text, origins[id(run)].n if id(run) in origins else 0) for run in one.runs]
    return {"level": one.level, "label": one.label, "heading": one.heading, "runs": runs}


@public
@require_GET
def figure(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """The picture of a figure."""
    data = queries.figure_of(_readable(request, handle), number)
    if data is None:
        raise Http404
    answer = HttpResponse(data, content_type="image/webp")
    # A photo may be taken back at any moment, and then nobody shall see it from a cache.
    answer["Cache-Control"] = "private, no-store"
    return answer


@public
@require_GET
def download(request: HttpRequest, handle: str, ending: str) -> HttpResponse:
    """A file of a paper."""
    view = _readable(request, handle)
    try:
        format_ = Format(ending)
        data = queries.file_of(view, format_)
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    answer = HttpResponse(data, content_type=TYPES[format_])
    name = f"{view.row.number.text} {view.row.title}"
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{format_}")
    return answer
