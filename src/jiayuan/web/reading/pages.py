# SPDX-License-Identifier: Apache-2.0
"""Switching large type on and off, without a script and without an account."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jiayuan.web.context import LARGE_TYPE_COOKIE
from jiayuan.web.guards import public

A_YEAR = 365 * 24 * 3600


@public
@require_POST
def choose_type(request: HttpRequest) -> HttpResponse:
    """The page the visitor came from, in the type they chose."""
    came_from = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    answer = HttpResponseRedirect(came_from if is_ours else "/")
    if request.POST.get("type") == "large":
        answer.set_cookie(
            LARGE_TYPE_COOKIE, "1", max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        answer.delete_cookie(LARGE_TYPE_COOKIE, samesite="Lax")
    return answer
