# SPDX-License-Identifier: Apache-2.0
"""Leading groups and task forces: what everybody reads, and how the desk founds, changes and dissolves them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.duties import queries, services
from jiayuan.duties.access import May
from jiayuan.duties.intake import dissolution_from, end_from, group_from, member_from
from jiayuan.duties.queries import GroupView, MemberView
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.people.access import May as People
from jiayuan.people.queries import masked, username_of
from jiayuan.places import queries as places
from jiayuan.web.asked import actor_of
from jiayuan.web.duties.finding import FINDERS
from jiayuan.web.duties.forms import (
    DissolveForm,
    EndForm,
    GroupForm,
    MemberForm,
    initial_of_group,
    initial_of_member,
)
from jiayuan.web.duties.here import place_asked
from jiayuan.web.duties.zones import asked_place, sent, standing, written
from jiayuan.web.guards import needs, public

_BOTH = ["GET", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A member as this reader may see them."""

    view: MemberView
    role: str
    who: str
    unit: str


# ── for everybody ─────────────────────────────────────────────────────────────────────────────────────────────────


@public
@require_GET
def browse(request: HttpRequest) -> HttpResponse:
    """The groups of the city, or of one place and those above it; the ones at work first."""
    today = clock.today()
    place, _found = place_asked(request.GET.get("place", ""), "")
    rows = [_group_line(view, today) for view in queries.groups(today, place=place.code if place else "")]
    rows.sort(key=lambda row: row["tone"] == "idle")
    return render(request, "duties/groups.html", {"rows": rows, "place": place})


@public
@require_GET
def read(request: HttpRequest, number: int) -> HttpResponse:
    """A group: its document, its office, who belongs to it today, who did before."""
    today, by = clock.today(), actor_of(request)
    view = queries.group(number, on=today)
    if view is None:
        raise Http404
    context = _shown(view, today, sees_names=_sees_names(by, view.place))
    return render(request, "duties/group.html", context | {"keeps": may(by, May.KEEP_GROUPS, at=Spot(code=view.place))})


def _sees_names(by: Actor, place: str) -> bool:
    return any(may(by, what, at=Spot(code=place)) for what in (People.SEE_PEOPLE, May.KEEP_GROUPS))


def _group_line(view: GroupView, today: date) -> dict[str, Any]:
    tone, word = _standing(view, today)
    return {"view": view, "where": places.path_name(view.place), "tone": tone, "word": word}


def _standing(view: GroupView, today: date) -> tuple[str, str]:
    """Tone and word of a group on a day."""
    if view.lives_on(today):
        return "done", pgettext("duties", "at work")
    if view.founded_on > today:
        return "moving", pgettext("duties", "begins later")
    return "idle", pgettext("duties", "dissolved")


def _shown(view: GroupView, today: date, *, sees_names: bool) -> dict[str, Any]:
    """What both pages and the sheet show of a group; ``unnamed`` are those of today whom the reader does not see."""
    lines = [line for one in view.members if (line := _line(one, sees_names=sees_names))]
    now = [one for one in view.members if one.holds_on(today)]
    return {
        "view": view,
        "where": places.path_name(view.place),
        "standing": _standing(view, today),
        "lives": view.lives_on(today),
        "today": today,
        "now": [line for line in lines if line.view.holds_on(today)],
        "later": [line for line in lines if line.view.starts_on > today],
        "before": [line for line in lines if line.view.ends_on is not None and line.view.ends_on < today],
        "unnamed": sum(not _is_shown(one, sees_names=sees_names) for one in now),
        "units": list(_units(now)),
    }


def _is_shown(member: MemberView, *, sees_names: bool) -> bool:
    return sees_names or member.is_shown or not member.person_id


def _line(member: MemberView, *, sees_names: bool) -> Line | None:
    """A member as the reader may see them; None for a person who is not shown in public."""
    if not _is_shown(member, sees_names=sees_names):
        return None
    name = member.person_name if sees_names else masked(member.person_name)
    who = member.post or name or pgettext("duties", "name no longer kept")
    return Line(view=member, role=str(member.role.label), who=who, unit=member.unit.short_name if member.unit else "")


def _units(members: Iterable[MemberView]) -> Iterable[str]:
    """The units that take part, each once."""
    return dict.fromkeys(one.unit.short_name for one in members if one.unit)


# ── at the desk ───────────────────────────────────────────────────────────────────────────────────────────────────


@needs(May.KEEP_GROUPS)
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """The groups in reach, those at work first."""
    today = clock.today()
    rows = [_group_line(view, today) for view in queries.groups_in_reach(actor_of(request), on=today)]
    rows.sort(key=lambda row: row["tone"] == "idle")
    return render(request, "duties/groups_kept.html", {"rows": rows})


