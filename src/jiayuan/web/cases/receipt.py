# SPDX-License-Identifier: Apache-2.0
"""What the receipt opens: where a report stands, and the wish to have it taken up again. It works without a script."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.enums import ReopenGround, RequestState, State
from jiayuan.kernel import clock, limits
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import words
from jiayuan.media import queries as media
from jiayuan.media.enums import PhotoRole, PublicVariant
from jiayuan.places import queries as places
from jiayuan.record.events import Ref
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of, count_write, mark_device
from jiayuan.web.cases import wording
from jiayuan.web.cases.forms import PublicReopenForm
from jiayuan.web.cases.photos import kept_photos, receive_photos
from jiayuan.web.guards import public
from jiayuan.web.templatetags.jiayuan import full_moment

LONGEST_NOTE = 500
_SHOWN = (PhotoRole.BEFORE, PhotoRole.AFTER)
_REOPENABLE = (State.CLOSED, State.REJECTED)


@public
@require_GET
def look_up(request: HttpRequest) -> HttpResponse:
    """Lead a receipt code to its page; what is wrong with it is said beside the question."""
    code = request.GET.get("code", "")
    if "code" not in request.GET:
        return render(request, "cases/look_up.html", {"code": "", "message": ""})
    try:
        count_write(request, limits.LOOKING_UP)
        view = queries.public_view(code)
    except Refused as refusal:
        return _not_found(request, code, refusal, status=422)
    return HttpResponseRedirect(reverse("cases:status", args=[view.handle]))


def _not_found(request: HttpRequest, code: str, refusal: Refused, *, status: int) -> HttpResponse:
    context = {"code": code[:40], "message": refusal.message}
    shown = 429 if refusal.code == "too_many" else status
    return mark_device(request, render(request, "cases/look_up.html", context, status=shown))


@public
@require_GET
def status(request: HttpRequest, handle: str) -> HttpResponse:
    """Stage and due date of a report, for whoever holds its receipt; never a name; only released pictures."""
    try:
        count_write(request, limits.LOOKING_UP)
        view = queries.public_view(handle)
    except Refused as refusal:
        return _not_found(request, handle, refusal, status=404)
    return _page(request, view)


@public
@require_POST
def reopen(request: HttpRequest, handle: str) -> HttpResponse:
    """Take in the wish to have an ended case taken up again; a refusal comes back with everything that was typed."""
    form, kept = PublicReopenForm(request.POST), kept_photos(request)
    try:
        view = queries.public_view(handle)
    except Refused as refusal:
        return _not_found(request, handle, refusal, status=404)
    try:
        count_write(request, limits.REPORTING)
        _ask(request, handle, kept)
    except Refused as refusal:
        form.show(refusal)
        shown = 429 if refusal.code == "too_many" else 422
        return _page(request, view, form=form, kept=kept, status=shown)
    return HttpResponseRedirect(reverse("cases:status", args=[view.handle]) + "?asked=1")


def _ask(request: HttpRequest, handle: str, kept: list[UUID]) -> None:
    receive_photos(request, kept)
    try:
        ground = ReopenGround(request.POST.get("reason", ""))
    except ValueError as wrong:
        raise Refused("missing_reason", pgettext("cases", "Choose one of these."), field="reason") from wrong
    services.ask_reopen(
        case_id=services.CaseId(queries.case_behind(handle) or 0),
        reason=ground,
        note=words(request.POST.get("note", ""), field="note", longest=LONGEST_NOTE),
        photos=kept,
        by=actor_of(request),
        at=clock.now(),
    )


def _page(
    request: HttpRequest,
    view: queries.PublicView,
    *,
    form: PublicReopenForm | None = None,
    kept: Iterable[UUID] = (),
    status: int = 200,
) -> HttpResponse:
    may_ask = view.state in _REOPENABLE and not view.is_asked_to_reopen
    is_new = "new" in request.GET or "joined" in request.GET
    context = {
        "view": view,
        "steps": wording.public_stage_names(),
        "here": wording.public_stage(view.state),
        "is_new": is_new,
        "mark": wording.public_mark(view.state),
        "next": wording.public_end(view) or wording.public_next(view.state),
        "refusal": wording.refusal_words(view.refusal) if view.refusal else "",
        "facts": _facts(view),
        "due": wording.due_line(
            state=view.state, due_at=view.due_at, condition_id=view.condition_id, in_time=view.in_time, now=clock.now()
        ),
        "form": (form or PublicReopenForm()) if may_ask else None,
        "is_open": form is not None,
        "kept": [str(handle) for handle in kept],
        "reopening": _reopening(view),
        "pictures": _pictures(view),
    }
    return mark_device(request, render(request, "cases/status.html", context, status=status))


def _reopening(view: queries.PublicView) -> dict[str, str] | None:
    """What became of the latest wish to take it up again, and why."""
    if not (view.reopens or view.is_asked_to_reopen or view.state in _REOPENABLE):
        return None
    found = queries.reopening_of(view.handle)
    if found is None or found.state is RequestState.LAPSED:
        return None
    words_of = {
        RequestState.OPEN: pgettext("cases", "Somebody asked to have it taken up again; that is being decided."),
        RequestState.GRANTED: pgettext("cases", "It was taken up again on request."),
        RequestState.REFUSED: pgettext("cases", "It was looked at again and stays as it is."),
    }
    tones = {RequestState.OPEN: "waiting", RequestState.GRANTED: "moving", RequestState.REFUSED: "waiting"}
    return {"words": words_of[found.state], "tone": tones[found.state], "answer": found.answer}


def _pictures(view: queries.PublicView) -> list[dict[str, Any]]:
    """What a person has released of the pictures before and after; two queries."""
    case_id = queries.case_behind(view.handle)
    subject = Ref("case", case_id) if case_id else None
    photos = media.public_photos([subject]).get(subject, ()) if subject else ()
    shown = [_picture(photo, view) for photo in photos if photo.role in _SHOWN]
    return sorted(shown, key=lambda one: bool(one["is_after"]))


def _picture(photo: media.PublicPhoto, view: queries.PublicView) -> dict[str, Any]:
    word = pgettext("web", "After") if photo.role is PhotoRole.AFTER else pgettext("web", "Before")
    return {
        "is_after": photo.role is PhotoRole.AFTER,
        "word": word,
        "alt": " · ".join((word, _kind_name(view), places.path_name(view.village))),
        "at": photo.linked_at,
        "url": media.public_url(photo, PublicVariant.THUMB),
        "full_url": media.public_url(photo, PublicVariant.LARGE),
    }


def _facts(view: queries.PublicView) -> list[tuple[str, str]]:
    return [
        (pgettext("cases", "Where"), places.path_name(view.village)),
        (pgettext("cases", "What"), _kind_name(view)),
        (pgettext("cases", "Joined at") if view.has_joined else pgettext("cases", "Reported at"),
         full_moment(view.reported_at)),
    ]  # fmt: skip


def _kind_name(view: queries.PublicView) -> str:
    """The words of the picture that the reporter chose, else those of the class."""
    tile = standards.tile(view.tile)
    return str(tile.name) if tile else wording.class_name(view.problem_class_id)
