# SPDX-License-Identifier: Apache-2.0
"""A round of inspection: planned and drawn, replayed by its seed, scored on a phone, cases made, a score corrected."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Meet, Pictures
from tests.journeys.house import House
from tests.journeys.lossy_line import LossyLine
from tests.journeys.person import Person

SUPERVISOR, LEADER = "市级督导", "街道负责人"
TOWN = "421303003000"
INSPECTORS = {"林晓岸": "检查员", "陆行之": "检查员乙", "苏望山": "检查员丙"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_round_from_its_draw_to_a_corrected_score(meet: Meet, house: House, picture: Pictures, language: str) -> None:
    supervisor = meet(SUPERVISOR, width=1440, language=language)
    prepare(supervisor, f"旅程轮次 {language}")
    supervisor.press("Draw the places", context="inspections")
    expect(supervisor.page.get_by_text(supervisor.word("Places drawn", "inspections")).first).to_be_visible()
    round_path, draw_path = supervisor.page.url, replay_path(supervisor)
    resident = meet(language=language)
    assert resident.open(draw_path).status == 404
    visit_path, inspector = drawn_visit(supervisor)
    supervisor.shoot("10-a-round-is-drawn")

    with LossyLine(house.port) as line:
        phone = meet(INSPECTORS[inspector], language=language, address=line.address)
        phone.open(visit_path)
        score(phone, line, picture)
        phone.shoot("10-the-sheet-is-handed-in")

    supervisor.open(visit_path)
    supervisor.tap(
        supervisor.page.get_by_role("link", name=supervisor.word("The case that it became", "inspections")).first
    )
    expect(supervisor.page).to_have_url(re.compile(r"/desk/cases/"))
    expect(supervisor.page.locator("main .j-photo").first).to_be_visible()
    supervisor.open(round_path)
    supervisor.press("Publish the scores", context="inspections")
    expect(supervisor.page.get_by_text(supervisor.word("Scores published", "inspections")).first).to_be_visible()
    supervisor.shoot("10-the-scores-are-published")

    resident.open(draw_path)
    resident.shoot("10-anybody-replays-the-draw")
    draws_the_same(resident)
    appeal_and_correct(meet(LEADER, language=language), supervisor, visit_path)


def prepare(supervisor: Person, title: str) -> None:
    """A round of one village of the town in which the demonstration's leader answers."""
    supervisor.open("/desk/inspections/rounds/new/")
    page = supervisor.page
    supervisor.write(page.locator("[name=title]"), title)
    line = page.locator("[name=line] option", has_text="2025").first.get_attribute("value")
    sheet = page.locator("[name=version] option", has_text="村庄清洁").first.get_attribute("value")
    page.locator("[name=line]").select_option(line)
    page.locator("[name=version]").select_option(sheet)
    supervisor.write(page.locator("[name=area]"), TOWN)
    supervisor.press("Prepare it", context="inspections")
    page.wait_for_url(re.compile(r"/rounds/[^/]{11}/"))


def replay_path(supervisor: Person) -> str:
    link = supervisor.page.get_by_role("link", name=supervisor.word("Replay the draw", "inspections"), exact=True)
    path = link.get_attribute("href")
    assert path is not None
    return path


def drawn_visit(supervisor: Person) -> tuple[str, str]:
    """Where the drawn place is scored, and who was drawn for it."""
    row = supervisor.page.locator("tr[data-row]").first
    path = row.locator("a").get_attribute("href")
    name = next(name for name in INSPECTORS if name in row.inner_text())
    assert path is not None
    return path, name


def ground(phone: Person, key: str) -> Locator:
    """A ground's form, opened by a tap."""
    details = phone.page.locator("details.j-ground", has=phone.page.locator(f"[data-finding='{key}']"))
    if details.get_attribute("open") is None:
        phone.tap(details.locator("summary"))
    return details.locator("form")


