# SPDX-License-Identifier: Apache-2.0
"""A checker's work: the draw brings a case, the page shows what stands out, one tap closes."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from jiayuan.media.illustrations import Fake, Scene, Setting, Shot, fake_pair, scripted_pair
from jiayuan.site.setup import DEMO_START
from tests.journeys.conftest import Meet
from tests.journeys.person import Person
from tests.journeys.places import choose, send, write_report
from tests.journeys.test_story import CHECKER, HANDLER, dispatch, expect_state, file, sign_and_feed_back

SEEN = Shot(at=DEMO_START - timedelta(minutes=30))
DONE = Shot(at=DEMO_START + timedelta(minutes=20))


@pytest.mark.parametrize(("width", "number", "village"), [(390, 321, "clgc"), (1440, 322, "nydc")])
def test_a_copy_is_sent_back_and_an_honest_picture_closed(
    meet: Meet, tmp_path: Path, width: int, number: int, village: str
) -> None:
    scene, setting = Scene.STACKS, Setting.VILLAGE
    before, copy = fake_pair(Fake.SAME, number, scene, setting, before=SEEN, after=DONE)
    _, after = scripted_pair(number, scene, setting, before=SEEN, after=DONE)
    shown = {name: kept(tmp_path / f"{name}.jpg", data) for name, data in (("before", before), ("copy", copy))}
    resident = meet()
    write_report(resident, village=village, photo=shown["before"])
    handle = send(resident)
    file(meet("受理员"), handle)
    dispatch(meet("派遣员"), handle)
    handler, checker = meet(HANDLER), meet(CHECKER, width=width)
    sign_and_feed_back(handler, handle, shown["copy"])

    compare(checker, handle)
    expect(checker.page.get_by_text(checker.word("Used before in this case"))).to_be_visible()
    checker.shoot("9-a-copy-stands-out")
    form = checker.page.locator("form[action$='/check/send_back/']")
    checker.tap(checker.page.locator("details", has=form).locator("> summary"))
    checker.shoot("9-sending-back")
    choose(form, "reason", "not_done")
    checker.press("Send back", within=form)
    expect(checker.page).to_have_url(re.compile(r"/desk/$"))

    feed_back_again(handler, handle, kept(tmp_path / "after.jpg", after))
    checker.start_counting()
    compare(checker, handle)
    expect(checker.page.get_by_text(checker.word("Nothing stands out in these pictures"))).to_be_visible()
    slide(checker)
    checker.shoot("9-an-honest-pair")
    checker.press("Close")
    expect(checker.page).to_have_url(re.compile(r"/desk/$"))
    checker.open(f"/desk/cases/{handle}/")
    expect_state(checker, "Closed")


def kept(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def compare(checker: Person, handle: str) -> None:
    """From the case to the pictures beside each other, once the worker has made them."""
    checker.open(f"/desk/cases/{handle}/check/")
    for _ in range(60):
        if checker.page.locator(".j-compare img").count() == 2:
            return
        checker.page.wait_for_timeout(1000)
        checker.page.reload()
    raise AssertionError("The pictures were never made.")


def feed_back_again(handler: Person, handle: str, photo: Path) -> None:
    handler.open_from_to_do(handle)
    form = handler.move("feed_back")
    handler.photograph(form.locator("input[name=photos]"), photo)
    handler.press("Feed back", within=form)
    expect_state(handler, "Waiting for the check")


def slide(checker: Person) -> None:
    """Lay one over the other and move the slider with the keyboard."""
    pair, button = checker.page.locator("[data-compare]"), checker.page.locator("[data-lay]")
    if checker.width >= 768:
        checker.tap(button)
    expect(button).to_have_attribute("aria-pressed", "true")
    checker.page.locator("[data-cut]").press("ArrowRight")
    assert pair.evaluate("element => element.style.getPropertyValue('--cut')") == "55%"
