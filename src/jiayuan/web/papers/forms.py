# SPDX-License-Identifier: Apache-2.0
"""Forms of papers: what the desk looks for, why a paper is void, which code or file is verified."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from jiayuan.papers.enums import Form, Standing, VoidReason
from jiayuan.web.cases.forms import Answered, reasons, text_field


class NarrowForm(forms.Form):
    """What the desk looks for."""

    form = forms.ChoiceField(label=pgettext_lazy("papers", "Form"), required=False)
    standing = forms.ChoiceField(label=pgettext_lazy("papers", "State"), required=False)
    office = forms.ChoiceField(label=pgettext_lazy("papers", "Office"), required=False)
    q = forms.CharField(label=pgettext_lazy("papers", "Words of the title"), required=False, max_length=40)

    def __init__(self, *args: Any, offices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", pgettext("papers", "All"))
        for name, choices in (("form", Form.choices), ("standing", Standing.choices), ("office", offices)):
            cast(forms.ChoiceField, self.fields[name]).choices = [every, *choices]


class VoidForm(Answered):
    """Why a paper is made void."""

    reason = reasons(pgettext_lazy("papers", "Why it is void"), VoidReason.choices)
    note = text_field(
        pgettext_lazy("papers", "What readers should know"),
        pgettext_lazy("papers", "It stands on the verification page, for everybody. No names."),
        rows=2,
    )


class CodeForm(forms.Form):
    """The code under a paper's QR code."""

    code = forms.CharField(
        label=pgettext_lazy("papers", "Verification code"),
        help_text=pgettext_lazy("papers", "Eleven letters and digits beside the QR code on the first page."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class FileForm(forms.Form):
    """The PDF that somebody has before them."""

    file = forms.FileField(
        label=pgettext_lazy("papers", "The PDF that you have"),
        help_text=pgettext_lazy("papers", "Up to 20 MB. It is compared and not kept."),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )
