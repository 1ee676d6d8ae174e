# SPDX-License-Identifier: Apache-2.0
"""A sheet from the desk to a shop's door, and from its code to a report, where no script runs."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Meet

_BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")
A5_POINTS = (420, 595)


def test_the_sheet_is_one_page_of_a5_and_leads_a_passer_by_to_a_report(meet: Meet) -> None:
    keeper = meet("管理员", width=1440)
    keeper.open("/desk/duties/frontages/")
    keeper.page.locator("main .j-row a").first.click()
    keeper.page.get_by_role("link", name=keeper.word("Sheet for the door", "duties")).click()
    expect(keeper.page.locator(".is-door img")).to_be_visible()
    handle = keeper.page.url.rstrip("/").split("/")[-2]

    printed = keeper.page.pdf(prefer_css_page_size=True)

    assert [tuple(round(float(side)) for side in box) for box in _BOX.findall(printed)] == [A5_POINTS]

    passer_by = meet(script=False)
    passer_by.open(f"/f/{handle}/")
    passer_by.shoot("60-at-a-shops-door")
    passer_by.page.get_by_role("link", name=passer_by.word("Report a problem here", "duties")).click()
    expect(passer_by.page.locator("input[name=village]:checked")).to_have_count(1)
