# SPDX-License-Identifier: Apache-2.0
"""Several cases dispatched at once, one of them refused; and the list taken away as a workbook that can be read."""

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.journeys.conftest import Meet

LIST = "/desk/cases/?state=all"
MOST_TAPS = 7


def test_the_possible_ones_are_dispatched_and_the_others_say_why(meet: Meet) -> None:
    dispatcher = meet("派遣员", width=1440)
    page = dispatcher.page
    dispatcher.open("/desk/cases/?state=dispatch")
    filed = page.locator("tr[data-row]", has_text=dispatcher.word("Filed"))
    returned = page.locator("tr[data-row]", has_text=dispatcher.word("Returned by the unit"))

    dispatcher.start_counting()
    for row in (filed.nth(0), filed.nth(1), returned.first):
        dispatcher.tap(row.locator("[data-pick]"))
    dispatcher.press("Dispatch")
    dispatcher.tap(page.locator("input[name=unit]").nth(1))
    dispatcher.press("Dispatch")

    # The unit answers for the place of one filed case at least; a returned case goes to nobody before its answer.
    expect(page.locator("li.j-row")).to_have_count(3)
    done = page.locator("li.j-row", has_text=dispatcher.word("done")).count()
    assert 1 <= done <= 2
    expect(page.locator(".j-why")).to_have_count(3 - done)
    dispatcher.shoot("bulk-done")
    assert dispatcher.taps <= MOST_TAPS


def test_a_list_is_taken_away_as_a_workbook(meet: Meet, tmp_path: Path) -> None:
    auditor = meet("审计员", width=1440)
    auditor.open(LIST)
    rows = auditor.page.locator("tr[data-row]").count()

    with auditor.page.expect_download() as caught:
        auditor.press("Excel")

    path = tmp_path / "list.xlsx"
    caught.value.save_as(path)
    assert "演示数据·非公文" in caught.value.suggested_filename
    sheet: Any = load_workbook(BytesIO(path.read_bytes())).active
    heads, *told = sheet.iter_rows(values_only=True)
    assert heads[0] == auditor.word("Receipt code")
    assert len(told) >= rows > 0


def test_rows_are_walked_and_chosen_by_keys(meet: Meet) -> None:
    acceptor = meet("受理员", width=1440)
    acceptor.open(LIST)
    page = acceptor.page

    for key in ("j", "j", "x"):
        page.keyboard.press(key)

    expect(page.locator("[data-pick]:checked")).to_have_count(1)
    expect(page.locator("[data-picked]")).to_contain_text("1")
