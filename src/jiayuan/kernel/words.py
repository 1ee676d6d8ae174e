# SPDX-License-Identifier: Apache-2.0
"""Turning what a person typed into text that can be kept, or into a refusal beside the field that says what to change.

Nothing is silently cut or changed: a person who reads their words again finds what they wrote.
"""

import re
import unicodedata

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.errors import Refused

# Only how a tag opens: a pattern up to its end would read "<a<a<a…" again from every letter of it.
_TAG_OPENS = re.compile(r"<[a-zA-Z/!?]")
_LINE_ENDS = re.compile(r"\r\n?")
# Letters by their category that nobody sees, so that a text of them alone looks empty.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
# Between emoji these two parts of a picture are no deceit: a family is four people and three joiners.
_JOINER, _TAGS = "\u200d", range(0xE0020, 0xE0080)
# Signs of the same category as emoji that belong into names, places and numbers: 二○二五, 3℃, №3, 20㎡.
_WRITTEN_SIGNS = frozenset("°℃℉№㎡㎥㎞㎜㎝㎏○")
_PICTURES = range(0x1F000, 0x1FC00)


def words(raw: str, *, field: str, longest: int, needed: bool = False) -> str:
    """The text without blanks at its ends, or a refusal named for its field."""
    text = _LINE_ENDS.sub("\n", raw).strip()
    if not text:
        if needed:
            raise Refused("empty", pgettext_lazy("kernel", "Fill this in."), field=field)
        return ""
    # Length first: two megabytes are turned down before anyone looks at each letter of them.
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
    _check_characters(text, field)
    return text


def _check_characters(text: str, field: str) -> None:
    if "\ufffd" in text:
        raise Refused(
            "encoding",
            pgettext_lazy("kernel", "Some characters did not arrive whole. Type the marked places again."),
            field=field,
        )
    if any(_is_unseen(letter) for letter in text):
        raise Refused(
            "control_characters",
            pgettext_lazy("kernel", "There are invisible characters in this. Type it instead of pasting it."),
            field=field,
        )
    if _has_tag(text):
        raise Refused(
            "markup",
            pgettext_lazy("kernel", "Leave out what stands in angle brackets and write plain words."),
            field=field,
        )
    if not any(letter.isalnum() for letter in text):
        raise Refused(
            "no_words", pgettext_lazy("kernel", "Write this in words; signs alone say too little."), field=field
        )


def _has_tag(text: str) -> bool:
    opened = _TAG_OPENS.search(text)
    return opened is not None and ">" in text[opened.end() :]


def _is_unseen(letter: str) -> bool:
    """Whether a letter shows as nothing, or makes others show otherwise than they are stored (bidirectional marks)."""
    category = unicodedata.category(letter)
    if category == "Cf":
        return letter != _JOINER and ord(letter) not in _TAGS
    if category == "Cn":
        # What Unicode added after this Python – rare names, new emoji – looks unassigned; only these 66 never will be.
        return ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF
    return letter in _BLANK_LETTERS or (category in ("Cc", "Cs", "Co") and letter not in "\n\t")


def one_line(raw: str, *, field: str, longest: int, needed: bool = False) -> str:
    """Like ``words``, on one line and without picture characters: for names, places and numbers."""
    text = " ".join(words(raw, field=field, longest=longest, needed=needed).split())
    if any(_is_picture(letter) for letter in text):
        raise Refused(
            "picture_characters", pgettext_lazy("kernel", "Leave out emoji and other picture signs here."), field=field
        )
    return text


def _is_picture(letter: str) -> bool:
    """Whether a letter is a picture sign or a part of one: joiner, tag, keycap."""
    if unicodedata.category(letter) in ("So", "Cf", "Me"):
        return letter not in _WRITTEN_SIGNS
    return ord(letter) in _PICTURES


_PHONE = re.compile(r"\+?[0-9]{5,15}")


def phone(raw: str, *, field: str) -> str:
    """A telephone number of 5 to 15 digits, or empty; blanks and hyphens between digits are dropped."""
    # Both kinds of brackets, and every dash that a keyboard or a copied page may bring.
    digits = re.sub(r"[\s()\-\u2010-\u2015\u2212]", "", unicodedata.normalize("NFKC", raw))
    if digits and not _PHONE.fullmatch(digits):
        raise Refused(
            "phone",
            pgettext_lazy("kernel", "This is not a telephone number. Digits alone, or leave it empty."),
            field=field,
        )
    return digits
