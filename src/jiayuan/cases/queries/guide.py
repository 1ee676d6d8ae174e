# SPDX-License-Identifier: Apache-2.0
"""Reading the work guide: its contents, a page with its past, and what belongs beside a case."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language

from jiayuan.cases.access import May
from jiayuan.cases.enums import GuideAbout
from jiayuan.cases.models import GuideVersion
from jiayuan.cases.rules.differences import Piece, differences
from jiayuan.kernel.access import Actor, Spot, may
from jiayuan.places import queries as places

STALE_SECONDS = 60.0
_NO_CITY = "000000000000"


def whole_city() -> Spot:
    """Where the guide stands for permission: it is one for the whole city."""
    city = places.city()
    return Spot(code=city.code if city else _NO_CITY)


def may_write_guide(actor: Actor) -> bool:
    """Whether a person may write in the guide; a district's post is not enough."""
    return may(actor, May.EDIT_GUIDE, at=whole_city())


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideShown:
    """A version of a page in the reader's language; ``is_fallback`` where it is only there in Simplified Chinese."""

    code: str
    about: GuideAbout
    keys: tuple[str, ...]
    is_public: bool
    is_illustrative: bool
    number: int
    title: str
    body: str
    is_fallback: bool
    change: str
    valid_from: datetime
    written_by: int | None


def _shown(version: GuideVersion) -> GuideShown:
    page = version.page
    ending = {"zh-hant": "_hant", "en": "_en"}.get(get_language() or "", "")
    body = getattr(version, f"body{ending}")
    return GuideShown(
        code=page.code,
        about=GuideAbout(page.about),
        keys=tuple(page.keys.split()),
        is_public=page.is_public,
        is_illustrative=page.is_illustrative,
        number=version.number,
        title=getattr(version, f"title{ending}") or version.title,
        body=body or version.body,
        is_fallback=bool(ending) and not body,
        change=version.change,
        valid_from=version.valid_from,
        written_by=version.written_by_id,
    )


def _latest() -> QuerySet[GuideVersion]:
    return GuideVersion.objects.filter(is_latest=True).select_related("page").order_by("page__order", "page__code")


def guide_contents(*, is_public: bool | None = None) -> list[GuideShown]:
    """Every page in its present version, in the order of the guide; only those for residents when asked so."""
    found = _latest() if is_public is None else _latest().filter(page__is_public=is_public)
    return [_shown(version) for version in found]


def guide_page(code: str) -> GuideShown | None:
    """A page in its present version, or None."""
    found = _latest().filter(page__code=code).first()
    return _shown(found) if found else None


def guide_words(code: str) -> GuideVersion | None:
    """The present version with its words in every language, for whoever writes the next one."""
    return _latest().filter(page__code=code).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A version with who wrote it and what it changed in the one before; nothing for the first."""

    shown: GuideShown
    author: str
    pieces: Sequence[Piece]


def guide_history(code: str) -> list[Past]:
    """Every version of a page, the newest first."""
    versions = list(
        GuideVersion.objects.filter(page__code=code).select_related("page", "written_by").order_by("number")
    )
    before = [None, *versions[:-1]]
    told = [
        Past(
            shown=_shown(version),
            author=version.written_by.name if version.written_by else "",
            pieces=differences(_whole(earlier), _whole(version)) if earlier else (),
        )
        for earlier, version in zip(before, versions, strict=True)
    ]
    return told[::-1]


def _whole(version: GuideVersion) -> str:
    return f"{version.title}\n\n{version.body}"


def beside_case(class_key: str, verbs: Collection[str]) -> list[GuideShown]:
    """The pages about a case's class and about the moves that are open to the reader, out of the process's memory."""
    return [_shown(version) for version in _kept() if _is_about(version, class_key, verbs)]


def _is_about(version: GuideVersion, class_key: str, verbs: Collection[str]) -> bool:
    keys = version.page.keys.split()
    wanted = {GuideAbout.CLASS.value: {class_key}, GuideAbout.MOVE.value: set(verbs)}.get(version.page.about, set())
    return not wanted.isdisjoint(keys)


_held: list[tuple[float, list[GuideVersion]]] = []


def _kept() -> list[GuideVersion]:
    """The present guide as this process keeps it: a case's page is the busiest of all, and the guide seldom changes."""
    held = next(iter(_held), None)
    if held is not None and time.monotonic() - held[0] < STALE_SECONDS:
        return held[1]
    versions = list(_latest())
    _held[:] = [(time.monotonic(), versions)]
    return versions


def forget_guide() -> None:
    """Drop this process's copy; the others see what changed within a minute."""
    _held.clear()
