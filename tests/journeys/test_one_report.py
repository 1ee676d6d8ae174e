# SPDX-License-Identifier: Apache-2.0
"""One report stays one, however often it is sent, and what was begun is not lost."""

from playwright.sync_api import Error, Page, expect

from tests.journeys.conftest import Meet, Pictures
from tests.journeys.house import House
from tests.journeys.lossy_line import LossyLine
from tests.journeys.places import send, send_button, stored_in, write_report

REPORT = "**/report/"


def test_pressing_twice_stores_one_case(meet: Meet) -> None:
    resident, auditor = meet(width=1440), meet("审计员")
    before = stored_in(auditor, "421303003201")
    write_report(resident, village="nydc")

    send_button(resident).dblclick()
    expect(resident.page.locator("[data-receipt]")).to_be_visible()

    assert stored_in(auditor, "421303003201") == before + 1


def test_pressing_twice_without_a_script_stores_one_case(meet: Meet) -> None:
    resident, auditor = meet(script=False, width=1440), meet("审计员")
    before = stored_in(auditor, "421303003202")
    resident.open("/report/?at=421303003202")
    resident.page.locator("label:has(input[name=tile][value=stacks])").click()

    send_button(resident).dblclick()
    expect(resident.page.locator("[data-receipt]")).to_be_visible()

    assert stored_in(auditor, "421303003202") == before + 1


def test_a_lost_answer_and_the_kept_draft_store_one_case(meet: Meet, house: House, picture: Pictures) -> None:
    with LossyLine(house.port) as line:
        resident, auditor = meet(address=line.address), meet("审计员")
        before = stored_in(auditor, "421303003203")
        write_report(resident, village="hfc", photo=picture("before", seed=31), words="田边草垛好几天没人收")
        line.loses_answers.set()
        send_button(resident).click(no_wait_after=True)
        assert line.lost.wait(timeout=20)
        line.loses_answers.clear()

        _come_back(resident.page)
        page = resident.page
        expect(page.locator("[data-draft-kept]")).to_be_visible()
        expect(page.locator("textarea[name=text]")).to_have_value("田边草垛好几天没人收")
        expect(page.locator("input[name=village]:checked")).to_have_value("421303003203")
        expect(page.locator(".j-photos canvas")).to_have_count(1)
        send(resident)

        assert stored_in(auditor, "421303003203") == before + 1
        resident.open("/report/")
        expect(page.locator("textarea[name=text]")).to_have_value("")
        resident.faults.clear()
        _leave_the_line(resident.page)


def _come_back(page: Page) -> None:
    """Open the report page again; the failed sending may still be showing its own page."""
    for _ in range(5):
        try:
            page.goto("/report/")
            return
        except Error:
            page.wait_for_timeout(300)


def _leave_the_line(page: Page) -> None:
    page.goto("about:blank")


def test_a_draft_outlives_a_reload_but_the_contact_is_not_kept(meet: Meet, picture: Pictures) -> None:
    resident = meet()
    write_report(resident, village="lgdsq", photo=picture("before"), words="路口垃圾桶满了")
    page = resident.page
    page.locator("input[name=contact_phone]").fill("13800000000")

    page.reload()

    expect(page.locator("[data-draft-kept]")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value("路口垃圾桶满了")
    expect(page.locator("input[name=tile]:checked")).to_have_value("stacks")
    expect(page.locator("input[name=village]:checked")).to_have_count(1)
    expect(page.locator(".j-photos canvas")).to_have_count(1)
    expect(page.locator("input[name=contact_phone]")).to_have_value("")
    resident.shoot("9-draft-kept")


def test_after_the_limit_the_page_says_when_to_try_again_and_keeps_everything(meet: Meet, picture: Pictures) -> None:
    resident = meet()
    resident.open("/report/")
    for _ in range(8):
        with resident.page.expect_navigation():
            send_button(resident).click()
    resident.page.locator("input[name=photos]").set_input_files(picture("before"))
    resident.page.locator("textarea[name=text]").fill("第九次要说的话")

    with resident.page.expect_response(REPORT) as answered:
        send_button(resident).click()

    page = resident.page
    assert answered.value.status == 429
    with_minutes = resident.word(
        "That was a lot at once. What you wrote is kept; try again in %(minutes)s min.", "kernel"
    )
    expect(page.locator("[data-errors]")).to_contain_text(with_minutes % {"minutes": 10})
    expect(page.locator("textarea[name=text]")).to_have_value("第九次要说的话")
    expect(page.locator(".j-photos canvas")).to_have_count(1)
    resident.shoot("10-limited")
