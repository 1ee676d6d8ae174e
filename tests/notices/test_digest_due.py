# SPDX-License-Identifier: Apache-2.0
"""The digest by choice: one e-mail on working days from 8, with what is new, and never a second one."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from jiayuan.kernel.access import ANONYMOUS, Actor
from jiayuan.kernel.errors import Refused
from jiayuan.notices.enums import Channel, DeliveryState, Pace
from jiayuan.notices.models import Delivery
from jiayuan.notices.queries import bearer_of, inbox, pace_of, token_of
from jiayuan.notices.rules import digest_opens
from jiayuan.notices.services import deliver_due, digest_due, mark_read, prefer, stop_mail
from jiayuan.people.models import Account
from jiayuan.standards import kept
from tests.notices.story import SYSTEM, ZONE, tell
from tests.standards.calendars import office_calendar


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of January 2025. The 26th is a make-up Sunday, from the 28th on is the Spring Festival."""
    return datetime(2025, 1, day, hour, minute, tzinfo=ZONE)


THURSDAY_NOON, FRIDAY_EIGHT = at(9, 12), at(10, 8)


@pytest.fixture(autouse=True)
def _calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "calendar", office_calendar)


@pytest.fixture
def daily(li: Actor) -> Actor:
    """A reader who chose the digest."""
    prefer(pace=Pace.DAILY, by=li, at=at(8, 9))
    return li


def sweep(moment: datetime) -> int:
    """What the worker does each minute; how many mails went out."""
    digest_due(by=SYSTEM, at=moment)
    return deliver_due(by=SYSTEM, at=moment)


def test_what_is_new_comes_in_one_mail_the_next_working_day_at_eight(daily: Actor) -> None:
    tell(daily, position=1, number=1, at=THURSDAY_NOON)
    tell(daily, position=2, number=2, at=THURSDAY_NOON + timedelta(hours=9))

    assert [sweep(THURSDAY_NOON), sweep(at(10, 7, 59)), sweep(FRIDAY_EIGHT)] == [0, 0, 1]

    (sent,) = mail.outbox
    assert sent.subject == "New messages: 2"
    assert "… … is yours to deal with. (2)" in sent.body
    assert sent.body.index("/desk/cases/H2") < sent.body.index("/desk/cases/H1")


def test_a_day_has_one_digest_however_often_the_sweep_runs(daily: Actor) -> None:
    tell(daily, at=THURSDAY_NOON)

    assert [digest_due(by=SYSTEM, at=FRIDAY_EIGHT), digest_due(by=SYSTEM, at=FRIDAY_EIGHT)] == [1, 0]
    sweep(FRIDAY_EIGHT)
    tell(daily, position=2, number=2, at=at(10, 8, 30))

    assert [sweep(at(10, 9)), sweep(at(11, 9)), sweep(at(12, 9)), sweep(at(13, 8))] == [0, 0, 0, 1]
    assert list(Delivery.objects.filter(channel=Channel.DIGEST).order_by("pk").values_list("key", flat=True)) == [
        f"digest-{daily.account_id}-2025-01-10",
        f"digest-{daily.account_id}-2025-01-13",
    ]
    assert "H7" not in mail.outbox[1].body


def test_a_make_up_sunday_has_a_digest_and_a_holiday_has_none(daily: Actor) -> None:
    tell(daily, position=1, at=at(25, 12))
    tell(daily, position=2, at=at(28, 12))

    assert [sweep(at(25, 13)), sweep(at(26, 8))] == [0, 1]
    assert [sweep(at(29, 9)), sweep(at(30, 9)), sweep(at(31, 9))] == [0, 0, 0]


def test_beyond_the_calendar_a_week_has_five_working_days(daily: Actor) -> None:
    tell(daily, at=datetime(2050, 1, 6, 12, tzinfo=ZONE))

    friday, saturday = datetime(2050, 1, 7, 8, tzinfo=ZONE), datetime(2050, 1, 8, 8, tzinfo=ZONE)
    assert digest_due(by=SYSTEM, at=saturday) == 0
    assert digest_due(by=SYSTEM, at=friday) == 1


def test_nothing_new_makes_no_mail(daily: Actor) -> None:
    tell(daily, at=THURSDAY_NOON)
    mark_read(by=daily, at=THURSDAY_NOON)

    assert sweep(FRIDAY_EIGHT) == 0
    assert not Delivery.objects.filter(channel=Channel.DIGEST).exists()


