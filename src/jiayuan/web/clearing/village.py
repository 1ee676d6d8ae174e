# SPDX-License-Identifier: Apache-2.0
"""The village's pages: its lists, one list with its rows, and the sheet for the wall. They work without a script.

With a script a tap on a picture opens the camera and the photo is sent as soon as it is taken: three taps list a heap,
three more show that it is gone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from jiayuan.cases import events, queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import WRITABLE, L, ListState, ListVoid, RowFlaw, RowState
from jiayuan.cases.intake import list_from, quantity_from, row_from
from jiayuan.cases.queries import ClearingList, ClearingRow, ListRow
from jiayuan.kernel import clock
from jiayuan.kernel.access import holds
from jiayuan.kernel.errors import NotPermitted, Problems, Refused, Stale
from jiayuan.media import queries as media
from jiayuan.places import queries as places
from jiayuan.record.queries import Happened
from jiayuan.web.asked import A_YEAR, actor_of
from jiayuan.web.cases.photos import kept_photos, receive_photos
from jiayuan.web.cases.wording import Mark, class_name
from jiayuan.web.clearing import wording
from jiayuan.web.guards import needs

VILLAGE_COOKIE = "clearing_village"
_GROUPS: dict[str, tuple[ListState, ...]] = {
    "all": (),
    "open": WRITABLE,
    "handed_in": (ListState.HANDED_IN,),
    "accepted": (ListState.ACCEPTED,),
}


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list as a row of the page shows it."""

    url: str
    where: str
    what: str
    mark: Mark
    made_at: datetime


def list_line(row: ListRow) -> ListLine:
    """A list in the words of the reader."""
    left = row.rows - row.cleared
    words = [wording.rows_words(row.rows)]
    if row.state in WRITABLE and left:
        words.append(pgettext("cases", "%(n)s to be cleared") % {"n": left})
    return ListLine(
        url=reverse("clearing:one", args=[row.handle]),
        where=places.path_name(row.village),
        what=" · ".join(words),
        mark=wording.list_mark(row.state),
        made_at=row.made_at,
    )


