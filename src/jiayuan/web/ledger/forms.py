# SPDX-License-Identifier: Apache-2.0
"""Forms of ledgers: what is asked at the upload, and one question per column."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import LedgerEnded, LedgerField, Source
from jiayuan.cases.intake.ledger import Head
from jiayuan.cases.services import LEDGER_SOURCES
from jiayuan.kernel.errors import Refused


class UploadForm(forms.Form):
    """The file, whose area it is about, where it comes from, and what to do with rows that it calls done."""

    file = forms.FileField(
        label=pgettext_lazy("cases", "Ledger"),
        help_text=pgettext_lazy(
            "cases", "An .xlsx or .csv file of up to 10 MB and 20,000 lines. Nothing is imported yet."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    area = forms.ChoiceField(
        label=pgettext_lazy("cases", "Area"),
        help_text=pgettext_lazy("cases", "Villages are looked for here when the rows name no town."),
    )
    source = forms.ChoiceField(label=pgettext_lazy("cases", "Where it comes from"))
    ended = forms.ChoiceField(label=pgettext_lazy("cases", "Rows that it calls done"), choices=LedgerEnded.choices)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["area"]).choices = areas
        cast(forms.ChoiceField, self.fields["source"]).choices = [(item.value, item.label) for item in LEDGER_SOURCES]

    def show(self, refusal: Refused) -> None:
        """Put a refusal beside its field."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)

    def given(self) -> dict[str, Any]:
        """What was said, typed."""
        said = self.cleaned_data
        return {"area": said["area"], "source": Source(said["source"]), "ended": LedgerEnded(said["ended"])}


def field_choices() -> list[tuple[str, str]]:
    """What a column may say, in the order in which people think of it."""
    return [(item.value, str(item.label)) for item in LedgerField]


def column_questions(head: Head, said: dict[int, LedgerField]) -> list[dict[str, Any]]:
    """One question per column: its letter, its head, three samples, and the present answer."""
    return [
        {
            "name": f"column_{column.place}",
            "letter": column.letter,
            "label": column.label,
            "samples": column.samples,
            "is_hidden": column.is_hidden,
            "chosen": said.get(column.place, LedgerField.IGNORED).value,
        }
        for column in head.columns
    ]
