# SPDX-License-Identifier: Apache-2.0
"""What a checker may answer."""

from django.utils.translation import pgettext_lazy

from jiayuan.cases.enums import DeclineReason, Shortfall
from jiayuan.web.cases.forms import VersionedForm, note_field, reasons, text_field


class BackForm(VersionedForm):
    """Why the check failed."""

    reason = reasons(pgettext_lazy("cases", "What is missing"), Shortfall.choices)
    note = note_field()


class DeclineForm(VersionedForm):
    """Why somebody who was drawn does not check."""

    reason = reasons(pgettext_lazy("cases", "Reason"), DeclineReason.choices)
    note = note_field()


class RedrawForm(VersionedForm):
    """Why another checker is to be drawn."""

    note = text_field(
        pgettext_lazy("cases", "Why another one is to be drawn"),
        pgettext_lazy("cases", "It stays on record. Who was drawn is not shown, neither now nor afterwards."),
        rows=2,
    )
