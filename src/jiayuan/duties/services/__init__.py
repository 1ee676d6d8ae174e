# SPDX-License-Identifier: Apache-2.0
"""What is done in the room: lists are drafted and published, zones and guarantors named, corrected and ended."""

from jiayuan.duties.services.lists import (
    fill_draft,
    load_lists,
    make_draft,
    open_document,
    publish,
    take_entry_out,
    write_entry,
)
from jiayuan.duties.services.loading import load_answers
from jiayuan.duties.services.zones import (
    claim,
    correct_claim,
    correct_guarantee,
    correct_zone,
    end_claim,
    end_guarantee,
    end_zone,
    guarantee,
    open_zone,
)

__all__ = [
    "claim", "correct_claim", "correct_guarantee", "correct_zone", "end_claim", "end_guarantee", "end_zone",
    "fill_draft", "guarantee", "load_answers", "load_lists", "make_draft", "open_document", "open_zone", "publish",
    "take_entry_out", "write_entry",
]  # fmt: skip
