# SPDX-License-Identifier: Apache-2.0
"""What stands between the request and the pages: who acts, whether staff proved themselves twice, and refusals."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import pgettext

from jiayuan.kernel.access import ANONYMOUS, Actor
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.people.queries import actor_for, actor_of_account, has_second_factor

Page = Callable[[HttpRequest], HttpResponseBase]
DESK = "/desk/"
SECOND_FACTOR = "second_factor"
LONGEST_SIZE = 12
"""Digits of a size that is looked at as a number."""


def body_middleware(page: Page) -> Page:
    """Turn away what is larger than any form of this site, or of no told size, before a byte of it is kept.

    Reading a form writes its files to the disk first and asks what they are afterwards; without this anybody could fill
    it. An address with a NUL is none: databases refuse the byte.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path:
            return HttpResponse(status=HTTPStatus.NOT_FOUND)
        told = request.META.get("CONTENT_LENGTH") or ""
        if not told and request.META.get("HTTP_TRANSFER_ENCODING"):
            return HttpResponse(status=HTTPStatus.LENGTH_REQUIRED)
        if told.isdecimal() and (len(told) > LONGEST_SIZE or int(told) > settings.LARGEST_BODY):
            return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return page(request)

    return middleware


def actor_middleware(page: Page) -> Page:
    """Set ``request.actor``, read from the database when a page first asks for it and never twice."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: _acting(request))  # type: ignore[attr-defined]
        return page(request)

    return middleware


def _acting(request: HttpRequest) -> Actor:
    """The actor of the signed-in account. Without the second factor that is demanded a post gives nothing."""
    if not request.user.is_authenticated:
        return ANONYMOUS
    actor = actor_of_account(request.user)
    if actor.is_staff and _lacks_second_factor(request):
        return replace(actor, grants=(), unit_ids=frozenset())
    return actor


def _lacks_second_factor(request: HttpRequest) -> bool:
    """Asked of the database until the answer is yes; staff cannot take their authenticator off afterwards."""
    if settings.STAFF_MFA != "required" or request.session.get(SECOND_FACTOR) == request.user.pk:
        return False
    if not has_second_factor(account_id=int(request.user.pk or 0)):
        return True
    request.session[SECOND_FACTOR] = request.user.pk
    return False


def second_factor_middleware(page: Page) -> Page:
    """Send staff without the second factor that is demanded to set it up, before any page of the desk."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _must_set_up(request):
            messages.info(request, pgettext("people", "Your post asks for an authenticator. Set it up to go on."))
            return redirect("mfa_activate_totp")
        return page(request)

    return middleware


def _must_set_up(request: HttpRequest) -> bool:
    return (
        settings.STAFF_MFA == "required"
        and request.path.startswith(DESK)
        and request.user.is_authenticated
        and _lacks_second_factor(request)
        and actor_for(request.user.pk).is_staff
    )


def refusal_middleware(page: Page) -> Page:
    """Turn a refusal that no page answered itself into a page that says what happened and what to do now."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return page(request)

    middleware.process_exception = refused_page  # type: ignore[attr-defined]
    return middleware


def refused_page(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """403 for what no post allows, 409 for what somebody else did first, 422 for the rest; None for faults."""
    if not isinstance(exception, Refused):
        return None
    context = {"refusal": exception, "back": _back(request)}
    return render(request, "errors/refused.html", context, status=_status(exception))


def _status(refusal: Refused) -> HTTPStatus:
    if isinstance(refusal, NotPermitted):
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.CONFLICT if isinstance(refusal, Stale) else HTTPStatus.UNPROCESSABLE_ENTITY


def _back(request: HttpRequest) -> str:
    """Where the way out leads: the desk for its pages, the front page otherwise."""
    return DESK if request.path.startswith(DESK) else "/"
