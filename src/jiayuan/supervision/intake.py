# SPDX-License-Identifier: Apache-2.0
"""Words from the desk → a typed sheet, or refusals beside their fields. Shared by all doors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TypeVar
from uuid import UUID, uuid4

from django.utils.dateparse import parse_date, parse_time
from django.utils.translation import pgettext_lazy

from jiayuan.kernel.clock import ZONE
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line, words
from jiayuan.supervision.enums import AgendaKind, Colour, RaiseReason, SheetKind, SheetSource, TalkCause, UrgeReason

LONGEST_REQUIREMENT = 400
LONGEST_MATTER = 300
LONGEST_MEASURES = 500
LONGEST_POST = 40
LONGEST_TITLE = 80
MOST_ITEMS = 200
MOST_DAYS = 90
EARLIEST_YEAR = 2000
MOST_AHEAD = timedelta(days=180)
C = TypeVar("C", bound=Enum)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInput:
    """One problem: a case that is there, or something that no case can be – then a place and words say what."""

    case_id: int | None = None
    place: str = ""
    class_id: int | None = None
    matter: str = ""
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetInput:
    """A sheet in typed values; the office by its code, the unit by id, the limit in working days."""

    client_id: UUID
    kind: SheetKind
    office: str
    unit_id: int
    source: SheetSource
    days: int
    requirement: str = ""
    source_ref: str = ""
    campaign: str = ""
    copies: tuple[int, ...] = ()
    items: tuple[ItemInput, ...] = ()


def choice(kind: type[C], raw: str, *, field: str) -> C:
    """One of the stored codes, or a refusal beside its field."""
    try:
        return kind(raw)
    except ValueError as wrong:
        raise Refused("missing_choice", pgettext_lazy("supervision", "Choose one of these."), field=field) from wrong


def days_from(raw: str, *, field: str = "days") -> int:
    """A limit in working days."""
    typed = raw.strip()
    if not typed.isdecimal() or len(typed) > len(str(MOST_DAYS)) or not 1 <= int(typed) <= MOST_DAYS:
        message = pgettext_lazy("supervision", "How many working days? A whole number from 1 to %(most)s.")
        raise Refused("days", message, field=field, most=MOST_DAYS)
    return int(typed)


def until_from(raw: str, *, now: datetime, field: str = "until") -> datetime:
    """The end of a day that lies ahead, in Shanghai."""
    try:
        day = parse_date(raw.strip())
    except ValueError:
        day = None
    if day is None:
        raise Refused("until", pgettext_lazy("supervision", "Until which day? For instance 2025-01-10."), field=field)
    return end_of(day, now=now, field=field)


def end_of(day: date, *, now: datetime, field: str = "until") -> datetime:
    """The last second of a day, refused when it is past or far away."""
    found = datetime.combine(day, time(23, 59, 59), ZONE)
    if found <= now:
        raise Refused("until_past", pgettext_lazy("supervision", "This day has passed."), field=field)
    if found > now + MOST_AHEAD:
        raise Refused("until_far", pgettext_lazy("supervision", "Half a year ahead at most."), field=field)
    return found


def sheet_from(
    raw: Mapping[str, str], *, cases: Sequence[int], unit: Callable[[str, str], int], campaign: str
) -> SheetInput:
    """A sheet from a form: cases were picked, at most one matter was typed."""
    matter = words(raw.get("matter", ""), field="matter", longest=LONGEST_MATTER)
    items = [ItemInput(case_id=case_id) for case_id in cases]
    if matter:
        items.append(ItemInput(matter=matter))
    return SheetInput(
        client_id=client_id_from(raw.get("client_id", "")),
        kind=choice(SheetKind, raw.get("kind", ""), field="kind"),
        office=one_line(raw.get("office", ""), field="office", longest=32, needed=True),
        unit_id=unit(raw.get("unit", ""), "unit"),
        source=choice(SheetSource, raw.get("source", SheetSource.DESK.value), field="source"),
        days=days_from(raw.get("days", "")),
        requirement=words(raw.get("requirement", ""), field="requirement", longest=LONGEST_REQUIREMENT),
        source_ref=one_line(raw.get("source_ref", ""), field="source_ref", longest=40),
        campaign=campaign,
        items=tuple(items),
    )


def client_id_from(raw: str) -> UUID:
    """The number that a page gave the sheet, so that sending it twice makes one."""
    try:
        return UUID(raw)
    except ValueError:
        return uuid4()


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgingInput:
    """A supervision sheet in typed values; ``raise_reason`` where it begins higher than blue."""

    client_id: UUID
    item_id: int
    office: str
    reason: UrgeReason
    days: int
    colour: Colour = Colour.NONE
    raise_reason: RaiseReason | None = None
    requirement: str = ""


def urging_from(raw: Mapping[str, str], *, item_id: int) -> UrgingInput:
    """A supervision sheet from a form."""
    reason = raw.get("raise_reason", "")
    return UrgingInput(
        client_id=client_id_from(raw.get("client_id", "")),
        item_id=item_id,
        office=one_line(raw.get("office", ""), field="office", longest=32, needed=True),
        reason=choice(UrgeReason, raw.get("reason", ""), field="reason"),
        days=days_from(raw.get("days", "")),
        colour=choice(Colour, raw.get("colour", ""), field="colour"),
        raise_reason=choice(RaiseReason, reason, field="raise_reason") if reason else None,
        requirement=words(raw.get("requirement", ""), field="requirement", longest=LONGEST_REQUIREMENT),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendumInput:
    """One thing for the agenda: a case, a whistle by its code, or words."""

    case_id: int | None = None
    whistle: str = ""
    matter: str = ""

    @property
    def kind(self) -> AgendaKind:
        """What it is."""
        if self.case_id is not None:
            return AgendaKind.CASE
        return AgendaKind.WHISTLE if self.whistle else AgendaKind.MATTER


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingInput:
    """A joint meeting in typed values; invited units by id."""

    client_id: UUID
    office: str
    title: str
    meets_at: datetime
    venue: str = ""
    chair: str = ""
    is_example: bool = False
    units: tuple[int, ...] = ()
    agenda: tuple[AgendumInput, ...] = ()


def meeting_from(raw: Mapping[str, str], *, units: Sequence[int], agenda: Sequence[AgendumInput]) -> MeetingInput:
    """A joint meeting from a form."""
    return MeetingInput(
        client_id=client_id_from(raw.get("client_id", "")),
        office=one_line(raw.get("office", ""), field="office", longest=32, needed=True),
        title=one_line(raw.get("title", ""), field="title", longest=LONGEST_TITLE, needed=True),
        meets_at=moment_from(raw.get("day", ""), raw.get("hour", "")),
        venue=one_line(raw.get("venue", ""), field="venue", longest=LONGEST_TITLE),
        chair=one_line(raw.get("chair", ""), field="chair", longest=LONGEST_POST),
        is_example=bool(raw.get("is_example")),
        units=tuple(units),
        agenda=tuple(agenda),
    )


def moment_from(day: str, hour: str) -> datetime:
    """A day and an hour in Shanghai. A meeting that was held may be entered afterwards, so no day is refused."""
    found = day_from(day, field="day")
    try:
        clocked = parse_time(hour.strip() or "09:00")
    except ValueError:
        clocked = None
    if found.year < EARLIEST_YEAR:
        raise Refused("day", pgettext_lazy("supervision", "Which day? For instance 2025-01-10."), field="day")
    if clocked is None:
        raise Refused("hour", pgettext_lazy("supervision", "At what time? For instance 09:00."), field="hour")
    return datetime.combine(found, clocked, ZONE)


def day_from(raw: str, *, field: str) -> date:
    """A day."""
    try:
        found = parse_date(raw.strip())
    except ValueError:
        found = None
    if found is None:
        raise Refused("day", pgettext_lazy("supervision", "Which day? For instance 2025-01-10."), field=field)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkInput:
    """A summons talk in typed values; everybody by post."""

    client_id: UUID
    office: str
    unit_id: int
    cause: TalkCause
    summoned: str
    host: str
    meets_at: datetime
    venue: str
    item_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenUp:
    """What came of a talk: who was there by post, what was said, what the unit promised within working days."""

    present: str
    minutes: str
    commitments: tuple[str, ...]
    days: int


def talk_from(raw: Mapping[str, str], *, unit_id: int, items: Sequence[int]) -> TalkInput:
    """A summons talk from a form; ``items`` are those that may be its ground."""
    item = raw.get("item", "")
    return TalkInput(
        client_id=client_id_from(raw.get("client_id", "")),
        office=one_line(raw.get("office", ""), field="office", longest=32, needed=True),
        unit_id=unit_id,
        cause=choice(TalkCause, raw.get("cause", ""), field="cause"),
        summoned=one_line(raw.get("summoned", ""), field="summoned", longest=LONGEST_POST, needed=True),
        host=one_line(raw.get("host", ""), field="host", longest=LONGEST_POST, needed=True),
        meets_at=moment_from(raw.get("day", ""), raw.get("hour", "")),
        venue=one_line(raw.get("venue", ""), field="venue", longest=LONGEST_TITLE, needed=True),
        item_id=next((one for one in items if str(one) == item), None),
        reason=words(raw.get("reason", ""), field="reason", longest=LONGEST_MATTER),
    )


def written_up_from(raw: Mapping[str, str]) -> WrittenUp:
    """The minutes of a talk from a form: one commitment on each line."""
    lines = [line for line in raw.get("commitments", "").splitlines() if line.strip()]
    return WrittenUp(
        present=one_line(raw.get("present", ""), field="present", longest=200, needed=True),
        minutes=words(raw.get("minutes", ""), field="minutes", longest=1000, needed=True),
        commitments=tuple(words(line, field="commitments", longest=LONGEST_MATTER) for line in lines),
        days=days_from(raw.get("days", "")),
    )
