# SPDX-License-Identifier: Apache-2.0
"""A rule's way: an administrator tries it out and saves it, the dispatcher finds it ticked, it is taken back."""

from playwright.sync_api import expect

from tests.journeys.conftest import Meet
from tests.journeys.places import send, write_report


def test_a_rule_is_tried_out_saved_followed_and_taken_back(meet: Meet) -> None:
    resident, acceptor, dispatcher, administrator = (
        meet(),
        meet("受理员", width=1440),
        meet("派遣员"),
        meet("管理员", width=1440),
    )
    write_report(resident, village="nydc")
    send(resident)
    handle = resident.handle()
    acceptor.open(f"/desk/cases/{handle}/")
    acceptor.press("File", within=acceptor.move("file"))

    desk = administrator.page
    administrator.open("/desk/settings/")
    administrator.tap(desk.get_by_role("link", name=administrator.word("Routing rules")))
    administrator.tap(desk.get_by_role("link", name=administrator.word("Write a rule")))
    administrator.tap(desk.locator("input[name=kinds][value='tile:stacks']"))
    administrator.write(desk.locator("input[name=place_query]"), "南郊")
    administrator.tap(desk.locator("#found input[value='421303003000']"))
    desk.locator("select[name=unit]").select_option("SZ-421303-CG")
    desk.locator("select[name=priority]").select_option("1")
    administrator.press("Try it on last month's cases")
    expect(desk.locator(".j-trial")).to_contain_text(administrator.word("Would have gone elsewhere"))
    administrator.shoot("routing-1-trial")
    administrator.press("Save the rule")
    expect(desk.locator(".j-notice.t-done")).to_contain_text(
        administrator.word("The rule is written and holds from now on.")
    )
    number = desk.url.rstrip("/").rsplit("/", 1)[-1]

    dispatcher.open(f"/desk/cases/{handle}/")
    form = dispatcher.move("dispatch")
    expect(form.get_by_text(f"规则 {number}：")).to_be_visible()
    expect(form.locator("input[name=unit]:checked + *, label:has(input[name=unit]:checked)").first).to_contain_text(
        "曾都区城管执法局"
    )
    dispatcher.shoot("routing-2-ticked")
    dispatcher.press("Dispatch", within=form)
    expect(dispatcher.page.locator(".j-standing")).to_contain_text("曾都区城管执法局")

    administrator.press("Take this back")
    expect(desk.locator(".j-state").first).to_contain_text(administrator.word("switched off"))
    administrator.shoot("routing-3-taken-back")
