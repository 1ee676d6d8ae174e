# SPDX-License-Identifier: Apache-2.0
"""A day at the pressing end, counted: a supervisor at the city office, and a town leader who answers for a town.

The inspector's day stands with the others in ``test_a_day_in_the_life``; all of them are written into one file.
"""

import re
from urllib.parse import urlparse

from playwright.sync_api import expect

from tests.journeys.conftest import Meet
from tests.journeys.person import Person
from tests.journeys.test_a_day_in_the_life import hold
from tests.journeys.test_inspection import LEADER, SUPERVISOR
from tests.journeys.test_list_and_bulletin import ROOM, handed_up, issue_a_list, sign_and_answer
from tests.journeys.test_whistle import expect_state, whistle_for

TO_ISSUE, TO_RAISE, TO_STRIKE, TO_BULLETIN, EDITS = 8, 4, 2, 9, 5
TO_REVIEW, TO_READ = 2, 2


def raise_to(person: Person, level: str, reason: str) -> None:
    """A higher level presses the first item of the sheet on the page, with a reason from a list."""
    person.tap(person.page.locator("summary", has_text=person.word("Raise the level", ROOM)).first)
    form = person.page.locator("form[action$='/items/1/raise/']")
    person.tap(form.locator(f"label:has(input[name=to][value={level}])"))
    person.tap(form.locator(f"label:has(input[name=reason][value={reason}])"))
    person.press("Raise the level", within=form, context=ROOM)
    presses = person.word("%(rung)s presses", ROOM).replace("%(rung)s", "")
    expect(person.page.locator("#item-1")).to_contain_text(presses.strip())


def add_to_text(person: Person, words: str) -> None:
    """Open the last part of a bulletin and write something at its end."""
    part = person.page.locator(".j-part").last
    person.tap(part.locator("summary"))
    box = part.locator("textarea")
    person.tap(box)
    box.press("Control+End")
    person.taps += 1
    box.press_sequentially(words)
    person.typed += len(words)
    person.press("Keep", within=part, context=ROOM)
    expect(person.page.locator("main")).to_contain_text(words)


def test_the_supervisor_issues_presses_strikes_off_and_hands_up_a_bulletin_that_the_mayor_signs(meet: Meet) -> None:
    office, mayor = meet(SUPERVISOR, width=1440), meet("市领导")

    address = issue_a_list(office)
    issuing = office.taps
    assert issuing <= TO_ISSUE
    raise_to(office, "county", "repeated")
    office.shoot("day-office-0-pressed")
    assert office.taps - issuing <= TO_RAISE

    sign_and_answer(meet("南郊处置员"), address)
    before = office.taps
    office.open("/desk/")
    office.tap(office.page.locator(f"main a[href^='{urlparse(address).path}']").first)
    office.press("Strike off", context=ROOM)
    expect(office.page.locator(".j-standing").first).to_contain_text(office.word("Settled", ROOM))
    assert office.taps - before <= TO_STRIKE

    before = office.taps
    office.open("/desk/bulletins/")
    office.tap(office.page.get_by_role("link", name=office.word("Draft a bulletin", ROOM), exact=True))
    office.press("Draft it", context=ROOM)
    office.page.wait_for_url(re.compile(r"/desk/bulletins/[0-9A-Z]{11}/$"))
    add_to_text(office, "请于1月10日前报送。")
    office.shoot("day-office-1-bulletin")
    bulletin = handed_up(office)
    assert office.taps - before <= TO_BULLETIN

    mayor.open(bulletin)
    told = mayor.page.locator(".j-standing").first.inner_text()
    edited = re.search(r"改动\s*(\d+)\s*处", told)
    assert edited is not None, told
    assert 1 <= int(edited.group(1)) <= EDITS
    mayor.press("Sign and publish", context=ROOM)
    expect(mayor.page.locator(".j-standing").first).to_contain_text(mayor.word("Published", ROOM))
    hold("office", office)


def test_the_town_leader_reviews_a_whistle_reads_a_list_and_presses_it(meet: Meet) -> None:
    address = whistle_for(meet("村文书"))
    sheet = issue_a_list(meet(SUPERVISOR, width=1440))
    leader = meet(LEADER)

    leader.open("/desk/")
    leader.start_counting()
    leader.tap(leader.page.locator(f"main a[href='{urlparse(address).path}']").first)
    with leader.page.expect_navigation():
        leader.tap(leader.page.locator("[data-next-move]"))
    expect_state(leader, "With the triage office")
    assert leader.taps <= TO_REVIEW
    leader.shoot("day-leader-0-reviewed")

    before = leader.taps
    leader.open("/desk/")
    leader.tap(leader.page.locator("nav a[href='/desk/sheets/']").first)
    leader.tap(leader.page.locator(f"main a[href='{urlparse(sheet).path}']").first)
    expect(leader.page.locator("h1")).to_contain_text("号")
    assert leader.taps - before <= TO_READ
    leader.shoot("day-leader-1-reads-a-list")

    before = leader.taps
    raise_to(leader, "county", "important")
    assert leader.taps - before <= TO_RAISE
    assert leader.typed == 0
    hold("leader", leader)
