# SPDX-License-Identifier: Apache-2.0
"""A day in the life of four people, counted: a village clerk of 58, a bureau clerk, an inspector, a deputy mayor.

The counts are written into docs/a-day-in-the-life.md, and every later run checks them there.
"""

import os
import re

from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Pictures
from tests.journeys.house import ROOT
from tests.journeys.newcomers import SIXTY
from tests.journeys.person import CAMERA_TAPS, Person
from tests.journeys.test_clearing import clear_rows, row, tile
from tests.journeys.test_inspection import note
from tests.journeys.test_story import await_pictures, expect_state

WRITTEN_DOWN = ROOT / "docs" / "a-day-in-the-life.md"
A_ROW, TO_A_PHOTO, ASKING, A_FINDING = 6, 3, 5, 5
GROUNDS = ("4.1:a", "3.3:a", "5.1:a")
TILES = ("沙土堆", "柴草垛", "乱堆乱放")


def test_the_village_clerk_keeps_a_list_and_types_nothing(meet: Meet, picture: Pictures) -> None:
    clerk = meet("村文书")
    in_large_type(clerk)
    clerk.open("/desk/")
    clerk.start_counting()
    clerk.shoot("day-clerk-0-morning")

    clerk.tap(clerk.page.locator("nav a[href='/desk/clearing/']").first)
    clerk.press("New list")
    clerk.page.wait_for_url(re.compile(r"/desk/clearing/[0-9A-Z]{11}/$"))
    for number, kind in enumerate(TILES, start=1):
        clerk.snap(tile(clerk, kind), picture("before", seed=700 + number))
        expect(row(clerk.page, number)).to_be_visible()
    clerk.shoot("day-clerk-1-listed")
    clear_rows(clerk, picture, *range(1, len(TILES) + 1), seed=800)
    clerk.press("Hand in")
    expect(clerk.page.get_by_text(clerk.word("Handed in")).first).to_be_visible()
    clerk.shoot("day-clerk-2-handed-in")

    assert (clerk.taps - 3) / len(TILES) <= A_ROW
    assert clerk.typed == 0
    hold("clerk", clerk)


def in_large_type(person: Person) -> None:
    """The clerk reads without glasses."""
    person.open("/desk/")
    person.page.locator("form[action='/reading/type/'] button").first.click()


def test_the_bureau_clerk_signs_for_sixty_cases_at_once_and_says_of_one_that_it_takes_longer(
    meet: Meet, picture: Pictures
) -> None:
    clerk = meet("曾都城管处置员", width=1440)
    clerk.open("/desk/cases/?state=handling")
    clerk.start_counting()
    clerk.shoot("day-bureau-0-list")
    clerk.tap(clerk.page.locator("#bulk [data-pick-every]"))
    clerk.press("Sign for it", within=clerk.page.locator("#bulk"))
    clerk.press("Sign for it", within=clerk.page.locator("main"))
    expect(clerk.page.locator("main")).to_contain_text(re.compile(rf"{SIXTY - 1}|{SIXTY}|6\d|7\d"))
    clerk.shoot("day-bureau-1-signed")
    signing = clerk.taps
    assert signing <= 4

    clerk.open("/desk/")
    clerk.tap(clerk.page.locator("main a[href^='/desk/cases/']").first)
    form = clerk.move("feed_back")
    clerk.photograph(form.locator("input[name=photos]"), picture("after", seed=901))
    clerk.press("Feed back", within=form)
    expect_state(clerk, "Waiting for the check")

    before = clerk.taps
    clerk.open("/desk/")
    clerk.tap(clerk.page.locator("main a[href^='/desk/cases/']").last)
    form = clerk.move("ask_extension")
    clerk.tap(form.locator("label:has(input[name=reason][value=owner])"))
    clerk.press("Ask for more time", within=form)
    expect(clerk.page.locator(".j-timeline")).to_contain_text(clerk.word("The owner has to be talked round"))
    clerk.shoot("day-bureau-2-asked")

    assert clerk.taps - before <= ASKING
    assert clerk.typed == 0
    hold("bureau", clerk)


