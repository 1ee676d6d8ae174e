# SPDX-License-Identifier: Apache-2.0
"""Find a division by what a person types: characters, pinyin, first letters, a code, with or without the town.

Best first: what is meant exactly, then what begins so, then what contains it; characters before spelling. Every hit
carries its town and county, because seventy-five village names of one city occur more than once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from jiayuan.places.enums import Level

_GAPS = re.compile(r"[\s,，、。.·/\\|;；'’-]+")
_LEVEL_ORDER = {level: order for order, level in enumerate(Level)}
_ONLY_ABOVE = 40
NO_MATCH = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the search knows of one division; ``above`` are its town and county, the nearest first."""

    code: str
    level: Level
    name: str
    short_name: str
    pinyin: str
    above: tuple["Entry", ...] = ()

    @property
    def syllables(self) -> tuple[str, ...]:
        """The spelling, syllable by syllable."""
        return _split(self.pinyin)


@lru_cache(maxsize=65536)
def _split(pinyin: str) -> tuple[str, ...]:
    return tuple(pinyin.split())


def search(entries: Iterable[Entry], text: str, *, limit: int = 20) -> list[Entry]:
    """The entries that the text can mean, the likeliest first; nothing for an empty text."""
    words = tuple(word for word in _GAPS.split(text[:40].lower().replace("ü", "v")) if word)
    if not words:
        return []
    ranked = ((_best_rank(entry, words), entry) for entry in entries)
    hits = [(rank, entry) for rank, entry in ranked if rank < NO_MATCH]
    hits.sort(key=lambda hit: (hit[0], _LEVEL_ORDER[hit[1].level], hit[1].code))
    return [entry for _, entry in hits[:limit]]


def _best_rank(entry: Entry, words: tuple[str, ...]) -> int:
    """The better of two readings: word by word, and in one piece (``nan jiao``, 南郊双寺)."""
    whole = "".join(words)
    rank = _words_rank(entry, words)
    if len(words) > 1:
        rank = min(rank, _own_rank(entry, whole))
    if rank == NO_MATCH and not whole.isascii():
        return _glued_rank(entry, whole)
    return rank


def _words_rank(entry: Entry, words: tuple[str, ...]) -> int:
    """How well a division answers to all words together, its town and county helping; lower is better."""
    own = [_own_rank(entry, word) for word in words]
    if any(rank == NO_MATCH and not _helped(entry, word) for rank, word in zip(own, words, strict=True)):
        return NO_MATCH
    return min(_ONLY_ABOVE, min(own))


def _helped(entry: Entry, word: str) -> bool:
    return any(_own_rank(higher, word) < NO_MATCH for higher in entry.above)


def _glued_rank(entry: Entry, whole: str) -> int:
    """The rank of a village whose town was written straight before it, without a gap."""
    for cut in range(len(whole) - 1, 0, -1):
        rank = _own_rank(entry, whole[cut:])
        if rank < NO_MATCH and any(whole[:cut] in higher.name for higher in entry.above):
            return rank
    return NO_MATCH


def _own_rank(entry: Entry, word: str) -> int:
    if word.isdigit():
        return 0 if len(word) >= 6 and entry.code.startswith(word.rstrip("0") or word) else NO_MATCH
    if not word.isascii():
        return _written_rank(entry, word)
    return _spelt_rank(entry.syllables, word)


def _written_rank(entry: Entry, word: str) -> int:
    if word in (entry.short_name, entry.name):
        return 0
    if entry.short_name.startswith(word):
        # 双寺 means 双寺村 before 双寺岗村: the fewer characters are missing, the better.
        return 2 + min(len(entry.short_name) - len(word), 6)
    return 12 if word in entry.short_name or word in entry.name else NO_MATCH


def _spelt_rank(syllables: tuple[str, ...], word: str) -> int:
    for start in range(len(syllables)):
        rest = syllables[start:]
        if not rest[0].startswith(word[0]):
            continue
        later = 8 if start else 0
        joined = "".join(rest)
        if joined == word:
            return 14 + later
        if joined.startswith(word):
            return 16 + later
        if _abbreviates(rest, word):
            return 18 + later
    return NO_MATCH


def _abbreviates(syllables: tuple[str, ...], word: str) -> bool:
    """Whether the word is spelt from the beginnings of the next syllables: ``nj``, ``njiao``, ``nanj``."""
    if not word:
        return True
    if not syllables:
        return False
    first = syllables[0]
    shared = next((n for n in range(min(len(first), len(word)), 0, -1) if first.startswith(word[:n])), 0)
    return any(_abbreviates(syllables[1:], word[n:]) for n in range(shared, 0, -1))
