# SPDX-License-Identifier: Apache-2.0
"""Forms of cases. They draw questions and hold what was typed; whether it is right is decided in the room's intake."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import pgettext, pgettext_lazy
from typing_extensions import override

from jiayuan.cases.enums import (
    Answer,
    CallBackResult,
    Discontent,
    Finding,
    LookBackResult,
    NotYet,
    Refusal,
    ReopenGround,
    ReturnReason,
    Shortfall,
)
from jiayuan.kernel.errors import Problems, Refused
from jiayuan.web.routing.proposing import Suggestion

BREAK = mark_safe("<br>")  # our own mark, nothing typed


class PhotosInput(forms.FileInput):
    """A file input that takes several pictures at once."""

    allow_multiple_selected = True


def photos_field(label: Any, hint: Any) -> forms.FileField:
    """The question for photos."""
    widget = PhotosInput(
        attrs={
            "accept": "image/*",
            "multiple": True,
            "data-photos": "",
            "data-remove-word": pgettext_lazy("cases", "Take out"),
        }
    )
    return forms.FileField(label=label, help_text=hint, required=False, widget=widget)


def text_field(
    label: Any, hint: Any, *, rows: int = 0, kind: str = "text", attrs: dict[str, str] | None = None
) -> forms.CharField:
    """A question answered in words; length is checked by the intake, so that nothing typed is ever cut."""
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": str(rows)} | (attrs or {}))
        if rows
        else forms.TextInput(attrs={"type": kind} | (attrs or {}))
    )
    return forms.CharField(label=label, help_text=hint, required=False, strip=False, widget=widget)


class Answered(forms.Form):
    """A form whose errors come from the room's refusals."""

    def show(self, refusal: Refused) -> None:
        """Put each refusal beside its field, or on top when the field is not on this page."""
        self.is_valid()
        for item in refusal.refusals if isinstance(refusal, Problems) else [refusal]:
            self.add_error(item.field if item.field in self.fields else None, item.message)


class ReportForm(Answered):
    """The resident's report: photo, place, kind, contact."""

    photos = photos_field(
        pgettext_lazy("cases", "Photos"),
        pgettext_lazy("cases", "Up to six, with the problem easy to see. Leave it out if you cannot take one."),
    )
    village_query = text_field(
        pgettext_lazy("cases", "Village or community"),
        pgettext_lazy("cases", "Name or pinyin, for example the first letters."),
        attrs={"autocomplete": "off"},
    )
    village = forms.CharField(
        required=False, widget=forms.HiddenInput, label=pgettext_lazy("cases", "Village or community")
    )
    place_text = text_field(
        pgettext_lazy("cases", "Where exactly"),
        pgettext_lazy("cases", "For example: 200 metres north of the village office."),
    )
    tile = forms.CharField(required=False, widget=forms.HiddenInput, label=pgettext_lazy("cases", "What it is"))
    text = text_field(
        pgettext_lazy("cases", "In your own words"),
        pgettext_lazy("cases", "If no picture fits, write what it is; we find the kind."),
        rows=3,
    )
    contact_name = text_field(
        pgettext_lazy("cases", "What we may call you"), "", attrs={"autocomplete": "name", "data-private": ""}
    )
    contact_phone = text_field(
        pgettext_lazy("cases", "Telephone"),
        pgettext_lazy("cases", "Only the staff who take in reports see it."),
        kind="tel",
        attrs={"autocomplete": "tel", "data-private": ""},
    )
    lon = forms.CharField(required=False, widget=forms.HiddenInput, label=pgettext_lazy("cases", "Longitude"))
    lat = forms.CharField(required=False, widget=forms.HiddenInput, label=pgettext_lazy("cases", "Latitude"))
    accuracy_m = forms.CharField(
        required=False, widget=forms.HiddenInput, label=pgettext_lazy("cases", "Accuracy in metres")
    )
    seen_at = forms.CharField(
        required=False, widget=forms.HiddenInput, label=pgettext_lazy("cases", "When it was seen")
    )
    client_id = forms.CharField(required=False, widget=forms.HiddenInput)

    @override
    def show(self, refusal: Refused) -> None:
        """Also bring a refused position or date to light: what nobody sees nobody can mend."""
        super().show(refusal)
        if self.has_error("lon") or self.has_error("lat"):
            self._bring_to_light("lon", "lat")
        for name in ("accuracy_m", "seen_at"):
            if self.has_error(name):
                self._bring_to_light(name)

    def _bring_to_light(self, *names: str) -> None:
        for name in names:
            self.fields[name].widget = forms.TextInput()

    @property
    def uncovered(self) -> list[forms.BoundField]:
        """The questions that are asked only because the answer that came along was refused."""
        return [self[name] for name in ("lon", "lat", "accuracy_m", "seen_at") if not self[name].is_hidden]

    @property
    def covered(self) -> list[forms.BoundField]:
        """What goes along unseen."""
        return [self[name] for name in ("client_id", "lon", "lat", "accuracy_m", "seen_at") if self[name].is_hidden]


