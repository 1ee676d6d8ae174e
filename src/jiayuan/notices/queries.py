# SPDX-License-Identifier: Apache-2.0
"""Reading notices, always those of the acting account, never anybody else's; and the words in which they go out."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import translation

from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.notices.access import May
from jiayuan.notices.enums import WRITABLE, Channel, Pace
from jiayuan.notices.intake import OwnWords, own_words_from
from jiayuan.notices.kinds import LINK, NoticeKind, kind_of, kinds
from jiayuan.notices.models import Notice, NoticeTemplate, Preference
from jiayuan.notices.rules import filled
from jiayuan.places import queries as places
from jiayuan.record.events import Ref

PAGE = 30
NOBODY = -1
_NO_CITY = "000000000000"
_SALT = "jiayuan.notices.way_out"


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


def pace_of(actor: Actor) -> Pace:
    """How e-mail reaches the actor's account."""
    return pace_for(own_account(actor))


def pace_for(account_id: int | None) -> Pace:
    """How e-mail reaches an account; at once where nothing was chosen."""
    chosen = Preference.objects.filter(account_id=account_id or NOBODY, channel=Channel.EMAIL).values_list(
        "pace", flat=True
    )
    return Pace(chosen.first() or Pace.AT_ONCE)


def token_of(account_id: int) -> str:
    """What a mail carries so that whoever got it can end all mail of the account without signing in."""
    return Signer(salt=_SALT).sign(str(account_id))


def bearer_of(token: str) -> int | None:
    """The account that a token was made for; None for anything else."""
    try:
        return int(Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None


def whole_city() -> Spot:
    """Where the words of notices stand for permission: they are one for the whole city."""
    city = places.city()
    return Spot(code=city.code if city else _NO_CITY)


def may_write_words(actor: Actor) -> bool:
    """Whether a person may write the words of notices; a district's post is not enough."""
    return may(actor, May.EDIT_TEMPLATES, at=whole_city())


def latest_words(
    kind: str, language: str | None, channel: Channel, *, is_locked: bool = False
) -> NoticeTemplate | None:
    """The latest version of the house's own words, locked if asked; an empty one means the shipped words."""
    rows = NoticeTemplate.objects.filter(kind=kind, language=language or settings.LANGUAGE_CODE, channel=channel)
    return (rows.select_for_update() if is_locked else rows).order_by("-version").first()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindShown:
    """A kind of notice with the channels that have words, and for which languages the house wrote its own."""

    code: str
    heading: str
    channels: Mapping[Channel, tuple[str, ...]]


def writable_kinds() -> list[KindShown]:
    """Every kind, in the order in which the roof lists them."""
    own: dict[tuple[str, str], list[str]] = {}
    held: dict[tuple[str, str, str], bool] = {}
    for row in NoticeTemplate.objects.order_by("version").values_list("kind", "channel", "language", "body"):
        held[row[:3]] = bool(row[3])
    for (kind, channel, language), is_own in held.items():
        if is_own:
            own.setdefault((kind, channel), []).append(language)
    return [
        KindShown(
            code=kind.code,
            heading=kind.example,
            channels={channel: tuple(own.get((kind.code, channel), ())) for channel in channels_with_words(kind)},
        )
        for kind in kinds()
    ]


def channels_with_words(kind: NoticeKind) -> tuple[Channel, ...]:
    """The channels of a kind for which words can be written."""
    return tuple(channel for channel in WRITABLE if channel in kind.channels)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsShown:
    """The words of a kind that hold in one language on one channel, the house's own or the shipped ones."""

    code: str
    language: str
    channel: Channel
    heading: str
    title: str
    body: str
    number: int
    is_own: bool
    sample: OwnWords
    channels: tuple[Channel, ...]
    names: tuple[tuple[str, str], ...]


def words_of(code: str, language: str, channel: str) -> WordsShown | None:
    """The words that hold, with what can be filled in; None for a kind, language or channel that there is not."""
    kind = next((one for one in kinds() if one.code == code), None)
    if kind is None or language not in dict(settings.LANGUAGES) or channel not in channels_with_words(kind):
        return None
    own = latest_words(code, language, Channel(channel))
    is_own = own is not None and bool(own.body)
    held = OwnWords(title=own.title, body=own.body) if own and is_own else _shipped(kind, language, Channel(channel))
    return WordsShown(
        code=code,
        language=language,
        channel=Channel(channel),
        heading=kind.example,
        title=held.title,
        body=held.body,
        number=own.version if own else 0,
        is_own=is_own,
        sample=looked_at(held, code=code, language=language),
        channels=channels_with_words(kind),
        names=_samples(kind, language),
    )


def _samples(kind: NoticeKind, language: str) -> tuple[tuple[str, str], ...]:
    with translation.override(language):
        return tuple((f"{{{name}}}", value) for name, value in kind.sample_values.items())


def _shipped(kind: NoticeKind, language: str, channel: Channel) -> OwnWords:
    with translation.override(language):
        sentence = kind.as_template
    between = " " if channel is Channel.SMS else "\n\n"
    return OwnWords(title="" if channel is Channel.SMS else sentence, body=f"{sentence}{between}{{{LINK}}}")


def words_from(raw: Mapping[str, str], *, code: str, channel: Channel) -> OwnWords:
    """The words in what was sent for a kind, or ``Problems``."""
    return own_words_from(raw, kind=kind_of(code), channel=channel)


def looked_at(words: OwnWords, *, code: str, language: str) -> OwnWords:
    """The words as they read with an invented notice."""
    with translation.override(language):
        values = kind_of(code).sample_values
    return OwnWords(title=filled(words.title, values), body=filled(words.body, values))
