# SPDX-License-Identifier: Apache-2.0
"""Weeks of rotas in words, and the two pages for everybody: the week of a rota, and the card of whoever takes turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.duties import queries, services
from jiayuan.duties.enums import SwapState
from jiayuan.duties.intake import go_from
from jiayuan.duties.queries import GoView, HandView, TurnView, WeekView
from jiayuan.kernel import clock, limits
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import read_handle
from jiayuan.people.queries import masked
from jiayuan.web.asked import actor_of, count_write, mark_device
from jiayuan.web.guards import public

_SWAPS = {"ask": services.ask_swap, "withdraw": services.withdraw_swap, "take": services.take_swap}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A day of a week: who comes, or why nobody does."""

    on: date
    name: str
    day: str
    holiday: str
    comes: Sequence[str]
    wanted: bool


def lines_of(week: WeekView, *, sees_names: bool) -> list[DayLine]:
    """The seven days of a week."""
    return [line_of_day(week, day, sees_names=sees_names) for day in queries.week_of(week.week_on)]


def line_of_day(week: WeekView, day: date, *, sees_names: bool) -> DayLine:
    """One day of a week."""
    goes = week.on(day)
    return DayLine(
        on=day,
        name=str(WEEKDAYS[day.weekday()]),
        day=day_words(day),
        holiday=week.left_out.get(day, ""),
        comes=[who_comes(go.comes, sees_names=sees_names) for go in goes if go.comes],
        wanted=any(go.comes is None for go in goes),
    )


def who_comes(hand: HandView, *, sees_names: bool) -> str:
    """A unit or team by its name, a person by name for whoever keeps the rota and masked for everybody else."""
    if hand.unit is not None:
        return hand.unit.short_name
    if hand.named:
        return hand.named
    name = hand.person_name if sees_names else masked(hand.person_name)
    return name or pgettext("duties", "name no longer kept")


def turn_words(turn: TurnView) -> str:
    """How often and on which days somebody takes turns."""
    days = _weekdays_in_words(queries.weekdays_of(turn.weekdays))
    if turn.every == 1:
        return pgettext("duties", "every week: %(days)s") % {"days": days}
    return pgettext("duties", "every %(n)s weeks: %(days)s") % {"n": turn.every, "days": days}


def _weekdays_in_words(days: Sequence[int]) -> str:
    """Days of the week, 1 to 7 in order; of three or more in a row only the first and the last."""
    names = [str(WEEKDAYS[day - 1]) for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return pgettext("duties", "%(first)s to %(latest)s") % {"first": names[0], "latest": names[-1]}
    return "、".join(names)


def day_words(day: date) -> str:
    """A day without its year."""
    return date_format(day, pgettext("duties", "j F"))


def week_words(week_on: date) -> str:
    """A week from its Monday to its Sunday."""
    return f"{date_format(week_on)} – {date_format(week_on + timedelta(days=6))}"


def day_asked(request: HttpRequest) -> date:
    """The day whose week is asked for; today where none is named, and where there would be no week around it."""
    try:
        asked = parse_date(request.GET.get("week", "").strip())
    except ValueError:
        asked = None
    return asked if asked and 2000 <= asked.year <= 2100 else clock.today()


# ── for everybody ─────────────────────────────────────────────────────────────────────────────────────────────────


@public
@require_GET
def read(request: HttpRequest, handle: str) -> HttpResponse:
    """Who looks after a zone in a week."""
    read_as = read_handle(handle)
    week = queries.rota(read_as, day_asked(request)) if read_as else None
    if week is None:
        raise Http404
    context = {
        "week": week,
        "rota": week.rota,
        "span": week_words(week.week_on),
        "lines": lines_of(week, sees_names=False),
        "today": clock.today(),
        "earlier": (week.week_on - timedelta(days=7)).isoformat(),
        "later": (week.week_on + timedelta(days=7)).isoformat(),
    }
    return render(request, "duties/rota.html", context)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, card: str) -> HttpResponse:
    """The next turns of whoever holds a card: one press says that somebody cannot, one press that somebody can."""
    code = read_handle(card)
    view = queries.card(code, clock.today()) if code else None
    if view is None or code is None:
        raise Http404
    if request.method == "POST":
        return mark_device(request, _swap(request, code))
    own = [_go(go, mine=go.hand.id == view.hand.id) for go in view.own]
    wanted = [_go(go, mine=False) for go in view.wanted]
    context = {"rota": view.rota, "who": who_comes(view.hand, sees_names=False), "own": own, "wanted": wanted}
    answer = mark_device(request, render(request, "duties/card.html", context))
    # The address is the key: no search engine and no shared cache may keep it.
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _go(go: GoView, *, mine: bool) -> dict[str, Any]:
    """A turn as a card shows it; ``state`` says which button stands beside it."""
    taken_over = not mine and go.state == SwapState.TAKEN
    return {
        "go": go,
        "days": _days(go.days),
        "state": "taken_over" if taken_over else go.state,
        "whose": who_comes(go.hand, sees_names=False),
        "stand_in": who_comes(go.stand_in, sees_names=False) if go.stand_in else "",
    }


def _days(days: Sequence[date]) -> str:
    return "、".join(f"{day_words(day)} {WEEKDAYS[day.weekday()]}" for day in days)


def _swap(request: HttpRequest, code: str) -> HttpResponse:
    move = next((name for name in _SWAPS if name in request.POST), "")
    try:
        count_write(request, limits.REPORTING)
        turn_id, week_on = go_from(request.POST.get(move, ""))
        _SWAPS[move](card=code, turn_id=turn_id, week_on=week_on, by=actor_of(request), at=clock.now())
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _done(move))
    return HttpResponseRedirect(request.path)


def _done(move: str) -> str:
    return {
        "ask": pgettext("duties", "It is known. The others of this rota see that somebody is looked for."),
        "withdraw": pgettext("duties", "It is known that you come after all."),
        "take": pgettext("duties", "Thank you. This turn is yours now."),
    }[move]
