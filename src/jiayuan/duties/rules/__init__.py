# SPDX-License-Identifier: Apache-2.0
"""Decisions of the room as pure functions: about lists, and about the clocks of whistles."""

from jiayuan.duties.rules.lists import (
    Contradiction,
    Difference,
    Entry,
    contradictions,
    differences,
    in_order,
    order_of,
    overlap,
)
from jiayuan.duties.rules.whistles import Limits, Span, half_spent, limits_from, median, span_from

__all__ = [
    "Contradiction", "Difference", "Entry", "Limits", "Span", "contradictions", "differences", "half_spent",
    "in_order", "limits_from", "median", "order_of", "overlap", "span_from",
]  # fmt: skip
