# SPDX-License-Identifier: Apache-2.0
"""A shop cannot come on a Saturday, a team of volunteers does: two cards, no account, and how often each hand taps."""

from urllib.parse import urlparse

from playwright.sync_api import expect

from tests.journeys.conftest import Meet
from tests.journeys.person import Person

SHOP, TEAM = "示范五金店", "示范志愿服务队"
SATURDAY = "1月11日 星期六"


def card_of(keeper: Person, named: str) -> str:
    """The address on the card of a shop or team, as the desk prints it."""
    keeper.open("/desk/duties/rotas/1/cards/")
    address = keeper.page.locator(".is-cards li", has_text=named).locator("a").get_attribute("href")
    assert address is not None
    return urlparse(address).path


def test_a_swap_is_asked_with_two_taps_and_taken_with_one(meet: Meet) -> None:
    clerk = meet("村文书", width=1440)
    shop, team = meet(), meet(script=False)
    shop_card, team_card = card_of(clerk, SHOP), card_of(clerk, TEAM)

    shop.open(shop_card)
    shop.start_counting()
    turn = shop.page.locator("article", has_text=SATURDAY)
    shop.tap(turn.locator("summary"))
    shop.shoot("rota-1-cannot-come")
    shop.press("Ask the others", within=turn, context="duties")
    expect(turn).to_contain_text(shop.word("Somebody is looked for", "duties"))
    assert (shop.taps, shop.typed) == (2, 0)

    team.open(team_card)
    team.start_counting()
    wanted = team.page.locator("article", has_text=SATURDAY)
    team.shoot("rota-2-somebody-is-looked-for")
    team.press("I will come", within=wanted, context="duties")
    expect(wanted).to_contain_text(SHOP)
    expect(team.page.get_by_role("button", name=team.word("I will come", "duties"))).to_have_count(0)
    assert (team.taps, team.typed) == (1, 0)

    passer_by = meet(script=False)
    passer_by.open("/duties/here/?place=421303003001&on=2025-01-11")
    upkeep = passer_by.page.locator("article", has=passer_by.page.locator("a[href^='/duties/rota/']"))
    expect(upkeep).to_contain_text(TEAM)
    expect(upkeep).not_to_contain_text(SHOP)
    passer_by.shoot("rota-3-who-comes")
