# SPDX-License-Identifier: Apache-2.0
"""Asking for sheets, plans and rounds, and drawing again what was drawn."""

from jiayuan.inspections.queries.rounds import (
    DrawView,
    ExclusionView,
    LineView,
    Often,
    PlanView,
    RoundView,
    Warned,
    draws_of,
    exclusions_of,
    frame_of,
    plan_lines,
    plans,
    published_round,
    round_seen_by,
    rounds_seen_by,
    spot_of,
    visited_often,
    warnings_of,
)
from jiayuan.inspections.queries.sheets import SheetView, sheet_of, sheets, version_of, versions_of
from jiayuan.inspections.rules import (
    ALGORITHM,
    Frame,
    Ground,
    Item,
    Line,
    Module,
    Sheet,
    digest_of,
    draw,
    frame_from,
    printed,
    score,
)

__all__ = [
    "ALGORITHM", "DrawView", "ExclusionView", "Frame", "Ground", "Item", "Line", "LineView", "Module", "Often",
    "PlanView", "RoundView", "Sheet", "SheetView", "Warned", "digest_of", "draw", "draws_of", "exclusions_of",
    "frame_from", "frame_of", "plan_lines", "plans", "printed", "published_round", "round_seen_by", "rounds_seen_by",
    "score", "sheet_of", "sheets", "spot_of", "version_of", "versions_of", "visited_often", "warnings_of",
]  # fmt: skip
