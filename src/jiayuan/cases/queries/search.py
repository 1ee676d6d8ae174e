# SPDX-License-Identifier: Apache-2.0
"""Finding cases by number, words, place or telephone, always inside the reader's reach and newest first.

Each grant asks once. Words go through the full-text index, everything else through an index of its own column.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from jiayuan.cases.access import May
from jiayuan.cases.fulltext import asked_for, found_in
from jiayuan.cases.models import Case, Contact, Follower, Text
from jiayuan.cases.queries.lists import Page, distinct, key_from, key_of
from jiayuan.cases.queries.reading import PAGE, ROW_FIELDS, Row
from jiayuan.cases.rules.sameness import pairs_of
from jiayuan.kernel.access import Actor, arms
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.handles import read_handle
from jiayuan.kernel.words import phone
from jiayuan.places import queries as places

LONGEST = 60
MOST_PLACES = 20
SHORTEST_NUMBER, SHORTEST_PHONE = 4, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody typed into the search, read in every way in which it can be meant."""

    numbers: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    villages: tuple[str, ...] = ()
    rest: tuple[tuple[str, ...], ...] = ()
    telephone: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be found by it: a single character says too little."""
        return not (self.numbers or self.phrases or self.villages or self.telephone)


def asked(text: str) -> Asked:
    """How a typed text can be read: as a number, as words, as a place with or without words, as a telephone number."""
    plain = " ".join(text[:LONGEST].split())
    tokens = plain.split()
    villages, rest = _places_in(tokens)
    number = plain.replace(" ", "")
    return Asked(
        numbers=tuple({number.upper(), number, read_handle(plain) or number}) if len(number) >= SHORTEST_NUMBER else (),
        phrases=_phrases(tokens),
        villages=villages,
        rest=_phrases(rest),
        telephone=_telephone(plain),
    )


def _places_in(tokens: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The villages that a token names, and the tokens left over; only the first such token is taken for a place."""
    for token in tokens:
        if len(token) > 1 and not token.isdecimal():
            # Scattered characters help somebody who chooses from a list; here they would only dilute what was sought.
            found = [
                place
                for place in places.search(token, limit=MOST_PLACES)
                if token.isascii() or token in "".join(place.path) or token in place.name
            ]
            if found:
                rest = list(tokens)
                rest.remove(token)
                return tuple(place.code for place in found), rest
    return (), tokens


def _phrases(tokens: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(pairs) for token in tokens for pairs in pairs_of(token) if len("".join(pairs)) > 1)


def _telephone(text: str) -> str:
    try:
        digits = phone(text, field="q")
    except Refused:
        return ""
    return digits if len(digits) >= SHORTEST_PHONE else ""


def search(actor: Actor, text: str, *, after: str = "", size: int = PAGE) -> Page:
    """One page of the cases that a text finds in the actor's reach, newest first; one query for each grant."""
    wanted = asked(text)
    if wanted.is_empty:
        return Page(rows=(), next_key="")
    reach, knowing = arms(actor, May.SEE), set(arms(actor, May.SEE_REPORTER))
    key = key_from(after)
    lists = []
    for arm in reach:
        found = Case.objects.filter(**arm.lookup).order_by()
        if key is not None:
            found = found.filter(Q(reported_at__lt=key[0]) | Q(reported_at=key[0], id__lt=key[1]))
        ways = [found.filter(way).values(*ROW_FIELDS) for way in _ways(wanted)]
        if wanted.telephone and arm in knowing:
            # A number of a reporter is found by those alone who may see it, at their own places, and not in the cases
            # of their own unit.
            others = found.exclude(unit_id__in=actor.unit_ids).exclude(returned_by_id__in=actor.unit_ids)
            ways += [others.filter(way).values(*ROW_FIELDS) for way in _by_phone(wanted.telephone)]
        if ways:
            lists.append(_rows(ways, size))
    rows = tuple(islice(distinct(merge(*lists, key=lambda row: (row.reported_at, row.id), reverse=True)), size + 1))
    return Page(rows=rows[:size], next_key=key_of(rows[size - 1]) if len(rows) > size else "")


def _ways(wanted: Asked) -> list[Q]:
    ways = []
    if wanted.numbers:
        ways.append(Q(handle__in=wanted.numbers))
        ways.append(Q(outside_number__in=wanted.numbers) & ~Q(outside_number=""))
    if wanted.phrases:
        ways.append(Q(pk__in=_with_words(wanted.phrases)))
    if wanted.villages:
        at_place = Q(village__in=wanted.villages)
        ways.append(at_place & Q(pk__in=_with_words(wanted.rest)) if wanted.rest else at_place)
    return ways


def _by_phone(number: str) -> list[Q]:
    """The number as that of a reporter and as that of a follower."""
    return [
        Q(pk__in=told.filter(phone=number).exclude(phone="").values("case_id"))
        for told in (Contact.objects.all(), Follower.objects.all())
    ]


def _with_words(phrases: tuple[tuple[str, ...], ...]) -> QuerySet[Text, Any]:
    """The cases of the texts in which all phrases occur."""
    vendor = connection.vendor
    asked_in = asked_for([list(pairs) for pairs in phrases], vendor=vendor)
    return Text.objects.filter(pk__in=RawSQL(found_in(vendor), (asked_in,))).values("case_id")  # noqa: S611


def _rows(ways: list[QuerySet[Case, Any]], size: int) -> list[Row]:
    first, *others = ways
    both = first.union(*others) if others else first
    return [Row(**values) for values in both.order_by(F("reported_at").desc(), F("id").desc())[: size + 1]]
