# SPDX-License-Identifier: Apache-2.0
"""The queue of photos that somebody has to look at, and the page of one: what is covered, and whether it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import queries as cases
from jiayuan.kernel import clock
from jiayuan.kernel.access import may
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.media import queries, services
from jiayuan.media.access import May
from jiayuan.media.enums import PublicVariant, RegionSource, ReleaseState, Variant
from jiayuan.media.queries import ReleaseView, WaitingRelease
from jiayuan.places import queries as places
from jiayuan.record.events import Ref
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.releases.drawing import CANVAS, Drawing, drawing_from, height_of, parts_of, rows_of
from jiayuan.web.releases.waiting import count_words
from jiayuan.web.releases.wording import mark_of

MOST_SHOWN = 60
"""The oldest of the queue: one person looks at no more in a sitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A photo of the queue."""

    url: str
    picture: str
    alt: str
    where: str
    found: str
    asked_at: datetime


@needs(May.RELEASE)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The photos that wait for this person, oldest first."""
    by = actor_of(request)
    lines = [_line(waits) for waits in queries.waiting_releases(by, limit=MOST_SHOWN)]
    count = queries.waiting_count(by) if len(lines) == MOST_SHOWN else len(lines)
    return render(request, "releases/queue.html", {"lines": lines, "count": count_words(count) if count else ""})


def _line(waits: WaitingRelease) -> Line:
    return Line(
        url=reverse("releases:one", args=[waits.handle]),
        picture=reverse("media:photo", args=[waits.handle, Variant.THUMB]),
        alt=str(waits.role.label),
        where=places.path_name(waits.place),
        found=_found_words(waits.faces, waits.plates),
        asked_at=waits.asked_at,
    )


def _found_words(faces: int, plates: int) -> str:
    words = pgettext("media", "Faces proposed: %(faces)s · number plates: %(plates)s")
    return words % {"faces": faces, "plates": plates}


@needs(May.RELEASE)
@require_GET
def one(request: HttpRequest, handle: UUID) -> HttpResponse:
    """One photo with what would be covered, and the decision."""
    return _page(request, _found(request, handle))


def _found(request: HttpRequest, handle: UUID) -> ReleaseView:
    view = queries.release_of(handle)
    if view is None or not may(actor_of(request), May.RELEASE, at=view.spot):
        raise Http404
    return view


def _page(
    request: HttpRequest,
    view: ReleaseView,
    *,
    sent: Drawing | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    high = height_of(view.width, view.height)
    link = queries.first_link(view.handle)
    context = {
        "view": view,
        "mark": mark_of(view.state),
        "where": places.path_name(view.spot.code),
        "alt": str(link[1].label) if link else "",
        "case_url": _case_url(link[0]) if link else "",
        "picture": reverse("media:photo", args=[view.handle, Variant.LARGE]),
        "public_url": queries.public_url(view.handle, PublicVariant.LARGE) if view.is_served else "",
        "wide": CANVAS,
        "high": high,
        "parts": parts_of(view.regions, sent, high=high),
        "found_nothing": not any(region.source is not RegionSource.BRUSH for region in view.regions),
        "rows": rows_of(sent, after=len(view.regions)),
        "blank": rows_of(None, after=0)[0],
        "has_error": sent is not None and not sent.is_whole,
        "refusal": refusal,
        "is_own": queries.is_own_proof(view.handle, actor_of(request)),
        "can_decide": view.state is not ReleaseState.ASKED,
        "is_public": view.state is ReleaseState.CONFIRMED,
        "is_held_back": view.state is ReleaseState.WITHDRAWN,
    }
    return render(request, "releases/one.html", context, status=status)


def _case_url(subject: Ref) -> str:
    handle = cases.handle_of(subject.id) if subject.kind == "case" else ""
    return reverse("cases:case", args=[handle]) if handle else ""


@needs(May.RELEASE)
@require_POST
def decide(request: HttpRequest, handle: UUID) -> HttpResponse:
    """Cover, release or hold back; a refusal comes back with every part as it was ticked and drawn."""
    view, sent = _found(request, handle), drawing_from(request.POST)
    verb = request.POST.get("verb", "")
    if verb not in _VERBS:
        raise Http404
    if not sent.is_whole and verb != "hold_back":
        return _page(request, view, sent=sent, status=422)
    try:
        _VERBS[verb](request, view, sent)
    except Refused as refusal:
        status = 403 if isinstance(refusal, NotPermitted) else 409 if isinstance(refusal, Stale) else 422
        return _page(request, _found(request, handle), sent=sent, refusal=refusal, status=status)
    if verb == "cover":
        return HttpResponseRedirect(reverse("releases:one", args=[handle]))
    after = queries.next_waiting(actor_of(request), after=handle)
    return HttpResponseRedirect(reverse("releases:one", args=[after]) if after else reverse("releases:queue"))


def _given(request: HttpRequest, view: ReleaseView, sent: Drawing) -> dict[str, Any]:
    return {
        "handle": view.handle,
        "kept": sorted(sent.kept),
        "drawn": sent.boxes,
        "seen": sent.seen,
        "spot": view.spot,
        "by": actor_of(request),
        "at": clock.now(),
    }


def _cover(request: HttpRequest, view: ReleaseView, sent: Drawing) -> None:
    services.cover(**_given(request, view, sent))
    messages.success(request, pgettext("media", "Kept. The public sees nothing of it until it is released."))


def _confirm(request: HttpRequest, view: ReleaseView, sent: Drawing) -> None:
    services.confirm_release(**_given(request, view, sent))
    messages.success(request, pgettext("media", "Released. The public sees it as soon as the covered picture is made."))


def _hold_back(request: HttpRequest, view: ReleaseView, sent: Drawing) -> None:
    services.hold_back(handle=view.handle, spot=view.spot, by=actor_of(request), at=clock.now())
    messages.success(request, pgettext("media", "Held back. The public does not see this photo."))


_VERBS: dict[str, Callable[[HttpRequest, ReleaseView, Drawing], None]] = {
    "cover": _cover,
    "confirm": _confirm,
    "hold_back": _hold_back,
}
