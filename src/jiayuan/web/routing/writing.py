# SPDX-License-Identifier: Apache-2.0
"""Writing, changing and ending routing rules. Nothing is kept before its trial was seen; a trial keeps nothing."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import npgettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import Hours, Target
from jiayuan.cases.intake import RuleInput, rule_from
from jiayuan.cases.queries import RuleView, Trial
from jiayuan.kernel import clock
from jiayuan.kernel.errors import NotPermitted, Problems, Refused, Stale
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.wording import class_name, unit_name
from jiayuan.web.guards import needs
from jiayuan.web.routing import pages, wording
from jiayuan.web.routing.forms import RuleForm, initial_of, raw_of


@needs(May.EDIT_ROUTING)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new rule, its trial, and keeping it."""
    if request.method == "POST":
        return _posted(request, None)
    initial = {
        "kinds": request.GET.getlist("kinds"),
        "places": request.GET.getlist("places"),
        "hours": Hours.ANY,
        "setting": "",
        "target": Target.UNIT,
        "priority": "5",
        "valid_from": clock.today().isoformat(),
    }
    return _page(request, None, RuleForm(initial=initial, units=queries.offered_units()))


@needs(May.EDIT_ROUTING)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """The same form for a rule that is there."""
    view = _editable(request, number)
    if request.method == "POST":
        return _posted(request, view)
    return _page(request, view, RuleForm(initial=initial_of(view), units=queries.offered_units()))


def _editable(request: HttpRequest, number: int) -> RuleView:
    view = queries.rule_now(number)
    if view is None:
        raise Http404
    if not queries.may_edit(actor_of(request), view):
        raise NotPermitted(
            "not_permitted",
            pgettext_lazy(
                "cases", "This rule reaches beyond the area of your post. Ask whoever answers for all of it."
            ),
        )
    return view


def _posted(request: HttpRequest, view: RuleView | None) -> HttpResponse:
    form = RuleForm(request.POST, units=queries.offered_units())
    if "find" in request.POST:
        return _page(request, view, form, found=pages.places_like(request.POST.get("place_query", "")))
    try:
        given = rule_from(raw_of(request.POST), today=clock.today())
        wanted = _wanted(request, given, view)
        if "save" in request.POST and request.POST.get("tried") == _digest(given):
            return _kept(request, given, view)
        trial = queries.try_rule(wanted, instead_of=view.number if view else None, by=actor_of(request), at=clock.now())
    except Stale as refusal:
        return _page(request, queries.rule_now(view.number) if view else None, form, refusal=refusal, status=409)
    except NotPermitted:
        raise
    except Refused as refusal:
        form.show(refusal)
        return _page(request, view, form, status=422)
    tried = {"trial": trial_words(request, trial), "digest": _digest(given), "sentence": wording.sentence(wanted)}
    return _page(request, view, form, tried=tried)


def _wanted(request: HttpRequest, given: RuleInput, view: RuleView | None) -> RuleView:
    """The rule as it would be kept; refused beside the places where it lies outside the reach."""
    number = {"number": view.number} if view else {}
    wanted = queries.view_from(given, at=clock.now(), **number)
    if not queries.may_edit(actor_of(request), wanted):
        message = pgettext_lazy("cases", "Your post does not cover all of this. Choose places of your own area.")
        raise Problems([Refused("outside_reach", message, field="places")])
    return wanted


def _digest(given: RuleInput) -> str:
    """What a trial was of: whoever changes the form afterwards sees a new trial before it is kept."""
    return sha256(repr(given).encode()).hexdigest()[:16]