@needs(May.KEEP_GROUPS)
@require_http_methods(_BOTH)
def new_group(request: HttpRequest) -> HttpResponse:
    """A document founded a group."""
    form = GroupForm(sent(request), initial={"founded_on": clock.today(), "place": asked_place(request)})

    def found() -> None:
        services.found_group(given=group_from(request.POST.dict(), finders=FINDERS), by=actor_of(request),
                             at=clock.now())  # fmt: skip

    title = pgettext("duties", "Found a group")
    return written(request, form, found, to=reverse("duties:groups"), title=title)


def _kept(request: HttpRequest, number: int) -> GroupView:
    view = queries.group_in_reach(actor_of(request), number, on=clock.today())
    if view is None:
        raise Http404
    return view


@needs(May.KEEP_GROUPS)
@require_GET
def group(request: HttpRequest, number: int) -> HttpResponse:
    """A group as whoever keeps it sees it: members with their terms, and what is not right any more."""
    view = _kept(request, number)
    context = _shown(view, clock.today(), sees_names=True)
    rows = [_member_line(line, context["today"]) for line in (*context["now"], *context["later"], *context["before"])]
    return render(request, "duties/group_kept.html", context | {"rows": rows})


def _member_line(line: Line, today: date) -> dict[str, Any]:
    tone, word = standing(line.view, today)
    return {"line": line, "tone": tone, "word": word}


@needs(May.KEEP_GROUPS)
@require_http_methods(_BOTH)
def edit_group(request: HttpRequest, number: int) -> HttpResponse:
    """Put right what is said of a group."""
    view = _kept(request, number)
    form = GroupForm(sent(request), initial=initial_of_group(view))

    def correct() -> None:
        given = group_from(request.POST.dict(), finders=FINDERS)
        services.correct_group(group_id=number, given=given, by=actor_of(request), at=clock.now())

    return written(request, form, correct, to=_page(number), title=view.name)


@needs(May.KEEP_GROUPS)
@require_http_methods(_BOTH)
def dissolve(request: HttpRequest, number: int) -> HttpResponse:
    """A document dissolved a group."""
    view = _kept(request, number)
    form = DissolveForm(sent(request), initial={"dissolved_on": clock.today()})

    def end() -> None:
        given = dissolution_from(request.POST.dict())
        services.dissolve_group(group_id=number, given=given, by=actor_of(request), at=clock.now())

    button = pgettext("duties", "Dissolve the group")
    return written(request, form, end, to=_page(number), title=view.name, button=button)


@needs(May.KEEP_GROUPS)
@require_http_methods(_BOTH)
def new_member(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody belongs to a group."""
    view = _kept(request, number)
    form = MemberForm(sent(request), initial={"starts_on": max(clock.today(), view.founded_on)})

    def name() -> None:
        given = member_from(request.POST.dict(), finders=FINDERS)
        services.name_member(group_id=number, given=given, by=actor_of(request), at=clock.now())

    return written(request, form, name, to=_page(number), title=view.name)


@needs(May.KEEP_GROUPS)
@require_http_methods(_BOTH)
def member(request: HttpRequest, number: int, held: int) -> HttpResponse:
    """Put right or end a membership."""
    view, by = _kept(request, number), actor_of(request)
    one = next((one for one in view.members if one.id == held), None)
    if one is None:
        raise Http404
    is_end = "end" in request.POST
    username = username_of(one.person_id) if one.person_id else ""
    form = MemberForm(None if is_end else sent(request), initial=initial_of_member(one, username))
    ending = EndForm(request.POST if is_end else None, initial={"ends_on": clock.today()}, auto_id="end_%s")

    def correct() -> None:
        given = member_from(request.POST.dict(), finders=FINDERS)
        services.correct_member(member_id=held, given=given, by=by, at=clock.now())

    def end() -> None:
        services.end_member(member_id=held, ends_on=end_from(request.POST.dict()), by=by, at=clock.now())

    tried, act = (ending, end) if is_end else (form, correct)
    line = _line(one, sees_names=True)
    title = f"{view.name} · {line.who if line else ''}"
    return written(request, tried, act, to=_page(number), title=title, form=form, ending=ending, has_left=one.has_left)


@needs(May.KEEP_GROUPS)
@require_GET
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """The list of members for printing, with names, seconding units and terms."""
    return render(request, "duties/group_sheet.html", _shown(_kept(request, number), clock.today(), sees_names=True))


def _page(number: int) -> str:
    return reverse("duties:group", args=[number])
