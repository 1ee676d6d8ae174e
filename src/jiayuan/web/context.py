# SPDX-License-Identifier: Apache-2.0
"""What every shell needs, under the one name ``shell``; nothing in it is looked up before a template asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

from jiayuan.cases.access import May
from jiayuan.cases.queries import loading_shown
from jiayuan.kernel import clock
from jiayuan.kernel.access import Actor, Permission, holds
from jiayuan.notices import queries as notices
from jiayuan.places import queries as places
from jiayuan.supervision.access import May as Supervision
from jiayuan.web.asked import actor_of
from jiayuan.web.settings.entries import ENTRIES, open_to

LARGE_TYPE_COOKIE = "large_type"
# Each language in its own letters: who does not read the present one must still find theirs.
LANGUAGE_NAMES = {"zh-hans": "简体中文", "zh-hant": "繁體中文", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language to choose."""

    code: str
    name: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A place on the rail: its word, its picture, its address by name, who sees it, and what is counted beside it.

    ``under`` names pages elsewhere that belong to it, so that it is marked there too.
    """

    name: Any
    icon: str
    url_name: str
    needs: Permission | None = None
    count: Callable[["Shell"], int] | None = None
    under: tuple[str, ...] = ()
    is_open: Callable[[Actor], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A noun as this request shows it."""

    name: str
    icon: str
    url: str
    is_here: bool
    count: int


def _makes_lists(actor: Actor) -> bool:
    """Lists are a noun of their own for the villages that make them; elsewhere they are a tab of what presses."""
    return holds(actor, May.LIST_CLEARING) or (holds(actor, May.SEE_CLEARING) and not holds(actor, Supervision.SEE))


def _is_open(noun: Noun, actor: Actor) -> bool:
    if noun.is_open is not None:
        return noun.is_open(actor)
    return noun.needs is None or holds(actor, noun.needs)


class Shell:
    """The frame around a page, for one request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def languages(self) -> list[Language]:
        """The site's languages, the present one marked."""
        current = get_language()
        return [
            Language(code=code, name=LANGUAGE_NAMES[code], is_current=code == current) for code, _ in settings.LANGUAGES
        ]

    @property
    def is_large_type(self) -> bool:
        """Whether the visitor asked for large type on this device."""
        return self._request.COOKIES.get(LARGE_TYPE_COOKIE) == "1"

    @property
    def demo_clock(self) -> datetime | None:
        """The demonstration city's present moment; none where the city is real."""
        return clock.now() if settings.DEMO else None

    @property
    def loading(self) -> int | None:
        """How many percent of the demonstration's season are there; none when it is whole."""
        return loading_shown() if settings.DEMO else None

    @property
    def filing_number(self) -> str:
        """The number under which the site is filed, for the footer."""
        return str(settings.FILING_NUMBER)

    @property
    def complaints_url(self) -> str:
        """Where complaints about the site go, for the footer."""
        return str(settings.COMPLAINTS_URL)

    @property
    def place(self) -> str:
        """The city whose site this is; empty before anything was loaded."""
        city = places.city()
        return city.short_name if city is not None else ""

    @property
    def is_staff(self) -> bool:
        """Whether the visitor holds a post, and so has a desk."""
        return actor_of(self._request).is_staff

    @cached_property
    def unread(self) -> int:
        """How many messages wait unread, counted to a hundred; none for visitors without an account."""
        actor = actor_of(self._request)
        return notices.unread_count(actor) if actor.account_id is not None else 0

    @property
    def desk_url(self) -> str:
        """Where a signed-in person starts work."""
        return str(settings.LOGIN_REDIRECT_URL)

    @property
    def who(self) -> str:
        """The name by which the signed-in person knows themselves."""
        return self._request.user.get_username()

    @cached_property
    def doors(self) -> list[Door]:
        """The desk's rail as far as the visitor may go; the noun whose pages one is in is marked."""
        actor = actor_of(self._request)
        return [self._door(noun) for noun in NOUNS if _is_open(noun, actor)]

    def _door(self, noun: Noun) -> Door:
        url = reverse(noun.url_name)
        here = self._request.path == url or any(
            self._request.path.startswith(one)
            for one in (url, *(reverse(name) for name in noun.under))
            if one != self.desk_url
        )
        return Door(
            name=str(noun.name), icon=noun.icon, url=url, is_here=here, count=noun.count(self) if noun.count else 0
        )


NOUNS = (
    Noun(name=pgettext_lazy("web", "To do"), icon="todo", url_name="desk:todo"),
    Noun(
        name=pgettext_lazy("web", "Cases"),
        icon="cases",
        url_name="cases:list",
        needs=May.SEE,
        under=("releases:queue",),
    ),
    Noun(name=pgettext_lazy("web", "Lists"), icon="list", url_name="clearing:list", is_open=_makes_lists),
    Noun(
        name=pgettext_lazy("web", "Supervision"),
        icon="sheet",
        url_name="supervision:list",
        needs=Supervision.SEE,
        under=("bulletins:list", "papers:list", "whistles:list"),
    ),
    Noun(name=pgettext_lazy("web", "Figures"), icon="figures", url_name="figures:dashboard", needs=May.SEE_FIGURES),
    Noun(
        name=pgettext_lazy("web", "Messages"), icon="messages", url_name="desk:inbox", count=lambda shell: shell.unread
    ),
    Noun(
        name=pgettext_lazy("web", "Settings"),
        icon="settings",
        url_name="settings:overview",
        under=tuple(entry.url_name for entry in ENTRIES),
        is_open=lambda actor: bool(open_to(actor)),
    ),
)
"""At most six, and only those whose pages exist."""


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor that the settings name."""
    return {"shell": Shell(request)}