def _kept(request: HttpRequest, given: RuleInput, view: RuleView | None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    if view is None:
        kept = services.make_rule(given=given, client_id=_client_id(request.POST), by=by, at=at)
        said = pgettext("cases", "The rule is written and holds from now on.")
    else:
        kept = services.change_rule(number=view.number, version=_version(request), given=given, by=by, at=at)
        said = pgettext("cases", "The rule is changed. What it said before stands in its history.")
    messages.success(request, said)
    return redirect("routing:rule", number=kept.number)


def _client_id(data: QueryDict) -> UUID:
    try:
        return UUID(data.get("client_id", ""))
    except ValueError:
        return uuid4()


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _page(
    request: HttpRequest,
    view: RuleView | None,
    form: RuleForm,
    *,
    found: Sequence[tuple[str, str]] = (),
    tried: Mapping[str, Any] | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    kinds, chosen = set(form.chosen("kinds")), dict.fromkeys(code for code in form.chosen("places") if code)
    context = {
        "form": form,
        "view": view,
        # After a refusal because somebody was faster, the version seen now is the one to save over.
        "version": view.version if view and (refusal or request.method == "GET") else request.POST.get("version", ""),
        "client_id": request.POST.get("client_id") or str(uuid4()),
        "tiles": [
            {"token": f"tile:{tile.code}", "name": tile.name, "is_on": f"tile:{tile.code}" in kinds}
            for tile in standards.tiles()
        ],
        "groups": _groups(kinds),
        "chosen": [(code, wording.place_name(code)) for code in chosen],
        "found": [(code, name) for code, name in found if code not in chosen],
        "asked": "find" in request.POST,
        "tried": tried,
        "refusal": refusal,
        "says_now": wording.sentence(view) if view else "",
    }
    return render(request, "routing/form.html", context, status=status)


def _groups(kinds: set[str]) -> list[dict[str, Any]]:
    """The classes in force by group, those with something ticked opened."""
    groups: dict[str, dict[str, Any]] = {}
    for row in standards.classes():
        if _is_replaced(row, kinds):
            continue
        token = f"group:{row.key.scheme}:{row.key.kind}:{row.group_code}"
        group = groups.setdefault(
            token, {"token": token, "name": row.group, "is_on": token in kinds, "classes": [], "n": int(token in kinds)}
        )
        one = f"class:{row.key}"
        group["classes"].append({"token": one, "name": row.name, "is_on": one in kinds})
        group["n"] += one in kinds
    return list(groups.values())


def _is_replaced(row: standards.ProblemClass, kinds: set[str]) -> bool:
    """A class of a scheme that a newer one replaced is offered only where a rule still names it."""
    if f"class:{row.key}" in kinds:
        return False
    mapped = standards.mapped(row.id)
    return mapped is not None and mapped.relation.value in ("replaced_by", "gone")


def trial_words(request: HttpRequest, trial: Trial) -> dict[str, Any]:
    """A trial as its page says it."""
    links = pages.sees_cases(actor_of(request))
    return {
        "since": trial.since,
        "looked_at": trial.looked_at,
        "decided": trial.decided,
        "changed": trial.changed,
        "elsewhere": trial.elsewhere,
        "undecided": trial.undecided,
        "returned": trial.returned,
        "mended": _mended(trial.mended),
        "share": pgettext("cases", "of %(n)s") % {"n": trial.looked_at},
        "passed_over": trial.passed_over,
        "is_cut": trial.is_cut,
        "against": [{"rule": _rule_words(one.rule), "key": one.key, "n": one.n} for one in trial.against],
        "flows": [
            {
                "source": pages.flow_words(unit_name(flow.source)),
                "to": pages.flow_words(unit_name(flow.to)),
                "n": flow.n,
                "returned": flow.returned,
            }
            for flow in trial.flows
        ],
        "samples": [
            {
                "handle": sample.handle if links else "",
                "what": class_name(sample.problem_class_id),
                "where": wording.place_name(sample.village),
                "at": sample.at,
                "source": pages.flow_words(unit_name(sample.unit_id)),
                "to": pages.flow_words(unit_name(sample.to)),
                "was_returned": sample.was_returned,
            }
            for sample in trial.samples
        ],
    }


def _rule_words(number: int) -> str:
    """The rule by its number; the one under trial has none yet."""
    is_new = number >= queries.UNWRITTEN
    return pgettext("cases", "This rule") if is_new else pgettext("cases", "Rule %(number)s") % {"number": number}


def _mended(n: int) -> str:
    """A good sign: so many went in the end where the rule would have sent them at once."""
    said = npgettext("cases", "%(n)s then went where the rule names", "%(n)s then went where the rule names", n)
    return said % {"n": n} if n else ""


@needs(May.EDIT_ROUTING)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, number: int) -> HttpResponse:
    """What would have been without the rule, and switching it off."""
    view = _editable(request, number)
    if request.method == "POST":
        services.end_rule(number=number, version=_version(request), by=actor_of(request), at=clock.now())
        messages.success(request, pgettext("cases", "The rule is switched off. It can be taken back at any time."))
        return redirect("routing:rule", number=number)
    trial = queries.try_rule(None, instead_of=number, by=actor_of(request), at=clock.now())
    context = {"view": view, "sentence": wording.numbered(view), "trial": trial_words(request, trial)}
    return render(request, "routing/end.html", context)


@needs(May.EDIT_ROUTING)
@require_POST
def back(request: HttpRequest, number: int) -> HttpResponse:
    """Let a rule say again what an earlier version said."""
    _editable(request, number)
    to = request.POST.get("to", "")
    services.take_back(
        number=number,
        version=_version(request),
        to=int(to) if to.isdecimal() and len(to) < 9 else None,
        by=actor_of(request),
        at=clock.now(),
    )
    messages.success(request, pgettext("cases", "Taken back: the rule says again what it said before."))
    return redirect("routing:rule", number=number)
