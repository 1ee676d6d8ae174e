# SPDX-License-Identifier: Apache-2.0
"""Lists at the desk: documents, versions and their differences; for whoever keeps them also drafts and publishing."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiayuan.duties import queries, services
from jiayuan.duties.access import May
from jiayuan.duties.enums import Standing
from jiayuan.duties.intake import document_from, entries_from_table, entry_from, issued_from
from jiayuan.duties.queries import DocumentView, VersionView
from jiayuan.kernel import clock
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.people.queries import person_name
from jiayuan.web.asked import actor_of
from jiayuan.web.duties import table, wording
from jiayuan.web.duties.forms import DocumentForm, EntryForm, PublishForm, initial_of, issued_before
from jiayuan.web.duties.public import groups_of
from jiayuan.web.guards import needs, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """Every list with its versions."""
    may_edit = queries.may_edit(actor_of(request))
    context = {"documents": [_document(one, may_edit) for one in queries.documents()], "may_edit": may_edit}
    return render(request, "duties/documents.html", context)


def _document(found: DocumentView, may_edit: bool) -> dict[str, Any]:
    today, who = clock.today(), queries.publishers_of(found.code)
    shown = [view for view in found.versions if may_edit or view.standing is Standing.PUBLISHED]
    return {
        "code": found.code,
        "title": found.title,
        "kind": found.kind.label,
        "has_draft": any(view.standing is Standing.DRAFT for view in found.versions),
        "versions": [_version_line(view, today, who.get(view.number)) for view in shown],
    }


def _version_line(view: VersionView, today: date, person_id: int | None) -> dict[str, Any]:
    tone, word = wording.tone_of(view, today)
    return {
        "view": view,
        "tone": tone,
        "word": word,
        "who": person_name(person_id) if person_id else "",
        "n": len(view.entries),
        "url": reverse("duties:version", args=[view.document, view.number]),
    }


def _found(request: HttpRequest, code: str, number: int) -> VersionView:
    """A version that the person may see: drafts are for those who write them."""
    view = queries.version_of(code, number)
    if view is None or (view.standing is Standing.DRAFT and not queries.may_edit(actor_of(request))):
        raise Http404
    return view


@signed_in
@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version with its entries, and what it says otherwise than another one."""
    view = _found(request, code, number)
    others = [one for one in queries.published_of(code) if one.number != number]
    against = _against(view, others, request.GET.get("against", ""))
    tone, word = wording.tone_of(view, clock.today())
    context = {
        "view": view,
        "tone": tone,
        "word": word,
        "groups": groups_of(view.entries),
        "others": others,
        "against": against,
        "differences": wording.differences(queries.changes_between(against, view.entries)) if against else [],
        "is_draft": view.standing is Standing.DRAFT,
        "may_edit": queries.may_edit(actor_of(request)),
    }
    return render(request, "duties/version.html", context)


def _against(view: VersionView, others: list[VersionView], asked: str) -> VersionView | None:
    """The version to compare with: the one asked for, else the one before, of a draft the one in force."""
    chosen = next((one for one in others if str(one.number) == asked), None)
    if chosen is not None:
        return chosen
    if view.standing is Standing.DRAFT:
        return queries.in_force_of(view.document, clock.today()) or (others[-1] if others else None)
    before = [one for one in others if one.number < view.number]
    return before[-1] if before else None