class VersionedForm(Answered):
    """A move of a case; ``version`` is what the page showed when it was drawn."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def reasons(label: Any, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    """The question for a reason, as radio buttons: one tap."""
    return forms.ChoiceField(label=label, choices=list(choices), required=False, widget=forms.RadioSelect)


def note_field() -> forms.CharField:
    """An optional note."""
    return text_field(pgettext_lazy("cases", "Note"), "", rows=2)


class FileForm(VersionedForm):
    """Under which condition the case is filed."""

    condition = forms.ChoiceField(
        label=pgettext_lazy("cases", "File as"), required=False, widget=forms.RadioSelect, choices=()
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(choices)
        self.fields["condition"].choices = listed  # type: ignore[attr-defined]
        if len(listed) >= 1:
            self.fields["condition"].initial = listed[0][0]


class RejectForm(VersionedForm):
    """Why the case is not taken on."""

    reason = reasons(pgettext_lazy("cases", "Reason, as the reporter reads it"), Refusal.choices)
    note = note_field()


class FindForm(VersionedForm):
    """What was found on site."""

    finding = reasons(pgettext_lazy("cases", "What was found"), Finding.choices)
    photos = photos_field(pgettext_lazy("cases", "Photos"), "")
    note = note_field()


class DispatchForm(VersionedForm):
    """Which unit gets the case."""

    unit = forms.ChoiceField(label=pgettext_lazy("cases", "Unit"), required=False, choices=(), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        choices: Iterable[tuple[str, str]],
        suggestion: Suggestion | None = None,
        entries: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = list(choices)
        self.fields["unit"].choices = listed  # type: ignore[attr-defined]
        said = [*((suggestion.reason,) if suggestion else ()), *entries]
        self.fields["unit"].help_text = format_html_join(BREAK, "{}", ((words,) for words in said))
        if suggestion is not None:
            self.fields["unit"].initial = suggestion.unit
        elif listed:
            self.fields["unit"].initial = listed[0][0]


class ReturnForm(VersionedForm):
    """Why the unit gives the case back."""

    reason = reasons(pgettext_lazy("cases", "Reason"), ReturnReason.choices)
    clause = forms.ChoiceField(
        label=pgettext_lazy("cases", "Relying on the entry"), required=False, choices=(), widget=forms.RadioSelect
    )
    note = note_field()

    def __init__(self, *args: Any, clauses: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if clauses:
            none = ("", pgettext("cases", "None of these"))
            self.fields["clause"].choices = [*clauses, none]  # type: ignore[attr-defined]
            self.fields["clause"].initial = ""
        else:
            del self.fields["clause"]


class FeedBackForm(VersionedForm):
    """The picture afterwards, and a word if needed."""

    photos = photos_field(
        pgettext_lazy("cases", "Photo afterwards"), pgettext_lazy("cases", "From the same spot as before, if you can.")
    )
    note = note_field()


class SendBackForm(VersionedForm):
    """Why the check failed."""

    reason = reasons(pgettext_lazy("cases", "Reason"), Shortfall.choices)
    note = note_field()


class PlainForm(VersionedForm):
    """A move that asks nothing."""


class NoteForm(VersionedForm):
    """A move that takes a word or two."""

    note = note_field()


def reason_form(kind: type[TextChoices]) -> type[VersionedForm]:
    """A form that asks for a reason of a list and takes a note."""
    fields = {"reason": reasons(pgettext_lazy("cases", "Reason"), kind.choices), "note": note_field()}
    return type(f"{kind.__name__}Form", (VersionedForm,), fields)


class HandInForm(VersionedForm):
    """Pictures of what was done, before the unit confirms."""

    photos = photos_field(
        pgettext_lazy("cases", "Photo afterwards"), pgettext_lazy("cases", "From the same spot as before, if you can.")
    )


class TimeForm(VersionedForm):
    """Why it is not done yet and until when: two taps."""

    reason = reasons(pgettext_lazy("cases", "Why it is not done yet"), NotYet.choices)
    until = forms.ChoiceField(label=pgettext_lazy("cases", "Until"), required=False, widget=forms.RadioSelect)
    until_other = forms.CharField(
        label=pgettext_lazy("cases", "Another day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    leader = text_field(
        pgettext_lazy("cases", "Leader who stands for it"),
        pgettext_lazy("cases", "A second extension needs the name of a leader of the unit."),
    )
    note = note_field()

    def __init__(self, *args: Any, days: Iterable[date], asks_leader: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(day.isoformat(), date_format(day, "MONTH_DAY_FORMAT")) for day in days]
        self.fields["until"].choices = listed  # type: ignore[attr-defined]
        if listed:
            self.fields["until"].initial = listed[-1][0]
        if not asks_leader:
            del self.fields["leader"]


PARTS = (1, 2, 3)


class SplitForm(VersionedForm):
    """What else the report tells of."""

    def __init__(self, *args: Any, classes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *classes]
        for number in PARTS:
            label = pgettext_lazy("cases", "Further problem")
            self.fields[f"class_{number}"] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.fields[f"text_{number}"] = text_field(pgettext_lazy("cases", "In a few words"), "")


class MergeForm(VersionedForm):
    """Into which case this one goes."""

    into = text_field(
        pgettext_lazy("cases", "Receipt code of the case that leads"),
        pgettext_lazy("cases", "Its reporter and this one will both hear how it goes on."),
    )


class AnswerForm(VersionedForm):
    """Yes or no to an appeal."""

    answer = reasons(pgettext_lazy("cases", "Answer"), Answer.choices)
    note = note_field()


class CallBackForm(VersionedForm):
    """What the reporter said."""

    result = reasons(pgettext_lazy("cases", "What the reporter said"), CallBackResult.choices)
    reason = reasons(pgettext_lazy("cases", "If not satisfied, why"), Discontent.choices)
    note = note_field()


class LookBackForm(VersionedForm):
    """What a look after closing found."""

    result = reasons(pgettext_lazy("cases", "What was found"), LookBackResult.choices)
    photos = photos_field(pgettext_lazy("cases", "Photos"), "")
    note = note_field()


class ReopenForm(VersionedForm):
    """Why an ended case should be taken up again."""

    reason = reasons(pgettext_lazy("cases", "Why"), ReopenGround.choices)
    photos = photos_field(pgettext_lazy("cases", "Photos"), "")
    note = note_field()


class PublicReopenForm(Answered):
    """Why the resident wants an ended case taken up again."""

    reason = reasons(pgettext_lazy("cases", "What is not right"), ReopenGround.choices)
    note = text_field(pgettext_lazy("cases", "In your own words"), "", rows=3)
    photos = photos_field(pgettext_lazy("cases", "Photos"), pgettext_lazy("cases", "How it looks there now."))


class RegisterForm(Answered):
    """A report taken down for somebody else."""

    source = reasons(pgettext_lazy("cases", "Where it came from"), ())
    outside_number = text_field(
        pgettext_lazy("cases", "Its number there"), pgettext_lazy("cases", "The order number of the hotline or office.")
    )
    outside_due_at = text_field(
        pgettext_lazy("cases", "Due there"),
        pgettext_lazy("cases", "Until when the hotline or office wants an answer."),
        kind="datetime-local",
    )
    class_id = text_field(
        pgettext_lazy("cases", "What it is"),
        pgettext_lazy("cases", "A part of the name, or the code."),
        attrs={"list": "classes", "autocomplete": "off"},
    )
    quantity = text_field(pgettext_lazy("cases", "How many"), "", attrs={"inputmode": "numeric"})
    text = text_field(pgettext_lazy("cases", "What was said"), "", rows=3)
    village_query = text_field(
        pgettext_lazy("cases", "Village or community"),
        pgettext_lazy("cases", "Name or pinyin, for example the first letters."),
        attrs={"autocomplete": "off"},
    )
    village = forms.CharField(
        required=False, widget=forms.HiddenInput, label=pgettext_lazy("cases", "Village or community")
    )
    place_text = text_field(pgettext_lazy("cases", "Where exactly"), "")
    photos = photos_field(pgettext_lazy("cases", "Photos"), "")
    contact_name = text_field(pgettext_lazy("cases", "Who told it"), "")
    contact_phone = text_field(pgettext_lazy("cases", "Telephone"), "", kind="tel")
    client_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, sources: Iterable[tuple[str, str]], classes: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.classes = list(classes)
        source = self.fields["source"]
        if isinstance(source, forms.ChoiceField):
            source.choices = list(sources)
