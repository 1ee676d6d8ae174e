# SPDX-License-Identifier: Apache-2.0
"""Decisions of the room as pure functions: about lists, and about spans of days."""

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

__all__ = [
    "Contradiction", "Difference", "Entry", "contradictions", "differences", "in_order", "order_of", "overlap",
]  # fmt: skip
