# SPDX-License-Identifier: Apache-2.0
"""Pure rules of people: which user names are taken, how names are shown, which areas cover a place."""

import unicodedata

from jiayuan.people.intake import canonical_phone

SHORTEST_NAME, LONGEST_NAME = 2, 20


def letters_allowed(name: str) -> bool:
    """Whether a user name holds nothing but Chinese characters, Latin letters, digits and . _ -"""
    return all(_allowed(letter) for letter in unicodedata.normalize("NFKC", name))


def _allowed(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum() or letter in "._-"
    return unicodedata.name(letter, "").startswith("CJK UNIFIED IDEOGRAPH") or letter == "〇"


def is_forged_number(name: str) -> bool:
    """Whether a user name would be read as a telephone number, and so could stand in for somebody else's."""
    return bool(canonical_phone(name))


def masked_name(name: str) -> str:
    """The name as outsiders see it: the first character and a star for each other one (张*, 欧**)."""
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def masked_phone(number: str) -> str:
    """The first digits and the last two: enough to recognise one's own number."""
    return number[:6] + "*" * (len(number) - 8) + number[-2:] if len(number) > 8 else "*" * len(number)


def covering_codes(code: str) -> tuple[str, ...]:
    """The codes of the areas that cover a place, from the city down to itself."""
    place = code[:12]
    parts = (place[:4] + "00000000", place[:6] + "000000", place[:9] + "000", place)
    return tuple(dict.fromkeys(parts))
