# SPDX-License-Identifier: Apache-2.0
"""Nothing that the handling unit is shown names the reporter: no page, no notice, no mail, no event."""

import re

import pytest
from django.core import mail
from django.test import Client

from jiayuan.cases.enums import State, V
from jiayuan.notices.services import deliver_due
from jiayuan.people.models import Account
from jiayuan.record import readers
from jiayuan.record.models import StoredEvent
from tests.cast import MORNING, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move, report
from tests.web.stories import cast, ground, small_town

__all__ = ["cast", "ground", "small_town"]

pytestmark = pytest.mark.django_db
LATER = MORNING + 12 * QUARTER
NAME, PHONE = "柳知秋", "13987654321"
SECRETS = (NAME, PHONE, PHONE[:3] + " " + PHONE[3:7], "李春花", "居民李")
DESK = ("/desk/", "/desk/cases/", "/desk/cases/?state=all", "/desk/inbox/")


def links_of(browser: Client) -> set[str]:
    """Every page of the desk that somebody can click to from the first ones."""
    pages = set(DESK)
    for page in DESK:
        pages |= set(re.findall(r'href="(/desk/[^"#]*)"', browser.get(page).content.decode()))
    return {page.replace("&amp;", "&") for page in pages}


@pytest.mark.parametrize("part", ["street_office", "unit_lead", "checker", "dispatcher", "grid_worker", "town_leader"])
def test_no_page_that_they_can_reach_names_the_reporter(cast: Cast, part: str) -> None:
    for state in (State.VERIFYING, State.FILED, State.DISPATCHED, State.HANDLING, State.FED_BACK, State.REWORK):
        case(state, contact_name=NAME, contact_phone=PHONE)
    told = report(by=cast["resident"].actor, contact_name=NAME, contact_phone=PHONE)
    for verb in (V.FILE, V.DISPATCH, V.SIGN):
        told = move(told, verb, at=LATER)
    readers.relay(LATER)
    browser = cast[part].client()

    pages = links_of(browser)

    assert sum(page.startswith("/desk/cases/") and "?" not in page for page in pages) >= 2
    for page in sorted(pages):
        said = browser.get(page).content.decode()
        assert not [secret for secret in SECRETS if secret in said], page


def test_the_acceptor_can_reach_the_reporter(cast: Cast) -> None:
    found = case(State.HANDLING, contact_name=NAME, contact_phone=PHONE)

    said = cast["acceptor"].client().get(f"/desk/cases/{found.handle}/").content.decode()

    assert NAME in said
    assert "1398765" in re.sub(r"\s", "", said)


def test_a_visitor_with_the_receipt_reads_no_name_and_no_word(cast: Cast) -> None:
    found = case(State.HANDLING, contact_name=NAME, contact_phone=PHONE, text="柳家的院子外面")

    said = Client().get(f"/r/{found.handle}/").content.decode()

    assert found.handle in said
    assert not [secret for secret in (*SECRETS, "柳家", "桥头街道办事处", "何大暑") if secret in said]


def test_no_mail_and_no_event_names_the_reporter(cast: Cast) -> None:
    Account.objects.filter(pk=cast["street_office"].account.pk).update(email="handler@example.org")
    case(State.REWORK, contact_name=NAME, contact_phone=PHONE, text=f"找{NAME}，{PHONE}")
    readers.relay(LATER)
    deliver_due(by=SYSTEM, at=LATER)

    assert any(letter.to == ["handler@example.org"] for letter in mail.outbox)
    told = [letter.subject + str(letter.body) for letter in mail.outbox]
    told += StoredEvent.objects.values_list("payload", flat=True)
    assert not [text for text in told if any(secret in text for secret in SECRETS)]
