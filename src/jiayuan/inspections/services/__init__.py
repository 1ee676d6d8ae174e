# SPDX-License-Identifier: Apache-2.0
"""The commands of the room: the only writers. Each reads load, require, decide, write, record."""

from jiayuan.inspections.services.drawing import draw_places
from jiayuan.inspections.services.rounds import adopt_plan, exclude, prepare_round, readmit, void_round
from jiayuan.inspections.services.sheets import load_sheets, publish_sheet

__all__ = [
    "adopt_plan", "draw_places", "exclude", "load_sheets", "prepare_round", "publish_sheet", "readmit", "void_round",
]  # fmt: skip
