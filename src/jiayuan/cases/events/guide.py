# SPDX-License-Identifier: Apache-2.0
"""What happened to the work guide."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import GuideAbout
from jiayuan.record.events import Digest, Event, private


@dataclass(frozen=True, kw_only=True)
class GuideWritten(Event):
    """A page of the work guide got a new version; the ones before stay to be read."""

    KIND: ClassVar[str] = "cases.guide_written"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "A page of the work guide was written, version %(number)s")

    about: GuideAbout
    number: int
    text_digest: Digest | None = private()


GUIDE_EVENTS = (GuideWritten,)
