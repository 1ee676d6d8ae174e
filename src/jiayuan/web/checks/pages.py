# SPDX-License-Identifier: Apache-2.0
"""The checker's page and its answers, and having another checker drawn."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiayuan.cases import queries, services
from jiayuan.cases.access import May
from jiayuan.cases.enums import DeclineReason, Shortfall, State
from jiayuan.cases.queries import Case
from jiayuan.kernel import clock
from jiayuan.kernel.access import may
from jiayuan.kernel.errors import NotPermitted, Refused, Stale
from jiayuan.kernel.words import words
from jiayuan.media import queries as media
from jiayuan.media.enums import PhotoRole, Variant
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import wording as case_wording
from jiayuan.web.cases.forms import VersionedForm
from jiayuan.web.checks import forms, wording
from jiayuan.web.guards import needs

LONGEST_NOTE = 500


@needs(May.CHECK)
@require_GET
def check(request: HttpRequest, handle: str) -> HttpResponse:
    """Before and after side by side with everything that helps to judge them."""
    return _page(request, _found(request, handle))


def _found(request: HttpRequest, handle: str) -> Case:
    case = queries.case_to_check(actor_of(request), handle)
    if case is None:
        raise Http404
    return case


def _page(
    request: HttpRequest,
    case: Case,
    *,
    answered: tuple[str, VersionedForm] | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    evidence = media.evidence_of(subject=case.ref, spot=case.spot, by=actor)
    flags = queries.flags_told(actor, case)
    checking = queries.round_of_check(case)
    # Asked only where nobody was left to be drawn: whoever was drawn is none of the hands.
    is_waiting = case.state == State.FED_BACK
    hands = queries.hands_of(case) if is_waiting and case.checker_id is None else frozenset()
    texts, began = queries.texts_of(case), checking.began_at if checking else None
    now = [one for one in evidence if one.role is PhotoRole.AFTER and (began is None or one.linked_at > began)]
    then = [one for one in evidence if one.role is PhotoRole.AFTER and one not in now]
    before = [one for one in evidence if one.role is not PhotoRole.AFTER]
    form = {verb: kind(initial={"version": case.version}, auto_id=f"id_{verb}_%s") for verb, kind in _FORMS.items()}
    if answered is not None:
        form[answered[0]] = answered[1]
    context = {
        "case": case,
        "what": case_wording.class_name(case.problem_class_id),
        "where": case_wording.place_name(case.village, with_county=True),
        "unit": case_wording.unit_name(case.unit_id),
        "mark": case_wording.mark(case.state),
        "closing": str(standards.condition(case.condition_id).closes_when) if case.condition_id is not None else "",
        "told": [text.body for text in texts.values() if text.kind == "report"],
        "feedback": _feedback(texts.values(), checking),
        "pair": [wording.picture(one, Variant.LARGE) for one in (*before[:1], *now[-1:])] if before and now else [],
        "before": [_shown(one, flags, case, evidence) for one in before],
        "after": [_shown(one, flags, case, evidence) for one in now],
        "earlier": [_shown(one, flags, case, evidence) for one in then],
        "needs_photo": standards.photo_rule(case.problem_class_id).after > 0,
        "flagged": sum(flag.photo_id in {one.id for one in (*before, *now)} for flag in flags),
        "waits_for_me": queries.waits_for(actor, case, hands, at=clock.now()),
        "is_waiting": is_waiting,
        "is_open_to_all": case.checker_id is None,
        "draw": checking.draw if checking else None,
        "form": form,
        "is_open": answered[0] if answered is not None else "",
        "refusal": refusal if answered is None else None,
    }
    return render(request, "checks/check.html", context, status=status)


def _feedback(texts: Iterable[queries.Text], checking: queries.Round | None) -> str:
    """What the unit wrote with its feedback; notes of checkers and of who ordered a draw are not meant for the next."""
    at = checking.fed_back_at if checking else None
    return next((text.body for text in texts if text.kind == "note" and text.written_at == at), "")


def _shown(
    one: media.Evidence, flags: tuple[queries.FlagTold, ...], case: Case, evidence: tuple[media.Evidence, ...]
) -> dict[str, Any]:
    """A picture with its facts and its flags."""
    return {
        **wording.picture(one, Variant.THUMB),
        "role": str(one.role.label),
        "taken": wording.taken_words(one.taken_at),
        "place": wording.where_words(queries.distance_to(case, one, among=evidence)),
        "flags": [wording.flag_shown(flag) for flag in flags if flag.photo_id == one.id],
    }


_FORMS: Mapping[str, Callable[..., VersionedForm]] = {
    "close": VersionedForm,
    "send_back": forms.BackForm,
    "decline": forms.DeclineForm,
}


@needs(May.CHECK)
@require_POST
def decide(request: HttpRequest, handle: str, verb: str) -> HttpResponse:
    """Close, send back or decline; a refusal comes back on the same page with what was typed."""
    case = _found(request, handle)
    if verb not in _FORMS:
        raise Http404
    form = _FORMS[verb](request.POST, auto_id=f"id_{verb}_%s")
    try:
        _ANSWERS[verb](request, case)
    except (Stale, NotPermitted) as refusal:
        status = 403 if isinstance(refusal, NotPermitted) else 409
        return _page(request, _found(request, handle), refusal=refusal, status=status)
    except Refused as refusal:
        form.show(refusal)
        asks = len(form.fields) > 1
        return _page(request, case, answered=(verb, form) if asks else None, refusal=refusal, status=422)
    return HttpResponseRedirect(reverse("desk:todo"))


def _common(request: HttpRequest, case: Case) -> dict[str, Any]:
    return {"case_id": services.CaseId(case.pk), "by": actor_of(request), "at": clock.now()}


def _version(request: HttpRequest) -> int | None:
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 9 else None


def _note(request: HttpRequest) -> str:
    return words(request.POST.get("note", ""), field="note", longest=LONGEST_NOTE)


def _reason(request: HttpRequest, kind: Callable[[str], Any]) -> Any:
    try:
        return kind(request.POST.get("reason", ""))
    except ValueError as wrong:
        raise Refused("missing_reason", pgettext("cases", "Choose one of these."), field="reason") from wrong


def _close(request: HttpRequest, case: Case) -> None:
    services.close(version=_version(request), **_common(request, case))


def _send_back(request: HttpRequest, case: Case) -> None:
    reason, note = _reason(request, Shortfall), _note(request)
    services.send_back(reason=reason, note=note, version=_version(request), **_common(request, case))


def _decline(request: HttpRequest, case: Case) -> None:
    services.decline_check(reason=_reason(request, DeclineReason), note=_note(request), **_common(request, case))


_ANSWERS: Mapping[str, Callable[[HttpRequest, Case], None]] = {
    "close": _close,
    "send_back": _send_back,
    "decline": _decline,
}


@needs(May.REDRAW)
@require_http_methods(["GET", "POST"])
def redraw(request: HttpRequest, handle: str) -> HttpResponse:
    """Have another checker drawn, with a reason."""
    case = queries.case_seen_by(actor_of(request), handle)
    if case is None or not may(actor_of(request), May.REDRAW, at=case.spot):
        raise Http404
    form, status = forms.RedrawForm(request.POST or None, initial={"version": case.version}), 200
    if request.method == "POST":
        try:
            services.redraw_checker(note=_note(request), **_common(request, case))
        except Refused as refusal:
            form.show(refusal)
            status = 409 if isinstance(refusal, Stale) else 422
        else:
            return HttpResponseRedirect(reverse("cases:case", args=[case.handle]))
    where = case_wording.place_name(case.village, with_county=True)
    context = {"case": case, "what": case_wording.class_name(case.problem_class_id), "where": where, "form": form}
    return render(request, "checks/redraw.html", context, status=status)
