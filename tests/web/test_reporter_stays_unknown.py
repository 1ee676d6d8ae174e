# SPDX-License-Identifier: Apache-2.0
"""Nothing that the handling unit is shown names the reporter or the checker: no page, export, notice, mail or event."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.http.response import HttpResponseBase
from django.test import Client

from jiayuan.cases.enums import State, V
from jiayuan.cases.services import CaseId, redraw_checker
from jiayuan.notices.queries import inbox
from jiayuan.notices.services import deliver_due
from jiayuan.people.models import Account
from jiayuan.record import readers
from jiayuan.record.models import StoredEvent
from tests.cast import BUREAU, MORNING, STREET_OFFICE, SYSTEM, Cast
from tests.factories.cases import QUARTER, case, move, report, unit_id
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


HANDLING = ("street_office", "unit_lead", "bureau")
CHECKER = ("张清明", "核查员张")
TABLE = Path(__file__).parents[1] / "house" / "permission_table.csv"
MASKED = ("柳*", "柳＊", "柳某", "139****", "139 ****", "4321", "李*", "李＊")
NO_CASE = "00000000000"


def bodies_of(answer: HttpResponseBase) -> str:
    """Everything that an answer carries, the parts of a packed table too."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"".join(packed.read(name) for name in packed.namelist())
    return data.decode("utf-8", "replace")


def routes_of(handles: Iterable[str]) -> set[str]:
    """Every address of the table of permissions; where it asks for a case, one for each case that there is."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        paths = {row["path"] for row in csv.DictReader(file) if "{" not in row["path"]}
    filled = {path.replace(NO_CASE, handle) for path in paths for handle in (NO_CASE, *handles)}
    return {path for path in filled if not path.startswith(("/account/", "/language/", "/parts/"))}


def everything_shown_to(browser: Client, handles: Iterable[str]) -> dict[str, str]:
    """Every page of the site as somebody gets it, and every page that one of these leads to."""
    shown: dict[str, str] = {}
    waiting = routes_of(handles)
    for _ in range(3):
        for address in sorted(waiting - set(shown)):
            shown[address] = bodies_of(browser.get(address))
        said = "".join(shown.values())
        leading = re.findall(r'(?:href|src|action|data-url)="(/(?:desk|media|r|api)[^"#]*)"', said)
        waiting = {found.replace("&amp;", "&") for found in leading}
    return shown


@pytest.mark.parametrize("part", HANDLING)
def test_no_route_that_answers_the_handling_side_names_reporter_or_checker(cast: Cast, part: str) -> None:
    by = {V.CLOSE: cast["checker"].actor, V.SEND_BACK: cast["checker"].actor}
    unit = BUREAU if part == "bureau" else STREET_OFFICE
    past = MORNING - 40 * QUARTER
    cases = [
        case(state, by=by, unit=unit, at=past, contact_name=NAME, contact_phone=PHONE, text="路口一大堆")
        for state in (State.HANDLING, State.FED_BACK, State.REWORK, State.CLOSED)
    ]
    told = report(by=cast["resident"].actor, at=past, contact_name=NAME, contact_phone=PHONE)
    for verb in (V.FILE, V.DISPATCH, V.SIGN, V.FEED_BACK):
        more: dict[str, Any] = {"unit_id": unit_id(unit)} if verb is V.DISPATCH else {}
        told = move(told, verb, at=past, **more)
    readers.relay(LATER)

    shown = everything_shown_to(cast[part].client(), [found.handle for found in (*cases, told)])

    own = [address for address in shown if re.fullmatch(r"/desk/cases/[^/]{11}/", address) and "路口" in shown[address]]
    assert len(own) >= 4
    leaks = {(address, secret) for address, said in shown.items() for secret in (*SECRETS, *CHECKER) if secret in said}
    leaks |= {(address, mask) for address in own for mask in MASKED if mask in shown[address]}
    assert not leaks


def test_the_handling_side_does_not_learn_that_a_checker_was_drawn(cast: Cast) -> None:
    found = case(State.FED_BACK)
    before = cast["street_office"].client().get(f"/desk/cases/{found.handle}/").content.decode()
    redraw_checker(case_id=CaseId(found.pk), note="他本周请假", by=cast["duty_chief"].actor, at=LATER)
    readers.relay(LATER)

    after = cast["street_office"].client().get(f"/desk/cases/{found.handle}/").content.decode()

    assert course_of(after) == course_of(before)
    assert "他本周请假" not in after
    assert not [notice for notice in inbox(cast["street_office"].actor).notices if "核查" in notice.text]


def course_of(page: str) -> str:
    found = re.search(r'<ol class="j-timeline">.*?</ol>', page, re.DOTALL)
    assert found is not None
    return found[0]


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
