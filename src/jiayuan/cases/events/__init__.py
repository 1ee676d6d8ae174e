# SPDX-License-Identifier: Apache-2.0
"""What happened to a case. Names, addresses and free texts are never here: texts are erasable rows, carried by id."""

from jiayuan.cases.events.life import EVENTS as LIFE_EVENTS
from jiayuan.cases.events.life import (
    HANDS,
    CaseClosed,
    CaseDispatched,
    CaseEvent,
    CaseFedBack,
    CaseFiled,
    CaseRejected,
    CaseReported,
    CaseReturned,
    CaseSentBack,
    CaseSigned,
    CaseVerificationAsked,
    CaseVerified,
)
from jiayuan.cases.events.routing import ROUTING_EVENTS, RoutingRuleSet
from jiayuan.record.events import Event

EVENTS: tuple[type[Event], ...] = (*LIFE_EVENTS, *ROUTING_EVENTS)

__all__ = [
    "EVENTS",
    "HANDS",
    "CaseClosed",
    "CaseDispatched",
    "CaseEvent",
    "CaseFedBack",
    "CaseFiled",
    "CaseRejected",
    "CaseReported",
    "CaseReturned",
    "CaseSentBack",
    "CaseSigned",
    "CaseVerificationAsked",
    "CaseVerified",
    "RoutingRuleSet",
]
