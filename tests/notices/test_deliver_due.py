# SPDX-License-Identifier: Apache-2.0
"""Sending mail: by day, with retries, at least once and recognisable when it comes twice."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as LocalBackend
from django.core.mail.message import EmailMessage
from pytest_django import Settings
from typing_extensions import override

from jiayuan.kernel.access import Actor
from jiayuan.kernel.commands import unit_of_work
from jiayuan.notices.enums import Channel, DeliveryState, Pace
from jiayuan.notices.kinds import hold_kinds
from jiayuan.notices.models import Delivery
from jiayuan.notices.services import deliver_due, mark_read, prefer
from jiayuan.people.models import Account
from tests.notices.conftest import DISPATCHED
from tests.notices.story import MORNING, NIGHT, NOON, SYSTEM, tell


class DownServer(BaseEmailBackend):
    """A mail server that hangs up."""

    @override
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hang up."""
        raise SMTPServerDisconnected


class LastServer(LocalBackend):
    """A mail server that takes the mail, whereupon the worker is killed before it can say so."""

    @override
    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Take the mail and die."""
        super().send_messages(messages)
        raise KeyboardInterrupt


Switch = Callable[[type[BaseEmailBackend]], None]


@pytest.fixture
def use(settings: Settings) -> Switch:
    """A switch between mail servers."""

    def switch(server: type[BaseEmailBackend]) -> None:
        settings.EMAIL_BACKEND = f"{server.__module__}.{server.__qualname__}"

    return switch


def sweep(at: datetime) -> int:
    return deliver_due(by=SYSTEM, at=at)


def email() -> Delivery:
    return Delivery.objects.get(channel=Channel.EMAIL)


def test_a_due_mail_is_sent_once_in_the_readers_language_with_a_link(li: Actor, settings: Settings) -> None:
    settings.SITE_URL = "https://home.example.org"
    tell(li)

    assert (sweep(NOON), sweep(NOON)) == (1, 0)

    (sent,) = mail.outbox
    assert sent.to == ["li@example.org"]
    assert sent.subject == "rubbish heap H7 is yours to deal with."
    assert "https://home.example.org/desk/cases/H7" in sent.body
    assert (email().state, email().attempts, email().sent_at) == (DeliveryState.SENT, 1, NOON)


def test_nothing_goes_out_before_it_is_due(li: Actor) -> None:
    tell(li, at=NIGHT)

    assert sweep(MORNING - timedelta(seconds=1)) == 0
    assert sweep(MORNING) == 1


def test_what_was_planned_for_the_evening_but_comes_late_waits_for_morning(li: Actor) -> None:
    tell(li, at=NIGHT - timedelta(hours=2))

    assert sweep(NIGHT) == 0
    assert (email().attempts, email().next_try_at) == (0, MORNING)
    assert sweep(MORNING) == 1


def test_an_emergency_goes_out_at_night(li: Actor) -> None:
    tell(li, kind="cases.flood", at=NIGHT)

    assert sweep(NIGHT) == 1


def test_a_server_that_hangs_up_is_tried_again_later(li: Actor, use: Switch) -> None:
    tell(li)
    use(DownServer)

    assert sweep(NOON) == 0
    assert (email().state, email().attempts, email().outcome) == (DeliveryState.WAITING, 1, "SMTPServerDisconnected")

    use(LocalBackend)
    assert sweep(NOON + timedelta(minutes=1)) == 0
    assert sweep(NOON + timedelta(minutes=2)) == 1
    assert email().state == DeliveryState.SENT


def test_after_six_failures_the_mail_is_given_up(li: Actor, use: Switch) -> None:
    tell(li)
    use(DownServer)
    at = NOON

    for _ in range(6):
        sweep(at)
        at = email().next_try_at or at

    assert (email().state, email().attempts, email().next_try_at) == (DeliveryState.GIVEN_UP, 6, None)
    assert sweep(at + timedelta(days=9)) == 0


def test_a_worker_that_dies_after_sending_sends_again_under_the_same_key(li: Actor, use: Switch) -> None:
    tell(li)
    use(LastServer)

    with pytest.raises(KeyboardInterrupt):
        sweep(NOON)
    use(LocalBackend)
    assert sweep(NOON + timedelta(minutes=1)) == 0
    assert sweep(NOON + timedelta(minutes=2)) == 1

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert email().attempts == 2


def test_a_mail_that_kills_every_worker_is_given_up(li: Actor, use: Switch) -> None:
    tell(li)
    use(LastServer)

    for day in range(6):
        with pytest.raises(KeyboardInterrupt):
            sweep(NOON + timedelta(days=day))

    assert sweep(NOON + timedelta(days=7)) == 0
    assert (email().state, email().outcome) == (DeliveryState.GIVEN_UP, "worker_lost")


def test_a_notice_that_was_read_meanwhile_needs_no_mail(li: Actor) -> None:
    tell(li, at=NIGHT)
    mark_read(by=li, at=NIGHT)

    assert sweep(MORNING) == 0
    assert (email().state, email().outcome) == (DeliveryState.DROPPED, "read")


def test_without_an_address_or_an_active_account_nothing_is_tried(li: Actor, wang: Actor) -> None:
    tell(wang)
    tell(li)
    Account.objects.filter(username="li").update(is_active=False)

    assert sweep(NOON) == 0

    assert list(Delivery.objects.filter(channel="email").values_list("outcome", flat=True)) == ["no_address"] * 2


def test_who_switched_mail_off_gets_none(li: Actor) -> None:
    prefer(pace=Pace.INBOX, by=li, at=NOON)
    tell(li)

    assert sweep(NOON) == 0
    assert email().outcome == "not_wanted"


def test_a_notice_whose_words_cannot_be_made_does_not_stop_the_others(li: Actor, wang: Actor) -> None:
    tell(li, kind="cases.flood", position=1)
    tell(li, position=2)

    hold_kinds([DISPATCHED])

    assert sweep(NOON) == 1
    assert set(Delivery.objects.filter(channel="email").values_list("state", "outcome")) == {
        ("waiting", "KeyError"),
        ("sent", "accepted"),
    }


def test_sending_inside_a_command_is_a_fault_of_the_code(li: Actor) -> None:
    with unit_of_work(), pytest.raises(RuntimeError, match="mail server"):
        sweep(NOON)
