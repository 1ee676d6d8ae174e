# SPDX-License-Identifier: Apache-2.0
"""Whistles in the words of the reader: states with tone, clocks of units, what waits, and the course in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import npgettext, pgettext

from jiayuan.duties import events, queries
from jiayuan.duties.enums import UnitRole, UnitState, WhistleKind, WhistleState
from jiayuan.duties.queries import Whistle, WhistleUnit, span_from
from jiayuan.kernel.access import Actor
from jiayuan.places import queries as places
from jiayuan.record.queries import Happened
from jiayuan.web.cases.wording import DueLine, Entry, Mark, running_line, unit_name
from jiayuan.web.duties.wording import cited_in_words, class_name

_TONES = {
    WhistleState.APPLIED: "waiting",
    WhistleState.TRIAGE: "waiting",
    WhistleState.CALLED: "moving",
    WhistleState.ANSWERED: "waiting",
    WhistleState.RATED: "done",
    WhistleState.TURNED_DOWN: "refused",
    WhistleState.WITHDRAWN: "idle",
}
_UNIT_TONES = {
    UnitState.CALLED: "waiting",
    UnitState.SIGNED: "moving",
    UnitState.ON_SITE: "moving",
    UnitState.ANSWERED: "done",
    UnitState.REFUSING: "refused",
    UnitState.RELEASED: "idle",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A whistle as a row of a list."""

    url: str
    what: str
    where: str
    mark: Mark
    due: DueLine | None
    applied_at: datetime


@dataclass(frozen=True, slots=True)
class Heap:
    """A heap of the to-do page."""

    key: str
    name: str
    lines: list[Line]


def mark_of(whistle: Whistle) -> Mark:
    """The mark of a whistle's state."""
    return Mark(_TONES[WhistleState(whistle.state)], str(WhistleState(whistle.state).label))


def unit_mark(called: WhistleUnit) -> Mark:
    """The mark of a called unit's state."""
    return Mark(_UNIT_TONES[UnitState(called.state)], str(UnitState(called.state).label))


def due_of(called: WhistleUnit, now: datetime) -> DueLine | None:
    """The clock of a unit that runs, in words; once it told its result, whether that was in time."""
    if called.due_at is not None:
        limit = called.sign_limit if called.state == UnitState.CALLED else called.result_limit
        return running_line(called.due_at, span_from(limit).limit, now)
    if called.answered_at is None:
        return None
    if called.answered_at <= called.result_due_at:
        return DueLine("done", pgettext("cases", "done in time"), None)
    return DueLine("late", pgettext("cases", "done late"), None)


def line(whistle: Whistle, now: datetime, *, called: WhistleUnit | None = None) -> Line:
    """A whistle as a row; with the clock of one unit, or the most pressing one of all its units."""
    what = [class_name(whistle.class_key), str(WhistleKind(whistle.kind).label)]
    return Line(
        url=reverse("whistles:whistle", args=[whistle.handle]),
        what=" · ".join(what),
        where=places.path_name(whistle.place),
        mark=unit_mark(called) if called else mark_of(whistle),
        due=due_of(called, now) if called else None,
        applied_at=whistle.applied_at,
    )


def listed_line(whistle: Whistle, now: datetime) -> Line:
    """A whistle of a page, with its units and the most pressing clock of them."""
    live = [called for called in whistle.units.all() if called.state != UnitState.RELEASED]
    running = [called for called in live if called.due_at is not None]
    pressing = min(running, key=lambda called: (called.due_at is None, called.due_at), default=None)
    found = line(whistle, now)
    names = pgettext("duties", ", ").join(unit_name(called.organisation_id) for called in live)
    where = f"{found.where} · {names}" if names else found.where
    due = due_of(pressing, now) if pressing else None
    return Line(found.url, found.what, where, found.mark, due, found.applied_at)


def waiting(actor: Actor, now: datetime) -> list[Heap]:
    """What waits on whistles for somebody's to-do page."""
    names = {
        "answer": pgettext("duties", "Whistles for your unit"),
        "triage": pgettext("duties", "Whistles waiting for their units"),
        "applied": pgettext("duties", "Whistles to be reviewed"),
        "refusing": pgettext("duties", "Refusals to be decided"),
        "rate": pgettext("duties", "Answered whistles, to be rated"),
    }
    heaps = []
    for heap in queries.whistles_waiting(actor):
        lines = [line(row, now) for row in heap.whistles]
        lines += [line(called.whistle, now, called=called) for called in heap.units]
        heaps.append(Heap(f"whistles_{heap.verb}", names[heap.verb], lines))
    return heaps


def minutes_words(minutes: int | None) -> str:
    """A time in minutes as people say it; a dash where there is none."""
    if minutes is None:
        return "–"
    if minutes < 120:
        return npgettext("cases", "%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60, 1)
    return pgettext("duties", "%(n)s hours") % {"n": f"{hours:g}"}


def timeline(history: Sequence[Happened], texts: Mapping[int, str]) -> list[Entry]:
    """What happened to a whistle in sentences, newest first; what was told stands below each."""
    told = [(item, item.event) for item in history if isinstance(item.event, events.WhistleEvent)]
    return [_entry(item, event, texts) for item, event in told[::-1]]


def _entry(item: Happened, event: events.WhistleEvent, texts: Mapping[int, str]) -> Entry:
    shown = not isinstance(event, events.WhistleApplied)
    note = texts.get(getattr(event, "text_id", None) or 0, "") if shown else ""
    return Entry(item.at, str(event.SENTENCE) % _facts(event), _tone(event), note)


def _tone(event: events.WhistleEvent) -> str:
    if getattr(event, "in_time", True) is False:
        return "late"
    if isinstance(event, events.WhistleRefused):
        return "refused"
    return "moving" if isinstance(event, events.WhistleUnitEvent) else _TONES[event.to]


def _facts(event: events.WhistleEvent) -> dict[str, Any]:
    facts: dict[str, Any] = {
        name: getattr(event, name) for name in ("case", "speed", "handling", "result") if hasattr(event, name)
    }
    facts["kind"] = event.kind.label
    for name in ("reason", "role"):
        if hasattr(event, name):
            facts[name] = getattr(event, name).label
    if isinstance(event, events.WhistleUnitEvent):
        facts["unit"] = unit_name(event.unit_id)
    if hasattr(event, "clause"):
        facts["clause"] = cited_in_words(event.clause)
    return facts


def roles(units: Iterable[WhistleUnit]) -> list[tuple[WhistleUnit, str]]:
    """Units with what each is there for, in words."""
    return [(called, str(UnitRole(called.role).label)) for called in units]
