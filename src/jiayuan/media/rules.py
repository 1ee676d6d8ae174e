# SPDX-License-Identifier: Apache-2.0
"""How long photos are kept and who may attach them. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jiayuan.media.intake import WHOLE, Box

DRAFT_HOURS = 48
ORPHAN_HOURS = 24
MOST_AT_ONCE = 9
MOST_REGIONS = 60
"""More parts of one picture than this are not covered: such a picture is better held back."""


def draft_ends(received_at: datetime) -> datetime:
    """When a photo that nobody attached is thrown away: two days, so that an offline report still finds its photos."""
    return received_at + timedelta(hours=DRAFT_HOURS)


def purge_day(closed_on: date, *, kept_days: int) -> date:
    """The last day on which the received bytes are kept; they go on the next."""
    return closed_on + timedelta(days=kept_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides whether a photo may be attached."""

    is_draft: bool
    is_refused: bool
    expired: bool
    owner_id: int | None


def refusal_to_attach(photo: Standing | None, *, account_id: int | None) -> str:
    """The code of the reason why somebody may not attach this photo; empty when nothing speaks against it.

    A draft without owner belongs to whoever knows its random handle; one with an owner to that account alone, and to
    everybody else it looks as if it did not exist.
    """
    if photo is None or photo.expired or (photo.is_draft and photo.owner_id not in (None, account_id)):
        return "photo_gone"
    if photo.is_refused:
        return "photo_not_shown"
    return "" if photo.is_draft else "photo_taken"


def box_of(left: float, top: float, right: float, bottom: float, *, width: int, height: int) -> Box:
    """A rectangle in pixels as parts of the picture, never smaller than it was and never outside."""
    x, y = max(0, int(left * WHOLE // width)), max(0, int(top * WHOLE // height))
    end_x, end_y = (min(WHOLE, int(-(-at * WHOLE // side))) for at, side in ((right, width), (bottom, height)))
    return Box(left=x, top=y, width=max(1, end_x - x), height=max(1, end_y - y))
