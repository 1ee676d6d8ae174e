# SPDX-License-Identifier: Apache-2.0
"""Forms of joint meetings. They draw questions and keep what was typed; what is right is decided in the room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from jiayuan.kernel.words import one_line
from jiayuan.supervision.enums import Attendance
from jiayuan.supervision.queries import Roll
from jiayuan.web.cases.forms import Answered, text_field
from jiayuan.web.people.forms import DayInput

LONGEST_AGENDUM = 200
Choices = Sequence[tuple[str, str]]


class MeetingForm(Answered):
    """When, where, and who is invited."""

    title = text_field(pgettext_lazy("supervision", "Title"), "")
    day = forms.CharField(label=pgettext_lazy("supervision", "Day"), required=False, widget=DayInput())
    hour = text_field(pgettext_lazy("supervision", "Time"), "", kind="time")
    venue = text_field(pgettext_lazy("supervision", "Venue"), "")
    chair = text_field(pgettext_lazy("supervision", "Led by"), pgettext_lazy("supervision", "The post, not the name."))
    matters = text_field(
        pgettext_lazy("supervision", "Other matters"),
        pgettext_lazy("supervision", "One on each line."),
        rows=3,
    )
    office = forms.ChoiceField(label=pgettext_lazy("supervision", "Issued by"), required=False)
    is_example = forms.BooleanField(
        label=pgettext_lazy("supervision", "An example: made up to show how it works"), required=False
    )

    def __init__(self, *args: Any, offices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = list(offices)  # type: ignore[attr-defined]


class DecisionForm(Answered):
    """Which unit does what until when."""

    unit = forms.ChoiceField(label=pgettext_lazy("supervision", "Unit"), required=False)
    what = text_field(pgettext_lazy("supervision", "What it does"), "", rows=2)
    until = forms.CharField(label=pgettext_lazy("supervision", "Until which day"), required=False, widget=DayInput())

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "—"), *units]  # type: ignore[attr-defined]


def matter_from(line: str) -> str:
    """One matter of an agenda from what was typed."""
    return one_line(line, field="matters", longest=LONGEST_AGENDUM, needed=True)


def there_rows(rolls: Sequence[Roll], posted: Any) -> list[dict[str, Any]]:
    """Which unit was there, as it was ticked; everybody who was invited, until somebody says otherwise."""
    return [
        {
            "id": roll.unit_id,
            "unit": roll.unit.short_name,
            "attendance": _attendance(roll, posted).value,
            "post": posted.get(f"post_{roll.unit_id}", "") if posted is not None else roll.post,
        }
        for roll in rolls
    ]


def _attendance(roll: Roll, posted: Any) -> Attendance:
    told = posted.get(f"there_{roll.unit_id}", "") if posted is not None else ""
    if told in Attendance.values:
        return Attendance(told)
    return Attendance.PRESENT if roll.attendance == Attendance.INVITED else Attendance(roll.attendance)
