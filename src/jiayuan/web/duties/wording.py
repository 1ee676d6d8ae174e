# SPDX-License-Identifier: Apache-2.0
"""Entries of lists in the words of the reader: what an entry is about, who leads, and what changed in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import pgettext

from jiayuan.duties import queries
from jiayuan.duties.enums import Change, Force, Part
from jiayuan.duties.queries import Cited, Difference, Entry, VersionView
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards

_TONES = {Force.DRAFT: "waiting", Force.COMING: "moving", Force.IN_FORCE: "done", Force.SUPERSEDED: "idle"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry as a page shows it."""

    key: str
    group: str
    task: str
    part: str
    is_taken_back: bool
    lead: str
    cooperating: str
    classes: str
    department_does: str
    town_does: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One field of an entry before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceLine:
    """What became of an entry."""

    key: str
    task: str
    tone: str
    word: str
    fields: tuple[Changed, ...]


def organisation_name(code: str) -> str:
    """The short name of an organisation; its code where it is not known any more."""
    found = places.organisation_by_code(code)
    return found.short_name if found else code


def lead_name(entry: Entry) -> str:
    """Who leads, in words."""
    return organisation_name(entry.lead) if entry.lead else pgettext("duties", "whoever governs the place")


def class_names(keys: Iterable[str]) -> str:
    """What classes are called, in their order."""
    return pgettext("duties", ", ").join(class_name(key) for key in keys)


def class_name(key: str) -> str:
    """What a class is called, by its key."""
    try:
        found = standards.class_by_key(standards.ClassKey.read(key))
    except ValueError:
        found = None
    return str(found.name) if found else key


def class_words() -> dict[str, str]:
    """The word by which a table names each class: its Chinese name where no other has it, else its key."""
    rows = [row for row in standards.classes() if standards.conditions_of(row.id)]
    often = Counter(row.name.zh_hans for row in rows)
    unique = {str(row.key): row.name.zh_hans for row in rows if often[row.name.zh_hans] == 1}
    return {str(row.key): unique.get(str(row.key), str(row.key)) for row in standards.classes()}


def line(entry: Entry) -> Line:
    """An entry in words."""
    return Line(
        key=entry.key,
        group=entry.group,
        task=entry.task,
        part=str(Part(entry.part).label),
        is_taken_back=entry.is_taken_back,
        lead=lead_name(entry),
        cooperating=pgettext("duties", ", ").join(organisation_name(code) for code in entry.cooperating),
        classes=class_names(entry.classes),
        department_does=entry.department_does,
        town_does=entry.town_does,
        clause=entry.clause,
    )


def sentence(cited: Cited) -> str:
    """An entry in one line, as it stands beside a case: responsibility list 2.3, its task, who leads."""
    said = pgettext("duties", "%(list)s %(key)s: %(task)s; lead: %(lead)s")
    return said % {
        "list": cited.version.kind.label,
        "key": cited.entry.key,
        "task": cited.entry.task,
        "lead": lead_name(cited.entry),
    }


def cited_in_words(code: str) -> str:
    """The entry that an event names, in the version that was in force then; its code where it cannot be found."""
    found = queries.cited(code)
    return sentence(found) if found else code


def tone_of(view: VersionView, on: date) -> tuple[str, str]:
    """How a version stands: tone and word."""
    force = queries.force_on(view, on)
    return _TONES[force], str(force.label)


def differences(found: Iterable[Difference]) -> list[DifferenceLine]:
    """Two versions compared, entry by entry."""
    return [_difference(one) for one in found]


def _difference(found: Difference) -> DifferenceLine:
    change = Change.ADDED if found.before is None else Change.REMOVED if found.after is None else Change.CHANGED
    tone = {Change.ADDED: "done", Change.REMOVED: "late", Change.CHANGED: "moving"}[change]
    entry = found.after or found.before
    before, after = (line(one) if one else None for one in (found.before, found.after))
    return DifferenceLine(
        key=found.key,
        task=entry.task if entry else "",
        tone=tone,
        word=str(change.label),
        fields=tuple(
            Changed(name=field_name(name), before=getattr(before, name, ""), after=getattr(after, name, ""))
            for name in found.names
        ),
    )


def field_name(name: str) -> str:
    """What a part of an entry is called."""
    return {
        "key": pgettext("duties", "Number"),
        "group": pgettext("duties", "Task group"),
        "task": pgettext("duties", "Task"),
        "classes": pgettext("duties", "Kinds of problem"),
        "part": pgettext("duties", "Part"),
        "lead": pgettext("duties", "Lead"),
        "cooperating": pgettext("duties", "Cooperating units"),
        "department_does": pgettext("duties", "What the department does"),
        "town_does": pgettext("duties", "What the town does"),
        "clause": pgettext("duties", "Clause"),
    }[name]