def note(phone: Person, key: str, photo: Path, *, more: int = 0) -> None:
    form = ground(phone, key)
    phone.photograph(form.locator("input[name=photos]"), photo)
    for _ in range(more):
        phone.tap(form.get_by_role("button", name=phone.word("One more"), exact=True))
    phone.press("Note it", within=form, context="inspections")


def score(phone: Person, line: LossyLine, picture: Pictures) -> None:
    """Two findings, one of them over a line that loses the answer, a third half written when the page is reloaded."""
    page = phone.page
    counted = page.locator("[data-counted]")
    note(phone, "4.2:a", picture("before", seed=11), more=2)
    expect(counted).to_have_text("1")
    expect(page.locator("#lost-4\\.2")).to_have_text("7 / 10")
    phone.shoot("10-scoring-on-a-phone")

    line.loses_answers.set()
    note(phone, "4.1:a", picture("before", seed=12))
    assert line.lost.wait(10)
    expect(page.locator("[data-outbox]")).to_be_visible()
    line.loses_answers.clear()
    page.reload()
    expect(counted).to_have_text("2")
    expect(page.locator("[data-outbox]")).to_be_hidden()

    form = ground(phone, "5.1:a")
    phone.photograph(form.locator("input[name=photos]"), picture("before", seed=13))
    form.locator("[name=place_text]").fill("三组路口")
    page.wait_for_timeout(500)
    page.reload()
    again = page.locator("[data-finding='5.1:a']")
    expect(again.locator("[name=place_text]")).to_have_value("三组路口")
    expect(again.locator(".j-photos figure")).to_have_count(1)
    phone.press("Note it", within=again, context="inspections")
    expect(counted).to_have_text("3")

    phone.tap(page.locator("[data-absent][value='6.2']"))
    page.reload()
    expect(page.locator("[data-absent][value='6.2']")).to_be_checked()
    phone.press("Hand the sheet in", context="inspections")
    page.wait_for_url("**/?done=1")
    expect(page.get_by_text(phone.word("It became a case.", "inspections")).first).to_be_visible()


def draws_the_same(reader: Person) -> None:
    """What the page says was drawn is what anybody computes from the list and the seed that it shows."""
    page = reader.page
    seed = page.locator("p.j-code").first.inner_text().strip()
    page.locator("main details summary").click()
    listing = page.locator("pre.j-code").inner_text()
    codes = [row.split("\t")[0] for row in listing.splitlines() if row[:6].isdigit()]
    first = min(codes, key=lambda code: sha256(f"{seed}:{code}".encode()).hexdigest())
    expect(page.locator("ol li").first).to_contain_text(first)
    expect(page.locator(".j-notice.t-done")).to_be_visible()


def appeal_and_correct(leader: Person, supervisor: Person, visit_path: str) -> None:
    """The town appeals against the heaps, somebody who did not score strikes them, and the score is another one."""
    leader.open(visit_path)
    before = leader.page.locator(".j-tally b").inner_text()
    leader.tap(leader.page.locator("#f1").get_by_role("link", name=leader.word("Appeal", "inspections"), exact=True))
    leader.page.locator("[name=reason]").fill("三堆沙在邻村地界，见界碑。")
    leader.press("Send the appeal", context="inspections")
    leader.page.wait_for_url(f"**{visit_path}")

    supervisor.open(visit_path)
    supervisor.tap(supervisor.page.locator("#f1").get_by_role("link", name=supervisor.word("Decide", "inspections")))
    supervisor.page.locator("[name=times]").fill("0")
    supervisor.page.locator("[name=answer]").fill("经核对界碑，不在本村，取消。")
    supervisor.shoot("10-an-appeal-is-decided")
    supervisor.press("Decide", context="inspections")
    supervisor.page.wait_for_url(f"**{visit_path}")

    leader.open(visit_path)
    after = leader.page.locator(".j-tally b").inner_text()
    assert float(after) > float(before)
    expect(leader.page.get_by_text(before)).to_be_visible()
    leader.shoot("10-the-score-is-corrected")
