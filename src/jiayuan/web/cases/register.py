# SPDX-License-Identifier: Apache-2.0
"""Taking down a report for somebody else: a caller, the hotline, the press, a superior, a department; or on patrol."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import ENTERED_FOR_OTHERS, Source
from jiayuan.cases.intake import Gathering, ReportInput, report_from
from jiayuan.kernel import clock
from jiayuan.kernel.access import holds
from jiayuan.kernel.errors import NotPermitted, Problems, Refused
from jiayuan.kernel.words import one_line
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import same
from jiayuan.web.cases.forms import RegisterForm
from jiayuan.web.cases.photos import kept_photos, receive_photos
from jiayuan.web.guards import needs

LONGEST_NUMBER = 40
MOST_QUANTITY = 9999
MOST_FOUND = 8


@needs(May.SEE)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """One page: where it came from, what, where, how much, and how to reach whoever told it."""
    _require_source(request)
    if request.method == "GET":
        return _page(request, _form(request, initial={"client_id": str(uuid4()), "quantity": "1"}))
    form, kept = _form(request), kept_photos(request)
    try:
        receive_photos(request, kept)
        if "find" in request.POST:
            return _page(request, form, kept=kept)
        given = _given(request, form, kept)
        seen = same.seen_before(request)
        likely = (
            []
            if queries.is_told(given.source, given.client_id)
            else same.for_entry(actor_of(request), [item for item in _likely(given) if item.id not in seen])
        )
        if likely:
            return _page(request, form, kept=kept, likely=likely)
        case = services.report(given=given, by=actor_of(request), at=clock.now())
    except Refused as refusal:
        form.show(refusal)
        return _page(request, form, kept=kept, status=422)
    return HttpResponseRedirect(reverse("cases:case", args=[case.handle]))


@needs(May.SEE)
@require_GET
def find_same(request: HttpRequest) -> HttpResponse:
    """The open cases nearby that fit what has been said so far, asked for while a report is taken down."""
    _require_source(request)
    found: list[queries.Likely] = []
    try:
        form, asked = _form(request), request.GET
        village = _village(asked.get("village", ""), asked.get("village_query", ""))
        class_id = _class(form, asked.get("class_id", ""))
        found = _likely_at(village, class_id, text=asked.get("text", "")[:200])
    except Refused:
        # Place or kind is not said yet, or not clearly; that is told when the report is sent, not while it is written.
        found = []
    shown = same.for_entry(actor_of(request), found)
    return render(request, "cases/_same_entry.html", {"same": shown, "is_beside": True})


def _require_source(request: HttpRequest) -> None:
    if not _sources(request):
        raise NotPermitted(
            "not_permitted", pgettext("cases", "None of your posts takes down reports."), permission=May.TRIAGE.code
        )


def _sources(request: HttpRequest) -> list[Source]:
    """Where a report can come from: who takes in reports may enter any, others what they saw on patrol."""
    actor = actor_of(request)
    entered = ENTERED_FOR_OTHERS if holds(actor, May.TRIAGE) else ()
    seen = (Source.PATROL,) if holds(actor, May.REPORT) else ()
    return [*entered, *seen]


def _form(request: HttpRequest, initial: dict[str, str] | None = None) -> RegisterForm:
    classes = [
        (str(row.id), f"{row.key.code} {row.name}") for row in standards.classes() if standards.conditions_of(row.id)
    ]
    sources = [(source.value, str(source.label)) for source in _sources(request)]
    data = request.POST if request.method == "POST" else None
    return RegisterForm(data, initial=initial, sources=sources, classes=classes)


def _given(request: HttpRequest, form: RegisterForm, kept: list[UUID]) -> ReportInput:
    """The report in typed values, or all that is wrong with it at once."""
    raw = {name: request.POST.get(name, "") for name in form.fields}
    raw["language"] = get_language() or ""
    gathering = Gathering()
    source = gathering.take(lambda: _source(request, raw["source"]), Source.PATROL)
    class_id = gathering.take(lambda: _class(form, raw["class_id"]), 0)
    quantity = gathering.take(lambda: _quantity(raw["quantity"]), 1)
    number = gathering.take(lambda: one_line(raw["outside_number"], field="outside_number", longest=LONGEST_NUMBER), "")
    due_at = gathering.take(lambda: _outside_due(raw["outside_due_at"]), None)
    base = gathering.take(lambda: _base(raw, source, kept), None)
    gathering.finish()
    if base is None:
        raise Problems([])
    return replace(
        base,
        class_id=class_id,
        quantity=quantity,
        outside_number=number.upper(),
        outside_due_at=due_at,
    )


def _base(raw: dict[str, str], source: Source, kept: list[UUID]) -> ReportInput:
    return report_from(
        raw,
        source=source,
        village=lambda code: _village(code, raw["village_query"]),
        tile=lambda _code, _text: "",
        photos=kept,
        now=clock.now(),
    )


def _source(request: HttpRequest, code: str) -> Source:
    if code not in [source.value for source in _sources(request)]:
        raise Refused("missing_source", pgettext("cases", "Choose one of these."), field="source")
    return Source(code)


def _class(form: RegisterForm, code: str) -> int:
    """The chosen class, by its id or by what was typed of its code or name."""
    typed = code.strip()
    fitting = [value for value, words in form.classes if typed in (value, words)] if typed else []
    fitting = fitting or [value for value, words in form.classes if typed and typed in words]
    if len(fitting) == 1:
        return int(fitting[0])
    message = (
        pgettext("cases", "Several kinds fit. Choose one from the list.")
        if fitting
        else pgettext("cases", "Choose what it is: type a part of its name or its code.")
    )
    raise Refused("missing_class", message, field="class_id")


def _quantity(text: str) -> int:
    typed = text.strip() or "1"
    if not typed.isdecimal() or not 1 <= int(typed[:9]) <= MOST_QUANTITY:
        raise Refused("quantity", pgettext("cases", "A whole number from 1 on."), field="quantity")
    return int(typed)


def _outside_due(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        found = parse_datetime(text.strip())
    except ValueError:
        found = None
    if found is None:
        raise Refused("date", pgettext("cases", "This is not a date and time."), field="outside_due_at")
    return found if found.tzinfo else found.replace(tzinfo=clock.ZONE)


def _village(code: str, typed: str) -> str:
    chosen = places.division(code) if code else None
    if chosen is not None and chosen.level == "village":
        return chosen.code
    found = places.search(typed, limit=2) if typed.strip() else []
    if len(found) == 1:
        return found[0].code
    message = (
        pgettext("cases", "Several places fit. Choose one from the list.")
        if found
        else pgettext("cases", "Choose the village or community: type its name or its pinyin.")
    )
    raise Refused("village", message, field="village_query")


def _likely(given: ReportInput) -> list[queries.Likely]:
    return _likely_at(given.village, given.class_id or 0, text=given.text, photos=given.photos)


def _likely_at(village: str, class_id: int, *, text: str, photos: Iterable[UUID] = ()) -> list[queries.Likely]:
    return queries.likely_same(
        village=village, class_id=class_id, tile="", at=clock.now(), text=text, photos=tuple(photos)
    )


def _page(
    request: HttpRequest,
    form: RegisterForm,
    *,
    kept: Iterable[UUID] = (),
    likely: Sequence[same.Known] = (),
    status: int = 200,
) -> HttpResponse:
    typed, chosen = request.POST.get("village_query", ""), request.POST.get("village", "")
    found = places.search(typed, limit=MOST_FOUND) if typed.strip() else []
    codes = dict.fromkeys([*([chosen] if places.division(chosen) else []), *(place.code for place in found)])
    context = {
        "form": form,
        "kept": [str(handle) for handle in kept],
        "found": [(code, places.path_name(code)) for code in codes],
        "chosen": chosen,
        "asked": bool(typed.strip()),
        "same": likely,
        "seen": request.POST.getlist("same_seen")[:50],
        "verified_first": [str(Source(code).label) for code in sorted(settings.VERIFY_FIRST) if code in Source.values],
    }
    return render(request, "cases/register.html", context, status=status)
