# SPDX-License-Identifier: Apache-2.0
"""A community whistles, three departments come, the community rates: five people, and how often each of them taps."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Meet
from tests.journeys.newcomers import AGRICULTURE, CITY_MANAGEMENT
from tests.journeys.person import Person

SEWAGE = "gbt47678-2026:matter:06030"
DEPARTMENTS = ("南郊处置员", CITY_MANAGEMENT, AGRICULTURE)


def whistle_for(clerk: Person) -> str:
    """From the to-do list to a whistle that is sent; its address."""
    clerk.open("/desk/")
    clerk.start_counting()
    clerk.tap(clerk.page.get_by_role("link", name=clerk.word("Whistles", "duties"), exact=True))
    clerk.tap(clerk.page.get_by_role("link", name=clerk.word("Whistle", "duties"), exact=True))
    clerk.taps += 1  # choosing in a list opens it first
    clerk.taps += 1
    clerk.page.locator("select[name=problem]").select_option(SEWAGE)
    clerk.write(clerk.page.locator("textarea[name=text]"), "沟渠被堵，请来人。")
    clerk.press("Whistle", context="duties")
    clerk.page.wait_for_url(re.compile(r"/desk/whistles/[0-9A-Z]{11}/$"))
    return clerk.page.url


def look(person: Person, address: str) -> Locator:
    """Open a whistle's page; its one big button."""
    person.open(address)
    person.start_counting()
    return person.page.locator("[data-next-move]")


def press_next(person: Person, address: str) -> None:
    """Open a whistle's page and make the move that it offers first."""
    button = look(person, address)
    with person.page.expect_navigation():
        person.tap(button)


def expect_state(person: Person, word: str) -> None:
    expect(person.page.locator(".j-standing").first).to_contain_text(person.word(word, "duties"))


def test_a_community_whistles_three_departments_come_and_it_rates(meet: Meet) -> None:
    clerk, leader, office = meet("村文书"), meet("街道负责人"), meet("派遣员", width=1440)

    address = whistle_for(clerk)
    assert clerk.taps <= 6
    expect_state(clerk, "With the town's leader")
    clerk.shoot("whistle-1-applied")

    press_next(leader, address)
    expect_state(leader, "With the triage office")
    assert leader.taps == 1

    look(office, address)
    form = office.page.locator("form[action$='/assign/']")
    office.shoot("whistle-2-triage")
    office.press("Call the units", within=form, context="duties")
    expect_state(office, "Units called")
    expect(office.page.locator(".j-heap")).to_have_count(len(DEPARTMENTS))
    assert office.taps == 1

    for username in DEPARTMENTS:
        department = meet(username)
        press_next(department, address)
        press_next(department, address)
        look(department, address)
        form = department.page.locator("form[action$='/tell_result/']")
        department.write(form.locator("textarea[name=told]"), "已疏通。")
        department.press("Tell the result", within=form, context="duties")
        expect(department.page.locator(".j-timeline")).to_contain_text("已疏通。")
        department.shoot(f"whistle-3-{username}")
    expect_state(department, "Answered, to be rated")

    look(clerk, address)
    form = clerk.page.locator("form[action$='/rate/']")
    for thing, mark in (("speed", "5"), ("handling", "4"), ("result", "5")):
        clerk.tap(form.locator(f"label:has(input[name={thing}][value='{mark}'])"))
    clerk.press("Rate", within=form, context="duties")
    expect_state(clerk, "Rated and closed")
    assert clerk.taps == 4
    clerk.shoot("whistle-4-rated")

    office.open("/desk/whistles/board/")
    expect(office.page.locator("main table")).to_contain_text("市农业农村局")
    office.shoot("whistle-5-board")
