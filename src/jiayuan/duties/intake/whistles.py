# SPDX-License-Identifier: Apache-2.0
"""Words → typed values of whistles, or refusals beside what is wrong. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.utils.translation import pgettext_lazy

from jiayuan.duties.enums import NoWhistle, Outside, WhistleKind
from jiayuan.duties.intake.lists import Gathering
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import words

LONGEST_WORDS = 1000
LONGEST_CLAUSE = 60
MARKS = range(1, 6)
MOST_CASES = 20
C = TypeVar("C", bound=Enum)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhistleFinders:
    """How words become keys; each refuses what it does not know. Given by the door, which shows the names."""

    place: Callable[[str], str]
    problem: Callable[[str], str]
    case: Callable[[str], str]
    unit: Callable[[str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhistleInput:
    """What is wanted: how pressing, about which class of problem, where, in words, and for which cases."""

    client_id: UUID
    kind: WhistleKind
    place: str
    class_key: str
    text: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallInput:
    """Which units are called; ``outside`` says why, where the list names one of them not."""

    lead: int
    assisting: tuple[int, ...] = ()
    outside: Outside | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How a whistle was answered, on three things from 1 to 5, and in words."""

    speed: int
    handling: int
    result: int
    comment: str = ""


def whistle_from(raw: Mapping[str, str], *, finders: WhistleFinders) -> WhistleInput:
    """A whistle as it was filled in, or all that is wrong with it."""
    gathering = Gathering()
    found = WhistleInput(
        client_id=gathering.take(lambda: _client_id(raw.get("client_id", "")), UUID(int=0)),
        kind=gathering.take(lambda: chosen(raw, "kind", WhistleKind), WhistleKind.DAILY),
        place=gathering.take(lambda: finders.place(raw.get("place", "").strip()), ""),
        class_key=gathering.take(lambda: finders.problem(raw.get("class", "").strip()), ""),
        text=gathering.take(lambda: told_from(raw, "text"), ""),
        cases=gathering.take(lambda: _cases(raw.get("cases", ""), finders), ()),
    )
    gathering.finish()
    return found


def _client_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Refused("client_id", pgettext_lazy("duties", "Open the form again and send it anew.")) from wrong


def _cases(text: str, finders: WhistleFinders) -> tuple[str, ...]:
    typed = text.replace("，", " ").replace("、", " ").replace(",", " ").split()
    if len(typed) > MOST_CASES:
        message = pgettext_lazy("duties", "At most %(most)s cases belong to one whistle.")
        raise Refused("too_many_cases", message, field="cases", most=MOST_CASES)
    return tuple(dict.fromkeys(finders.case(word) for word in typed))


def chosen(raw: Mapping[str, str], field: str, kind: type[C]) -> C:
    """The chosen code, typed; an unknown or missing one is refused beside its question."""
    try:
        return kind(raw.get(field, ""))
    except ValueError as wrong:
        raise Refused(f"missing_{field}", pgettext_lazy("duties", "Choose one of these."), field=field) from wrong


def told_from(raw: Mapping[str, str], field: str, *, needed: bool = True) -> str:
    """What somebody tells in words."""
    return words(raw.get(field, ""), field=field, longest=LONGEST_WORDS, needed=needed)


def no_whistle_from(raw: Mapping[str, str]) -> tuple[NoWhistle, str]:
    """Why something becomes no whistle, and what is said to it."""
    gathering = Gathering()
    reason = gathering.take(lambda: chosen(raw, "reason", NoWhistle), NoWhistle.OWN_WORK)
    note = gathering.take(lambda: told_from(raw, "note", needed=False), "")
    gathering.finish()
    return reason, note


def call_from(raw: Mapping[str, str], *, assisting: Iterable[tuple[str, str]], finders: WhistleFinders) -> CallInput:
    """Which units are called, or all that is wrong; ``assisting`` names those beside the lead: field and word each."""
    gathering = Gathering()
    lead = gathering.take(lambda: finders.unit(raw.get("lead", "").strip(), "lead"), 0)
    typed = [(field, word.strip()) for field, word in assisting if word.strip()]
    found = [gathering.take(partial(finders.unit, word, field), 0) for field, word in typed]
    gathering.finish()
    outside = chosen(raw, "outside", Outside) if raw.get("outside") else None
    return CallInput(lead=lead, assisting=tuple(one for one in dict.fromkeys(found) if one != lead), outside=outside)


def clause_from(raw: Mapping[str, str]) -> str:
    """The entry that is cited; whether it is one is decided where it is used."""
    return raw.get("clause", "").strip()[:LONGEST_CLAUSE]


def rating_from(raw: Mapping[str, str]) -> Rating:
    """A rating, or all that is wrong with it."""
    gathering = Gathering()
    found = Rating(
        speed=gathering.take(lambda: _mark(raw, "speed"), 0),
        handling=gathering.take(lambda: _mark(raw, "handling"), 0),
        result=gathering.take(lambda: _mark(raw, "result"), 0),
        comment=gathering.take(lambda: told_from(raw, "comment", needed=False), ""),
    )
    gathering.finish()
    return found


def _mark(raw: Mapping[str, str], field: str) -> int:
    said = raw.get(field, "")
    if said not in map(str, MARKS):
        raise Refused(f"missing_{field}", pgettext_lazy("duties", "Choose one of these."), field=field)
    return int(said)
