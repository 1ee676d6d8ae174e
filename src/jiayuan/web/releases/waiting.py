# SPDX-License-Identifier: Apache-2.0
"""Photos that wait for a decision, for somebody's to-do page."""

from django.urls import reverse
from django.utils.translation import npgettext, pgettext

from jiayuan.kernel.access import Actor, holds
from jiayuan.media import queries
from jiayuan.media.access import May
from jiayuan.web.clearing.waiting import Heap, Line


def waiting(actor: Actor) -> list[Heap]:
    """One line that leads to the queue, for whoever may release photos and has some waiting; one query."""
    count = queries.waiting_count(actor) if holds(actor, May.RELEASE) else 0
    if not count:
        return []
    words = count_words(count)
    said = pgettext("media", "Look at each, cover faces and number plates, then decide.")
    line = Line(reverse("releases:queue"), words, said, None)
    return [Heap("photos", pgettext("media", "Photos for the public"), [line], count)]


def count_words(count: int) -> str:
    """How many photos wait, in words."""
    return npgettext("media", "%(n)s photo waits", "%(n)s photos wait", count) % {"n": count}
