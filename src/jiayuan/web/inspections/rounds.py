# SPDX-License-Identifier: Apache-2.0
"""Plans and rounds at the desk, and the draw of a published round for everybody."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from jiayuan.inspections import queries, services
from jiayuan.inspections.access import May
from jiayuan.inspections.enums import Excluded, RoundState
from jiayuan.inspections.intake import exclusion_from, plan_from, plan_line_from, round_from
from jiayuan.inspections.queries import DrawView, RoundView
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Spot, holds, may
from jiayuan.kernel.errors import NotPermitted, Problems, Refused
from jiayuan.kernel.words import one_line
from jiayuan.people.queries import person_names
from jiayuan.places import queries as places
from jiayuan.supervision.access import May as Supervision
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.forms import Answered
from jiayuan.web.duties.finding import FINDERS
from jiayuan.web.guards import needs, public
from jiayuan.web.inspections import wording
from jiayuan.web.inspections.forms import DrawForm, ExcludeForm, PlanForm, RoundForm

_BOTH = ["GET", "POST"]
LONGEST_NOTE = 300


@needs(May.SEE)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for an inspector, the rounds that somebody may see, and the plans that they cite."""
    by = actor_of(request)
    context = {
        "mine": drawn_for(by),
        "here": [_visit_line(one) for one in queries.visits_in_reach(by)[:20]] if not holds(by, May.PLAN) else [],
        "rounds": [{"view": one, "mark": wording.round_mark(one.state)} for one in queries.rounds_seen_by(by)],
        "plans": queries.plans(),
        "plans_rounds": holds(by, May.PLAN),
    }
    return render(request, "inspections/home.html", context)


def drawn_for(by: Actor) -> list[dict[str, Any]]:
    """The places that wait for an inspector, as rows."""
    return [_visit_line(one) for one in queries.visits_of(by)]


def _visit_line(one: queries.VisitView) -> dict[str, Any]:
    return {
        "view": one,
        "where": places.path_name(one.village),
        "mark": wording.visit_mark(one.state),
        "points": wording.printed(one.points) if one.is_published else "",
    }


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is empty; None where the page was only opened."""
    return request.POST if request.method == "POST" else None


@needs(May.PLAN)
@require_http_methods(_BOTH)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Adopt the plan of a year."""
    form = PlanForm(sent(request), initial={"year": clock.today().year, "adopted_on": clock.today()})
    if request.method == "GET":
        return render(request, "inspections/new_plan.html", {"form": form})
    try:
        raw = request.POST.dict()
        lines = tuple(plan_line_from(_cells(line)) for line in raw.get("lines", "").splitlines() if line.strip())
        area = FINDERS.place(raw.get("area", ""), "area")
        services.adopt_plan(given=plan_from(raw, area=area, lines=lines), by=actor_of(request), at=clock.now())
    except NotPermitted as refusal:
        return _again(request, "inspections/new_plan.html", form, _at_area(refusal), status=403)
    except Refused as refusal:
        return _again(request, "inspections/new_plan.html", form, refusal)
    messages.success(request, pgettext("inspections", "The plan is adopted."))
    return HttpResponseRedirect(reverse("inspections:home"))


def _cells(line: str) -> dict[str, str]:
    cells = [cell.strip() for cell in line.replace("；", ";").split(";")]
    return dict(zip(("key", "subject", "lead", "rounds", "per_place"), cells, strict=False))


def _at_area(refusal: Refused) -> Refused:
    """A place outside somebody's reach, named in a form that is otherwise theirs: said there, nothing is lost."""
    return Refused(refusal.code, refusal.message, field="area")


def _again(request: HttpRequest, template: str, form: Answered, refusal: Refused, *, status: int = 422) -> HttpResponse:
    form.show(refusal)
    return render(request, template, {"form": form}, status=status)


