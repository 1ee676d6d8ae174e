# SPDX-License-Identifier: Apache-2.0
"""The only writers of the media room: photos, how long they are kept, and what of them the public sees."""

from jiayuan.media.services.drawings import Drawing, draw_on_view, hang_drawings
from jiayuan.media.services.keeping import erase, purge_due, start_retention, stop_retention, sweep_orphans
from jiayuan.media.services.photos import attach, derive, derive_due, open_original, receive, receive_drawn
from jiayuan.media.services.releases import (
    ask_release,
    confirm_release,
    cover,
    end_release,
    hold_back,
    offer,
    prepare,
    prepare_due,
)

__all__ = [
    "Drawing",
    "ask_release",
    "attach",
    "confirm_release",
    "cover",
    "derive",
    "derive_due",
    "draw_on_view",
    "end_release",
    "erase",
    "hang_drawings",
    "hold_back",
    "offer",
    "open_original",
    "prepare",
    "prepare_due",
    "purge_due",
    "receive",
    "receive_drawn",
    "start_retention",
    "stop_retention",
    "sweep_orphans",
]
