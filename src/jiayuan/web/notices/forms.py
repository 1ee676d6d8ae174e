# SPDX-License-Identifier: Apache-2.0
"""The forms about messages; what is right is decided in the room."""

from django import forms
from django.utils.translation import pgettext_lazy

from jiayuan.notices.enums import Channel, Pace
from jiayuan.web.cases.forms import Answered, reasons, text_field


class PaceForm(Answered):
    """How e-mail reaches me."""

    pace = reasons(pgettext_lazy("notices", "E-mail"), Pace.choices)


class TextForm(Answered):
    """The words of a text message; ``number`` is the version that the page showed."""

    body = text_field(pgettext_lazy("notices", "Text"), "", rows=8)
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MailForm(TextForm):
    """The words of an e-mail."""

    title = text_field(pgettext_lazy("notices", "Subject line"), "")
    field_order = ("title", "body", "number")


FORMS: dict[Channel, type[TextForm]] = {Channel.EMAIL: MailForm, Channel.SMS: TextForm}
