# SPDX-License-Identifier: Apache-2.0
"""Every page says who may open it, beside its name; a house test finds the page that does not.

A guard asks whether a post gives a permission anywhere at all. Whether it gives it *here* is asked by the query or the
command that the page calls, and what lies outside somebody's reach does not exist for them.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission, holds
from jiayuan.kernel.errors import NotPermitted
from jiayuan.web.asked import actor_of

Page = Callable[..., HttpResponseBase]


def public(page: Page) -> Page:
    """A page for everyone."""
    page.guard = "public"  # type: ignore[attr-defined]
    return page


def signed_in(page: Page) -> Page:
    """A page for whoever signed in; others are sent to sign in and come back."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_of(request).account_id is None:
            return redirect_to_login(request.get_full_path())
        return page(request, *args, **kwargs)

    guarded.guard = "signed_in"  # type: ignore[attr-defined]
    return guarded


def needs(permission: Permission) -> Callable[[Page], Page]:
    """A page for whoever holds a permission through some post; the signed-in without it read why they may not."""

    def mark(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not holds(actor_of(request), permission):
                raise NotPermitted(
                    "not_permitted",
                    pgettext_lazy("web", "None of your posts opens this page: %(what)s"),
                    what=permission.sentence,
                    permission=permission.code,
                )
            return page(request, *args, **kwargs)

        entry = signed_in(guarded)
        entry.guard = permission  # type: ignore[attr-defined]
        return entry

    return mark
