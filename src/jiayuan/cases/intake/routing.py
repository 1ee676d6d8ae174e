# SPDX-License-Identifier: Apache-2.0
"""Words from a form or a table → a typed routing rule, or refusals beside their fields."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import Hours, Source, Target
from jiayuan.cases.intake.report import Gathering
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line

LONGEST_BASIS = 100
MOST_PLACES = 60
MOST_KINDS = 60
USUAL_PRIORITY = 5
HOUR = 60
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])(?::00)?")
E = TypeVar("E", bound=Enum)
Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInput:
    """A routing rule in typed values; whether kinds, places and unit exist is asked when it is kept.

    ``kinds`` are ``class:rural:matter:R03``, ``tile:rubbish`` or ``group:rural:matter:R0``; ``starts`` and ``ends``
    are minutes of the day; ``unit`` is the code of an organisation, empty for whoever governs the place.
    """

    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    setting: str = ""
    weekdays: tuple[int, ...] = ()
    hours: Hours = Hours.ANY
    starts: int = 0
    ends: int = 0
    unit: str = ""
    priority: int = USUAL_PRIORITY
    valid_from: date
    valid_until: date | None = None
    at_once: bool = False
    basis: str = ""


def rule_from(raw: Raw, *, today: date) -> RuleInput:
    """The typed rule in what was sent, or ``Problems`` with one refusal per wrong field."""
    gathering = Gathering()
    take = gathering.take
    hours = take(lambda: _one_of(Hours, raw, "hours"), Hours.ANY)
    starts, ends = take(lambda: _span(raw), (0, 0)) if hours is Hours.SPAN else (0, 0)
    valid_from = take(lambda: _day(raw, "valid_from"), None) or today
    rule = RuleInput(
        kinds=take(lambda: _listed(raw, "kinds", most=MOST_KINDS), ()),
        places=take(lambda: _listed(raw, "places", most=MOST_PLACES), ()),
        sources=take(lambda: _sources(raw), ()),
        setting=take(lambda: _setting(raw), ""),
        weekdays=take(lambda: _weekdays(raw), ()),
        hours=hours,
        starts=starts,
        ends=ends,
        unit=take(lambda: _unit(raw), ""),
        priority=take(lambda: _priority(raw), USUAL_PRIORITY),
        valid_from=valid_from,
        valid_until=take(lambda: _until(raw, valid_from), None),
        at_once=_first(raw, "at_once") != "",
        basis=take(lambda: one_line(_first(raw, "basis"), field="basis", longest=LONGEST_BASIS), ""),
    )
    gathering.finish()
    return rule


def _first(raw: Raw, field: str) -> str:
    return next((value.strip() for value in raw.get(field, ())), "")


def _listed(raw: Raw, field: str, *, most: int) -> tuple[str, ...]:
    found = tuple(sorted({value.strip() for value in raw.get(field, ()) if value.strip()}))
    if len(found) > most:
        message = pgettext_lazy("cases", "A rule takes at most %(most)s of these. Make two rules of it.")
        raise Refused("too_many_values", message, field=field, most=most)
    return found


def _one_of(kind: type[E], raw: Raw, field: str) -> E:
    try:
        return kind(_first(raw, field))
    except ValueError as wrong:
        raise _unknown(field) from wrong


def _unknown(field: str) -> Refused:
    return Refused(f"unknown_{field}", pgettext_lazy("cases", "Choose one of these."), field=field)


def _sources(raw: Raw) -> tuple[Source, ...]:
    try:
        return tuple(sorted({Source(value) for value in _listed(raw, "sources", most=len(Source))}))
    except ValueError as wrong:
        raise _unknown("sources") from wrong


def _setting(raw: Raw) -> str:
    setting = _first(raw, "setting")
    if setting not in ("", "rural", "urban"):
        raise _unknown("setting")
    return setting


def _weekdays(raw: Raw) -> tuple[int, ...]:
    digits = "".join(raw.get("weekdays", ()))
    if not set(digits) <= set("1234567"):
        raise _unknown("weekdays")
    found = tuple(sorted({int(digit) for digit in digits}))
    return () if len(found) == len("1234567") else found


def _span(raw: Raw) -> tuple[int, int]:
    starts, ends = _minute(raw, "starts"), _minute(raw, "ends")
    if starts == ends:
        message = pgettext_lazy("cases", "Beginning and end are the same. Choose another end.")
        raise Refused("empty_span", message, field="ends")
    return starts, ends


def _minute(raw: Raw, field: str) -> int:
    read = _TIME.fullmatch(_first(raw, field))
    if read is None:
        raise Refused("time", pgettext_lazy("cases", "Write the time like 18:00."), field=field)
    return int(read[1]) * HOUR + int(read[2])


def _unit(raw: Raw) -> str:
    target, unit = _one_of(Target, raw, "target"), _first(raw, "unit")
    if target is Target.UNIT and not unit:
        raise Refused("missing_unit", pgettext_lazy("cases", "Choose the unit."), field="unit")
    return unit if target is Target.UNIT else ""


def _priority(raw: Raw) -> int:
    text = _first(raw, "priority") or str(USUAL_PRIORITY)
    if text not in set("123456789"):
        message = pgettext_lazy("cases", "The priority is a number from 1 (asked first) to 9.")
        raise Refused("priority", message, field="priority")
    return int(text)


def _day(raw: Raw, field: str) -> date | None:
    text = _first(raw, field)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise Refused("day", pgettext_lazy("cases", "Write the day like 2025-01-03."), field=field) from wrong


def _until(raw: Raw, valid_from: date) -> date | None:
    until = _day(raw, "valid_until")
    if until is not None and until < valid_from:
        message = pgettext_lazy("cases", "The last day lies before the first.")
        raise Refused("ends_before", message, field="valid_until")
    return until
