# SPDX-License-Identifier: Apache-2.0
"""Telling, reading and sending.

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
from django.utils.translation import pgettext

from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command, inside
from jiayuan.notices.enums import OF_ACCOUNTS, Channel, DeliveryState, Pace
from jiayuan.notices.kinds import NoticeKind, Params, address_of, kind_of, kinds, way_out
from jiayuan.notices.models import Delivery, Notice
from jiayuan.notices.queries import latest_words, own_account, pace_for, token_of
from jiayuan.notices.rules import TRIES, earliest, filled, lease, next_try
from jiayuan.notices.texting import carrier
from jiayuan.record.events import Ref

logger = logging.getLogger(__name__)
MOST_OF_A_KIND = 30
"""So many notices of a kind stand in a digest; the others are in the inbox."""


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
    """One row per channel: the inbox has it at once, the others wait for the worker and for the morning.

    E-mail of an account that chose the digest waits for that, unless it is an emergency.
    """
    for channel in sorted((kind.channels & set(OF_ACCOUNTS)) | {Channel.IN_APP}):
        delivery = Delivery(notice=notice, channel=channel, key=f"notice-{notice.pk}-{channel}")
        if channel == Channel.IN_APP:
            delivery.state, delivery.sent_at = DeliveryState.SENT, at
        elif not kind.is_emergency and pace_for(notice.account_id) is Pace.DAILY:
            delivery.state = DeliveryState.GATHERED
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
    if not _is_news(delivery):
        return "read"
    if not notice.account.is_active or not notice.account.email:
        return "no_address"
    return "not_wanted" if pace_for(notice.account_id) is Pace.INBOX else ""


def _is_news(delivery: Delivery) -> bool:
    """Whether something in it was not read meanwhile."""
    if delivery.channel == Channel.DIGEST:
        return delivery.gathered.filter(notice__read_at=None).exists()
    return delivery.notice.read_at is None


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
    with translation.override(notice.language or settings.LANGUAGE_CODE):
        text = _as_text(notice)
    by.send(phone=phone, text=text, key=delivery.key)


def _as_text(notice: Notice) -> str:
    """A text message in the active language, in the house's own words where there are any."""
    kind, params = kind_of(notice.kind), json.loads(notice.params)
    own = latest_words(kind.code, translation.get_language(), Channel.SMS)
    if own is not None and own.body:
        return filled(own.body, kind.values(params))
    return f"{kind.text(params)} {settings.SITE_URL}{kind.link(params)}"


def _mail(delivery: Delivery) -> None:
    account = delivery.notice.account
    if account is None:
        return
    out = way_out(token_of(account.pk))
    with translation.override(account.language):
        title, body = _as_digest(delivery) if delivery.channel == Channel.DIGEST else _as_mail(delivery.notice)
        closing = pgettext("notices", "You can choose in your inbox how these mails reach you.")
        ending = pgettext("notices", "To get no mail any more: %(address)s") % {"address": out} if out else ""
    EmailMessage(
        subject=" ".join(title.split()),
        body="\n\n".join(part for part in (body, closing, ending) if part),
        to=[account.email],
        # The same for every try, so that a mail program shows a repeated mail once.
        headers={
            "Message-ID": f"<{delivery.key}@{urlparse(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            **_ways_out(out),
        },
    ).send()


def _ways_out(out: str) -> dict[str, str]:
    """The heads by which mail programs show a button that ends the mails; one press does it where the line is safe."""
    if not out:
        return {}
    one_press = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if out.startswith("https:") else {}
    return {"List-Unsubscribe": f"<{out}>", **one_press}


def _as_mail(notice: Notice) -> tuple[str, str]:
    """Title and body of one notice, in the house's own words where there are any."""
    kind, params = kind_of(notice.kind), json.loads(notice.params)
    own = latest_words(kind.code, translation.get_language(), Channel.EMAIL)
    if own is not None and own.body:
        values = kind.values(params)
        return filled(own.title, values), filled(own.body, values)
    text, link = kind.text(params), kind.link(params)
    return text, f"{text}\n\n{settings.SITE_URL}{link}" if link else text


def _as_digest(delivery: Delivery) -> tuple[str, str]:
    """Title and body of a digest: what is new, by kind in the order of the kinds, the newest first in each."""
    found = Notice.objects.filter(deliveries__digest=delivery, read_at=None).order_by("-id")
    lines: dict[str, list[str]] = {}
    for notice in found:
        try:
            kind, params = kind_of(notice.kind), json.loads(notice.params)
        except KeyError:
            continue
        link = kind.link(params)
        lines.setdefault(kind.code, []).append(
            f"- {kind.text(params)}" + (f"\n  {settings.SITE_URL}{link}" if link else "")
        )
    parts = [
        "\n".join([f"{kind.heading} ({len(lines[kind.code])})", *lines[kind.code][:MOST_OF_A_KIND]])
        for kind in kinds()
        if kind.code in lines
    ]
    count = sum(len(part) for part in lines.values())
    if any(len(part) > MOST_OF_A_KIND for part in lines.values()):
        parts.append(pgettext("notices", "There are more of these in your inbox."))
    return pgettext("notices", "New messages: %(count)s") % {"count": count}, "\n\n".join(parts)


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
