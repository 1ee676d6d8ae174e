# SPDX-License-Identifier: Apache-2.0
"""What decides about rounds: sheets and scores, draws and assignments, means and bands. Pure functions over values."""

from jiayuan.inspections.rules.draw import (
    ALGORITHM,
    Frame,
    Line,
    assign,
    digest_of,
    draw,
    frame_from,
    key_of,
    listing_of,
    sample,
    stands_for,
)
from jiayuan.inspections.rules.means import Mean, Measured, banded, mean_of, spread_of
from jiayuan.inspections.rules.scoring import (
    ItemScore,
    Marks,
    ModuleScore,
    SheetScore,
    conflicts,
    hundredths,
    millionths,
    printed,
    score,
)
from jiayuan.inspections.rules.sheets import WHOLE, Flaw, Ground, Item, Module, Sheet, differ, flaws

__all__ = [
    "ALGORITHM", "WHOLE", "Flaw", "Frame", "Ground", "Item", "ItemScore", "Line", "Marks", "Mean", "Measured",
    "Module", "ModuleScore", "Sheet", "SheetScore", "assign", "banded", "conflicts", "differ", "digest_of", "draw",
    "flaws", "frame_from", "hundredths", "key_of", "listing_of", "mean_of", "millionths", "printed", "sample", "score",
    "spread_of", "stands_for",
]  # fmt: skip
