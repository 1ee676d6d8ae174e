# SPDX-License-Identifier: Apache-2.0
"""What is done in the room: sheets are drafted and issued, items fed back and struck off, levels press in turn."""

from jiayuan.supervision.services.core import ItemId, SheetId
from jiayuan.supervision.services.escalating import choose_pattern, escalate_due, raise_level
from jiayuan.supervision.services.items import (
    ask_time,
    feed_back,
    follow_feedback,
    follow_pause,
    follow_resume,
    follow_rework,
    follow_void,
    grant_time,
    refuse,
    refuse_time,
    strike_off,
    void_item,
)
from jiayuan.supervision.services.sheets import discard, draft_sheet, issue, sign, void_sheet, write_draft

__all__ = [
    "ItemId", "SheetId", "ask_time", "choose_pattern", "discard", "draft_sheet",
    "escalate_due", "feed_back", "follow_feedback", "follow_pause", "follow_resume", "follow_rework", "follow_void",
    "grant_time", "issue", "raise_level", "refuse", "refuse_time", "sign",
    "strike_off", "void_item", "void_sheet", "write_draft",
]  # fmt: skip
