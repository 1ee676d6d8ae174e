# SPDX-License-Identifier: Apache-2.0
"""The form field for a telephone number. The sign-in library needs it, and so it stands here and not at a door."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext_lazy
from typing_extensions import override

from jiayuan.people.intake import canonical_phone


class PhoneField(forms.CharField):
    """Takes 138 0013 8000 as readily as +8613800138000 and gives the latter."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", pgettext_lazy("people", "Phone"))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        super().__init__(**kwargs)

    @override
    def clean(self, value: Any) -> str:
        """The number in E.164, empty when none was given, or a sentence that says what to change."""
        typed = str(super().clean(value) or "")
        if typed and not canonical_phone(typed):
            raise ValidationError(pgettext_lazy("people", "This is not a telephone number."), code="invalid_phone")
        return canonical_phone(typed)