def test_what_is_read_after_gathering_is_left_out_and_an_empty_digest_is_dropped(daily: Actor) -> None:
    tell(daily, at=THURSDAY_NOON)
    digest_due(by=SYSTEM, at=FRIDAY_EIGHT)
    mark_read(by=daily, at=FRIDAY_EIGHT)

    assert deliver_due(by=SYSTEM, at=FRIDAY_EIGHT) == 0
    digest = Delivery.objects.get(channel=Channel.DIGEST)
    assert (digest.state, digest.outcome) == (DeliveryState.DROPPED, "read")


def test_an_emergency_does_not_wait_for_the_digest(daily: Actor) -> None:
    tell(daily, kind="cases.flood", at=THURSDAY_NOON)

    assert sweep(THURSDAY_NOON) == 1


def test_only_those_who_chose_it_get_a_digest(daily: Actor) -> None:
    other = Actor(account_id=Account.objects.create(username="zhao", email="zhao@example.org").pk)
    tell(daily, at=THURSDAY_NOON)
    tell(other, at=THURSDAY_NOON)

    assert sweep(THURSDAY_NOON) == 1
    assert sweep(FRIDAY_EIGHT) == 1
    assert [sent.to for sent in mail.outbox] == [["zhao@example.org"], ["li@example.org"]]


@pytest.mark.parametrize(("pace", "mails"), [(Pace.AT_ONCE, 1), (Pace.INBOX, 0)])
def test_what_waits_follows_a_new_choice(daily: Actor, pace: Pace, mails: int) -> None:
    tell(daily, at=THURSDAY_NOON)

    prefer(pace=pace, by=daily, at=THURSDAY_NOON)

    assert sweep(THURSDAY_NOON) == mails
    assert sweep(FRIDAY_EIGHT) == 0


def test_choosing_the_digest_holds_back_what_has_not_gone_out_yet(li: Actor) -> None:
    tell(li, at=at(9, 23))

    prefer(pace=Pace.DAILY, by=li, at=at(9, 23))

    assert [sweep(at(10, 7)), sweep(FRIDAY_EIGHT)] == [0, 1]


def test_every_mail_leads_to_its_end_and_that_needs_no_password(li: Actor) -> None:
    tell(li, at=THURSDAY_NOON)
    sweep(THURSDAY_NOON)
    assert li.account_id is not None
    token = token_of(li.account_id)
    assert f"/notices/stop/{token}/" in mail.outbox[0].body

    stop_mail(token=token, by=ANONYMOUS, at=THURSDAY_NOON)
    tell(li, kind="cases.flood", position=2, at=THURSDAY_NOON)

    assert pace_of(li) is Pace.INBOX
    assert sweep(THURSDAY_NOON) == 0
    assert len(inbox(li).notices) == 2


@pytest.mark.parametrize(("line", "heads"), [("https", 2), ("http", 1)])
def test_the_head_for_one_press_is_there_where_the_line_is_safe(
    settings: Settings, li: Actor, line: str, heads: int
) -> None:
    settings.SITE_URL = f"{line}://home.example"
    tell(li, at=THURSDAY_NOON)
    sweep(THURSDAY_NOON)

    said = mail.outbox[0].extra_headers

    assert said["List-Unsubscribe"].startswith(f"<{line}://home.example/notices/stop/")
    assert sum(name.startswith("List-Unsubscribe") for name in said) == heads
    assert said.get("List-Unsubscribe-Post", "List-Unsubscribe=One-Click") == "List-Unsubscribe=One-Click"


def test_a_made_up_token_ends_nothing(li: Actor) -> None:
    with pytest.raises(Refused, match="no_such_way_out"):
        stop_mail(token=f"{li.account_id}:guessed", by=ANONYMOUS, at=THURSDAY_NOON)

    assert bearer_of("") is None
    assert pace_of(li) is Pace.AT_ONCE


@pytest.mark.parametrize(("hour", "is_open"), [(7, False), (8, True), (21, True), (22, False)])
def test_a_digest_goes_out_by_day_from_eight(hour: int, is_open: bool) -> None:
    assert digest_opens(at(10, hour, 15)) == (at(10, 8) if is_open else None)
