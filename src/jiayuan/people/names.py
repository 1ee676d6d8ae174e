# SPDX-License-Identifier: Apache-2.0
"""Which user names are taken: Chinese, letters and digits, nothing that cannot be seen or stands for something else."""

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext_lazy

from jiayuan.people.intake import canonical_name
from jiayuan.people.rules import LONGEST_NAME, SHORTEST_NAME, is_forged_number, letters_allowed


def validate_letters(name: str) -> None:
    """Refuse control characters, emoji, invisible and right-to-left characters and every other sign."""
    if not letters_allowed(name):
        raise ValidationError(
            pgettext_lazy(
                "people", "Use Chinese characters, letters, digits and . _ - only; type it, do not paste it."
            ),
            code="letters",
        )


def validate_length(name: str) -> None:
    """Refuse names that are too short to tell people apart or too long to fit on a button."""
    if not SHORTEST_NAME <= len(canonical_name(name)) <= LONGEST_NAME:
        raise ValidationError(
            pgettext_lazy("people", "A user name has %(shortest)s to %(longest)s characters."),
            code="length",
            params={"shortest": SHORTEST_NAME, "longest": LONGEST_NAME},
        )


def validate_no_number(name: str) -> None:
    """Refuse names that read as a telephone number: signing in with somebody's number must reach that person."""
    if is_forged_number(name):
        raise ValidationError(
            pgettext_lazy("people", "A telephone number cannot be a user name. Add a letter or choose another name."),
            code="number",
        )


username_validators = [validate_letters, validate_length, validate_no_number]
