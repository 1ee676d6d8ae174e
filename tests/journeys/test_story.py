# SPDX-License-Identifier: Apache-2.0
"""The whole story as five people: reported, filed, dispatched, signed for, fed back, sent back once, closed.

The taps and characters that it takes are counted, held against their budgets and written down in docs/journeys.md.
"""

import os
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Pictures
from tests.journeys.house import ROOT
from tests.journeys.person import CAMERA_TAPS, Person

WRITTEN_DOWN = ROOT / "docs" / "journeys.md"
REPORT_TAPS, REPORT_CHARACTERS, HANDLE_TAPS, CHECK_TAPS = 12, 10, 8, 4
VILLAGE_IN_PINYIN = "clgc"
"""长岭岗村 of 南郊街道, where the demonstration's handler works."""
HANDLER, CHECKER = "南郊处置员", "核查员"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_problem_is_reported_put_right_checked_and_closed(
    meet: Meet, picture: Pictures, width: int, language: str
) -> None:
    before, after = picture("before"), picture("after")
    counted: Counter[str] = Counter()

    resident = meet(width=width, language=language)
    handle = report(resident, before, counted)
    acceptor = meet("受理员", width=width, language=language)
    file(acceptor, handle)
    dispatcher = meet("派遣员", width=width, language=language)
    dispatch(dispatcher, handle)
    handler = meet(HANDLER, width=width, language=language)
    counted["sign and feed back taps"] = sign_and_feed_back(handler, handle, after)
    checker = meet(CHECKER, width=width, language=language)
    send_back(checker, handle, counted)
    rework(handler, handle, picture("after", steps_nearer=1))
    close(checker, handle, counted)

    resident.open(f"/r/{handle}/")
    expect(resident.page.get_by_text(
        resident.word("It was put right and checked by somebody else than those who did it.")
    )).to_be_visible()  # fmt: skip
    expect(resident.page.locator("main")).not_to_contain_text("王得水")
    resident.shoot("7-resident-reads-done")
    hold_to_budgets(counted)


def report(resident: Person, photo: Path, counted: Counter[str]) -> str:
    """From the front page to the receipt; its code."""
    resident.open("/")
    resident.shoot("0-front-page")
    resident.start_counting()
    resident.tap(resident.page.locator("main a[href='/report/']"))
    page = resident.page
    resident.photograph(page.locator("input[name=photos]"), photo)
    resident.write(page.locator("input[name=village_query]"), VILLAGE_IN_PINYIN)
    expect(page.locator("input[name=village]")).to_be_checked()
    resident.tap(page.locator("label:has(input[name=tile][value=stacks])"))
    resident.shoot("1-report-before-sending")
    resident.press("Send the report")
    receipt, other = page.locator("[data-receipt]"), page.get_by_text(resident.word("None of these, send mine"))
    expect(receipt.or_(other).first).to_be_visible()
    counted["report taps"], counted["report characters"] = resident.taps, resident.typed
    if other.is_visible():
        resident.tap(other)
    expect(receipt).to_be_visible()
    resident.shoot("2-receipt")
    return resident.handle()


def file(acceptor: Person, handle: str) -> None:
    """File it under the condition that stands first."""
    acceptor.open_from_to_do(handle)
    acceptor.press("File", within=acceptor.move("file"))
    expect_state(acceptor, "Filed")


def dispatch(dispatcher: Person, handle: str) -> None:
    """Send it to the unit that stands first, the nearest."""
    dispatcher.open_from_to_do(handle)
    dispatcher.press("Dispatch", within=dispatcher.move("dispatch"))
    expect_state(dispatcher, "Dispatched")
    dispatcher.shoot("3-dispatched")


def sign_and_feed_back(handler: Person, handle: str, photo: Path) -> int:
    """Sign for it, put it right, and show the place afterwards; how many taps it took."""
    handler.open_from_to_do(handle)
    handler.press("Sign for it")
    expect_state(handler, "Being handled")
    form = handler.move("feed_back")
    handler.photograph(form.locator("input[name=photos]"), photo)
    handler.shoot("4-feeding-back")
    handler.press("Feed back", within=form)
    expect_state(handler, "Waiting for the check")
    taps = handler.taps
    assert handler.page.locator("form[action$='/close/']").count() == 0, "The handler is offered the check."
    return taps


