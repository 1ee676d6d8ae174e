# SPDX-License-Identifier: Apache-2.0
"""What happened to lists of duties. Their words stand in the versions, which are never deleted."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.duties.enums import Kind
from jiayuan.record.events import Event


@dataclass(frozen=True, kw_only=True)
class DutyListOpened(Event):
    """A document was opened; it says nothing before its first version is published."""

    KIND: ClassVar[str] = "duties.list_opened"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A list was opened: %(kind)s")

    kind: Kind


@dataclass(frozen=True, kw_only=True)
class DutyDraftChanged(Event):
    """A draft was made or changed: so many entries were added, changed and taken out."""

    KIND: ClassVar[str] = "duties.draft_changed"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "duties",
        "Version %(number)s was drafted: %(added)s added, %(changed)s changed, %(removed)s taken out",
    )

    number: int
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, kw_only=True)
class DutyListPublished(Event):
    """A version was published and holds from a day on."""

    KIND: ClassVar[str] = "duties.list_published"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "duties", "Version %(number)s was published with %(entries)s entries and holds from %(valid_from)s"
    )

    number: int
    valid_from: date
    entries: int
    taken_back: int


EVENTS = (DutyListOpened, DutyDraftChanged, DutyListPublished)
"""Every event of the room, for the roof to list."""
