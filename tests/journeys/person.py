# SPDX-License-Identifier: Apache-2.0
"""Somebody at a screen: a browser of their own, in their language, and how often they tapped and typed.

Nothing that a hand does goes uncounted: every tap, click, choice and character passes through here.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.utils import translation
from django.utils.translation import pgettext
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Locator, Page, Response, expect
from playwright.sync_api import TimeoutError as TookTooLong

CAMERA_TAPS: Final = 3
"""To open the camera, to release it, and to take the picture over; counted though a file is handed in instead."""
_TOLD_BY_STATUS = "Failed to load resource"


@dataclass
class Person:
    """One person with one browser."""

    context: BrowserContext
    page: Page
    language: str
    width: int
    shots: Path
    taps: int = 0
    typed: int = 0
    faults: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, context: BrowserContext, *, language: str, width: int, shots: Path) -> "Person":
        """A person who sits down at a new browser; what its console complains about is kept."""
        person = cls(context, context.new_page(), language, width, shots)
        person.page.on("console", person._hear)
        person.page.on("pageerror", person._suffer)
        return person

    def _hear(self, message: ConsoleMessage) -> None:
        # That a page was refused is told by its status; everything else, a breach of the policy first, is a fault.
        if message.type in ("error", "warning") and not message.text.startswith(_TOLD_BY_STATUS):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _suffer(self, error: Error) -> None:
        self.faults.append(f"{self.page.url}: {error}")

    def word(self, msgid: str, context: str = "cases") -> str:
        """What the page calls something in this person's language."""
        with translation.override(self.language):
            return pgettext(context, msgid)

    def open(self, path: str) -> Response:
        """Go to an address."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer

    def tap(self, what: Locator) -> None:
        """Tap or click once."""
        self.taps += 1
        if self.width < 768:
            what.tap()
        else:
            what.click()

    def write(self, where: Locator, text: str) -> None:
        """Tap into a field and type."""
        self.tap(where)
        self.typed += len(text)
        where.press_sequentially(text)

    def photograph(self, where: Locator, *pictures: Path) -> None:
        """Take pictures, each with the taps that a phone's camera asks for."""
        self.taps += CAMERA_TAPS * len(pictures)
        where.set_input_files(pictures)

    def snap(self, opener: Locator, picture: Path) -> None:
        """Take one picture with a camera that this tap opens by itself, and wait for the page that follows."""
        with self.page.expect_navigation():
            with self.page.expect_file_chooser() as chosen:
                self.tap(opener)
            # The tap that opened the camera is counted; there remain releasing it and taking the picture over.
            self.taps += CAMERA_TAPS - 1
            chosen.value.set_files(picture)

    def press(self, msgid: str, *, within: Locator | Page | None = None, context: str = "cases") -> None:
        """Tap the button with this word."""
        self.tap((within or self.page).get_by_role("button", name=self.word(msgid, context), exact=True))

    def move(self, verb: str) -> Locator:
        """The form of a move, opened if it was folded."""
        form = self.page.locator(f"form[action$='/{verb}/']")
        expect(form).to_have_count(1)
        if not form.is_visible():
            self.tap(self.page.locator("details.j-move", has=form).locator("> summary"))
        return form

    def start_counting(self) -> None:
        """Begin a new count of taps and characters."""
        self.taps = self.typed = 0

    def shoot(self, name: str, *, full: bool = True) -> Path:
        """Keep a picture of the page."""
        path = self.shots / f"{self.width}-{self.language}-{name}.png"
        try:
            self.page.screenshot(path=path, full_page=full)
        except TookTooLong:
            # A browser without a graphics card loses a frame now and then; a picture for the reader is asked for again.
            self.page.screenshot(path=path, full_page=full)
        return path

    def handle(self) -> str:
        """The receipt code in the address of the page."""
        found = re.search(r"/(?:r|desk/cases)/([^/?]+)/", self.page.url)
        assert found is not None, f"No receipt in {self.page.url}: {self.page.locator('main').inner_text()[:500]}"
        return found.group(1)

    def open_from_to_do(self, handle: str) -> None:
        """From the to-do list to a case that waits there."""
        self.open("/desk/")
        self.start_counting()
        case = self.page.locator(f"main a[href='/desk/cases/{handle}/']").first
        if not case.count():
            # A heap shows the few that wait longest; on a full day the newest is looked up by its number, and counts as
            # the tap on its line that it is on any other day.
            self.open(f"/desk/cases/?q={handle}")
            self.taps += 1
            return
        self.tap(case)
        self.page.wait_for_url(f"**/desk/cases/{handle}/")

    def leave(self) -> None:
        """Close the browser; its console must have had nothing to complain about."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)
