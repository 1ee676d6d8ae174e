# SPDX-License-Identifier: Apache-2.0
"""Words → typed frontages, or refusals beside what is wrong; the rows of a pack → schemes. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import pgettext_lazy

from jiayuan.duties.intake.lists import Gathering, day_of
from jiayuan.kernel.errors import Refused
from jiayuan.kernel.words import one_line

# Seven digits in a row, however they are parted, are a telephone number; house and room numbers are shorter.
_TELEPHONE = re.compile(r"(?:\d[\s-]?){7,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontageFinders:
    """How words become keys; each refuses what it does not know. Given by the door."""

    village: Callable[[str, str], str]
    scheme: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontageInput:
    """A shop front with what its shop signed, and from when to when it holds."""

    place: str
    shop: str
    address: str
    scheme: str
    signed_on: date
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeInput:
    """A scheme with its duties in their order, each a name and a sentence."""

    code: str
    name: str
    source: str
    is_illustrative: bool
    items: tuple[tuple[str, str], ...]


def frontage_from(raw: Mapping[str, str], *, finders: FrontageFinders) -> FrontageInput:
    """A frontage, or all that is wrong with it."""
    gathering = Gathering()
    take = gathering.take
    found = FrontageInput(
        place=take(
            lambda: finders.village(one_line(raw.get("place", ""), field="place", longest=60, needed=True), "place"), ""
        ),
        shop=take(lambda: read_by_all(raw, "shop", 60), ""),
        address=take(lambda: read_by_all(raw, "address", 120), ""),
        scheme=take(lambda: finders.scheme(raw.get("scheme", "").strip()), ""),
        signed_on=take(lambda: day_of(raw, "signed_on"), date.min),
        starts_on=take(lambda: day_of(raw, "starts_on"), date.min),
        ends_on=take(lambda: day_of(raw, "ends_on") if raw.get("ends_on", "").strip() else None, None),
    )
    gathering.check_span(found.starts_on, found.ends_on)
    gathering.finish()
    return found


def read_by_all(raw: Mapping[str, str], field: str, longest: int) -> str:
    """Words that hang on a door for everybody: without a telephone number."""
    text = one_line(raw.get(field, ""), field=field, longest=longest, needed=True)
    if _TELEPHONE.search(text):
        message = pgettext_lazy("duties", "Leave telephone numbers out: everybody reads this.")
        raise Refused("telephone", message, field=field)
    return text


def schemes_from(rows: Iterable[Mapping[str, str]]) -> list[SchemeInput]:
    """The schemes of a pack: rows of one code that follow each other are its duties in their order."""
    return [_scheme(code, list(some)) for code, some in groupby(rows, lambda row: row["code"])]


def _scheme(code: str, rows: list[Mapping[str, str]]) -> SchemeInput:
    def said(row: Mapping[str, str], field: str, longest: int) -> str:
        return one_line(row[field], field=field, longest=longest, needed=True)

    return SchemeInput(
        code=said(rows[0], "code", 20),
        name=said(rows[0], "name", 40),
        source=said(rows[0], "source", 200),
        is_illustrative=rows[0]["is_illustrative"] == "1",
        items=tuple((said(row, "item", 20), said(row, "words", 200)) for row in rows),
    )
