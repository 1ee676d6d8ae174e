# SPDX-License-Identifier: Apache-2.0
"""When a notice may be sent, when a failed one is tried again, and how a house's own words are filled in. Pure."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
QUIET_FROM, QUIET_TO = time(22), time(7)
# The worker that took a delivery is believed dead after the first pause; a mail server's bad hour is outlasted, a
# dead address is given up the next day.
PAUSES = (
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
TRIES = len(PAUSES) + 1


def is_quiet(at: datetime) -> bool:
    """Whether a moment falls into the quiet hours, 22:00 to 07:00 on the clocks of Asia/Shanghai."""
    wall = at.astimezone(ZONE).time()
    return wall >= QUIET_FROM or wall < QUIET_TO


def earliest(at: datetime, *, emergency: bool) -> datetime:
    """The first moment from ``at`` on when a notice may reach out: at once by day or in an emergency, else at 07:00.

    It is a rule of the centre, not a courtesy: no push to staff or residents at night.
    """
    if emergency or not is_quiet(at):
        return at
    wall = at.astimezone(ZONE)
    morning = wall if wall.time() < QUIET_TO else wall + timedelta(days=1)
    return morning.replace(hour=QUIET_TO.hour, minute=0, second=0, microsecond=0).astimezone(at.tzinfo)


def lease(at: datetime, *, attempts: int) -> datetime:
    """When a delivery that was taken for its nth try is free again if nobody tells its outcome."""
    return at + PAUSES[min(attempts, len(PAUSES)) - 1]


def next_try(at: datetime, *, attempts: int, emergency: bool) -> datetime | None:
    """When to try again after so many attempts, never at night unless in an emergency; None to give up."""
    if attempts >= TRIES:
        return None
    return earliest(at + PAUSES[attempts - 1], emergency=emergency)


DIGEST_FROM = time(8)
LONGEST_TEXT_MESSAGE = 3 * 70
"""Three text messages of Chinese letters in a row; a longer one is cut or refused by carriers."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def digest_opens(at: datetime) -> datetime | None:
    """The moment of its day from which a digest goes out with what is older; None before it and at night."""
    wall = at.astimezone(ZONE)
    if wall.time() < DIGEST_FROM or is_quiet(at):
        return None
    return wall.replace(hour=DIGEST_FROM.hour, minute=0, second=0, microsecond=0)


def unknown_names(text: str, allowed: Collection[str]) -> list[str]:
    """The placeholders of a text that stand for nothing, in their order."""
    return [name for name in dict.fromkeys(_PLACEHOLDER.findall(text)) if name not in allowed]


def asks_for(text: str, name: str) -> bool:
    """Whether a text has a placeholder."""
    return name in _PLACEHOLDER.findall(text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders filled in, once: what a value brings along is never read as a placeholder."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)
