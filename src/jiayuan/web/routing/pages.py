# SPDX-License-Identifier: Apache-2.0
"""Reading routing rules: the list in the order in which they are asked, one rule with its history, the gaps."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from jiayuan.cases import queries
from jiayuan.cases.access import May
from jiayuan.cases.queries import RuleFigures, RuleView
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, holds
from jiayuan.people.queries import person_name
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.wording import class_name
from jiayuan.web.guards import needs
from jiayuan.web.routing import wording

MOST_FOUND = 12
FIGURES_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A rule as a row of the list."""

    number: int
    url: str
    priority: int
    subject: str
    target: str
    validity: str
    at_once: bool
    is_off: bool
    figures: RuleFigures | None
    wrong: str
    warning: str


def line(view: RuleView, figures: RuleFigures | None, warning: str) -> Line:
    """A rule in words, with what came of it."""
    return Line(
        number=view.number,
        url=reverse("routing:rule", args=[view.number]),
        priority=view.priority,
        subject=wording.subject(view),
        target=wording.target(view),
        validity=wording.validity(view) if view.valid_until or view.valid_from > clock.today() else "",
        at_once=view.at_once,
        is_off=view.is_over(clock.today()),
        figures=figures,
        wrong=rate(figures),
        warning=warning,
    )


def rate(figures: RuleFigures | None) -> str:
    """How many of the cases that followed a rule were rightly sent, with both numbers; empty where none was."""
    if figures is None or not figures.followed:
        return ""
    return f"{100 * figures.right / figures.followed:.1f} %（{figures.right}/{figures.followed}）"


@needs(May.SEE_ROUTING)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """All rules in the order in which they are asked, as plain sentences."""
    views = queries.rules_now()
    found = queries.findings_in(views, on=clock.today())
    warned = {finding.number: wording.finding_words(finding) for finding in reversed(found)}
    figures = queries.figures_of_rules(since=clock.now() - timedelta(days=FIGURES_DAYS))
    shown = [view for view in views if _is_wanted(view, request)]
    context = {
        "lines": [line(view, figures.get(view.number), warned.get(view.number, "")) for view in shown],
        "findings": [
            {"words": wording.finding_words(one), "url": reverse("routing:rule", args=[one.number])} for one in found
        ],
        "may_write": holds(actor_of(request), May.EDIT_ROUTING),
        "areas": _areas(),
        "area": request.GET.get("area", ""),
        "kind": request.GET.get("kind", ""),
        "tiles": [(tile.code, str(tile.name)) for tile in standards.tiles()],
        "is_narrowed": bool(request.GET.get("area") or request.GET.get("kind")),
        "days": FIGURES_DAYS,
    }
    return render(request, "routing/list.html", context)


def _is_wanted(view: RuleView, request: HttpRequest) -> bool:
    """Whether a rule can decide about the area and the kind that the list is narrowed to."""
    area, kind = request.GET.get("area", ""), request.GET.get("kind", "")
    if area.isdecimal() and view.places:
        codes = [code.rstrip("0") for code in view.places]
        if not any(code.startswith(area) or area.startswith(code) for code in codes):
            return False
    if kind and view.kinds:
        wanted = set(queries.classes_of(f"tile:{kind}"))
        return any(wanted.intersection(queries.classes_of(one)) for one in view.kinds)
    return True


def _areas() -> list[tuple[str, str]]:
    """The counties with their towns, for narrowing the list."""
    city = places.city()
    found: list[tuple[str, str]] = []
    for county in places.children(city.code) if city else ():
        found.append((county.code[:6], county.short_name))
        found += [(town.code[:9], f"{county.short_name} {town.short_name}") for town in places.children(county.code)]
    return found


@needs(May.SEE_ROUTING)
@require_GET
def rule(request: HttpRequest, number: int) -> HttpResponse:
    """One rule: what it says, what came of it, and who changed it when."""
    history = queries.history_of_rule(number)
    if not history:
        raise Http404
    view = history[0].view
    found = queries.findings_in(queries.rules_now(), on=clock.today())
    figures = queries.figures_of_rules().get(number)
    context = {
        "view": view,
        "title": wording.sentence(view),
        "facts": wording.facts(view),
        "figures": figures,
        "rate": rate(figures),
        "findings": [wording.finding_words(one) for one in found if number in (one.number, one.other)],
        "editions": [_edition(edition) for edition in history],
        "may_edit": queries.may_edit(actor_of(request), view),
        "is_over": view.is_over(clock.today()),
    }
    return render(request, "routing/rule.html", context)


def _edition(edition: queries.Edition) -> dict[str, Any]:
    view = edition.view
    return {
        "version": view.version,
        "at": view.made_at,
        "change": view.change.label,
        "who": person_name(edition.person_id) if edition.person_id else "",
        "sentence": wording.sentence(view),
        "differences": wording.differences(edition.before, view) if edition.before else [],
    }


@needs(May.EDIT_ROUTING)
@require_GET
def find_places(request: HttpRequest) -> HttpResponse:
    """Places that fit what is being typed, to be ticked."""
    return render(request, "routing/_places.html", {"found": places_like(request.GET.get("place_query", ""))})


def places_like(typed: str) -> list[tuple[str, str]]:
    """Counties, towns and villages that a text can mean, the wider first when they are called exactly so."""
    typed = typed.strip()[:40]
    if not typed:
        return []
    found = places.search(typed, levels=(Level.COUNTY, Level.TOWN, Level.VILLAGE), limit=MOST_FOUND * 2)
    exact = [place for place in found if typed in (place.name, place.short_name)]
    ordered = dict.fromkeys(place.code for place in [*exact, *found])
    return [(code, wording.place_name(code)) for code in list(ordered)[:MOST_FOUND]]


@needs(May.SEE_ROUTING)
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """For how many cases of the last month some rule speaks, and where the others lie thickest."""
    found = queries.coverage(by=actor_of(request), at=clock.now())
    share = f"{100 * found.covered / found.looked_at:.1f} %" if found.looked_at else ""
    gaps = [
        {"what": class_name(gap.class_id), "where": wording.place_name(gap.county), "n": gap.n, "url": _new_for(gap)}
        for gap in found.gaps
    ]
    context = {"found": found, "share": share, "gaps": gaps, "may_write": holds(actor_of(request), May.EDIT_ROUTING)}
    return render(request, "routing/coverage.html", context)


def _new_for(gap: queries.Gap) -> str:
    """The form of a new rule with the kind and the county of a gap ticked."""
    key = standards.problem_class(gap.class_id).key
    code = places.division(gap.county)
    return reverse("routing:new") + "?" + urlencode({"kinds": f"class:{key}", "places": code.code if code else ""})


def sees_cases(actor: Actor) -> bool:
    """Whether the actor may open cases at all, so that samples lead to them."""
    return holds(actor, May.SEE)


def flow_words(unit: str) -> str:
    """The unit of a flow, or that a dispatcher chooses."""
    return unit or pgettext("cases", "a dispatcher chooses")
