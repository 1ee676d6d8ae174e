# SPDX-License-Identifier: Apache-2.0
"""Reporters and followers hear how far their case is, each by their own receipt; units hear of deadlines, once each."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jiayuan.cases import queries, services
from jiayuan.cases.enums import State, V
from jiayuan.cases.models import Contact, Reminder
from jiayuan.cases.services import CaseId
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.notices.models import Delivery, Notice
from jiayuan.notices.services import deliver_due
from jiayuan.record import readers
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.calendar import ends_after
from tests.factories.cases import QUARTER, case, move, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


@pytest.fixture
def outbox(settings: Any, tmp_path: Path) -> Path:
    """The file into which text messages go."""
    settings.TEXT_MESSAGES_FILE = str(tmp_path / "messages.jsonl")
    return tmp_path / "messages.jsonl"


def sent(outbox: Path) -> list[dict[str, str]]:
    readers.relay(MORNING + timedelta(hours=4))
    deliver_due(by=SYSTEM, at=MORNING + timedelta(hours=4))
    return [json.loads(line) for line in outbox.read_text().splitlines()] if outbox.exists() else []


def told(who: str, cast: Cast) -> list[str]:
    readers.relay(MORNING + timedelta(hours=4))
    kinds = Notice.objects.filter(account=cast[who].account, kind__startswith="told.").order_by("id")
    return list(kinds.values_list("kind", flat=True))


def test_reporter_and_follower_are_told_by_their_own_receipts(cast: Cast, outbox: Path) -> None:
    found = report(by=cast["resident"].actor, contact_phone="13800000000", language="zh-hant")
    follower = services.join(
        case_id=CaseId(found.pk), device="d", phone="13900000000", language="en", by=ANONYMOUS, at=MORNING
    )

    move(found, V.FILE, at=MORNING + QUARTER)

    messages = sent(outbox)
    assert told("resident", cast) == ["told.cases.filed"]
    assert {message["phone"]: message["text"].split("/r/")[1] for message in messages} == {
        "13800000000": f"{found.handle}/",
        "13900000000": f"{follower.handle}/",
    }
    assert "was taken on" in next(message["text"] for message in messages if message["phone"] == "13900000000")


def test_a_text_message_holds_stage_and_receipt_and_nothing_about_anybody(outbox: Path) -> None:
    found = report(text="桥头路口", place_text="李家门口", contact_name="李春花", contact_phone="13800000000")
    move(found, V.FILE, at=MORNING + QUARTER)

    [message] = sent(outbox)

    assert not any(word in message["text"] for word in ("李", "桥头", "13800000000"))


def test_an_erased_number_is_not_written_to(outbox: Path) -> None:
    found = report(contact_phone="13800000000")
    move(found, V.FILE, at=MORNING + QUARTER)
    readers.relay(MORNING + timedelta(hours=4))
    Contact.objects.all().delete()

    assert sent(outbox) == []
    assert list(Delivery.objects.filter(channel="sms").values_list("state", "outcome")) == [("dropped", "no_address")]


def test_without_a_carrier_no_message_counts_as_sent() -> None:
    found = report(contact_phone="13800000000")
    move(found, V.FILE, at=MORNING + QUARTER)
    readers.relay(MORNING + timedelta(hours=4))

    deliver_due(by=SYSTEM, at=MORNING + timedelta(hours=4))

    assert list(Delivery.objects.filter(channel="sms").values_list("state", "outcome")) == [("dropped", "no_carrier")]


def test_after_a_merger_both_reporters_hear_of_the_leading_case(cast: Cast) -> None:
    leading = report(by=cast["resident"].actor)
    duplicate = report(by=cast["volunteer"].actor)
    services.merge(case_id=CaseId(duplicate.pk), into_id=CaseId(leading.pk), by=SYSTEM, at=MORNING + QUARTER)

    move(leading, V.FILE, at=MORNING + 2 * QUARTER)

    assert told("volunteer", cast) == ["told.cases.merged", "told.cases.filed"]
    assert told("resident", cast) == ["told.cases.filed"]


def test_a_unit_is_reminded_once_before_and_once_after_each_deadline(cast: Cast) -> None:
    found = case(State.HANDLING)
    assert found.due_at is not None
    shortly_before, after = found.due_at - timedelta(hours=1), found.due_at + timedelta(minutes=1)

    early = services.remind_due(by=SYSTEM, at=MORNING + 4 * QUARTER) if found.due_at - MORNING > QUARTER * 40 else 0
    counts = [services.remind_due(by=SYSTEM, at=at) for at in (shortly_before, shortly_before, after, after)]

    assert early == 0
    assert counts == [1, 0, 1, 0]
    kinds = Notice.objects.filter(account=cast["street_office"].account, kind__startswith="cases.due")
    assert list(kinds.order_by("id").values_list("kind", flat=True)) == ["cases.due_soon", "cases.due_overdue"]
    assert Reminder.objects.count() == 2
    assert not Notice.objects.filter(account=cast["acceptor"].account, kind__startswith="cases.due").exists()


def test_an_urgent_case_reminds_at_night_too(cast: Cast) -> None:
    found = move(case(State.HANDLING), V.URGE, at=MORNING + 6 * QUARTER)
    assert found.due_at is not None

    services.remind_due(by=SYSTEM, at=found.due_at + timedelta(minutes=1))

    [notice] = Notice.objects.filter(account=cast["unit_lead"].account, kind__startswith="cases.due")
    assert notice.kind == "cases.due_overdue_urgent"


def test_a_listener_carries_no_number() -> None:
    found = report(contact_phone="13800000000")

    assert "13800000000" not in repr(queries.listeners_of(found.pk))


def test_what_has_passed_is_reminded_of_on_the_last_day_of_the_calendar_too(cast: Cast) -> None:
    found = case(State.HANDLING)
    assert found.due_at is not None
    ends_after(found.due_at.date())

    counts = [services.remind_due(by=SYSTEM, at=found.due_at + timedelta(minutes=1)) for _ in range(2)]

    assert counts == [1, 0]
