# SPDX-License-Identifier: Apache-2.0
"""A list is issued, answered and struck off; a round becomes a bulletin that another signs and anybody verifies."""

import re
from urllib.parse import urlparse

from playwright.sync_api import expect

from tests.journeys.conftest import Meet
from tests.journeys.person import Person

ROOM = "supervision"


def issue_a_list(chief: Person) -> str:
    """From the list of lists to a numbered one for 南郊街道; its address."""
    chief.open("/desk/sheets/")
    chief.start_counting()
    chief.tap(chief.page.get_by_role("link", name=chief.word("Draft a list", ROOM), exact=True))
    chief.write(chief.page.locator("input[name=unit_query]"), "南郊")
    chief.press("Look for it", context=ROOM)
    chief.tap(chief.page.locator(".j-row a").first)
    chief.tap(chief.page.get_by_text(chief.word("Kind, office and what is required", ROOM)))
    chief.write(chief.page.locator("textarea[name=matter]"), "保洁没有固定的人和时间。")
    chief.press("Keep the draft", context=ROOM)
    chief.press("Issue", context=ROOM)
    expect(chief.page.locator("h1")).to_contain_text("号")
    return chief.page.url


def sign_and_answer(handler: Person, address: str) -> None:
    """From the to-do list to the answer that the first item of a list was put right."""
    handler.open("/desk/")
    handler.start_counting()
    handler.tap(handler.page.locator(f"main a[href='{urlparse(address).path}']").first)
    handler.press("Sign for it", context=ROOM)
    handler.tap(handler.page.locator("summary", has_text=handler.word("Feed back", ROOM)))
    form = handler.page.locator("form[action$='/feed_back/']")
    handler.write(form.locator("textarea[name=measures]"), "排了班。")
    handler.press("Feed back", within=form, context=ROOM)
    expect(handler.page.locator(".j-item .j-state").first).to_contain_text(handler.word("Waiting for acceptance", ROOM))


def handed_up(writer: Person) -> str:
    """Hand up the bulletin that was drafted last; its address."""
    writer.page.wait_for_url(re.compile(r"/desk/bulletins/[0-9A-Z]{11}/(#.*)?$"))
    address = writer.page.url.partition("#")[0]
    writer.press("Hand up for signature", context=ROOM)
    expect(writer.page.locator("form[action$='/hand_up/']")).to_have_count(0)
    return address


def test_a_list_is_issued_signed_for_answered_and_struck_off_by_the_issuing_side(meet: Meet) -> None:
    chief, handler, checker = meet("值班长", width=1440), meet("南郊处置员"), meet("核查员", width=1440)

    address = issue_a_list(chief)
    assert chief.taps <= 8
    chief.shoot("list-1-issued")

    sign_and_answer(handler, address)
    assert handler.taps == 5
    handler.shoot("list-2-answered")

    # Nobody of the unit is offered to strike it off, and the issuing side does it with one press.
    expect(handler.page.locator("form[action$='/strike_off/']")).to_have_count(0)
    checker.open(address)
    checker.start_counting()
    checker.press("Strike off", context=ROOM)
    expect(checker.page.locator(".j-standing").first).to_contain_text(checker.word("Settled", ROOM))
    assert checker.taps == 1
    checker.shoot("list-3-settled")


def test_a_round_becomes_a_bulletin_that_somebody_else_signs_and_anybody_verifies(meet: Meet) -> None:
    chief, leader, stranger = meet("市级督导", width=1440), meet("市领导"), meet()

    chief.open("/desk/bulletins/new/")
    chief.start_counting()
    chief.tap(chief.page.locator("label[for=id_kind_0]"))
    rounds = chief.page.locator("select[name=round] option")
    chief.page.locator("select[name=round]").select_option(index=rounds.count() - 1)
    chief.taps += 2  # choosing in a list opens it first
    chief.press("Draft it", context=ROOM)
    chief.page.wait_for_url(re.compile(r"/desk/bulletins/[0-9A-Z]{11}/$"))
    chief.shoot("bulletin-1-proposed")

    # A figure that is typed has no source: it is refused, and nothing that was typed is lost.
    part = chief.page.locator(".j-part").last
    part.locator("summary").click()
    part.locator("textarea").fill("共整改 999 处。")
    part.get_by_role("button").last.click()
    expect(chief.page.locator("main")).to_contain_text("没有来源：999")
    expect(chief.page.locator(".j-part textarea").last).to_have_value("共整改 999 处。")
    chief.open(chief.page.url.partition("parts/")[0])
    chief.press("Hand up for signature", context=ROOM)
    assert chief.taps <= 6
    address = chief.page.url

    leader.open(address)
    leader.start_counting()
    leader.press("Sign and publish", context=ROOM)
    expect(leader.page.locator(".j-standing").first).to_contain_text(leader.word("Published", ROOM))
    assert leader.taps == 1
    number = leader.page.locator(".j-title p").inner_text()
    leader.shoot("bulletin-2-signed")

    paper = leader.page.locator(".j-title a").get_attribute("href") or ""
    handle = paper.strip("/").rpartition("/")[2]
    stranger.open(f"/papers/verify/{handle}/")
    expect(stranger.page.locator("main")).to_contain_text(number)
    stranger.shoot("bulletin-3-verified")
