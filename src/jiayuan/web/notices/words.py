# SPDX-License-Identifier: Apache-2.0
"""The words in which messages go out, by kind, channel and language: looked at with a sample before they hold."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_info, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.kernel import clock
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.notices import queries, services
from jiayuan.notices.access import May
from jiayuan.notices.queries import WordsShown
from jiayuan.web.asked import actor_of
from jiayuan.web.guards import needs
from jiayuan.web.notices.forms import FORMS, TextForm


@needs(May.EDIT_TEMPLATES)
@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    """Every kind of message with its channels, and where the house has words of its own."""
    names = _languages()
    lines = [
        {
            "name": kind.heading,
            "channels": [
                {
                    "name": channel.label,
                    "url": _address(kind.code, channel, settings.LANGUAGE_CODE),
                    "own": ", ".join(names[language] for language in own if language in names),
                }
                for channel, own in kind.channels.items()
            ],
        }
        for kind in queries.writable_kinds()
    ]
    return render(request, "notices/kinds.html", {"lines": lines})


def _languages() -> dict[str, str]:
    return {code: get_language_info(code)["name_local"] for code, _ in settings.LANGUAGES}


def _address(kind: str, channel: str, language: str) -> str:
    return reverse("notices:edit", args=[kind, channel, language])


@needs(May.EDIT_TEMPLATES)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, kind: str, channel: str, language: str) -> HttpResponse:
    """Write the words of one kind: look at them with a sample first, let them hold, or go back to the shipped ones."""
    shown = queries.words_of(kind, language, channel)
    if shown is None:
        raise Http404
    if request.method == "GET":
        initial = {"title": shown.title, "body": shown.body, "number": shown.number}
        return _page(request, shown, FORMS[shown.channel](initial=initial))
    form = FORMS[shown.channel](request.POST)
    try:
        words = None
        if "shipped" not in request.POST:
            words = queries.words_from(request.POST.dict(), code=kind, channel=shown.channel)
            if "look" in request.POST:
                return _page(request, shown, form, preview=queries.looked_at(words, code=kind, language=language))
        services.write_words(
            kind=kind,
            language=language,
            channel=shown.channel,
            words=words,
            after=_number(request.POST.get("number", "")),
            by=actor_of(request),
            at=clock.now(),
        )
    except NotPermitted:
        raise
    except Stale as refusal:
        return _page(request, shown, form, refusal=refusal, status=409)
    except Refused as refusal:
        form.show(refusal)
        return _page(request, shown, form, status=422)
    messages.success(request, pgettext("notices", "These words hold from now on."))
    return HttpResponseRedirect(_address(kind, channel, language))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _page(request: HttpRequest, shown: WordsShown, form: TextForm, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    here = (shown.channel, shown.language)
    tabs = [
        {
            "label": f"{channel.label} · {name}" if len(shown.channels) > 1 else name,
            "url": _address(shown.code, channel, code),
            "is_on": (channel, code) == here,
            "count": None,
        }
        for channel in shown.channels
        for code, name in _languages().items()
    ]
    context = {"shown": shown, "form": form, "tabs": tabs, "refusal": None, "preview": shown.sample}
    return render(request, "notices/edit.html", context | more, status=status)
