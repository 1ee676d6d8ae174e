# SPDX-License-Identifier: Apache-2.0
"""Words → typed values of the room, from forms or tables, or refusals beside what is wrong. Pure."""

from jiayuan.inspections.intake.rounds import (
    ExclusionInput,
    PlanInput,
    PlanLineInput,
    RoundInput,
    exclusion_from,
    plan_from,
    plan_line_from,
    round_from,
)
from jiayuan.inspections.intake.sheets import COLUMNS, SheetInput, Wrong, points_from, sheet_from_table

__all__ = [
    "COLUMNS", "ExclusionInput", "PlanInput", "PlanLineInput", "RoundInput", "SheetInput", "Wrong", "exclusion_from",
    "plan_from", "plan_line_from", "points_from", "round_from", "sheet_from_table",
]  # fmt: skip
