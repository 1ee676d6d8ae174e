# SPDX-License-Identifier: Apache-2.0
"""How e-mail reaches an account: chosen by whoever signed in, or ended from a mail itself."""

from datetime import datetime

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Refused
from jiayuan.notices.enums import Channel, DeliveryState, Pace
from jiayuan.notices.kinds import kinds
from jiayuan.notices.models import Delivery, Preference
from jiayuan.notices.queries import bearer_of, own_account
from jiayuan.notices.rules import earliest


@command
def prefer(*, pace: Pace, by: Actor, at: datetime) -> None:
    """Choose how e-mail reaches the acting account; what still waits follows the new choice."""
    _choose(own_account(by), pace, at)


@command
def stop_mail(*, token: str, by: Actor, at: datetime) -> None:
    """End all e-mail of the account that a mail was sent to; its token is the permission."""
    account_id = bearer_of(token)
    if account_id is None:
        raise Refused(
            "no_such_way_out", pgettext_lazy("notices", "This address is not complete. Open it from the e-mail again.")
        )
    _choose(account_id, Pace.INBOX, at)


def _choose(account_id: int, pace: Pace, at: datetime) -> None:
    Preference.objects.update_or_create(account_id=account_id, channel=Channel.EMAIL, defaults={"pace": pace})
    mails = Delivery.objects.filter(notice__account_id=account_id, channel=Channel.EMAIL)
    gathered = mails.filter(state=DeliveryState.GATHERED)
    if pace is Pace.AT_ONCE:
        gathered.update(state=DeliveryState.WAITING, next_try_at=earliest(at, emergency=False))
    elif pace is Pace.INBOX:
        gathered.update(state=DeliveryState.DROPPED, outcome="not_wanted")
    else:
        urgent = [kind.code for kind in kinds() if kind.is_emergency]
        fresh = mails.filter(state=DeliveryState.WAITING, attempts=0).exclude(notice__kind__in=urgent)
        fresh.update(state=DeliveryState.GATHERED, next_try_at=None)
