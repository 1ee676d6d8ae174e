# SPDX-License-Identifier: Apache-2.0
"""What is done in the room: sheets are drafted and issued, items fed back and struck off, levels press in turn."""

from jiayuan.supervision.services.bulletins import (
    BulletinId,
    BulletinInput,
    ask_again,
    choose_photos,
    correct_bulletin,
    discard_bulletin,
    draft_bulletin,
    edit_part,
    hand_back,
    hand_up,
    sign_bulletin,
)
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
from jiayuan.supervision.services.loading import load_past
from jiayuan.supervision.services.meetings import (
    MeetingId,
    There,
    cancel_meeting,
    hold_meeting,
    issue_minutes,
    note_decision,
    plan_meeting,
    put_on_agenda,
    take_back_decision,
    take_off_agenda,
)
from jiayuan.supervision.services.sheets import discard, draft_sheet, issue, sign, void_sheet, write_draft
from jiayuan.supervision.services.talks import TalkId, call_talk, cancel_talk, hold_talk
from jiayuan.supervision.services.urgings import (
    UrgingId,
    accept_reply,
    end_urgings,
    raise_colour,
    raise_unanswered,
    refuse_reply,
    reply,
    urge,
    void_urging,
)

__all__ = [
    "BulletinId", "BulletinInput", "ItemId", "MeetingId", "SheetId", "TalkId", "There", "UrgingId", "accept_reply",
    "ask_again", "ask_time", "call_talk", "cancel_meeting", "cancel_talk", "choose_pattern", "choose_photos",
    "correct_bulletin",
    "discard", "discard_bulletin", "draft_bulletin", "draft_sheet", "edit_part", "end_urgings", "escalate_due",
    "feed_back", "follow_feedback", "follow_pause", "follow_resume", "follow_rework", "follow_void", "grant_time",
    "hand_back", "hand_up", "hold_meeting", "hold_talk", "issue", "issue_minutes", "load_past", "note_decision",
    "plan_meeting", "put_on_agenda", "raise_colour", "raise_level", "raise_unanswered", "refuse", "refuse_reply",
    "refuse_time", "reply", "sign", "sign_bulletin", "strike_off", "take_back_decision", "take_off_agenda", "urge",
    "void_item", "void_sheet", "void_urging", "write_draft",
]  # fmt: skip
