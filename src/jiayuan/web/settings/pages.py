# SPDX-License-Identifier: Apache-2.0
"""The overview of what can be set up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from jiayuan.web.asked import actor_of
from jiayuan.web.guards import signed_in
from jiayuan.web.settings.entries import open_to


@signed_in
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What this person may look after, one line each."""
    entries = [
        {"name": entry.name, "sentence": entry.sentence, "url": reverse(entry.url_name)}
        for entry in open_to(actor_of(request))
    ]
    return render(request, "settings/overview.html", {"entries": entries})
