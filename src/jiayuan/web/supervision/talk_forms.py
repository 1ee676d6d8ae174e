# SPDX-License-Identifier: Apache-2.0
"""Forms of summons talks. They draw questions and keep what was typed; what is right is decided in the room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from jiayuan.supervision.enums import TalkCause
from jiayuan.web.cases.forms import Answered, text_field
from jiayuan.web.people.forms import DayInput

DAYS = "10"
_POST = pgettext_lazy("supervision", "The post, not the name.")
_LINES = pgettext_lazy("supervision", "One on each line.")
Choices = Sequence[tuple[str, str]]


class SummonedForm(Answered):
    """Which unit."""

    unit = forms.ChoiceField(label=pgettext_lazy("supervision", "Which unit"), required=False)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]


class TalkForm(Answered):
    """Why, whom, when and where."""

    cause = forms.ChoiceField(
        label=pgettext_lazy("supervision", "Why"), required=False, choices=TalkCause.choices, widget=forms.RadioSelect
    )
    item = forms.ChoiceField(label=pgettext_lazy("supervision", "Item that is the ground"), required=False)
    reason = text_field(
        pgettext_lazy("supervision", "Reason"),
        pgettext_lazy("supervision", "Needed where no item presses as far as the county."),
        rows=2,
    )
    summoned = text_field(pgettext_lazy("supervision", "Who is summoned"), _POST)
    host = text_field(pgettext_lazy("supervision", "Who talks to them"), _POST)
    day = forms.CharField(label=pgettext_lazy("supervision", "Day"), required=False, widget=DayInput())
    hour = text_field(pgettext_lazy("supervision", "Time"), "", kind="time")
    venue = text_field(pgettext_lazy("supervision", "Venue"), "")
    office = forms.ChoiceField(label=pgettext_lazy("supervision", "Issued by"), required=False)

    def __init__(self, *args: Any, grounds: Choices, offices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "—"), *grounds]  # type: ignore[attr-defined]
        self.fields["office"].choices = list(offices)  # type: ignore[attr-defined]


class WriteUpForm(Answered):
    """Who was there, what was said, what was promised."""

    present = text_field(
        pgettext_lazy("supervision", "Present"), pgettext_lazy("supervision", "Units and posts, no names.")
    )
    minutes = text_field(pgettext_lazy("supervision", "What was said"), "", rows=4)
    commitments = text_field(pgettext_lazy("supervision", "What the unit promised"), _LINES, rows=3)
    days = forms.CharField(
        label=pgettext_lazy("supervision", "To be done within working days"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
    )
