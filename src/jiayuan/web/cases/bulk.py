# SPDX-License-Identifier: Apache-2.0
"""One move for many cases: what was chosen, the question that the move asks, and what came of each case."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import State, Urgency, V, VoidReason
from jiayuan.cases.queries import Case
from jiayuan.cases.services import MOST_AT_ONCE, CaseId, Chosen, Outcome
from jiayuan.kernel import clock
from jiayuan.kernel.errors import NotPermitted, Refused
from jiayuan.kernel.words import words
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import bulk_verbs, forms
from jiayuan.web.cases.desk import Line, line_of
from jiayuan.web.cases.lists import narrowed_by
from jiayuan.web.cases.moves import LONGEST_NOTE
from jiayuan.web.guards import needs

BY_RULE = "rule"


@dataclass(frozen=True, slots=True)
class Picked:
    """A case that was chosen, as the list showed it, and as it is called here."""

    case: Case
    version: int
    line: Line

    @property
    def choice(self) -> str:
        """How the case stands in the form, with the version that the list showed."""
        return f"{self.case.handle}.{self.version}"


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one case, in words."""

    picked: Picked
    is_done: bool
    words: str
    retry: str


class IntoForm(forms.VersionedForm):
    """Which of the chosen cases leads."""

    into = django_forms.ChoiceField(
        label=pgettext_lazy("cases", "The case that leads"),
        required=False,
        choices=(),
        widget=django_forms.RadioSelect,
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = choices  # type: ignore[attr-defined]
        self.fields["into"].initial = choices[0][0] if choices else None


@needs(May.SEE)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask what the move asks, then make it with each chosen case; whoever sends it twice reads the same answer."""
    verb = request.POST.get("verb", "")
    if verb not in bulk_verbs.VERBS:
        raise Http404
    if V(verb) not in bulk_verbs.offered(actor_of(request)):
        permission = bulk_verbs.VERBS[V(verb)]
        message = pgettext_lazy("web", "None of your posts opens this page: %(what)s")
        raise NotPermitted("not_permitted", message, what=permission.sentence, permission=permission.code)
    picked = _picked(request)
    if "sure" not in request.POST or not picked:
        again = request if {"unit", "reason", "note", "into"} & set(request.POST) else None
        return _asking(request, V(verb), picked, _form(V(verb), picked, again))
    form = _form(V(verb), picked, request)
    try:
        steps = _STEPS[V(verb)](request, picked)
    except Refused as refusal:
        form.show(refusal)
        return _asking(request, V(verb), picked, form, status=422)
    return _done(request, V(verb), picked, _moved(request, V(verb), picked, steps))


def _picked(request: HttpRequest) -> list[Picked]:
    """The chosen cases that exist for the actor; with "all of this list" its first two hundred."""
    actor, now = actor_of(request), clock.now()
    if request.POST.get("all"):
        _, narrowed = narrowed_by(request)
        rows = queries.page_of_cases(actor, narrowed=narrowed, size=MOST_AT_ONCE).rows
        versions = {row.handle: row.version for row in rows}
    else:
        versions = dict(_choice(value) for value in request.POST.getlist("case")[:MOST_AT_ONCE])
    found = queries.cases_named(actor, list(versions))
    return [Picked(case, versions[case.handle], line_of(case, now, by=actor)) for case in found]


def _choice(value: str) -> tuple[str, int]:
    handle, _, version = value.partition(".")
    return handle, int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else -1


def _asking(
    request: HttpRequest, verb: V, picked: Sequence[Picked], form: forms.VersionedForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "verb": verb.value,
        "label": str(verb.label),
        "picked": picked,
        "form": form,
        "hints": {one.case.handle: hint for one in picked if (hint := _hint(verb, one.case))},
        "address": request.GET.urlencode(),
        "most": MOST_AT_ONCE,
    }
    return render(request, "cases/bulk.html", context, status=status if picked else 422)


def _hint(verb: V, case: Case) -> str:
    """What the move will mean for this case, where it differs from case to case."""
    if verb is V.FILE:
        conditions = standards.conditions_of(case.problem_class_id)
        return str(conditions[0].name) if conditions else ""
    return ""


def _form(verb: V, picked: Sequence[Picked], request: HttpRequest | None) -> forms.VersionedForm:
    data = request.POST if request is not None else None
    if verb is V.DISPATCH:
        return forms.DispatchForm(data, choices=_units(picked))
    if verb is V.MERGE:
        oldest = sorted(picked, key=lambda one: one.case.reported_at)
        return IntoForm(
            data,
            choices=[(one.case.handle, f"{one.line.what} · {one.line.where} · {one.case.handle}") for one in oldest],
        )
    return _FORMS.get(verb, forms.PlainForm)(data)


_FORMS: Mapping[V, type[forms.VersionedForm]] = {
    V.URGE: forms.reason_form(Urgency),
    V.VOID: forms.reason_form(VoidReason),
}


def _units(picked: Sequence[Picked]) -> list[tuple[str, str]]:
    """What the rules propose for each, then every unit that can answer for one of the places."""
    units = {unit.id: unit.short_name for one in picked for unit in places.units_for(one.case.village)}
    listed = [(str(unit_id), name) for unit_id, name in units.items()]
    return [(BY_RULE, pgettext("cases", "The unit that the routing rules name for each")), *listed]


# ── what is done with each ────────────────────────────────────────────────────────────────────────────────────────

Steps = Callable[[Picked], Callable[..., object]]


def _plain(service: Callable[..., object]) -> Callable[[HttpRequest, Sequence[Picked]], Steps]:
    return lambda _request, _picked: lambda _one: service


def _reasoned(
    service: Callable[..., object], kind: Callable[[str], Any]
) -> Callable[[HttpRequest, Sequence[Picked]], Steps]:
    def steps(request: HttpRequest, _picked: Sequence[Picked]) -> Steps:
        try:
            reason = kind(request.POST.get("reason", ""))
        except ValueError as wrong:
            raise Refused("missing_reason", pgettext("cases", "Choose one of these."), field="reason") from wrong
        note = words(request.POST.get("note", ""), field="note", longest=LONGEST_NOTE)
        return lambda _one: partial(service, reason=reason, note=note)

    return steps


def _file(_request: HttpRequest, _picked: Sequence[Picked]) -> Steps:
    def step(one: Picked) -> Callable[..., object]:
        conditions = standards.conditions_of(one.case.problem_class_id)
        return partial(services.file, condition_id=conditions[0].id if conditions else 0)

    return step


def _dispatch(request: HttpRequest, picked: Sequence[Picked]) -> Steps:
    chosen = request.POST.get("unit", "")
    if chosen == BY_RULE:
        waiting = [one.case for one in picked if one.case.state == State.FILED]
        proposals = queries.proposed_units(waiting, at=clock.now())  # type: ignore[arg-type]
        units = {case_id: proposal.unit_id for case_id, proposal in proposals.items()}
        return lambda one: partial(services.dispatch, unit_id=units[one.case.pk]) if one.case.pk in units else _no_rule
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 10):
        raise Refused("missing_unit", pgettext("cases", "Choose a unit."), field="unit")
    return lambda _one: partial(services.dispatch, unit_id=int(chosen))


def _no_rule(**_given: Any) -> object:
    raise Refused("no_rule", pgettext_lazy("cases", "No routing rule names a unit for this case."), field="unit")


def _merge(request: HttpRequest, picked: Sequence[Picked]) -> Steps:
    into = next((one.case for one in picked if one.case.handle == request.POST.get("into", "")), None)
    if into is None or len(picked) < 2:
        raise Refused(
            "missing_into", pgettext("cases", "Choose at least two cases and the one that leads."), field="into"
        )
    return lambda one: _leads if one.case.pk == into.pk else partial(services.merge, into_id=CaseId(into.pk))


def _leads(**_given: Any) -> object:
    """The leading case stays where it is."""
    return None


_STEPS: Mapping[V, Callable[[HttpRequest, Sequence[Picked]], Steps]] = {
    V.FILE: _file,
    V.DISPATCH: _dispatch,
    V.SIGN: _plain(services.sign),
    V.CLOSE: _plain(services.close),
    V.URGE: _reasoned(services.urge, Urgency),
    V.MERGE: _merge,
    V.VOID: _reasoned(services.void, VoidReason),
}


_TOLD = ("unit_id", "reason", "into_id")
"""What is given to a move and stands in its event under the same name."""


def _moved(request: HttpRequest, verb: V, picked: Sequence[Picked], steps: Steps) -> list[Outcome]:
    chosen = []
    for one in picked:
        step = steps(one)
        given = step.keywords if isinstance(step, partial) else {}
        told = {name: value for name, value in given.items() if name in _TOLD}
        chosen.append(Chosen(case=one.case, version=one.version, verb=verb, step=step, told=told))
    return services.move_each(chosen=chosen, by=actor_of(request), at=clock.now())


def _why(refusal: Refused, one: Picked, case: Case) -> str:
    """Why a case stayed as it was. Nobody was faster when it is still as it was chosen: the step does not fit it."""
    if refusal.code == "wrong_state" and case.version == one.version:
        said = pgettext("cases", "Now %(state)s: this step does not fit.")
        return said % {"state": State(case.state).label}
    return str(refusal.message)


def _done(request: HttpRequest, verb: V, picked: Sequence[Picked], outcomes: Sequence[Outcome]) -> HttpResponse:
    """What came of each case, the refused ones first; they can be tried again as they stand now."""
    now, actor = clock.now(), actor_of(request)
    fresh = {case.pk: case for case in queries.cases_named(actor, [one.case.handle for one in picked])}
    told = []
    for one, outcome in zip(picked, outcomes, strict=True):
        case = fresh.get(one.case.pk, one.case)
        refusal = outcome.refusal
        told.append(
            Told(
                Picked(case, case.version, line_of(case, now, by=actor)),
                outcome.is_done,
                _why(refusal, one, case) if refusal else "",
                f"{case.handle}.{case.version}" if refusal else "",
            )
        )
    told.sort(key=lambda one: one.is_done)
    kept = [(name, value) for name, value in request.POST.items() if name in ("unit", "reason", "note", "into")]
    context = {
        "verb": verb.value,
        "label": str(verb.label),
        "told": told,
        "done": sum(one.is_done for one in told),
        "refused": [one for one in told if not one.is_done],
        "kept": kept,
        "address": request.GET.urlencode(),
    }
    return render(request, "cases/bulk_done.html", context)
