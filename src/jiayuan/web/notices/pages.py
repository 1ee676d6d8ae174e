# SPDX-License-Identifier: Apache-2.0
"""One's own choice of how e-mail comes, and the page on which a link in every mail ends it without signing in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from jiayuan.kernel import clock
from jiayuan.kernel.errors import Refused
from jiayuan.notices import queries, services
from jiayuan.notices.enums import Pace
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import public, signed_in
from jiayuan.web.notices.forms import PaceForm


@signed_in
@require_http_methods(["GET", "POST"])
def how(request: HttpRequest) -> HttpResponse:
    """At once, once a day, or in the inbox alone."""
    actor = actor_of(request)
    if request.method == "GET":
        return render(request, "notices/how.html", {"form": PaceForm(initial={"pace": queries.pace_of(actor)})})
    form, chosen = PaceForm(request.POST), request.POST.get("pace", "")
    if chosen not in Pace.values:
        form.show(Refused("no_pace", pgettext("notices", "Choose one of these."), field="pace"))
        return render(request, "notices/how.html", {"form": form}, status=422)
    services.prefer(pace=Pace(chosen), by=actor, at=clock.now())
    messages.success(request, pgettext("notices", "Kept."))
    return HttpResponseRedirect(reverse("desk:inbox"))


@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, then end all mail of the account that the mail went to; it is never named.

    A mail program posts here by itself (RFC 8058) and has no cookie to show; the token is the permission, and posted
    twice it ends the mails once.
    """
    if queries.bearer_of(token) is None:
        raise Http404
    if request.method == "POST":
        services.stop_mail(token=token, by=actor_of(request), at=clock.now())
    return render(request, "notices/stop.html", {"is_done": request.method == "POST"})