def test_the_inspector_scores_a_place_with_three_findings_and_types_nothing(meet: Meet, picture: Pictures) -> None:
    inspector = meet("检查员")
    inspector.open("/desk/")
    inspector.start_counting()
    inspector.tap(inspector.page.locator("main a[href^='/desk/inspections/visits/']").first)
    inspector.page.wait_for_url(re.compile(r"/desk/inspections/visits/\d+/$"))
    for number, key in enumerate(GROUNDS, start=1):
        note(inspector, key, picture("before", seed=950 + number))
        expect(inspector.page.locator("[data-counted]")).to_have_text(str(number))
    inspector.shoot("day-inspector-0-noted")
    inspector.press("Hand the sheet in", context="inspections")
    inspector.page.wait_for_url("**/?done=1")

    assert (inspector.taps - 2) / len(GROUNDS) <= A_FINDING
    assert inspector.typed == 0
    hold("inspector", inspector)


def test_the_deputy_mayor_is_at_a_photo_after_three_taps(meet: Meet) -> None:
    mayor = meet("市领导", width=390)
    mayor.open("/desk/figures/")
    mayor.start_counting()
    mayor.shoot("day-mayor-0-figures")

    mayor.tap(mayor.page.locator("main a.row-link", has_text="柴草垛").first)
    await_rows_with_a_picture(mayor)
    mayor.tap(mayor.page.locator("tr[data-row]:has(img) a.row-link").first)
    mayor.page.wait_for_url(re.compile(r"/desk/cases/[0-9A-Z]{11}/"))
    await_pictures(mayor, 1)

    assert mayor.taps <= TO_A_PHOTO
    mayor.shoot("day-mayor-1-photo")
    hold("mayor", mayor)


def await_rows_with_a_picture(person: Person) -> None:
    """Load the list again until the worker has made the small pictures of some row."""
    for _ in range(40):
        if person.page.locator("tr[data-row] img").count():
            return
        person.page.wait_for_timeout(500)
        person.page.reload()
    raise AssertionError("No row of the list shows a picture.")


def hold(who: str, person: Person) -> None:
    """What is written down agrees with what was counted; with JIAYUAN_WRITE_JOURNEYS it is written anew."""
    standing = WRITTEN_DOWN.read_text(encoding="utf-8") if WRITTEN_DOWN.exists() else TEXT
    line = f"| {LINES[who]} | {person.taps} | {person.typed} |"
    if os.environ.get("JIAYUAN_WRITE_JOURNEYS"):
        standing = re.sub(rf"^\| {re.escape(LINES[who])} \|.*$", line, standing, flags=re.MULTILINE)
        WRITTEN_DOWN.write_text(standing, encoding="utf-8")
    assert line in standing, "Set JIAYUAN_WRITE_JOURNEYS=1 to write it anew."


LINES = {
    "clerk": "a village clerk of 58, large type, 390 px: three heaps listed, cleared and handed in, two photos each",
    "bureau": "a bureau clerk, 1440 px: signs for sixty cases, feeds one back with a photo, asks for time for another",
    "inspector": "an inspector, 390 px: a drawn place scored, three findings with a photo each, the sheet handed in",
    "office": "a supervisor at the city office, 1440 px: issues, raises, strikes off, edits a bulletin, hands it up",
    "leader": "a town leader, 390 px: reviews a whistle, reads a list, lets the county press an item",
    "mayor": "a deputy mayor, 390 px: from the figures to a photo of a case",
}
TEXT = f"""# A day in the life

Counted by `tests/journeys/test_a_day_in_the_life.py` and `test_a_day_of_pressure.py` in a browser; written with
`JIAYUAN_WRITE_JOURNEYS=1`, checked by every later run. Every tap, click, choice and typed character counts; a photo
counts as {CAMERA_TAPS} taps.

| who does what | taps | typed characters |
|---|---:|---:|
| {LINES["clerk"]} | – | – |
| {LINES["bureau"]} | – | – |
| {LINES["inspector"]} | – | – |
| {LINES["office"]} | – | – |
| {LINES["leader"]} | – | – |
| {LINES["mayor"]} | – | – |

Budgets: six taps a row of a clearing list and no typing; a request for time in two answers (five taps from the to-do
list); five taps a finding of an inspector, its photo included; a list issued in eight, a higher level in four, struck
off in two, a bulletin handed up in nine with at most five edits; a leader has reviewed a whistle after two taps; a
mayor is at a photo after at most three.
"""