@needs(May.PLAN)
@require_http_methods(_BOTH)
def new_round(request: HttpRequest) -> HttpResponse:
    """Prepare a round under a line of the plan."""
    lines = [
        (str(one.id), f"{one.year} · {one.key} {one.subject}（{one.cited}/{one.rounds}）")
        for one in queries.plan_lines()
    ]
    versions = [(str(one.version_id), f"{one.title} · {one.number}") for one in queries.sheets()]
    today = clock.today()
    initial = {
        "starts_on": today,
        "ends_on": today,
        "per_stratum": 1,
        "strata_by": "town",
        "weighting": "equal",
        "manner": "undercover",
        "red_from": "90",
        "black_below": "80",
    }
    form = RoundForm(sent(request), initial=initial, lines=lines, versions=versions)
    if request.method == "GET":
        return render(request, "inspections/new_round.html", {"form": form})
    try:
        given = round_from(request.POST.dict(), place=_named)
        row = services.prepare_round(given=given, by=actor_of(request), at=clock.now())
    except NotPermitted as refusal:
        return _again(request, "inspections/new_round.html", form, _at_area(refusal), status=403)
    except Refused as refusal:
        return _again(request, "inspections/new_round.html", form, refusal)
    return HttpResponseRedirect(reverse("inspections:round", args=[row.handle]))


def _named(typed: str, field: str) -> str:
    return (FINDERS.place if field == "area" else FINDERS.village)(typed, field)


# ── one round ─────────────────────────────────────────────────────────────────────────────────────────────────────


@needs(May.SEE)
@require_http_methods(_BOTH)
def one(request: HttpRequest, handle: str) -> HttpResponse:
    """A round: what it is made from, its draw, its places, and what it came to; its moves are pressed here."""
    by = actor_of(request)
    view = queries.round_seen_by(by, handle)
    if view is None:
        raise Http404
    forms = _forms(request)
    status, refusal = 200, None
    if request.method == "POST":
        try:
            _move(request, view)
            return HttpResponseRedirect(request.path)
        except (Problems, Refused) as refused:
            status, refusal = (403 if isinstance(refused, NotPermitted) else 422), refused
            shown = forms.get(next((name for name in forms if name in request.POST), ""))
            if shown is not None:
                shown.show(refused)
                refusal = None
    return render(request, "inspections/round.html", _context(request, view, forms, refusal), status=status)


def _forms(request: HttpRequest) -> dict[str, Answered]:
    """The forms of the page; only the one that was sent holds what was typed."""
    posted = request.POST
    return {
        "exclude": ExcludeForm(posted if "exclude" in posted else None, auto_id="exclude_%s"),
        "draw": DrawForm(posted if "draw" in posted else None, auto_id="draw_%s"),
    }


def _move(request: HttpRequest, view: RoundView) -> None:
    """What was pressed."""
    by, at, sent_form = actor_of(request), clock.now(), request.POST
    moves: dict[str, Callable[[], object]] = {
        "exclude": lambda: services.exclude(
            round_id=view.id, given=exclusion_from(sent_form.dict(), place=FINDERS.village), by=by, at=at
        ),
        "readmit": lambda: services.readmit(round_id=view.id, village=sent_form["readmit"], by=by, at=at),
        "draw": lambda: services.draw_places(round_id=view.id, note=_note(sent_form), by=by, at=at),
        "publish": lambda: services.publish_round(round_id=view.id, by=by, at=at),
        "void": lambda: services.void_round(round_id=view.id, by=by, at=at),
        "look_back": lambda: services.draw_look_back(round_id=view.id, by=by, at=at),
    }
    pressed = next((name for name in moves if name in sent_form), None)
    if pressed is None:
        raise Refused("no_move", pgettext("inspections", "Press one of the buttons."))
    moves[pressed]()


def _note(posted: QueryDict) -> str:
    """Why it is drawn again; everybody will read it on the page of the draw."""
    return one_line(posted.get("note", ""), field="note", longest=LONGEST_NOTE)


