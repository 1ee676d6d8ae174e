# SPDX-License-Identifier: Apache-2.0
"""The only writers of the notices room.

Mail is sent between two short commands: one takes the delivery and sets the next try, the other keeps the outcome. A
worker that dies in between sends the same mail again later, under the same key: at least once, never lost.
"""

import json
import logging
from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException
from urllib.parse import urlparse

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import pgettext, pgettext_lazy

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command, inside
from jiayuan.kernel.errors import Refused
from jiayuan.notices.enums import Channel, DeliveryState
from jiayuan.notices.kinds import NoticeKind, Params, address_of, kind_of
from jiayuan.notices.models import Delivery, Notice, Preference
from jiayuan.notices.queries import WANTED_BY_DEFAULT, own_account
from jiayuan.notices.rules import TRIES, earliest, lease, next_try
from jiayuan.notices.texting import carrier
from jiayuan.record.events import Ref

logger = logging.getLogger(__name__)


@command
def notify(
    *,
    account_id: int,
    kind: str,
    subject: Ref,
    position: int,
    params: Params | None = None,
    key: str = "",
    by: Actor,
    at: datetime,
) -> bool:
    """Tell an account of the event at this position of the record; False when it was told of it before.

    ``params`` holds codes, handles and integers only: what is stored and mailed must not name anybody. Where no event
    is the reason, the position is 0 and ``key`` says what must not be told twice.
    """
    known = kind_of(kind)
    notice, is_new = Notice.objects.get_or_create(
        account_id=account_id,
        kind=kind,
        event_position=position,
        key=key,
        defaults={
            "subject_kind": subject.kind,
            "subject_id": subject.id,
            "params": _kept(params or {}),
            "created_at": at,
            "created_on": clock.on(at),
        },
    )
    if is_new:
        _plan(notice, known, at=at)
    return is_new


@command
def notify_holder(
    *,
    holder: str,
    holder_id: int,
    language: str,
    kind: str,
    subject: Ref,
    position: int,
    params: Params,
    by: Actor,
    at: datetime,
) -> bool:
    """Tell somebody who left a telephone number of an event; False when they were told of it before."""
    known = kind_of(kind)
    notice, is_new = Notice.objects.get_or_create(
        holder=holder,
        holder_id=holder_id,
        kind=kind,
        event_position=position,
        defaults={
            "language": language[:10],
            "subject_kind": subject.kind,
            "subject_id": subject.id,
            "params": _kept(params),
            "created_at": at,
            "created_on": clock.on(at),
        },
    )
    if is_new:
        Delivery.objects.create(
            notice=notice,
            channel=Channel.SMS,
            key=f"notice-{notice.pk}-{Channel.SMS}",
            state=DeliveryState.WAITING,
            next_try_at=earliest(at, emergency=known.is_emergency),
        )
    return is_new


def _kept(params: Params) -> str:
    if any(isinstance(value, bool) or not isinstance(value, (str, int)) for value in params.values()):
        raise TypeError("a notice keeps codes and integers only")
    return json.dumps(dict(params), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plan(notice: Notice, kind: NoticeKind, *, at: datetime) -> None:
    """One row per channel: the inbox has it at once, the others wait for the worker and for the morning."""
    for channel in sorted(kind.channels | {Channel.IN_APP}):
        delivery = Delivery(notice=notice, channel=channel, key=f"notice-{notice.pk}-{channel}")
        if channel == Channel.IN_APP:
            delivery.state, delivery.sent_at = DeliveryState.SENT, at
        else:
            delivery.state, delivery.next_try_at = DeliveryState.WAITING, earliest(at, emergency=kind.is_emergency)
        delivery.save(force_insert=True)


@command
def mark_read(*, notice_ids: Iterable[int] | None = None, by: Actor, at: datetime) -> int:
    """Mark these notices of the acting account as read, or all of them; how many were unread.

    Other people's notices are left as they are without a word: nobody learns that they exist.
    """
    unread = Notice.objects.filter(account_id=own_account(by), read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=list(notice_ids))
    return unread.update(read_at=at)


@command
def prefer(*, channel: Channel, wanted: bool, by: Actor, at: datetime) -> None:
    """Choose whether a channel is used for the acting account; refused for the inbox, which always has everything."""
    if channel is Channel.IN_APP:
        raise Refused("inbox_stays", pgettext_lazy("notices", "The inbox cannot be switched off."), field="channel")
    Preference.objects.update_or_create(account_id=own_account(by), channel=channel, defaults={"wanted": wanted})


def deliver_due(*, by: Actor, at: datetime, limit: int = 50) -> int:
    """Send what is due, oldest first; how many were sent. Safe to run twice at once and after a crash."""
    if inside():
        raise RuntimeError("deliver_due() talks to a mail server: never inside a command")
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=at).order_by("next_try_at", "pk")
    ids = list(due.values_list("pk", flat=True)[:limit])
    return sum(_deliver(delivery_id, at) for delivery_id in ids)


