# SPDX-License-Identifier: Apache-2.0
"""What happened to a case. Names, addresses and free texts are never here: texts are erasable rows, carried by id."""

from jiayuan.cases.events.life import (
    EVENTS,
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
]
