# SPDX-License-Identifier: Apache-2.0
"""How often a public write may come from one address or one device.

One statement on one row per key, so the count is exact across threads, processes and machines. A window opens with
the first write and closes ``per`` later; inside it there are never more than ``limit``. The row lies in a database of
its own (``settings.LIMITS_DB``) and takes no part in anybody's transaction.

Which address counts as one: an IPv4 address alone, an IPv6 address by its /64. A whole village may sit behind one
IPv4 address of a mobile carrier, so that address gets a generous limit and the device's cookie a tight one; grouping
IPv4 by /24 would throw thousands of strangers together. One line or phone owns at least a /64 of IPv6 and can change
its address inside it at will, so anything finer would count nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import connections
from django.utils.crypto import salted_hmac
from django.utils.translation import pgettext_lazy

from jiayuan.kernel.errors import Refused
from jiayuan.kernel.models import LimitWindow

_TAKE = """
INSERT INTO kernel_limitwindow (key, taken, ends_ms) VALUES (%(key)s, 1, %(ends)s)
ON CONFLICT (key) DO UPDATE SET
  taken = CASE
    WHEN kernel_limitwindow.ends_ms <= %(now)s THEN 1
    WHEN kernel_limitwindow.taken > %(limit)s THEN kernel_limitwindow.taken
    ELSE kernel_limitwindow.taken + 1 END,
  ends_ms = CASE WHEN kernel_limitwindow.ends_ms <= %(now)s THEN %(ends)s ELSE kernel_limitwindow.ends_ms END
RETURNING taken, ends_ms
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Whether one more was allowed, and if not after how many whole seconds it will be."""

    allowed: bool
    wait_seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many of a kind of write per time."""

    limit: int
    per: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The two limits of one kind of public write: generous for an address, tight for a device."""

    name: str
    address: Limit
    device: Limit


# A family reports a handful of things on a walk; a village meeting behind one carrier address reports many.
REPORTING = Budget(
    name="report",
    address=Limit(limit=120, per=timedelta(minutes=10)),
    device=Limit(limit=8, per=timedelta(minutes=10)),
)
PHOTOS = Budget(
    name="photo",
    address=Limit(limit=600, per=timedelta(minutes=10)),
    device=Limit(limit=40, per=timedelta(minutes=10)),
)
# Asking for a case by its receipt code: enough for mistyping, far too little for guessing fifty random bits.
LOOKING_UP = Budget(
    name="lookup",
    address=Limit(limit=300, per=timedelta(minutes=10)),
    device=Limit(limit=30, per=timedelta(minutes=10)),
)

# Asking which cases lie nearby, each time a place or a kind is chosen: walking over the map by it takes days.
COMPARING = Budget(
    name="compare",
    address=Limit(limit=600, per=timedelta(minutes=10)),
    device=Limit(limit=60, per=timedelta(minutes=10)),
)


def take(key: str, *, limit: int, per: timedelta, at: datetime) -> Taken:
    """Count one more under this key; not allowed when the window already holds ``limit``.

    A refused try is not counted, so waiting as long as told always helps. ``at`` must come from the machine's own
    clock, never the demonstration's.
    """
    now = round(at.timestamp() * 1000)
    values: dict[str, str | int] = {
        "key": key,
        "now": now,
        "ends": now + round(per.total_seconds() * 1000),
        "limit": limit,
    }
    with connections[settings.LIMITS_DB].cursor() as cursor:
        cursor.execute(_TAKE, values)
        taken, ends = cursor.fetchone()
    if taken <= limit:
        return Taken(allowed=True)
    return Taken(allowed=False, wait_seconds=max(1, -((now - ends) // 1000)))


def spend(budget: Budget, *, address: str, device: str, at: datetime) -> None:
    """Count one write of an address and its device, or refuse and say after how many minutes to try again.

    The device is asked first: a single eager phone must not use up what its village shares.
    """
    tries = [(f"{budget.name}:a:{_digest(address_group(address))}", budget.address)]
    if device:
        tries.insert(0, (f"{budget.name}:d:{_digest(device)}", budget.device))
    for key, rule in tries:
        outcome = take(key, limit=rule.limit, per=rule.per, at=at)
        if not outcome.allowed:
            raise Refused(
                "too_many",
                pgettext_lazy(
                    "kernel", "That was a lot at once. What you wrote is kept; try again in %(minutes)s min."
                ),
                minutes=-(-outcome.wait_seconds // 60),
                wait_seconds=outcome.wait_seconds,
            )


def address_group(address: str) -> str:
    """What counts as one address: IPv4 as it is, IPv6 by its /64; anything unreadable is one group of its own."""
    try:
        parsed = ip_address(address.strip().split("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network((int(parsed), 64), strict=False))
    return str(parsed)


def client_address(forwarded: str, remote: str, *, proxies: int) -> str:
    """The address of the visitor: the one our outermost proxy saw, never what the visitor claims.

    ``proxies`` is how many proxies of ours stand in front; each appends the address it saw to X-Forwarded-For.
    """
    seen = [part.strip() for part in forwarded.split(",") if part.strip()]
    return seen[-proxies] if 0 < proxies <= len(seen) else remote


def _digest(value: str) -> str:
    return salted_hmac("jiayuan.limits", value, algorithm="sha256").hexdigest()[:40]


def forget_ended(*, at: datetime) -> int:
    """Drop the windows that have ended; how many rows went."""
    ended = LimitWindow.objects.using(settings.LIMITS_DB).filter(ends_ms__lte=round(at.timestamp() * 1000))
    return ended.delete()[0]
