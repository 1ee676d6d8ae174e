# SPDX-License-Identifier: Apache-2.0
"""One story without a gap: a round is drawn, scored, listed, struck off, falls back, is published and corrected.

Eight people play it. Between them nobody types a problem, a place, a number or a score a second time.
"""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Meet, Pictures
from tests.journeys.person import Person
from tests.journeys.test_inspection import (
    INSPECTORS,
    LEADER,
    SUPERVISOR,
    appeal_and_correct,
    drawn_visit,
    draws_the_same,
    note,
    prepare,
    replay_path,
)
from tests.journeys.test_life import at_case, dispatch
from tests.journeys.test_list_and_bulletin import ROOM, handed_up
from tests.journeys.test_story import CHECKER, HANDLER, expect_state

GROUNDS = ("4.1:a", "4.2:a")
CASE = re.compile(r"/desk/cases/([0-9A-Z]{11})/$")


def test_a_round_becomes_cases_a_list_a_relapse_a_bulletin_and_its_correction(meet: Meet, picture: Pictures) -> None:
    supervisor, mayor = meet(SUPERVISOR, width=1440), meet("市领导")

    round_path, visit_path = inspected(meet, supervisor, picture)
    handles = cases_of(supervisor, visit_path)
    assert len(handles) == len(GROUNDS)
    for handle in handles:
        acceptor = at_case(meet("受理员"), handle)
        acceptor.press("File", within=acceptor.move("file"))
        expect_state(acceptor, "Filed")
        dispatch(meet, handle)

    sheet = issue_list(supervisor, round_path)
    assert (supervisor.taps, supervisor.typed) == (4, 0)
    put_right(meet, sheet, handles, picture)
    supervisor.open(sheet)
    supervisor.start_counting()
    strike = supervisor.page.locator("form[action$='/strike-off/'] button")
    await_the_worker(supervisor, strike)
    supervisor.shoot("12-a-list-from-a-round-waits")
    supervisor.tap(strike)
    expect(supervisor.page.locator(".j-standing").first).to_contain_text(supervisor.word("Settled", ROOM))
    assert supervisor.taps == 1
    supervisor.shoot("12-a-list-from-a-round-is-settled")

    falls_back(meet(CHECKER), meet(), handles[0], picture)
    first = published(supervisor, mayor, round_path)
    score = score_in(meet(), first)

    appeal_and_correct(meet(LEADER), supervisor, visit_path)
    second = corrected(supervisor, mayor, first)
    resident = meet()
    assert score_in(resident, second) > score
    resident.open(f"/papers/verify/{first}/")
    expect(resident.page.locator("main")).to_contain_text(resident.word("Corrected by a later paper", "papers"))
    expect(resident.page.locator(f"a[href='/papers/verify/{second}/']")).to_be_visible()
    resident.shoot("12-the-earlier-bulletin-says-by-which")


def inspected(meet: Meet, supervisor: Person, picture: Pictures) -> tuple[str, str]:
    """A round drawn, scored on a phone, published and replayed by anybody; where the round and its visit stand."""
    prepare(supervisor, "从抽签到更正")
    supervisor.press("Draw the places", context="inspections")
    expect(supervisor.page.get_by_text(supervisor.word("Places drawn", "inspections")).first).to_be_visible()
    round_path, draw_path = supervisor.page.url, replay_path(supervisor)
    visit_path, inspector = drawn_visit(supervisor)

    phone = meet(INSPECTORS[inspector])
    phone.open(visit_path)
    for number, key in enumerate(GROUNDS, start=1):
        note(phone, key, picture("before", seed=1200 + number))
        expect(phone.page.locator("[data-counted]")).to_have_text(str(number))
    phone.press("Hand the sheet in", context="inspections")
    phone.page.wait_for_url("**/?done=1")

    supervisor.open(round_path)
    supervisor.press("Publish the scores", context="inspections")
    expect(supervisor.page.get_by_text(supervisor.word("Scores published", "inspections")).first).to_be_visible()
    anybody = meet()
    anybody.open(draw_path)
    draws_the_same(anybody)
    return round_path, visit_path


def cases_of(supervisor: Person, visit_path: str) -> list[str]:
    """The cases that the findings became, by their handles."""
    supervisor.open(visit_path)
    links = supervisor.page.get_by_role("link", name=supervisor.word("The case that it became", "inspections")).all()
    found = [CASE.search(link.get_attribute("href") or "") for link in links]
    return [match.group(1) for match in found if match]


