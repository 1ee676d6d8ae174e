# SPDX-License-Identifier: Apache-2.0
"""What changed between two texts, word by word: a Chinese character is a word of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came in or went out."""

    change: Change
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order; what went out stands before what came in its place."""
    return _joined(_compared(before.splitlines(keepends=True), after.splitlines(keepends=True), deeper=True))


def _compared(old: Sequence[str], new: Sequence[str], *, deeper: bool) -> Iterator[Piece]:
    # Lines first, words only inside lines that changed: by words alone a long page would take seconds.
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        if tag == "equal":
            yield Piece(Change.SAME, gone)
        elif tag == "replace" and deeper:
            yield from _compared(_WORDS.findall(gone), _WORDS.findall(come), deeper=False)
        else:
            yield from (Piece(change, text) for change, text in ((Change.OUT, gone), (Change.IN, come)) if text)


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].change is piece.change:
            joined[-1] = Piece(piece.change, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
