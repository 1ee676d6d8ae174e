# SPDX-License-Identifier: Apache-2.0
"""The form in which a page of the guide is written; what is right is decided in the room's intake."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import GuideAbout, V
from jiayuan.web.cases.forms import Answered, reasons, text_field

_AS_MARKDOWN = pgettext_lazy("cases", "## makes a heading, - a list, ** bold. HTML is not taken.")
_EMPTY_FALLS_BACK = pgettext_lazy("cases", "Left empty, readers get the simplified Chinese text and are told so.")


class GuideForm(Answered):
    """Title and text, in one language or in three, and why it is written anew."""

    title = text_field(pgettext_lazy("cases", "Title"), "")
    body = text_field(pgettext_lazy("cases", "Text"), _AS_MARKDOWN, rows=18)
    change = text_field(
        pgettext_lazy("cases", "What changes, and why"), pgettext_lazy("cases", "It stands in the history.")
    )
    title_hant = text_field(pgettext_lazy("cases", "Title in traditional Chinese"), "")
    body_hant = text_field(pgettext_lazy("cases", "Text in traditional Chinese"), _EMPTY_FALLS_BACK, rows=6)
    title_en = text_field(pgettext_lazy("cases", "Title in English"), "")
    body_en = text_field(pgettext_lazy("cases", "Text in English"), _EMPTY_FALLS_BACK, rows=6)
    number = forms.IntegerField(widget=forms.HiddenInput)


class NewGuideForm(GuideForm):
    """A page that is not there yet: also what it is about, beside what it stands, and who reads it."""

    about = reasons(pgettext_lazy("cases", "What the page is about"), GuideAbout.choices)
    classes = forms.MultipleChoiceField(
        label=pgettext_lazy("cases", "Kinds beside which it stands"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    verbs = forms.MultipleChoiceField(
        label=pgettext_lazy("cases", "Steps beside which it stands"),
        required=False,
        choices=V.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    public = forms.BooleanField(label=pgettext_lazy("cases", "Residents read it too"), required=False)
    code = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, classes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classes"].choices = list(classes)  # type: ignore[attr-defined]
        self.fields["number"].required = False