def issue_list(supervisor: Person, round_path: str) -> str:
    """From the page of the round to a numbered list of what it found; its address."""
    supervisor.open(round_path)
    supervisor.start_counting()
    supervisor.tap(supervisor.page.get_by_role("link", name=supervisor.word("Draft lists", ROOM), exact=True))
    supervisor.tap(supervisor.page.locator("[data-row] a", has_text="南郊街道"))
    supervisor.press("Keep the draft", context=ROOM)
    supervisor.press("Issue", context=ROOM)
    expect(supervisor.page.locator("h1")).to_contain_text("号")
    expect(supervisor.page.locator(".j-item")).to_have_count(len(GROUNDS))
    return supervisor.page.url


def put_right(meet: Meet, sheet: str, handles: list[str], picture: Pictures) -> None:
    """The unit signs for the list and answers by its cases; somebody outside it closes them."""
    handler, checker = meet(HANDLER), meet(CHECKER, width=1440)
    handler.open(sheet)
    handler.press("Sign for it", context=ROOM)
    expect(handler.page.get_by_role("button", name=handler.word("Sign for it", ROOM), exact=True)).to_have_count(0)
    for number, handle in enumerate(handles, start=1):
        at_case(handler, handle).press("Sign for it")
        expect_state(handler, "Being handled")
        form = handler.move("feed_back")
        handler.photograph(form.locator("input[name=photos]"), picture("after", seed=1210 + number))
        handler.press("Feed back", within=form)
        expect_state(handler, "Waiting for the check")
        at_case(checker, handle).press("Close")
        expect_state(checker, "Closed")


def await_the_worker(person: Person, what: Locator) -> None:
    """Load the page again until the items have followed their cases, which the worker sees to."""
    for _ in range(60):
        if what.count():
            return
        person.page.wait_for_timeout(500)
        person.page.reload()
    raise AssertionError(person.page.locator("main").inner_text())


def falls_back(checker: Person, anybody: Person, handle: str, picture: Pictures) -> None:
    """What was struck off is looked at again and is back: a new case, linked with the old one."""
    at_case(checker, handle)
    form = checker.move("look_back")
    checker.tap(form.locator("label:has(input[name=result][value=relapsed])"))
    checker.photograph(form.locator("input[name=photos]"), picture("before", seed=1220))
    checker.press("Look back", within=form)
    expect_state(checker, "Closed")
    expect(checker.page.locator(".j-timeline")).to_contain_text(checker.word("It is back"))
    checker.shoot("12-a-relapse-is-looked-at")
    anybody.open(f"/r/{handle}/")
    told = anybody.word("The problem has come back. A new case deals with it.")
    expect(anybody.page.locator("main")).to_contain_text(told)
    anybody.tap(anybody.page.get_by_role("link", name=anybody.word("See where the new one stands")))
    anybody.page.wait_for_url(re.compile(rf"/r/(?!{handle})[0-9A-Z]{{11}}/$"))
    anybody.shoot("12-a-relapse-is-a-new-case")


def signed(mayor: Person, address: str) -> str:
    """Signed and published; the handle of its paper."""
    mayor.open(address)
    mayor.press("Sign and publish", context=ROOM)
    expect(mayor.page.locator(".j-standing").first).to_contain_text(mayor.word("Published", ROOM))
    paper = mayor.page.locator(".j-title a").get_attribute("href") or ""
    return paper.strip("/").rpartition("/")[2]


def published(supervisor: Person, mayor: Person, round_path: str) -> str:
    supervisor.open(round_path)
    supervisor.tap(supervisor.page.get_by_role("link", name=supervisor.word("Draft a bulletin", ROOM), exact=True))
    supervisor.press("Draft it", context=ROOM)
    return signed(mayor, handed_up(supervisor))


def corrected(supervisor: Person, mayor: Person, paper: str) -> str:
    """From the published bulletin to one that corrects it, with the numbers asked again."""
    supervisor.open("/desk/bulletins/")
    supervisor.tap(supervisor.page.locator("[data-row] a").first)
    link = supervisor.page.locator(".j-title a").get_attribute("href") or ""
    assert paper in link
    supervisor.press("Draft a correction", context=ROOM)
    return signed(mayor, handed_up(supervisor))


def score_in(reader: Person, paper: str) -> float:
    """The score of the only place in the table of a bulletin that anybody reads."""
    reader.open(f"/papers/{paper}/")
    return float(reader.page.locator(".j-paper .annex table tbody tr td:last-child").first.inner_text())
