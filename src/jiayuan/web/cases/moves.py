# SPDX-License-Identifier: Apache-2.0
"""The moves of a case as its page offers and makes them: one form and one service call for each verb of the table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import pgettext

from jiayuan.cases import queries, services
from jiayuan.cases.enums import (
    Answer,
    CallBackResult,
    Denial,
    Discontent,
    Finding,
    ForcedReason,
    Ground,
    LookBackResult,
    NotYet,
    Refusal,
    ReopenGround,
    ReturnDecision,
    ReturnReason,
    Shortfall,
    Urgency,
    V,
    VoidReason,
)
from jiayuan.cases.queries import Case
from jiayuan.kernel import clock
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line, words
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases import forms, wording
from jiayuan.web.cases.photos import receive_photos
from jiayuan.web.duties.citing import clauses_for, units_by_list
from jiayuan.web.routing.proposing import suggestion_for

LONGEST_NOTE = 500
LONGEST_NAME = 20
LONGEST_CLAUSE = 60
MAIN = (
    V.FILE,
    V.DISPATCH,
    V.FIND,
    V.SIGN,
    V.FEED_BACK,
    V.CLOSE,
    V.CONFIRM_RETURN,
    V.GRANT_EXTENSION,
    V.SHELVE,
    V.REVIEW_APPEAL,
    V.DECIDE_APPEAL,
    V.REOPEN,
    V.RECONSIDER,
)
"""What comes first on the page, most likely first; everything else stands folded below."""
FEW = (
    V.RETURN,
    V.SEND_BACK,
    V.REJECT,
    V.ASK_VERIFY,
    V.ASK_EXTENSION,
    V.ASK_SHELVING,
    V.HAND_IN,
    V.REFUSE_RETURN,
    V.REFUSE_EXTENSION,
    V.REFUSE_SHELVING,
    V.REFUSE_REOPEN,
    V.RESUME,
    V.CALL_BACK,
    V.LOOK_BACK,
)
"""What stands beside the main move without unfolding the rest."""


@dataclass(frozen=True, slots=True)
class MoveShown:
    """A move as the page offers it: its verb, its form, whether the form is open, and whether it comes first."""

    verb: str
    url_verb: str
    label: str
    form: forms.VersionedForm
    is_open: bool
    is_main: bool
    is_rare: bool
    asks: bool
    needs_photos: bool

    @property
    def button(self) -> str:
        """How strong the button at the end of the form is."""
        return "main" if self.is_main else "plain"


def moves_shown(case: Case, verbs: Iterable[V], open_form: tuple[V, forms.VersionedForm] | None) -> list[MoveShown]:
    """The moves of a page, the likeliest first."""
    order = {verb: number for number, verb in enumerate((*MAIN, *FEW))}
    ordered = sorted(verbs, key=lambda verb: order.get(verb, len(order)))
    return [_move_shown(case, verb, open_form, first=number == 0) for number, verb in enumerate(ordered)]


def _move_shown(case: Case, verb: V, open_form: tuple[V, forms.VersionedForm] | None, *, first: bool) -> MoveShown:
    is_open = open_form is not None and open_form[0] is verb
    form = open_form[1] if open_form is not None and is_open else form_of(case, verb, None)
    return MoveShown(
        verb=verb.value,
        url_verb=reverse("cases:move", args=[case.handle, verb.value]),
        label=str(verb.label),
        form=form,
        is_open=is_open or (first and verb in MAIN and open_form is None),
        is_main=first and verb in MAIN,
        is_rare=verb not in MAIN and verb not in FEW and not is_open,
        asks=len(form.fields) > 1,
        needs_photos=verb is V.HAND_IN or (verb is V.FEED_BACK and _needs_picture(case)),
    )


def _needs_picture(case: Case) -> bool:
    return standards.photo_rule(case.problem_class_id).after > 0


_FORMS: Mapping[V, type[forms.VersionedForm]] = {
    V.ASK_VERIFY: forms.PlainForm,
    V.FIND: forms.FindForm,
    V.REJECT: forms.RejectForm,
    V.SIGN: forms.PlainForm,
    V.CONFIRM_RETURN: forms.NoteForm,
    V.REFUSE_RETURN: forms.reason_form(ReturnDecision),
    V.HAND_IN: forms.HandInForm,
    V.FEED_BACK: forms.FeedBackForm,
    V.CLOSE: forms.PlainForm,
    V.SEND_BACK: forms.SendBackForm,
    V.GRANT_EXTENSION: forms.PlainForm,
    V.REFUSE_EXTENSION: forms.reason_form(Denial),
    V.SHELVE: forms.PlainForm,
    V.REFUSE_SHELVING: forms.reason_form(Denial),
    V.RESUME: forms.PlainForm,
    V.URGE: forms.reason_form(Urgency),
    V.MERGE: forms.MergeForm,
    V.VOID: forms.reason_form(VoidReason),
    V.FORCE_CLOSE: forms.reason_form(ForcedReason),
    V.APPEAL: forms.reason_form(Ground),
    V.REVIEW_APPEAL: forms.AnswerForm,
    V.DECIDE_APPEAL: forms.AnswerForm,
    V.CALL_BACK: forms.CallBackForm,
    V.LOOK_BACK: forms.LookBackForm,
    V.ASK_REOPEN: forms.ReopenForm,
    V.REOPEN: forms.NoteForm,
    V.RECONSIDER: forms.NoteForm,
    V.REFUSE_REOPEN: forms.NoteForm,
}


def form_of(case: Case, verb: V, data: QueryDict | None) -> forms.VersionedForm:
    """The form of a move, with what was typed if something was."""
    common: dict[str, Any] = {"initial": {"version": case.version}, "auto_id": f"id_{verb.value}_%s"}
    if verb is V.FILE:
        choices = [(str(item.id), _condition_words(item)) for item in standards.conditions_of(case.problem_class_id)]
        return forms.FileForm(data, choices=choices, **common)
    if verb is V.DISPATCH:
        said = units_by_list(case)
        suggestion = suggestion_for(case)
        return forms.DispatchForm(data, choices=said.units, suggestion=suggestion, entries=said.entries, **common)
    if verb is V.RETURN:
        return forms.ReturnForm(data, clauses=clauses_for(case), **common)
    if verb is V.ASK_EXTENSION:
        return forms.TimeForm(data, days=_extension_days(case), asks_leader=case.extensions > 0, **common)
    if verb is V.ASK_SHELVING:
        return forms.TimeForm(data, days=_shelving_days(), asks_leader=False, **common)
    if verb is V.SPLIT:
        return forms.SplitForm(data, classes=_classes(case), **common)
    return _FORMS[verb](data, **common)


def _condition_words(condition: standards.Condition) -> str:
    return f"{condition.name} · {wording.limit_words(condition.limit.kind, condition.limit.value)}"


def _extension_days(case: Case) -> list[date]:
    """A few days to choose from: a short one, half and the whole of what may be granted.

    None where the work calendar ends before the latest of them: the page of a case never fails over a far date.
    """
    if case.due_at is None or case.condition_id is None:
        return []
    try:
        latest = standards.deadline_for(start=case.due_at, limit=standards.condition(case.condition_id).limit).at
    except Refused:
        return []
    due_on = clock.on(case.due_at)
    span = (clock.on(latest) - due_on).days
    return sorted({due_on + timedelta(days=n) for n in (1, -(-span // 2), span) if 0 < n <= span})


def _shelving_days() -> list[date]:
    today = clock.today()
    return [today + timedelta(days=n) for n in (30, 90, 180)]


def _classes(case: Case) -> list[tuple[str, str]]:
    """The classes that a part may have: those of the same scheme."""
    scheme = standards.problem_class(case.problem_class_id).key.scheme
    return [(str(row.id), str(row.name)) for row in standards.classes(scheme) if standards.conditions_of(row.id)]


# ── making a move ─────────────────────────────────────────────────────────────────────────────────────────────────


def make(request: HttpRequest, case: Case, verb: V, kept: list[UUID]) -> None:
    """Make a move with what was posted; what is wrong is refused beside its question."""
    _MAKE[verb](request, case, kept)


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


def _day(request: HttpRequest) -> date:
    """The chosen day, or the other one that was typed."""
    text = request.POST.get("until_other", "") or request.POST.get("until", "")
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise Refused("missing_until", pgettext("cases", "Choose a day."), field="until")
    return found


Make = Callable[[HttpRequest, Case, list[UUID]], object]


def _plain(service: Callable[..., object]) -> Make:
    return lambda request, case, _kept: service(**_common(request, case))


def _noted(service: Callable[..., object]) -> Make:
    return lambda request, case, _kept: service(note=_note(request), **_common(request, case))


def _reasoned(service: Callable[..., object], kind: Callable[[str], Any], *, name: str = "reason") -> Make:
    """A move that asks for a reason from a list and takes a note."""

    def made(request: HttpRequest, case: Case, _kept: list[UUID]) -> object:
        field = "answer" if name == "answered" else name
        chosen = {name: _chosen(request, field, kind)}
        return service(**chosen, note=_note(request), **_common(request, case))

    return made


def _find(request: HttpRequest, case: Case, kept: list[UUID]) -> object:
    finding, note = _chosen(request, "finding", Finding), _note(request)
    receive_photos(request, kept)
    return services.find(finding=finding, note=note, photos=kept, **_common(request, case))


def _file(request: HttpRequest, case: Case, _kept: list[UUID]) -> object:
    return services.file(condition_id=_chosen(request, "condition", int), **_common(request, case))


def _dispatch(request: HttpRequest, case: Case, _kept: list[UUID]) -> object:
    return services.dispatch(unit_id=_chosen(request, "unit", int), **_common(request, case))


def _give_back(request: HttpRequest, case: Case, _kept: list[UUID]) -> object:
    return services.give_back(
        reason=_chosen(request, "reason", ReturnReason),
        clause=request.POST.get("clause", "")[:LONGEST_CLAUSE],
        note=_note(request),
        **_common(request, case),
    )


def _hand_in(request: HttpRequest, case: Case, kept: list[UUID]) -> object:
    receive_photos(request, kept)
    return services.hand_in_pictures(evidence=kept, **_common(request, case))


def _feed_back(request: HttpRequest, case: Case, kept: list[UUID]) -> object:
    note = _note(request)
    receive_photos(request, kept)
    return services.feed_back(evidence=kept, note=note, **_common(request, case))


def _ask_extension(request: HttpRequest, case: Case, _kept: list[UUID]) -> object:
    leader = one_line(request.POST.get("leader", ""), field="leader", longest=LONGEST_NAME)
    return services.ask_extension(
        reason=_chosen(request, "reason", NotYet),
        until=_day(request),
        note=_note(request),
        leader=leader,
        **_common(request, case),
    )


def _ask_shelving(request: HttpRequest, case: Case, _kept: list[UUID]) -> object:
    return services.ask_shelving(
        reason=_chosen(request, "reason", NotYet), until=_day(request), note=_note(request), **_common(request, case)
    )


def _split(request: HttpRequest, case: Case, _kept: list[UUID]) -> object:
    allowed = {value for value, _ in _classes(case)}
    parts = []
    for number in forms.PARTS:
        chosen = request.POST.get(f"class_{number}", "")
        if chosen in allowed:
            field = f"text_{number}"
            text = words(request.POST.get(field, ""), field=field, longest=LONGEST_NOTE)
            parts.append(services.Part(class_id=int(chosen), text=text))
    if not parts:
        raise Refused("missing_parts", pgettext("cases", "Choose what the further problem is."), field="class_1")
    return services.split(parts=parts, **_common(request, case))


def _merge(request: HttpRequest, case: Case, _kept: list[UUID]) -> object:
    into = queries.case_seen_by(actor_of(request), request.POST.get("into", ""))
    if into is None:
        raise Refused("missing_into", pgettext("cases", "No case in your area has this code."), field="into")
    return services.merge(into_id=services.CaseId(into.pk), **_common(request, case))


def _call_back(request: HttpRequest, case: Case, _kept: list[UUID]) -> object:
    result = _chosen(request, "result", CallBackResult)
    reason = request.POST.get("reason", "")
    return services.call_back(
        result=result,
        reason=Discontent(reason) if reason in Discontent.values else None,
        note=_note(request),
        **_common(request, case),
    )


def _look_back(request: HttpRequest, case: Case, kept: list[UUID]) -> object:
    result, note = _chosen(request, "result", LookBackResult), _note(request)
    receive_photos(request, kept)
    return services.look_back(result=result, photos=kept, note=note, **_common(request, case))


def _ask_reopen(request: HttpRequest, case: Case, kept: list[UUID]) -> object:
    reason, note = _chosen(request, "reason", ReopenGround), _note(request)
    receive_photos(request, kept)
    return services.ask_reopen(reason=reason, note=note, photos=kept, **_common(request, case))


_MAKE: Mapping[V, Make] = {
    V.ASK_VERIFY: _plain(services.ask_verify),
    V.FIND: _find,
    V.FILE: _file,
    V.REJECT: _reasoned(services.reject, Refusal),
    V.DISPATCH: _dispatch,
    V.SIGN: _plain(services.sign),
    V.RETURN: _give_back,
    V.CONFIRM_RETURN: _noted(services.confirm_return),
    V.REFUSE_RETURN: _reasoned(services.refuse_return, ReturnDecision),
    V.HAND_IN: _hand_in,
    V.FEED_BACK: _feed_back,
    V.CLOSE: _plain(services.close),
    V.SEND_BACK: _reasoned(services.send_back, Shortfall),
    V.ASK_EXTENSION: _ask_extension,
    V.GRANT_EXTENSION: _plain(services.grant_extension),
    V.REFUSE_EXTENSION: _reasoned(services.refuse_extension, Denial),
    V.ASK_SHELVING: _ask_shelving,
    V.SHELVE: _plain(services.shelve),
    V.REFUSE_SHELVING: _reasoned(services.refuse_shelving, Denial),
    V.RESUME: _plain(services.resume),
    V.URGE: _reasoned(services.urge, Urgency),
    V.SPLIT: _split,
    V.MERGE: _merge,
    V.VOID: _reasoned(services.void, VoidReason),
    V.FORCE_CLOSE: _reasoned(services.force_close, ForcedReason),
    V.APPEAL: _reasoned(services.appeal, Ground),
    V.REVIEW_APPEAL: _reasoned(services.review_appeal, Answer, name="answered"),
    V.DECIDE_APPEAL: _reasoned(services.decide_appeal, Answer, name="answered"),
    V.CALL_BACK: _call_back,
    V.LOOK_BACK: _look_back,
    V.ASK_REOPEN: _ask_reopen,
    V.REOPEN: _noted(services.reopen),
    V.RECONSIDER: _noted(services.reconsider),
    V.REFUSE_REOPEN: _noted(services.refuse_reopen),
}
