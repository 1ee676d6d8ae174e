# SPDX-License-Identifier: Apache-2.0
"""What the record keeps of notices: that their words were changed.

A notice follows from an event that the record already has, and a delivery is a row with its own attempts and outcome;
writing them into the record again would make it grow with every reader.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.notices.enums import Channel
from jiayuan.record.events import Code, Digest, Event, private


@dataclass(frozen=True, kw_only=True)
class NoticeTemplateSet(Event):
    """A kind of notice got words of the house's own, or goes back to the shipped ones; earlier words stay."""

    KIND: ClassVar[str] = "notices.template_set"
    SENTENCE: ClassVar[Any] = pgettext_lazy("notices", "The words of a notice were written, version %(number)s")

    kind: Code
    language: Code
    channel: Channel
    number: int
    words_digest: Digest | None = private()


EVENTS: tuple[type[Event], ...] = (NoticeTemplateSet,)