@needs(May.SEE_CLEARING)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The lists in the actor's reach, what waits for the town's draw, and for the village the way to a new list."""
    return lists_page(request)


def lists_page(request: HttpRequest, *, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    """The page of lists; a refused move comes back on it."""
    actor = actor_of(request)
    group = request.GET.get("state", "all") if request.GET.get("state") in _GROUPS else "all"
    page = queries.page_of_lists(actor, states=_GROUPS[group], after=request.GET.get("after", ""))
    query = f"?state={group}"
    context = {
        "lines": [list_line(row) for row in page.rows],
        "older": f"{query}&after={page.next_key}" if page.next_key else "",
        "newest": query if request.GET.get("after") else "",
        "chips": _chips(group),
        "may_list": holds(actor, May.LIST_CLEARING),
        "lots": [_lot(lot) for lot in queries.lots_waiting(actor)],
        "samples": [_sample(sample) for sample in queries.samples_waiting(actor)],
        "client_id": str(uuid4()),
        "refusals": refusals_in(refusal),
        **_village_choice(request),
    }
    return render(request, "clearing/list.html", context, status=status)


def refusals_in(refusal: Refused | None) -> list[Refused]:
    """Everything that was refused, one by one."""
    if refusal is None:
        return []
    return list(refusal.refusals) if isinstance(refusal, Problems) else [refusal]


def _village_choice(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    villages = wording.villages_of(actor) if holds(actor, May.LIST_CLEARING) else []
    return {"villages": villages, "village": request.COOKIES.get(VILLAGE_COOKIE, ""), "team": ""}


def _chips(group: str) -> list[dict[str, Any]]:
    names = {
        "all": pgettext("cases", "All lists"),
        "open": pgettext("cases", "In hand"),
        "handed_in": pgettext("cases", "With the town"),
        "accepted": pgettext("cases", "Accepted"),
    }
    return [
        {"label": name, "url": f"?state={key}", "is_on": key == group, "count": None} for key, name in names.items()
    ]


def _lot(lot: queries.Lot) -> dict[str, Any]:
    return {
        "village": lot.village,
        "week": lot.week,
        "where": places.path_name(lot.village),
        "what": " · ".join(
            [wording.week_words(lot.week), wording.lists_words(lot.lists), wording.rows_words(lot.rows)]
        ),
    }


def _sample(sample: queries.ClearingSample) -> dict[str, Any]:
    return {
        "url": reverse("clearing:sample", args=[sample.pk]),
        "where": places.path_name(sample.village),
        "what": " · ".join([wording.week_words(sample.week), wording.rows_words(sample.size)]),
        "drawn_at": sample.drawn_at,
    }


@needs(May.LIST_CLEARING)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a list and go to it."""
    try:
        given = list_from(request.POST.dict(), village=_village)
        found = services.begin_list(given=given, by=actor_of(request), at=clock.now())
    except Refused as refusal:
        return lists_page(request, refusal=refusal, status=_status_of(refusal))
    answer = HttpResponseRedirect(reverse("clearing:one", args=[found.handle]))
    answer.set_cookie(
        VILLAGE_COOKIE, found.village, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return answer


def _village(code: str) -> str:
    place = places.division(code) if code else None
    if place is None or not place.village:
        raise Refused("unknown_village", pgettext("cases", "Choose the village from the list."), field="village")
    return place.code


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row as the page of its list shows it."""

    id: int
    number: int
    icon: str
    name: str
    quantity: int
    amount: str
    place: str
    mark: Mark
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    is_listed: bool
    is_open: bool
    case_url: str


@needs(May.SEE_CLEARING)
@require_GET
def list_page(request: HttpRequest, handle: str) -> HttpResponse:
    """One list: what can be put on it, its rows with their pictures, and the next move."""
    return _page(request, found_list(request, handle))


def found_list(request: HttpRequest, handle: str) -> ClearingList:
    """The list, or 404: outside your reach it does not exist."""
    found = queries.list_seen_by(actor_of(request), handle)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    found: ClearingList,
    *,
    refusal: Refused | None = None,
    kept: Sequence[UUID] = (),
    status: int = 200,
) -> HttpResponse:
    rows = queries.rows_of(found)
    spots = [row.place_text for row in rows[::-1] if row.place_text]
    shown = rows_shown(rows)
    history = queries.history_of_list(found)
    moves = queries.moves_of_clearing(actor_of(request), found, rows)
    live = [row for row in shown if row.is_open]
    waiting = sum(row.is_listed for row in live)
    context = {
        "list": found,
        "where": places.path_name(found.village),
        "mark": wording.list_mark(found.state),
        "week": wording.week_words(found.week),
        "rows": shown[::-1],
        "live": len(live),
        "waiting": waiting,
        "cleared": len(live) - waiting,
        "may": {verb.value for verb in moves},
        "typed": _typed(request, rows),
        "choices": wording.choices(found.village) if L.ADD in moves else (),
        "spots": list(dict.fromkeys([*spots, *_hamlets(found.village)])),
        "kept": [str(photo) for photo in kept],
        "refusals": refusals_in(refusal),
        "entries": wording.timeline(history),
        "samples": _samples_in(history),
        "voids": ListVoid.choices,
        "flaws": RowFlaw.choices,
        "added": request.GET.get("added", "")[:6],
    }
    return render(request, "clearing/one.html", context, status=status)


def _typed(request: HttpRequest, rows: Sequence[ClearingRow]) -> dict[str, str]:
    """What stands in the form: what came back with a refusal, else one of anything at the place of the row before."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in ("client_id", "class", "quantity", "place_text")}
    latest = rows[-1].place_text if rows else ""
    return {"client_id": str(uuid4()), "class": "", "quantity": "1", "place_text": latest}


def _hamlets(village: str) -> list[str]:
    return [place.short_name for place in places.children(village)]


def _samples_in(history: Sequence[Happened]) -> list[str]:
    """The addresses of the samples that drew from a list, the latest first."""
    ids = [item.event.sample_id for item in history if isinstance(item.event, events.ClearingDrawn)]
    return [reverse("clearing:sample", args=[sample_id]) for sample_id in dict.fromkeys(ids[::-1])]


def rows_shown(rows: Sequence[ClearingRow]) -> list[RowShown]:
    """Rows with their words and pictures: one query for all pictures."""
    photos = media.photos_of_many("clearing_row", [row.pk for row in rows])
    return [_row_shown(row, photos.get(row.pk, ())) for row in rows]


def _row_shown(row: ClearingRow, photos: Sequence[media.PhotoShown]) -> RowShown:
    return RowShown(
        id=row.pk,
        number=row.number,
        icon=wording.icon_of(row.problem_class_id),
        name=class_name(row.problem_class_id),
        quantity=row.quantity,
        amount=wording.amount(row.quantity, row.problem_class_id),
        place=row.place_text,
        mark=wording.row_mark(row.state),
        is_listed=row.state == RowState.LISTED,
        is_open=row.state in (RowState.LISTED, RowState.CLEARED, RowState.ACCEPTED),
        case_url=reverse("cases:case", args=[row.case.handle]) if row.case is not None else "",
        **wording.pair(photos),
    )


@needs(May.SEE_CLEARING)
@require_GET
def sheet(request: HttpRequest, handle: str) -> HttpResponse:
    """The list as a sheet of paper: what hangs on the wall of the village office."""
    found = found_list(request, handle)
    rows = [row for row in rows_shown(queries.rows_of(found)) if row.mark.tone != "idle"]
    place = places.division(found.village)
    context = {
        "list": found,
        "where": place.full_label if place else found.village,
        "mark": wording.list_mark(found.state),
        "week": wording.week_words(found.week),
        "rows": rows,
    }
    return render(request, "clearing/sheet.html", context)


Work = Callable[[services.ListId, list[UUID]], object]


def act(request: HttpRequest, handle: str, work: Work, *, then: str = "") -> HttpResponse:
    """Do one thing to a list and show it again; a refusal comes back with everything that was typed and sent."""
    found, kept = found_list(request, handle), kept_photos(request)
    try:
        work(services.ListId(found.pk), kept)
    except Refused as refusal:
        fresh = found_list(request, handle)
        return _page(request, fresh, refusal=refusal, kept=kept, status=_status_of(refusal))
    return HttpResponseRedirect(reverse("clearing:one", args=[found.handle]) + then)


def _status_of(refusal: Refused) -> int:
    if isinstance(refusal, NotPermitted):
        return 403
    return 409 if isinstance(refusal, Stale) else 422


@needs(May.LIST_CLEARING)
@require_POST
def add_row(request: HttpRequest, handle: str) -> HttpResponse:
    """Put a row on the list. What was sent twice is one row."""

    def work(list_id: services.ListId, kept: list[UUID]) -> None:
        wrong: list[Refused] = []
        try:
            receive_photos(request, kept)
        except Problems as problems:
            wrong += problems.refusals
        try:
            given = row_from(request.POST.dict(), known=_class, photos=kept)
        except Problems as problems:
            raise Problems([*wrong, *problems.refusals]) from problems
        if wrong:
            raise Problems(wrong)
        services.add_row(list_id=list_id, given=given, by=actor_of(request), at=clock.now())

    return act(request, handle, work, then="?added=1#add")


def _class(text: str) -> int:
    found = wording.known_class(text)
    if found is None:
        raise Refused("missing_class", pgettext("cases", "Tap the picture of what it is."), field="class")
    return found


@needs(May.LIST_CLEARING)
@require_POST
def clear_row(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Say that a row is cleared, with the picture that shows it."""

    def work(list_id: services.ListId, kept: list[UUID]) -> None:
        receive_photos(request, kept)
        services.clear_row(list_id=list_id, number=number, photos=kept, by=actor_of(request), at=clock.now())

    return act(request, handle, work, then=f"#row-{number}")


@needs(May.LIST_CLEARING)
@require_POST
def amend_row(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Correct the number of a row."""

    def work(list_id: services.ListId, _kept: list[UUID]) -> None:
        quantity = quantity_from(request.POST.get("quantity", ""))
        services.amend_row(list_id=list_id, number=number, quantity=quantity, by=actor_of(request), at=clock.now())

    return act(request, handle, work, then=f"#row-{number}")


@needs(May.LIST_CLEARING)
@require_POST
def strike_row(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Strike a row out."""
    return act(
        request,
        handle,
        lambda list_id, _: services.strike_row(list_id=list_id, number=number, by=actor_of(request), at=clock.now()),
    )


@needs(May.LIST_CLEARING)
@require_POST
def hand_in(request: HttpRequest, handle: str) -> HttpResponse:
    """Give the list to the town."""
    return act(
        request,
        handle,
        lambda list_id, _: services.hand_in(
            list_id=list_id, by=actor_of(request), at=clock.now(), version=version_in(request)
        ),
    )


@needs(May.LIST_CLEARING)
@require_POST
def void(request: HttpRequest, handle: str) -> HttpResponse:
    """Make the list void, with a reason from the list."""

    def work(list_id: services.ListId, _kept: list[UUID]) -> None:
        if request.POST.get("reason") not in ListVoid.values:
            raise Refused("missing_reason", pgettext("cases", "Choose one of these."), field="reason")
        reason = ListVoid(request.POST["reason"])
        services.void_list(
            list_id=list_id, reason=reason, by=actor_of(request), at=clock.now(), version=version_in(request)
        )

    return act(request, handle, work)


def version_in(request: HttpRequest) -> int | None:
    """The version of the list that the page showed, if it said so."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else None
