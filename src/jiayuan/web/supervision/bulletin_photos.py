# SPDX-License-Identifier: Apache-2.0
"""Which photos a bulletin shows: chosen from those of its problems that a person has released."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import npgettext
from django.views.decorators.http import require_http_methods

from jiayuan.kernel import clock
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.media.enums import PublicVariant
from jiayuan.media.queries import public_url
from jiayuan.supervision import queries, services
from jiayuan.supervision.access import May
from jiayuan.supervision.enums import B
from jiayuan.supervision.queries import Bulletin
from jiayuan.supervision.services import BulletinId
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.supervision.bulletins import found_bulletin, version_in
from jiayuan.web.supervision.pages import refusals_in


@needs(May.SEE)
@require_http_methods(["GET", "POST"])
def photos(request: HttpRequest, handle: str) -> HttpResponse:
    """The released photos of a bulletin's problems; whoever writes it ticks those that it shows."""
    bulletin = found_bulletin(request, handle)
    if request.method != "POST":
        return _page(request, bulletin)
    chosen = _handles(request)
    try:
        done = services.choose_photos(
            bulletin_id=BulletinId(bulletin.pk),
            photos=chosen,
            by=actor_of(request),
            at=clock.now(),
            version=version_in(request),
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        status = 409 if isinstance(refusal, Stale) else 422
        return _page(request, found_bulletin(request, handle), refusal=refusal, chosen=chosen, status=status)
    n = done.photos.count()
    told = npgettext("supervision", "The bulletin shows %(n)s photo.", "The bulletin shows %(n)s photos.", n)
    messages.success(request, told % {"n": n})
    return HttpResponseRedirect(reverse("bulletins:one", args=[handle]))


def _handles(request: HttpRequest) -> set[UUID]:
    """The photos that were ticked; what is no handle is none that could have been released."""
    found = set()
    for typed in request.POST.getlist("photos"):
        try:
            found.add(UUID(typed))
        except ValueError:
            found.add(UUID(int=0))
    return found


def _page(
    request: HttpRequest,
    bulletin: Bulletin,
    *,
    refusal: Refused | None = None,
    chosen: set[UUID] | None = None,
    status: int = 200,
) -> HttpResponse:
    offered = queries.photos_offered(bulletin)
    context = {
        "bulletin": bulletin,
        "photos": [_photo(one, chosen) for one in offered],
        "may_choose": B.EDIT in queries.bulletin_moves_for(actor_of(request), bulletin),
        "refusals": refusals_in(refusal),
    }
    return render(request, "supervision/bulletin_photos.html", context, status=status)


def _photo(one: queries.OfferedPhoto, chosen: set[UUID] | None) -> dict[str, Any]:
    return {
        "handle": one.handle,
        "url": public_url(one.handle, PublicVariant.THUMB),
        "caption": one.caption,
        "is_chosen": one.is_chosen if chosen is None else one.handle in chosen,
    }
