# SPDX-License-Identifier: Apache-2.0
"""Whether a paper is real, and whether it still holds: for everybody who has it before them."""

from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.kernel import limits
from jiayuan.kernel.handles import read_handle
from jiayuan.papers import queries
from jiayuan.papers.queries import PaperView
from jiayuan.web.asked import actor_of, count_write, mark_device
from jiayuan.web.guards import public
from jiayuan.web.papers.forms import CodeForm, FileForm
from jiayuan.web.papers.pages import TONES, found

MOST_BYTES = 20 * 1024 * 1024


@public
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Where the code of a paper is typed."""
    typed = request.GET.get("code", "").strip()
    handle = read_handle(typed)
    if handle:
        return HttpResponseRedirect(reverse("papers:verify", args=[handle]))
    form = CodeForm({"code": typed} if typed else None)
    if typed:
        form.add_error("code", pgettext("papers", "This cannot be a verification code. Please compare it again."))
    return render(request, "papers/find.html", {"form": form}, status=422 if typed else 200)


@public
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, handle: str) -> HttpResponse:
    """What the house knows of a paper; a file that is sent is compared with the one that was printed."""
    view = found(handle)
    if view is None:
        return render(request, "papers/unknown.html", {"form": CodeForm()}, status=404)
    context: dict[str, Any] = {
        "view": view,
        "tone": TONES[view.row.standing],
        "may_read": queries.may_read(actor_of(request), view.row),
        "form": FileForm(),
    }
    status = _compared(request, view, context) if request.method == "POST" else 200
    return mark_device(request, render(request, "papers/verify.html", context, status=status))


def _compared(request: HttpRequest, view: PaperView, context: dict[str, Any]) -> int:
    """Say in the context what came of comparing the sent file; the status of the answer."""
    count_write(request, limits.LOOKING_UP)
    context["form"] = form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return 422
    file = form.cleaned_data["file"]
    if (file.size or 0) > MOST_BYTES:
        form.add_error("file", pgettext("papers", "The file is larger than 20 MB, so it is not one of ours."))
        return 422
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    context["digest"] = digest.hexdigest()
    context["is_same"] = bool(view.pdf_sha256) and digest.hexdigest() == view.pdf_sha256
    context["other"] = None if context["is_same"] else queries.by_digest(digest.hexdigest())
    return 200
