# SPDX-License-Identifier: Apache-2.0
"""That somebody else saw the same problem. It moves nothing, so it is counted nowhere but in its case."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.cases.events.life import CaseEvent
from jiayuan.record.events import Digest, Event, PersonId, private


@dataclass(frozen=True, kw_only=True)
class CaseJoined(CaseEvent):
    """Somebody else saw the same problem and follows the case."""

    KIND: ClassVar[str] = "cases.joined"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Somebody else reports the same")

    follower_id: int
    photos: int
    text_id: int | None
    text_digest: Digest | None = private()
    person: PersonId | None = private()


FOLLOWER_EVENTS: tuple[type[Event], ...] = (CaseJoined,)
