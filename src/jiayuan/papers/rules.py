# SPDX-License-Identifier: Apache-2.0
"""How numbers, days and headings are written in official papers. Pure."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

_DIGITS = "零一二三四五六七八九"
_NEVER = ("Cc", "Cs", "Co")
_NO_CHARACTERS = "\ufffe\uffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A formal number. It counts by kind, office and year; ``mark`` is how the office is written in it."""

    kind: str
    office: str
    mark: str
    year: int
    n: int

    @property
    def text(self) -> str:
        """As official papers write it: 演清办〔2025〕7号. An office without a mark counts issues: 第7期."""
        # Six-cornered brackets, no 第, no leading zeros: GB/T 9704-2012, 7.2.5.
        return f"{self.mark}〔{self.year}〕{self.n}号" if self.mark else f"第{self.n}期"


def day_in_words(on: date) -> str:
    """A day as papers bear it, in Arabic numerals without leading zeros."""
    return f"{on.year}年{on.month}月{on.day}日"


def chinese(n: int) -> str:
    """A number from 1 to 99 in Chinese numerals, as headings count."""
    if not 0 < n < 100:
        raise ValueError(f"headings are counted from 1 to 99, not {n}")
    tens, ones = divmod(n, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"


def ordinal(level: int, n: int) -> str:
    """The number before a heading: 一、（一）1.（1）."""
    return {1: f"{chinese(n)}、", 2: f"（{chinese(n)}）", 3: f"{n}.", 4: f"（{n}）"}[level]


def ordinals(levels: Iterable[int]) -> Iterator[str]:
    """The numbers of headings in the order in which they stand; a higher heading begins the lower ones anew."""
    counts = [0, 0, 0, 0]
    for level in levels:
        counts[level - 1] += 1
        counts[level:] = [0] * (4 - level)
        yield ordinal(level, counts[level - 1])


def unprintable(texts: Iterable[str]) -> str:
    """The first character that no printed page and no Word file can hold; empty where there is none."""
    told = (one for text in texts for one in text if one != "\n")
    return next((one for one in told if unicodedata.category(one) in _NEVER or one in _NO_CHARACTERS), "")
