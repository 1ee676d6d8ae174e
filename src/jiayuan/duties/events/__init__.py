# SPDX-License-Identifier: Apache-2.0
"""What happened in the room: to lists, zones, frontages and those who answer, to groups, rotas and whistles."""

from jiayuan.duties.events import frontages, groups, lists, rotas, whistles
from jiayuan.duties.events.frontages import FrontageCorrected, FrontageEnded, FrontageSchemeAdded, FrontageSigned
from jiayuan.duties.events.groups import (
    GroupCorrected,
    GroupDissolved,
    GroupFounded,
    GroupMemberCorrected,
    GroupMemberEnded,
    GroupMemberNamed,
)
from jiayuan.duties.events.lists import (
    AnswerCorrected,
    AnswerEnded,
    AnswerNamed,
    DutyDraftChanged,
    DutyListOpened,
    DutyListPublished,
    ZoneCorrected,
    ZoneEnded,
    ZoneOpened,
)
from jiayuan.duties.events.rotas import (
    RotaCardRenewed,
    RotaCorrected,
    RotaDrawn,
    RotaEnded,
    RotaSwapAsked,
    RotaSwapTaken,
    RotaSwapWithdrawn,
    RotaTurnAdded,
    RotaTurnEnded,
)
from jiayuan.duties.events.whistles import (
    EMERGENCY_TOLD,
    WhistleAnswered,
    WhistleApplied,
    WhistleApproved,
    WhistleArrived,
    WhistleCaseLinked,
    WhistleDeadlineMoved,
    WhistleDismissed,
    WhistleEvent,
    WhistleInsisted,
    WhistleMeasuresTold,
    WhistleRated,
    WhistleRefused,
    WhistleReleased,
    WhistleResultTold,
    WhistleRetriaged,
    WhistleSigned,
    WhistleTurnedDown,
    WhistleUnitCalled,
    WhistleUnitEvent,
    WhistleWithdrawn,
)

EVENTS = (*lists.EVENTS, *frontages.EVENTS, *groups.EVENTS, *rotas.EVENTS, *whistles.EVENTS)
"""Every event of the room, for the roof to list."""

__all__ = [
    "EMERGENCY_TOLD", "EVENTS", "AnswerCorrected", "AnswerEnded", "AnswerNamed", "DutyDraftChanged", "DutyListOpened",
    "DutyListPublished", "FrontageCorrected", "FrontageEnded", "FrontageSchemeAdded", "FrontageSigned",
    "GroupCorrected", "GroupDissolved", "GroupFounded", "GroupMemberCorrected", "GroupMemberEnded", "GroupMemberNamed",
    "RotaCardRenewed", "RotaCorrected", "RotaDrawn", "RotaEnded", "RotaSwapAsked", "RotaSwapTaken",
    "RotaSwapWithdrawn", "RotaTurnAdded", "RotaTurnEnded", "WhistleAnswered", "WhistleApplied", "WhistleApproved",
    "WhistleArrived", "WhistleCaseLinked", "WhistleDeadlineMoved", "WhistleDismissed", "WhistleEvent",
    "WhistleInsisted", "WhistleMeasuresTold", "WhistleRated", "WhistleRefused", "WhistleReleased", "WhistleResultTold",
    "WhistleRetriaged", "WhistleSigned", "WhistleTurnedDown", "WhistleUnitCalled", "WhistleUnitEvent",
    "WhistleWithdrawn", "ZoneCorrected", "ZoneEnded", "ZoneOpened",
]  # fmt: skip
