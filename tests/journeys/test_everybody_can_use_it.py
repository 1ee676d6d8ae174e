# SPDX-License-Identifier: Apache-2.0
"""Axe looks at every kind of page, in normal and large type: nothing serious or critical. The policy holds on each.

That no console complains – of the content security policy first of all – is asked of every person who leaves.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlparse

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.house import ROOT
from tests.journeys.person import Person
from tests.journeys.places import reported, send_button

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
LOOK = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
STICKS_OUT = """[...document.querySelectorAll("body *")].filter(
  (element) => element.getBoundingClientRect().right > innerWidth + 1
).slice(0, 5).map((element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`)"""
GRAVE = {"serious", "critical"}
BROAD = 1280

PUBLIC = [
    "/", "/privacy/", "/report/", "/r/", "/r/?code=KEINBELEG", "/nowhere/", "/parts/", "/account/login/",
    "/account/signup/", "/account/login/code/", "/duties/", "/duties/groups/", "/duties/here/?place=421303003001",
]  # fmt: skip
DESK = {
    "受理员": [
        "/desk/",
        "/desk/cases/?state=all",
        "/desk/cases/?q=KEINBELEG", "/desk/cases/map/",
        "/desk/cases/new/",
        "/desk/figures/",
        "/desk/figures/indicators/",
        "/desk/figures/proof/close_rate/",
        "/desk/notices/",
    ],
    "南郊处置员": ["/desk/", "/desk/notices/", "/desk/figures/", "/account/2fa/", "/account/logout/"],
    "核查员": ["/desk/"],
    "街道负责人": [
        "/desk/whistles/?of=all", "/desk/whistles/new/", "/desk/whistles/board/",
        "/desk/duties/rotas/", "/desk/duties/rotas/new/", "/desk/duties/rotas/1/", "/desk/duties/rotas/1/sheet/",
        "/desk/duties/rotas/1/turns/new/", "/desk/duties/groups/", "/desk/duties/groups/1/",
    ],
    "市级督导": [
        "/desk/inspections/", "/desk/inspections/rounds/new/", "/desk/inspections/plans/new/",
        "/desk/inspections/sheets/", "/desk/inspections/sheets/cunzhuang/1/",
    ],
    "管理员": ["/desk/inspections/sheets/new/", "/desk/", "/desk/replies/", "/account/2fa/totp/activate/"],
}  # fmt: skip
FIRST_CASES = {
    "受理员": ["triage", "closed", "rejected"],
    "南郊处置员": ["handling"],
    "核查员": ["check"],
    "派遣员": ["open"],
}
FIRST_OF = {"派遣员": ["/desk/whistles/"], "村文书": ["/desk/whistles/?of=over"], "曾都城管处置员": ["/desk/whistles/"],
            "市级督导": ["/desk/inspections/"], "检查员": ["/desk/inspections/"]}  # fmt: skip
"""Lists of which the first row is opened."""


@pytest.mark.parametrize(("width", "large"), [(390, False), (390, True), (1440, False), (1440, True)])
def test_residents_pages_put_nothing_serious_in_anybodys_way(meet: Meet, width: int, large: bool) -> None:
    resident = meet(width=width, language="zh-hans" if large else "en")
    _choose_type(resident, large=large)
    found = [line for path in PUBLIC for line in _open_and_look(resident, path)]

    resident.open("/report/")
    send_button(resident).click()
    resident.page.locator("[data-errors]").wait_for()
    found += _look(resident)
    handle = reported(resident, village="clgc")
    found += _look(resident)
    found += _open_and_look(resident, f"/r/{handle}/")

    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "large"), [(390, False), (390, True), (1440, False), (1440, True)])
def test_the_desks_pages_put_nothing_serious_in_anybodys_way(meet: Meet, width: int, large: bool) -> None:
    found: list[str] = []
    for username in dict.fromkeys([*DESK, *FIRST_CASES, *FIRST_OF]):
        person = meet(username, width=width, language="en" if large else "zh-hans")
        _choose_type(person, large=large)
        for path in DESK.get(username, []):
            found += _open_and_look(person, path)
        for group in FIRST_CASES.get(username, []):
            found += _first_case(person, group)
        for path in FIRST_OF.get(username, []):
            person.open(path)
            found += _first_row(person)
    found += _cards(meet("村文书", width=width))

    assert not found, "\n".join(found)


def _choose_type(person: Person, *, large: bool) -> None:
    # A button that a script unfolds fades into its new colours, and axe would judge it half-way.
    person.page.emulate_media(reduced_motion="reduce")
    person.open("/")
    if large:
        person.page.locator("button[name=type][value=large]").click()
        person.page.locator("html[data-type=large]").wait_for()


def _first_case(person: Person, group: str) -> Iterator[str]:
    """The first case of a list, with all its moves unfolded."""
    person.open(f"/desk/cases/?state={group}")
    yield from _first_row(person)
    link = urlparse(person.page.url).path
    yield from _open_and_look(person, f"{link}sheet/")
    if person.width >= BROAD:
        person.open(f"/desk/cases/?state={group}&open={link.split('/')[-2]}")
        person.page.locator("[data-pane] .j-case").wait_for()
        yield from _look(person)


def _first_row(person: Person) -> list[str]:
    """What is grave on the page of a list's first row, with all its moves unfolded."""
    link = person.page.locator("[data-row] a[href]").first.get_attribute("href")
    assert link is not None
    person.open(link)
    person.page.evaluate("document.querySelectorAll('details.j-move').forEach(move => { move.open = true; })")
    return _look(person)


def _cards(keeper: Person) -> Iterator[str]:
    """The cards of a rota, what the first of them opens with its question unfolded, and the week for everybody."""
    yield from _open_and_look(keeper, "/desk/duties/rotas/1/cards/")
    card = keeper.page.locator(".is-cards a").first.get_attribute("href")
    assert card is not None
    keeper.open(urlparse(card).path)
    keeper.page.locator("details.j-more summary").first.click()
    yield from _look(keeper)
    keeper.page.locator("main .j-hint a").first.click()
    keeper.page.wait_for_url("**/duties/rota/**")
    yield from _look(keeper)


def _open_and_look(person: Person, path: str) -> list[str]:
    person.open(path)
    return _look(person)


def _look(person: Person) -> list[str]:
    """What is grave on the page that is open, a line each."""
    page = person.page
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(LOOK)
    where = f"{page.url} at {person.width}"
    return [
        f"{where}: {fault['id']} ({fault['impact']}): {[node['target'] for node in fault['nodes']][:4]}"
        for fault in found
        if fault["impact"] in GRAVE
    ] + _too_wide(person, where)


def _too_wide(person: Person, where: str) -> list[str]:
    """A page that has to be pushed sideways is as bad as what axe finds; which elements stick out."""
    wide = person.page.evaluate("document.documentElement.scrollWidth")
    return [f"{where}: {wide} pixels wide: {person.page.evaluate(STICKS_OUT)}"] if wide > person.width else []
