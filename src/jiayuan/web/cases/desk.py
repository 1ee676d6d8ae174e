# SPDX-License-Identifier: Apache-2.0
"""The desk's pages of cases: the list, one case, and its moves. One service call per request."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import OPEN, Finding, Refusal, ReturnReason, Shortfall, State, V
from jiayuan.cases.queries import Case, Filter, Row
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, holds
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.kernel.handles import read_handle
from jiayuan.kernel.words import words
from jiayuan.media import queries as media_queries
from jiayuan.media.enums import PhotoRole, PhotoState, Variant
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import forms, wording
from jiayuan.web.cases.photos import kept_photos, receive_photos
from jiayuan.web.guards import needs

LONGEST_NOTE = 500
_STATE_GROUPS: dict[str, tuple[State, ...]] = {
    "open": OPEN,
    "triage": (State.REPORTED, State.VERIFYING, State.VERIFIED),
    "handling": (State.DISPATCHED, State.HANDLING, State.REWORK),
    "check": (State.FED_BACK,),
    "closed": (State.CLOSED,),
    "rejected": (State.REJECTED,),
    "all": (),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A case as a row of a list shows it."""

    handle: str
    url: str
    what: str
    where: str
    unit: str
    mark: wording.Mark
    due: wording.DueLine | None
    reported_at: datetime


def line(row: Row, now: datetime, *, by: Actor) -> Line:
    """A row in the words of the reader."""
    return Line(
        handle=row.handle,
        url=reverse("cases:case", args=[row.handle]),
        what=wording.class_name(row.problem_class_id),
        where=wording.place_name(row.village, with_county=_sees_counties(by)),
        unit=wording.unit_name(row.unit_id),
        mark=wording.mark(row.state),
        due=wording.due_line(
            state=row.state, due_at=row.due_at, condition_id=row.condition_id, in_time=row.in_time, now=now
        ),
        reported_at=row.reported_at,
    )


def _sees_counties(actor: Actor) -> bool:
    """Whether the actor's posts reach into several counties, so that a town's name alone says too little."""
    reach = {grant.area.key[:6] for grant in actor.grants}
    return len(reach) > 1 or any(len(key) < 6 for key in reach)


@needs(May.SEE)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The cases in the actor's reach, newest first, filtered by chips in one line."""
    asked = request.GET
    if (handle := read_handle(asked.get("q", ""))) and queries.case_seen_by(actor_of(request), handle):
        return HttpResponseRedirect(reverse("cases:case", args=[handle]))
    group = asked.get("state", "open") if asked.get("state") in _STATE_GROUPS else "open"
    page = queries.page_of_cases(actor_of(request), narrowed=_narrowed(asked, group), after=asked.get("after", ""))
    now = clock.now()
    context = {
        "lines": [line(row, now, by=actor_of(request)) for row in page.rows],
        "older": _url(asked, after=page.next_key) if page.next_key else "",
        "newest": _url(asked, after="") if asked.get("after") else "",
        "chips": _state_chips(asked, group),
        "area": asked.get("area", ""),
        "areas": _areas(actor_of(request)),
        "query": asked.get("q", "")[:40],
        "not_found": bool(asked.get("q", "").strip()),
        "group": group,
        "may_import": holds(actor_of(request), May.IMPORT_LEDGER),
    }
    return render(request, "cases/list.html", context)


def _narrowed(asked: QueryDict, group: str) -> Filter:
    area = asked.get("area", "")
    class_id = asked.get("class", "")
    return Filter(
        states=_STATE_GROUPS[group],
        area=area if area.isdecimal() and len(area) in (6, 9, 12) else "",
        class_id=int(class_id) if class_id.isdecimal() and len(class_id) < 10 else None,
        overdue_at=clock.now() if asked.get("overdue") else None,
    )


def _url(asked: QueryDict, **changes: str) -> str:
    values = {name: asked.get(name, "") for name in ("state", "area", "class", "overdue")} | changes
    return "?" + urlencode({name: value for name, value in values.items() if value})


def _state_chips(asked: QueryDict, group: str) -> list[dict[str, Any]]:
    names = {
        "open": pgettext("cases", "Open"),
        "triage": pgettext("cases", "To be filed"),
        "handling": pgettext("cases", "With a unit"),
        "check": pgettext("cases", "To be checked"),
        "closed": pgettext("cases", "Closed"),
        "rejected": pgettext("cases", "Not filed"),
        "all": pgettext("cases", "All"),
    }
    overdue = asked.get("overdue", "")
    chips = [
        {"label": name, "url": _url(asked, state=key, overdue=""), "is_on": key == group and not overdue, "count": None}
        for key, name in names.items()
    ]
    label = pgettext("cases", "Overdue")
    return [
        *chips,
        {"label": label, "url": _url(asked, state="open", overdue="1"), "is_on": bool(overdue), "count": None},
    ]


