# SPDX-License-Identifier: Apache-2.0
"""Upkeep rotas at the desk: drawn up, turns added and ended, the week for the notice board, the cards."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.duties import queries, services
from jiayuan.duties.access import May
from jiayuan.duties.intake import end_from, rota_from, turn_from
from jiayuan.duties.queries import HandView, RotaView, TurnView, WeekView
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused
from jiayuan.web.asked import actor_of
from jiayuan.web.duties.finding import FINDERS
from jiayuan.web.duties.forms import EndForm
from jiayuan.web.duties.rota_forms import RotaForm, TurnForm, initial_of_rota
from jiayuan.web.duties.weeks import day_asked, lines_of, turn_words, week_words, who_comes
from jiayuan.web.duties.zones import sent, standing, written
from jiayuan.web.guards import needs

_BOTH = ["GET", "POST"]


@needs(May.KEEP_ROTAS)
@require_GET
def rotas(request: HttpRequest) -> HttpResponse:
    """The rotas in reach, those first whose time is not over."""
    today = clock.today()
    rows = []
    for view in queries.rotas_in_reach(actor_of(request)):
        tone, word = standing(view, today)
        rows.append({"view": view, "tone": tone, "word": word})
    rows.sort(key=lambda row: row["tone"] == "idle")
    return render(request, "duties/rotas.html", {"rows": rows})


@needs(May.KEEP_ROTAS)
@require_http_methods(_BOTH)
def new_rota(request: HttpRequest) -> HttpResponse:
    """Draw up a rota for a zone."""
    by = actor_of(request)
    form = RotaForm(sent(request), initial={"starts_on": clock.today()}, zones=_zones(by))

    def draw() -> None:
        services.draw_rota(given=rota_from(request.POST.dict(), zone=_zone), by=by, at=clock.now())

    return written(request, form, draw, to=reverse("duties:rotas"), title=pgettext("duties", "Draw up a rota"))


def _zones(by: Actor) -> list[tuple[str, str]]:
    today = clock.today()
    zones = queries.zones_in_reach(by, May.KEEP_ROTAS)
    return [(str(one.id), one.name) for one in zones if one.ends_on is None or one.ends_on >= today]


def _zone(number: str) -> int:
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Refused("no_zone", pgettext("duties", "Choose one of these."), field="zone")
    return int(number)


def _kept(request: HttpRequest, number: int, on: date) -> tuple[WeekView, list[TurnView]]:
    found = queries.rota_in_reach(actor_of(request), number, on)
    if found is None:
        raise Http404
    return found


@needs(May.KEEP_ROTAS)
@require_GET
def rota(request: HttpRequest, number: int) -> HttpResponse:
    """A rota: who comes in a week, and by which turns."""
    on, today = day_asked(request), clock.today()
    week, turns = _kept(request, number, on)
    rows = []
    for one in turns:
        tone, word = standing(one, today)
        rows.append({"turn": one, "who": who_comes(one.hand, sees_names=True), "when": turn_words(one), "tone": tone,
                     "word": word})  # fmt: skip
    rows.sort(key=lambda row: row["tone"] == "idle")
    context = _shown(week, sees_names=True) | {"rows": rows, "standing": standing(week.rota, today)}
    return render(request, "duties/rota_kept.html", context)


def _shown(week: WeekView, *, sees_names: bool) -> dict[str, Any]:
    return {
        "week": week,
        "rota": week.rota,
        "span": week_words(week.week_on),
        "lines": lines_of(week, sees_names=sees_names),
        "earlier": (week.week_on - timedelta(days=7)).isoformat(),
        "later": (week.week_on + timedelta(days=7)).isoformat(),
    }


@needs(May.KEEP_ROTAS)
@require_http_methods(_BOTH)
def edit_rota(request: HttpRequest, number: int) -> HttpResponse:
    """Put right or end what is said of a rota."""
    by, today = actor_of(request), clock.today()
    week, _turns = _kept(request, number, today)
    is_end = "end" in request.POST
    form = RotaForm(None if is_end else sent(request), initial=initial_of_rota(week.rota), zones=_zones(by))
    ending = EndForm(request.POST if is_end else None, initial={"ends_on": today}, auto_id="end_%s")

    def correct() -> None:
        given = rota_from(request.POST.dict(), zone=_zone)
        services.correct_rota(rota_id=number, given=given, by=by, at=clock.now())

    def end() -> None:
        services.end_rota(rota_id=number, ends_on=end_from(request.POST.dict()), by=by, at=clock.now())

    tried, act = (ending, end) if is_end else (form, correct)
    return written(request, tried, act, to=_page(number), title=week.rota.name, form=form, ending=ending)


@needs(May.KEEP_ROTAS)
@require_http_methods(_BOTH)
def new_turn(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody takes turns."""
    week, _turns = _kept(request, number, clock.today())
    form = TurnForm(sent(request), initial={"starts_on": max(clock.today(), week.rota.starts_on), "every": 1})

    def add() -> None:
        raw = request.POST.dict() | {"weekdays": ",".join(request.POST.getlist("weekdays"))}
        given = turn_from(raw, finders=FINDERS)
        services.add_turn(rota_id=number, given=given, by=actor_of(request), at=clock.now())

    return written(request, form, add, to=_page(number), title=week.rota.name)


