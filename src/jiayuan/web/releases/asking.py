# SPDX-License-Identifier: Apache-2.0
"""How far each photo of a case is on its way to the public, for the case's page, and asking for one by hand."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.media import queries, services
from jiayuan.media.access import May
from jiayuan.media.queries import PhotoShown
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.media.sight import found_photo
from jiayuan.web.releases.wording import mark_of


def releases_shown(photos: Sequence[PhotoShown], *, spot: Spot, by: Actor) -> list[dict[str, Any]]:
    """A line per photo that is made: how far it is, and for whoever may release it the way on. One query."""
    ready = [photo for photo in photos if photo.is_ready]
    states = queries.release_states([photo.handle for photo in ready]) if ready else {}
    decides = may(by, May.RELEASE, at=spot)
    lines = []
    for number, photo in enumerate(ready, 1):
        state = states.get(photo.handle)
        lines.append(
            {
                "words": f"{photo.role.label} {number}",
                "mark": mark_of(state),
                "url": reverse("releases:one", args=[photo.handle]) if state and decides else "",
                "ask_url": reverse("releases:ask", args=[photo.handle]) if state is None and decides else "",
            }
        )
    return lines


@needs(May.RELEASE)
@require_POST
def ask(request: HttpRequest, handle: UUID) -> HttpResponse:
    """Have a photo looked through now, and lead to its page."""
    by = actor_of(request)
    _photo, spot = found_photo(handle, by)
    services.ask_release(handle=handle, spot=spot, by=by, at=clock.now())
    return HttpResponseRedirect(reverse("releases:one", args=[handle]))
