# SPDX-License-Identifier: Apache-2.0
"""What happened to standards: a load, and a year of the calendar that a notice confirmed."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.record.events import Event


@dataclass(frozen=True, kw_only=True)
class StandardsLoaded(Event):
    """A pack of schemes, limits, campaigns and tiles was loaded and changed this many rows."""

    KIND: ClassVar[str] = "standards.loaded"
    SENTENCE: ClassVar[Any] = pgettext_lazy("standards", "Standards were loaded: %(created)s new, %(changed)s changed")

    created: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class CalendarYearConfirmed(Event):
    """The yearly notice replaced the calendar of a year; deadlines that cross a changed day are to be counted anew."""

    KIND: ClassVar[str] = "standards.calendar_year_confirmed"
    SENTENCE: ClassVar[Any] = pgettext_lazy(
        "standards", "The work calendar of %(year)s was confirmed; %(changed_days)s days changed"
    )

    year: int
    changed_days: int


EVENTS = (StandardsLoaded, CalendarYearConfirmed)
"""Every event of the room, for the roof to list."""