def send_back(checker: Person, handle: str, counted: Counter[str]) -> None:
    """Look at the pair and send it back for the corner that was left out."""
    checker.open_from_to_do(handle)
    await_pictures(checker, 2)
    checker.shoot("5-checking-the-pair")
    form = checker.move("send_back")
    checker.tap(form.locator("label:has(input[name=reason][value=partly])"))
    checker.press("Send back", within=form)
    expect_state(checker, "Sent back for rework")
    counted["send back taps"] = checker.taps


def rework(handler: Person, handle: str, photo: Path) -> None:
    """Put the rest right and feed back again; the earlier picture stays."""
    handler.open_from_to_do(handle)
    form = handler.move("feed_back")
    handler.photograph(form.locator("input[name=photos]"), photo)
    handler.press("Feed back", within=form)
    expect_state(handler, "Waiting for the check")


def close(checker: Person, handle: str, counted: Counter[str]) -> None:
    """Close it after the second look."""
    checker.open_from_to_do(handle)
    checker.press("Close")
    expect_state(checker, "Closed")
    counted["close taps"] = checker.taps
    await_pictures(checker, 3)
    expect(checker.page.locator(".j-timeline > li")).to_have_count(8)
    checker.shoot("6-closed")


def expect_state(person: Person, name: str) -> None:
    """The case's mark says this."""
    expect(person.page.locator(".j-standing .j-state")).to_have_text(person.word(name))


def await_pictures(person: Person, number: int) -> None:
    """Load the page again until the worker has made the pictures that are shown."""
    drawn = "[...document.querySelectorAll('img.j-photo')].filter(image => image.complete && image.naturalWidth).length"
    for _ in range(60):
        if person.page.evaluate(drawn) >= number:
            return
        person.page.wait_for_timeout(500)
        person.page.reload()
    raise AssertionError(f"{number} pictures were expected, {person.page.evaluate(drawn)} are shown.")


def hold_to_budgets(counted: Counter[str]) -> None:
    """Nobody taps or types more than they are allowed, and what is written down agrees."""
    assert counted["report taps"] <= REPORT_TAPS
    assert counted["report characters"] <= REPORT_CHARACTERS
    assert counted["sign and feed back taps"] <= HANDLE_TAPS
    assert max(counted["send back taps"], counted["close taps"]) <= CHECK_TAPS
    words = written(counted)
    if os.environ.get("JIAYUAN_WRITE_JOURNEYS"):
        WRITTEN_DOWN.write_text(words, encoding="utf-8")
    assert WRITTEN_DOWN.read_text(encoding="utf-8") == words, "Set JIAYUAN_WRITE_JOURNEYS=1 to write it anew."


def written(counted: Counter[str]) -> str:
    """The counts as docs/journeys.md shows them."""
    rows = (
        ("a resident reports a problem with a photo", "the front page", "report", REPORT_TAPS, str(REPORT_CHARACTERS)),
        ("a handler signs and feeds back with a photo", "the to-do list", "sign and feed back", HANDLE_TAPS, ""),
        ("a checker sends it back with a reason", "the to-do list", "send back", CHECK_TAPS, ""),
        ("a checker closes it", "the to-do list", "close", CHECK_TAPS, ""),
    )
    table = "\n".join(
        f"| {what} | {start} | {counted[f'{key} taps']} | {most} | {counted[f'{key} characters']} | {most_typed} |"
        for what, start, key, most, most_typed in rows
    )
    return TEXT.format(table=table, camera=CAMERA_TAPS, village=VILLAGE_IN_PINYIN)


TEXT = """# How many taps it takes

Counted by `tests/journeys/test_story.py` while five people play the story in a browser, at 390 and 1440 pixels, in
Chinese and English. The journey writes this file (`JIAYUAN_WRITE_JOURNEYS=1`), and every later one checks it.
Every tap, click, choice and typed character counts. A photo counts as {camera} taps: open the camera, release it, take
the picture over.

| who does what | from | taps | at most | characters | at most |
|---|---|---:|---:|---:|---:|
{table}

The village is typed as the first letters of its pinyin (`{village}` for 长岭岗村); the only one that fits is chosen by
itself. Where the like was reported nearby, the page asks whether it is one of those: one tap more.
Who signed in stays signed in for two weeks, so signing in is not part of the counts.
"""
