# SPDX-License-Identifier: Apache-2.0
"""The work guide: contents, a page with the conditions of its classes, its past word by word, and writing in it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import GuideAbout, V
from jiayuan.cases.intake import Gathering, GuideHead, GuideText, guide_head_from, guide_text_from
from jiayuan.cases.queries import GuideShown, GuideVersion
from jiayuan.kernel import clock
from jiayuan.kernel.errors import NotPermitted, Problems, Refused, Stale
from jiayuan.kernel.handles import new_handle, read_handle
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import wording
from jiayuan.web.guards import needs, public, signed_in
from jiayuan.web.guide.forms import GuideForm, NewGuideForm
from jiayuan.web.guide.rendering import rendered

_TEXTS = ("title", "body", "title_hant", "body_hant", "title_en", "body_en")


@public
@require_GET
def public_contents(request: HttpRequest) -> HttpResponse:
    """What residents may read, as a list."""
    return render(request, "guide/public_contents.html", {"pages": queries.guide_contents(is_public=True)})


@public
@require_GET
def public_page(request: HttpRequest, code: str) -> HttpResponse:
    """One page for residents."""
    found = _found(code)
    if not found.is_public:
        raise Http404
    return render(request, "guide/public_page.html", _shown(found))


def _found(code: str) -> GuideShown:
    found = queries.guide_page(code)
    if found is None:
        raise Http404
    return found


@signed_in
@require_GET
def contents(request: HttpRequest) -> HttpResponse:
    """The contents, by what the pages are about."""
    pages = queries.guide_contents()
    parts = [{"name": about.label, "pages": [one for one in pages if one.about is about]} for about in GuideAbout]
    context = {
        "parts": [part for part in parts if part["pages"]],
        "may_write": queries.may_write_guide(actor_of(request)),
    }
    return render(request, "guide/contents.html", context)


@signed_in
@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One page, with the filing and closing conditions of the classes that it is about."""
    found = _found(code)
    may_write = queries.may_write_guide(actor_of(request))
    return render(request, "guide/page.html", _shown(found) | {"may_write": may_write})


def _shown(found: GuideShown) -> dict[str, Any]:
    keys = found.keys if found.about is GuideAbout.CLASS else ()
    verbs = found.keys if found.about is GuideAbout.MOVE else ()
    return {
        "page": found,
        "html": rendered(found.body),
        "classes": list(_conditions(keys)),
        "moves": [V(verb).label for verb in verbs if verb in V.values],
    }


def _conditions(keys: Iterable[str]) -> Iterable[dict[str, Any]]:
    """The classes with what is filed, how long it may take and when it is done, as the standards say today."""
    for key in keys:
        found = standards.class_by_key(standards.ClassKey.read(key))
        if found is not None:
            yield {
                "name": found.name,
                "conditions": [
                    {
                        "name": item.name,
                        "limit": wording.limit_words(item.limit.kind, item.limit.value),
                        "closes_when": item.closes_when,
                    }
                    for item in standards.conditions_of(found.id)
                ],
            }


@signed_in
@require_GET
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of a page with what it changed."""
    return render(request, "guide/history.html", {"page": _found(code), "past": queries.guide_history(code)})


@needs(May.EDIT_GUIDE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write the next version: look at it first, then let it stand."""
    latest = queries.guide_words(code)
    if latest is None:
        raise Http404
    if request.method == "GET":
        return _form_page(request, latest, GuideForm(initial=_initial(latest)))
    form = GuideForm(request.POST)
    try:
        text = guide_text_from(request.POST.dict())
        if "look" in request.POST:
            return _form_page(request, latest, form, preview=rendered(text.body))
        after = _number(request.POST.get("number", ""))
        services.write_guide(code=code, text=text, after=after, by=actor_of(request), at=clock.now())
    except (NotPermitted, Stale) as refusal:
        if isinstance(refusal, NotPermitted):
            raise
        return _form_page(request, latest, form, refusal=refusal, status=409)
    except Refused as refusal:
        form.show(refusal)
        return _form_page(request, latest, form, status=422)
    messages.success(request, pgettext("cases", "The new version stands."))
    return HttpResponseRedirect(reverse("guide:page", args=[code]))


@needs(May.EDIT_GUIDE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a page that is not there yet: look at it first, then let it stand."""
    classes = _classes()
    if request.method == "GET":
        return _new_page(request, NewGuideForm(classes=classes, initial={"code": new_handle().lower()}))
    form = NewGuideForm(request.POST, classes=classes)
    try:
        head, text = _given(request, dict(classes))
        if "look" in request.POST:
            return _new_page(request, form, preview=rendered(text.body))
        version = services.open_guide_page(
            code=_code(request.POST.get("code", "")), head=head, text=text, by=actor_of(request), at=clock.now()
        )
    except NotPermitted:
        raise
    except Stale as refusal:
        return _new_page(request, form, refusal=refusal, status=409)
    except Refused as refusal:
        form.show(refusal)
        return _new_page(request, form, status=422)
    messages.success(request, pgettext("cases", "The new page stands."))
    return HttpResponseRedirect(reverse("guide:page", args=[version.page.code]))


def _given(request: HttpRequest, classes: Collection[str]) -> tuple[GuideHead, GuideText]:
    """Head and text in typed values, or all that is wrong with them at once."""
    gathering = Gathering()
    raw = {name: request.POST.getlist(name) for name in ("about", "classes", "verbs", "public") if name in request.POST}
    said = request.POST.dict() | {"change": pgettext("cases", "The first version")}
    head = gathering.take(lambda: guide_head_from(raw, classes=classes), None)
    text = gathering.take(lambda: guide_text_from(said), None)
    gathering.finish()
    if head is None or text is None:
        raise Problems([])
    return head, text


def _code(text: str) -> str:
    """The code under which the form was drawn, so that pressing twice makes one page."""
    handle = read_handle(text)
    return (handle or new_handle()).lower()


def _classes() -> list[tuple[str, str]]:
    return [
        (str(row.key), f"{row.key.code} {row.name}") for row in standards.classes() if standards.conditions_of(row.id)
    ]


def _new_page(request: HttpRequest, form: NewGuideForm, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    return render(request, "guide/new.html", {"form": form, "preview": "", "refusal": None} | more, status=status)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _initial(latest: GuideVersion) -> dict[str, Any]:
    return {name: getattr(latest, name) for name in _TEXTS} | {"number": latest.number}


def _form_page(request: HttpRequest, latest: GuideVersion, form: GuideForm, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = {"code": latest.page.code, "title": latest.title, "form": form, "preview": "", "refusal": None} | more
    return render(request, "guide/edit.html", context, status=status)
