# SPDX-License-Identifier: Apache-2.0
"""On a broad screen a case opens beside its list and is worked there; the address brings both back."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Meet

LIST = "/desk/cases/?state=all"


def test_rows_are_walked_and_opened_beside_the_list_by_keys(meet: Meet) -> None:
    auditor = meet("审计员", width=1440)
    auditor.open(LIST)
    page, pane = auditor.page, auditor.page.locator("[data-pane]")
    rows = page.locator("[data-list] [data-row] a")
    expect(pane).to_be_hidden()

    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    expect(pane.get_by_role("heading", level=2).first).to_have_text(rows.nth(1).inner_text())
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    for key in ("j", "Enter"):
        page.keyboard.press(key)

    expect(rows.nth(2)).to_have_attribute("aria-current", "true")
    expect(pane.locator(".j-case")).to_have_count(1)
    auditor.shoot("beside-the-list", full=False)
    page.go_back()
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(pane).to_be_hidden()
    expect(rows.nth(1)).to_be_focused()


def test_the_address_of_an_open_case_brings_list_and_case_back_and_a_phone_the_case(meet: Meet) -> None:
    auditor, mayor = meet("审计员", width=1440), meet("市领导")
    auditor.open(LIST)
    auditor.page.locator("[data-list] [data-row] a").first.click()
    expect(auditor.page).to_have_url(re.compile("open="))
    address = auditor.page.url

    auditor.page.reload()
    mayor.open(address)

    handle = address.rpartition("open=")[2]
    expect(auditor.page.locator("[data-pane]")).to_contain_text(handle)
    expect(auditor.page.locator("[data-list] [data-row]").first).to_have_class(re.compile("is-open"))
    mayor.page.wait_for_url(f"**/desk/cases/{handle}/")


def test_a_move_made_beside_the_list_leaves_the_list_where_it_is(meet: Meet) -> None:
    acceptor = meet("受理员", width=1440)
    page = acceptor.page
    acceptor.open("/desk/cases/?state=triage")
    told = acceptor.word("Reported")
    page.locator("[data-list] tr[data-row]", has_text=told).first.locator("a").click()
    expect(page.locator("[data-pane] form[action$='/file/']")).to_be_visible()
    handle = page.url.rpartition("open=")[2]
    row = page.locator(f"[data-list] [data-row] a[href='/desk/cases/{handle}/']")
    expect(row).to_have_count(1)

    acceptor.press("File", within=page.locator("[data-pane] form[action$='/file/']"))

    expect(page.locator("[data-pane] .j-standing")).to_contain_text(acceptor.word("Filed"))
    expect(row).to_have_count(0)
    expect(page).to_have_url(re.compile(f"state=triage&open={handle}"))


def test_without_a_script_a_row_is_a_link_and_an_open_case_is_named(meet: Meet) -> None:
    auditor = meet("审计员", width=1440, script=False)
    auditor.open(LIST)
    first = auditor.page.locator("[data-row] a").first
    address = first.get_attribute("href")
    assert address is not None

    auditor.open(f"{LIST}&open={address.split('/')[-2]}")
    expect(auditor.page.locator("[data-pane-alone]")).to_have_attribute("href", address)
    auditor.tap(first)

    auditor.page.wait_for_url(f"**{address}")
