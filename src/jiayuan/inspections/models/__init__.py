# SPDX-License-Identifier: Apache-2.0
"""The tables of the room: score sheets with versions; plans; rounds with draws and visits; findings and appeals."""

from jiayuan.inspections.models.rounds import Draw, Exclusion, Plan, PlanLine, Round, Visit
from jiayuan.inspections.models.sheets import ScoreSheet, SheetGround, SheetItem, SheetModule, SheetVersion
from jiayuan.inspections.models.visits import Absence, Appeal, Finding, LookBack, LookedAgain, Reading, VisitScore

__all__ = [
    "Absence", "Appeal", "Draw", "Exclusion", "Finding", "LookBack", "LookedAgain", "Plan", "PlanLine", "Reading",
    "Round", "ScoreSheet", "SheetGround", "SheetItem", "SheetModule", "SheetVersion", "Visit", "VisitScore",
]  # fmt: skip
