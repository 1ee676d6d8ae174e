# SPDX-License-Identifier: Apache-2.0
"""The moves of a whistle and of its units as the page offers and makes them: a form and a service call for each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from jiayuan.cases import queries as cases
from jiayuan.duties import queries, services
from jiayuan.duties.enums import Outside, U, W
from jiayuan.duties.intake import (
    WhistleFinders,
    call_from,
    chosen,
    clause_from,
    no_whistle_from,
    rating_from,
    told_from,
)
from jiayuan.duties.queries import Listed, Whistle, WhistleUnit
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused
from jiayuan.places import queries as places
from jiayuan.places.enums import Level
from jiayuan.standards import queries as standards
from jiayuan.web.asked import actor_of
from jiayuan.web.cases.forms import VersionedForm
from jiayuan.web.whistles import forms

Verb = W | U
MAKEABLE = frozenset(verb.value for verb in W if verb not in (W.COMPLETE, W.RETRIAGE))
"""The moves that somebody presses; the others follow from those of units."""
MAIN = (W.APPROVE, W.ASSIGN, W.RATE, U.SIGN, U.ARRIVE, U.TELL_RESULT, U.RELEASE)
"""What may come first, each as the one big button of the page."""
RARE = (W.LINK, W.WITHDRAW)
"""What stands folded."""
_FORMS: Mapping[Verb, type[VersionedForm]] = {
    W.APPROVE: forms.PlainForm,
    W.TURN_DOWN: forms.NoWhistleForm,
    W.DISMISS: forms.NoWhistleForm,
    W.RATE: forms.RateForm,
    W.LINK: forms.LinkForm,
    W.WITHDRAW: forms.PlainForm,
    U.SIGN: forms.PlainForm,
    U.ARRIVE: forms.PlainForm,
    U.TELL_MEASURES: forms.ToldForm,
    U.TELL_RESULT: forms.ToldForm,
    U.INSIST: forms.NoteForm,
}
_BY_LIST: Mapping[Verb, type[Any]] = {
    W.ASSIGN: forms.CallForm,
    U.REFUSE: forms.RefuseForm,
    U.RELEASE: forms.ReleaseForm,
}
OPTIONAL = ("note", "comment", "outside", "instead", "assisting")
"""What may stay empty."""


@dataclass(frozen=True, slots=True)
class MoveShown:
    """A move as the page offers it."""

    label: str
    url: str
    form: VersionedForm
    is_open: bool
    is_main: bool
    is_rare: bool

    @property
    def asks(self) -> bool:
        """Whether it has a question besides the version."""
        return len(self.form.fields) > 1

    @property
    def fields(self) -> list[tuple[Any, str]]:
        """The questions that are not folded, each with a mark if it needs an answer."""
        folded = (*forms.OTHERS, "outside") if isinstance(self.form, forms.CallForm) else ()
        return [(field, "" if field.name in OPTIONAL else "1") for field in self.form if field.name not in folded]


@dataclass(frozen=True, slots=True)
class Tried:
    """A form that came back: of which move, of which unit (0: of the whistle), and what was typed."""

    verb: Verb
    unit_id: int
    form: VersionedForm


class Offer:
    """Everything the page offers to one actor; the first move that may come first is the big button."""

    def __init__(self, actor: Actor, whistle: Whistle, listed: Listed, tried: Tried | None) -> None:
        self._whistle, self._listed, self._tried = whistle, listed, tried
        self._main_is_free = True
        self.whistle = self._shown(queries.moves_of_whistle(actor, whistle), None)
        self.units = {
            called.pk: self._shown(queries.moves_of_unit(actor, whistle, called), called)
            for called in whistle.units.all()
        }

    def _shown(self, verbs: Iterable[Verb], called: WhistleUnit | None) -> list[MoveShown]:
        return [self._move(verb, called) for verb in verbs]

    def _move(self, verb: Verb, called: WhistleUnit | None) -> MoveShown:
        unit_id = called.organisation_id if called else 0
        tried = self._tried if self._tried and (self._tried.verb, self._tried.unit_id) == (verb, unit_id) else None
        is_main = verb in MAIN and self._main_is_free
        self._main_is_free = self._main_is_free and not is_main
        handle = self._whistle.handle
        url = (
            reverse("whistles:unit_move", args=[handle, unit_id, verb.value])
            if called
            else reverse("whistles:move", args=[handle, verb.value])
        )
        return MoveShown(
            label=str(verb.label),
            url=url,
            form=tried.form if tried else form_of(self._whistle, self._listed, verb, unit_id, None),
            is_open=tried is not None or (is_main and self._tried is None),
            is_main=is_main,
            is_rare=verb in RARE and tried is None,
        )


def form_of(whistle: Whistle, listed: Listed, verb: Verb, unit_id: int, data: QueryDict | None) -> VersionedForm:
    """The form of a move, with what was typed if something was."""
    common: dict[str, Any] = {"initial": {"version": whistle.version}, "auto_id": f"id_{verb.value}_{unit_id}_%s"}
    if verb in _BY_LIST:
        return _BY_LIST[verb](data, listed=listed, **common)  # type: ignore[no-any-return]
    return _FORMS[verb](data, **common)


# ── making a move ─────────────────────────────────────────────────────────────────────────────────────────────────


def finders(actor: Actor, place: str = "") -> WhistleFinders:
    """How words become keys, for somebody who sees only their own cases, and for units of a place."""

    def case(word: str) -> str:
        found = cases.case_seen_by(actor, word)
        if found is None:
            message = pgettext_lazy("duties", "No case in your area has the code %(word)s.")
            raise Refused("unknown_case", message, field="cases", word=word)
        return found.handle

    def unit(word: str, field: str) -> int:
        known = places.units_for(place) if place else ()
        every = (*known, *places.organisations())
        found = next((one for one in every if word in (one.code, one.short_name, one.name)), None)
        if found is None:
            message = pgettext_lazy("duties", "No organisation is called “%(word)s” here.")
            raise Refused("unknown_organisation", message, field=field, word=word or "—")
        return found.id

    return WhistleFinders(place=_place, problem=_problem, case=case, unit=unit)


def _place(code: str) -> str:
    found = places.division(code)
    if found is None or found.level not in (Level.TOWN, Level.VILLAGE):
        raise Refused("unknown_place", pgettext_lazy("duties", "Choose one of these."), field="place")
    return found.code


def _problem(key: str) -> str:
    if all(str(one.key) != key for one in standards.classes()):
        raise Refused("missing_class", pgettext_lazy("duties", "Choose one of these."), field="problem")
    return key


def _assign(request: HttpRequest, whistle: Whistle, common: dict[str, Any]) -> object:
    raw = request.POST.dict()
    assisting = [("assisting", word) for word in request.POST.getlist("assisting")]
    assisting += [(name, raw.get(name, "")) for name in forms.OTHERS]
    given = call_from(raw, assisting=assisting, finders=finders(actor_of(request), whistle.place))
    return services.assign_whistle(given=given, **common)


def _link(request: HttpRequest, _whistle: Whistle, common: dict[str, Any]) -> object:
    try:
        handle = finders(actor_of(request)).case(request.POST.get("case", ""))
    except Refused as refusal:
        refusal.field = "case"
        raise
    return services.link_case(handle=handle, **common)


def _denied(service: Callable[..., object]) -> Callable[[HttpRequest, Whistle, dict[str, Any]], object]:
    def made(request: HttpRequest, _whistle: Whistle, common: dict[str, Any]) -> object:
        reason, note = no_whistle_from(request.POST.dict())
        return service(reason=reason, note=note, **common)

    return made


_MAKE: Mapping[W, Callable[[HttpRequest, Whistle, dict[str, Any]], object]] = {
    W.APPROVE: lambda _request, _whistle, common: services.approve_whistle(**common),
    W.WITHDRAW: lambda _request, _whistle, common: services.withdraw_whistle(**common),
    W.TURN_DOWN: _denied(services.turn_whistle_down),
    W.DISMISS: _denied(services.dismiss_whistle),
    W.ASSIGN: _assign,
    W.LINK: _link,
    W.RATE: lambda request, _whistle, common: services.rate_whistle(given=rating_from(request.POST.dict()), **common),
}


def make(request: HttpRequest, whistle: Whistle, verb: W) -> None:
    """Make a move of the whistle with what was posted; what is wrong is refused beside its question."""
    version = request.POST.get("version", "")
    common = {
        "whistle_id": whistle.pk,
        "version": int(version) if version.isdecimal() and len(version) < 9 else None,
        "by": actor_of(request),
        "at": clock.now(),
    }
    _MAKE[verb](request, whistle, common)


def _told(service: Callable[..., object]) -> Callable[[HttpRequest, Whistle, dict[str, Any]], object]:
    return lambda request, _whistle, common: service(told=told_from(request.POST.dict(), "told"), **common)


def _refuse(request: HttpRequest, _whistle: Whistle, common: dict[str, Any]) -> object:
    raw = request.POST.dict()
    return services.refuse_whistle(clause=clause_from(raw), note=told_from(raw, "note", needed=False), **common)


def _release(request: HttpRequest, whistle: Whistle, common: dict[str, Any]) -> object:
    raw = request.POST.dict()
    word = raw.get("instead", "")
    instead = finders(actor_of(request), whistle.place).unit(word, "instead") if word else None
    outside = chosen(raw, "outside", Outside) if raw.get("outside") else None
    return services.release_unit(instead=instead, outside=outside, **common)


_MAKE_UNIT: Mapping[U, Callable[[HttpRequest, Whistle, dict[str, Any]], object]] = {
    U.SIGN: lambda _request, _whistle, common: services.sign_whistle(**common),
    U.ARRIVE: lambda _request, _whistle, common: services.arrive_at_whistle(**common),
    U.TELL_MEASURES: _told(services.tell_measures),
    U.TELL_RESULT: _told(services.tell_result),
    U.REFUSE: _refuse,
    U.RELEASE: _release,
    U.INSIST: lambda request, _whistle, common: services.insist_on_unit(
        note=told_from(request.POST.dict(), "note", needed=False), **common
    ),
}


def make_unit(request: HttpRequest, whistle: Whistle, unit_id: int, verb: U) -> None:
    """Make a move of a called unit with what was posted."""
    common = {"whistle_id": whistle.pk, "unit_id": unit_id, "by": actor_of(request), "at": clock.now()}
    _MAKE_UNIT[verb](request, whistle, common)
