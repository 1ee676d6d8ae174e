# SPDX-License-Identifier: Apache-2.0
"""Cases that a report may be about. A resident sees kind, village, stage and day of them; never words or numbers.

A resident names one by a signed token: the receipt code of somebody else's report is nobody's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext

from jiayuan.cases.access import May
from jiayuan.cases.enums import OPEN, V
from jiayuan.cases.queries import Case, Likely, Merging, Text, likely_same_as, merging
from jiayuan.kernel.access import Actor, may
from jiayuan.kernel.errors import Refused
from jiayuan.places import queries as places
from jiayuan.standards import queries as standards
from jiayuan.web.cases import wording

_SALT = "cases.same"
_A_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Shown:
    """One that may be the same."""

    token: str
    what: str
    where: str
    mark: wording.Mark
    reported_at: datetime
    others: int


def shown(likely: Iterable[Likely]) -> list[Shown]:
    """The likely ones in the words of a resident."""
    return [
        Shown(
            token=TimestampSigner(salt=_SALT).sign(str(item.id)),
            what=_kind(item),
            where=places.path_name(item.village),
            mark=wording.public_mark(item.state),
            reported_at=item.reported_at,
            others=item.me_toos,
        )
        for item in likely
    ]


def _kind(item: Likely) -> str:
    tile = standards.tile(item.tile)
    return str(tile.name) if tile else wording.class_name(item.problem_class_id)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One that may be the same, as the desk sees it, with the merger that one tap makes."""

    handle: str
    url: str
    what: str
    where: str
    mark: wording.Mark
    reported_at: datetime
    told: str
    merge_url: str
    into: str
    version: int
    is_this_one_ending: bool


def for_the_desk(actor: Actor, case: Case, texts: Iterable[Text]) -> list[Proposed]:
    """The open cases that this one may be the same as, each of which the actor may merge with it; two queries."""
    if case.state not in OPEN or not may(actor, May.TRIAGE, at=case.spot):
        return []
    found = []
    for item in likely_same_as(case, texts):
        merger = merging(actor, case, item)
        if merger is not None:
            found.append(_proposed(case, item, merger))
    return found


def _proposed(case: Case, item: Likely, merger: Merging) -> Proposed:
    return Proposed(
        handle=item.handle,
        url=reverse("cases:case", args=[item.handle]),
        what=wording.class_name(item.problem_class_id),
        where=places.path_name(item.village),
        mark=wording.mark(item.state),
        reported_at=item.reported_at,
        told=item.told[:80],
        merge_url=reverse("cases:move", args=[merger.duplicate, V.MERGE.value]),
        into=merger.into,
        version=merger.version,
        is_this_one_ending=merger.duplicate == case.handle,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """One that may be the same as what is being taken down."""

    token: str
    url: str
    what: str
    where: str
    mark: wording.Mark
    reported_at: datetime
    told: str


def for_entry(actor: Actor, likely: Iterable[Likely]) -> list[Known]:
    """The likely ones that the actor may see, for whoever takes down a report."""
    return [
        Known(
            token=TimestampSigner(salt=_SALT).sign(str(item.id)),
            url=reverse("cases:case", args=[item.handle]),
            what=wording.class_name(item.problem_class_id),
            where=places.path_name(item.village),
            mark=wording.mark(item.state),
            reported_at=item.reported_at,
            told=item.told[:80],
        )
        for item in likely
        if may(actor, May.SEE, at=item.spot)
    ]


def case_named(token: str) -> int:
    """The case that a token names; refused when it is too old or was made elsewhere."""
    try:
        return int(TimestampSigner(salt=_SALT).unsign(token, max_age=_A_DAY))
    except BadSignature as wrong:
        message = pgettext("cases", "This page has been open for long. Look once more whether yours is among these.")
        raise Refused("old_token", message, field="same") from wrong


def seen_before(request: HttpRequest) -> set[int]:
    """The cases that the page has shown already; nobody is asked twice about one."""
    found = set()
    for token in request.POST.getlist("same_seen")[:50]:
        try:
            found.add(int(TimestampSigner(salt=_SALT).unsign(token)))
        except BadSignature:
            continue
    return found
