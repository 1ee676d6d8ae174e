# SPDX-License-Identifier: Apache-2.0
"""A messy ledger in a browser: chosen, its columns looked at, tried out, let in; the second time adds nothing.

And the work guide: a page written anew, and read beside a case.
"""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cases import ledgers
from tests.journeys.conftest import Meet
from tests.journeys.person import Person

IMPORT_TAPS, AGAIN_TAPS = 5, 3
"""Choose the file, upload, try out, import, and one to spare; the second time there is nothing to confirm."""
CHOOSING_TAPS = 2
PLACES = ledgers.Places(
    county="曾都区",
    town="南郊街道",
    villages=("长岭岗村", "瓜园社区"),
    other_town="东城街道",
    other_villages=("小东关社区", "舜井道社区"),
)
GUIDE_PAGE = "/desk/guide/d-two-stacks/"


@pytest.mark.parametrize("width", [390, 1440])
def test_a_messy_ledger_is_imported_and_the_second_time_adds_nothing(meet: Meet, tmp_path: Path, width: int) -> None:
    # Other rows at each width, so that neither finds what the other imported.
    data = (ledgers.merged_with_sums if width == 390 else ledgers.wrong_in_many_ways)(PLACES)
    good = 5
    file = tmp_path / "台账.xlsx"
    file.write_bytes(data)
    acceptor = meet("受理员", width=width)

    upload(acceptor, file)
    acceptor.shoot("ledger-1-columns")
    acceptor.press("Try it out")
    expect(acceptor.page.get_by_text("已试读，尚未导入")).to_be_visible()
    acceptor.shoot("ledger-2-trial")
    let_in(acceptor)
    expect(acceptor.page.locator(".j-title .j-state")).to_have_text("已导入")
    expect(acceptor.page.locator(".j-number .value").first).to_have_text(str(good))
    acceptor.shoot("ledger-3-imported")
    assert acceptor.taps <= IMPORT_TAPS, acceptor.taps

    upload(acceptor, file)
    expect(acceptor.page.get_by_text("没有可导入的新行。")).to_be_visible()
    expect(acceptor.page.locator("form[action$='/import/']")).to_have_count(0)
    assert acceptor.taps <= AGAIN_TAPS, acceptor.taps


def upload(person: Person, file: Path) -> None:
    """From the page of ledgers to what is said about this file."""
    person.open("/desk/ledgers/")
    person.start_counting()
    person.taps += CHOOSING_TAPS
    person.page.locator("input[name=file]").set_input_files(file)
    person.press("Upload and look")
    expect(person.page).not_to_have_url("**/desk/ledgers/")


def let_in(person: Person) -> None:
    """Press the green button; the page counts along by itself until the worker is done."""
    person.tap(person.page.locator("form[action$='/import/'] button"))
    expect(person.page.get_by_text("已导入的问题（前 20 行）")).to_be_visible(timeout=60_000)


def test_a_page_of_the_guide_is_written_anew_and_read_beside_a_case(meet: Meet) -> None:
    administrator = meet("管理员", width=1440)
    administrator.open(f"{GUIDE_PAGE}edit/")
    body = administrator.page.locator("textarea[name=body]")
    body.fill(body.input_value() + "\n\n雨季前再看一遍。")
    administrator.page.locator("input[name=change]").fill("补上雨季")
    administrator.press("Look at it first")
    expect(administrator.page.locator(".j-card .j-guide")).to_contain_text("雨季前再看一遍")
    administrator.press("Let it stand")
    expect(administrator.page.locator("main .j-guide")).to_contain_text("雨季前再看一遍")
    administrator.open(f"{GUIDE_PAGE}history/")
    expect(administrator.page.locator("ins").first).to_contain_text("雨季前再看一遍")
    administrator.shoot("guide-history")

    acceptor = meet("受理员", width=390)
    acceptor.open("/desk/cases/?state=all")
    acceptor.tap(acceptor.page.get_by_role("link", name="柴草垛").first)
    acceptor.tap(acceptor.page.locator(".j-howto > summary", has_text="两垛"))
    expect(acceptor.page.locator(".j-howto[open] .j-guide")).to_contain_text("雨季前再看一遍")
    acceptor.shoot("guide-beside-a-case")
