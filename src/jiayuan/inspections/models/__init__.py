# SPDX-License-Identifier: Apache-2.0
"""The tables of the room: score sheets with versions; plans; rounds with their draws and visits."""

from jiayuan.inspections.models.rounds import Draw, Exclusion, Plan, PlanLine, Round, Visit
from jiayuan.inspections.models.sheets import ScoreSheet, SheetGround, SheetItem, SheetModule, SheetVersion

__all__ = [
    "Draw", "Exclusion", "Plan", "PlanLine", "Round", "ScoreSheet", "SheetGround", "SheetItem", "SheetModule",
    "SheetVersion", "Visit",
]  # fmt: skip
