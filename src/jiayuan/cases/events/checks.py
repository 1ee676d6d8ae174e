# SPDX-License-Identifier: Apache-2.0
"""What happened around the check of a case, apart from its result. Who was drawn stands in the private part."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import DeclineReason, DrawReason
from jiayuan.record.events import Code, Digest, Event, PersonId, private


@dataclass(frozen=True, kw_only=True)
class CheckerDrawn(Event):
    """A checker was drawn by lot; from the seed and the persons behind the digest anybody can draw again.

    No step of the case: timelines leave it out, so that the unit learns neither who checks nor since when.
    """

    KIND: ClassVar[str] = "cases.checker_drawn"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "A checker was drawn by lot")

    place: Code
    unit_id: int
    round: int
    attempt: int
    why: DrawReason
    seed: Code
    eligible: int
    eligible_digest: Code
    relaxed: bool
    declined: DeclineReason | None
    text_id: int | None
    text_digest: Digest | None = private()
    checker: PersonId | None = private()


CHECK_EVENTS = (CheckerDrawn,)
