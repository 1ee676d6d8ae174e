# SPDX-License-Identifier: Apache-2.0
"""What a division code and a credit code say by themselves: level, parent, kind, spoken name, check character.

A prefix is a parent in the code tree only. Who answers for a place is said by jurisdictions, never by digits.
"""

import re
from collections.abc import Callable

from jiayuan.places.enums import Kind, Level

_LENGTHS = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWN, 12: Level.VILLAGE, 15: Level.HAMLET}
_STEPS = (2, 4, 6, 9, 12, 15)
_CODE = re.compile(r"[1-9][0-9]{1,14}", re.ASCII)


class BadCode(ValueError):
    """The text is no division code: wrong characters, or not 2, 4, 6, 9, 12 or 15 digits."""


def full_code(text: str) -> str:
    """The code in its stored form: 12 digits filled with zeros, or 15 for a hamlet."""
    code = text.strip()
    if not _CODE.fullmatch(code) or len(code) not in _LENGTHS:
        raise BadCode(text)
    return code.ljust(12, "0")


def key_of(code: str) -> str:
    """The code without its filling: 2, 4, 6, 9, 12 or 15 digits; every code below it starts with it."""
    full = full_code(code)
    digits = len(full)
    for longer, shorter in zip(reversed(_STEPS[1:]), reversed(_STEPS[:-1]), strict=True):
        if digits == longer and full[shorter:longer].strip("0") == "":
            digits = shorter
    return full[:digits]


def level_of(code: str) -> Level:
    """The level that a code names by its length or its trailing zeros."""
    return _LENGTHS[len(key_of(code))]


def parent_of(code: str) -> str:
    """The full code one level up in the code tree; empty above a province."""
    above = [step for step in _STEPS if step < len(key_of(code))]
    return full_code(code[: above[-1]]) if above else ""


def ancestors_of(code: str) -> tuple[str, ...]:
    """Every full code above this one, the nearest first."""
    key = key_of(code)
    return tuple(full_code(key[:step]) for step in reversed(_STEPS) if step < len(key))


def covers(code: str, other: str) -> bool:
    """Whether the code tree puts one division into another, or they are the same."""
    return full_code(other).startswith(key_of(code))


def kind_of(code: str) -> Kind:
    """The kind that the statistics bureau's numbering gives to a code."""
    key = key_of(code)
    number = int(key[-3:] if len(key) > 6 else key[-2:])
    return _KINDS[_LENGTHS[len(key)]](number)


def _county_kind(number: int) -> Kind:
    if number <= 20:
        return Kind.DISTRICT
    return Kind.COUNTY if number <= 80 else Kind.COUNTY_CITY


def _town_kind(number: int) -> Kind:
    if number < 100:
        return Kind.SUBDISTRICT
    if number < 200:
        return Kind.TOWN
    return Kind.TOWNSHIP if number < 400 else Kind.TOWN_LIKE


def _village_kind(number: int) -> Kind:
    if number < 200:
        return Kind.COMMUNITY
    if number < 400:
        return Kind.VILLAGE
    return Kind.COMMUNITY_LIKE if number < 500 else Kind.VILLAGE_LIKE


_KINDS: dict[Level, Callable[[int], Kind]] = {
    Level.PROVINCE: lambda _: Kind.PROVINCE,
    Level.CITY: lambda _: Kind.CITY,
    Level.COUNTY: _county_kind,
    Level.TOWN: _town_kind,
    Level.VILLAGE: _village_kind,
    Level.HAMLET: lambda _: Kind.HAMLET,
}

# The longest ending first: 双寺村村民委员会 must not become 双寺村村.
_COMMITTEES = (
    ("社区居民委员会", "社区"),
    ("居委会（社区）", "社区"),
    ("社区居委会", "社区"),
    ("社区委员会", "社区"),
    ("居民委员会", "居委会"),
    ("村村民委员会", "村"),
    ("村民委员会", "村"),
    ("村村委会", "村"),
    ("村委会", "村"),
)


def short_name_of(name: str) -> str:
    """The name as people say it: 双寺村村民委员会 and 双寺村委会 are both 双寺村."""
    for ending, spoken in _COMMITTEES:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending) + spoken
    return name


def initials_of(pinyin: str) -> str:
    """The first letters of a spelling whose syllables stand apart: ``nan jiao jie dao`` gives ``njjd``."""
    return "".join(syllable[0] for syllable in pinyin.split())


_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc_check_character(body: str) -> str:
    """The 18th character of a unified social credit code by GB 32100-2015, from the first seventeen."""
    total = sum(_USCC_ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return _USCC_ALPHABET[-total % 31]


def is_uscc(text: str) -> bool:
    """Whether a text is a unified social credit code with a right check character."""
    if len(text) != 18 or any(letter not in _USCC_ALPHABET for letter in text):
        return False
    return uscc_check_character(text[:17]) == text[17]
