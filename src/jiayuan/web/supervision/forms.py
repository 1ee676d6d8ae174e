# SPDX-License-Identifier: Apache-2.0
"""Forms of sheets and items. They draw questions and keep what was typed; what is right is decided in the room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from jiayuan.supervision.enums import (
    BulletinKind,
    Colour,
    Denial,
    RaiseReason,
    Rung,
    SheetKind,
    SheetSource,
    TimeReason,
    Unmet,
    UrgeReason,
    V,
    VoidReason,
)
from jiayuan.web.cases.forms import Answered, text_field
from jiayuan.web.people.forms import DayInput

DAYS = "5"


class UnitForm(Answered):
    """To whom: the first question of a sheet."""

    unit_query = text_field(
        pgettext_lazy("supervision", "To which unit"),
        pgettext_lazy("supervision", "Type a part of its name."),
        attrs={"autocomplete": "off"},
    )


class SheetForm(Answered):
    """What a draft says beside its items."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("supervision", "What it is"), required=False, choices=SheetKind.choices
    )
    office = forms.ChoiceField(label=pgettext_lazy("supervision", "Issued by"), required=False)
    source = forms.ChoiceField(
        label=pgettext_lazy("supervision", "It goes back to"),
        required=False,
        choices=[(one.value, one.label) for one in SheetSource if one not in (SheetSource.MEETING, SheetSource.TALK)],
    )
    days = forms.CharField(
        label=pgettext_lazy("supervision", "To be done within working days"),
        help_text=pgettext_lazy("supervision", "Counted from the day of issue on the work calendar."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
    )
    requirement = text_field(
        pgettext_lazy("supervision", "What is required"),
        pgettext_lazy("supervision", "Holds for every item. May stay empty: the class says when a case is done."),
        rows=3,
    )
    matter = text_field(
        pgettext_lazy("supervision", "A problem that is no case"),
        pgettext_lazy("supervision", "For instance that upkeep has no arrangement. Places with a heap are cases."),
        rows=2,
    )

    source_ref = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = list(offices)  # type: ignore[attr-defined]


class BulletinForm(Answered):
    """About what a bulletin is: two answers, everything else is proposed."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("supervision", "About what"),
        required=False,
        choices=BulletinKind.choices,
        widget=forms.RadioSelect,
    )
    round = forms.ChoiceField(label=pgettext_lazy("supervision", "Which round"), required=False)
    since = forms.CharField(label=pgettext_lazy("supervision", "From"), required=False, widget=DayInput())
    until = forms.CharField(label=pgettext_lazy("supervision", "To"), required=False, widget=DayInput())
    office = forms.ChoiceField(label=pgettext_lazy("supervision", "Issued by"), required=False)
    client_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, offices: Sequence[tuple[str, str]] = (), rounds: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = list(offices)  # type: ignore[attr-defined]
        none = ("", pgettext_lazy("supervision", "None"))
        self.fields["round"].choices = [none, *rounds]  # type: ignore[attr-defined]
        self.has_rounds = bool(rounds)
        if not rounds:
            about_days = [one for one in BulletinKind.choices if one[0] == BulletinKind.PERIOD.value]
            self.fields["kind"].choices = about_days  # type: ignore[attr-defined]


def _choices(kind: type[TextChoices], label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=kind.choices, widget=forms.RadioSelect)


def _day(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, widget=DayInput())


_WHY = pgettext_lazy("supervision", "Why")
_UNTIL = pgettext_lazy("supervision", "Until which day")


PRESSING: list[tuple[str, Any]] = [(colour.value, colour.label) for colour in (Colour.BLUE, Colour.ORANGE, Colour.RED)]


class MeasuresForm(Answered):
    """What was done."""

    measures = text_field(pgettext_lazy("supervision", "What was done"), "", rows=3)


class RefuseForm(Answered):
    """Why an item is not struck off, and until when the unit has time again."""

    reason = _choices(Unmet, _WHY)
    until = _day(_UNTIL)
    note = text_field(pgettext_lazy("supervision", "What is left to be done"), "", rows=2)


class AskTimeForm(Answered):
    """Two taps: a reason and a day."""

    reason = _choices(TimeReason, _WHY)
    until = _day(_UNTIL)
    plan = text_field(pgettext_lazy("supervision", "What is done meanwhile"), "", rows=2)


class RefuseTimeForm(Answered):
    """Why there is no more time."""

    reason = _choices(Denial, _WHY)


class VoidForm(Answered):
    """Why something is void."""

    reason = _choices(VoidReason, _WHY)


class RaiseForm(Answered):
    """Which level presses now, and why."""

    to = forms.ChoiceField(
        label=pgettext_lazy("supervision", "To which level"),
        required=False,
        choices=[(rung.value, rung.label) for rung in Rung if rung is not Rung.VILLAGE],
        widget=forms.RadioSelect,
    )
    reason = _choices(RaiseReason, _WHY)


class UrgingForm(Answered):
    """What presses an item: why, by whom, and until when the unit replies."""

    reason = _choices(UrgeReason, _WHY)
    colour = forms.ChoiceField(
        label=pgettext_lazy("supervision", "Colour"), required=False, widget=forms.RadioSelect, choices=PRESSING
    )
    raise_reason = forms.ChoiceField(
        label=pgettext_lazy("supervision", "Why it begins higher than blue"),
        required=False,
        choices=[("", "—"), *RaiseReason.choices],
    )
    days = forms.CharField(
        label=pgettext_lazy("supervision", "To be replied to within working days"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
    )
    requirement = text_field(pgettext_lazy("supervision", "What is required"), "", rows=3)
    office = forms.ChoiceField(label=pgettext_lazy("supervision", "Issued by"), required=False)

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]], has_colours: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = list(offices)  # type: ignore[attr-defined]
        if not has_colours:
            del self.fields["colour"], self.fields["raise_reason"]


class ReplyForm(Answered):
    """What the unit says."""

    reply = text_field(
        pgettext_lazy("supervision", "Reply"),
        pgettext_lazy("supervision", "What was done, or why not and when it will be."),
        rows=4,
    )


class RefuseReplyForm(Answered):
    """Why a reply is not accepted."""

    reason = _choices(Unmet, _WHY)
    note = text_field(pgettext_lazy("supervision", "What is left to be done"), "", rows=2)


class RaiseColourForm(Answered):
    """To which colour; without a choice to the next one."""

    to = forms.ChoiceField(label=pgettext_lazy("supervision", "To which colour"), required=False, choices=())
    reason = forms.ChoiceField(
        label=pgettext_lazy("supervision", "Why a colour is left out"),
        required=False,
        choices=[("", "—"), *RaiseReason.choices],
    )

    def __init__(self, *args: Any, higher: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(higher)  # type: ignore[attr-defined]


FORMS: dict[V, type[Answered]] = {
    V.FEED_BACK: MeasuresForm,
    V.REFUSE: RefuseForm,
    V.ASK_TIME: AskTimeForm,
    V.REFUSE_TIME: RefuseTimeForm,
    V.RAISE: RaiseForm,
    V.VOID: VoidForm,
}
"""The form of each move that asks something; the others are a button alone."""
