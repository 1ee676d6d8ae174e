# SPDX-License-Identifier: Apache-2.0
"""Asking who answers for what, for which place, and about whistles. Lists are answered from memory."""

from jiayuan.duties.kept import (
    VersionView,
    force_on,
    forget,
)
from jiayuan.duties.models import Whistle, WhistleUnit
from jiayuan.duties.queries.board import BoardLine, whistle_board
from jiayuan.duties.queries.frontages import (
    FrontageView,
    frontage,
    frontage_address,
    frontage_in_reach,
    frontage_schemes,
    frontages_at,
    frontages_in_reach,
)
from jiayuan.duties.queries.groups import GroupView, MemberView, group, group_in_reach, groups, groups_in_reach
from jiayuan.duties.queries.listed import Listed, listed_for
from jiayuan.duties.queries.lists import (
    Cited,
    DocumentView,
    changes_between,
    cited,
    documents,
    draft_of,
    entries_for,
    in_force,
    in_force_of,
    is_of_a_town,
    lead_of,
    may_edit,
    published_of,
    publishers_of,
    taken_back,
    version_of,
    whole_city,
)
from jiayuan.duties.queries.rotas import (
    CardView,
    GoView,
    HandView,
    RotaView,
    TurnView,
    WeekView,
    card,
    card_address,
    holidays_in,
    rota,
    rota_address,
    rota_in_reach,
    rotas_in_reach,
    upkeep_at,
)
from jiayuan.duties.queries.whistles import (
    GROUPS,
    WhistleHeap,
    WhistlePage,
    history_of_whistle,
    moves_of_unit,
    moves_of_whistle,
    page_of_whistles,
    whistle_seen_by,
    whistles_of_case,
    whistles_waiting,
)
from jiayuan.duties.queries.zones import (
    GuaranteeView,
    Holder,
    Spanned,
    ZoneView,
    guarantee_in_reach,
    guarantees_at,
    guarantees_in_reach,
    may_keep,
    place_columns,
    zone_in_reach,
    zones_at,
    zones_in_reach,
)
from jiayuan.duties.rules import (
    Contradiction,
    Difference,
    Entry,
    contradictions,
    differences,
    monday_of,
    span_from,
    week_of,
    weekdays_of,
)

__all__ = [
    "GROUPS", "BoardLine", "CardView", "Cited", "Contradiction", "Difference", "DocumentView", "Entry", "FrontageView",
    "GoView", "GroupView", "GuaranteeView", "HandView", "Holder", "Listed", "MemberView", "RotaView", "Spanned",
    "TurnView", "VersionView", "WeekView", "Whistle", "WhistleHeap", "WhistlePage", "WhistleUnit", "ZoneView", "card",
    "card_address", "changes_between", "cited", "contradictions", "differences", "documents", "draft_of",
    "entries_for", "force_on", "forget", "frontage", "frontage_address", "frontage_in_reach", "frontage_schemes",
    "frontages_at", "frontages_in_reach", "group", "group_in_reach", "groups", "groups_in_reach", "guarantee_in_reach",
    "guarantees_at", "guarantees_in_reach", "history_of_whistle", "holidays_in", "in_force", "in_force_of",
    "is_of_a_town", "lead_of", "listed_for", "may_edit", "may_keep", "monday_of", "moves_of_unit", "moves_of_whistle",
    "page_of_whistles", "place_columns", "published_of", "publishers_of", "rota", "rota_address", "rota_in_reach",
    "rotas_in_reach", "span_from", "taken_back", "upkeep_at", "version_of", "week_of", "weekdays_of", "whistle_board",
    "whistle_seen_by", "whistles_of_case", "whistles_waiting", "whole_city", "zone_in_reach", "zones_at",
    "zones_in_reach",
]  # fmt: skip
