# SPDX-License-Identifier: Apache-2.0
"""Residents' pages do all they promise where no script runs."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Pictures
from tests.journeys.places import NAME_OF_MANY, send
from tests.journeys.test_story import await_pictures


def test_a_photo_survives_the_choice_among_villages_of_one_name(meet: Meet, picture: Pictures) -> None:
    resident = meet(script=False)
    resident.open("/report/")
    page = resident.page
    page.locator("input[name=photos]").set_input_files(picture("before"))
    page.locator("input[name=village_query]").fill(NAME_OF_MANY)
    page.locator("label:has(input[name=tile][value=rubbish])").click()

    page.get_by_role("button", name=resident.word("Send the report")).click()

    expect(page.locator("#id_village_query_group")).to_contain_text(
        resident.word("Several places fit. Choose one from the list.")
    )
    expect(page.locator("input[name=kept_photo]")).to_have_count(1)
    expect(page.locator("input[name=tile]:checked")).to_have_value("rubbish")
    assert page.locator("input[name=village]").count() >= 5
    chosen = page.locator("label:has(input[name=village])").nth(2)
    where = chosen.inner_text().strip()
    chosen.click()
    resident.shoot("11-without-a-script")
    handle = send(resident)
    expect(page.locator("[data-receipt]")).to_contain_text(where)

    auditor = meet("审计员")
    auditor.open(f"/desk/cases/{handle}/")
    await_pictures(auditor, 1)
    expect(auditor.page.locator("a[href*='/media/']").first).to_be_attached()


def test_looking_for_a_village_keeps_photo_and_words(meet: Meet, picture: Pictures) -> None:
    resident = meet(script=False)
    resident.open("/report/")
    page = resident.page
    page.locator("input[name=photos]").set_input_files(picture("before"))
    page.locator("textarea[name=text]").fill("门口柴草乱堆")
    page.locator("input[name=village_query]").fill(NAME_OF_MANY)

    page.get_by_role("button", name=resident.word("Find"), exact=True).click()

    expect(page.locator("input[name=kept_photo]")).to_have_count(1)
    expect(page.locator("textarea[name=text]")).to_have_value("门口柴草乱堆")
    assert page.locator("input[name=village]").count() >= 5


def test_a_receipt_leads_to_its_status_and_a_wrong_one_is_told(meet: Meet) -> None:
    resident = meet(script=False)
    resident.open("/report/?at=421303003204")
    page = resident.page
    page.locator("label:has(input[name=tile][value=rubbish])").click()
    handle = send(resident)

    resident.open("/")
    page.locator("main input[name=code]").fill(handle.lower())
    page.get_by_role("button", name=resident.word("Look up", "web"), exact=True).click()
    expect(page).to_have_url(re.compile(f"/r/{handle}/"))
    expect(page.locator(".j-state").first).to_contain_text(resident.word("Received"))

    resident.open("/r/?code=KEINBELEG")
    expect(page.locator("#code_error")).to_have_text(
        resident.word("There is no report with this code. Compare it with the receipt, letter by letter.")
    )
    expect(page.locator("main input[name=code]")).to_have_value("KEINBELEG")


def test_language_and_type_are_switched_where_one_stands(meet: Meet) -> None:
    resident = meet(script=False)
    resident.open("/report/")
    page = resident.page

    page.locator("form[action='/language/setlang/']").locator("xpath=..").locator("summary").click()
    page.locator("button[name=language][value=zh-hant]").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hant")
    expect(page).to_have_url(re.compile("/report/$"))

    page.locator("button[name=type][value=large]").click()
    expect(page.locator("html")).to_have_attribute("data-type", "large")
    expect(page).to_have_url(re.compile("/report/$"))
    size = page.evaluate("getComputedStyle(document.body).fontSize")
    page.locator("button[name=type][value=usual]").click()
    assert float(size[:-2]) > float(page.evaluate("getComputedStyle(document.body).fontSize")[:-2]) * 1.3
