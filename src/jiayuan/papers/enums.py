# SPDX-License-Identifier: Apache-2.0
"""Stored codes of the room; they never change, what they are called may."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Form(TextChoices):
    """How a paper is laid out."""

    OFFICIAL = "official", pgettext_lazy("papers", "Official document")
    NOTE = "note", pgettext_lazy("papers", "Briefing note")
    MINUTES = "minutes", pgettext_lazy("papers", "Minutes")
    LETTER = "letter", pgettext_lazy("papers", "Letter")


class Standing(TextChoices):
    """Whether a paper holds. It keeps its number whatever becomes of it."""

    VALID = "valid", pgettext_lazy("papers", "Valid")
    CORRECTED = "corrected", pgettext_lazy("papers", "Corrected by a later paper")
    VOID = "void", pgettext_lazy("papers", "Void")


class VoidReason(TextChoices):
    """Why a paper was made void."""

    MISTAKE = "mistake", pgettext_lazy("papers", "Issued by mistake")
    WRONG = "wrong", pgettext_lazy("papers", "What it says is wrong")
    SETTLED = "settled", pgettext_lazy("papers", "The matter is settled")
    TEST = "test", pgettext_lazy("papers", "A trial")


class Format(TextChoices):
    """The files that are made of a paper."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
