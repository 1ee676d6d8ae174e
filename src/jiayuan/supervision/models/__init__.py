# SPDX-License-Identifier: Apache-2.0
"""The tables of the room: sheets with their items, and how hard these are pressed."""

from jiayuan.supervision.models.bulletins import Bulletin, BulletinFact, BulletinPart, BulletinPhoto
from jiayuan.supervision.models.meetings import Agendum, Decision, Meeting, Roll
from jiayuan.supervision.models.pressure import Escalation, Scheme
from jiayuan.supervision.models.sheets import Item, ItemText, Pause, Sheet, SheetCopy, TimeRequest
from jiayuan.supervision.models.talks import Talk
from jiayuan.supervision.models.urgings import Urging, UrgingStep

__all__ = [
    "Agendum", "Bulletin", "BulletinFact", "BulletinPart", "BulletinPhoto", "Decision", "Escalation", "Item",
    "ItemText", "Meeting", "Pause", "Roll", "Scheme", "Sheet", "SheetCopy", "Talk", "TimeRequest", "Urging",
    "UrgingStep",
]  # fmt: skip
