# SPDX-License-Identifier: Apache-2.0
"""The house's own words of a notice in typed values, or refusals beside their fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.errors import Problems, Refused
from jiayuan.kernel.words import one_line, words
from jiayuan.notices.enums import Channel
from jiayuan.notices.kinds import LINK, NoticeKind
from jiayuan.notices.rules import LONGEST_TEXT_MESSAGE, asks_for, filled, unknown_names

LONGEST_TITLE = 120
LONGEST_BODY = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What a notice says; only e-mail has a title."""

    title: str
    body: str


def own_words_from(raw: Mapping[str, str], *, kind: NoticeKind, channel: Channel) -> OwnWords:
    """The words in what was sent, or ``Problems`` with one refusal per wrong field."""
    refusals: list[Refused] = []
    has_title = channel is Channel.EMAIL

    def take(read: Callable[[], str]) -> str:
        try:
            return read()
        except Refused as refusal:
            refusals.append(refusal)
            return ""

    title = take(lambda: _title(raw.get("title", ""), kind)) if has_title else ""
    body = take(lambda: _body(raw.get("body", ""), kind, channel))
    if refusals:
        raise Problems(refusals)
    return OwnWords(title=title, body=body)


def _title(raw: str, kind: NoticeKind) -> str:
    return _known(one_line(raw, field="title", longest=LONGEST_TITLE, needed=True), kind, "title")


def _body(raw: str, kind: NoticeKind, channel: Channel) -> str:
    text = _known(words(raw, field="body", longest=LONGEST_BODY, needed=True), kind, "body")
    if kind.is_for_residents and not asks_for(text, LINK):
        raise _refused(
            "link_missing",
            pgettext_lazy("notices", "Residents find out more through the address only: keep {link} in."),
        )
    length = len(filled(text, kind.sample_values))
    if channel is Channel.SMS and length > LONGEST_TEXT_MESSAGE:
        raise _refused(
            "text_message_too_long",
            pgettext_lazy(
                "notices",
                "Filled in, this text message is %(length)s characters long; at most %(longest)s fit. "
                "Shorten it a little.",
            ),
            length=length,
            longest=LONGEST_TEXT_MESSAGE,
        )
    return text


def _refused(code: str, message: Any, **facts: Any) -> Refused:
    return Refused(code, message, field="body", **facts)


def _known(text: str, kind: NoticeKind, field: str) -> str:
    unknown = unknown_names(text, kind.names)
    if unknown:
        raise Refused(
            "unknown_placeholder",
            pgettext_lazy("notices", "Nothing is known for %(unknown)s here. These can be filled in: %(known)s."),
            field=field,
            unknown=" ".join(f"{{{name}}}" for name in unknown),
            known=" ".join(f"{{{name}}}" for name in kind.names),
        )
    return text
