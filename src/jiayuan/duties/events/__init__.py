# SPDX-License-Identifier: Apache-2.0
"""What happened in the room: to lists, zones and those who answer."""

from jiayuan.duties.events import lists
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

EVENTS = lists.EVENTS
"""Every event of the room, for the roof to list."""

__all__ = [
    "EVENTS", "AnswerCorrected", "AnswerEnded", "AnswerNamed", "DutyDraftChanged", "DutyListOpened",
    "DutyListPublished", "ZoneCorrected", "ZoneEnded", "ZoneOpened",
]  # fmt: skip
