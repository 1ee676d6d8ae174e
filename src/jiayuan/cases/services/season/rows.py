# SPDX-License-Identifier: Apache-2.0
"""What a part of the season leaves behind: rows of every table with their keys, and the events, in one heap."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Model

from jiayuan.cases.models import (
    CallBack,
    Case,
    ClearingCount,
    ClearingDraw,
    ClearingList,
    ClearingRow,
    ClearingSample,
    ClearingText,
    LookBack,
    Pause,
    Request,
    SearchWords,
    Text,
    Timer,
)
from jiayuan.kernel import bulk
from jiayuan.kernel.access import Actor
from jiayuan.media.services import Drawing
from jiayuan.record.events import Event
from jiayuan.record.log import Entry

STRIDE = 1024
"""So many keys of each table belong to one family: what it leaves never depends on the families before it.

A village's week of lists is the largest; ten seasons at once bring it three hundred pictures.
"""
_ORDER: tuple[type[Model], ...] = (
    Case,
    Text,
    SearchWords,
    Timer,
    Pause,
    Request,
    CallBack,
    LookBack,
    ClearingSample,
    ClearingList,
    ClearingRow,
    ClearingDraw,
    ClearingCount,
    ClearingText,
)
"""Parents before children; within cases the leading one comes first."""


@dataclass(slots=True)
class Rows:
    """The rows and events of one family, made in memory."""

    first: int
    tables: dict[type[Model], list[Model]] = field(default_factory=lambda: defaultdict(list))
    entries: list[Entry] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)

    def add(self, row: Model) -> None:
        """Take a row in and give it the next key of its table."""
        held = self.tables[type(row)]
        row.pk = self._key_after(len(held), type(row).__name__)
        held.append(row)

    def draw(self, drawing: Drawing) -> None:
        """Take a picture in that will be drawn when somebody first looks at it."""
        self.drawings.append(replace(drawing, key=self._key_after(len(self.drawings), "Drawing")))

    def _key_after(self, held: int, name: str) -> int:
        if held >= STRIDE:
            raise RuntimeError(f"a family has more rows of {name} than keys")
        return self.first + held + 1

    def tell(self, event: Event, *, by: Actor, at: datetime) -> None:
        """Take an event in."""
        self.entries.append(Entry(event, by, at))

    def in_order(self) -> list[Entry]:
        """The events as they happened; those of one moment as they were told."""
        return sorted(self.entries, key=lambda entry: entry.at)


def store(parts: Sequence[Rows]) -> None:
    """Insert the rows of several families, table by table."""
    for model in _ORDER:
        bulk.insert([row for part in parts for row in part.tables.get(model, ())])
