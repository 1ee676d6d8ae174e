# SPDX-License-Identifier: Apache-2.0
"""The administrator's pages: who holds which post in reach, giving and ending posts, opening accounts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.kernel import clock
from jiayuan.kernel.access import holds
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.people import queries, services
from jiayuan.people.access import May
from jiayuan.people.queries import PostRow
from jiayuan.places.queries import path_name
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.people.forms import AccountForm, AppointForm, EndForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A post in the words of the reader."""

    post_id: int
    who: str
    username: str
    role: str
    where: str
    organisation: str
    starts_on: date
    ends_on: date | None
    can_end: bool


def _line(row: PostRow) -> Line:
    return Line(
        post_id=row.post_id,
        who=row.person_name,
        username=row.username,
        role=str(row.role.name),
        where=path_name(row.area),
        organisation=row.organisation,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        can_end=row.can_end,
    )


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, were it nothing at all; None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


@needs(May.SEE_PEOPLE)
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """The posts in reach that hold today or later."""
    actor = actor_of(request)
    lines = [_line(row) for row in queries.posts_in_reach(actor, on=clock.today())]
    return render(request, "people/posts.html", {"lines": lines, "may_appoint": holds(actor, May.MANAGE_POSTS)})


@needs(May.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest) -> HttpResponse:
    """Give somebody with an account a post."""
    form = AppointForm(_posted(request), initial={"starts_on": clock.today()})
    if request.method == "POST" and form.is_valid() and _appointed(request, form):
        return redirect("people:posts")
    return render(request, "people/appoint.html", {"form": form}, status=422 if form.errors else 200)


def _appointed(request: HttpRequest, form: AppointForm) -> bool:
    given: dict[str, Any] = form.cleaned_data
    try:
        services.appoint(
            person_id=_person(given["person"]),
            role=given["role"],
            area=given["area"],
            organisation_id=given["organisation"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            by=actor_of(request),
            at=clock.now(),
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        form.show(refusal)
        return False
    messages.success(request, pgettext("people", "The post is given."))
    return True


def _person(username: str) -> int:
    person_id = queries.person_behind(username)
    if person_id is None:
        raise Refused(
            "no_account",
            pgettext_lazy("people", "No account opened at the desk has this user name. Open one first."),
            field="person",
        )
    return person_id


@needs(May.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, post_id: int) -> HttpResponse:
    """Give a post its last day."""
    today = clock.today()
    row = next((row for row in queries.posts_in_reach(actor_of(request), on=today) if row.post_id == post_id), None)
    if row is None:
        raise Http404
    form = EndForm(_posted(request), initial={"ends_on": today})
    if request.method == "POST" and form.is_valid() and _ended(request, form, post_id):
        return redirect("people:posts")
    return render(request, "people/end.html", {"line": _line(row), "form": form}, status=422 if form.errors else 200)


def _ended(request: HttpRequest, form: EndForm, post_id: int) -> bool:
    try:
        services.end_post(post_id=post_id, ends_on=form.cleaned_data["ends_on"], by=actor_of(request), at=clock.now())
    except NotPermitted:
        raise
    except Refused as refusal:
        form.show(refusal)
        return False
    messages.success(request, pgettext("people", "The post has its last day."))
    return True


@needs(May.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    """Open an account for a person, who then can be given a post."""
    form = AccountForm(_posted(request))
    if request.method == "POST" and form.is_valid() and _opened(request, form):
        return redirect("people:posts")
    return render(request, "people/account.html", {"form": form}, status=422 if form.errors else 200)


def _opened(request: HttpRequest, form: AccountForm) -> bool:
    given: dict[str, Any] = form.cleaned_data
    try:
        services.open_account(
            username=given["username"],
            password=given["password"] or None,
            name=given["name"],
            phone=given["phone"],
            email=given["email"],
            by=actor_of(request),
            at=clock.now(),
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        form.show(refusal)
        return False
    messages.success(request, pgettext("people", "The account is open. Now give it a post."))
    return True
