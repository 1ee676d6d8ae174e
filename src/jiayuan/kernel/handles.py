# SPDX-License-Identifier: Apache-2.0
"""Public handles: ten random Crockford characters and a check character, safe to read aloud and to mistype once.

The check character is Crockford's modulo 37. Letters I, L and O are read as 1, 1 and 0, so a handle copied by hand
from a receipt still finds its case. Fifty random bits: a visitor who guesses finds nothing.
"""

import secrets
import unicodedata
from random import Random
from typing import Protocol

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = ALPHABET + "*~$=U"
LENGTH = 10
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


class Bits(Protocol):
    """A source of random bits: ``random.Random(seed)`` in tests and demonstrations, the system's otherwise."""

    def getrandbits(self, k: int, /) -> int: ...


def new_handle(source: Bits | None = None) -> str:
    """A fresh handle of eleven characters."""
    number = (source or secrets.SystemRandom()).getrandbits(5 * LENGTH)
    # * ~ $ = are hard to type on a phone and unsafe in addresses, so such numbers are drawn again (4 in 37).
    while CHECKS[number % 37] in "*~$=":
        number = (source or secrets.SystemRandom()).getrandbits(5 * LENGTH)
    return _letters(number) + CHECKS[number % 37]


def _letters(number: int) -> str:
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def read_handle(text: str) -> str | None:
    """The canonical handle in what a person typed, or None when it cannot be one."""
    # Chinese keyboards type digits and letters in full width as readily as in half.
    letters = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    if len(letters) != LENGTH + 1 or any(letter not in ALPHABET for letter in letters[:LENGTH]):
        return None
    number = 0
    for letter in letters[:LENGTH]:
        number = number * 32 + ALPHABET.index(letter)
    return letters if letters[LENGTH] == CHECKS[number % 37] else None


def seeded(seed: int | str) -> Random:
    """A repeatable source for tests and demonstrations; never for anything that must not be guessed."""
    return Random(seed)  # noqa: S311 – stated above
