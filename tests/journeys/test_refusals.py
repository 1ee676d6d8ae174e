# SPDX-License-Identifier: Apache-2.0
"""Where the story takes another way: a report that is not taken on, a case that comes back, people who may not."""

from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Pictures
from tests.journeys.newcomers import OUTSIDER
from tests.journeys.places import choose, reported
from tests.journeys.test_story import HANDLER, dispatch, expect_state, file, sign_and_feed_back


def test_a_reporter_reads_why_a_report_is_not_taken_on(meet: Meet) -> None:
    resident, acceptor = meet(), meet("受理员")
    handle = reported(resident, village="clgc")

    acceptor.open_from_to_do(handle)
    form = acceptor.move("reject")
    choose(form, "reason", "not_ours")
    acceptor.press("Do not file", within=form)
    expect_state(acceptor, "Not filed")

    resident.open(f"/r/{handle}/")
    said = "This is not a matter that Clean Homes can deal with. The hotline 12345 can help."
    expect(resident.page.get_by_text(resident.word(said))).to_be_visible()
    resident.shoot("8-resident-reads-why-not")


def test_a_unit_returns_a_case_and_another_unit_gets_it(meet: Meet) -> None:
    handle = reported(meet(), village="clgc")
    file(meet("受理员"), handle)
    dispatcher, handler = meet("派遣员", width=1440), meet(HANDLER)
    dispatch(dispatcher, handle)

    handler.open_from_to_do(handle)
    form = handler.move("return")
    choose(form, "reason", "not_ours")
    form.locator("textarea[name=note]").fill("此处由区城管执法局管。")
    handler.press("Return", within=form)
    expect(handler.page).to_have_url(f"{handler.page.url.split('/desk/')[0]}/desk/")

    chief = meet("值班长", width=1440)
    chief.open_from_to_do(handle)
    expect(chief.page.get_by_text("此处由区城管执法局管。")).to_be_visible()
    chief.press("Confirm the return", within=chief.move("confirm_return"))
    expect_state(chief, "Filed")

    dispatcher.open_from_to_do(handle)
    form = dispatcher.move("dispatch")
    form.locator("label", has_text="曾都区城管执法局").click()
    dispatcher.press("Dispatch", within=form)
    expect_state(dispatcher, "Dispatched")

    second = meet("曾都城管处置员")
    second.open_from_to_do(handle)
    second.press("Sign for it")
    expect_state(second, "Being handled")
    assert handler.open(f"/desk/cases/{handle}/").status == 404, "The first unit still sees what it gave back."


def test_the_handler_can_neither_see_nor_force_the_check(meet: Meet, picture: Pictures) -> None:
    handle = reported(meet(), village="clgc")
    file(meet("受理员"), handle)
    dispatch(meet("派遣员"), handle)
    handler = meet(HANDLER)
    sign_and_feed_back(handler, handle, picture("after"))

    for verb in ("close", "send_back"):
        assert handler.page.locator(f"form[action$='/{verb}/']").count() == 0
        token = handler.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        forced = handler.context.request.post(
            f"/desk/cases/{handle}/{verb}/", form={"csrfmiddlewaretoken": token, "reason": "partly"}
        )
        assert forced.status == 403
    handler.page.reload()
    expect_state(handler, "Waiting for the check")


def test_an_outsider_from_the_next_district_finds_nothing(meet: Meet) -> None:
    handle = reported(meet(), village="clgc")
    outsider = meet(OUTSIDER, width=1440)

    answer = outsider.open(f"/desk/cases/{handle}/")

    assert answer.status == 404
    expect(outsider.page.locator("body")).not_to_contain_text("长岭岗村")
    outsider.open(f"/desk/cases/?state=all&q={handle}")
    assert outsider.page.locator(f"a[href*='{handle}']").count() == 0
    outsider.open("/desk/cases/?state=all&area=421303003208")
    assert outsider.page.locator("[data-row]").count() == 0
