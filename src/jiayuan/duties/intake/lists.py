# SPDX-License-Identifier: Apache-2.0
"""Words → typed entries of a list, from a form or from a table, or refusals beside what is wrong. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.utils.dateparse import parse_date
from django.utils.translation import pgettext_lazy

from jiayuan.duties.enums import Kind, Part
from jiayuan.duties.rules import Entry, contradictions, in_order
from jiayuan.kernel.errors import Problems, Refused
from jiayuan.kernel.words import one_line, words

HEADINGS = {
    "key": "编号",
    "group": "任务类别",
    "task": "事项",
    "classes": "问题类别",
    "part": "分类",
    "lead": "牵头单位",
    "cooperating": "配合单位",
    "department_does": "部门职责",
    "town_does": "镇街职责",
    "clause": "依据条款",
}
"""The columns of a table in their order, and what they are called in Chinese."""
WHOEVER_GOVERNS = "属地"
PART_WORDS = {"基本": Part.BASIC, "配合": Part.COOPERATIVE, "收回": Part.TAKEN_BACK}
MOST_ENTRIES = 500
_LONGEST = {"group": 40, "task": 300, "department_does": 600, "town_does": 600, "clause": 120}
_KEY = re.compile(r"[0-9A-Za-z]{1,6}([.\-][0-9A-Za-z]{1,6}){0,4}")
_LISTED = re.compile(r"[\n;；]+")
_BETWEEN = re.compile(r"[\n;；、,，]+")
_NAMES = {heading: name for name, heading in HEADINGS.items()} | {name: name for name in HEADINGS}
Finder = Callable[[str], str | None]
"""Turns a name or a code into the code; None for what it does not know. Given by the door, which shows the names."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finders:
    """How names become codes, and what a class is called where something is wrong with it."""

    kind: Finder
    unit: Finder
    class_name: Callable[[str], str] = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What is wrong in a line of a table; ``column`` as the table calls it, empty for the whole line."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as read: its entries in order, and what must be put right before any of them is taken over."""

    entries: tuple[Entry, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What a version says of itself when it is published."""

    source: str
    source_number: str
    issuer: str
    issued_on: date
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInput:
    """A document to be opened."""

    kind: Kind
    title: str


class Gathering:
    """Reads field by field and keeps every refusal, so that all are said at once."""

    def __init__(self) -> None:
        self.refusals: list[Refused] = []

    def take(self, read: Callable[[], T], otherwise: T) -> T:
        """What was read, or the stand-in while its refusal is kept."""
        try:
            return read()
        except Refused as refusal:
            self.refusals.append(refusal)
            return otherwise

    def check_span(self, starts_on: date, ends_on: date | None) -> None:
        """Keep a refusal of a last day that lies before the first."""
        if ends_on is not None and ends_on < starts_on:
            message = pgettext_lazy("duties", "The last day lies before the first.")
            self.refusals.append(Refused("ends_before", message, field="ends_on"))

    def finish(self) -> None:
        """Refuse with everything that was wrong, if anything was."""
        if self.refusals:
            raise Problems(self.refusals)


def entry_from(raw: Mapping[str, str], *, finders: Finders) -> Entry:
    """The typed entry in what was typed, or ``Problems`` with one refusal per wrong field."""
    gathering = Gathering()

    def text(name: str, *, needed: bool = False) -> str:
        read = words if name.endswith("_does") else one_line
        longest = _LONGEST[name]
        return gathering.take(lambda: read(raw.get(name, ""), field=name, longest=longest, needed=needed), "")

    part = gathering.take(lambda: _part(raw.get("part", "")), Part.BASIC)
    lead = gathering.take(lambda: _lead(raw.get("lead", ""), part, finders), "")
    entry = Entry(
        key=gathering.take(lambda: _key(raw.get("key", "")), "0"),
        group=text("group", needed=True),
        task=text("task", needed=True),
        part=part.value,
        lead=lead,
        cooperating=gathering.take(lambda: _units(raw.get("cooperating", ""), finders), ()),
        classes=gathering.take(lambda: _classes(raw.get("classes", ""), finders), ()),
        department_does=text("department_does"),
        town_does=text("town_does"),
        clause=text("clause"),
    )
    gathering.finish()
    return entry


def _key(text: str) -> str:
    key = text.strip().replace("．", ".").replace("。", ".")
    if not _KEY.fullmatch(key) or len(key) > 20:
        message = pgettext_lazy("duties", "Number the entry like 2.3: figures or letters with points between them.")
        raise Refused("entry_key", message, field="key")
    return key


def _part(text: str) -> Part:
    said = text.strip()
    for part in Part:
        if said in (part.value, str(part.label)):
            return part
    found = next((part for word, part in PART_WORDS.items() if word in said), None)
    if found is None:
        message = pgettext_lazy("duties", "Say whether it is a basic duty, a cooperative one, or taken back.")
        raise Refused("entry_part", message, field="part")
    return found


def _lead(text: str, part: Part, finders: Finders) -> str:
    said = text.strip()
    code = "" if said in ("", WHOEVER_GOVERNS) else _unit(said, "lead", finders)
    if not code and part is Part.TAKEN_BACK:
        message = pgettext_lazy("duties", "Name the department that took it back: it leads.")
        raise Refused("nobody_leads", message, field="lead")
    return code


def _unit(word: str, field: str, finders: Finders) -> str:
    found = finders.unit(word)
    if found is None:
        message = pgettext_lazy("duties", "No organisation is called “%(word)s” here.")
        raise Refused("unknown_organisation", message, field=field, word=word)
    return found


def _units(text: str, finders: Finders) -> tuple[str, ...]:
    said = (word.strip() for word in _BETWEEN.split(text))
    return tuple(dict.fromkeys(_unit(word, "cooperating", finders) for word in said if word))


def _classes(text: str, finders: Finders) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in _class_words(text, finders):
        key = finders.kind(word)
        if key is None:
            message = pgettext_lazy("duties", "No kind of problem is called “%(word)s” in the standards.")
            raise Refused("unknown_class", message, field="classes", word=word)
        found[key] = None
    return tuple(found)


def _class_words(text: str, finders: Finders) -> Iterator[str]:
    """The names of a cell, one on each line or between semicolons; commas may stand inside a name as well."""
    for piece in filter(None, (piece.strip() for piece in _LISTED.split(text))):
        is_name = finders.kind(piece) is not None
        yield from (piece,) if is_name else filter(None, (word.strip() for word in _BETWEEN.split(piece)))


def entries_from_table(lines: Sequence[tuple[int, Sequence[str]]], *, finders: Finders) -> Table:
    """Every line below the headings as an entry, with what is wrong; refused where no line names the columns."""
    place, columns = _headings(lines)
    rows = [(number, cells) for number, cells in lines[place + 1 :] if any(cell.strip() for cell in cells)]
    if len(rows) > MOST_ENTRIES:
        message = pgettext_lazy("duties", "The table has more than %(most)s entries.")
        raise Refused("too_many_entries", message, field="file", most=MOST_ENTRIES)
    entries: dict[str, Entry] = {}
    wrong: list[Wrong] = []
    for number, cells in rows:
        raw = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        try:
            entry = entry_from(raw, finders=finders)
            if entry.key in entries:
                message = pgettext_lazy("duties", "The number %(key)s stands above already.")
                raise Refused("key_twice", message, field="key", key=entry.key)
            entries[entry.key] = entry
        except Refused as refusal:
            wrong += _wrong(number, refusal)
    found = tuple(in_order(list(entries.values())))
    if not found and not wrong:
        raise Refused("no_entries", pgettext_lazy("duties", "There is no entry in this table."), field="file")
    return Table(entries=found, wrong=tuple(wrong) or tuple(_contradicting(found, finders.class_name)))


def _wrong(number: int, refusal: Refused) -> list[Wrong]:
    refusals = refusal.refusals if isinstance(refusal, Problems) else [refusal]
    return [Wrong(line=number, column=HEADINGS.get(one.field, ""), message=one.message) for one in refusals]


def _contradicting(entries: Sequence[Entry], class_name: Callable[[str], str]) -> list[Wrong]:
    found = contradicting(entries, class_name=class_name)
    return [Wrong(line=0, column=HEADINGS["classes"], message=one.message) for one in found]


def contradicting(entries: Sequence[Entry], *, class_name: Callable[[str], str]) -> list[Refused]:
    """A refusal for each class that one entry takes back from the towns while another leaves it with them."""
    message = pgettext_lazy("duties", "%(taken)s takes “%(name)s” back from the towns, %(left)s leaves it with them.")
    return [
        Refused("contradiction", message, taken=one.taken_back, left=one.left, name=class_name(one.class_key))
        for one in contradictions(entries)
    ]


def _headings(lines: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, dict[str, int]]:
    """In which line the columns are named, and where each stands."""
    for place, (_, cells) in enumerate(lines[:10]):
        columns = {_NAMES[cell.strip()]: at for at, cell in enumerate(cells) if cell.strip() in _NAMES}
        if {"key", "task", "part"} <= set(columns):
            return place, columns
    message = pgettext_lazy("duties", "No line of this table names the columns. Download the template and fill it in.")
    raise Refused("no_headings", message, field="file")


def issued_from(raw: Mapping[str, str]) -> Issued:
    """What a version says of itself, or all that is wrong with it."""
    gathering = Gathering()

    def text(name: str, longest: int) -> str:
        return gathering.take(lambda: one_line(raw.get(name, ""), field=name, longest=longest, needed=True), "")

    issued = Issued(
        source=text("source", 200),
        source_number=text("source_number", 60),
        issuer=text("issuer", 100),
        issued_on=gathering.take(lambda: day_of(raw, "issued_on"), date.min),
        valid_from=gathering.take(lambda: day_of(raw, "valid_from"), date.min),
    )
    gathering.finish()
    return issued


def day_of(raw: Mapping[str, str], field: str) -> date:
    """A day that must be there."""
    try:
        found = parse_date(raw.get(field, "").strip())
    except ValueError:
        found = None
    if found is None:
        raise Refused(f"missing_{field}", pgettext_lazy("duties", "Choose a day."), field=field)
    return found


def document_from(raw: Mapping[str, Any]) -> DocumentInput:
    """A document to be opened, or all that is wrong with it."""
    gathering = Gathering()
    title = gathering.take(lambda: one_line(raw.get("title", ""), field="title", longest=120, needed=True), "")
    kind = raw.get("kind", "")
    if kind not in Kind.values:
        gathering.refusals.append(
            Refused("missing_kind", pgettext_lazy("duties", "Choose one of these."), field="kind")
        )
    gathering.finish()
    return DocumentInput(kind=Kind(kind), title=title)
