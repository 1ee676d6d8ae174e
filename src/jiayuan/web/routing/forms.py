# SPDX-License-Identifier: Apache-2.0
"""The form of a routing rule. It draws questions and keeps what was chosen; what is right is decided in the room."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import Hours, Source, Target
from jiayuan.cases.queries import RuleView
from jiayuan.places.queries import Unit, organisation
from jiayuan.web.cases.forms import Answered, text_field
from jiayuan.web.people.forms import DayInput
from jiayuan.web.routing import wording

FIELDS = (
    *("kinds", "places", "sources", "setting", "weekdays", "hours", "starts", "ends", "target", "unit"),
    *("priority", "valid_from", "valid_until", "at_once", "basis"),
)
SETTINGS = (
    ("", pgettext_lazy("cases", "Countryside and built-up places")),
    ("rural", pgettext_lazy("cases", "Countryside only")),
    ("urban", pgettext_lazy("cases", "Built-up places only")),
)
PRIORITIES = (
    ("1", pgettext_lazy("cases", "1 – asked first")),
    *((str(number), str(number)) for number in range(2, 5)),
    ("5", pgettext_lazy("cases", "5 – usual")),
    *((str(number), str(number)) for number in range(6, 9)),
    ("9", pgettext_lazy("cases", "9 – asked last")),
)


class TimeInput(forms.TimeInput):
    """The browser's own clock; a plain field where it has none."""

    input_type = "time"


class RuleForm(Answered):
    """Which cases, at which time, go to whom."""

    kinds = forms.CharField(required=False, widget=forms.HiddenInput, label=pgettext_lazy("cases", "Kinds of problem"))
    places = forms.CharField(required=False, widget=forms.HiddenInput, label=pgettext_lazy("cases", "Places"))
    place_query = text_field(
        pgettext_lazy("cases", "Look for a place"),
        pgettext_lazy("cases", "County, town or village: name or pinyin, for example the first letters."),
        attrs={"autocomplete": "off"},
    )
    sources = forms.MultipleChoiceField(
        label=pgettext_lazy("cases", "Source"),
        help_text=pgettext_lazy("cases", "None ticked: whoever reported it."),
        required=False,
        choices=Source.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    setting = forms.ChoiceField(
        label=pgettext_lazy("cases", "Setting"), required=False, choices=SETTINGS, widget=forms.RadioSelect
    )
    weekdays = forms.MultipleChoiceField(
        label=pgettext_lazy("cases", "Weekdays"),
        help_text=pgettext_lazy("cases", "None ticked: every day."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hours = forms.ChoiceField(
        label=pgettext_lazy("cases", "Time of day"),
        help_text=pgettext_lazy(
            "cases",
            "By the work calendar, make-up Saturdays included; the noon break counts as working time.",
        ),
        required=False,
        choices=Hours.choices,
        widget=forms.RadioSelect,
    )
    starts = forms.CharField(label=pgettext_lazy("cases", "From"), required=False, widget=TimeInput)
    ends = forms.CharField(
        label=pgettext_lazy("cases", "To"),
        help_text=pgettext_lazy("cases", "Earlier than the beginning: of the next day."),
        required=False,
        widget=TimeInput,
    )
    target = forms.ChoiceField(
        label=pgettext_lazy("cases", "Goes to"), required=False, choices=Target.choices, widget=forms.RadioSelect
    )
    unit = forms.ChoiceField(label=pgettext_lazy("cases", "Unit"), required=False)
    priority = forms.ChoiceField(
        label=pgettext_lazy("cases", "Priority"),
        help_text=pgettext_lazy(
            "cases", "Of equal priority the narrower rule decides: first by place, then by kind, time, source."
        ),
        required=False,
        choices=PRIORITIES,
    )
    valid_from = forms.CharField(label=pgettext_lazy("cases", "First day"), required=False, widget=DayInput)
    valid_until = forms.CharField(label=pgettext_lazy("cases", "Last day"), required=False, widget=DayInput)
    at_once = forms.BooleanField(
        label=pgettext_lazy("cases", "Dispatch at once, without a dispatcher"),
        help_text=pgettext_lazy("cases", "As soon as a case is filed. Leave it off until the rule has proved itself."),
        required=False,
    )
    basis = text_field(
        pgettext_lazy("cases", "Basis"),
        pgettext_lazy("cases", "The decision or document behind the rule, for whoever asks later."),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekdays"].choices = [(str(n), wording.weekday_name(n)) for n in range(1, 8)]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "—"), *((unit.code, unit.short_name) for unit in units)]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> list[str]:
        """What is ticked of a list."""
        if isinstance(self.data, QueryDict) and self.is_bound:
            return self.data.getlist(name)
        return list(self.initial.get(name, ()))


def raw_of(data: QueryDict) -> Mapping[str, Sequence[str]]:
    """What was sent, field by field, as the intake reads it."""
    return {name: data.getlist(name) for name in FIELDS}


def initial_of(view: RuleView) -> dict[str, Any]:
    """A rule as its form shows it."""
    unit = organisation(view.unit_id) if view.unit_id is not None else None
    spans = view.hours is Hours.SPAN
    return {
        "kinds": list(view.kinds),
        "places": list(view.places),
        "sources": list(view.sources),
        "setting": view.setting,
        "weekdays": [str(number) for number in view.weekdays],
        "hours": view.hours.value,
        "starts": wording.clock_time(view.starts) if spans else "",
        "ends": wording.clock_time(view.ends) if spans else "",
        "target": Target.UNIT if unit else Target.GOVERNING,
        "unit": unit.code if unit else "",
        "priority": str(view.priority),
        "valid_from": view.valid_from.isoformat(),
        "valid_until": view.valid_until.isoformat() if view.valid_until else "",
        "at_once": view.at_once,
        "basis": view.basis,
    }
