# SPDX-License-Identifier: Apache-2.0
"""Forms of rotas. They draw questions and keep what was typed; whether it is right is decided in the room's intake."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import pgettext_lazy

from jiayuan.duties.intake import MOST_WEEKS
from jiayuan.duties.queries import RotaView
from jiayuan.web.cases.forms import text_field
from jiayuan.web.duties.forms import Questions, units_to_choose
from jiayuan.web.people.forms import DayInput


class RotaForm(Questions):
    """A rota and the zone for which it is."""

    NEEDED: ClassVar[tuple[str, ...]] = ("zone", "name", "what", "starts_on")

    zone = forms.ChoiceField(label=pgettext_lazy("duties", "Zone"), required=False)
    name = text_field(pgettext_lazy("duties", "Name"), pgettext_lazy("duties", "Everybody reads it."))
    what = text_field(
        pgettext_lazy("duties", "What is to be done"),
        pgettext_lazy("duties", "For example: sweep the road, empty the bins, look at the drains."),
        rows=2,
    )
    starts_on = forms.CharField(
        label=pgettext_lazy("duties", "First day"),
        required=False,
        widget=DayInput,
    )
    skips_holidays = forms.BooleanField(
        label=pgettext_lazy("duties", "Nobody comes on holidays"),
        help_text=pgettext_lazy("duties", "Holidays as the work calendar knows them; plain weekends stay."),
        required=False,
    )

    def __init__(self, *args: Any, zones: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["zone"]).choices = [("", "—"), *zones]


class TurnForm(Questions):
    """Who takes turns, how often, on which days."""

    NEEDED: ClassVar[tuple[str, ...]] = ("weekdays", "every", "starts_on")

    organisation = forms.ChoiceField(label=pgettext_lazy("duties", "Unit"), required=False)
    named = text_field(
        pgettext_lazy("duties", "Or a shop or team"),
        pgettext_lazy("duties", "By the name that everybody knows. No private person, no telephone number."),
    )
    person = text_field(
        pgettext_lazy("duties", "Or a person"),
        pgettext_lazy("duties", "The user name with which the person signs in. Residents read the masked name."),
    )
    weekdays = forms.MultipleChoiceField(
        label=pgettext_lazy("duties", "On which days"),
        choices=[(str(day + 1), name) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    every = forms.IntegerField(
        label=pgettext_lazy("duties", "Every how many weeks"),
        help_text=pgettext_lazy("duties", "1 is every week. Weeks count from the one of the first day."),
        required=False,
        widget=forms.NumberInput(attrs={"min": "1", "max": str(MOST_WEEKS), "inputmode": "numeric"}),
    )
    starts_on = forms.CharField(label=pgettext_lazy("duties", "First day"), required=False, widget=DayInput)
    ends_on = forms.CharField(label=pgettext_lazy("duties", "Last day"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["organisation"]).choices = units_to_choose()


def initial_of_rota(view: RotaView) -> dict[str, Any]:
    """A rota as its form shows it."""
    names = ("name", "what", "starts_on", "skips_holidays")
    return {name: getattr(view, name) for name in names} | {"zone": view.zone_id}
