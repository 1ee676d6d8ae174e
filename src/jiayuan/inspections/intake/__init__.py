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
from jiayuan.inspections.intake.visits import MOST_TIMES, FindingInput, finding_from, times_from

__all__ = [
    "COLUMNS", "MOST_TIMES", "ExclusionInput", "FindingInput", "PlanInput", "PlanLineInput", "RoundInput", "SheetInput",
    "Wrong", "exclusion_from", "finding_from", "plan_from", "plan_line_from", "points_from", "round_from",
    "sheet_from_table", "times_from",
]  # fmt: skip
