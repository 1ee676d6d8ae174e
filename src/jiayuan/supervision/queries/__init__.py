# SPDX-License-Identifier: Apache-2.0
"""Reading sheets and how hard their items are pressed."""

from jiayuan.supervision.models import Item, ItemText, Sheet
from jiayuan.supervision.queries.ground import IN_HAND, code_at, home_of, item_behind, spot_of_unit
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
    sheet_moves_for,
    sheet_seen_by,
    sheets_seen_by,
    texts_of,
    to_judge,
    to_sign,
)
from jiayuan.supervision.queries.standing import colours_of, pattern_of, standing_of
from jiayuan.supervision.queries.wording import KINDS_OF_PAPER, matters_of
from jiayuan.supervision.rules.balance import Balance, balance

__all__ = [
    "IN_HAND", "KINDS_OF_PAPER", "Balance", "Item", "ItemText", "ListFigures", "Narrowed", "Sheet", "SheetPage",
    "SheetRow", "asked_of", "balance", "balance_seen_by", "balances_of", "code_at", "colours_of", "figures_of",
    "history_of", "home_of", "item_behind", "item_of", "item_on_sheet", "items_of", "listed_cases", "matters_of",
    "moves_for", "office_of", "page_of_sheets", "pattern_of", "sheet_moves_for", "sheet_seen_by", "sheets_seen_by",
    "spot_of_unit", "standing_of", "texts_of", "to_judge", "to_sign",
]  # fmt: skip
