# SPDX-License-Identifier: Apache-2.0
"""What happened to a case. Names, addresses and free texts are never here: texts are erasable rows, carried by id."""

from jiayuan.cases.events.clearing import (
    CLEARING_EVENTS,
    ClearingAccepted,
    ClearingBegun,
    ClearingDrawn,
    ClearingEvent,
    ClearingHandedIn,
    ClearingLeft,
    ClearingReopened,
    ClearingRowAdded,
    ClearingRowAmended,
    ClearingRowChecked,
    ClearingRowCleared,
    ClearingRowStruck,
    ClearingTakenBack,
    ClearingVoided,
)
from jiayuan.cases.events.ledger import LEDGER_EVENTS, CaseEntered, LedgerImported, LedgerStarted, LedgerUploaded
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

EVENTS: tuple[type[Event], ...] = (*LIFE_EVENTS, *ROUTING_EVENTS, *CLEARING_EVENTS, *LEDGER_EVENTS)
"""Every event of this room."""

__all__ = [
    "CLEARING_EVENTS",
    "EVENTS",
    "HANDS",
    "CaseClosed",
    "CaseDispatched",
    "CaseEntered",
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
    "ClearingAccepted",
    "ClearingBegun",
    "ClearingDrawn",
    "ClearingEvent",
    "ClearingHandedIn",
    "ClearingLeft",
    "ClearingReopened",
    "ClearingRowAdded",
    "ClearingRowAmended",
    "ClearingRowChecked",
    "ClearingRowCleared",
    "ClearingRowStruck",
    "ClearingTakenBack",
    "ClearingVoided",
    "LedgerImported",
    "LedgerStarted",
    "LedgerUploaded",
    "RoutingRuleSet",
]
