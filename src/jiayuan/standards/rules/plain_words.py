# SPDX-License-Identifier: Apache-2.0
"""Residents' words to tiles: a small scorer over weighted words, so that every guess can be explained.

A word counts once, however often it is said. A word that stands inside a longer one of the same tile adds nothing
("垃圾" inside "垃圾桶"). ``*`` joins two parts with a few characters between them ("堆*沙" finds "堆了半车沙").
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_GAP = ".{0,6}?"
_NOISE = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class TileWord:
    """A word that speaks for a tile, with its weight."""

    tile: str
    word: str
    weight: int


@dataclass(frozen=True, slots=True)
class Guess:
    """A tile with its score and the words that spoke for it."""

    tile: str
    score: int
    words: tuple[str, ...]


class WordTable:
    """The words of all tiles, ready to be looked for. The order of tiles decides between equals."""

    def __init__(self, words: Iterable[TileWord]) -> None:
        # Longer words first, so that a shorter one inside them is seen to be covered.
        self._words = [(item, _pattern(item.word)) for item in sorted(words, key=lambda item: -len(item.word))]
        self._order = {tile: place for place, tile in enumerate(dict.fromkeys(item.tile for item, _ in self._words))}

    def guesses(self, text: str) -> tuple[Guess, ...]:
        """Tiles that the text speaks for, the likeliest first; none when no word is known."""
        said = _plain(text)
        found: dict[str, list[TileWord]] = defaultdict(list)
        for item, pattern in self._words:
            if pattern.search(said) and not any(item.word in other.word for other in found[item.tile]):
                found[item.tile].append(item)
        ranked = [_guess(tile, words) for tile, words in found.items() if words]
        return tuple(sorted(ranked, key=lambda guess: (-guess.score, self._order[guess.tile])))


def _plain(text: str) -> str:
    """Text without spaces and punctuation, full-width letters made plain."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(_GAP.join(re.escape(_plain(part)) for part in word.split("*")))


def _guess(tile: str, words: list[TileWord]) -> Guess:
    return Guess(tile, sum(item.weight for item in words), tuple(item.word for item in words))
