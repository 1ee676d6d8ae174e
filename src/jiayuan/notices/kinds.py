# SPDX-License-Identifier: Apache-2.0
"""Kinds of notices: the sentence a reader sees, made from codes when it is read, in the reader's language.

This room knows no room above it, so the roof hands the kinds over, as it does with roles and events.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from jiayuan.notices.enums import Channel, Urgency

Params = Mapping[str, str | int]
"""What a notice keeps: codes, handles and integers, never a name and never free text."""


LINK = "link"
"""The placeholder of the address where the reader acts; every kind has it."""
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def as_kept(params: Params) -> Mapping[str, object]:
    """The words of a kind whose parameters can be read as they are."""
    return params


def nowhere(_params: Params) -> str:
    """The address of a kind that leads to no page."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """One kind. ``words`` turns codes into readable words; ``link`` gives the page where the reader acts.

    ``sample`` has invented words for every placeholder of the sentence, for looking at before anything is sent.
    """

    code: str
    sentence: Any = field(compare=False)
    words: Callable[[Params], Mapping[str, object]] = field(default=as_kept, compare=False)
    link: Callable[[Params], str] = field(default=nowhere, compare=False)
    urgency: Urgency = Urgency.ORDINARY
    channels: frozenset[Channel] = frozenset({Channel.IN_APP, Channel.EMAIL})
    sample: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def is_emergency(self) -> bool:
        """Whether it may break the quiet hours."""
        return self.urgency is Urgency.EMERGENCY

    def text(self, params: Params) -> str:
        """The sentence in the active language."""
        return str(self.sentence) % self.words(params)

    @property
    def is_for_residents(self) -> bool:
        """Whether it also goes to people without an account, by text message."""
        return Channel.SMS in self.channels

    @property
    def names(self) -> tuple[str, ...]:
        """What the house's own words may ask for: what the sentence says anyway, and the link. Never a person."""
        return (*dict.fromkeys(_PLACEHOLDER.findall(str(self.sentence))), LINK)

    @property
    def heading(self) -> str:
        """The sentence without its facts, above several notices of the kind."""
        return str(self.sentence) % dict.fromkeys(self.names, "…")

    @property
    def example(self) -> str:
        """The sentence as it may read, with the words of the sample."""
        return str(self.sentence) % (dict.fromkeys(self.names, "…") | self.sample_values)

    def values(self, params: Params) -> dict[str, str]:
        """What the placeholders stand for in one notice."""
        found = self.words(params)
        facts = {name: str(found[name]) for name in self.names if name != LINK}
        return facts | {LINK: f"{settings.SITE_URL}{self.link(params)}"}

    @property
    def sample_values(self) -> dict[str, str]:
        """What the placeholders stand for in the invented notice."""
        facts = {name: str(self.sample.get(name, "…")) for name in self.names if name != LINK}
        return facts | {LINK: f"{settings.SITE_URL}{self.link({'handle': '', **self.sample})}"}

    @property
    def as_template(self) -> str:
        """The shipped sentence, written as the house writes its own words."""
        return str(self.sentence) % {name: f"{{{name}}}" for name in self.names}


_kinds: dict[str, NoticeKind] = {}


def hold_kinds(kinds: Iterable[NoticeKind]) -> None:
    """Let the roof say which kinds exist. Called once, while the program starts."""
    found = list(kinds)
    _kinds.clear()
    _kinds.update({kind.code: kind for kind in found})
    if len(_kinds) != len(found):
        raise ValueError("two kinds of notices share a code")


def kind_of(code: str) -> NoticeKind:
    """One kind by its stored code; KeyError for a code that the roof does not know."""
    return _kinds[code]


def kinds() -> tuple[NoticeKind, ...]:
    """Every kind, in the order in which the roof lists them."""
    return tuple(_kinds.values())


_addresses: dict[str, Callable[[int], str]] = {}


def hold_addresses(found: Mapping[str, Callable[[int], str]]) -> None:
    """Let the roof say where the telephone number of each sort of holder is kept. Called once, at the start."""
    _addresses.clear()
    _addresses.update(found)


def address_of(holder: str, holder_id: int) -> str:
    """The telephone number that a holder left; empty when it was erased meanwhile."""
    return _addresses[holder](holder_id)


_ways_out: list[Callable[[str], str]] = []


def hold_way_out(found: Callable[[str], str]) -> None:
    """Let the roof say where the page stands on which somebody ends all mail. Called once, at the start."""
    _ways_out[:] = [found]


def way_out(token: str) -> str:
    """The whole address of that page for the bearer of a token; empty where there is no such page."""
    return f"{settings.SITE_URL}{_ways_out[0](token)}" if _ways_out else ""
