# SPDX-License-Identifier: Apache-2.0
"""The only door to time. Moments are aware and UTC; days are days of Asia/Shanghai.

The demonstration city starts on 2025-01-03 09:00 and runs on from there, so a *demo offset* may be added to the real
clock. It comes from one setting that the server and the worker read alike; production refuses to start with it.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC, with the demo offset added."""
    return datetime.now(UTC) + offset()  # noqa: TID251 – the one place that may ask the machine


def real_now() -> datetime:
    """The machine's own moment in UTC, for what the demo offset must not touch: caches, limits, tokens."""
    return datetime.now(UTC)  # noqa: TID251 – the one place that may ask the machine


def offset() -> timedelta:
    """How far the demonstration's clock stands from the machine's; zero in production."""
    return timedelta(seconds=settings.DEMO_OFFSET_SECONDS)


def on(at: datetime) -> date:
    """The day of Asia/Shanghai in which a moment falls."""
    return at.astimezone(ZONE).date()


def today() -> date:
    """The present day of Asia/Shanghai."""
    return on(now())


def local(at: datetime) -> datetime:
    """The same moment on the wall clocks of Asia/Shanghai."""
    return at.astimezone(ZONE)
