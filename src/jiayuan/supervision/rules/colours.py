# SPDX-License-Identifier: Apache-2.0
"""What a colour says, in the two real patterns. A campaign has one of them; this module never mixes them. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jiayuan.supervision.rules.balance import Standing, is_overdue

NONE, BLUE, YELLOW, ORANGE, RED = "", "blue", "yellow", "orange", "red"
STEPS = (BLUE, ORANGE, RED)


def colour_of_state(item: Standing, *, refusals: int, now: datetime, soon: timedelta) -> str:
    """How an item stands: red overdue, yellow badly done, blue nearly due; none once struck off, or with time left.

    What waits for acceptance keeps yellow if it was refused before, and turns neither blue nor red.
    """
    if item.struck_at is not None:
        return NONE
    if is_overdue(item, now):
        return RED
    if refusals:
        return YELLOW
    near = item.fed_back_at is None and not item.paused and item.due_at - now <= soon
    return BLUE if near else NONE


def next_colour(colour: str) -> str | None:
    """The colour that follows when one was not met without a good reason; none after red."""
    if colour == NONE:
        return BLUE
    place = STEPS.index(colour) + 1
    return STEPS[place] if place < len(STEPS) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Urged:
    """How a supervision sheet stands for the clock that raises colours."""

    colour: str
    reply_due_at: datetime
    waits_for_reply: bool
    stands_still: bool = False


def raised_by_clock(sheet: Urged, now: datetime) -> str | None:
    """The colour that the clock raises to: the next one, when no reply came in time; who gave a reason is judged by
    people. A sheet without a colour has none to raise, and while the clock of its item stands still nothing is raised.
    """
    if sheet.colour == NONE or not sheet.waits_for_reply or sheet.stands_still or now <= sheet.reply_due_at:
        return None
    return next_colour(sheet.colour)


def skips(colour: str, to: str) -> bool:
    """Whether a step leaves a colour out; only a person may, and gives a reason."""
    return next_colour(colour) != to


def is_higher(colour: str, to: str) -> bool:
    """Whether a colour presses harder than another."""
    return to in STEPS and (colour == NONE or STEPS.index(to) > STEPS.index(colour))
