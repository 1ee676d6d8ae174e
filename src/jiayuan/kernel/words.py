# SPDX-License-Identifier: Apache-2.0
"""Turning what a person typed into text that can be kept, or into a refusal beside the field that says what to change.

Nothing is silently cut or changed: a person who reads their words again finds what they wrote.
"""

import re
import unicodedata

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.errors import Refused

_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>")
_LINE_ENDS = re.compile(r"\r\n?")
# Bidirectional overrides and invisible joiners can make a text read otherwise than it is stored.
_DECEIVING = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def words(raw: str, *, field: str, longest: int, needed: bool = False) -> str:
    """The text without blanks at its ends, or a refusal named for its field."""
    text = _LINE_ENDS.sub("\n", raw).strip()
    if not text:
        if needed:
            raise Refused("empty", pgettext_lazy("kernel", "Fill this in."), field=field)
        return ""
    _check_characters(text, field)
    if len(text) > longest:
        raise Refused(
            "too_long",
            pgettext_lazy(
                "kernel", "This is %(length)s characters long; at most %(longest)s fit. Shorten it a little."
            ),
            field=field,
            length=len(text),
            longest=longest,
        )
    return text


def _check_characters(text: str, field: str) -> None:
    if "\ufffd" in text:
        raise Refused(
            "encoding",
            pgettext_lazy("kernel", "Some characters did not arrive whole. Type the marked places again."),
            field=field,
        )
    if any(_is_control(letter) or letter in _DECEIVING for letter in text):
        raise Refused(
            "control_characters",
            pgettext_lazy("kernel", "There are invisible characters in this. Type it instead of pasting it."),
            field=field,
        )
    if _TAG.search(text):
        raise Refused(
            "markup",
            pgettext_lazy("kernel", "Leave out what stands in angle brackets and write plain words."),
            field=field,
        )
    if not any(letter.isalnum() for letter in text):
        raise Refused(
            "no_words", pgettext_lazy("kernel", "Write this in words; signs alone say too little."), field=field
        )


def _is_control(letter: str) -> bool:
    return letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn")


def one_line(raw: str, *, field: str, longest: int, needed: bool = False) -> str:
    """Like ``words``, on one line and without picture characters: for names, places and numbers."""
    text = " ".join(words(raw, field=field, longest=longest, needed=needed).split())
    if any(unicodedata.category(letter) == "So" for letter in text):
        raise Refused(
            "picture_characters", pgettext_lazy("kernel", "Leave out emoji and other picture signs here."), field=field
        )
    return text


_PHONE = re.compile(r"\+?\d{5,15}")


def phone(raw: str, *, field: str) -> str:
    """A telephone number of 5 to 15 digits, or empty; blanks and hyphens between digits are dropped."""
    digits = re.sub(r"[\s\-()（）]", "", unicodedata.normalize("NFKC", raw))
    if digits and not _PHONE.fullmatch(digits):
        raise Refused(
            "phone",
            pgettext_lazy("kernel", "This is not a telephone number. Digits alone, or leave it empty."),
            field=field,
        )
    return digits
