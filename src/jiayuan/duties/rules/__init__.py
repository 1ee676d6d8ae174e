# SPDX-License-Identifier: Apache-2.0
"""Decisions of the room as pure functions: lists, members of groups, turns of rotas, the clocks of whistles."""

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
from jiayuan.duties.rules.rotas import WEEK, Pattern, bits_of, days_of, monday_of, week_of, weekdays_of
from jiayuan.duties.rules.whistles import Limits, Span, half_spent, limits_from, median, span_from

__all__ = [
    "WEEK", "Contradiction", "Difference", "Entry", "Limits", "Pattern", "PostSpan", "Span", "bits_of",
    "contradictions", "days_of", "differences", "half_spent", "has_left", "in_order", "limits_from", "median",
    "monday_of", "order_of", "overlap", "span_from", "week_of", "weekdays_of",
]  # fmt: skip
