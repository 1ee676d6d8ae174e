# SPDX-License-Identifier: Apache-2.0
"""How long a unit that was whistled for may take: spans as a city writes them, and what follows from them. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from typing_extensions import override

from jiayuan.standards.enums import LimitKind

_SPAN = re.compile(r"([1-9][0-9]{0,3})(m|h|wh|wd)")
_CLOCK = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}
_WORKED = {"wh": LimitKind.WORKING_HOURS, "wd": LimitKind.WORKING_DAYS}


@dataclass(frozen=True, slots=True)
class Span:
    """So many minutes (m) or hours (h) of the clock, working hours (wh) or working days (wd)."""

    value: int
    unit: str

    @property
    def by_the_clock(self) -> timedelta | None:
        """The span as it runs day and night; None where it asks the work calendar."""
        return _CLOCK[self.unit] * self.value if self.unit in _CLOCK else None

    @property
    def limit(self) -> LimitKind:
        """In which kind of time it counts."""
        return _WORKED.get(self.unit, LimitKind.URGENT)

    @override
    def __str__(self) -> str:
        """The span as it is written and stored."""
        return f"{self.value}{self.unit}"


@dataclass(frozen=True, slots=True)
class Limits:
    """Until when a unit signs on, and until when it tells its result; both from the moment it was called."""

    sign: Span
    result: Span


def span_from(text: str) -> Span:
    """A span from its writing; ValueError for anything else."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"not a span: {text!r}")
    return Span(int(found[1]), found[2])


def limits_from(text: str) -> Mapping[str, Limits]:
    """The limits of each kind from ``daily=1wd/7wd …``; ValueError where it cannot be read."""
    found = {}
    for piece in text.split():
        kind, _, spans = piece.partition("=")
        sign, _, result = spans.partition("/")
        found[kind] = Limits(span_from(sign), span_from(result))
    return found


def half_spent(*, now: datetime, begun: datetime, due: datetime) -> bool:
    """Whether half of a time has gone by: before that nobody needs a reminder of what was told just now."""
    return now - begun >= (due - begun) / 2


def median(values: Sequence[int]) -> int | None:
    """The middle value, the lower one of two; None of nothing."""
    return sorted(values)[(len(values) - 1) // 2] if values else None
