# SPDX-License-Identifier: Apache-2.0
"""Words of the house's own: placeholders that are known, a link for residents, versions, and the way back."""

import json
from pathlib import Path

import pytest
from django.core import mail
from pytest_django import Settings

from jiayuan.kernel.access import ANONYMOUS, Actor
from jiayuan.kernel.errors import NotPermitted, Problems, Stale
from jiayuan.notices import kinds as held
from jiayuan.notices.enums import Channel
from jiayuan.notices.intake import OwnWords, own_words_from
from jiayuan.notices.kinds import NoticeKind, kinds
from jiayuan.notices.models import NoticeTemplate
from jiayuan.notices.queries import looked_at, words_of
from jiayuan.notices.rules import filled
from jiayuan.notices.services import deliver_due, notify_holder, write_words
from jiayuan.record.events import Ref
from jiayuan.record.models import StoredEvent
from tests.notices.conftest import DISPATCHED, TOLD
from tests.notices.story import NOON, SYSTEM, tell

OWN = OwnWords(title="{handle} now", body="Go to {what}: {link} {handle}")


def write(words: OwnWords | None = OWN, *, after: int = 0, by: Actor = SYSTEM, channel: Channel = Channel.EMAIL) -> int:
    kind = DISPATCHED if channel is Channel.EMAIL else TOLD
    return write_words(kind=kind.code, language="en", channel=channel, words=words, after=after, by=by, at=NOON)


def refusals(kind: NoticeKind, channel: Channel, *, title: str = "A title", body: str) -> dict[str, str]:
    """What own words are refused for, by field."""
    with pytest.raises(Problems) as refused:
        own_words_from({"title": title, "body": body}, kind=kind, channel=channel)
    return {item.field: item.code for item in refused.value.refusals}


def test_a_mail_goes_out_in_the_houses_own_words_and_back_in_the_shipped_ones(li: Actor) -> None:
    assert write() == 1
    tell(li, position=1)
    deliver_due(by=SYSTEM, at=NOON)
    assert write(None, after=1) == 2
    tell(li, position=2)
    deliver_due(by=SYSTEM, at=NOON)

    own, shipped = mail.outbox
    assert own.subject == "H7 now"
    assert own.body.startswith("Go to rubbish heap: ")
    assert "/desk/cases/H7 H7" in own.body
    assert shipped.subject == "rubbish heap H7 is yours to deal with."
    assert NoticeTemplate.objects.count() == 2


def test_other_languages_keep_the_shipped_words(li: Actor) -> None:
    write()

    chinese, english = (words_of(DISPATCHED.code, language, Channel.EMAIL) for language in ("zh-hans", "en"))

    assert chinese is not None
    assert english is not None
    assert (chinese.is_own, english.is_own) == (False, True)
    assert chinese.body == "{what} {handle} is yours to deal with.\n\n{link}"


def test_a_text_message_goes_out_in_the_houses_own_words(
    db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TEXT_MESSAGES_FILE = str(tmp_path / "sent.jsonl")
    monkeypatch.setitem(held._addresses, "contact", lambda _: "13800000000")
    write(OwnWords(title="", body="Report {handle}: {link}"), channel=Channel.SMS)
    notify_holder(
        holder="contact",
        holder_id=1,
        language="en",
        kind=TOLD.code,
        subject=Ref("case", 7),
        position=1,
        params={"handle": "H7"},
        by=SYSTEM,
        at=NOON,
    )

    assert deliver_due(by=SYSTEM, at=NOON) == 1
    sent = json.loads((tmp_path / "sent.jsonl").read_text(encoding="utf-8"))
    assert sent["text"] == f"Report H7: {settings.SITE_URL}/r/H7/"


@pytest.mark.parametrize(
    ("kind", "channel", "title", "body", "wrong"),
    [
        (DISPATCHED, Channel.EMAIL, "Hello {name}", "Go", {"title": "unknown_placeholder"}),
        (DISPATCHED, Channel.EMAIL, "", "{phone}", {"title": "empty", "body": "unknown_placeholder"}),
        (DISPATCHED, Channel.EMAIL, "Go", "", {"body": "empty"}),
        (DISPATCHED, Channel.EMAIL, "Go", "{what.__class__} {link}", {"body": "unknown_placeholder"}),
        (TOLD, Channel.EMAIL, "Go", "Your report {handle}", {"body": "link_missing"}),
        (TOLD, Channel.SMS, "", "Your report {handle}", {"body": "link_missing"}),
        (TOLD, Channel.SMS, "", "字" * 210 + "{link}", {"body": "text_message_too_long"}),
    ],
)
def test_words_that_would_not_read_well_are_refused_beside_their_field(
    kind: NoticeKind, channel: Channel, title: str, body: str, wrong: dict[str, str]
) -> None:
    assert refusals(kind, channel, title=title, body=body) == wrong


def test_words_are_text_and_never_a_program() -> None:
    body = "{% load x %} {{ what }} %(what)s {link}"

    words = own_words_from({"title": "Go", "body": "%(what)s {link}"}, kind=DISPATCHED, channel=Channel.EMAIL)

    assert refusals(DISPATCHED, Channel.EMAIL, body=body) == {"body": "unknown_placeholder"}
    assert words.body == "%(what)s {link}"
    assert filled("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


def test_words_are_looked_at_with_an_invented_notice() -> None:
    found = looked_at(OWN, code=DISPATCHED.code, language="en")

    assert found.title == "H0 now"
    assert found.body.startswith("Go to rubbish heap: ")


def test_whoever_was_slower_is_told(db: None) -> None:
    write()

    with pytest.raises(Stale, match="words_moved_on"):
        write(OwnWords(title="Later", body="Later"))


def test_writing_the_same_again_changes_nothing(db: None) -> None:
    assert [write(), write(after=1)] == [1, 1]
    assert write(None, after=0, channel=Channel.SMS) == 0


def test_nobody_without_the_permission_writes(db: None) -> None:
    with pytest.raises(NotPermitted):
        write(by=ANONYMOUS)


def test_the_record_says_what_was_written_and_not_in_which_words(db: None) -> None:
    write()

    payload = StoredEvent.objects.get(kind="notices.template_set").payload
    assert "cases.dispatched" in payload
    assert "Go to" not in payload


def test_the_kinds_of_the_tests_have_a_sample_for_every_placeholder() -> None:
    assert [kind.code for kind in kinds() if kind.sample and "…" in kind.sample_values.values()] == []
