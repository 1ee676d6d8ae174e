# SPDX-License-Identifier: Apache-2.0
"""The town's pages: draw a sample with one tap, look at each drawn row before and after, decide; undo an acceptance."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import RowFlaw
from jiayuan.cases.queries import ClearingDraw, ClearingSample
from jiayuan.kernel import clock
from jiayuan.kernel.access import may
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.places import queries as places
from jiayuan.web.asked import actor_of
from jiayuan.web.clearing import wording
from jiayuan.web.clearing.village import RowShown, act, lists_page, refusals_in, rows_shown, version_in
from jiayuan.web.guards import needs

SEED_BYTES = 16
PASSES = "pass"


@needs(May.ACCEPT_CLEARING)
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw the sample of a village and week. The seed comes from the machine: nobody chooses it."""
    try:
        sample = services.draw_sample(
            village=request.POST.get("village", ""),
            week=request.POST.get("week", ""),
            seed=secrets.token_hex(SEED_BYTES),
            by=actor_of(request),
            at=clock.now(),
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        return lists_page(request, refusal=refusal, status=409 if isinstance(refusal, Stale) else 422)
    return HttpResponseRedirect(reverse("clearing:sample", args=[sample.pk]))


@needs(May.SEE_CLEARING)
@require_GET
def sample_page(request: HttpRequest, sample_id: int) -> HttpResponse:
    """One sample: how it was drawn, the drawn rows before and after, and the verdict or the form for it."""
    return _page(request, _found(request, sample_id))


def _found(request: HttpRequest, sample_id: int) -> ClearingSample:
    sample = queries.sample_seen_by(actor_of(request), sample_id) if sample_id < 2**62 else None
    if sample is None:
        raise Http404
    return sample


def _page(
    request: HttpRequest, sample: ClearingSample, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    draws = queries.draws_of(sample)
    shown = rows_shown([draw.row for draw in draws])
    context = {
        "sample": sample,
        "where": places.path_name(sample.village),
        "week": wording.week_words(sample.week),
        "eligible": wording.rows_words(sample.eligible),
        "drawn": [
            _drawn(draw, row, request.POST.get(f"row_{draw.row_id}", ""))
            for draw, row in zip(draws, shown, strict=True)
        ],
        "may_decide": sample.decided_at is None and may(actor_of(request), May.ACCEPT_CLEARING, at=sample.spot),
        "flaws": RowFlaw.choices,
        "refusals": refusals_in(refusal),
    }
    return render(request, "clearing/sample.html", context, status=status)


def _drawn(draw: ClearingDraw, row: RowShown, chosen: str) -> dict[str, Any]:
    return {
        "row": row,
        "name": f"{draw.row.list.handle}-{draw.row.number}",
        "list_url": reverse("clearing:one", args=[draw.row.list.handle]) + f"#row-{draw.row.number}",
        "verdict": "" if draw.passed is None else wording.flaw_words(draw.flaw),
        "passed": bool(draw.passed),
        "chosen": chosen,
    }


@needs(May.ACCEPT_CLEARING)
@require_POST
def decide(request: HttpRequest, sample_id: int) -> HttpResponse:
    """Judge every drawn row at once; what was chosen stays when one is missing."""
    sample = _found(request, sample_id)
    try:
        services.decide_sample(
            sample_id=services.SampleId(sample.pk), flaws=_judged(request.POST), by=actor_of(request), at=clock.now()
        )
    except Refused as refusal:
        status = 403 if isinstance(refusal, NotPermitted) else 409 if isinstance(refusal, Stale) else 422
        return _page(request, _found(request, sample_id), refusal=refusal, status=status)
    return HttpResponseRedirect(reverse("clearing:sample", args=[sample.pk]))


def _judged(posted: Mapping[str, Any]) -> dict[services.RowId, RowFlaw | None]:
    """Row → its flaw, or None for a row that passes; whatever is neither is left out, and the command asks for it."""
    judged: dict[services.RowId, RowFlaw | None] = {}
    for name in posted:
        number = name.removeprefix("row_")
        if name.startswith("row_") and number.isdecimal() and len(number) < 19:
            if posted[name] == PASSES:
                judged[services.RowId(int(number))] = None
            elif posted[name] in RowFlaw.values:
                judged[services.RowId(int(number))] = RowFlaw(posted[name])
    return judged


@needs(May.ACCEPT_CLEARING)
@require_POST
def take_back(request: HttpRequest, handle: str) -> HttpResponse:
    """Undo an acceptance because a row proved wrong, and lead to the list as it stands then."""
    number, flaw = request.POST.get("number", ""), request.POST.get("flaw", "")

    def work(list_id: services.ListId, _kept: list[UUID]) -> None:
        if not number.isdecimal() or len(number) > 4 or flaw not in RowFlaw.values:
            raise Refused("missing_flaws", pgettext("cases", "Choose a row, and what is wrong with it."), field="flaw")
        services.take_back_list(
            list_id=list_id,
            flaws={int(number): RowFlaw(flaw)},
            by=actor_of(request),
            at=clock.now(),
            version=version_in(request),
        )

    return act(request, handle, work)
