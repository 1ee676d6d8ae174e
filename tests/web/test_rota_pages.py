# SPDX-License-Identifier: Apache-2.0
"""Rotas as residents read them, the card of whoever takes turns, and how the desk keeps both."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from jiayuan.duties import services
from jiayuan.duties.models import Rota, RotaHand, RotaSwap, RotaTurn
from tests.cast import BUREAU, COMMUNITY, MORNING, NEXT_VILLAGE, SYSTEM, Cast
from tests.duties.groups import unit
from tests.duties.rotas import MONDAY, SHOP, SUNDAY, TEAM, add, card_of, draw, zone
from tests.web.stories import LANGUAGES, SHELL, cast, ground, in_language, queries_of, small_town, told

__all__ = ["cast", "ground", "small_town"]
DESK = "/desk/duties/rotas/"
SAID = {"name": "示范轮值", "what": "清扫路面", "starts_on": "2025-01-03"}
TURN = {"named": SHOP, "weekdays": ["1", "5"], "every": "1", "starts_on": "2025-01-03"}


def rota_of(number: int) -> str:
    return f"/duties/rota/{Rota.objects.get(pk=number).handle}/"


# ── for everybody ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_who_comes_in_a_week(ground: None, language: str) -> None:
    rota = draw()
    add(rota, 5)
    add(rota, 7, named=TEAM)

    page = told(in_language(language), rota_of(rota))

    words = {"zh-hans": ("星期五", "下一周"), "zh-hant": ("星期五", "下一週"), "en": ("Friday", "Week after")}
    assert [word for word in (*words[language], "示范轮值", "清扫路面", SHOP, TEAM) if word not in page] == []


def test_residents_read_of_a_person_the_masked_name(cast: Cast) -> None:
    rota, person = draw(), cast["village_clerk"]
    turn = add(rota, 5, named="", person_id=person.person_id)
    add(rota, 7, named=TEAM)
    card = RotaHand.objects.get(person_id=person.person_id).card
    services.ask_swap(card=card, turn_id=turn, week_on=MONDAY + timedelta(weeks=1), by=SYSTEM, at=MORNING)

    pages = [told(Client(), url) for url in (rota_of(rota), f"/duties/here/?place={COMMUNITY}", f"/lz/{card}/",
                                             f"/lz/{card_of(TEAM)}/")]  # fmt: skip
    colleague = told(cast["town_leader"].client(), f"/duties/here/?place={COMMUNITY}")

    assert ["陈**" in page for page in pages] == [True] * 4
    assert [page for page in pages if person.part.name in page] == []
    assert person.part.name in colleague


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ("每周：星期一至星期三", "1月3日")),
        ("zh-hant", ("每週：星期一至星期三", "1月3日")),
        ("en", ("every week: Monday to Wednesday", "3 January")),
    ],
)
def test_days_in_a_row_and_days_of_a_month_are_said_as_people_say_them(
    cast: Cast, language: str, words: tuple[str, ...]
) -> None:
    rota = draw()
    add(rota, 1, 2, 3)
    browser = cast["town_leader"].client()
    browser.cookies["django_language"] = language

    page = told(browser, f"{DESK}{rota}/?week={MONDAY.isoformat()}")

    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_says_who_looks_after_it_on_the_day(ground: None, language: str) -> None:
    add(draw(), 5)

    page = told(in_language(language), f"/duties/here/?place={COMMUNITY}")
    sunday = told(in_language(language), f"/duties/here/?place={COMMUNITY}&on={SUNDAY}")

    word = {"zh-hans": "当天管护", "zh-hant": "當天管護", "en": "Looked after on this day by"}[language]
    assert word in page
    assert (SHOP in page, SHOP in sunday) == (True, False)


@pytest.mark.parametrize("asked", ["", "?week=x", "?week=0001-01-01", "?week=9999-12-31", "?week=2025-02-30"])
def test_a_week_that_is_none_is_the_running_one(ground: None, asked: str) -> None:
    add(rota := draw(), 5)

    assert "2025年1月5日" in told(Client(), f"{rota_of(rota)}{asked}")


def test_what_is_no_rota_and_no_card_is_not_there(ground: None) -> None:
    for url in ("/duties/rota/00000000000/", "/duties/rota/x/", "/lz/00000000000/", "/lz/x/"):
        told(Client(), url, status=404)


def test_the_public_pages_cost_the_same_for_few_turns_and_for_many(ground: None) -> None:
    add(rota := draw(), 5)
    asked = (rota_of(rota), f"/lz/{card_of(SHOP)}/", f"/duties/here/?place={COMMUNITY}")
    few = [len(queries_of(Client(), url)) for url in asked]
    for number in range(9):
        add(rota, 5, named=f"示范队{number}")

    assert [len(queries_of(Client(), url)) for url in asked] == few
    assert few[0] <= SHELL + 2
    assert few[1] <= SHELL + 2


# ── the card ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_asks_and_another_card_takes(ground: None, language: str) -> None:
    rota = draw()
    turn = add(rota, 5)
    add(rota, 7, named=TEAM)
    shop, team = f"/lz/{card_of(SHOP)}/", f"/lz/{card_of(TEAM)}/"
    go = f"{turn}.{MONDAY}"
    words = {
        "zh-hans": ("找人替", "我来", f"由 {TEAM} 替您来"),
        "zh-hant": ("找人替", "我來", f"由 {TEAM} 替您來"),
        "en": ("Somebody is looked for", "I will come", f"{TEAM} comes for you"),
    }[language]

    asked = in_language(language).post(shop, {"ask": go})
    seen = told(in_language(language), team)
    taken = in_language(language).post(team, {"take": go})
    page = told(in_language(language), shop)

    assert (asked.status_code, taken.status_code) == (302, 302)
    assert [word for word in words[:2] if word not in seen] == []
    assert words[2] in page
    assert RotaSwap.objects.get().taken_by == RotaHand.objects.get(named=TEAM)


def test_asking_can_be_taken_back(ground: None) -> None:
    turn = add(draw(), 5)
    page, browser = f"/lz/{card_of(SHOP)}/", Client()
    browser.post(page, {"ask": f"{turn}.{MONDAY}"})

    answer = browser.post(page, {"withdraw": f"{turn}.{MONDAY}"}, follow=True)

    assert "已登记：还是您来" in answer.content.decode()
    assert RotaSwap.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    "sent", [{}, {"ask": ""}, {"ask": "x"}, {"take": "9999999.2025-01-06"}, {"ask": "1.9999-12-31"}]
)
def test_a_press_that_means_nothing_says_so_and_changes_nothing(ground: None, sent: dict[str, str]) -> None:
    add(draw(), 5)

    answer = Client().post(f"/lz/{card_of(SHOP)}/", sent, follow=True)

    assert "没有这个班次" in answer.content.decode()
    assert not RotaSwap.objects.exists()


def test_a_card_that_was_read_aloud_works_and_no_search_engine_keeps_it(ground: None) -> None:
    add(draw(), 5)

    answer = Client().get(f"/lz/{card_of(SHOP).lower()}/")

    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer.headers["Cache-Control"]


# ── at the desk ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_clerk_draws_a_rota_adds_a_turn_and_ends_both(cast: Cast) -> None:
    browser = cast["village_clerk"].client()
    where = zone()

    drawn = browser.post(f"{DESK}new/", SAID | {"zone": str(where)})
    page = f"{DESK}{Rota.objects.get().pk}/"
    added = browser.post(f"{page}turns/new/", TURN)
    corrected = browser.post(f"{page}edit/", SAID | {"zone": str(where), "skips_holidays": "on"})
    turn = RotaTurn.objects.get()
    shown = told(browser, page)
    ended = browser.post(f"{page}turns/{turn.pk}/", {"ends_on": "2025-01-10"})
    over = browser.post(f"{page}edit/", {"end": "1", "ends_on": "2025-01-31"})

    assert [one.status_code for one in (drawn, added, corrected, ended, over)] == [302] * 5
    assert "每周：星期一、星期五" in shown
    rota = Rota.objects.get()
    turn.refresh_from_db()
    assert (rota.skips_holidays, rota.ends_on, turn.weekdays, turn.ends_on) == (
        True, date(2025, 1, 31), 17, date(2025, 1, 10),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"named": ""}, "organisation"),
        ({"organisation": BUREAU}, "organisation"),
        ({"weekdays": []}, "weekdays"),
        ({"every": "0"}, "every"),
        ({"starts_on": "昨天"}, "starts_on"),
        ({"named": "店 13800000000"}, "named"),
        ({"named": "", "person": "没有这人"}, "person"),
    ],
)
def test_what_is_wrong_with_a_turn_is_said_beside_its_field(cast: Cast, changed: dict[str, object], field: str) -> None:
    answer = cast["village_clerk"].client().post(f"{DESK}{draw()}/turns/new/", TURN | changed)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not RotaTurn.objects.exists()


@pytest.mark.parametrize("sent", [{"zone": ""}, {"zone": "x"}, {"zone": "999999"}])
def test_a_rota_needs_a_zone(cast: Cast, sent: dict[str, str]) -> None:
    answer = cast["village_clerk"].client().post(f"{DESK}new/", SAID | sent)

    assert (answer.status_code, "zone" in answer.context["form"].errors) == (422, True)


def test_a_zone_beyond_the_village_is_refused_beside_its_question(cast: Cast) -> None:
    beyond = zone(COMMUNITY, NEXT_VILLAGE)

    answer = cast["village_clerk"].client().post(f"{DESK}new/", SAID | {"zone": str(beyond)})

    assert (answer.status_code, "zone" in answer.context["form"].errors) == (403, True)


def test_the_sheet_shows_a_week_as_residents_read_it(cast: Cast) -> None:
    rota, person = draw(), cast["village_clerk"]
    add(rota, 5, named="", person_id=person.person_id)
    add(rota, 7, named="", organisation_id=unit(BUREAU))

    page = told(person.client(), f"{DESK}{rota}/sheet/?week=2025-01-08")

    assert "2025年1月12日" in page
    assert "陈**" in page.partition('class="j-sheet')[2]
    assert person.part.name not in page.partition('class="j-sheet')[2].partition("</article>")[0]
    assert f"{settings.SITE_URL}{rota_of(rota)}" in page


def test_cards_are_printed_and_a_lost_one_is_replaced(cast: Cast) -> None:
    add(rota := draw(), 5)
    browser, old = cast["village_clerk"].client(), card_of(SHOP)
    page = f"{DESK}{rota}/cards/"

    assert f"{settings.SITE_URL}/lz/{old}/" in told(browser, page)
    answer = browser.post(page, {"renew": str(RotaHand.objects.get().pk)})

    assert (answer.status_code, card_of(SHOP) == old) == (302, False)
    told(Client(), f"/lz/{old}/", status=404)
    assert [browser.post(page, {"renew": text}).status_code for text in ("", "x", "99")] == [404] * 3


def test_the_desk_pays_the_same_for_few_and_for_many(cast: Cast) -> None:
    browser, rota = cast["village_clerk"].client(), draw()
    add(rota, 5)
    asked = (DESK, f"{DESK}{rota}/", f"{DESK}{rota}/cards/")
    few = [len(queries_of(browser, url)) for url in asked]
    for number in range(8):
        draw(name=f"示范轮值{number}")
        add(rota, 5, named=f"示范队{number}")

    assert [len(queries_of(browser, url)) for url in asked] == few
    assert max(few) <= SHELL + 6


def test_what_lies_outside_reach_is_not_there(cast: Cast) -> None:
    other = draw(zone(NEXT_VILLAGE))

    for page in (f"{DESK}{other}/", f"{DESK}{other}/edit/", f"{DESK}{other}/sheet/", f"{DESK}{other}/cards/"):
        told(cast["village_clerk"].client(), page, status=404)
        told(cast["administrator"].client(), page)
        told(cast["grid_worker"].client(), page, status=403)
