# SPDX-License-Identifier: Apache-2.0
"""Reading notices: always those of the acting account, never anybody else's."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from jiayuan.kernel.access import Actor
from jiayuan.notices.enums import OF_ACCOUNTS, Channel
from jiayuan.notices.kinds import kind_of
from jiayuan.notices.models import Notice, Preference
from jiayuan.record.events import Ref

PAGE = 30
NOBODY = -1
WANTED_BY_DEFAULT = frozenset({Channel.IN_APP, Channel.EMAIL})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeShown:
    """A notice in the reader's language."""

    id: int
    kind: str
    text: str
    link: str
    subject: Ref
    created_at: datetime
    is_read: bool
    is_emergency: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """One page of notices, newest first; ``older_than`` leads to the next page and is None on the last."""

    notices: tuple[NoticeShown, ...]
    older_than: int | None


def own_account(actor: Actor) -> int:
    """The account of the actor; a visitor and the system have none and own no notices."""
    return actor.account_id if actor.account_id is not None else NOBODY


def inbox(
    actor: Actor, *, before: int | None = None, unread_only: bool = False, kinds: Collection[str] = (), size: int = PAGE
) -> Inbox:
    """The actor's notices, newest first, at most ``size`` before the given one; of some kinds if any are named."""
    rows = Notice.objects.filter(account_id=own_account(actor)).order_by("-id")
    if unread_only:
        rows = rows.filter(read_at=None)
    if kinds:
        rows = rows.filter(kind__in=sorted(kinds))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    shown = tuple(_shown(notice) for notice in found[:size])
    return Inbox(notices=shown, older_than=shown[-1].id if len(found) > size else None)


def _shown(notice: Notice) -> NoticeShown:
    kind, params = kind_of(notice.kind), json.loads(notice.params)
    return NoticeShown(
        id=notice.pk,
        kind=notice.kind,
        text=kind.text(params),
        link=kind.link(params),
        subject=Ref(notice.subject_kind, notice.subject_id),
        created_at=notice.created_at,
        is_read=notice.read_at is not None,
        is_emergency=kind.is_emergency,
    )


def unread_count(actor: Actor, *, at_most: int = 100) -> int:
    """How many notices the actor has not read; counts no further than ``at_most``, which a page shows as 99+."""
    return Notice.objects.filter(account_id=own_account(actor), read_at=None)[:at_most].count()


def channels_of(actor: Actor) -> Mapping[Channel, bool]:
    """Which channels are used for the actor's account."""
    chosen = dict(Preference.objects.filter(account_id=own_account(actor)).values_list("channel", "wanted"))
    return {channel: chosen.get(channel.value, channel in WANTED_BY_DEFAULT) for channel in OF_ACCOUNTS}
