# SPDX-License-Identifier: Apache-2.0
"""What a list says, how two versions differ, and what contradicts itself; whether two spans of days meet. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date

TAKEN_BACK = "taken_back"
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a list. Organisations and classes stand by their codes; ``lead`` is empty for whoever governs."""

    key: str
    group: str
    task: str
    part: str
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    department_does: str = ""
    town_does: str = ""
    clause: str = ""

    @property
    def is_taken_back(self) -> bool:
        """Whether a department took it back, so that no town may be given it."""
        return self.part == TAKEN_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of an entry, by its key; ``names`` are the fields that changed."""

    key: str
    before: Entry | None
    after: Entry | None
    names: tuple[str, ...] = ()


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Entries by their keys as people number them: 2.9 before 2.10."""
    return sorted(entries, key=lambda entry: order_of(entry.key))


def order_of(key: str) -> tuple[tuple[int, int, str], ...]:
    """A key as it is sorted: its numbers as numbers."""
    pieces = [piece for piece in _DIGITS.split(key) if piece]
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces)


def differences(before: Sequence[Entry], after: Sequence[Entry]) -> list[Difference]:
    """What one version says otherwise than another, entry by entry in the order of the keys."""
    old, new = {entry.key: entry for entry in before}, {entry.key: entry for entry in after}
    return [
        Difference(key=key, before=old.get(key), after=new.get(key), names=_names(old.get(key), new.get(key)))
        for key in sorted({*old, *new}, key=order_of)
        if old.get(key) != new.get(key)
    ]


def _names(old: Entry | None, new: Entry | None) -> tuple[str, ...]:
    if old is None or new is None:
        return ()
    return tuple(item.name for item in fields(Entry) if getattr(old, item.name) != getattr(new, item.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A class that one entry takes back from the towns while another leaves it with them."""

    class_key: str
    taken_back: str
    left: str


def contradictions(entries: Sequence[Entry]) -> Iterator[Contradiction]:
    """Each class about which a version says two things, once."""
    taken: dict[str, str] = {}
    for entry in entries:
        if entry.is_taken_back:
            for class_key in entry.classes:
                taken.setdefault(class_key, entry.key)
    for entry in entries:
        if not entry.is_taken_back:
            for class_key in entry.classes:
                if class_key in taken:
                    yield Contradiction(class_key=class_key, taken_back=taken.pop(class_key), left=entry.key)


def overlap(starts: date, ends: date | None, other_starts: date, other_ends: date | None) -> bool:
    """Whether two spans share a day; both ends belong to them, an empty one is open."""
    return (ends is None or other_starts <= ends) and (other_ends is None or starts <= other_ends)
