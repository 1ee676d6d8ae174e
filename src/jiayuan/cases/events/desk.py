# SPDX-License-Identifier: Apache-2.0
"""What happened at the desk beside the course of cases: lists that left the house, and words among colleagues."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import Form, Group
from jiayuan.cases.events.life import lifted
from jiayuan.record.events import Code, Digest, Event, private


@dataclass(frozen=True, kw_only=True)
class CasesExported(Event):
    """A list of cases left the house as a table; how many rows, never what they said."""

    KIND: ClassVar[str] = "cases.exported"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "%(rows)s cases were exported as %(form)s")

    form: Form
    rows: int
    group: Group
    area: Code


@dataclass(frozen=True, kw_only=True)
class CaseNoted(Event):
    """Somebody left a word for colleagues. It is no step of the case and stands in no timeline."""

    KIND: ClassVar[str] = "cases.noted"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "A colleague left a note")

    place: Code
    note_id: int
    for_unit: bool
    mentions: int
    text_digest: Digest | None = private()


@dataclass(frozen=True, kw_only=True)
class CaseReplyKept(Event):
    """A standard reply was written, changed or taken out of use."""

    KIND: ClassVar[str] = "cases.reply_kept"
    V: ClassVar[int] = 2
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "A standard reply was changed")

    area: Code
    verb: Code
    is_off: bool
    class_key: Code = Code("")
    text_digest: Digest | None = private()


DESK_EVENTS: tuple[type[Event], ...] = (CasesExported, CaseNoted, CaseReplyKept)

UPCASTERS: dict[tuple[str, int], Any] = lifted(*DESK_EVENTS)
