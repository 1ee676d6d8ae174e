# SPDX-License-Identifier: Apache-2.0
"""What happened to a routing rule: each version with its conditions, so that the record alone proves what held when."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import Hours, RuleChange
from jiayuan.record.events import Code, Event


@dataclass(frozen=True, kw_only=True)
class RoutingRuleSet(Event):
    """A routing rule was written, changed, switched off, or a change was taken back."""

    KIND: ClassVar[str] = "cases.routing_rule_set"
    SENTENCE: ClassVar[Any] = pgettext_lazy("cases", "Routing rule %(change)s")

    version: int
    change: RuleChange
    is_off: bool
    kinds: tuple[Code, ...]
    places: tuple[Code, ...]
    sources: tuple[Code, ...]
    setting: Code
    weekdays: Code
    hours: Hours
    starts: int
    ends: int
    unit_id: int | None
    priority: int
    at_once: bool


ROUTING_EVENTS: tuple[type[Event], ...] = (RoutingRuleSet,)