def _context(
    request: HttpRequest, view: RoundView, forms: dict[str, Answered], refusal: Refused | None
) -> dict[str, Any]:
    by = actor_of(request)
    plans_here = may(by, May.PLAN, at=queries.spot_of(view))
    results = queries.results_of(view) if view.visits else None
    found = results.places if results else ()
    names = person_names({one.inspector_id or 0 for one in found}) if plans_here else {}
    draws = queries.draws_of(view.id)
    sheet = queries.version_of(view.version_id)
    warned = queries.warnings_of(view, [one.village for one in found])
    return {
        "round": view,
        "area": places.path_name(view.area),
        "mark": wording.round_mark(view.state),
        "sheet": sheet,
        "warned": warned,
        "often": [{"where": places.path_name(one.village), "view": one} for one in warned.places],
        "exclusions": [
            {"view": one, "where": places.path_name(one.village), "reason": one.reason.label}
            for one in queries.exclusions_of(view.id)
        ],
        "draws": draws,
        "lines": wording.place_lines(view, found, names),
        "left": view.visits - view.scored,
        "results": results,
        "towns": wording.means_shown(results.towns) if results else [],
        "counties": wording.means_shown(results.counties) if results and len(results.counties) > 1 else [],
        "bands": [[wording.unit_name(one.key) for one in band] for band in results.bands] if results else [],
        "appeals": _appeals(view, by) if view.state is RoundState.PUBLISHED else [],
        "look_back": _look_back(view) if view.state is RoundState.PUBLISHED else None,
        "may_plan": plans_here,
        "may_issue": view.state is RoundState.PUBLISHED and holds(by, Supervision.ISSUE),
        "may_write": view.state is RoundState.PUBLISHED and holds(by, Supervision.WRITE_BULLETIN),
        "may_decide": may(by, May.DECIDE, at=queries.spot_of(view)),
        "forms": forms,
        "refusal": refusal,
    }


def _appeals(view: RoundView, by: Actor) -> list[dict[str, Any]]:
    """The appeals of a round; their words only for who reads at the place, plans or decides."""
    over_all = may(by, May.PLAN, at=queries.spot_of(view)) or may(by, May.DECIDE, at=queries.spot_of(view))
    return [
        {
            "view": one,
            "where": places.path_name(one.village),
            "mark": wording.appeal_mark(one.state),
            "reason": one.reason if over_all or may(by, May.SEE, at=Spot(code=one.village)) else "",
        }
        for one in queries.appeals_of_round(view.id)
    ]


def _look_back(view: RoundView) -> dict[str, Any] | None:
    kept = queries.look_back_of(view.id)
    if kept is None:
        return None
    drawn = set(kept.findings)
    found = [(village, one) for village, one in queries.findings_of_round(view.id) if one.id in drawn]
    rows = [{"where": places.path_name(village), "finding": one} for village, one in found]
    return {"view": kept, "rows": rows}


# ── the draw, for everybody ───────────────────────────────────────────────────────────────────────────────────────


@public
@require_GET
def replay(request: HttpRequest, handle: str) -> HttpResponse:
    """How a round's places were drawn, drawn again while the page is made: list, digest, seed and result.

    For everybody once the round is published; before that for its planners alone, or the list would tell too much.
    """
    view = queries.published_round(handle) or queries.round_seen_by(actor_of(request), handle)
    if view is None or not view.visits:
        raise Http404
    draws = queries.draws_of(view.id)
    asked = request.GET.get("attempt", "")
    shown = next((one for one in draws if str(one.attempt) == asked), draws[0])
    context = {
        "round": view,
        "draws": draws,
        "draw": shown,
        "is_demo": settings.DEMO,
        **_drawn_again(view, shown, is_latest=shown == draws[0]),
    }
    return render(request, "inspections/replay.html", context)


def _drawn_again(view: RoundView, shown: DrawView, *, is_latest: bool) -> dict[str, Any]:
    frame = queries.frame_from(shown.listing)
    drawn = queries.draw(frame, shown.seed)
    kept = [one.village for one in queries.places_of(view)]
    reasons = dict(Excluded.choices)
    return {
        "is_sealed": queries.digest_of(shown.listing) == shown.listing_digest,
        "is_same": [line.code for line in drawn] == kept if is_latest else None,
        "drawn": [
            {
                "number": number,
                "code": line.code,
                "where": places.path_name(line.code),
                "stratum": wording.stratum(line.stratum),
                "key": queries.key_of(shown.seed, line.code)[:12],
            }
            for number, line in enumerate(drawn, 1)
        ],
        "strata": [(wording.stratum(name), n) for name, n in sorted(frame.quotas.items())],
        "listed": len(frame.lines),
        "excluded": [
            (places.path_name(line.code), reasons.get(line.excluded, line.excluded))
            for line in frame.lines
            if line.excluded
        ],
    }
