# SPDX-License-Identifier: Apache-2.0
"""Asking who answers for what, and for which place. Lists are answered from memory, places with a query each."""

from jiayuan.duties.kept import (
    VersionView,
    force_on,
    forget,
)
from jiayuan.duties.queries.lists import (
    Cited,
    DocumentView,
    changes_between,
    cited,
    documents,
    draft_of,
    entries_for,
    in_force,
    in_force_of,
    is_of_a_town,
    lead_of,
    may_edit,
    published_of,
    publishers_of,
    taken_back,
    version_of,
    whole_city,
)
from jiayuan.duties.queries.zones import (
    GuaranteeView,
    Holder,
    ZoneView,
    guarantee_in_reach,
    guarantees_at,
    guarantees_in_reach,
    may_keep,
    place_columns,
    zone_in_reach,
    zones_at,
    zones_in_reach,
)
from jiayuan.duties.rules import (
    Contradiction,
    Difference,
    Entry,
    contradictions,
    differences,
)

__all__ = [
    "Cited", "Contradiction", "Difference", "DocumentView", "Entry", "GuaranteeView", "Holder", "VersionView",
    "ZoneView", "changes_between", "cited", "contradictions", "differences", "documents", "draft_of", "entries_for",
    "force_on", "forget", "guarantee_in_reach", "guarantees_at", "guarantees_in_reach", "in_force", "in_force_of",
    "is_of_a_town", "lead_of", "may_edit", "may_keep", "place_columns", "published_of", "publishers_of", "taken_back",
    "version_of", "whole_city", "zone_in_reach", "zones_at", "zones_in_reach",
]  # fmt: skip
