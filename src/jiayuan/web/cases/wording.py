# SPDX-License-Identifier: Apache-2.0
"""Cases in the words of the reader: states with tone, due lines, timelines. Codes come in, sentences go out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import npgettext, pgettext

from jiayuan.cases import events
from jiayuan.cases.enums import RUNNING, Refusal, Source, State, VoidReason
from jiayuan.cases.queries import PublicView, Text
from jiayuan.places import queries as places
from jiayuan.record.queries import Happened
from jiayuan.standards import queries as standards
from jiayuan.standards.enums import LimitKind, Unit
from jiayuan.web.duties.wording import cited_in_words
from jiayuan.web.templatetags.jiayuan import moment

_TONES = {
    State.REPORTED: "waiting",
    State.VERIFYING: "moving",
    State.VERIFIED: "waiting",
    State.REJECTED: "idle",
    State.FILED: "waiting",
    State.DISPATCHED: "waiting",
    State.RETURNED: "waiting",
    State.HANDLING: "moving",
    State.FED_BACK: "waiting",
    State.REWORK: "late",
    State.SHELVED: "idle",
    State.CLOSED: "done",
    State.VOID: "idle",
    State.MERGED: "idle",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A state mark: colour, word and shape."""

    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class DueLine:
    """When something is due, in words."""

    tone: str
    words: str
    at: datetime | None


def mark(state: str) -> Mark:
    """The mark of a state."""
    return Mark(_TONES[State(state)], str(State(state).label))


def due_line(
    *, state: str, due_at: datetime | None, condition_id: int | None, in_time: bool | None, now: datetime
) -> DueLine | None:
    """The due line of a case; none before dispatch and for what was not taken on."""
    if due_at is None or state in (State.REJECTED, State.RETURNED, State.FILED):
        return None
    if state in RUNNING and condition_id is not None:
        return running_line(due_at, standards.condition(condition_id).limit.kind, now)
    if in_time is None:
        return None
    if in_time:
        return DueLine("done", pgettext("cases", "done in time"), None)
    return DueLine("late", pgettext("cases", "done late"), None)


def running_line(due_at: datetime, kind: LimitKind, now: datetime) -> DueLine:
    """What is left of a clock that runs, or by how much it is overdue."""
    left = standards.remaining(now=now, due_at=due_at, kind=kind)
    span = _span(left.amount, left.unit)
    if left.overdue:
        return DueLine("late", pgettext("cases", "overdue by %(span)s") % {"span": span}, due_at)
    tone = "waiting" if left.soon else "idle"
    return DueLine(tone, pgettext("cases", "%(span)s left") % {"span": span}, due_at)


def _span(amount: int, unit: Unit) -> str:
    words = {
        Unit.MINUTES: npgettext("cases", "%(n)s minute", "%(n)s minutes", amount),
        Unit.HOURS: npgettext("cases", "%(n)s hour", "%(n)s hours", amount),
        Unit.WORKING_HOURS: npgettext("cases", "%(n)s working hour", "%(n)s working hours", amount),
        Unit.WORKING_DAYS: npgettext("cases", "%(n)s working day", "%(n)s working days", amount),
        Unit.CALENDAR_DAYS: npgettext("cases", "%(n)s day", "%(n)s days", amount),
    }
    return words[unit] % {"n": amount}


def limit_words(kind: str, value: int) -> str:
    """A limit as people say it: 4 working hours, 2 urgent hours, 5 working days."""
    words = {
        LimitKind.URGENT: npgettext("cases", "%(n)s hour, nights included", "%(n)s hours, nights included", value),
        LimitKind.WORKING_HOURS: npgettext("cases", "%(n)s working hour", "%(n)s working hours", value),
        LimitKind.WORKING_DAYS: npgettext("cases", "%(n)s working day", "%(n)s working days", value),
        LimitKind.CALENDAR_DAYS: npgettext("cases", "%(n)s day", "%(n)s days", value),
    }
    return words[LimitKind(kind)] % {"n": value}


def place_name(code: str, *, with_county: bool) -> str:
    """Town and village, the county in front where a reader sees several."""
    county = places.division(code[:6]) if with_county else None
    return (county.short_name if county else "") + places.path_name(code)


