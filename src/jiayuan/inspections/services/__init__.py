# SPDX-License-Identifier: Apache-2.0
"""The commands of the room: the only writers. Each reads load, require, decide, write, record."""

from jiayuan.inspections.services.drawing import draw_places
from jiayuan.inspections.services.publishing import (
    appeal,
    decide_appeal,
    draw_look_back,
    erase_appellant,
    publish_round,
)
from jiayuan.inspections.services.rounds import adopt_plan, exclude, prepare_round, readmit, void_round
from jiayuan.inspections.services.sheets import load_sheets, publish_sheet
from jiayuan.inspections.services.visits import begin_visit, count_again, note_finding, submit_visit

__all__ = [
    "adopt_plan", "appeal", "begin_visit", "count_again", "decide_appeal", "draw_look_back", "draw_places",
    "erase_appellant", "exclude", "load_sheets", "note_finding", "prepare_round", "publish_round", "publish_sheet",
    "readmit", "submit_visit", "void_round",
]  # fmt: skip
