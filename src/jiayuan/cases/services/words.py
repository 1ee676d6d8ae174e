# SPDX-License-Identifier: Apache-2.0
"""Keeping the words by which reports are found. They lie beside their text and go with it."""

from collections.abc import Iterable
from datetime import datetime

from jiayuan.cases.enums import TextKind
from jiayuan.cases.models import SearchWords, Text
from jiayuan.cases.rules.sameness import words_of
from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import command

SEARCHED = (TextKind.REPORT, TextKind.PLACE)


def keep_search_words(texts: Iterable[Text]) -> None:
    """Let these texts be found; part of the command that wrote them."""
    SearchWords.objects.bulk_create(
        [SearchWords(text=text, words=words_of(text.body)) for text in texts if text.kind in SEARCHED],
        ignore_conflicts=True,
    )


@command
def index_texts(*, by: Actor, at: datetime, limit: int = 2000) -> int:
    """Let texts be found that a loader wrote without their words, the newest first; how many were done."""
    missing = Text.objects.filter(kind__in=SEARCHED, search_words__isnull=True).order_by("-pk")
    found = list(missing[:limit])
    keep_search_words(found)
    return len(found)
