# SPDX-License-Identifier: Apache-2.0
"""From what a person typed to the form in which names and numbers are stored and compared."""

import re
import unicodedata

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:\+?86)?0?((?:10|2\d|[3-9]\d{2})\d{7,8})")
_FOREIGN = re.compile(r"\+[1-9]\d{6,14}")
_BLANKS = re.compile(r"[\s\-()]")


def canonical_name(typed: str) -> str:
    """A user name as it is stored and compared: compatibility forms joined (Ａ is a), lower case, no outer blanks."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def canonical_login(typed: str) -> str:
    """What was typed to sign in, brought to the stored form of a phone number, an e-mail address or a user name."""
    name = canonical_name(typed)
    return canonical_phone(name) or name


def canonical_phone(typed: str) -> str:
    """A number in E.164, +86 assumed for mainland numbers; empty when it cannot be one."""
    number = _BLANKS.sub("", unicodedata.normalize("NFKC", typed))
    for pattern in (_MOBILE, _LANDLINE):
        if found := pattern.fullmatch(number):
            return "+86" + found[1]
    return number if _FOREIGN.fullmatch(number) and not number.startswith("+86") else ""
