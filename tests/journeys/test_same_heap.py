# SPDX-License-Identifier: Apache-2.0
"""A second resident finds the same heap already reported and joins it; the desk merges likely duplicates."""

from playwright.sync_api import expect

from tests.journeys.conftest import Meet
from tests.journeys.places import send, send_button

CODE = "421303003208"


def test_a_resident_finds_the_same_heap_and_joins_it_with_one_tap(meet: Meet) -> None:
    first, second = meet(), meet()
    first.open(f"/report/?at={CODE}")
    first.page.locator("label:has(input[name=tile][value=stacks])").click()
    told_first = send(first)

    second.open(f"/report/?at={CODE}")
    second.start_counting()
    second.tap(second.page.locator("label:has(input[name=tile][value=stacks])"))
    joining = second.page.get_by_role("button", name=second.word("This one, me too")).first
    expect(joining).to_be_visible()
    second.shoot("same-heap-proposed")
    second.tap(joining)
    expect(second.page.locator("[data-receipt]")).to_be_visible()
    second.shoot("same-heap-joined")

    assert second.taps == 2
    assert second.handle() != told_first


def test_without_a_script_the_page_asks_at_sending_and_keeps_everything(meet: Meet) -> None:
    first, second = meet(script=False), meet(script=False)
    for resident, words in ((first, "桥边柴堆"), (second, "又是那堆柴")):
        resident.open("/report/?at=421303003209")
        resident.page.locator("label:has(input[name=tile][value=stacks])").click()
        resident.page.locator("textarea[name=text]").fill(words)
        if resident is first:
            send(resident)
    send_button(second).click()

    expect(second.page.get_by_role("button", name=second.word("None of these, send mine"))).to_be_visible()
    expect(second.page.locator("textarea[name=text]")).to_have_value("又是那堆柴")
    second.shoot("same-heap-asked-at-sending")
    send_another = second.page.get_by_role("button", name=second.word("None of these, send mine"))
    send_another.click()
    expect(second.page.locator("[data-receipt]")).to_be_visible()


def test_the_desk_merges_with_one_press_and_the_receipt_follows(meet: Meet) -> None:
    resident, acceptor = meet(), meet("受理员", width=1440)
    for _ in range(2):
        resident.open("/report/?at=421303003210")
        resident.page.locator("label:has(input[name=tile][value=stacks])").click()
        later = send(resident)

    acceptor.open(f"/desk/cases/{later}/")
    merging = acceptor.page.get_by_role("button", name=acceptor.word("Merge into that one")).first
    expect(merging).to_be_visible()
    acceptor.shoot("likely-the-same")
    merging.click()
    acceptor.page.wait_for_load_state()
    acceptor.open("/desk/cases/new/")
    acceptor.shoot("register")

    resident.open(f"/r/{later}/")
    expect(
        resident.page.get_by_text(
            resident.word(
                "Others reported the same. Both reports are dealt with as one; this is where that one stands."
            )
        )
    ).to_be_visible()
    resident.shoot("merged-receipt")
