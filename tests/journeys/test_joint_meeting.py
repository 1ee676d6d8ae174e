# SPDX-License-Identifier: Apache-2.0
"""A case comes back three times; the joint meeting decides, its minutes send it out, and it is struck off."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Meet, Pictures
from tests.journeys.person import Person
from tests.journeys.test_life import CHECKER, CHIEF, SUPERVISOR, at_case, dispatch, filed
from tests.journeys.test_story import HANDLER, expect_state, sign_and_feed_back

DECISION = "由南郊街道立即清理。"
DAY = "2025-01-15"


def returned_three_times(meet: Meet) -> str:
    """A case whose third return nobody has decided."""
    handle = filed(meet, "stacks")
    for n in range(3):
        dispatch(meet, handle)
        handler = at_case(meet(HANDLER), handle)
        form = handler.move("return")
        handler.tap(form.locator("label:has(input[name=reason][value=not_ours])"))
        handler.press("Return", within=form)
        handler.page.wait_for_url("**/desk/")
        if n < 2:
            chief = at_case(meet(CHIEF), handle)
            chief.press("Confirm the return", within=chief.move("confirm_return"))
            expect_state(chief, "Filed")
    return handle


def says(person: Person, msgid: str) -> str:
    return person.word(msgid, "supervision")


def unfold(person: Person, word: str, within: Locator) -> None:
    person.tap(within.locator("summary", has_text=says(person, word)).first)


def await_button(person: Person, word: str) -> Locator:
    """Load the page again until the worker has let the item follow its case."""
    button = person.page.get_by_role("button", name=says(person, word), exact=True)
    for _ in range(20):
        if button.count():
            break
        person.page.wait_for_timeout(500)
        person.page.reload()
    expect(button).to_be_visible()
    return button


def test_a_third_return_goes_through_the_meeting_to_a_sheet_that_is_struck_off(meet: Meet, picture: Pictures) -> None:
    handle = returned_three_times(meet)

    chief = meet(CHIEF, width=1440)
    chief.open("/desk/sheets/meetings/")
    chief.start_counting()
    chief.tap(chief.page.get_by_role("link", name=says(chief, "Plan a meeting")))
    picked = chief.page.locator(f"input[name=agenda][value='{handle}']")
    expect(picked).to_be_checked()
    chief.shoot("meeting-1-planning")
    chief.press("Plan it", context="supervision")
    chief.page.wait_for_url(re.compile(r"/desk/sheets/meetings/[0-9A-Z]{11}/$"))
    assert (chief.taps, chief.typed) == (2, 0)

    unfold(chief, "Say who was there", chief.page.locator("main"))
    chief.press("The meeting took place", context="supervision")
    item = chief.page.locator(".j-item", has_text=handle)
    unfold(chief, "Note a decision", item)
    form = item.locator("form[action$='/decide/']")
    form.locator("select[name=unit]").select_option(label="南郊街道")
    chief.write(form.locator("textarea[name=what]"), DECISION)
    form.locator("input[name=until]").fill(DAY)
    chief.press("Note a decision", within=form, context="supervision")
    expect(item).to_contain_text(DECISION)
    chief.shoot("meeting-2-decided")
    chief.press("Issue the minutes", context="supervision")
    expect(chief.page.locator(".j-standing").first).to_contain_text(says(chief, "Minutes issued"))
    sheet = item.locator("a[href*='/desk/sheets/']").get_attribute("href")
    assert sheet is not None
    chief.shoot("meeting-3-minutes")

    handler = at_case(meet(HANDLER), handle)
    expect_state(handler, "Dispatched")
    sign_and_feed_back(handler, handle, picture("after", seed=23))

    checker = at_case(meet(CHECKER), handle)
    checker.press("Close")
    expect_state(checker, "Closed")

    struck = meet(SUPERVISOR)
    struck.open(sheet)
    button = await_button(struck, "Strike off")
    struck.start_counting()
    struck.tap(button)
    expect(struck.page.locator(".j-item").first).to_contain_text(says(struck, "Struck off"))
    assert struck.taps == 1
    struck.shoot("meeting-4-struck-off")
