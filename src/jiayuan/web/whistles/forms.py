# SPDX-License-Identifier: Apache-2.0
"""Forms of whistles. They draw questions and keep what was typed; whether it is right is decided in the room."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import pgettext, pgettext_lazy

from jiayuan.duties.enums import NoWhistle, Outside, WhistleKind
from jiayuan.duties.queries import Listed
from jiayuan.places.queries import Unit
from jiayuan.web.cases.forms import BREAK, Answered, VersionedForm, reasons, text_field
from jiayuan.web.duties import wording

Choices = Iterable[tuple[str, Any]]
OTHERS = ("other_1", "other_2", "other_3")
_MARKS = [(str(mark), str(mark)) for mark in (5, 4, 3, 2, 1)]
_KIND_HINT = pgettext_lazy(
    "duties", "Daily: what the town cannot solve. Hard task: long-standing, several departments. Emergency: at once."
)


def _choices(form: forms.Form, name: str, choices: Choices) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def _marks(label: Any) -> forms.ChoiceField:
    """The question for a mark: five taps beside one another, the best first."""
    asked = reasons(label, _MARKS)
    asked.help_text = pgettext_lazy("duties", "5 is best")
    asked.widget.attrs["class"] = "j-marks"
    return asked


class WhistleForm(Answered):
    """What a community wants departments to come for."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("duties", "How pressing"),
        help_text=_KIND_HINT,
        choices=WhistleKind.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    problem = forms.ChoiceField(label=pgettext_lazy("duties", "Kind of problem"), required=False)
    place = forms.ChoiceField(label=pgettext_lazy("duties", "Place"), required=False)
    text = text_field(
        pgettext_lazy("duties", "What is wanted"),
        pgettext_lazy("duties", "Where exactly, what was tried already, what the departments should do."),
        rows=4,
    )
    cases = text_field(
        pgettext_lazy("duties", "Cases that belong to it"),
        pgettext_lazy("duties", "Their receipt codes, with blanks between them."),
    )
    client_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Choices, problems: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "place", places)
        _choices(self, "problem", problems)


class PlainForm(VersionedForm):
    """A move that asks nothing."""


class NoWhistleForm(VersionedForm):
    """Why something becomes no whistle."""

    reason = reasons(pgettext_lazy("duties", "Reason"), NoWhistle.choices)
    note = text_field(pgettext_lazy("duties", "Note"), "", rows=2)


class NoteForm(VersionedForm):
    """A decision that takes a word or two."""

    note = text_field(pgettext_lazy("duties", "Note"), "", rows=2)


class LinkForm(VersionedForm):
    """Which case belongs to the whistle."""

    case = text_field(pgettext_lazy("duties", "Receipt code of the case"), "")


class CallForm(VersionedForm):
    """Which units are called: those of the list are chosen already, all others are found by their names."""

    lead = forms.ChoiceField(label=pgettext_lazy("duties", "Leads"), required=False)
    assisting = forms.MultipleChoiceField(
        label=pgettext_lazy("duties", "Assist"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other_1 = text_field(pgettext_lazy("duties", "Another unit that assists"), "")
    other_2 = text_field(pgettext_lazy("duties", "Another unit that assists"), "")
    other_3 = text_field(pgettext_lazy("duties", "Another unit that assists"), "")
    outside = forms.ChoiceField(
        label=pgettext_lazy("duties", "Why a unit beside the list"),
        help_text=pgettext_lazy("duties", "Only where the responsibility list does not name a unit that is called."),
        choices=[("", "—"), *Outside.choices],
        required=False,
    )

    def __init__(self, *args: Any, listed: Listed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "lead", lead_choices(listed))
        _choices(self, "assisting", _named(listed.cooperating))
        self.fields["assisting"].initial = [one.code for one in listed.cooperating]
        if not listed.cooperating:
            del self.fields["assisting"]
        self.fields["lead"].initial = listed.lead.code if listed.lead else ""
        said = [(wording.sentence(cited),) for cited in listed.entries]
        silent = [(pgettext("duties", "The responsibility lists say nothing about this kind of problem."),)]
        self.fields["lead"].help_text = format_html_join(BREAK, "{}", said or silent)
        for name in OTHERS:
            self.fields[name].widget.attrs["list"] = "units"

    def others(self) -> list[forms.BoundField]:
        """The questions that stand folded, because most whistles call whom the list names."""
        return [self[name] for name in (*OTHERS, "outside")]


def lead_choices(listed: Listed) -> list[tuple[str, Any]]:
    """Every unit that can be called, those of the list first."""
    named = [one for one in (listed.lead, *listed.cooperating) if one is not None]
    groups: list[tuple[str, Any]] = [("", "—")]
    if named:
        groups.append((pgettext("duties", "By the list"), _named(named)))
    if listed.others:
        groups.append((pgettext("duties", "All others"), _named(listed.others)))
    return groups


def _named(units: Iterable[Unit]) -> list[tuple[str, str]]:
    return [(one.code, one.short_name) for one in units]


class ReleaseForm(VersionedForm):
    """Which unit is called instead of the one that refused, if any."""

    instead = forms.ChoiceField(label=pgettext_lazy("duties", "Call instead"), required=False)
    outside = forms.ChoiceField(
        label=pgettext_lazy("duties", "Why a unit beside the list"),
        choices=[("", "—"), *Outside.choices],
        required=False,
    )

    def __init__(self, *args: Any, listed: Listed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "instead", lead_choices(listed))


class ToldForm(VersionedForm):
    """What a unit tells."""

    told = text_field(pgettext_lazy("duties", "In words"), "", rows=3)


class RefuseForm(VersionedForm):
    """On which entry of the lists a refusal relies."""

    clause = reasons(pgettext_lazy("duties", "Relying on the entry"), ())
    note = text_field(pgettext_lazy("duties", "Note"), "", rows=2)

    def __init__(self, *args: Any, listed: Listed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "clause", [(cited.code, wording.sentence(cited)) for cited in listed.entries])
        if not listed.entries:
            self.fields["clause"].help_text = pgettext(
                "duties", "The lists say nothing about this kind of problem, so no refusal can rely on them."
            )


class RateForm(VersionedForm):
    """How a whistle was answered."""

    speed = _marks(pgettext_lazy("duties", "How fast they came"))
    handling = _marks(pgettext_lazy("duties", "How they worked together"))
    result = _marks(pgettext_lazy("duties", "What came of it"))
    comment = text_field(pgettext_lazy("duties", "In words"), "", rows=2)
