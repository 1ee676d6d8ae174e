# SPDX-License-Identifier: Apache-2.0
"""Photos that come with a form: each readable one is stored before anything else can fail, so none is lost."""

from uuid import UUID

from django.http import HttpRequest

from jiayuan.cases.intake import MOST_PHOTOS
from jiayuan.kernel import clock
from jiayuan.kernel.errors import Problems, Refused
from jiayuan.media import services as media
from jiayuan.media.intake import MOST_BYTES
from jiayuan.web.asked import actor_of


def kept_photos(request: HttpRequest) -> list[UUID]:
    """Photos that arrived with an earlier try of the same form; whether they may be used is decided when they are."""
    kept = []
    for text in request.POST.getlist("kept_photo")[:MOST_PHOTOS]:
        try:
            kept.append(UUID(text))
        except ValueError:
            continue
    return kept


def receive_photos(request: HttpRequest, kept: list[UUID]) -> None:
    """Add what came with this request to ``kept``; one refusal for each picture that cannot be read."""
    refusals = []
    for file in request.FILES.getlist("photos")[: MOST_PHOTOS - len(kept)]:
        try:
            # One byte more than fits is enough to be refused; the rest of a huge file is never read into memory.
            data, name = file.read(MOST_BYTES + 1), file.name or ""
            kept.append(media.receive(data=data, declared_name=name, by=actor_of(request), at=clock.now()).handle)
        except Refused as refusal:
            refusal.field = "photos"
            refusals.append(refusal)
    if refusals:
        raise Problems(refusals)