def _deliver(delivery_id: int, at: datetime) -> bool:
    try:
        taken = _taken(delivery_id, at)
        if taken is None:
            return False
        _send(taken)
    except (SMTPException, OSError) as failure:
        logger.warning("delivery %s failed: %s", delivery_id, type(failure).__name__)
        _keep_failure(delivery_id, type(failure).__name__, at)
        return False
    except Exception as fault:
        # A notice whose words cannot be made must not keep all later ones waiting.
        logger.exception("delivery %s cannot be made", delivery_id)
        _keep_failure(delivery_id, type(fault).__name__, at)
        return False
    _keep_sent(delivery_id, at)
    return True


@command
def _taken(delivery_id: int, at: datetime) -> Delivery | None:
    """The delivery, taken for one try; None when it is not due any more, not wanted, or has to wait for morning."""
    waiting = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.WAITING, next_try_at__lte=at)
    delivery = waiting.select_for_update(of=("self",)).select_related("notice__account").first()
    if delivery is None:
        return None
    reason = _reason_to_drop(delivery)
    if reason:
        state = DeliveryState.GIVEN_UP if delivery.attempts >= TRIES else DeliveryState.DROPPED
        waiting.update(state=state, outcome=reason, next_try_at=None)
        return None
    # Asked again here: what was planned for the evening may be overtaken by the night in a long queue.
    emergency = _is_emergency(delivery)
    allowed_at = earliest(at, emergency=emergency)
    if allowed_at > at:
        waiting.update(next_try_at=allowed_at)
        return None
    # Until the outcome is known the next try stands, in case this worker dies while the mail goes out.
    waiting.update(attempts=delivery.attempts + 1, next_try_at=lease(at, attempts=delivery.attempts + 1))
    return delivery


def _is_emergency(delivery: Delivery) -> bool:
    try:
        return kind_of(delivery.notice.kind).is_emergency
    except KeyError:
        # A kind that this version of the program has forgotten is no reason to wake anybody.
        return False


def _reason_to_drop(delivery: Delivery) -> str:
    notice = delivery.notice
    if delivery.attempts >= TRIES:
        return "worker_lost"
    if notice.account is None:
        return _reason_not_to_text(notice)
    if notice.read_at is not None:
        return "read"
    if not notice.account.is_active or not notice.account.email:
        return "no_address"
    choice = Preference.objects.filter(account=notice.account, channel=delivery.channel).first()
    wanted = choice.wanted if choice else delivery.channel in WANTED_BY_DEFAULT
    return "" if wanted else "not_wanted"


def _reason_not_to_text(notice: Notice) -> str:
    if carrier() is None:
        return "no_carrier"
    return "" if address_of(notice.holder, notice.holder_id or 0) else "no_address"


def _send(delivery: Delivery) -> None:
    if delivery.notice.account is None:
        _text(delivery)
    else:
        _mail(delivery)


def _text(delivery: Delivery) -> None:
    notice, by = delivery.notice, carrier()
    phone = address_of(notice.holder, notice.holder_id or 0)
    if by is None or not phone:
        raise OSError("no way to this telephone any more")
    kind, params = kind_of(notice.kind), json.loads(notice.params)
    with translation.override(notice.language or settings.LANGUAGE_CODE):
        text = f"{kind.text(params)} {settings.SITE_URL}{kind.link(params)}"
    by.send(phone=phone, text=text, key=delivery.key)


def _mail(delivery: Delivery) -> None:
    notice = delivery.notice
    account = notice.account
    if account is None:
        return
    kind = kind_of(notice.kind)
    params = json.loads(notice.params)
    with translation.override(account.language):
        text = kind.text(params)
        link = kind.link(params)
        closing = pgettext("notices", "You can switch these mails off in your inbox.")
    lines = [text, f"{settings.SITE_URL}{link}" if link else "", closing]
    EmailMessage(
        subject=text,
        body="\n\n".join(line for line in lines if line),
        to=[account.email],
        # The same for every try, so that a mail program shows a repeated mail once.
        headers={
            "Message-ID": f"<{delivery.key}@{urlparse(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    ).send()


@command
def _keep_sent(delivery_id: int, at: datetime) -> None:
    Delivery.objects.filter(pk=delivery_id, state=DeliveryState.WAITING).update(
        state=DeliveryState.SENT, sent_at=at, next_try_at=None, outcome="accepted"
    )


@command
def _keep_failure(delivery_id: int, outcome: str, at: datetime) -> None:
    delivery = Delivery.objects.select_related("notice").get(pk=delivery_id)
    again = next_try(at, attempts=delivery.attempts, emergency=_is_emergency(delivery))
    state = DeliveryState.WAITING if again else DeliveryState.GIVEN_UP
    Delivery.objects.filter(pk=delivery_id, state=DeliveryState.WAITING).update(
        state=state, next_try_at=again, outcome=outcome[:60]
    )
