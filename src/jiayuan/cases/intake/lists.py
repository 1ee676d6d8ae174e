# SPDX-License-Identifier: Apache-2.0
"""Words of an address → what a list of cases is narrowed to and how it is ordered, and back again.

An address is typed, shared and kept for years, so whatever cannot be read narrows nothing instead of failing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.utils.dateparse import parse_date

from jiayuan.cases.enums import OPEN, Column, Due, Group, Mark, Order, Source, State

GROUPS: Mapping[Group, tuple[State, ...]] = {
    Group.OPEN: OPEN,
    Group.TRIAGE: (State.REPORTED, State.VERIFYING, State.VERIFIED),
    Group.DISPATCH: (State.FILED, State.RETURNED),
    Group.HANDLING: (State.DISPATCHED, State.HANDLING, State.REWORK),
    Group.CHECK: (State.FED_BACK,),
    Group.SHELVED: (State.SHELVED,),
    Group.CLOSED: (State.CLOSED,),
    Group.REJECTED: (State.REJECTED,),
    Group.ENDED: (State.VOID, State.MERGED),
    Group.ALL: (),
}
"""The states behind each chip above a list."""
SOON = timedelta(days=1)
C = TypeVar("C", Group, Due, Mark, Order, Source)
USUAL_COLUMNS = (Column.PHOTO, Column.WHAT, Column.WHERE, Column.UNIT, Column.STATE, Column.DUE, Column.REPORTED)
PARAMETERS = ("state", "area", "class", "unit", "source", "due", "mark", "since", "until", "due_since", "due_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is narrowed to and its order; empty values narrow nothing."""

    states: tuple[State, ...] = ()
    area: str = ""
    class_id: int | None = None
    unit_id: int | None = None
    source: Source | None = None
    mark: Mark | None = None
    overdue_at: datetime | None = None
    soon_at: datetime | None = None
    since: date | None = None
    until: date | None = None
    due_since: date | None = None
    due_until: date | None = None
    order: Order = Order.NEWEST


def filter_from(asked: Mapping[str, str], *, usual: Group = Group.OPEN, now: datetime) -> Filter:
    """The filter that an address names."""
    due = _code(Due, asked.get("due", "overdue" if asked.get("overdue") else ""))
    area = asked.get("area", "")
    return Filter(
        states=GROUPS[group_from(asked, usual=usual)],
        area=area if area.isdecimal() and area.isascii() and len(area) in (6, 9, 12) else "",
        class_id=_number(asked.get("class", "")),
        unit_id=_number(asked.get("unit", "")),
        source=_code(Source, asked.get("source", "")),
        mark=_code(Mark, asked.get("mark", "")),
        overdue_at=now if due is Due.OVERDUE else None,
        soon_at=now if due is Due.SOON else None,
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        due_since=_day(asked.get("due_since", "")),
        due_until=_day(asked.get("due_until", "")),
        order=_code(Order, asked.get("order", "")) or Order.NEWEST,
    )


def group_from(asked: Mapping[str, str], *, usual: Group = Group.OPEN) -> Group:
    """The chip that an address names; the usual one when it names none."""
    return _code(Group, asked.get("state", "")) or usual


def address_of(asked: Mapping[str, str]) -> dict[str, str]:
    """The words of an address that belong to its list, in one order, so that the same list has one address."""
    kept = {name: asked.get(name, "")[:40] for name in (*PARAMETERS, "order")}
    if asked.get("overdue") and not kept["due"]:
        kept["due"] = Due.OVERDUE.value
    return {name: value for name, value in kept.items() if value}


def columns_from(words: str) -> tuple[Column, ...]:
    """The columns named by codes with blanks between, in the order of the table; the usual ones when none is known."""
    named = set(words.split())
    chosen = tuple(column for column in Column if column.value in named)
    return chosen or USUAL_COLUMNS


def _code(kind: type[C], word: str) -> C | None:
    return kind(word) if word in kind.values else None


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else None


def _day(word: str) -> date | None:
    try:
        return parse_date(word)
    except ValueError:
        return None
