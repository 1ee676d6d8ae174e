# SPDX-License-Identifier: Apache-2.0
"""What happened to papers. Their words stand in the table; the record keeps numbers and digests."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.papers.enums import Form, VoidReason
from jiayuan.record.events import Code, Digest, Event, private


@dataclass(frozen=True, kw_only=True)
class PaperIssued(Event):
    """A paper was issued under a number; the digest is that of its frozen model."""

    KIND: ClassVar[str] = "papers.issued"
    SENTENCE: ClassVar[Any] = pgettext_lazy("papers", "The paper was issued as number %(number)s of %(year)s")

    form: Form
    paper_kind: Code
    office: Code
    year: int
    number: int
    on: date
    is_synthetic: bool
    corrects: int | None
    model: Digest = private()


@dataclass(frozen=True, kw_only=True)
class PaperCorrected(Event):
    """A later paper, by its id, puts right what this one says."""

    KIND: ClassVar[str] = "papers.corrected"
    SENTENCE: ClassVar[Any] = pgettext_lazy("papers", "A later paper corrects this one")

    later: int


@dataclass(frozen=True, kw_only=True)
class PaperVoided(Event):
    """A paper was made void; its number is not given again."""

    KIND: ClassVar[str] = "papers.voided"
    SENTENCE: ClassVar[Any] = pgettext_lazy("papers", "The paper was made void: %(reason)s")

    reason: VoidReason


@dataclass(frozen=True, kw_only=True)
class PaperPrinted(Event):
    """The files of a paper were made; the digest of its PDF rests under the seal of the record."""

    KIND: ClassVar[str] = "papers.printed"
    SENTENCE: ClassVar[Any] = pgettext_lazy("papers", "The files of the paper were made")

    pages: int
    pdf: Digest = private()


EVENTS = (PaperIssued, PaperCorrected, PaperVoided, PaperPrinted)
"""Every event of the room, for the roof to list."""
