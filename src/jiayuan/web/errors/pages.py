# SPDX-License-Identifier: Apache-2.0
"""The answers that no page gives. Each says what happened, what was kept and what to do now, with a code for help."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request did not arrive as a form or an address would."""
    said = pgettext(
        "web", "Part of what was sent did not arrive as it should. Go back, load the page again and send it."
    )
    return _answer(request, HTTPStatus.BAD_REQUEST, title=pgettext("web", "This could not be read"), said=said)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: nobody with these posts may open this."""
    said = pgettext("web", "None of your posts opens this page. Whoever keeps the accounts can give you one.")
    return _answer(request, HTTPStatus.FORBIDDEN, title=pgettext("web", "This page is not open to you"), said=said)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form does not carry what proves that it came from here; ``reason`` is for the log alone."""
    said = pgettext(
        "web", "The page was open for too long, or the browser keeps no cookies. Go back, load it again and send it."
    )
    return _answer(request, HTTPStatus.FORBIDDEN, title=pgettext("web", "This was not sent"), said=said)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: it is not there, or not within the reader's reach."""
    said = pgettext("web", "The address may be mistyped, or what stood here lies outside your area.")
    return _answer(request, HTTPStatus.NOT_FOUND, title=pgettext("web", "There is nothing here"), said=said)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault. Nothing is asked of the database, for that may be what broke."""
    return render(request, "errors/broken.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer(request: HttpRequest, status: HTTPStatus, *, title: str, said: str) -> HttpResponse:
    at_desk = request.path.startswith("/desk/")
    context = {"title": title, "said": said, "code": status.value, "back": "/desk/" if at_desk else "/"}
    return render(request, "errors/page.html", context, status=status)
