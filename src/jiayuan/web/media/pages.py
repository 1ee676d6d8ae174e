# SPDX-License-Identifier: Apache-2.0
"""One page: a variant of a photo, behind the sight of its subject."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot
from jiayuan.media import queries, services
from jiayuan.media.enums import PictureFormat, PublicVariant, Variant
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import public
from jiayuan.web.media.sight import found_photo

# An hour: a page with twenty pictures is not asked for again at every step, and a lost right ends soon.
KEPT_SECONDS = 3600
BY = Actor.system("web.media")
_TYPES = {
    PictureFormat.JPEG: ("image/jpeg", "jpg"),
    PictureFormat.PNG: ("image/png", "png"),
    PictureFormat.WEBP: ("image/webp", "webp"),
    PictureFormat.HEIC: ("image/heic", "heic"),
}


# Who may see a photo is asked of the sight of its subject, so the door itself stands open.
@public
@require_safe
def photo(request: HttpRequest, handle: UUID, variant: str) -> HttpResponse:
    """A picture for whoever may see its subject; 404 for everybody else, also while it is not made yet."""
    if variant in PublicVariant.values:
        return _released(request, handle, PublicVariant(variant))
    _provenance, spot = found_photo(handle, actor_of(request))
    if variant not in Variant.values:
        raise Http404
    if variant == Variant.ORIGINAL:
        return _original(request, handle, spot)
    tag = f'"{handle}-{variant}"'
    if request.headers.get("If-None-Match") == tag:
        return _kept(HttpResponseNotModified(), tag)
    data = queries.picture(handle, Variant(variant))
    if data is None and services.draw_on_view(handle=handle, by=BY, at=clock.now()):
        data = queries.picture(handle, Variant(variant))
    if data is None:
        raise Http404
    return _kept(HttpResponse(data, content_type="image/webp"), tag)


def _released(request: HttpRequest, handle: UUID, variant: PublicVariant) -> HttpResponse:
    """A released picture, for everybody; 404 before a person confirmed it and from the moment it is taken back."""
    mark = queries.public_mark(handle)
    tag = f'"{handle}-{variant}-{mark}"'
    is_known = bool(mark) and request.headers.get("If-None-Match") == tag
    data = queries.public_bytes(handle, variant) if mark and not is_known else None
    if data is None and not is_known:
        raise Http404
    answer = HttpResponseNotModified() if is_known else HttpResponse(data, content_type="image/webp")
    answer.headers["ETag"] = tag
    # Asked again each time: what is taken back must not live on in caches.
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer


def _kept(answer: HttpResponse, tag: str) -> HttpResponse:
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return answer


def _original(request: HttpRequest, handle: UUID, spot: Spot) -> HttpResponse:
    """The bytes as received, to be saved and not shown: refused by name without the right, and remembered."""
    data, form = services.open_original(handle=handle, spot=spot, by=actor_of(request), at=clock.now())
    kind, ending = _TYPES[form]
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{handle}.{ending}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
