# SPDX-License-Identifier: Apache-2.0
"""The same move for many cases, each judged and made by its own command: some are done, others refused, none half."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jiayuan.cases.enums import V
from jiayuan.cases.events import CaseEvent
from jiayuan.cases.models import Case
from jiayuan.cases.queries.life_replay import MOVE_OF
from jiayuan.cases.services.core import CaseId
from jiayuan.kernel.access import Actor
from jiayuan.kernel.errors import Refused, Stale
from jiayuan.record.queries import happened_to

MOST_AT_ONCE = 200
Step = Callable[..., object]
"""A service with everything given but which case, which version, who and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A case as the list showed it when somebody chose it, and what to do with it."""

    case: Case
    version: int
    verb: V
    step: Step
    told: Mapping[str, object] = field(default_factory=dict)
    """What the move leaves in its event besides what every move leaves: the unit, the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one case: done, or why not."""

    case: Case
    refusal: Refused | None = None

    @property
    def is_done(self) -> bool:
        """Whether the case was moved."""
        return self.refusal is None


def move_each(*, chosen: Sequence[Chosen], by: Actor, at: datetime) -> list[Outcome]:
    """Make the move with each of at most two hundred cases, in a transaction of its own; what came of each, in order.

    Sent twice, the second time says the same: a case that this person moved exactly once since it was chosen is done.
    """
    return [_outcome(one, by=by, at=at) for one in chosen[:MOST_AT_ONCE]]


def _outcome(one: Chosen, *, by: Actor, at: datetime) -> Outcome:
    given: dict[str, Any] = {"case_id": CaseId(one.case.pk), "version": one.version, "by": by, "at": at}
    try:
        one.step(**given)
    except Stale as refusal:
        return Outcome(case=one.case, refusal=None if _was_theirs(one, by) else refusal)
    except Refused as refusal:
        return Outcome(case=one.case, refusal=refusal)
    return Outcome(case=one.case)


def _was_theirs(one: Chosen, by: Actor) -> bool:
    """Whether the one move since the case was chosen is this very one by this person: the same page, sent again."""
    version = Case.objects.filter(pk=one.case.pk).values_list("version", flat=True).get()
    if version != one.version + 1 or by.person_id is None:
        return False
    latest = [item for item in happened_to(one.case.ref) if isinstance(item.event, CaseEvent)][-1]
    is_same = MOVE_OF.get(type(latest.event)) is one.verb and latest.person_id == by.person_id
    return is_same and all(getattr(latest.event, name, value) == value for name, value in one.told.items())