@needs(May.KEEP_ROTAS)
@require_http_methods(_BOTH)
def turn(request: HttpRequest, number: int, held: int) -> HttpResponse:
    """End a turn; whoever goes on otherwise gets another one."""
    week, turns = _kept(request, number, clock.today())
    one = next((one for one in turns if one.id == held), None)
    if one is None:
        raise Http404
    form = EndForm(sent(request), initial={"ends_on": clock.today()})

    def end() -> None:
        given = end_from(request.POST.dict())
        services.end_turn(turn_id=held, ends_on=given, by=actor_of(request), at=clock.now())

    title = f"{who_comes(one.hand, sees_names=True)} · {turn_words(one)}"
    button = pgettext("duties", "End after this day")
    return written(request, form, end, to=_page(number), title=title, button=button, note=week.rota.name)


@needs(May.KEEP_ROTAS)
@require_GET
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """A week for the notice board, A4. Everybody reads it, so persons stand there as in public."""
    week, _turns = _kept(request, number, day_asked(request))
    address = queries.rota_address(week.rota.handle)
    context = _shown(week, sees_names=False) | {"address": address, "code": _code(address)}
    return render(request, "duties/rota_sheet.html", context)


@needs(May.KEEP_ROTAS)
@require_http_methods(_BOTH)
def cards(request: HttpRequest, number: int) -> HttpResponse:
    """The cards of everybody who takes turns, to be printed and handed out; a lost one is replaced."""
    week, turns = _kept(request, number, clock.today())
    by_hand = {one.hand.id: one for one in turns}
    if request.method == "POST":
        return _renew(request, week.rota, by_hand, lambda hand: services.renew_card(
            hand_id=hand.id, by=actor_of(request), at=clock.now()))  # fmt: skip
    rows = [_card(one) for one in by_hand.values()]
    return render(request, "duties/rota_cards.html", {"rota": week.rota, "rows": rows})


def _renew(
    request: HttpRequest, rota: RotaView, by_hand: dict[int, TurnView], renew: Callable[[HandView], Any]
) -> HttpResponse:
    asked = request.POST.get("renew", "")
    one = by_hand.get(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if one is None:
        raise Http404
    renew(one.hand)
    messages.success(request, pgettext("duties", "There is a new card. The old one opens nothing any more."))
    return HttpResponseRedirect(reverse("duties:rota_cards", args=[rota.id]))


def _card(one: TurnView) -> dict[str, Any]:
    address = queries.card_address(one.card)
    return {
        "hand": one.hand,
        "who": who_comes(one.hand, sees_names=True),
        "address": address,
        "code": _code(address),
    }


def _code(address: str) -> str:
    return str(segno.make(address, error="m", micro=False).svg_data_uri(border=4))


def _page(number: int) -> str:
    return reverse("duties:rota", args=[number])
