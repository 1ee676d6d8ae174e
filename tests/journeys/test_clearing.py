# SPDX-License-Identifier: Apache-2.0
"""A village clears by its own list: rows with a tap on their picture, cleared with another, handed in; the town draws a
sample, one row does not pass and becomes a case, the others are looked at again and accepted."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Meet, Pictures
from tests.journeys.person import Person

TAPS_A_ROW, ROWS = 6, 3


def tile(person: Person, name: str) -> Locator:
    """The picture of a class."""
    return person.page.locator(".j-tiles label", has_text=name).locator("input")


def row(page: Page, number: int) -> Locator:
    """A row of the list."""
    return page.locator(f"#row-{number}")


def list_rows(clerk: Person, picture: Pictures, *kinds: str) -> None:
    """Put one heap of each kind on the list."""
    for number, kind in enumerate(kinds, start=1):
        clerk.snap(tile(clerk, kind), picture("before", seed=100 + number))
        expect(row(clerk.page, number)).to_be_visible()


def clear_rows(clerk: Person, picture: Pictures, *numbers: int, seed: int = 200) -> None:
    """Clear rows, each with a picture."""
    for number in numbers:
        clerk.snap(row(clerk.page, number).locator(".shots .j-camera"), picture("after", seed=seed + number))


def test_a_heap_takes_six_taps_from_the_list_to_its_clearing_and_the_town_looks_at_a_sample(
    meet: Meet, picture: Pictures
) -> None:
    clerk, town = meet("村文书"), meet("街道负责人", width=1440)
    accept_what_waits(town)
    clerk.open("/desk/clearing/")
    clerk.start_counting()
    clerk.press("New list")
    clerk.page.wait_for_url(re.compile(r"/desk/clearing/[0-9A-Z]{11}/$"))
    around = clerk.taps
    list_rows(clerk, picture, "沙土堆", "柴草垛", "砖石垛")
    clerk.shoot("clearing-listed")
    clear_rows(clerk, picture, 1, 2, 3)
    assert (clerk.taps - around) / ROWS <= TAPS_A_ROW
    clerk.shoot("clearing-cleared")
    where = clerk.page.url.split("#")[0]
    clerk.press("Hand in")
    expect(clerk.page.get_by_text(clerk.word("Handed in")).first).to_be_visible()
    assert clerk.typed == 0
    assert clerk.taps == around + ROWS * TAPS_A_ROW + 1
    assert around == 1

    sample = drawn_by(town)
    judge(town, "It is still there")
    town.shoot("clearing-failed")
    expect(town.page.get_by_role("link", name=town.word("To the case"))).to_be_visible()
    town.tap(town.page.get_by_role("link", name=town.word("To the case")))
    town.page.wait_for_url(re.compile(r"/desk/cases/[0-9A-Z]{11}/"))
    expect(town.page.get_by_text(town.word("Sample of a clearing list")).first).to_be_visible()

    clerk.open(where)
    expect(clerk.page.get_by_text(clerk.word("To be looked at again")).first).to_be_visible()
    left = [n for n in (1, 2, 3) if row(clerk.page, n).locator(".shots .j-camera").count()]
    assert len(left) == ROWS - 1
    clear_rows(clerk, picture, *left, seed=300)
    clerk.press("Hand in")
    expect(clerk.page.get_by_text(clerk.word("Handed in")).first).to_be_visible()
    assert drawn_by(town) != sample
    judge(town, "Passes")
    clerk.open(where)
    expect(clerk.page.locator(".j-standing").get_by_text(clerk.word("Accepted"))).to_be_visible()
    clerk.shoot("clearing-accepted")


def accept_what_waits(town: Person) -> None:
    """Pass what other stories of the village handed in this week: a sample is drawn from all its lists together."""
    town.open("/desk/clearing/")
    while town.page.get_by_role("button", name=town.word("Draw the sample")).count():
        drawn_by(town)
        judge(town, "Passes")
        town.open("/desk/clearing/")


def drawn_by(town: Person) -> str:
    """Draw the only sample that waits, with one tap; its address."""
    town.open("/desk/clearing/")
    town.start_counting()
    town.press("Draw the sample")
    town.page.wait_for_url("**/desk/clearing/samples/**")
    assert town.taps == 1
    return town.page.url


def judge(town: Person, word: str) -> None:
    """Say the same of every drawn row and decide."""
    for verdict in town.page.locator(".j-verdict").all():
        town.tap(verdict.get_by_text(town.word(word), exact=True))
    town.press("Decide")
    expect(town.page.locator(".j-verdict")).to_have_count(0)


@pytest.mark.parametrize("width", [390])
def test_a_list_is_made_without_a_script_too(meet: Meet, picture: Pictures, width: int) -> None:
    clerk = meet("村文书", width=width, script=False)
    clerk.open("/desk/clearing/")
    clerk.press("New list")
    clerk.page.locator("input[name=quantity]").first.fill("12")
    clerk.tap(tile(clerk, "乱堆乱放"))
    clerk.page.locator("#add input[type=file]").set_input_files(picture("before", seed=401))
    clerk.press("Add a row")
    expect(row(clerk.page, 1)).to_contain_text("12")
    row(clerk.page, 1).locator(".shots input[type=file]").set_input_files(picture("after", seed=402))
    clerk.shoot("clearing-without-script")
    clerk.press("Cleared", within=row(clerk.page, 1).locator(".shots"))
    expect(row(clerk.page, 1).get_by_text(clerk.word("Cleared"))).to_be_visible()
