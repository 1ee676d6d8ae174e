# SPDX-License-Identifier: Apache-2.0
"""What pages read off a request: who asks, from where, on which device, in which language."""

from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jiayuan.kernel import clock, limits
from jiayuan.kernel.access import ANONYMOUS, Actor
from jiayuan.kernel.limits import Budget

DEVICE_COOKIE = "device"
A_YEAR = 365 * 24 * 3600


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; set by the middleware, anonymous where there is none."""
    found = getattr(request, "actor", ANONYMOUS)
    return found if isinstance(found, Actor) else ANONYMOUS


def count_write(request: HttpRequest, budget: Budget) -> None:
    """Count a public write of this visitor, or refuse and say when to try again."""
    address = limits.client_address(
        request.headers.get("X-Forwarded-For", ""),
        request.META.get("REMOTE_ADDR", ""),
        proxies=settings.TRUSTED_PROXIES,
    )
    device = request.get_signed_cookie(DEVICE_COOKIE, default="", salt=DEVICE_COOKIE) or ""
    limits.spend(budget, address=address, device=device, at=clock.real_now())


def mark_device(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Give the device a random cookie of its own, so that one eager phone does not use up what its village shares."""
    if not request.get_signed_cookie(DEVICE_COOKIE, default="", salt=DEVICE_COOKIE):
        answer.set_signed_cookie(
            DEVICE_COOKIE,
            uuid4().hex,
            salt=DEVICE_COOKIE,
            max_age=A_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return answer
