# SPDX-License-Identifier: Apache-2.0
"""What happened in the room: to sheets and their items, to supervision sheets, joint meetings, talks and bulletins."""

from jiayuan.supervision.events import bulletins, meetings, sheets, talks, urgings
from jiayuan.supervision.events.bulletins import (
    BulletinAskedAgain,
    BulletinDiscarded,
    BulletinDrafted,
    BulletinEdited,
    BulletinEvent,
    BulletinHandedBack,
    BulletinHandedUp,
    BulletinIssued,
)
from jiayuan.supervision.events.meetings import (
    AgendaPutOn,
    AgendaTakenOff,
    DecisionTakenBack,
    MeetingCancelled,
    MeetingDecided,
    MeetingEvent,
    MeetingHeld,
    MeetingPlanned,
    MinutesIssued,
)
from jiayuan.supervision.events.sheets import (
    ItemEscalated,
    ItemEvent,
    ItemFedBack,
    ItemPaused,
    ItemRefused,
    ItemResumed,
    ItemStruckOff,
    ItemTakenBack,
    ItemTimeAsked,
    ItemTimeGranted,
    ItemTimeRefused,
    ItemVoided,
    PatternChosen,
    SheetDiscarded,
    SheetDrafted,
    SheetEvent,
    SheetIssued,
    SheetSettled,
    SheetSigned,
    SheetVoided,
)
from jiayuan.supervision.events.talks import TalkCalled, TalkCancelled, TalkEvent, TalkHeld
from jiayuan.supervision.events.urgings import (
    UrgingAccepted,
    UrgingClosed,
    UrgingIssued,
    UrgingRaised,
    UrgingRefused,
    UrgingReplied,
    UrgingVoided,
)

EVENTS = (*sheets.EVENTS, *urgings.EVENTS, *meetings.EVENTS, *talks.EVENTS, *bulletins.EVENTS)
"""Every event of the room, for the roof to list."""

__all__ = [
    "EVENTS", "AgendaPutOn", "AgendaTakenOff", "BulletinAskedAgain", "BulletinDiscarded", "BulletinDrafted",
    "BulletinEdited", "BulletinEvent", "BulletinHandedBack", "BulletinHandedUp", "BulletinIssued",
    "DecisionTakenBack", "ItemEscalated", "ItemEvent", "ItemFedBack", "ItemPaused", "ItemRefused", "ItemResumed",
    "ItemStruckOff", "ItemTakenBack", "ItemTimeAsked", "ItemTimeGranted", "ItemTimeRefused", "ItemVoided",
    "MeetingCancelled", "MeetingDecided", "MeetingEvent", "MeetingHeld", "MeetingPlanned", "MinutesIssued",
    "PatternChosen", "SheetDiscarded", "SheetDrafted", "SheetEvent", "SheetIssued", "SheetSettled", "SheetSigned",
    "SheetVoided", "TalkCalled", "TalkCancelled", "TalkEvent", "TalkHeld", "UrgingAccepted", "UrgingClosed",
    "UrgingIssued", "UrgingRaised", "UrgingRefused", "UrgingReplied", "UrgingVoided",
]  # fmt: skip
