# SPDX-License-Identifier: Apache-2.0
"""Reading sheets and how hard their items are pressed."""

from jiayuan.supervision.models import Agendum, Bulletin, Decision, Item, ItemText, Meeting, Roll, Sheet, Talk, Urging
from jiayuan.supervision.queries.bulletin_photos import OfferedPhoto, photos_offered
from jiayuan.supervision.queries.bulletins import (
    bulletin_history,
    bulletin_moves_for,
    bulletin_seen_by,
    bulletins_seen_by,
    bulletins_to_sign,
    fact_again,
    facts_of,
)
from jiayuan.supervision.queries.ground import IN_HAND, code_at, home_of, item_behind, spot_of_unit
from jiayuan.supervision.queries.meetings import (
    PAPER_OF_MEETING,
    Proposed,
    about_agendum,
    agenda_of,
    history_of_meeting,
    meeting_seen_by,
    meetings_to_finish,
    moves_of_meeting,
    page_of_meetings,
    proposed,
    rolls_of,
    units_to_decide,
    units_to_invite,
)
from jiayuan.supervision.queries.past import Past, lists_of_the_past
from jiayuan.supervision.queries.sheets import (
    ListFigures,
    Narrowed,
    SheetPage,
    SheetRow,
    asked_of,
    balance_seen_by,
    balances_of,
    figures_of,
    history_of,
    item_of,
    item_on_sheet,
    items_of,
    listed_cases,
    moves_for,
    office_of,
    page_of_sheets,
    said_roundly,
    sheet_moves_for,
    sheet_seen_by,
    sheets_seen_by,
    texts_of,
    to_judge,
    to_sign,
)
from jiayuan.supervision.queries.standing import colours_of, pattern_of, standing_of
from jiayuan.supervision.queries.talks import (
    PAPER_OF_TALK,
    grounds_of,
    history_of_talk,
    moves_of_talk,
    page_of_talks,
    talk_seen_by,
    talks_to_attend,
    talks_to_hold,
)
from jiayuan.supervision.queries.urgings import (
    PAPER_OF_URGING,
    history_of_urging,
    is_urged,
    may_urge,
    moves_of_urging,
    page_asked,
    page_of_urgings,
    to_judge_replies,
    to_reply,
    urging_seen_by,
    urgings_around,
    urgings_of,
)
from jiayuan.supervision.queries.wording import KINDS_OF_PAPER, matters_of
from jiayuan.supervision.rules.balance import Balance, balance
from jiayuan.supervision.rules.bulletins import HEADING, Fact, filled, pieces

__all__ = [
    "HEADING", "IN_HAND", "KINDS_OF_PAPER", "PAPER_OF_MEETING", "PAPER_OF_TALK", "PAPER_OF_URGING", "Agendum",
    "Balance", "Bulletin", "Decision", "Fact", "Item", "ItemText", "ListFigures", "Meeting", "Narrowed",
    "OfferedPhoto", "Past",
    "Proposed", "Roll", "Sheet", "SheetPage", "SheetRow", "Talk", "Urging", "about_agendum", "agenda_of",
    "asked_of", "balance", "balance_seen_by", "balances_of", "bulletin_history", "bulletin_moves_for",
    "bulletin_seen_by", "bulletins_seen_by", "bulletins_to_sign", "code_at", "colours_of", "fact_again",
    "facts_of", "figures_of", "filled", "grounds_of", "history_of", "history_of_meeting", "history_of_talk",
    "history_of_urging", "home_of", "is_urged", "item_behind", "item_of", "item_on_sheet", "items_of",
    "listed_cases", "lists_of_the_past", "matters_of", "may_urge", "meeting_seen_by", "meetings_to_finish",
    "moves_for", "moves_of_meeting", "moves_of_talk", "moves_of_urging", "office_of", "page_asked",
    "page_of_meetings", "page_of_sheets", "page_of_talks", "page_of_urgings", "pattern_of", "photos_offered", "pieces",
    "proposed",
    "rolls_of", "said_roundly", "sheet_moves_for", "sheet_seen_by", "sheets_seen_by", "spot_of_unit",
    "standing_of", "talk_seen_by", "talks_to_attend", "talks_to_hold", "texts_of", "to_judge", "to_judge_replies",
    "to_reply", "to_sign", "units_to_decide", "units_to_invite", "urging_seen_by", "urgings_around", "urgings_of",
]  # fmt: skip