@signed_in
@require_GET
def download(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as a table that can be changed and imported again."""
    view = _found(request, code, number)
    return _book(table.book(view.entries), f"{view.title} {number}.xlsx")


@needs(May.EDIT_LIST)
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with its columns."""
    return _book(table.book(()), pgettext("duties", "responsibility list") + ".xlsx")


def _book(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@needs(May.EDIT_LIST)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a list that is not there yet."""
    form = DocumentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            made = services.open_document(
                given=document_from(request.POST.dict()), by=actor_of(request), at=clock.now()
            )
            return HttpResponseRedirect(reverse("duties:import", args=[made.code]))
        except NotPermitted:
            raise
        except Refused as refusal:
            form.show(refusal)
    return render(request, "duties/new.html", {"form": form}, status=422 if form.errors else 200)


@needs(May.EDIT_LIST)
@require_POST
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft from what was published last, or open the one that is there."""
    _document_named(code)
    made = services.make_draft(document=code, by=actor_of(request), at=clock.now())
    return HttpResponseRedirect(reverse("duties:version", args=[code, made.number]))


def _document_named(code: str) -> DocumentView:
    found = next((one for one in queries.documents() if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _draft(code: str) -> VersionView:
    found = queries.draft_of(code)
    if found is None:
        _document_named(code)
        # Published meanwhile, or pressed twice: said in words, for the list itself is there.
        raise Refused("no_draft", pgettext("duties", "Nothing of this list is being drafted."))
    return found


@needs(May.EDIT_LIST)
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """Write an entry of the draft anew, add one, or take one out; ``key`` names the one that is there."""
    view = _draft(code)
    present = view.entry(request.GET.get("key", ""))
    if request.method == "GET":
        initial = (initial_of(present) if present else {}) | {"revision": view.revision}
        return _entry_page(request, view, EntryForm(initial=initial), present.key if present else "")
    form = EntryForm(request.POST)
    key = present.key if present else ""
    common: dict[str, Any] = {"document": code, "revision": _number(request)}
    common |= {"by": actor_of(request), "at": clock.now()}
    try:
        if "out" in request.POST and present:
            services.take_entry_out(key=key, **common)
        else:
            given = entry_from(request.POST.dict(), finders=table.finders())
            services.write_entry(entry=given, instead_of=key, **common)
    except NotPermitted:
        raise
    except Refused as refusal:
        form.show(refusal)
        return _entry_page(request, view, form, key, status=409 if isinstance(refusal, Stale) else 422)
    return HttpResponseRedirect(reverse("duties:version", args=[code, view.number]))


def _entry_page(
    request: HttpRequest, view: VersionView, form: EntryForm, key: str, *, status: int = 200
) -> HttpResponse:
    return render(request, "duties/entry.html", {"view": view, "form": form, "key": key}, status=status)


def _number(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0


@needs(May.EDIT_LIST)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, code: str) -> HttpResponse:
    """Import a table: first what is wrong in it and what it would change, then, on a second press, the draft."""
    found = _document_named(code)
    context: dict[str, Any] = {"document": found}
    if request.method == "GET":
        return render(request, "duties/import.html", context)
    try:
        lines = _lines(request)
        read = entries_from_table(lines, finders=table.finders())
        if "save" in request.POST and not read.wrong:
            return _kept(request, code, read.entries)
    except NotPermitted:
        raise
    except Refused as refusal:
        return render(request, "duties/import.html", context | {"refusal": refusal}, status=422)
    before = queries.in_force_of(code, clock.today())
    found_changes = queries.changes_between(before, read.entries)
    context |= {
        "wrong": read.wrong,
        "n": len(read.entries),
        "against": before,
        "differences": wording.differences(found_changes),
        "packed": table.packed(lines),
        "is_read": True,
    }
    return render(request, "duties/import.html", context, status=422 if read.wrong else 200)


def _lines(request: HttpRequest) -> table.Lines:
    if "save" in request.POST:
        lines = table.unpacked(request.POST.get("packed", ""))
    else:
        file = request.FILES.get("file")
        lines = table.lines_of(file.read(), file_name=file.name or "") if file else None
    if lines is None:
        raise Refused("missing_file", pgettext("duties", "Choose the table."), field="file")
    return lines


def _kept(request: HttpRequest, code: str, entries: Any) -> HttpResponse:
    made = services.fill_draft(document=code, entries=entries, by=actor_of(request), at=clock.now())
    if made is None:
        messages.info(request, pgettext("duties", "The list says all of this already; nothing was changed."))
        return HttpResponseRedirect(reverse("duties:documents"))
    messages.success(request, pgettext("duties", "The draft says now what the table says."))
    return HttpResponseRedirect(reverse("duties:version", args=[code, made.number]))


@needs(May.EDIT_LIST)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the draft: its source, and the day from which it holds."""
    view = _draft(code)
    published = queries.published_of(code)
    before = published[-1] if published else None
    if request.method == "GET":
        initial = issued_before(before) | {"revision": view.revision, "valid_from": clock.today()}
        return _publish_page(request, view, before, PublishForm(initial=initial))
    form = PublishForm(request.POST)
    try:
        made = services.publish(
            document=code,
            issued=issued_from(request.POST.dict()),
            revision=_number(request),
            by=actor_of(request),
            at=clock.now(),
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        form.show(refusal)
        return _publish_page(request, view, before, form, status=409 if isinstance(refusal, Stale) else 422)
    messages.success(request, pgettext("duties", "Version %(number)s is published.") % {"number": made.number})
    return HttpResponseRedirect(reverse("duties:version", args=[code, made.number]))


def _publish_page(
    request: HttpRequest, view: VersionView, before: VersionView | None, form: PublishForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "view": view,
        "form": form,
        "before": before,
        "differences": wording.differences(queries.changes_between(before, view.entries)),
    }
    return render(request, "duties/publish.html", context, status=status)
