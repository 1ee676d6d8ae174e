# SPDX-License-Identifier: Apache-2.0
"""Forms of lists. They draw questions and keep what was typed; whether it is right is decided in the room's intake."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from jiayuan.duties.enums import Kind, Part
from jiayuan.duties.queries import Entry, VersionView
from jiayuan.web.cases.forms import Answered, reasons, text_field
from jiayuan.web.duties import wording
from jiayuan.web.people.forms import DayInput

_ONE_EACH = pgettext_lazy("duties", "Names or codes, one on each line or with semicolons between them.")


class BrowseForm(forms.Form):
    """What a resident looks for: by kind of problem, by unit, by words."""

    kind = forms.ChoiceField(label=pgettext_lazy("duties", "Kind of problem"), required=False)
    unit = forms.ChoiceField(label=pgettext_lazy("duties", "Unit"), required=False)
    q = forms.CharField(label=pgettext_lazy("duties", "Words"), required=False, max_length=40)

    def __init__(
        self, *args: Any, kinds: Iterable[tuple[str, str]], units: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", pgettext("duties", "Every kind")), *kinds]
        cast(forms.ChoiceField, self.fields["unit"]).choices = [("", pgettext("duties", "Every unit")), *units]


class DocumentForm(Answered):
    """A list that is not there yet."""

    title = text_field(pgettext_lazy("duties", "Title"), pgettext_lazy("duties", "As the document is called."))
    kind = reasons(pgettext_lazy("duties", "What sort of list"), Kind.choices)


class EntryForm(Answered):
    """One entry of a draft."""

    key = text_field(pgettext_lazy("duties", "Number"), pgettext_lazy("duties", "Like 2.3; it stays in every version."))
    group = text_field(pgettext_lazy("duties", "Task group"), "")
    task = text_field(pgettext_lazy("duties", "Task"), "", rows=2)
    part = reasons(pgettext_lazy("duties", "Part"), Part.choices)
    classes = text_field(pgettext_lazy("duties", "Kinds of problem"), _ONE_EACH, rows=3)
    lead = text_field(
        pgettext_lazy("duties", "Lead"), pgettext_lazy("duties", "Left empty: whoever governs the place.")
    )
    cooperating = text_field(pgettext_lazy("duties", "Cooperating units"), _ONE_EACH, rows=2)
    department_does = text_field(pgettext_lazy("duties", "What the department does"), "", rows=2)
    town_does = text_field(pgettext_lazy("duties", "What the town does"), "", rows=2)
    clause = text_field(pgettext_lazy("duties", "Clause"), pgettext_lazy("duties", "Where the source says so."))
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PublishForm(Answered):
    """What a version says of itself, and the day from which it holds."""

    source = text_field(pgettext_lazy("duties", "Source document"), pgettext_lazy("duties", "Its full title."))
    source_number = text_field(pgettext_lazy("duties", "Document number"), "")
    issuer = text_field(pgettext_lazy("duties", "Issued by"), "")
    issued_on = forms.CharField(label=pgettext_lazy("duties", "Issued on"), required=False, widget=DayInput)
    valid_from = forms.CharField(label=pgettext_lazy("duties", "Holds from"), required=False, widget=DayInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)


def initial_of(entry: Entry) -> dict[str, Any]:
    """An entry as its form shows it."""
    words = wording.class_words()
    return {
        "key": entry.key,
        "group": entry.group,
        "task": entry.task,
        "part": entry.part,
        "classes": "\n".join(words.get(key, key) for key in entry.classes),
        "lead": wording.organisation_name(entry.lead) if entry.lead else "",
        "cooperating": "\n".join(wording.organisation_name(code) for code in entry.cooperating),
        "department_does": entry.department_does,
        "town_does": entry.town_does,
        "clause": entry.clause,
    }


def issued_before(view: VersionView | None) -> dict[str, Any]:
    """What the version before said of itself, to be changed."""
    if view is None:
        return {}
    return {"source": view.source, "issuer": view.issuer}
