# SPDX-License-Identifier: Apache-2.0
"""What happened to frontages. Shops and addresses stand in the table, never here."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.record.events import Code, Event


@dataclass(frozen=True, kw_only=True)
class FrontageSchemeAdded(Event):
    """A scheme was added that shops may sign."""

    KIND: ClassVar[str] = "duties.frontage_scheme_added"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A scheme of frontage duties was added: %(items)s duties")

    scheme: Code
    items: int


@dataclass(frozen=True, kw_only=True)
class FrontageSigned(Event):
    """A shop signed for the space before its doors, from a day on."""

    KIND: ClassVar[str] = "duties.frontage_signed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "A shop signed for its frontage, from %(starts_on)s")

    place: Code
    scheme: Code
    signed_on: date
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class FrontageCorrected(Event):
    """What is said of a frontage was put right; as it is said now."""

    KIND: ClassVar[str] = "duties.frontage_corrected"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The frontage was corrected; it holds from %(starts_on)s")

    place: Code
    scheme: Code
    signed_on: date
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class FrontageEnded(Event):
    """The shop answers for its frontage no longer after a day."""

    KIND: ClassVar[str] = "duties.frontage_ended"
    SENTENCE: ClassVar[Any] = pgettext_lazy("duties", "The frontage duty ends after %(ends_on)s")

    ends_on: date


EVENTS = (FrontageSchemeAdded, FrontageSigned, FrontageCorrected, FrontageEnded)
"""Every event of frontages."""
