# SPDX-License-Identifier: Apache-2.0
"""The house's own words of notices. Nothing is overwritten: every change is a version with an event."""

from datetime import datetime
from hashlib import sha256

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Actor, require
from jiayuan.kernel.commands import command
from jiayuan.kernel.errors import Stale
from jiayuan.notices import events
from jiayuan.notices.access import May
from jiayuan.notices.enums import Channel
from jiayuan.notices.intake import OwnWords
from jiayuan.notices.models import NoticeTemplate
from jiayuan.notices.queries import latest_words, whole_city
from jiayuan.record.events import Code, Digest
from jiayuan.record.log import record


@command
def write_words(
    *, kind: str, language: str, channel: Channel, words: OwnWords | None, after: int, by: Actor, at: datetime
) -> int:
    """Let these words hold from now on, or the shipped ones when there are none; the version that holds then.

    ``after`` is the version that was seen, 0 where the house had no words of its own.
    """
    require(by, May.EDIT_TEMPLATES, at=whole_city())
    latest = latest_words(kind, language, channel, is_locked=True)
    number = latest.version if latest else 0
    if number != after:
        raise Stale(
            "words_moved_on",
            pgettext_lazy("notices", "Somebody else wrote newer words meanwhile. Look at them, then write again."),
            number=number,
        )
    title, body = (words.title, words.body) if words else ("", "")
    if (title, body) == ((latest.title, latest.body) if latest else ("", "")):
        return number
    written = NoticeTemplate.objects.create(
        kind=kind, language=language, channel=channel, version=number + 1, title=title, body=body, since=at
    )
    record(
        events.NoticeTemplateSet(
            subject=written.ref,
            kind=Code(kind),
            language=Code(language),
            channel=channel,
            number=written.version,
            words_digest=Digest(sha256(f"{title}\n{body}".encode()).hexdigest()),
        ),
        by=by,
        at=at,
    )
    return written.version
