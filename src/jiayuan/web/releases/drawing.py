# SPDX-License-Identifier: Apache-2.0
"""What a page sends about the parts of a picture: those that stay covered, and new ones told in percent.

Every part is four numbers that can be typed. A script draws them over the picture and writes them from it, so that the
pointer, the keyboard and a page without a script say the same thing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import pgettext

from jiayuan.media.intake import WHOLE, Box
from jiayuan.media.queries import RegionShown

SIDES = ("left", "top", "width", "height")
_PER_PERCENT = WHOLE // 100
_MOST_READ = 200
BLANK_ROWS = 3
"""Empty rows for whoever has no script; with one they are added as they are needed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A part as it was typed, and what is wrong with it."""

    typed: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(SIDES, ""))
    error: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(self.typed.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What was sent: the regions that were on the page, those that stay, the new ones, and the version looked at."""

    shown: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    rows: tuple[Row, ...] = ()
    boxes: tuple[Box, ...] = ()
    seen: int = -1

    @property
    def is_whole(self) -> bool:
        """Whether every part that was begun can be covered."""
        return not any(row.error for row in self.rows)


def drawing_from(posted: QueryDict) -> Drawing:
    """The parts as the page sent them; what cannot be read stays as it was typed, with the reason beside it."""
    rows, boxes = [], []
    columns = [posted.getlist(side)[:_MOST_READ] for side in SIDES]
    for values in zip(*columns, strict=False):
        row = Row(dict(zip(SIDES, (value.strip()[:12] for value in values), strict=True)))
        if row.is_blank:
            continue
        box = _box(row.typed)
        rows.append(row if box else Row(row.typed, pgettext("media", "Give all four numbers, from 0 to 100.")))
        boxes += [box] if box else []
    return Drawing(
        shown=_numbers(posted.getlist("shown")),
        kept=_numbers(posted.getlist("kept")),
        rows=tuple(rows),
        boxes=tuple(boxes),
        seen=next(iter(_numbers([posted.get("seen", "")])), -1),
    )


def _numbers(words: Iterable[str]) -> frozenset[int]:
    return frozenset(int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 19)


def _box(typed: Mapping[str, str]) -> Box | None:
    """Cut to the picture; None where a number is missing or nothing of the part lies inside."""
    try:
        left, top, width, height = (_parts(typed[side]) for side in SIDES)
    except (InvalidOperation, ValueError):
        return None
    width, height = min(width, WHOLE - left), min(height, WHOLE - top)
    return Box(left=left, top=top, width=width, height=height) if width > 0 and height > 0 else None


def _parts(word: str) -> int:
    number = Decimal(word.replace(",", "."))
    if not number.is_finite() or not 0 <= number <= 100:
        raise ValueError(word)
    return int(number * _PER_PERCENT)


# ── as the page draws it ──────────────────────────────────────────────────────────────────────────────────────────

CANVAS = 1000
"""The width of the drawing over the picture; its height follows from the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A region over the picture and in the list beside it."""

    id: int
    number: int
    words: str
    is_covered: bool
    x: int
    y: int
    width: int
    height: int


def height_of(width: int, height: int) -> int:
    """The height of the drawing over a picture of these sides."""
    return max(1, round(CANVAS * height / max(1, width)))


def parts_of(regions: Sequence[RegionShown], sent: Drawing | None, *, high: int) -> list[Part]:
    """The regions as the page draws them; what was just ticked or left open stays so when a form comes back."""
    return [_part(number, region, sent, high) for number, region in enumerate(regions, 1)]


def _part(number: int, region: RegionShown, sent: Drawing | None, high: int) -> Part:
    box, known = region.box, sent is not None and region.id in sent.shown
    return Part(
        id=region.id,
        number=number,
        words=str(region.source.label),
        is_covered=region.id in sent.kept if known and sent else region.is_covered,
        x=box.left * CANVAS // WHOLE,
        y=box.top * high // WHOLE,
        width=max(1, box.width * CANVAS // WHOLE),
        height=max(1, box.height * high // WHOLE),
    )


def rows_of(sent: Drawing | None, *, after: int) -> list[dict[str, Any]]:
    """The rows for new parts, numbered on: those that came back, and a few empty ones."""
    came = list(sent.rows) if sent else []
    blanks = [Row() for _ in range(BLANK_ROWS)]
    return [
        {"number": number, "typed": row.typed, "error": row.error, "is_blank": row.is_blank}
        for number, row in enumerate(came + blanks, after + 1)
    ]
