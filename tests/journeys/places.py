# SPDX-License-Identifier: Apache-2.0
"""What several journeys do on the pages: report from a village, count what is stored there, make a move."""

from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.person import Person

NAME_OF_MANY = "双河"
"""Five villages of the city bear it."""


def write_report(
    person: Person, *, village: str, photo: Path | None = None, tile: str = "stacks", words: str = ""
) -> None:
    """Open the report page and fill it in, with a village's own pinyin or name."""
    person.open("/report/")
    page = person.page
    if photo is not None:
        page.locator("input[name=photos]").set_input_files(photo)
    page.locator("input[name=village_query]").fill(village)
    expect(page.locator("input[name=village]:checked")).to_have_count(1)
    page.locator(f"label:has(input[name=tile][value={tile}])").click()
    if words:
        page.locator("textarea[name=text]").fill(words)


def send(person: Person) -> str:
    """Press the button, and say that it is none of those nearby if the page asks; the receipt's code."""
    send_button(person).click()
    receipt = person.page.locator("[data-receipt]")
    another = person.page.get_by_role("button", name=person.word("None of these, send mine"))
    expect(receipt.or_(another)).to_be_visible()
    if another.is_visible():
        another.click()
    expect(receipt).to_be_visible()
    return person.handle()


def send_button(person: Person) -> Locator:
    """The one button that sends the report."""
    return person.page.get_by_role("button", name=person.word("Send the report"))


def reported(person: Person, *, village: str) -> str:
    """A report from a village; its code."""
    write_report(person, village=village)
    return send(person)


def stored_in(auditor: Person, village_code: str) -> int:
    """How many cases of a village there are, as the auditor's list shows them."""
    auditor.open(f"/desk/cases/?state=all&area={village_code}")
    return auditor.page.locator("[data-row]").count()


def choose(form: Locator, name: str, value: str) -> None:
    """Tap one of several answers."""
    form.locator(f"label:has(input[name={name}][value='{value}'])").click()
