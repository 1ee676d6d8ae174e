# SPDX-License-Identifier: Apache-2.0
"""What the journeys stand on: a house with server and worker, a browser, and people who sign in once.

Package scope, so that the browser's event loop has ended before other tests ask the database.
"""

import os
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, StorageState, expect, sync_playwright

from jiayuan.media.illustrations import Scene, Setting, Stage, illustration
from jiayuan.site.demonstration import PASSWORD
from tests.journeys.house import ROOT, House, opened_house
from tests.journeys.person import Person

_FLAGS = ("no-sandbox", "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync")
_LOCALES = {"zh-hans": "zh-CN", "zh-hant": "zh-TW", "en": "en-GB"}
# How long a page may take is proved in bench/; here a machine that does other things besides is waited for.
PATIENCE_MS = 30_000


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demonstration, served; shared by all journeys, each of which makes its own cases."""
    with opened_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "The journeys need a browser. Debian: apt-get install chromium"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=[f"--{flag}" for flag in _FLAGS])
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def shots() -> Path:
    """Where pictures of pages are kept for people to look at."""
    folder = ROOT / "var" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="package")
def signed_in() -> dict[str, StorageState]:
    """The cookies of those who have signed in: once each, for trying passwords is limited."""
    return {}


class Meet(Protocol):
    """Brings somebody to a screen: a resident, or one of the cast by user name."""

    def __call__(
        self, username: str = "", *, width: int = 390, language: str = "zh-hans", script: bool = True, address: str = ""
    ) -> Person: ...


@pytest.fixture
def meet(house: House, browser: Browser, shots: Path, signed_in: dict[str, StorageState]) -> Iterator[Meet]:
    """Brings people to screens, and sends them home with a look at what their consoles said."""
    present: list[Person] = []

    def sit_down(
        username: str = "", *, width: int = 390, language: str = "zh-hans", script: bool = True, address: str = ""
    ) -> Person:
        context = browser.new_context(
            base_url=address or house.address,
            viewport={"width": width, "height": 844 if width < 768 else 900},
            is_mobile=width < 768,
            has_touch=width < 768,
            locale=_LOCALES[language],
            timezone_id="Asia/Shanghai",
            java_script_enabled=script,
            storage_state=signed_in.get(username) if username else None,
        )
        context.set_default_timeout(PATIENCE_MS)
        person = Person.at(context, language=language, width=width, shots=shots)
        present.append(person)
        if username and username not in signed_in:
            signed_in[username] = _sign_in(context, person, username)
        return person

    yield sit_down
    for person in present:
        person.leave()


def _sign_in(context: BrowserContext, person: Person, username: str) -> StorageState:
    person.open("/account/login/")
    person.page.locator("input[name=login]").fill(username)
    person.page.locator("input[name=password]").fill(PASSWORD)
    person.page.locator("input[name=password]").press("Enter")
    person.page.wait_for_url("**/desk/")
    return context.storage_state()


class Pictures(Protocol):
    """Draws the picture of a place before or after, as a file."""

    def __call__(self, stage: str, *, seed: int = 7, steps_nearer: int = 0) -> Path: ...


@pytest.fixture
def picture(tmp_path: Path) -> Pictures:
    """Illustrated photos, which carry 演示数据."""

    def drawn(stage: str, *, seed: int = 7, steps_nearer: int = 0) -> Path:
        path = tmp_path / f"{stage}-{seed}-{steps_nearer}.jpg"
        whole = Image.open(BytesIO(illustration(Scene("stacks"), Setting.VILLAGE, Stage(stage), seed=seed)))
        cut = 24 * steps_nearer
        whole.crop((cut, 0, whole.width - cut, whole.height)).save(path, quality=85)
        return path

    return drawn


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    folder = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(folder):
            item.add_marker(pytest.mark.journey)
