# SPDX-License-Identifier: Apache-2.0
"""The gallery's two pages, one in each shell."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jiayuan.web.gallery import samples
from jiayuan.web.guards import public


@public
def public_parts(request: HttpRequest) -> HttpResponse:
    """The parts that residents meet."""
    _only_where_shown()
    viewbox, cells = samples.cells()
    context = {
        "form": samples.SampleForm({"where": "", "found": "maybe"}),
        "fresh": samples.SampleForm(prefix="fresh"),
        "steps": samples.STEPS,
        "tiles": samples.TILES,
        "chips": samples.chips(),
        "entries": samples.entries(),
        "before": samples.before(),
        "after": samples.after(),
        "facts": samples.facts(),
        "viewbox": viewbox,
        "cells": cells,
        "key": samples.key(),
        "ranks": samples.ranks(),
        "noon": samples.NOON,
    }
    return render(request, "gallery/public.html", context)


@public
def desk_parts(request: HttpRequest) -> HttpResponse:
    """The parts that staff meet."""
    _only_where_shown()
    viewbox, cells = samples.cells()
    context = {
        "form": samples.SampleForm({"where": "", "found": "maybe"}),
        "chips": samples.chips(),
        "entries": samples.entries(),
        "before": samples.before(),
        "after": samples.after(),
        "rows": samples.rows(),
        "table_rows": samples.table_rows(),
        "viewbox": viewbox,
        "cells": cells,
        "key": samples.key(),
        "ranks": samples.ranks(),
        "noon": samples.NOON,
    }
    return render(request, "gallery/desk.html", context)


def _only_where_shown() -> None:
    if not settings.PARTS_GALLERY:
        raise Http404
