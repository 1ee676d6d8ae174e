# SPDX-License-Identifier: Apache-2.0
"""The stored codes of people. A value never changes; the words beside it may."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Language(TextChoices):
    """The language in which the city writes to an account."""

    ZH_HANS = "zh-hans", pgettext_lazy("people", "Simplified Chinese")
    ZH_HANT = "zh-hant", pgettext_lazy("people", "Traditional Chinese")
    EN = "en", pgettext_lazy("people", "English")


class Relation(TextChoices):
    """What a person is in a household."""

    HEAD = "head", pgettext_lazy("people", "Head of the household")
    MEMBER = "member", pgettext_lazy("people", "Member of the household")
