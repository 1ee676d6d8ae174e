# SPDX-License-Identifier: Apache-2.0
"""From a closed case to pictures that everybody sees: looked at by a person, covered by keyboard, and taken back."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from jiayuan.media.illustrations.plates import Ground, plate
from tests.journeys.conftest import Meet, Pictures
from tests.journeys.person import Person
from tests.journeys.places import send, write_report
from tests.journeys.test_everybody_can_use_it import _look
from tests.journeys.test_story import CHECKER, HANDLER, dispatch, expect_state, file, sign_and_feed_back

SUPERVISOR = "县级督导"
_LOADED = "image => image.complete && image.naturalWidth > 0"
_PATIENCE = 150
"""Seconds until the sweep has looked through what was offered; it comes once a minute."""


@pytest.mark.parametrize(("width", "village"), [(390, "clgc"), (1440, "nydc")])
def test_a_released_photo_is_seen_without_an_account_until_it_is_taken_back(
    meet: Meet, picture: Pictures, width: int, village: str
) -> None:
    handle = _closed(meet, with_plate(picture("before", seed=width)), picture("after", seed=width), village)
    resident, supervisor = meet(width=width), meet(SUPERVISOR, width=width)
    resident.open(f"/r/{handle}/")
    expect(resident.page.locator("img.j-photo")).to_have_count(0)

    address = _page_of_the_first(supervisor, handle)
    _await_the_look(supervisor)
    in_the_way = [*_look(supervisor)]
    _open_what_was_found(supervisor)
    _draw_by_keyboard(supervisor)
    if width > 768:
        _draw_by_pointer(supervisor.page)
    supervisor.shoot("photo-for-the-public")
    in_the_way += _look(supervisor)
    supervisor.press("Release to the public", context="media")
    supervisor.page.wait_for_url(lambda url: not url.endswith(("/decide/", address)))

    shown = _await_the_picture(resident, handle)
    resident.shoot("receipt-with-a-released-photo")
    supervisor.open("/desk/photos/")
    in_the_way += [*_look(resident), *_look(supervisor)]
    assert not in_the_way, "\n".join(in_the_way)
    supervisor.open(address)
    supervisor.press("Take it back", context="media")
    supervisor.page.wait_for_url(lambda url: not url.endswith(("/decide/", address)))

    assert resident.page.request.get(shown).status == 404
    resident.open(f"/r/{handle}/")
    expect(resident.page.locator("img.j-photo")).to_have_count(0)


def with_plate(path: Path) -> Path:
    """The drawn picture with an invented plate in it."""
    with Image.open(path) as opened:
        drawn, exif = opened.convert("RGB"), opened.getexif()
    small = plate(Ground.BLUE, seed=5).resize((198, 63), Image.Resampling.LANCZOS)
    drawn.paste((225, 226, 228), (520, 500, 820, 660))
    drawn.paste(small, (570, 560))
    drawn.save(path, "JPEG", quality=92, exif=exif)
    return path


def _closed(meet: Meet, before: Path, after: Path, village: str) -> str:
    """A case that was reported, put right and closed, with a picture of either side; its code."""
    reporter = meet()
    write_report(reporter, village=village, photo=before)
    handle = send(reporter)
    file(meet("受理员"), handle)
    dispatch(meet("派遣员"), handle)
    sign_and_feed_back(meet(HANDLER), handle, after)
    checker = meet(CHECKER)
    checker.open_from_to_do(handle)
    checker.press("Close")
    expect_state(checker, "Closed")
    return handle


def _page_of_the_first(supervisor: Person, handle: str) -> str:
    """From the case to the page of its first photo; the address of that page."""
    link = supervisor.page.locator("main a[href^='/desk/photos/']").first
    for _ in range(_PATIENCE):
        supervisor.open(f"/desk/cases/{handle}/")
        if link.count():
            break
        supervisor.page.wait_for_timeout(1000)
    address = link.get_attribute("href")
    assert address is not None
    supervisor.open(address)
    return address


def _await_the_look(supervisor: Person) -> None:
    form = supervisor.page.locator("form[data-cover]")
    for _ in range(_PATIENCE):
        if form.count():
            return
        supervisor.page.wait_for_timeout(1000)
        supervisor.page.reload()
    raise AssertionError("The photo was never looked through.")


def _open_what_was_found(supervisor: Person) -> None:
    """Take the tick away from the first part that the program proposed."""
    page = supervisor.page
    box = page.locator("[name=kept]").first
    expect(box).to_be_checked()
    supervisor.tap(box)
    expect(page.locator("[data-drawing] .is-open")).to_have_count(1)


def _draw_by_keyboard(supervisor: Person) -> None:
    page = supervisor.page
    page.locator("[data-add]").focus()
    page.keyboard.press("Enter")
    for number in ("10", "12.5", "30", "25"):
        page.keyboard.press("Control+a")
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    row = page.locator("[data-rows] [data-part-row]")
    expect(row).to_have_count(1)
    assert [row.locator(f"[name={side}]").input_value() for side in ("left", "top", "width", "height")] == [
        "10", "12.5", "30", "25",
    ]  # fmt: skip


def _draw_by_pointer(page: Page) -> None:
    frame = page.locator("[data-drawing]").bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 60, frame["y"] + 60)
    page.mouse.down()
    page.mouse.move(frame["x"] + 160, frame["y"] + 130, steps=4)
    page.mouse.up()
    expect(page.locator("[data-rows] [data-part-row]")).to_have_count(2)


def _await_the_picture(resident: Person, handle: str) -> str:
    """Load the receipt again until the released picture is there; its address."""
    picture = resident.page.locator("img.j-photo")
    for _ in range(60):
        resident.open(f"/r/{handle}/")
        if picture.count():
            break
        resident.page.wait_for_timeout(1000)
    expect(picture).to_have_count(1)
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate(_LOADED)
    address = picture.get_attribute("src")
    assert address is not None
    return address
