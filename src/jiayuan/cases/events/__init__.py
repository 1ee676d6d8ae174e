# SPDX-License-Identifier: Apache-2.0
"""What happened to a case. Names, addresses and free texts are never here: texts are erasable rows, carried by id."""

from jiayuan.cases.events.branches import (
    BRANCHES,
    HANDS,
    CaseAppealDecided,
    CaseAppealed,
    CaseAppealReviewed,
    CaseCalledBack,
    CaseDeadlineMoved,
    CaseExtended,
    CaseExtensionAsked,
    CaseExtensionRefused,
    CaseForceClosed,
    CaseHandedIn,
    CaseLookedBack,
    CaseMerged,
    CaseReconsidered,
    CaseReopenAsked,
    CaseReopened,
    CaseReopenRefused,
    CaseResumed,
    CaseReturnConfirmed,
    CaseReturnRefused,
    CaseShelved,
    CaseShelvingAsked,
    CaseShelvingRefused,
    CaseSplit,
    CaseUrged,
    CaseVoided,
)
from jiayuan.cases.events.branches import UPCASTERS as BRANCH_UPCASTERS
from jiayuan.cases.events.checks import CHECK_EVENTS, CheckerDrawn
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
from jiayuan.cases.events.desk import DESK_EVENTS, CaseNoted, CaseReplyKept, CasesExported
from jiayuan.cases.events.desk import UPCASTERS as DESK_UPCASTERS
from jiayuan.cases.events.followers import FOLLOWER_EVENTS, CaseJoined
from jiayuan.cases.events.guide import GUIDE_EVENTS, GuideWritten
from jiayuan.cases.events.ledger import LEDGER_EVENTS, CaseEntered, LedgerImported, LedgerStarted, LedgerUploaded
from jiayuan.cases.events.life import EVENTS as LIFE_EVENTS
from jiayuan.cases.events.life import UPCASTERS as LIFE_UPCASTERS
from jiayuan.cases.events.life import (
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

EVENTS: tuple[type[Event], ...] = (
    *LIFE_EVENTS,
    *BRANCHES,
    *ROUTING_EVENTS,
    *CLEARING_EVENTS,
    *LEDGER_EVENTS,
    *GUIDE_EVENTS,
    *FOLLOWER_EVENTS,
    *CHECK_EVENTS,
    *DESK_EVENTS,
)
"""Every event of this room."""

UPCASTERS = LIFE_UPCASTERS | BRANCH_UPCASTERS | DESK_UPCASTERS
"""How older versions of these events are read."""

ENDING = (CaseClosed, CaseForceClosed, CaseRejected, CaseVoided, CaseMerged)
"""The events with which a case ends."""

__all__ = [
    "CHECK_EVENTS",
    "CLEARING_EVENTS",
    "DESK_EVENTS",
    "ENDING",
    "EVENTS",
    "HANDS",
    "UPCASTERS",
    "CaseAppealDecided",
    "CaseAppealReviewed",
    "CaseAppealed",
    "CaseCalledBack",
    "CaseClosed",
    "CaseDeadlineMoved",
    "CaseDispatched",
    "CaseEntered",
    "CaseEvent",
    "CaseExtended",
    "CaseExtensionAsked",
    "CaseExtensionRefused",
    "CaseFedBack",
    "CaseFiled",
    "CaseForceClosed",
    "CaseHandedIn",
    "CaseJoined",
    "CaseLookedBack",
    "CaseMerged",
    "CaseNoted",
    "CaseReconsidered",
    "CaseRejected",
    "CaseReopenAsked",
    "CaseReopenRefused",
    "CaseReopened",
    "CaseReplyKept",
    "CaseReported",
    "CaseResumed",
    "CaseReturnConfirmed",
    "CaseReturnRefused",
    "CaseReturned",
    "CaseSentBack",
    "CaseShelved",
    "CaseShelvingAsked",
    "CaseShelvingRefused",
    "CaseSigned",
    "CaseSplit",
    "CaseUrged",
    "CaseVerificationAsked",
    "CaseVerified",
    "CaseVoided",
    "CasesExported",
    "CheckerDrawn",
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
    "GuideWritten",
    "LedgerImported",
    "LedgerStarted",
    "LedgerUploaded",
    "RoutingRuleSet",
]
