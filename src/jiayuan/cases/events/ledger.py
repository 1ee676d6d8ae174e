# SPDX-License-Identifier: Apache-2.0
"""What happened to a ledger from elsewhere, and to the cases that came out of it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import Source
from jiayuan.cases.events.life import CaseReported
from jiayuan.record.events import Code, Event


@dataclass(frozen=True, kw_only=True)
class CaseEntered(CaseReported):
    """A case came out of a ledger. Counted like any report; nobody gets a message for each of a thousand rows."""

    KIND: ClassVar[str] = "cases.entered"
    V: ClassVar[int] = 1
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Taken over from a ledger (%(source)s)")

    ledger_id: int


@dataclass(frozen=True, kw_only=True)
class LedgerUploaded(Event):
    """A ledger was uploaded; nothing of it counts yet."""

    KIND: ClassVar[str] = "cases.ledger_uploaded"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "A ledger was uploaded (%(source)s)")

    area: Code
    source: Source


@dataclass(frozen=True, kw_only=True)
class LedgerStarted(Event):
    """Somebody let the good rows of a ledger in."""

    KIND: ClassVar[str] = "cases.ledger_started"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "The import of %(good)s rows began; %(wrong)s are to be corrected")

    good: int
    wrong: int
    known: int
    left_out: int


@dataclass(frozen=True, kw_only=True)
class LedgerImported(Event):
    """The last good row of a ledger became a case."""

    KIND: ClassVar[str] = "cases.ledger_imported"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "%(imported)s rows became cases; %(known)s were known already")

    imported: int
    known: int


LEDGER_EVENTS = (CaseEntered, LedgerUploaded, LedgerStarted, LedgerImported)