def unit_name(unit_id: int | None) -> str:
    """The short name of a unit, or an empty word."""
    found = places.organisation(unit_id) if unit_id is not None else None
    return found.short_name if found else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline."""

    at: datetime
    sentence: str
    tone: str
    note: str


def timeline(history: Sequence[Happened], texts: Mapping[int, Text]) -> list[Entry]:
    """What happened to a case in sentences, newest first; what is not about its course is left out."""
    entries = [_entry(item, item.event, texts) for item in history if isinstance(item.event, events.CaseEvent)]
    return entries[::-1]


def _entry(item: Happened, event: events.CaseEvent, texts: Mapping[int, Text]) -> Entry:
    text = texts.get(getattr(event, "text_id", None) or 0)
    note = text.body if text is not None and not isinstance(event, events.CaseReported) else ""
    return Entry(item.at, str(event.SENTENCE) % _facts(event), _TONES[event.to], note)


def _facts(event: events.CaseEvent) -> dict[str, Any]:
    """What the sentence of an event is filled with; every kind of fact is said in one way wherever it appears."""
    given = {name: getattr(event, name, None) for name in _SAID}
    facts = {name: _SAID[name](value) for name, value in given.items() if value is not None}
    return {_CALLED.get(name, name): words for name, words in facts.items()} | _own_facts(event)


_SAID: Mapping[str, Callable[[Any], Any]] = {
    "unit_id": lambda unit_id: unit_name(unit_id),
    "due_at": lambda due_at: moment(due_at),
    "until": lambda until: moment(until),
    "reason": lambda reason: reason.label,
    "result": lambda result: result.label,
    "answer": lambda answer: answer.label,
    "finding": lambda finding: finding.label,
    "source": lambda source: Source(source).label,
}
_CALLED = {"unit_id": "unit", "due_at": "due"}


def _own_facts(event: events.CaseEvent) -> dict[str, Any]:
    if isinstance(event, events.CaseFiled):
        return {
            "class": class_name_of_key(event.class_code),
            "limit": limit_words(event.limit_kind, event.limit_value),
        }
    if isinstance(event, events.CaseReturned) and event.clause:
        said = pgettext("cases", "%(reason)s; relying on %(entry)s")
        return {"reason": said % {"reason": event.reason.label, "entry": cited_in_words(event.clause)}}
    if isinstance(event, events.CaseFedBack | events.CaseHandedIn):
        return {"photos": npgettext("cases", "%(n)s photo", "%(n)s photos", event.photos) % {"n": event.photos}}
    return {}


def class_name(class_id: int) -> str:
    """What a class is called."""
    return str(standards.problem_class(class_id).name)


def class_name_of_key(key: str) -> str:
    """What a class is called, by the key that events carry."""
    found = standards.class_by_key(standards.ClassKey.read(key))
    return str(found.name) if found else key


_PUBLIC_STAGES = (
    (State.REPORTED, State.VERIFYING, State.VERIFIED),
    (State.FILED, State.DISPATCHED, State.RETURNED),
    (State.HANDLING, State.REWORK, State.SHELVED),
    (State.FED_BACK,),
    (State.CLOSED,),
)


def public_stage(state: str) -> int:
    """How far a case has come for the reporter, 1 to 5; 0 when it was not taken on."""
    return next((number for number, group in enumerate(_PUBLIC_STAGES, start=1) if state in group), 0)


def public_mark(state: str) -> Mark:
    """The mark that a reporter sees: the stage, not what offices call it between them."""
    stage = public_stage(state)
    if not stage:
        return mark(state)
    return Mark(("waiting", "waiting", "moving", "moving", "done")[stage - 1], public_stage_names()[stage - 1])


def public_stage_names() -> list[str]:
    """The five stages a reporter sees."""
    return [
        pgettext("cases", "Received"),
        pgettext("cases", "Taken on"),
        pgettext("cases", "Being put right"),
        pgettext("cases", "Being checked"),
        pgettext("cases", "Done"),
    ]


def public_next(state: str) -> str:
    """What happens next, in plain words for the reporter; empty when there is nothing more to say."""
    return {
        State.REPORTED: pgettext("cases", "Next: the desk reads your report and decides whether it is taken on."),
        State.VERIFYING: pgettext("cases", "Next: somebody goes and looks at the place."),
        State.VERIFIED: pgettext("cases", "Somebody has looked at the place. Next: the desk decides about it."),
        State.FILED: pgettext("cases", "Next: it is sent to the unit that answers for this place."),
        State.DISPATCHED: pgettext("cases", "Next: the unit that answers for this place signs for it and sets out."),
        State.RETURNED: pgettext("cases", "Another unit answers for it. Next: the desk sends it there."),
        State.HANDLING: pgettext("cases", "A unit is at it. Next: it reports back and somebody else checks."),
        State.REWORK: pgettext("cases", "The first attempt did not pass the check; it is being put right again."),
        State.SHELVED: pgettext("cases", "It cannot be put right now. It is taken up again on the day below."),
        State.FED_BACK: pgettext("cases", "The unit says it is done. Next: somebody else looks whether it is."),
    }.get(State(state), "")


def public_end(view: PublicView) -> str:
    """How it ended, in plain words for the reporter; empty while it goes on, and where the refusal says why."""
    if view.state == State.VOID:
        return _void_words(VoidReason(view.void_reason))
    if view.state != State.CLOSED:
        return ""
    if view.forced:
        return pgettext(
            "cases", "It could not be put right in the usual way and was ended. It is not counted as put right."
        )
    return pgettext("cases", "It was put right and checked by somebody else than those who did it.")


def _void_words(reason: VoidReason) -> str:
    if reason is VoidReason.NOT_THERE:
        return refusal_words(Refusal.NOT_THERE)
    if reason is VoidReason.NOT_OURS:
        return refusal_words(Refusal.NOT_OURS)
    if reason is VoidReason.TEST:
        return pgettext("cases", "This report does not count, because it was entered as a trial.")
    return pgettext("cases", "This report does not count, because it was entered by mistake or twice.")


def refusal_words(reason: str) -> str:
    """Why a report was not taken on, said to the reporter."""
    return {
        Refusal.NOT_THERE: pgettext(
            "cases", "Somebody went to look and did not find it. If it is there again, report it again."
        ),
        Refusal.DUPLICATE: pgettext("cases", "Others reported the same before; it is already being dealt with."),
        Refusal.NOT_OURS: pgettext(
            "cases", "This is not a matter that Clean Homes can deal with. The hotline 12345 can help."
        ),
        Refusal.UNCLEAR: pgettext(
            "cases", "Place or problem could not be made out. Report it again with a photo and the place."
        ),
    }[Refusal(reason)]
