# SPDX-License-Identifier: Apache-2.0
"""Who else has a case open, said gently while it matters and forgotten after ten minutes.

It lives in the cache alone: no table, no record, no list of what a person looked at. Two who open a case in the same
moment may miss each other once; the version of the case still decides who moves it.
"""

from dataclasses import dataclass

from django.core.cache import cache

from jiayuan.kernel import clock

REMEMBERED_S = 600


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who opened the case, and how many minutes ago."""

    account_id: int
    minutes: int


def others_at(case_id: int, *, account_id: int) -> list[Present]:
    """Who else opened the case within ten minutes, the latest first; the asking account is remembered from now on."""
    key, now = f"presence:{case_id}", int(clock.real_now().timestamp())
    seen = {who: at for who, at in (cache.get(key) or {}).items() if now - at < REMEMBERED_S}
    cache.set(key, seen | {account_id: now}, REMEMBERED_S)
    others = sorted(((at, who) for who, at in seen.items() if who != account_id), reverse=True)
    return [Present(who, (now - at) // 60) for at, who in others]