def _areas(actor: Actor) -> list[tuple[str, str]]:
    """The counties, or the towns, that the actor can narrow a list to."""
    reach = {grant.area.key for grant in actor.grants}
    top = next(iter(reach), "")
    level = {4: "county", 6: "town"}.get(len(top), "")
    if len(reach) != 1 or not level:
        return []
    length = 6 if level == "county" else 9
    return [(place.code[:length], place.short_name) for place in places.children(top)]


@needs(May.SEE)
@require_GET
def case_page(request: HttpRequest, handle: str) -> HttpResponse:
    """One case: what and where, who has it, the next move, before and after, and its course."""
    return _page(request, _found(request, handle))


def _found(request: HttpRequest, handle: str) -> Case:
    case = queries.case_seen_by(actor_of(request), handle)
    if case is None:
        raise Http404
    return case


def _page(
    request: HttpRequest,
    case: Case,
    *,
    open_form: tuple[V, forms.VersionedForm] | None = None,
    refusal: Refused | None = None,
    kept: Sequence[UUID] = (),
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    history = queries.history_of(case)
    texts = queries.texts_of(case)
    photos = media_queries.photos_of(case.ref)
    moves = _moves(case, queries.moves_of(actor, case, history), open_form)
    if any(move.is_open and move.asks for move in moves) and open_form is not None:
        refusal = None  # the open form says it beside its question
    context = {
        "case": case,
        "line": line(_row(case), clock.now(), by=actor),
        "told": [text.body for text in texts.values() if text.kind == "report"],
        "place_told": [text.body for text in texts.values() if text.kind == "place"],
        "contact": queries.contact_of(actor, case),
        "moves": moves,
        "kept": [str(handle) for handle in kept],
        "typed": typed.strip(),
        "refusal": refusal,
        "closing": _closing(case),
        "before": [_picture(photo) for photo in photos if photo.role == PhotoRole.BEFORE],
        "after": [_picture(photo) for photo in photos if photo.role == PhotoRole.AFTER],
        "entries": wording.timeline(history, texts),
    }
    return render(request, "cases/case.html", context, status=status)


def _row(case: Case) -> Row:
    return Row(**{name: getattr(case, name) for name in queries.ROW_FIELDS})


def _closing(case: Case) -> str:
    """When the case counts as done, as its filing condition says."""
    return str(standards.condition(case.condition_id).closes_when) if case.condition_id is not None else ""


def _picture(photo: media_queries.PhotoShown) -> dict[str, Any]:
    alt = pgettext("cases", "Before") if photo.role == PhotoRole.BEFORE else pgettext("cases", "After")
    if photo.state != PhotoState.DERIVED:
        return {"url": "", "words": str(photo.state.label), "alt": alt, "at": photo.linked_at}
    return {
        "url": media_queries.variant_url(photo, Variant.THUMB),
        "full_url": media_queries.variant_url(photo, Variant.LARGE),
        "alt": alt,
        "at": photo.linked_at,
    }


@dataclass(frozen=True, slots=True)
class MoveShown:
    """A move as the page offers it: its verb, its form, whether the form is open, and whether it comes first."""

    verb: str
    url_verb: str
    label: str
    form: forms.VersionedForm
    is_open: bool
    is_main: bool
    asks: bool
    needs_photos: bool

    @property
    def button(self) -> str:
        """How strong the button at the end of the form is."""
        return "main" if self.is_main else "plain"


_FORMS: dict[V, Callable[..., forms.VersionedForm]] = {
    V.ASK_VERIFY: forms.PlainForm,
    V.FIND: forms.FindForm,
    V.REJECT: forms.RejectForm,
    V.SIGN: forms.PlainForm,
    V.RETURN: forms.ReturnForm,
    V.FEED_BACK: forms.FeedBackForm,
    V.CLOSE: forms.PlainForm,
    V.SEND_BACK: forms.SendBackForm,
}
_MAIN = (V.FILE, V.DISPATCH, V.FIND, V.SIGN, V.FEED_BACK, V.CLOSE)


def _moves(case: Case, verbs: Iterable[V], open_form: tuple[V, forms.VersionedForm] | None) -> list[MoveShown]:
    ordered = sorted(verbs, key=lambda verb: verb not in _MAIN)
    return [_move_shown(case, verb, open_form, first=number == 0) for number, verb in enumerate(ordered)]


def _move_shown(case: Case, verb: V, open_form: tuple[V, forms.VersionedForm] | None, *, first: bool) -> MoveShown:
    is_open = open_form is not None and open_form[0] is verb
    form = open_form[1] if open_form is not None and is_open else _form(case, verb, None)
    asks = len(form.fields) > 1
    return MoveShown(
        verb=verb.value,
        url_verb=reverse("cases:move", args=[case.handle, verb.value]),
        label=str(verb.label),
        form=form,
        is_open=is_open or (first and verb in _MAIN and open_form is None),
        is_main=first,
        asks=asks,
        needs_photos=verb is V.FEED_BACK,
    )


def _form(case: Case, verb: V, data: QueryDict | None) -> forms.VersionedForm:
    initial = {"version": case.version}
    prefix = f"id_{verb.value}_%s"
    if verb is V.FILE:
        choices = [(str(item.id), _condition_words(item)) for item in standards.conditions_of(case.problem_class_id)]
        return forms.FileForm(data, initial=initial, auto_id=prefix, choices=choices)
    if verb is V.DISPATCH:
        return forms.DispatchForm(data, initial=initial, auto_id=prefix, choices=_units(case))
    return _FORMS[verb](data, initial=initial, auto_id=prefix)


def _condition_words(condition: standards.Condition) -> str:
    return f"{condition.name} · {wording.limit_words(condition.limit.kind, condition.limit.value)}"


def _units(case: Case) -> list[tuple[str, str]]:
    """The units that can answer for this place, the nearest first."""
    return [(str(unit.id), unit.short_name) for unit in places.units_for(case.village)]


@needs(May.SEE)
@require_POST
def make_move(request: HttpRequest, handle: str, verb: str) -> HttpResponse:
    """Make one move; a refusal comes back on the case's page with everything that was typed."""
    case = _found(request, handle)
    if verb not in V.values:
        raise Http404
    form, kept = _form(case, V(verb), request.POST), kept_photos(request)
    try:
        _MOVES[V(verb)](request, case, kept)
    except (Stale, NotPermitted) as refusal:
        status = 403 if isinstance(refusal, NotPermitted) else 409
        return _page(
            request, _found(request, handle), refusal=refusal, typed=request.POST.get("note", ""), status=status
        )
    except Refused as refusal:
        form.show(_renamed(refusal))
        return _page(request, case, open_form=(V(verb), form), refusal=refusal, kept=kept, status=422)
    return HttpResponseRedirect(_next_page(request, case))


def _renamed(refusal: Refused) -> Refused:
    if refusal.field == "evidence":
        refusal.field = "photos"
    return refusal


def _next_page(request: HttpRequest, case: Case) -> str:
    """The same case if it is still in reach (a returned one leaves the unit's), else the to-do list."""
    if queries.case_seen_by(actor_of(request), case.handle) is None:
        return reverse("desk:todo")
    return reverse("cases:case", args=[case.handle])


def _common(request: HttpRequest, case: Case) -> dict[str, Any]:
    version = request.POST.get("version", "")
    return {
        "case_id": services.CaseId(case.pk),
        "version": int(version) if version.isdecimal() and len(version) < 9 else None,
        "by": actor_of(request),
        "at": clock.now(),
    }


def _note(request: HttpRequest) -> str:
    return words(request.POST.get("note", ""), field="note", longest=LONGEST_NOTE)


def _chosen(request: HttpRequest, field: str, kind: Callable[[str], Any]) -> Any:
    """The chosen code, typed; an unknown or missing one is refused beside its question."""
    try:
        return kind(request.POST.get(field, ""))
    except ValueError as wrong:
        raise Refused(f"missing_{field}", pgettext("cases", "Choose one of these."), field=field) from wrong


def _find(request: HttpRequest, case: Case, kept: list[UUID]) -> None:
    finding = _chosen(request, "finding", Finding)
    note = _note(request)
    receive_photos(request, kept)
    services.find(finding=finding, note=note, photos=kept, **_common(request, case))


def _file(request: HttpRequest, case: Case, _kept: list[UUID]) -> None:
    services.file(condition_id=_chosen(request, "condition", int), **_common(request, case))


def _reject(request: HttpRequest, case: Case, _kept: list[UUID]) -> None:
    services.reject(reason=_chosen(request, "reason", Refusal), note=_note(request), **_common(request, case))


def _dispatch(request: HttpRequest, case: Case, _kept: list[UUID]) -> None:
    services.dispatch(unit_id=_chosen(request, "unit", int), **_common(request, case))


def _give_back(request: HttpRequest, case: Case, _kept: list[UUID]) -> None:
    services.give_back(reason=_chosen(request, "reason", ReturnReason), note=_note(request), **_common(request, case))


def _feed_back(request: HttpRequest, case: Case, kept: list[UUID]) -> None:
    note = _note(request)
    receive_photos(request, kept)
    services.feed_back(evidence=kept, note=note, **_common(request, case))


def _send_back(request: HttpRequest, case: Case, _kept: list[UUID]) -> None:
    services.send_back(reason=_chosen(request, "reason", Shortfall), note=_note(request), **_common(request, case))


_MOVES: Mapping[V, Callable[[HttpRequest, Case, list[UUID]], object]] = {
    V.ASK_VERIFY: lambda request, case, _kept: services.ask_verify(**_common(request, case)),
    V.FIND: _find,
    V.FILE: _file,
    V.REJECT: _reject,
    V.DISPATCH: _dispatch,
    V.SIGN: lambda request, case, _kept: services.sign(**_common(request, case)),
    V.RETURN: _give_back,
    V.FEED_BACK: _feed_back,
    V.CLOSE: lambda request, case, _kept: services.close(**_common(request, case)),
    V.SEND_BACK: _send_back,
}
