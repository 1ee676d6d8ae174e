# SPDX-License-Identifier: Apache-2.0
"""The digest: on working days one e-mail with everything new, for accounts that chose it.

A digest is a delivery of its own, named for account and day, so a second one for that day cannot be. It is sent, put
off and given up like any other.
"""

from datetime import datetime

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.notices.enums import Channel, DeliveryState
from jiayuan.notices.models import Delivery
from jiayuan.notices.rules import digest_opens
from jiayuan.standards import queries as standards


def digest_due(*, by: Actor, at: datetime, limit: int = 200) -> int:
    """Put together the digests of the day, from 8 on working days; how many were. Safe to run twice at once."""
    opens = digest_opens(at)
    if opens is None or not standards.is_working_day(clock.on(at)):
        return 0
    waiting = Delivery.objects.filter(state=DeliveryState.GATHERED, notice__created_at__lt=opens)
    accounts = waiting.order_by("notice__account_id").values_list("notice__account_id", flat=True).distinct()
    return sum(_gather(account_id, opens, at) for account_id in list(accounts[:limit]))


@command
def _gather(account_id: int, opens: datetime, at: datetime) -> bool:
    """The digest of one account for this day; False when there is one already or nothing is new."""
    waiting = Delivery.objects.filter(
        state=DeliveryState.GATHERED, notice__account_id=account_id, notice__created_at__lt=opens
    )
    waiting.filter(notice__read_at__isnull=False).update(state=DeliveryState.DROPPED, outcome="read")
    newest = waiting.order_by("-notice_id").values_list("notice_id", flat=True).first()
    if newest is None:
        return False
    digest, is_new = Delivery.objects.get_or_create(
        key=f"digest-{account_id}-{clock.on(at)}",
        defaults={
            "notice_id": newest,
            "channel": Channel.DIGEST,
            "state": DeliveryState.WAITING,
            "next_try_at": at,
        },
    )
    if is_new:
        waiting.update(state=DeliveryState.DROPPED, outcome="in_digest", digest=digest)
    return is_new
