# SPDX-License-Identifier: Apache-2.0
"""How many queries the busiest doors may ask: a list costs the same for five rows as for fifty.

A page is allowed three more for its shell: the session, the account with its posts, the unread messages. What pages
keep in process (divisions, schemes, roles) is asked once before, as in a server that has been running for a while.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiayuan.cases.enums import RowFlaw, Source, State, V
from jiayuan.cases.intake import ReportInput
from jiayuan.cases.models import Case
from jiayuan.cases.services import CaseId, dispatch, file, report, sign
from jiayuan.kernel.access import ANONYMOUS
from jiayuan.media.illustrations import Scene, Setting, Stage, illustration
from jiayuan.media.services import receive
from jiayuan.places import queries as places
from jiayuan.record import readers
from jiayuan.standards import queries as standards
from tests.cast import COMMUNITY, MORNING, STREET_OFFICE, SYSTEM, Cast
from tests.factories.cases import case, move
from tests.factories.clearing import decide, draw, handed_in

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[CaptureQueriesContext]]
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
SHELL = 3
READERS = ("acceptor", "dispatcher", "duty_chief", "checker", "mayor", "street_office")


def told(number: int, **more: Any) -> ReportInput:
    """A resident's report at home."""
    values = {"client_id": UUID(int=number), "source": Source.PUBLIC, "village": COMMUNITY, "tile": "rubbish", **more}
    return ReportInput(**values)


def photo(number: int) -> UUID:
    data = illustration(Scene.RUBBISH, Setting.STREET, Stage.BEFORE, seed=number)
    return receive(data=data, declared_name="photo.jpg", by=ANONYMOUS, at=MORNING).handle


def asked_by(browser: Client, url: str) -> list[str]:
    """The queries of a page, as it is asked for the second time by somebody whose session is young."""
    assert browser.get(url).status_code == 200
    with CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as captured:
        assert browser.get(url).status_code == 200
    return [query["sql"] for query in captured if not query["sql"].lstrip().upper().startswith(CONTROL)]


@pytest.mark.usefixtures("ground")
def test_a_report_with_a_photo_a_text_and_a_contact_asks_ten_times_at_most(queries_at_most: Budget) -> None:
    report(given=told(1), by=ANONYMOUS, at=MORNING)
    given = told(2, text="路口有一堆垃圾", photos=(photo(2),), contact_name="李春花", contact_phone="13800000000")

    with queries_at_most(10):
        told_case = report(given=given, by=ANONYMOUS, at=MORNING)

    assert told_case.texts.count() == 1 and told_case.contact.phone == "13800000000"


@pytest.mark.usefixtures("ground")
def test_more_photos_ask_no_more(queries_at_most: Budget) -> None:
    report(given=told(1), by=ANONYMOUS, at=MORNING)
    given = told(2, photos=tuple(photo(number) for number in range(6)))

    with queries_at_most(7):
        report(given=given, by=ANONYMOUS, at=MORNING)


def test_a_list_asks_the_same_for_five_rows_as_for_fifty(cast: Cast) -> None:
    browser, listing = cast["acceptor"].client(), "/desk/cases/?state=triage"
    for number in range(5):
        report(given=told(number), by=ANONYMOUS, at=MORNING)
    for_five = asked_by(browser, listing)
    for number in range(5, 50):
        report(given=told(number), by=ANONYMOUS, at=MORNING + timedelta(minutes=number))

    for_fifty = asked_by(browser, listing)

    assert browser.get(listing).content.count(b"/desk/cases/") >= 50
    assert len(for_five) == len(for_fifty) <= SHELL + 5, for_fifty


@pytest.mark.parametrize("state", list(State))
def test_a_case_asks_five_times_at_most_whatever_its_state_and_whoever_reads(cast: Cast, state: State) -> None:
    made = case(state)
    url = f"/desk/cases/{made.handle}/"
    browsers = {part: cast[part].client() for part in READERS}

    asked = {part: asked_by(browser, url) for part, browser in browsers.items() if browser.get(url).status_code == 200}

    assert len(asked) >= 5
    assert {part: queries for part, queries in asked.items() if len(queries) > SHELL + 5} == {}


def test_a_case_of_a_sample_with_its_claim_asks_no_more(cast: Cast) -> None:
    decide(draw(handed_in()), flaws={1: RowFlaw.PARTLY}, by=cast["town_leader"].actor)
    made = move(Case.objects.get(source=Source.SAMPLE), V.FILE, at=MORNING)

    asked = asked_by(cast["dispatcher"].client(), f"/desk/cases/{made.handle}/")

    assert len(asked) <= SHELL + 5, asked


@pytest.mark.parametrize("part", ["mayor", "acceptor"])
def test_the_dashboard_asks_twice_at_most(cast: Cast, part: str) -> None:
    in_hands()
    readers.relay(MORNING)

    asked = asked_by(cast[part].client(), "/desk/figures/")

    assert len(asked) <= SHELL + 2, asked


def in_hands() -> Case:
    """A case with a picture and a text that its unit has signed for."""
    made = report(given=told(1, text="路口有一堆垃圾", photos=(photo(1),)), by=ANONYMOUS, at=MORNING)
    case_id, unit = CaseId(made.pk), places.organisation_by_code(STREET_OFFICE)
    assert unit is not None
    file(case_id=case_id, condition_id=standards.conditions_of(made.problem_class_id)[0].id, by=SYSTEM, at=MORNING)
    dispatch(case_id=case_id, unit_id=unit.id, by=SYSTEM, at=MORNING)
    moved = sign(case_id=case_id, by=SYSTEM, at=MORNING)
    assert moved.state == State.HANDLING
    return moved
