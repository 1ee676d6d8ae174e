# SPDX-License-Identifier: Apache-2.0
"""Decisions of the room as pure functions: about lists, members of groups, and the clocks of whistles."""

from jiayuan.duties.rules.groups import PostSpan, has_left
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
    "Contradiction", "Difference", "Entry", "Limits", "PostSpan", "Span", "contradictions", "differences",
    "half_spent", "has_left", "in_order", "limits_from", "median", "order_of", "overlap", "span_from",
]  # fmt: skip
